//! Commands of the palette that take an argument: what is typed there is read as one, beside the search. Each says what its
//! argument is while it is typed; one that does not exist is answered by the nearest.

use jiff::civil::Date;

use super::{
    action::Action,
    choices::{Choice, Does, Label, folded, of_action},
    model::Model,
};
use crate::{
    domain::{
        nearest::nearest,
        text::{Text, fold_marks},
        typed_date::{Base, Sense, read},
    },
    panels::{cell::Word, view::VIEWS},
};

/// The longest name a view is kept under, in letters.
const LONGEST: usize = 60;

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// Its names, folded: the first is what it is completed to, the others may be words one searches for as well.
    names: &'static [&'static str],
    /// What its argument is called.
    pub argument: Word,
    /// What it does, and what its argument may look like.
    pub does: Word,
    takes: Takes,
}

#[derive(Debug, PartialEq, Eq)]
enum Takes {
    Day,
    Days,
    Theme,
    Language,
    View,
    NewName,
    KeptName,
}

/// All of them.
pub static COMMANDS: [Command; 7] = [
    Command {
        names: &["at", "ngay"],
        argument: Word("command-at-argument"),
        does: Word("command-at"),
        takes: Takes::Day,
    },
    Command {
        names: &["compare", "so sanh", "doi chieu"],
        argument: Word("command-compare-argument"),
        does: Word("command-compare"),
        takes: Takes::Days,
    },
    Command {
        names: &["view", "xem"],
        argument: Word("command-name-argument"),
        does: Word("command-view"),
        takes: Takes::View,
    },
    Command {
        names: &["save", "save-view", "luu"],
        argument: Word("command-name-argument"),
        does: Word("command-save"),
        takes: Takes::NewName,
    },
    Command {
        names: &["forget", "xoa"],
        argument: Word("command-name-argument"),
        does: Word("command-forget"),
        takes: Takes::KeptName,
    },
    Command {
        names: &["theme", "mau"],
        argument: Word("command-name-argument"),
        does: Word("command-theme"),
        takes: Takes::Theme,
    },
    Command {
        names: &["lang", "language", "tieng"],
        argument: Word("command-lang-argument"),
        does: Word("command-lang"),
        takes: Takes::Language,
    },
];

impl Command {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.names[0]
    }
}

/// What a text means as a command.
pub(super) struct Said {
    /// What it asks for, or how the command it names goes on.
    pub first: Vec<Choice>,
    /// How a command goes on where its name may be a word that is searched for.
    pub last: Option<Choice>,
}

/// The commands, to be found by their words like anything else.
pub(super) fn all(model: &Model) -> impl Iterator<Item = Choice> {
    COMMANDS.iter().map(|command| explained(model, command, ""))
}

/// What the text typed into the palette asks for as a command.
pub(super) fn said(model: &Model, typed: &str) -> Said {
    let typed = typed.trim_start();
    let named = COMMANDS.iter().find_map(|command| {
        let name = command.names.iter().find_map(|name| Some((*name, after(name, typed)?)));
        name.map(|(name, rest)| (command, name, rest))
    });
    let Some((command, name, rest)) = named else { return Said { first: Vec::new(), last: None } };
    let (asks_on, argument) = (!rest.is_empty(), rest.trim());
    let mut first = if asks_on { asked(model, command, argument) } else { Vec::new() };
    if !first.is_empty() && !argument.is_empty() {
        return Said { first, last: None };
    }
    let explained = explained(model, command, argument);
    if command.name() == name || asks_on && argument.is_empty() {
        first.insert(0, explained);
        Said { first, last: None }
    } else {
        Said { first, last: asks_on.then_some(explained) }
    }
}

/// What of `typed` follows the words of `name`; none where it does not begin with them.
fn after<'a>(name: &str, typed: &'a str) -> Option<&'a str> {
    let mut rest = typed;
    for (place, word) in name.split(' ').enumerate() {
        rest = if place > 0 { rest.strip_prefix(' ')? } else { rest };
        let end = rest.find(' ').unwrap_or(rest.len());
        let (said, more) = rest.split_at(end);
        rest = (fold_marks(said) == word).then_some(more)?;
    }
    Some(rest)
}

/// The command nearest to the first word, with the rest of what was typed.
pub(super) fn nearest_to(typed: &str) -> Option<Choice> {
    let typed = typed.trim();
    let (name, argument) = typed.split_once(' ').unwrap_or((typed, ""));
    let known = COMMANDS.iter().flat_map(|command| command.names);
    let near = nearest(&fold_marks(name), known.copied())?;
    Some(meant(format!("{near} {argument}")))
}

