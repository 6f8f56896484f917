//! [`Command`]: what a typed line means beside numbers. The words are in `config/lang` (`linear-typed-…`, parted by commas,
//! without regard to marks); the signs hold in every language.

use super::super::model::Model;
use crate::domain::text::fold_marks;

/// What can be asked for by a word or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Enter alone: what is most likely wanted.
    Onward,
    /// One step back.
    Back,
    /// The next part, the next row.
    Next,
    /// The part before, the row before.
    Previous,
    /// Tell it again.
    Again,
    /// How the plan stands.
    Home,
    /// What else can be done.
    Menu,
    /// How one talks to it.
    Help,
    /// Type a filter.
    Filter,
    /// Type a day.
    Day,
    /// What can be done to the row.
    Deeds,
    /// What the row leads to.
    Open,
    /// Mark the row, or take its mark off.
    Mark,
    /// Take all marks off.
    Unmark,
    /// Back to today.
    Today,
    /// Take back the last step.
    Undo,
    /// Bring it back.
    Redo,
    /// Fetch now.
    Refresh,
    /// Leave.
    Quit,
}

/// Each with its word and the id of what is typed for it.
pub const COMMANDS: [(Command, &str); 18] = [
    (Command::Back, "linear-typed-back"),
    (Command::Next, "linear-typed-next"),
    (Command::Previous, "linear-typed-previous"),
    (Command::Again, "linear-typed-again"),
    (Command::Home, "linear-typed-home"),
    (Command::Menu, "linear-typed-menu"),
    (Command::Help, "linear-typed-help"),
    (Command::Filter, "linear-typed-filter"),
    (Command::Day, "linear-typed-day"),
    (Command::Deeds, "linear-typed-deeds"),
    (Command::Open, "linear-typed-open"),
    (Command::Mark, "linear-typed-mark"),
    (Command::Unmark, "linear-typed-unmark"),
    (Command::Today, "linear-typed-today"),
    (Command::Undo, "linear-typed-undo"),
    (Command::Redo, "linear-typed-redo"),
    (Command::Refresh, "linear-typed-refresh"),
    (Command::Quit, "linear-typed-quit"),
];

const SIGNS: [(&str, Command); 7] = [
    ("", Command::Onward),
    ("0", Command::Back),
    ("+", Command::Next),
    ("-", Command::Previous),
    (".", Command::Again),
    ("?", Command::Help),
    ("=", Command::Today),
];

/// The command a line is, if it is one.
pub(super) fn command(model: &Model, line: &str) -> Option<Command> {
    let sign = SIGNS.iter().find(|(sign, _)| *sign == line).map(|(_, command)| *command);
    sign.or_else(|| COMMANDS.iter().find(|(_, words)| is(model, line, words)).map(|(command, _)| *command))
}

/// The filter a line sets: after a slash, or after the word for it.
pub(super) fn filter(model: &Model, line: &str) -> Option<String> {
    if let Some(filter) = line.strip_prefix('/') {
        return Some(filter.trim().to_owned());
    }
    let (word, filter) = line.split_once(' ')?;
    is(model, word, "linear-typed-filter").then(|| filter.trim().to_owned())
}

/// Is the line one of the words of that id, with or without marks?
pub(super) fn is(model: &Model, line: &str, words: &str) -> bool {
    let typed = fold_marks(line);
    let vocabulary = model.settings.vocabularies.get(model.language);
    let words = vocabulary.map_or("", |vocabulary| vocabulary.folded(words));
    !typed.is_empty() && words.split(',').any(|word| word.trim() == typed)
}
