//! [`Theme`]: colours by role, read from `config/themes`. How a theme looks on a terminal is in `palette.rs`.

use ratatui::style::Modifier;
use thiserror::Error;
use toml::de::DeTable;

use super::colour::Colour;
use crate::domain::{nearest::nearest, sentence::Sentence};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What something on the screen is, for which a theme has a colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])* $name,)*
        }

        impl Role {
            /// All of them, in the order of the files.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];
            pub(super) const COUNT: usize = Role::ALL.len();

            /// Its name in theme files.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Role::$name => $word,)*
                }
            }
        }
    };
}

roles! {
    /// Everything that has no other role, and the ground it stands on.
    Text = "text",
    /// What needs no eye: labels, zeros, what has passed.
    Dim = "dim",
    /// The one colour that draws the eye to where one is.
    Accent = "accent",
    /// The plan's name, a panel's name.
    Title = "title",
    /// A column's heading, a group's heading.
    Heading = "heading",
    /// A panel's border.
    Border = "border",
    /// The border of the panel with the focus.
    BorderFocused = "border-focused",
    /// A panel's border on a day that is not today.
    BorderPastDay = "border-past-day",
    /// The border of the panel with the focus on such a day.
    BorderPastDayFocused = "border-past-day-focused",
    /// The selected row of the panel with the focus.
    Selection = "selection",
    /// The selected row of another panel.
    SelectionIdle = "selection-idle",
    /// A marked row.
    Mark = "mark",
    /// What changed since the last look.
    Changed = "changed",
    /// Overdue. Nothing else is red.
    Late = "late",
    /// Due in a few working days.
    DueSoon = "due-soon",
    /// Done on time.
    OnTime = "on-time",
    /// Done, but late.
    DoneLate = "done-late",
    /// Under way, in time.
    InProgress = "in-progress",
    /// Waiting for somebody to confirm it, or sent back.
    Awaiting = "awaiting",
    /// Put off.
    Paused = "paused",
    /// The part of a bar that was done on time.
    BarOnTime = "bar-on-time",
    /// The part of a bar that was done late.
    BarDoneLate = "bar-done-late",
    /// The part of a bar that is overdue.
    BarLate = "bar-late",
    /// The part of a bar where nothing is done yet.
    Track = "track",
    /// A campaign that runs.
    BarRunning = "bar-running",
    /// A campaign that is to come.
    BarComing = "bar-coming",
    /// A campaign that has passed.
    BarPast = "bar-past",
    /// The name of a key.
    Key = "key",
    /// A line being typed.
    Input = "input",
    /// A notice that something did not work.
    Error = "error",
    /// A notice.
    Info = "info",
    /// The sample plan's banner.
    Sample = "sample",
    /// The banner of a day that is not today.
    PastDay = "past-day",
}

/// A role's colours and emphasis. `None` is what lies below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Of the letters.
    pub letters: Option<Colour>,
    /// Of the ground.
    pub ground: Option<Colour>,
    /// Bold, underlined, dim, reversed.
    pub emphasis: Modifier,
}

/// A theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    inks: [Ink; Role::COUNT],
}

/// The themes that ship, the default first.
pub const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../config/themes/dark.toml")),
    ("light", include_str!("../../config/themes/light.toml")),
    ("high-contrast", include_str!("../../config/themes/high-contrast.toml")),
    ("terminal", include_str!("../../config/themes/terminal.toml")),
];

/// What is wrong with a theme file, and where. `Display` is for logs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct ThemeError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub problem: Sentence,
}

