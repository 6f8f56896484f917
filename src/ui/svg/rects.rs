//! [`Rects`]: filled rectangles by colour, merged where they touch, so that a border or a bar is one piece.

use std::{collections::BTreeMap, fmt::Write as _};

use super::palette::Rgb;

/// A rectangle; its right and lower edges do not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rect {
    pub(super) y: u32,
    pub(super) x: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Rect {
    /// From and to, across and down.
    pub(super) fn spanning(across: (u32, u32), down: (u32, u32)) -> Self {
        Rect { x: across.0, y: down.0, width: across.1 - across.0, height: down.1 - down.0 }
    }

    pub(super) fn moved(self, (x, y): (u32, u32)) -> Self {
        Rect { x: self.x + x, y: self.y + y, ..self }
    }
}

/// Rectangles by colour.
#[derive(Debug, Default)]
pub(super) struct Rects {
    by_colour: BTreeMap<Rgb, Vec<Rect>>,
}

impl Rects {
    pub(super) fn add(&mut self, colour: Rgb, rect: Rect) {
        self.by_colour.entry(colour).or_default().push(rect);
    }

    /// Writes a group for each colour, in the order of the colours.
    pub(super) fn write(self, out: &mut String) {
        for (colour, rects) in self.by_colour {
            let _ = writeln!(out, r#"<g fill="{}">"#, hex(colour));
            for Rect { x, y, width, height } in merged(rects) {
                let _ = writeln!(out, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"/>"#);
            }
            out.push_str("</g>\n");
        }
    }
}

/// Those side by side as one, then those one above the other.
fn merged(mut rects: Vec<Rect>) -> Vec<Rect> {
    rects.sort_by_key(|rect| (rect.y, rect.height, rect.x));
    rects.dedup_by(|next, last| {
        let touches = (next.y, next.height) == (last.y, last.height) && next.x <= last.x + last.width;
        if touches {
            last.width = last.width.max(next.x + next.width - last.x);
        }
        touches
    });
    rects.sort_by_key(|rect| (rect.x, rect.width, rect.y));
    rects.dedup_by(|next, last| {
        let touches = (next.x, next.width) == (last.x, last.width) && next.y <= last.y + last.height;
        if touches {
            last.height = last.height.max(next.y + next.height - last.y);
        }
        touches
    });
    rects.sort();
    rects
}

/// A colour as SVG writes it.
pub(super) fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn what_touches_becomes_one() {
        assert_eq!(merged(vec![rect(16, 0, 16, 36), rect(0, 0, 16, 36)]), [rect(0, 0, 32, 36)]);
        let block = vec![rect(0, 36, 16, 36), rect(16, 0, 16, 36), rect(16, 36, 16, 36), rect(0, 0, 16, 36)];
        assert_eq!(merged(block), [rect(0, 0, 32, 72)]);
        // Of different heights, or apart: as they are.
        let apart = vec![rect(0, 0, 16, 36), rect(0, 40, 16, 36), rect(16, 0, 16, 4)];
        assert_eq!(merged(apart).len(), 3);
        // One within another.
        assert_eq!(merged(vec![rect(0, 0, 9, 2), rect(7, 0, 9, 2), rect(0, 0, 3, 2)]), [rect(0, 0, 16, 2)]);
    }

    #[test]
    fn groups_are_written_by_colour() {
        let mut rects = Rects::default();
        rects.add([255, 0, 0], rect(0, 0, 1, 2));
        rects.add([0, 0, 10], rect(3, 4, 5, 6));
        let mut out = String::new();
        rects.write(&mut out);
        let wanted = "<g fill=\"#00000a\">\n<rect x=\"3\" y=\"4\" width=\"5\" height=\"6\"/>\n</g>\n\
                      <g fill=\"#ff0000\">\n<rect x=\"0\" y=\"0\" width=\"1\" height=\"2\"/>\n</g>\n";
        assert_eq!(out, wanted);
    }
}
