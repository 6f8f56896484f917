//! Box drawing and block elements (U+2500–259F) as rectangles and strokes within a cell: borders join and bars are crisp,
//! whatever font a viewer has.

use super::{CELL, braille, rects::Rect};

const WIDTH: u32 = CELL.0;
const HEIGHT: u32 = CELL.1;
/// Half of a light line.
const HALF: u32 = 1;

/// What a character looks like. Places are within the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Filled.
    Rects(Vec<Rect>),
    /// The whole cell, with so many hundredths of the ground.
    Shade(u16),
    /// Drawn as a light line.
    Strokes(Vec<Stroke>),
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// From one point to another.
    Line((u32, u32), (u32, u32)),
    /// A quarter of a circle as wide as half a cell, the straight rest before it: from the upper or lower edge to a side.
    Corner {
        /// To the right side, else to the left.
        right: bool,
        /// From the lower edge, else from the upper one.
        down: bool,
    },
}

/// How a cell's symbol is drawn, where it is not left to the font.
pub(super) fn shape(symbol: &str) -> Option<Shape> {
    let mut letters = symbol.chars();
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    let code = u32::from(letter);
    match code {
        0x2500..=0x257f => Some(line(code)),
        0x2580..=0x259f => Some(block(code)),
        _ => braille::dots(code).map(Shape::Rects),
    }
}

/// The weight of the arms to the left, to the right, up and down of U+2500–257F: 0 none, 1 light, 2 heavy, 3 double. None
/// for what is dashed, round or slanted.
const ARMS: [&[u8; 64]; 8] = [
    b"1100220000110022000000000000000000000000000000000101020101020202",
    b"1001200110022002011002100120022010102010102020200111021101210112",
    b"0122022102120222101120111021101210222021201220221101210112012201",
    b"1102210212022202111021101210221011202120122022201111211112112211",
    b"1121111211222121122121121212222122122122122222220000000000000000",
    b"3300003303010103030330011003300303100130033030101030303003110133",
    b"0333301110333033330111033303331011303330331111333333000000000000",
    b"0000000000000000100000100100000120000020020000021200001221000021",
];

fn arms(code: u32) -> [u8; 4] {
    let place = code.saturating_sub(0x2500) as usize;
    let row = ARMS.get(place / 16).copied().unwrap_or(&[b'0'; 64]);
    let from = place % 16 * 4;
    std::array::from_fn(|arm| row[from + arm] - b'0')
}

fn line(code: u32) -> Shape {
    match code {
        0x2504..=0x250b | 0x254c..=0x254f => Shape::Rects(dashes(code)),
        0x256d..=0x2570 => {
            let (right, down) = (matches!(code, 0x256d | 0x2570), matches!(code, 0x256d | 0x256e));
            Shape::Strokes(vec![Stroke::Corner { right, down }])
        }
        0x2571..=0x2573 => {
            let rising = (code != 0x2572).then_some(Stroke::Line((0, HEIGHT), (WIDTH, 0)));
            let falling = (code != 0x2571).then_some(Stroke::Line((0, 0), (WIDTH, HEIGHT)));
            Shape::Strokes(rising.into_iter().chain(falling).collect())
        }
        _ => Shape::Rects(joined(arms(code))),
    }
}

/// Dashes: two, three or four in a cell.
fn dashes(code: u32) -> Vec<Rect> {
    let count = match code {
        0x2504..=0x2507 => 3,
        0x2508..=0x250b => 4,
        _ => 2,
    };
    let heavy = code % 2 == 1;
    let upright = if code >= 0x254c { code >= 0x254e } else { code % 4 >= 2 };
    let half = if heavy { 2 * HALF } else { HALF };
    let length = if upright { HEIGHT } else { WIDTH };
    let dash = |place: u32| {
        let (from, to) = (length * place / count, length * (place + 1) / count);
        let along = (from + HALF, to - HALF);
        let across = middle(if upright { WIDTH } else { HEIGHT }, half);
        if upright { Rect::spanning(across, along) } else { Rect::spanning(along, across) }
    };
    (0..count).map(dash).collect()
}