impl Theme {
    /// The names of the themes that ship.
    pub fn names() -> Vec<&'static str> {
        SHIPPED.iter().map(|(name, _)| *name).collect()
    }

    /// A theme that ships, by name.
    pub fn shipped(name: &str) -> Option<Result<Theme, ThemeError>> {
        let (name, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
        Some(Theme::parse(name, &format!("config/themes/{name}.toml"), text))
    }

    /// Reads a theme file: one line per role.
    pub fn parse(name: &str, file: &str, text: &str) -> Result<Theme, ThemeError> {
        let at = |start: usize, problem| {
            let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
            ThemeError { file: file.to_owned(), line, problem }
        };
        let table = DeTable::parse(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            at(start, Sentence::new("theme-syntax").with("reason", error.message()))
        })?;
        let mut inks: [Option<Ink>; Role::COUNT] = [None; Role::COUNT];
        for (key, value) in table.get_ref() {
            let role = role_named(key.get_ref()).map_err(|problem| at(key.span().start, problem))?;
            let written = value.get_ref().as_str().unwrap_or_default();
            let not_a_colour =
                || Sentence::new("theme-not-a-colour").with("role", role.as_str()).with("written", written);
            inks[role as usize] = Some(ink(written).ok_or_else(|| at(value.span().start, not_a_colour()))?);
        }
        let missing = Role::ALL.iter().find(|role| inks[**role as usize].is_none());
        if let Some(role) = missing {
            return Err(at(text.len(), Sentence::new("theme-missing").with("role", role.as_str())));
        }
        Ok(Theme { name: name.to_owned(), inks: inks.map(Option::unwrap_or_default) })
    }

    /// A role's colours.
    pub fn ink(&self, role: Role) -> Ink {
        self.inks[role as usize]
    }
}

fn role_named(written: &str) -> Result<Role, Sentence> {
    let found = Role::ALL.iter().copied().find(|role| role.as_str() == written);
    found.ok_or_else(|| {
        let near = nearest(written, Role::ALL.iter().map(|role| role.as_str()));
        Sentence::new("theme-no-such-role").with("role", written).near(near)
    })
}

/// `[letters] [on ground] [bold] [dim] [underlined] [reversed]`, at least one of them.
fn ink(written: &str) -> Option<Ink> {
    let mut ink = Ink::default();
    let mut words = written.split_ascii_whitespace();
    while let Some(word) = words.next() {
        match word {
            "on" => ink.ground = Some(words.next()?.parse().ok()?),
            "bold" => ink.emphasis |= Modifier::BOLD,
            "dim" => ink.emphasis |= Modifier::DIM,
            "underlined" => ink.emphasis |= Modifier::UNDERLINED,
            "reversed" => ink.emphasis |= Modifier::REVERSED,
            letters if ink.letters.is_none() => ink.letters = Some(letters.parse().ok()?),
            _ => return None,
        }
    }
    (ink != Ink::default()).then_some(ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_themes_are_readable() {
        for (name, _) in SHIPPED {
            Theme::shipped(name).unwrap().unwrap();
        }
    }

    #[test]
    fn a_bad_theme_file_is_told_by_file_line_and_role() {
        let said = |text: &str| Theme::parse("mine", "mine.toml", text).unwrap_err().to_string();
        assert_eq!(said("text = \"#ffffff\"\nlat = \"red\"\n"), "mine.toml:2: theme-no-such-role (role: lat) ~ late");
        let wrong = said("# mine\n\nlate = \"crimson bold\"\n");
        assert_eq!(wrong, "mine.toml:3: theme-not-a-colour (role: late, written: crimson bold)");
        assert_eq!(said("late = 3"), "mine.toml:1: theme-not-a-colour (role: late, written: )");
        assert!(said("text = \n").starts_with("mine.toml:1: theme-syntax"));
        assert_eq!(said("text = \"default\"\n"), "mine.toml:2: theme-missing (role: dim)");
    }

    #[test]
    fn inks_are_read_as_files_write_them() {
        let on = ink("#ffffff on blue bold").unwrap();
        assert_eq!((on.letters, on.ground), (Some(Colour::Rgb(255, 255, 255)), Some(Colour::Named(4))));
        assert_eq!(on.emphasis, Modifier::BOLD);
        assert_eq!(ink("reversed").unwrap().emphasis, Modifier::REVERSED);
        assert_eq!(["", "red blue", "red on", "on on"].map(ink), [None; 4]);
    }
}
