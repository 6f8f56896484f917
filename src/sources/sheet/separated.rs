//! Text files with separated values (`.csv`): the separator is found out.

use crate::domain::sentence::Sentence;

use super::{
    encoding::decoded,
    grid::{Gathering, Sheet, Workbook},
    limits::{Limits, Unusable},
    package::broken,
};

/// Reads the file as one sheet named `name`.
pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Workbook, Unusable> {
    let text = decoded(bytes)?;
    let (separator, text) = separator(&text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut sheet = Sheet::new(name);
    let mut gathering = Gathering::new(limits);
    let mut record = csv::StringRecord::new();
    let (mut row, mut next_line) = (0_u32, 1_u64);
    while reader.read_record(&mut record).map_err(broken)? {
        // Empty lines are passed over, and are rows all the same.
        let line = record.position().map_or(next_line, csv::Position::line);
        let skipped = u32::try_from(line.saturating_sub(next_line)).unwrap_or_default();
        row = row.saturating_add(1).saturating_add(skipped);
        next_line = reader.position().line();
        if record.len() > limits.parts {
            return Err(Unusable(Sentence::new("workbook-row-too-wide").with("row", row).with("most", limits.parts)));
        }
        for (column, cell) in (0..).zip(&record) {
            if let Some(value) = gathering.text(&sheet, row, cell)? {
                gathering.put(&mut sheet, row, column, value)?;
            }
        }
    }
    Ok(Workbook { sheets: vec![sheet], stamp: None })
}

/// The separator, and the text without a line that only says it (`sep=;`).
fn separator(text: &str) -> (u8, &str) {
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(said) =
            first.trim().strip_prefix("sep=").or_else(|| first.trim_end_matches('\r').strip_prefix("sep="))
        && let Some(separator) = said.bytes().next()
    {
        return (separator, rest);
    }
    let best = [b';', b'\t', b','].into_iter().max_by_key(|separator| evenness(text, *separator));
    (best.unwrap_or(b','), text)
}

/// How evenly lines are parted by it: how many have the usual number of them, and how many that is.
fn evenness(text: &str, separator: u8) -> (usize, usize) {
    /// So many lines tell.
    const LINES: usize = 50;
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    let (mut quoted, mut count, mut lines) = (false, 0, 0);
    for byte in text.bytes().take(256 << 10) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                *counts.entry(count).or_default() += 1;
                (count, lines) = (0, lines + 1);
                if lines >= LINES {
                    break;
                }
            }
            byte if byte == separator && !quoted => count += 1,
            _ => {}
        }
    }
    *counts.entry(count).or_default() += 1;
    let parted = counts.into_iter().filter(|(count, _)| *count > 0);
    parted.map(|(count, lines)| (lines, count)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found_out() {
        assert_eq!(separator("a;b,c;d\n1;2,0;3\n").0, b';');
        assert_eq!(separator("a,b\n1,\"x;y;z\"\n").0, b',');
        assert_eq!(separator("a\tb\n1\t2\n").0, b'\t');
        assert_eq!(separator("sep=;\r\na;b").0, b';');
        assert_eq!(separator("a\nb\n").0, b',');
    }
}
