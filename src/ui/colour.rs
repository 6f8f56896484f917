//! [`Colour`]: a colour as theme files write it, how it is shown with fewer colours, and contrast.

use std::str::FromStr;

use ratatui::style::Color;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// What the terminal itself uses.
    Default,
    /// One of the terminal's sixteen.
    Named(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The terminal's sixteen colours by name, in the order of their numbers.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// The levels of the 6×6×6 cube of the 256 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl FromStr for Colour {
    type Err = ();

    /// `#1f2933`, `default`, or one of the sixteen names.
    fn from_str(written: &str) -> Result<Self, ()> {
        if written == "default" {
            return Ok(Colour::Default);
        }
        if let Some(place) = (0..).zip(NAMES).find_map(|(place, name)| (name == written).then_some(place)) {
            return Ok(Colour::Named(place));
        }
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or(())?;
        let part = |place: usize| u8::from_str_radix(&digits[place..place + 2], 16).map_err(|_| ());
        Ok(Colour::Rgb(part(0)?, part(2)?, part(4)?))
    }
}

impl Colour {
    /// As the terminal is told it, in all its colours.
    pub fn exact(self) -> Color {
        match self {
            Colour::Default => Color::Reset,
            Colour::Named(place) => Color::Indexed(place),
            Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        }
    }

    /// The nearest of the 240 colours every terminal of 256 colours has alike.
    pub fn of_256(self) -> Color {
        match self {
            Colour::Default | Colour::Named(_) => self.exact(),
            Colour::Rgb(red, green, blue) => Color::Indexed(nearest([red, green, blue])),
        }
    }
}

fn nearest(wanted: [u8; 3]) -> u8 {
    let distance = |index: u8| -> i32 {
        let away = |place: usize| i32::from(wanted[place]) - i32::from(rgb_of(index)[place]);
        // The eye tells greens apart best, blues least.
        3 * away(0) * away(0) + 6 * away(1) * away(1) + 2 * away(2) * away(2)
    };
    (16..=255).min_by_key(|index| distance(*index)).unwrap_or(16)
}

/// Red, green and blue of a colour of the cube or the ramp of greys.
pub(super) fn rgb_of(index: u8) -> [u8; 3] {
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let place = index.saturating_sub(16);
    [place / 36, place / 6 % 6, place % 6].map(|level| LEVELS[usize::from(level)])
}

/// The contrast of two colours as WCAG 2.1 counts it, from 1 to 21; `None` where one of them is the terminal's own.
pub fn contrast(one: Color, other: Color) -> Option<f64> {
    let [one, other] = [luminance(one)?, luminance(other)?];
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// Red, green and blue of a colour; `None` where it is the terminal's own.
pub fn rgb(colour: Color) -> Option<[u8; 3]> {
    if let Color::Rgb(red, green, blue) = colour {
        Some([red, green, blue])
    } else if let Color::Indexed(index @ 16..) = colour {
        Some(rgb_of(index))
    } else {
        None
    }
}

pub(super) fn luminance(colour: Color) -> Option<f64> {
    let [red, green, blue] = rgb(colour)?.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_files_write_them() {
        assert_eq!("#0a1Bff".parse(), Ok(Colour::Rgb(10, 27, 255)));
        assert_eq!("bright-red".parse(), Ok(Colour::Named(9)));
        assert_eq!("default".parse(), Ok(Colour::Default));
        for wrong in ["", "#", "#12345", "#1234567", "#12345g", "#ééé", "crimson"] {
            assert_eq!(wrong.parse::<Colour>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn fewer_colours_take_the_nearest() {
        assert_eq!(Colour::Rgb(255, 0, 0).of_256(), Color::Indexed(196));
        assert_eq!(Colour::Rgb(8, 8, 8).of_256(), Color::Indexed(232));
        assert_eq!(Colour::Rgb(255, 255, 255).of_256(), Color::Indexed(231));
        assert_eq!(Colour::Named(4).of_256(), Color::Indexed(4));
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255)), Some(21.0));
        let grey = contrast(Color::Rgb(0x76, 0x76, 0x76), Color::Rgb(255, 255, 255)).unwrap();
        assert!((grey - 4.54).abs() < 0.01, "{grey}");
    }
}
