//! [`SvgPalette`]: what colours the terminal's own are, and a cell as it is seen: reversed, dimmed, hidden.

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::super::colour::{luminance, rgb_of};

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// The colours a terminal would bring itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SvgPalette {
    /// Letters that have no colour.
    pub ink: Rgb,
    /// The ground where none is asked for.
    pub ground: Rgb,
    /// The sixteen, in the order of their numbers.
    pub sixteen: [Rgb; 16],
}

impl SvgPalette {
    /// A dark terminal.
    pub const DARK: SvgPalette = SvgPalette {
        ink: [0xd7, 0xdc, 0xe2],
        ground: [0x12, 0x16, 0x1c],
        sixteen: [
            [0x1f, 0x27, 0x30],
            [0xe0, 0x6c, 0x75],
            [0x8f, 0xb3, 0x83],
            [0xd9, 0xb0, 0x63],
            [0x6a, 0x9f, 0xd6],
            [0xb4, 0x8e, 0xc4],
            [0x62, 0xb0, 0xbd],
            [0xc3, 0xcc, 0xd6],
            [0x5a, 0x66, 0x75],
            [0xff, 0x80, 0x80],
            [0xa9, 0xcc, 0x9b],
            [0xe5, 0xbd, 0x6c],
            [0x8a, 0xb8, 0xe8],
            [0xcb, 0xa8, 0xd8],
            [0x7f, 0xc8, 0xd4],
            [0xf4, 0xf6, 0xf8],
        ],
    };

    /// The one that fits a screen: a light terminal's where the ground of its first cell is light.
    pub fn fitting(buffer: &Buffer) -> SvgPalette {
        let light = buffer.content.first().and_then(|cell| luminance(cell.bg)).is_some_and(|light| light > 0.4);
        if light { SvgPalette::LIGHT } else { SvgPalette::DARK }
    }

    /// A light terminal.
    pub const LIGHT: SvgPalette = SvgPalette {
        ink: [0x23, 0x28, 0x2e],
        ground: [0xfa, 0xf9, 0xf6],
        sixteen: [
            [0x0d, 0x11, 0x16],
            [0xb3, 0x13, 0x1f],
            [0x3a, 0x6b, 0x3a],
            [0x7d, 0x52, 0x00],
            [0x1f, 0x55, 0x9c],
            [0x7a, 0x3e, 0x8a],
            [0x07, 0x6a, 0x78],
            [0x5b, 0x64, 0x70],
            [0x8a, 0x92, 0x9c],
            [0xd0, 0x2a, 0x36],
            [0x4d, 0x86, 0x4d],
            [0x9a, 0x68, 0x00],
            [0x2f, 0x6f, 0xc0],
            [0x95, 0x50, 0xa8],
            [0x0b, 0x86, 0x98],
            [0xff, 0xff, 0xff],
        ],
    };

    fn resolve(&self, colour: Color, reset: Rgb) -> Rgb {
        let index = match colour {
            Color::Reset => return reset,
            Color::Rgb(red, green, blue) => return [red, green, blue],
            Color::Indexed(index) => index,
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
        };
        self.sixteen.get(usize::from(index)).copied().unwrap_or_else(|| rgb_of(index))
    }

    /// Which of ink and ground stands out on `colour`.
    pub(super) fn ink_on(&self, colour: Rgb) -> Rgb {
        let away = |other: Rgb| (0..3).map(|place| other[place].abs_diff(colour[place])).map(u32::from).sum::<u32>();
        if away(self.ink) >= away(self.ground) { self.ink } else { self.ground }
    }

    /// How `cell` is seen; with the cursor on it, the other way round.
    pub(super) fn seen(&self, cell: &Cell, cursor: bool) -> Seen {
        let has = |modifier| cell.modifier.contains(modifier);
        let mut ink = self.resolve(cell.fg, self.ink);
        let mut ground = self.resolve(cell.bg, self.ground);
        if has(Modifier::REVERSED) != cursor {
            (ink, ground) = (ground, ink);
        }
        if has(Modifier::DIM) {
            ink = mixed(ink, ground, 40);
        }
        let line = if cell.underline_color == Color::Reset { ink } else { self.resolve(cell.underline_color, ink) };
        let shown = !has(Modifier::HIDDEN);
        Seen {
            ink,
            ground,
            shown,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            underlined: (shown && has(Modifier::UNDERLINED)).then_some(line),
            crossed_out: shown && has(Modifier::CROSSED_OUT),
        }
    }
}

/// A cell as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) ink: Rgb,
    pub(super) ground: Rgb,
    /// Can its symbol be seen?
    pub(super) shown: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// The colour of the line below.
    pub(super) underlined: Option<Rgb>,
    pub(super) crossed_out: bool,
}

/// `one` with so many hundredths of `other`.
pub(super) fn mixed(one: Rgb, other: Rgb, hundredths: u16) -> Rgb {
    let part = |place: usize| {
        let sum = u16::from(one[place]) * (100 - hundredths) + u16::from(other[place]) * hundredths;
        u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
    };
    [part(0), part(1), part(2)]
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn seen(style: Style) -> Seen {
        let mut cell = Cell::default();
        cell.set_style(style);
        SvgPalette::DARK.seen(&cell, false)
    }

    #[test]
    fn colours_come_from_the_palette_the_cube_and_the_ramp() {
        let ink = |colour| seen(Style::new().fg(colour)).ink;
        assert_eq!(ink(Color::Reset), SvgPalette::DARK.ink);
        assert_eq!(ink(Color::Red), SvgPalette::DARK.sixteen[1]);
        assert_eq!(ink(Color::Indexed(1)), SvgPalette::DARK.sixteen[1]);
        assert_eq!(ink(Color::White), SvgPalette::DARK.sixteen[15]);
        assert_eq!(ink(Color::Indexed(196)), [255, 0, 0]);
        assert_eq!(ink(Color::Indexed(255)), [238, 238, 238]);
        assert_eq!(ink(Color::Rgb(1, 2, 3)), [1, 2, 3]);
        assert_eq!(seen(Style::new()).ground, SvgPalette::DARK.ground);
    }

    #[test]
    fn reversed_swaps_what_is_resolved_and_the_cursor_swaps_it_back() {
        let style = Style::new().fg(Color::Rgb(1, 1, 1)).add_modifier(Modifier::REVERSED);
        let reversed = seen(style);
        assert_eq!((reversed.ink, reversed.ground), (SvgPalette::DARK.ground, [1, 1, 1]));
        let mut cell = Cell::default();
        cell.set_style(style);
        let under_cursor = SvgPalette::DARK.seen(&cell, true);
        assert_eq!((under_cursor.ink, under_cursor.ground), ([1, 1, 1], SvgPalette::DARK.ground));
    }

    #[test]
    fn dim_fades_into_the_ground_and_hidden_is_not_shown() {
        let style = Style::new().fg(Color::Rgb(100, 100, 100)).bg(Color::Rgb(0, 0, 0));
        assert_eq!(seen(style.add_modifier(Modifier::DIM)).ink, [60, 60, 60]);
        let hidden = seen(style.add_modifier(Modifier::HIDDEN | Modifier::UNDERLINED));
        assert_eq!((hidden.shown, hidden.underlined), (false, None));
    }
}
