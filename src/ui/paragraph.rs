//! Text in lines of a width: broken between words, a longer word between graphemes.

use super::pen::{Piece, beginning, width};

/// The lines of `text` in `room` cells each; at least one. Blanks at a break are left out.
pub fn wrapped(text: &str, room: u16) -> Vec<&str> {
    let room = room.max(1);
    let mut lines = Vec::new();
    let mut rest = text.trim_end();
    while width(rest) > room {
        let fitting = beginning(rest, room);
        let at_break = rest[fitting.len()..].starts_with(' ');
        let end = if at_break { Some(fitting.len()) } else { fitting.rfind(' ').filter(|end| *end > 0) };
        let end = end.unwrap_or(fitting.len());
        // A letter wider than the room still has to go somewhere.
        let end = if end == 0 { rest.chars().next().map_or(rest.len(), char::len_utf8) } else { end };
        lines.push(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest);
    }
    lines
}

/// The lines of `pieces` as one text, each piece keeping its role.
pub fn wrapped_pieces(pieces: &[Piece<'_>], room: u16) -> Vec<Vec<Piece<'static>>> {
    let text: String = pieces.iter().map(|piece| piece.text.as_ref()).collect();
    let mut ends = Vec::with_capacity(pieces.len());
    for piece in pieces {
        ends.push(ends.last().copied().unwrap_or(0) + piece.text.len());
    }
    let lines = wrapped(&text, room).into_iter().map(|line| {
        let from = line.as_ptr() as usize - text.as_ptr() as usize;
        part(&text, from..from + line.len(), pieces, &ends)
    });
    lines.collect()
}

fn part(text: &str, range: std::ops::Range<usize>, pieces: &[Piece<'_>], ends: &[usize]) -> Vec<Piece<'static>> {
    let mut line = Vec::new();
    let mut start = 0;
    for (piece, end) in pieces.iter().zip(ends) {
        let (from, to) = (start.max(range.start), (*end).min(range.end));
        if from < to {
            line.push(Piece::new(piece.role, text[from..to].to_owned()));
        }
        start = *end;
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("Hạn: trước ngày 20/6/2023", 12), ["Hạn: trước", "ngày", "20/6/2023"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("abc  def", 3), ["abc", "def"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("漢字", 1), ["漢", "字"]);
    }

    #[test]
    fn pieces_keep_their_roles_over_breaks() {
        use super::super::theme::Role::{Dim, Text};
        let lines = wrapped_pieces(&[Piece::new(Dim, "21/06 "), Piece::new(Text, "đôn đốc lần 1")], 10);
        let said: Vec<Vec<(_, &str)>> =
            lines.iter().map(|line| line.iter().map(|piece| (piece.role, piece.text.as_ref())).collect()).collect();
        assert_eq!(said, [vec![(Dim, "21/06 "), (Text, "đôn")], vec![(Text, "đốc lần 1")]]);
    }

    proptest! {
        #[test]
        fn lines_hold_every_word_and_fit(text in "[a-zđâ ]{0,60}", room in 1u16..20) {
            let lines = wrapped(&text, room);
            prop_assert!(lines.iter().all(|line| width(line) <= room));
            let squeezed = |text: &str| text.replace(' ', "");
            prop_assert_eq!(squeezed(&lines.concat()), squeezed(&text));
        }
    }
}
