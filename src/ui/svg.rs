//! [`svg`]: a frame of the screen as a picture, to the letter and to the cell. Lines and bars are shapes (`svg/shapes.rs`), text
//! stays text that can be selected (`svg/text.rs`); the same frame gives the same bytes.

mod braille;
mod palette;
mod rects;
mod shapes;
mod text;

use std::{collections::BTreeMap, fmt::Write as _};

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Position,
};

use self::{
    palette::{Seen, mixed},
    rects::{Rect, Rects, hex},
    shapes::{Shape, Stroke},
    text::{Row, escape},
};
use super::pen::width;

pub use self::palette::{Rgb, SvgPalette};

/// A cell in the picture's units. The picture asks to be shown at half its units, so that a light line is one pixel wide there
/// and every edge falls on a whole pixel at twice that size; an eighth of the width is whole.
const CELL: (u32, u32) = (16, 36);
/// Room round the frame.
const MARGIN: u32 = 24;
/// JetBrains Mono is 0.6 of its size wide: this fills a cell.
const FONT_SIZE: &str = "26.6667";
/// DejaVu Sans Mono comes last of those named: it draws the accents of ế and ố into the next cell.
const FONTS: &str = "'JetBrains Mono','Cascadia Mono',Menlo,Consolas,'Noto Sans Mono','DejaVu Sans Mono',monospace";

/// How a picture is made.
#[derive(Clone, Debug)]
pub struct SvgOptions {
    /// What it shows, in words, for those who cannot see it.
    pub title: String,
    /// The colours the terminal would bring.
    pub palette: SvgPalette,
    /// Where the cursor stands.
    pub cursor: Option<Position>,
    /// Room and a thin line round the frame.
    pub framed: bool,
}

impl Default for SvgOptions {
    fn default() -> Self {
        SvgOptions { title: String::new(), palette: SvgPalette::DARK, cursor: None, framed: true }
    }
}