/// What a command with this argument does; of names all that have it in them, else the nearest.
fn asked(model: &Model, command: &Command, argument: &str) -> Vec<Choice> {
    let (views, settings) = (&model.palette.views, &model.settings);
    match command.takes {
        Takes::Day => {
            let day = |day: Date| plain("palette-at", &day.strftime("%d/%m/%Y").to_string(), Does::GoTo(day));
            past_day(model, &fold_marks(argument)).map(day).into_iter().collect()
        }
        Takes::Days => {
            let days: Option<Vec<Date>> =
                argument.split_whitespace().map(|typed| past_day(model, &fold_marks(typed))).collect();
            let (day, to) = match days.as_deref() {
                Some([day]) => (*day, None),
                Some([day, to]) => (*day, Some(*to)),
                Some(_) | None => return Vec::new(),
            };
            let said: Vec<String> =
                [Some(day), to].iter().flatten().map(|day| day.strftime("%d/%m/%Y").to_string()).collect();
            vec![plain("palette-compare", &said.join(" – "), Does::Compare(day, to))]
        }
        Takes::Theme => {
            let theme = |(place, name): (usize, &String)| plain("palette-theme", name, Does::Theme(place));
            named(command, argument, settings.themes.iter().enumerate().map(theme).collect())
        }
        Takes::Language => {
            let languages = settings.vocabularies.iter().enumerate();
            let language = languages.map(|(place, one)| plain("palette-language", one.language, Does::Language(place)));
            named(command, argument, language.collect())
        }
        Takes::View => {
            let shown = views.all().map(|(name, _)| plain("palette-view", name, Does::Show(name.clone())));
            let all = VIEWS.iter().map(|view| {
                let search = folded(model, view.title).to_owned();
                Choice { search, ..of_action(model, Action::show(view.id)) }
            });
            named(command, argument, shown.chain(all).collect())
        }
        Takes::NewName => {
            let name: String = argument.chars().take(LONGEST).collect();
            let name = Text::new(name.trim());
            if name.is_empty() {
                return Vec::new();
            }
            let over = views.is_kept(&name);
            let word = if over { "palette-keep-over" } else { "palette-keep" };
            vec![plain(word, &name, Does::Keep(name.clone()))]
        }
        Takes::KeptName => {
            let kept = |name: &Text| {
                let is_kept = views.is_kept(name);
                let does = if is_kept { Does::Forget(name.clone()) } else { Does::Nothing };
                plain(if is_kept { "palette-forget" } else { "palette-forget-written" }, name, does)
            };
            named(command, argument, views.all().map(|(name, _)| kept(name)).collect())
        }
    }
}

/// Those of `all` that have `typed` in their names; where none has, the one it was most likely meant to be.
fn named(command: &Command, typed: &str, all: Vec<Choice>) -> Vec<Choice> {
    let typed = fold_marks(typed);
    let (mut found, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|choice| choice.search.contains(&typed));
    found.sort_by_key(|choice| !choice.search.starts_with(&typed));
    if found.is_empty() {
        let near = nearest(&typed, others.iter().map(|choice| choice.search.as_str()));
        found.extend(near.map(|near| meant(format!("{} {near}", command.name()))));
    }
    found
}

/// How a command goes on; choosing it leaves its beginning in the line.
fn explained(model: &Model, command: &'static Command, argument: &str) -> Choice {
    let search = format!("{} {}", command.names.join(" "), folded(model, command.does));
    let does = Does::Complete(format!("{} {argument}", command.name()));
    Choice { label: Label::Command(command), search, does, on: false }
}

fn meant(line: String) -> Choice {
    plain("palette-meant", line.trim(), Does::Complete(line.clone()))
}

fn plain(word: &'static str, name: &str, does: Does) -> Choice {
    Choice { label: Label::Named(Word(word), Text::new(name)), search: fold_marks(name), does, on: false }
}

/// The day typed, one that has been: without its year the last such day.
fn past_day(model: &Model, typed: &str) -> Option<Date> {
    let calendar = &model.snapshot.as_ref()?.outline.calendar;
    let today = model.clock_date();
    let base = Base { today, due: None, calendar };
    let with_year = || {
        let years = [today.year(), today.year() - 1];
        years
            .into_iter()
            .filter_map(|year| read(&format!("{typed}/{year}"), Sense::Past, base))
            .find(|day| *day <= today)
    };
    read(typed, Sense::Past, base).or_else(with_year)
}