fn middle(length: u32, half: u32) -> (u32, u32) {
    (length / 2 - half, length / 2 + half)
}

/// The arms of a character, each as far as the others ask for.
fn joined([left, right, up, down]: [u8; 4]) -> Vec<Rect> {
    let mut rects = Vec::new();
    for (along, across, ends, sides) in
        [(WIDTH, HEIGHT, [left, right], [up, down]), (HEIGHT, WIDTH, [up, down], [left, right])]
    {
        for (forward, weight, opposite) in [(false, ends[0], ends[1]), (true, ends[1], ends[0])] {
            for (lane, reach) in lanes(weight, opposite, sides) {
                let far = (i64::from(along / 2) + i64::from(reach)).unsigned_abs() as u32;
                let span = if forward { (along - far, along) } else { (0, far) };
                let lane = (across / 2).saturating_add_signed(lane.0)..(across / 2).saturating_add_signed(lane.1);
                let lane = (lane.start, lane.end);
                let lies = along == WIDTH;
                rects.push(if lies { Rect::spanning(span, lane) } else { Rect::spanning(lane, span) });
            }
        }
    }
    rects
}

/// The lines of an arm of `weight`: where each lies, counted from the middle, and how far it reaches beyond it.
/// `sides` are the arms that cross it, on the side of the smaller and of the greater numbers.
fn lanes(weight: u8, opposite: u8, sides: [u8; 2]) -> Vec<((i32, i32), i32)> {
    let single = match sides {
        [3, 3] if opposite == 0 => -1,
        _ if sides.contains(&3) => 3,
        _ if sides.contains(&2) => 2,
        _ => 1,
    };
    let double = |side: usize| match (sides[side], sides[1 - side]) {
        (3, _) => -1,
        (0, 3) => 3,
        _ => 1,
    };
    match weight {
        1 => vec![((-1, 1), single)],
        2 => vec![((-2, 2), single)],
        3 => vec![((-3, -1), double(0)), ((1, 3), double(1))],
        _ => Vec::new(),
    }
}

fn block(code: u32) -> Shape {
    let eighth_down = |eighths: u32| HEIGHT * eighths / 8;
    let rect = match code {
        0x2580 => Rect::spanning((0, WIDTH), (0, HEIGHT / 2)),
        0x2581..=0x2588 => Rect::spanning((0, WIDTH), (HEIGHT - eighth_down(code - 0x2580), HEIGHT)),
        0x2589..=0x258f => Rect::spanning((0, WIDTH * (0x2590 - code) / 8), (0, HEIGHT)),
        0x2590 => Rect::spanning((WIDTH / 2, WIDTH), (0, HEIGHT)),
        0x2591 => return Shape::Shade(75),
        0x2592 => return Shape::Shade(50),
        0x2593 => return Shape::Shade(25),
        0x2594 => Rect::spanning((0, WIDTH), (0, eighth_down(1))),
        0x2595 => Rect::spanning((WIDTH * 7 / 8, WIDTH), (0, HEIGHT)),
        _ => return Shape::Rects(quarters(code)),
    };
    Shape::Rects(vec![rect])
}

/// Which quarters U+2596–259F fill: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
const QUARTERS: [u8; 10] = [4, 8, 1, 1 + 4 + 8, 1 + 8, 1 + 2 + 4, 1 + 2 + 8, 2, 2 + 4, 2 + 4 + 8];