/// The picture of `buffer`.
pub fn svg(buffer: &Buffer, options: &SvgOptions) -> String {
    let picture = Picture::of(buffer, options);
    let mut out = String::new();
    picture.open(&mut out, buffer, options);
    out.push_str("<g shape-rendering=\"crispEdges\">\n");
    picture.grounds.write(&mut out);
    picture.shapes.write(&mut out);
    out.push_str("</g>\n");
    write_strokes(&mut out, &picture.strokes);
    let _ = writeln!(out, r#"<g font-family="{FONTS}" font-size="{FONT_SIZE}" style="font-variant-ligatures:none">"#);
    for (y, row) in (0..).zip(&picture.rows) {
        row.write(&mut out, y);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Everything of a frame, sorted by how it is drawn.
#[derive(Default)]
struct Picture {
    /// The ground of most of the frame, and of the room round it.
    ground: Rgb,
    grounds: Rects,
    shapes: Rects,
    strokes: BTreeMap<Rgb, String>,
    rows: Vec<Row>,
}

impl Picture {
    fn of(buffer: &Buffer, options: &SvgOptions) -> Self {
        let mut picture = Picture { ground: main_ground(buffer, &options.palette), ..Picture::default() };
        for (y, cells) in (0..).zip(buffer.content.chunks(usize::from(buffer.area.width).max(1))) {
            picture.rows.push(Row::default());
            let mut covered = 0;
            for (x, cell) in (0..).zip(cells) {
                // The other half of a wide letter.
                if x < covered {
                    continue;
                }
                let at = Position { x: buffer.area.x + x, y: buffer.area.y + y };
                let seen = options.palette.seen(cell, options.cursor == Some(at));
                let room = buffer.area.width - x;
                covered = x + width(cell.symbol()).clamp(1, room);
                picture.add((x, y), covered - x, cell, &seen);
            }
        }
        picture
    }

    fn add(&mut self, (x, y): (u16, u16), wide: u16, cell: &Cell, seen: &Seen) {
        let corner = (u32::from(x) * CELL.0, u32::from(y) * CELL.1);
        let whole = Rect { x: 0, y: 0, width: u32::from(wide) * CELL.0, height: CELL.1 };
        if seen.ground != self.ground {
            self.grounds.add(seen.ground, whole.moved(corner));
        }
        if let Some(colour) = seen.underlined {
            self.shapes.add(colour, Rect { y: 31, height: 2, ..whole }.moved(corner));
        }
        if seen.crossed_out {
            self.shapes.add(seen.ink, Rect { y: 19, height: 2, ..whole }.moved(corner));
        }
        let symbol = cell.symbol();
        if !seen.shown || symbol.trim().is_empty() {
            return;
        }
        match shapes::shape(symbol) {
            Some(Shape::Rects(rects)) => {
                rects.into_iter().for_each(|rect| self.shapes.add(seen.ink, rect.moved(corner)))
            }
            Some(Shape::Shade(ground)) => self.shapes.add(mixed(seen.ink, seen.ground, ground), whole.moved(corner)),
            Some(Shape::Strokes(strokes)) => {
                let path = self.strokes.entry(seen.ink).or_default();
                strokes.into_iter().for_each(|stroke| draw_stroke(path, stroke, corner));
            }
            None => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(x, wide, symbol, seen);
                }
            }
        }
    }

    fn open(&self, out: &mut String, buffer: &Buffer, options: &SvgOptions) {
        let margin = if options.framed { MARGIN } else { 0 };
        let wide = u32::from(buffer.area.width) * CELL.0 + 2 * margin;
        let high = u32::from(buffer.area.height) * CELL.1 + 2 * margin;
        let _ = writeln!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="{x} {x} {wide} {high}" role="img">"#,
            wide / 2,
            high / 2,
            x = -i64::from(margin),
        );
        out.push_str("<title>");
        escape(out, &options.title);
        out.push_str("</title>\n");
        let ground = hex(self.ground);
        if options.framed {
            let line = hex(mixed(self.ground, options.palette.ink_on(self.ground), 20));
            let edge = 1 - i64::from(margin);
            let _ = writeln!(
                out,
                r#"<rect x="{edge}" y="{edge}" width="{}" height="{}" rx="15" fill="{ground}" stroke="{line}" stroke-width="2"/>"#,
                wide - 2,
                high - 2,
            );
        } else {
            let _ = writeln!(out, r#"<rect width="{wide}" height="{high}" fill="{ground}"/>"#);
        }
    }
}

/// The ground most cells have; of two with as many, the darker one.
fn main_ground(buffer: &Buffer, palette: &SvgPalette) -> Rgb {
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for cell in &buffer.content {
        *counts.entry(palette.seen(cell, false).ground).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(palette.ground, |(ground, _)| ground)
}

fn draw_stroke(path: &mut String, stroke: Stroke, (x, y): (u32, u32)) {
    let _ = match stroke {
        Stroke::Line(from, to) => write!(path, "M{} {}L{} {}", x + from.0, y + from.1, x + to.0, y + to.1),
        Stroke::Corner { right, down } => {
            let (middle, centre) = (x + CELL.0 / 2, y + CELL.1 / 2);
            let radius = CELL.0 / 2;
            let start = if down { y + CELL.1 } else { y };
            let bend = if down { centre + radius } else { centre - radius };
            let side = if right { x + CELL.0 } else { x };
            let sweep = u8::from(right == down);
            write!(path, "M{middle} {start}V{bend}A{radius} {radius} 0 0 {sweep} {side} {centre}")
        }
    };
}

fn write_strokes(out: &mut String, strokes: &BTreeMap<Rgb, String>) {
    if strokes.is_empty() {
        return;
    }
    out.push_str("<g fill=\"none\" stroke-width=\"2\">\n");
    for (colour, path) in strokes {
        let _ = writeln!(out, r#"<path stroke="{}" d="{path}"/>"#, hex(*colour));
    }
    out.push_str("</g>\n");
}

#[cfg(test)]
mod tests {
    use ratatui::{
        layout::Rect as Area,
        style::{Color, Modifier, Style},
    };

    use super::*;

    fn plain() -> SvgOptions {
        SvgOptions { framed: false, title: "a < b".into(), ..SvgOptions::default() }
    }

    #[test]
    fn a_frame_becomes_ground_shapes_and_text() {
        let mut buffer = Buffer::empty(Area::new(3, 2, 4, 2));
        buffer.set_string(3, 2, "╭──╮", Style::new().fg(Color::Rgb(1, 2, 3)));
        buffer.set_string(3, 3, "│ế&", Style::new().fg(Color::Rgb(1, 2, 3)));
        let wanted = r##"<svg xmlns="http://www.w3.org/2000/svg" width="32" height="36" viewBox="0 0 64 72" role="img">
<title>a &lt; b</title>
<rect width="64" height="72" fill="#12161c"/>
<g shape-rendering="crispEdges">
<g fill="#010203">
<rect x="16" y="17" width="32" height="2"/>
<rect x="7" y="36" width="2" height="36"/>
</g>
</g>
<g fill="none" stroke-width="2">
<path stroke="#010203" d="M8 36V26A8 8 0 0 1 16 18M56 36V26A8 8 0 0 0 48 18"/>
</g>
<g font-family="FONTS" font-size="26.6667" style="font-variant-ligatures:none">
<text y="64"><tspan fill="#010203" x="16 32">ế&amp;</tspan></text>
</g>
</svg>
"##;
        assert_eq!(svg(&buffer, &plain()), wanted.replace("FONTS", FONTS));
    }

    #[test]
    fn grounds_are_merged_and_the_commonest_is_the_pictures() {
        let mut buffer = Buffer::empty(Area::new(0, 0, 8, 2));
        buffer.set_style(buffer.area, Style::new().bg(Color::Rgb(9, 9, 9)));
        buffer.set_style(Area::new(2, 0, 3, 2), Style::new().bg(Color::Rgb(8, 0, 0)));
        let picture = svg(&buffer, &plain());
        assert!(picture.contains(r##"<rect width="128" height="72" fill="#090909"/>"##), "{picture}");
        assert!(picture.contains("<g fill=\"#080000\">\n<rect x=\"32\" y=\"0\" width=\"48\" height=\"72\"/>\n</g>"));
        assert_eq!(picture.matches("<rect").count(), 2);
    }

    #[test]
    fn the_cursor_and_lines_below_are_seen() {
        let mut buffer = Buffer::empty(Area::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "ab", Style::new().add_modifier(Modifier::UNDERLINED));
        let cursor = Some(Position { x: 2, y: 0 });
        let picture = svg(&buffer, &SvgOptions { cursor, ..plain() });
        assert!(picture.contains(r#"<rect x="0" y="31" width="32" height="2"/>"#), "{picture}");
        assert!(picture.contains(r#"<rect x="32" y="0" width="16" height="36"/>"#), "{picture}");
    }

    #[test]
    fn a_wide_letter_takes_two_cells_and_an_empty_frame_is_a_picture() {
        let mut buffer = Buffer::empty(Area::new(0, 0, 9, 1));
        buffer.set_string(0, 0, "漢a", Style::new().bg(Color::Rgb(9, 0, 0)));
        buffer.set_style(Area::new(1, 0, 1, 1), Style::reset());
        let picture = svg(&buffer, &plain());
        assert!(picture.contains(r#"x="0 32">漢a</tspan>"#), "{picture}");
        assert!(
            picture.contains("<g fill=\"#090000\">\n<rect x=\"0\" y=\"0\" width=\"48\" height=\"36\"/>"),
            "{picture}"
        );
        assert!(svg(&Buffer::empty(Area::ZERO), &SvgOptions::default()).ends_with("</svg>\n"));
    }
}
