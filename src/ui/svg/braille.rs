//! Braille patterns (U+2800–28FF), which curves are drawn with, as dots: few fonts for code have them.

use super::{CELL, rects::Rect};

/// Where each bit's dot stands: its column and row of two by four.
const DOTS: [(u32, u32); 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];
/// Half the side of a dot.
const HALF: u32 = 2;

/// The dots of a pattern, each a small square; none for any other character.
pub(super) fn dots(code: u32) -> Option<Vec<Rect>> {
    let bits = code.checked_sub(0x2800).filter(|bits| *bits < 256)?;
    let (wide, high) = (CELL.0 / 2, CELL.1 / 4);
    let dot = |(column, row): (u32, u32)| {
        let (x, y) = (column * wide + wide / 2, row * high + high / 2);
        Rect::spanning((x - HALF, x + HALF), (y - HALF, y + HALF))
    };
    let set = (0..).zip(DOTS).filter(|(bit, _)| bits >> bit & 1 == 1);
    Some(set.map(|(_, place)| dot(place)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_a_dot_for_each_bit_within_the_cell() {
        assert_eq!(dots(u32::from('⠀')), Some(Vec::new()));
        assert_eq!(dots(u32::from('⣿')).map(|dots| dots.len()), Some(8));
        assert_eq!(dots(u32::from('⡁')).map(|dots| dots.len()), Some(2));
        assert_eq!(dots(u32::from('a')), None);
    }
}
