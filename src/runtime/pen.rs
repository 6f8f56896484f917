//! Colours and attributes as the terminal is told them (SGR), and only what changes.

use std::io::Write as _;

use ratatui::style::{Color, Modifier};

/// What the terminal would use for the next symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) underline: Color,
    pub(super) modifier: Modifier,
}

/// As after a reset.
pub(super) const PLAIN: Pen =
    Pen { fg: Color::Reset, bg: Color::Reset, underline: Color::Reset, modifier: Modifier::empty() };

impl Pen {
    /// Says what must change for the next symbol to be drawn with `pen`.
    pub(super) fn take(&mut self, out: &mut Vec<u8>, pen: Pen) {
        if *self == pen {
            return;
        }
        let start = out.len();
        out.extend_from_slice(b"\x1b[");
        if pen != PLAIN {
            change_modifier(out, self.modifier, pen.modifier);
            if self.fg != pen.fg {
                colour(out, pen.fg, 30);
            }
            if self.bg != pen.bg {
                colour(out, pen.bg, 40);
            }
            if self.underline != pen.underline {
                underline_colour(out, pen.underline);
            }
            // Every parameter was written with a separator behind it.
            out.pop();
        }
        debug_assert!(out.len() >= start + 2, "the separator taken off was a parameter's");
        out.push(b'm');
        *self = pen;
    }
}

fn change_modifier(out: &mut Vec<u8>, mut from: Modifier, to: Modifier) {
    let gone = from - to;
    // Bold and dim are ended together, the blinks too.
    for (ended, code) in [
        (Modifier::BOLD | Modifier::DIM, "22;"),
        (Modifier::ITALIC, "23;"),
        (Modifier::UNDERLINED, "24;"),
        (Modifier::SLOW_BLINK | Modifier::RAPID_BLINK, "25;"),
        (Modifier::REVERSED, "27;"),
        (Modifier::HIDDEN, "28;"),
        (Modifier::CROSSED_OUT, "29;"),
    ] {
        if gone.intersects(ended) {
            out.extend_from_slice(code.as_bytes());
            from -= ended;
        }
    }
    let new = to - from;
    for (begun, code) in [
        (Modifier::BOLD, "1;"),
        (Modifier::DIM, "2;"),
        (Modifier::ITALIC, "3;"),
        (Modifier::UNDERLINED, "4;"),
        (Modifier::SLOW_BLINK, "5;"),
        (Modifier::RAPID_BLINK, "6;"),
        (Modifier::REVERSED, "7;"),
        (Modifier::HIDDEN, "8;"),
        (Modifier::CROSSED_OUT, "9;"),
    ] {
        if new.contains(begun) {
            out.extend_from_slice(code.as_bytes());
        }
    }
}

/// The parameters of a colour, each with its separator; `base` is 30 for ink, 40 for paper.
fn colour(out: &mut Vec<u8>, colour: Color, base: u8) {
    let _ = match (colour, ansi_index(colour)) {
        (Color::Rgb(r, g, b), _) => write!(out, "{};2;{r};{g};{b};", base + 8),
        (Color::Indexed(index), _) => write!(out, "{};5;{index};", base + 8),
        (_, Some(dark @ ..8)) => write!(out, "{};", base + dark),
        (_, Some(light)) => write!(out, "{};", base + 52 + light),
        (_, None) => write!(out, "{};", base + 9),
    };
}

/// With colons, as the standard has it: a terminal that knows no underline colour then skips the
/// whole parameter, where it would take `58;2;…` for dim, and worse.
fn underline_colour(out: &mut Vec<u8>, colour: Color) {
    let _ = match (colour, ansi_index(colour)) {
        (Color::Rgb(r, g, b), _) => write!(out, "58:2::{r}:{g}:{b};"),
        (Color::Indexed(index), _) | (_, Some(index)) => write!(out, "58:5:{index};"),
        (_, None) => write!(out, "59;"),
    };
}

/// The place of a named colour among the first sixteen.
const fn ansi_index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}