fn quarters(code: u32) -> Vec<Rect> {
    let filled = QUARTERS.get(code.saturating_sub(0x2596) as usize).copied().unwrap_or_default();
    let quarter = |place: u32| {
        let (x, y) = (place % 2 * WIDTH / 2, place / 2 * HEIGHT / 2);
        Rect { x, y, width: WIDTH / 2, height: HEIGHT / 2 }
    };
    (0..4).filter(|place| filled & (1 << place) != 0).map(quarter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rects(symbol: &str) -> Vec<Rect> {
        match shape(symbol) {
            Some(Shape::Rects(rects)) => rects,
            other => panic!("{symbol}: {other:?}"),
        }
    }

    /// Is this point of the cell filled?
    fn filled(symbol: &str, (x, y): (u32, u32)) -> bool {
        let holds =
            |rect: &Rect| (rect.x..rect.x + rect.width).contains(&x) && (rect.y..rect.y + rect.height).contains(&y);
        rects(symbol).iter().any(holds)
    }

    #[test]
    fn every_character_has_a_shape_within_the_cell() {
        for code in 0x2500..=0x259f {
            let symbol = char::from_u32(code).unwrap().to_string();
            match shape(&symbol).unwrap() {
                Shape::Rects(rects) => {
                    assert!(!rects.is_empty(), "{symbol}");
                    for rect in rects {
                        assert!(rect.width > 0 && rect.height > 0, "{symbol} {rect:?}");
                        assert!(rect.x + rect.width <= WIDTH && rect.y + rect.height <= HEIGHT, "{symbol} {rect:?}");
                    }
                }
                Shape::Strokes(strokes) => assert!(!strokes.is_empty(), "{symbol}"),
                Shape::Shade(_) => {}
            }
        }
        assert_eq!(["a", " ", "", "▲", "━\u{301}"].map(shape), [None, None, None, None, None]);
    }

    #[test]
    fn eighths_are_exact() {
        assert_eq!(rects("▏"), [Rect { x: 0, y: 0, width: 2, height: 36 }]);
        assert_eq!(rects("▋"), [Rect { x: 0, y: 0, width: 10, height: 36 }]);
        assert_eq!(rects("▌"), [Rect { x: 0, y: 0, width: 8, height: 36 }]);
        assert_eq!(rects("█"), [Rect { x: 0, y: 0, width: 16, height: 36 }]);
        assert_eq!(rects("▄"), [Rect { x: 0, y: 18, width: 16, height: 18 }]);
        assert_eq!(rects("▂"), [Rect { x: 0, y: 27, width: 16, height: 9 }]);
        assert_eq!(rects("▞"), [Rect { x: 8, y: 0, width: 8, height: 18 }, Rect { x: 0, y: 18, width: 8, height: 18 }]);
    }

    #[test]
    fn lines_reach_the_edges_they_say_and_no_others() {
        let edges = |symbol| [(0, 18), (15, 18), (8, 0), (8, 35)].map(|point| filled(symbol, point));
        assert_eq!(edges("─"), [true, true, false, false]);
        assert_eq!(edges("┃"), [false, false, true, true]);
        assert_eq!(edges("┐"), [true, false, false, true]);
        assert_eq!(edges("├"), [false, true, true, true]);
        assert_eq!(edges("╋"), [true; 4]);
        assert_eq!(edges("╹"), [false, false, true, false]);
    }

    #[test]
    fn corners_are_closed_and_double_lines_stay_apart() {
        // The outer point of a light corner, and of a heavy one.
        assert!(filled("┐", (8, 17)) && !filled("┐", (9, 17)));
        assert!(filled("┏", (6, 16)) && !filled("┏", (5, 16)));
        // Outer and inner line of a double corner, nothing between.
        assert!(filled("╗", (10, 15)) && filled("╗", (5, 20)) && !filled("╗", (8, 18)));
        // Nothing runs through the middle of a crossing of double lines.
        assert!(!filled("╬", (8, 18)) && filled("╬", (0, 15)) && !filled("╬", (8, 15)));
        assert!(filled("╪", (8, 18)) && filled("╪", (8, 15)));
        assert!(filled("╢", (4, 18)) && !filled("╢", (8, 18)) && !filled("╢", (12, 18)));
    }
}
