//! A row's letters: text that stays text. Every letter has its own place, so that a font without it, or one that is wider,
//! shifts nothing.

use std::fmt::Write as _;

use super::{
    CELL,
    palette::{Rgb, Seen},
    rects::hex,
};

/// The line letters stand on, from the top of the cell.
const BASELINE: u32 = 28;

/// The letters of one row, from left to right.
#[derive(Debug, Default)]
pub(super) struct Row {
    runs: Vec<Run>,
}

/// Letters side by side that look alike.
#[derive(Debug)]
struct Run {
    ink: Rgb,
    bold: bool,
    italic: bool,
    /// The column of each letter.
    columns: Vec<u16>,
    text: String,
    /// The column behind it.
    end: u16,
    /// Is every symbol one unit of UTF-16, by which places are told?
    simple: bool,
}

impl Row {
    /// Adds the symbol at `column`, which takes `width` columns.
    pub(super) fn push(&mut self, column: u16, width: u16, symbol: &str, seen: &Seen) {
        let simple = symbol.encode_utf16().count() == 1;
        let fits = |run: &&mut Run| {
            let alike = (run.ink, run.bold, run.italic) == (seen.ink, seen.bold, seen.italic);
            alike && run.simple && simple && column <= run.end + 1
        };
        if let Some(run) = self.runs.last_mut().filter(fits) {
            if column > run.end {
                run.columns.push(run.end);
                run.text.push(' ');
            }
            run.columns.push(column);
            run.text.push_str(symbol);
            run.end = column + width;
        } else {
            let (columns, text, end) = (vec![column], symbol.to_owned(), column + width);
            self.runs.push(Run { ink: seen.ink, bold: seen.bold, italic: seen.italic, columns, text, end, simple });
        }
    }

    /// Writes the letters of the row `y`.
    pub(super) fn write(&self, out: &mut String, y: u32) {
        if self.runs.is_empty() {
            return;
        }
        let _ = write!(out, r#"<text y="{}">"#, y * CELL.1 + BASELINE);
        for (place, run) in self.runs.iter().enumerate() {
            let _ = write!(out, r#"<tspan fill="{}""#, hex(run.ink));
            if run.bold {
                out.push_str(r#" font-weight="700""#);
            }
            if run.italic {
                out.push_str(r#" font-style="italic""#);
            }
            out.push_str(r#" x=""#);
            for (nth, column) in run.columns.iter().enumerate() {
                let gap = if nth > 0 { " " } else { "" };
                let _ = write!(out, "{gap}{}", u32::from(*column) * CELL.0);
            }
            out.push_str("\">");
            escape(out, &run.text);
            // Copied out, words stay apart.
            if self.runs.get(place + 1).is_some_and(|next| next.columns.first() > Some(&run.end)) {
                out.push(' ');
            }
            out.push_str("</tspan>");
        }
        out.push_str("</text>\n");
    }
}

/// Writes `text` as XML has it; what XML cannot hold becomes U+FFFD.
pub(super) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            letter if letter.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Cell, style::Style};

    use super::{super::palette::SvgPalette, *};

    fn written(letters: &[(u16, u16, &str, bool)]) -> String {
        let mut row = Row::default();
        for (column, width, symbol, bold) in letters {
            let mut cell = Cell::default();
            cell.set_style(if *bold { Style::new().bold() } else { Style::new() });
            row.push(*column, *width, symbol, &SvgPalette::DARK.seen(&cell, false));
        }
        let mut out = String::new();
        row.write(&mut out, 1);
        out
    }

    #[test]
    fn what_looks_alike_is_one_run_with_a_place_for_each_letter() {
        let row = written(&[(0, 1, "ế", false), (1, 1, "b", false), (3, 1, "c", false), (7, 1, "d", false)]);
        assert_eq!(
            row,
            "<text y=\"64\"><tspan fill=\"#d7dce2\" x=\"0 16 32 48\">ếb c </tspan>\
             <tspan fill=\"#d7dce2\" x=\"112\">d</tspan></text>\n"
        );
        let styled = written(&[(0, 1, "a", false), (1, 1, "b", true)]);
        assert!(styled.contains(r##">a</tspan><tspan fill="#d7dce2" font-weight="700" x="16">b<"##), "{styled}");
        assert_eq!(written(&[]), "");
    }

    #[test]
    fn wide_letters_and_clusters_shift_nothing() {
        let row = written(&[(0, 2, "漢", false), (2, 1, "e\u{302}\u{301}", false), (3, 1, "x", false)]);
        assert!(row.contains(r#"x="0">漢</tspan>"#), "{row}");
        assert!(row.contains("x=\"32\">e\u{302}\u{301}</tspan>"), "{row}");
        assert!(row.contains(r#"x="48">x</tspan>"#), "{row}");
    }

    #[test]
    fn what_xml_reads_as_its_own_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "<a href=\"x\">&\u{1b}\u{0}ẽ'");
        assert_eq!(out, "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}\u{fffd}ẽ'");
    }
}
