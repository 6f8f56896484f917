//! Tables as plain text and as Markdown. Widths are those of the terminal: a Vietnamese letter is one cell wide however it
//! is composed.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where a cell's text stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// On the left.
    Left,
    /// On the right, as numbers are.
    Right,
}

/// Between two columns.
const GAP: usize = 2;

/// A column that is cut keeps so much.
const LEAST: usize = 8;

/// Writes a table at most `width` wide, as far as its columns let themselves be cut. A heading is a text, where its cells
/// stand, and whether they may be cut; what is cut ends with `ellipsis`, one cell wide.
pub(super) fn plain(
    out: &mut impl Write,
    headings: &[(String, Align, bool)],
    rows: &[Vec<String>],
    (width, ellipsis): (usize, &str),
) -> io::Result<()> {
    let widths = widths(headings, rows, width);
    let names: Vec<String> = headings.iter().map(|(name, ..)| name.clone()).collect();
    line(out, headings, &names, (&widths, width, ellipsis))?;
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(out, headings, &rules, (&widths, width, ellipsis))?;
    rows.iter().try_for_each(|row| line(out, headings, row, (&widths, width, ellipsis)))
}

/// Writes a Markdown table.
pub(super) fn markdown(
    out: &mut impl Write,
    headings: &[(String, Align, bool)],
    rows: &[Vec<String>],
) -> io::Result<()> {
    let names: Vec<String> = headings.iter().map(|(name, ..)| escaped(name)).collect();
    writeln!(out, "| {} |", names.join(" | "))?;
    let rules = headings.iter().map(|(_, align, _)| match align {
        Align::Left => ":---",
        Align::Right => "---:",
    });
    writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "))?;
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// Text in which Markdown and HTML find nothing of theirs.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// `text` in at most `width` cells; where something is cut away, it ends with `ellipsis`, one cell wide.
pub(super) fn cut(text: &str, width: usize, ellipsis: &str) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.graphemes(true) {
        used += letter.width();
        if used >= width {
            break;
        }
        kept.push_str(letter);
    }
    if width > 0 {
        kept.push_str(ellipsis);
    }
    kept
}

fn widths(headings: &[(String, Align, bool)], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let column = |place: usize| rows.iter().filter_map(move |row| row.get(place)).map(|cell| cell.width());
    let wanted =
        headings.iter().enumerate().map(|(place, (name, ..))| column(place).max().unwrap_or(0).max(name.width()));
    let mut widths: Vec<usize> = wanted.collect();
    let gaps = GAP * widths.len().saturating_sub(1);
    // The widest column that may be cut gives way first, a cell at a time.
    while widths.iter().sum::<usize>() + gaps > width {
        let yielding = widths.iter_mut().zip(headings).filter(|(width, (_, _, yields))| *yields && **width > LEAST);
        let Some((widest, _)) = yielding.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
    widths
}

fn line(
    out: &mut impl Write,
    headings: &[(String, Align, bool)],
    cells: &[String],
    (widths, total, ellipsis): (&[usize], usize, &str),
) -> io::Result<()> {
    let mut line = String::new();
    for (place, ((_, align, _), (cell, width))) in headings.iter().zip(cells.iter().zip(widths)).enumerate() {
        if place > 0 {
            line.extend(std::iter::repeat_n(' ', GAP));
        }
        let cell = cut(cell, *width, ellipsis);
        let blank = std::iter::repeat_n(' ', width.saturating_sub(cell.width()));
        match align {
            Align::Left => {
                line.push_str(&cell);
                line.extend(blank);
            }
            Align::Right => {
                line.extend(blank);
                line.push_str(&cell);
            }
        }
    }
    // Where the columns that may not be cut are too wide together, the line is: it is never broken in two.
    writeln!(out, "{}", cut(line.trim_end(), total, ellipsis))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize) -> Vec<String> {
        let headings = [("Cơ quan".into(), Align::Left, true), ("số".into(), Align::Right, false)];
        let rows = [vec!["Ủy ban nhân dân huyện Bù Đốp".into(), "7".into()], vec!["Sở".into(), "120".into()]];
        let mut out = Vec::new();
        plain(&mut out, &headings, &rows, (width, "…")).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn columns_stand_under_each_other_and_give_way() {
        let wide = table(80);
        assert_eq!(wide[2], "Ủy ban nhân dân huyện Bù Đốp    7");
        assert_eq!(wide[3], format!("Sở{}  120", " ".repeat(26)));
        let narrow = table(20);
        assert_eq!(narrow[2], "Ủy ban nhân dâ…    7");
        assert!((1..=20).all(|width| table(width).iter().all(|line| line.width() <= width)), "never broken in two");
        assert!(narrow.iter().all(|line| line.width() <= 20));
    }

    #[test]
    fn markdown_finds_nothing_of_its_own_in_a_cell() {
        assert_eq!(escaped("a|b*c_d`<x>[y](z)"), "a\\|b\\*c\\_d\\`&lt;x&gt;\\[y\\](z)");
    }
}
