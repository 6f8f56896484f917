//! The last look at a frame before it is written: nothing in a cell may act on the terminal.
//!
//! Text is cleaned where it enters the program; this is the second line, for whatever came
//! past it. A cell is one grapheme, one or two columns wide, that every terminal draws without
//! moving anything else; any other cell becomes a replacement of the width it claimed.
//! What the replacements mean to a reader is not decided here.

use ratatui::buffer::{Buffer, Cell, CellWidth};

/// Stands where a cell could not be shown.
pub const REPLACEMENT: char = '\u{FFFD}';
/// The same for terminals that are to get ASCII only.
pub const REPLACEMENT_ASCII: char = '?';

/// Characters of one cell: a base and its marks. Vietnamese needs three, Thai four.
const CHARS_MAX: usize = 8;
/// Titles longer than this are cut: a terminal may refuse or crop them anyway.
const TITLE_MAX: usize = 200;

/// Replaces every cell that could act on the terminal or move its neighbours.
///
/// Returns how many cells were replaced.
pub fn sweep(buffer: &mut Buffer, replacement: char) -> usize {
    let width = usize::from(buffer.area.width);
    if width == 0 {
        return 0;
    }
    let mut replaced = 0;
    for row in buffer.content.chunks_mut(width) {
        for (x, cell) in row.iter_mut().enumerate() {
            if !is_clean(cell.symbol(), width - x) {
                replace(cell, replacement, width - x);
                replaced += 1;
            }
        }
    }
    replaced
}

/// A line of text for the window title: the same rules, and not too long.
pub fn sweep_line(text: &str, replacement: char) -> String {
    let shown = |c: char| if is_forbidden(c) { replacement } else { c };
    text.chars().take(TITLE_MAX).map(shown).collect()
}

fn replace(cell: &mut Cell, replacement: char, room: usize) {
    let symbol = cell.symbol();
    if symbol.is_empty() {
        // Printing nothing would pull the rest of the row one column to the left.
        cell.set_symbol(" ");
        return;
    }
    // `cell_width` asserts that a lone byte is no control character.
    let wide = symbol.len() > 1 && symbol.cell_width() == 2 && room >= 2;
    if wide {
        // Two, because the column behind a wide symbol is not painted.
        cell.set_symbol(&String::from_iter([replacement, replacement]));
    } else {
        cell.set_char(replacement);
    }
}

fn is_clean(symbol: &str, room: usize) -> bool {
    if let [byte] = symbol.as_bytes() {
        return matches!(byte, 0x20..=0x7e);
    }
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if chars.as_str().is_empty() && is_plain(first) {
        return true;
    }
    let count = symbol.chars().take(CHARS_MAX + 1).count();
    let width = usize::from(symbol.cell_width());
    count <= CHARS_MAX
        && (1..=2).contains(&width)
        && width <= room
        && starts_with_base(first)
        && !symbol.chars().any(is_forbidden)
}

/// One column wide and harmless, told without a table: Latin with marks, lines, blocks, shapes.
const fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2500}'..='\u{25ff}')
}

/// A cell of marks alone would be drawn onto its left neighbour.
fn starts_with_base(first: char) -> bool {
    let mut bytes = [0; 4];
    first == '\u{ff9e}'
        || first == '\u{ff9f}'
        || unicode_width::UnicodeWidthStr::width(&*first.encode_utf8(&mut bytes)) > 0
}

/// Control, bidirectional, invisible: what a reader cannot see and a terminal may obey.
const fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' // soft hyphen: some terminals draw it, some do not
        | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        // Zero-width space and joiners: emoji joined by U+200D are as wide as each terminal likes.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    fn swept(symbol: &str) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer[(0, 0)].set_symbol(symbol);
        sweep(&mut buffer, REPLACEMENT);
        buffer[(0, 0)].symbol().to_owned()
    }

    #[test]
    fn ordinary_text_stays() {
        for symbol in ["a", " ", "ế", "Đ", "e\u{302}\u{301}", "█", "▌", "╭", "✉", "●", "漢", "…", "–", "⚠", "ﾞ"]
        {
            assert_eq!(swept(symbol), symbol);
        }
    }

    #[test]
    fn what_could_act_is_replaced() {
        let bad = [
            "\u{1b}",
            "\n",
            "\r",
            "\t",
            "\u{7f}",
            "\u{9b}",
            "\u{85}",
            "\u{202e}",
            "\u{2066}",
            "\u{200e}",
            "\u{61c}",
            "\u{200b}",
            "\u{feff}",
            "\u{2060}",
            "\u{e0041}",
            "\u{ad}",
            "a\u{202e}",
            "\u{301}",
            "\u{1b}[31m",
            "abc",
        ];
        for symbol in bad {
            assert_eq!(swept(symbol), "\u{fffd}", "{symbol:?}");
        }
    }

    #[test]
    fn the_replacement_is_as_wide_as_what_it_replaces() {
        assert_eq!(swept("漢\u{200b}"), "\u{fffd}\u{fffd}");
        assert_eq!(swept("a\u{200d}b"), "\u{fffd}\u{fffd}");
        assert_eq!(swept(""), " ");
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer[(1, 0)].set_symbol("漢");
        assert_eq!(sweep(&mut buffer, REPLACEMENT_ASCII), 1);
        assert_eq!(buffer[(1, 0)].symbol(), "?");
    }

    #[test]
    fn marks_are_capped() {
        assert_eq!(swept(&format!("e{}", "\u{301}".repeat(7))).chars().count(), 8);
        assert_eq!(swept(&format!("e{}", "\u{301}".repeat(8))), "\u{fffd}");
    }

    #[test]
    fn a_title_is_one_harmless_line() {
        assert_eq!(sweep_line("a\u{1b}]0;x\u{7}\nb", '?'), "a?]0;x??b");
        assert_eq!(sweep_line(&"a".repeat(1000), '?').len(), TITLE_MAX);
    }

    proptest! {
        #[test]
        fn no_symbol_survives_that_could_act(symbols in prop::collection::vec("\\PC{0,3}|.{0,12}|[\\x00-\\x1f\\u{80}-\\u{9f}\\u{200b}-\\u{206f}]{1,2}", 12)) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 3));
            for (cell, symbol) in buffer.content.iter_mut().zip(&symbols) {
                cell.set_symbol(symbol);
            }
            sweep(&mut buffer, REPLACEMENT);
            for (at, cell) in buffer.content.iter().enumerate() {
                let symbol = cell.symbol();
                prop_assert!(!symbol.chars().any(|c| c.is_control() || is_forbidden(c)), "{symbol:?}");
                prop_assert!((1..=2).contains(&symbol.cell_width()), "{symbol:?}");
                prop_assert!(at % 4 + usize::from(symbol.cell_width()) <= 4);
            }
            prop_assert_eq!(sweep(&mut buffer, REPLACEMENT), 0);
        }
    }
}
