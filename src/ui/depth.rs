//! [`Depth`]: how many colours the terminal shows, from what the environment says of it.

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, underlined, reversed only.
    None,
    /// The terminal's own sixteen.
    Colours16,
    /// The 256 of xterm.
    Colours256,
    /// Sixteen million.
    TrueColour,
}

/// What decides it. Values of environment variables; an unset one is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Environment<'a> {
    /// What a flag or the config asks for, before everything else.
    pub asked: Option<Depth>,
    /// `NO_COLOR`: set and not empty means none (no-color.org).
    pub no_color: Option<&'a str>,
    /// `FORCE_COLOR`: 0 none, 1 sixteen, 2 two hundred and fifty-six, 3 all.
    pub force_color: Option<&'a str>,
    /// `COLORTERM`.
    pub colorterm: Option<&'a str>,
    /// `TERM`.
    pub term: Option<&'a str>,
}

/// Terminals that show all colours and do not always say so, over SSH for one.
const TRUE_COLOUR_TERMS: [&str; 7] = ["kitty", "ghostty", "alacritty", "wezterm", "foot", "contour", "direct"];

/// Terminals without colours.
const COLOURLESS_TERMS: [&str; 4] = ["dumb", "vt1", "vt2", "xterm-mono"];

impl Depth {
    /// The depth the environment speaks of.
    pub fn of(environment: Environment<'_>) -> Depth {
        let set = |value: Option<&'_ str>| value.is_some_and(|value| !value.is_empty());
        if let Some(asked) = environment.asked {
            return asked;
        }
        if set(environment.no_color) {
            return Depth::None;
        }
        let forced = environment.force_color.and_then(|level| match level {
            "0" => Some(Depth::None),
            "1" => Some(Depth::Colours16),
            "2" => Some(Depth::Colours256),
            "3" => Some(Depth::TrueColour),
            _ => None,
        });
        forced.unwrap_or_else(|| Depth::of_terminal(environment.colorterm, environment.term))
    }

    fn of_terminal(colorterm: Option<&str>, term: Option<&str>) -> Depth {
        let term = term.unwrap_or_default();
        if COLOURLESS_TERMS.iter().any(|colourless| term.starts_with(colourless)) {
            return Depth::None;
        }
        let says_so = colorterm.is_some_and(|value| value == "truecolor" || value == "24bit");
        if says_so || TRUE_COLOUR_TERMS.iter().any(|known| term.contains(known)) {
            return Depth::TrueColour;
        }
        if term.contains("256color") { Depth::Colours256 } else { Depth::Colours16 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_is_what_the_environment_says() {
        let plain = Environment { term: Some("xterm-256color"), ..Environment::default() };
        let cases = [
            (plain, Depth::Colours256),
            (Environment { colorterm: Some("truecolor"), ..plain }, Depth::TrueColour),
            (Environment { colorterm: Some("truecolor"), no_color: Some("1"), ..plain }, Depth::None),
            (Environment { no_color: Some(""), ..plain }, Depth::Colours256),
            (Environment { no_color: Some("1"), asked: Some(Depth::Colours16), ..plain }, Depth::Colours16),
            (Environment { force_color: Some("3"), ..plain }, Depth::TrueColour),
            (Environment { force_color: Some("yes"), ..plain }, Depth::Colours256),
            (Environment { term: Some("xterm-kitty"), ..plain }, Depth::TrueColour),
            (Environment { term: Some("linux"), ..plain }, Depth::Colours16),
            (Environment { term: Some("vt220"), ..plain }, Depth::None),
            (Environment { term: Some("dumb"), colorterm: Some("truecolor"), ..plain }, Depth::None),
            (Environment::default(), Depth::Colours16),
        ];
        for (environment, depth) in cases {
            assert_eq!(Depth::of(environment), depth, "{environment:?}");
        }
    }
}
