//! Writing on the buffer: text within a width, cut by grapheme with an ellipsis, never outside of the buffer.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::Role;
use crate::panels::{column::Align, view::Area};

/// A piece of a line: text of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What it is.
    pub role: Role,
}

impl<'a> Piece<'a> {
    /// A piece of `role`.
    pub fn new(role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        Piece { text: text.into(), role }
    }
}

/// How many cells `text` takes.
pub fn width(text: &str) -> u16 {
    let wide = if text.is_ascii() { text.len() } else { text.width() };
    u16::try_from(wide).unwrap_or(u16::MAX)
}

/// How many cells `pieces` take together.
pub fn width_of(pieces: &[Piece<'_>]) -> u16 {
    pieces.iter().fold(0, |sum, piece| sum.saturating_add(width(&piece.text)))
}

/// The longest beginning of `text` that takes no more than `room` cells; never within a grapheme.
pub fn beginning(text: &str, room: u16) -> &str {
    let mut taken = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        taken += width(grapheme);
        if taken > room {
            return &text[..start];
        }
    }
    text
}

/// `text` in no more than `room` cells, with an ellipsis where it was cut.
pub fn truncated<'a>(text: &'a str, room: u16, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    if room == 0 {
        return Cow::Borrowed("");
    }
    let kept = beginning(text, room.saturating_sub(width(ellipsis)));
    Cow::Owned(format!("{}{ellipsis}", kept.trim_end()))
}

/// Writes `text` at `x`, `y` in no more than `room` cells; what does not fit is left out. Gives the cell after it.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
    if room == 0 || !is_inside(buffer, x, y) {
        return x;
    }
    buffer.set_stringn(x, y, text, usize::from(room), style).0
}

/// Writes one sign; the cell it stands in loses what was there.
pub fn put_sign(buffer: &mut Buffer, x: u16, y: u16, sign: &str, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(sign).set_style(style);
    }
}

/// Writes `pieces` within `room` cells, cut with an ellipsis where there is no room for all. Gives the cell after them.
pub fn put_pieces(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    (room, align): (u16, Align),
    pieces: &[Piece<'_>],
    ellipsis: &str,
    style: impl Fn(Role) -> Style,
) -> u16 {
    let wide = width_of(pieces);
    if wide <= room {
        let mut at = match align {
            Align::Left => x,
            Align::Right => x + room - wide,
        };
        for piece in pieces {
            at = put(buffer, at, y, wide, &piece.text, style(piece.role));
        }
        return at;
    }
    let end = x.saturating_add(room.saturating_sub(width(ellipsis)));
    let mut at = x;
    let mut last = Role::Text;
    for piece in pieces {
        last = piece.role;
        let kept = beginning(&piece.text, end.saturating_sub(at));
        let is_cut = kept.len() < piece.text.len();
        at = put(buffer, at, y, end.saturating_sub(at), if is_cut { kept.trim_end() } else { kept }, style(last));
        if is_cut {
            break;
        }
    }
    if room == 0 { at } else { put(buffer, at, y, width(ellipsis), ellipsis, style(last)) }
}

/// Fills an area's row with blanks of `style`.
pub fn blank(buffer: &mut Buffer, area: Area, style: Style) {
    let area = rect(area).intersection(buffer.area);
    // The first half of a wide letter that the area cuts in two must not stand on.
    for y in area.top()..area.bottom() {
        if area.left() > buffer.area.left()
            && let Some(before) = buffer.cell_mut((area.left() - 1, y)).filter(|cell| cell.symbol().width() > 1)
        {
            before.set_symbol(" ");
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// An area as ratatui has it.
pub fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

fn is_inside(buffer: &Buffer, x: u16, y: u16) -> bool {
    let area = buffer.area;
    (area.left()..area.right()).contains(&x) && (area.top()..area.bottom()).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_graphemes_and_says_so() {
        assert_eq!(truncated("Bù Đốp", 6, "…"), "Bù Đốp");
        assert_eq!(truncated("Bù Đốp", 5, "…"), "Bù Đ…");
        assert_eq!(truncated("Bù Đốp", 4, "…"), "Bù…");
        // Decomposed letters keep their marks.
        assert_eq!(truncated("Bu\u{300} D\u{303}o\u{302}\u{301}p", 4, "…"), "Bu\u{300}…");
        assert_eq!(truncated("o\u{302}\u{301}o\u{302}\u{301}o\u{302}\u{301}", 2, "…"), "o\u{302}\u{301}…");
        // A wide letter that would stand half in is left out.
        assert_eq!(truncated("漢字漢字", 4, "…"), "漢…");
        assert_eq!(
            ["", "…", "a…"],
            [0, 1, 2]
                .map(|room| truncated("abc", room, "…"))
                .map(|text| text.into_owned())
                .each_ref()
                .map(String::as_str)
        );
    }

    fn line(room: u16, align: Align, pieces: &[&str]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let pieces: Vec<Piece<'_>> = pieces.iter().map(|text| Piece::new(Role::Text, *text)).collect();
        put_pieces(&mut buffer, (0, 0), (room, align), &pieces, "…", |_| Style::new());
        buffer.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn pieces_are_aligned_and_cut_as_one_line() {
        assert_eq!(line(6, Align::Left, &["ab", "cd"]), "abcd    ");
        assert_eq!(line(6, Align::Right, &["ab", "cd"]), "  abcd  ");
        assert_eq!(line(3, Align::Right, &["ab", "cd"]), "ab…     ");
        assert_eq!(line(4, Align::Left, &["ab", "c", "de"]), "abc…    ");
        assert_eq!(line(0, Align::Left, &["ab"]), "        ");
        assert_eq!(line(200, Align::Left, &["abcdefghijkl"]), "abcdefgh");
    }

    #[test]
    fn nothing_is_written_outside_of_the_buffer() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        put(&mut buffer, 5, 0, 3, "abc", Style::new());
        put(&mut buffer, 0, 3, 3, "abc", Style::new());
        put_sign(&mut buffer, 9, 9, "x", Style::new());
        blank(&mut buffer, Area { x: 1, y: 0, width: 50, height: 50 }, Style::new());
        assert_eq!(buffer, Buffer::empty(Rect::new(0, 0, 2, 1)));
    }

    #[test]
    fn what_is_laid_over_half_a_wide_letter_blanks_the_other_half() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        put(&mut buffer, 0, 0, 4, "漢字", Style::new());
        blank(&mut buffer, Area { x: 1, y: 0, width: 1, height: 1 }, Style::new());
        let symbols: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(symbols, [" ", " ", "字", " "]);
    }
}
