//! The filter of a view: its line, what it means, and typing it.

use tui_input::Input;

use super::{action::Action, keys::Key, line, lists::Level, messages::Level as Grade, model::Model, navigate};
use crate::{
    domain::{query::Query, sentence::Sentence},
    panels::view::ViewId,
};

/// A view's filter.
#[derive(Clone, Debug, Default)]
pub struct FilterLine {
    /// The line as typed.
    pub input: Input,
    /// What it means.
    pub query: Query,
    /// The line before it was edited; Esc brings it back.
    before: String,
}

impl FilterLine {
    /// A filter that says `text`.
    pub fn new(text: &str) -> Self {
        FilterLine { input: Input::new(text.to_owned()), query: Query::parse(text), before: String::new() }
    }

    /// The line.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Has it a term of exactly these letters?
    pub fn has(&self, term: &str) -> bool {
        self.text().split_whitespace().any(|word| word == term)
    }
}

/// Begins to type.
pub fn begin(model: &mut Model) {
    let filter = &mut model.filters[model.view as usize];
    filter.before = filter.text().to_owned();
    filter.input = Input::new(filter.before.clone());
    model.typing = true;
}

/// Ends typing; the line stays. Not while a part of it is not understood: it would silently filter by the rest.
pub fn accept(model: &mut Model) {
    model.typing = !model.filter().query.problems.is_empty();
}

/// Ends typing; the line is what it was before.
pub fn give_up(model: &mut Model) {
    let before = std::mem::take(&mut model.filters[model.view as usize].before);
    model.typing = false;
    set(model, &before);
}

/// Sets the line.
pub fn set(model: &mut Model, text: &str) {
    model.filters[model.view as usize].input = Input::new(text.to_owned());
    changed(model);
}

/// Adds `term` to the line, or takes it out where it is in.
pub fn toggle(model: &mut Model, term: &str) {
    let filter = model.filter();
    let mut words: Vec<&str> = filter.text().split_whitespace().filter(|word| *word != term).collect();
    if !filter.has(term) {
        words.push(term);
    }
    let text = words.join(" ");
    set(model, &text);
}

/// An action while it is typed.
pub fn acted(model: &mut Model, action: Action) {
    if action == Action::Open {
        accept(model);
    } else if action == Action::Back {
        give_up(model);
    } else {
        navigate::moved(model, action);
    }
}

/// A key while it is typed.
pub fn pressed(model: &mut Model, key: Key) {
    let filter = &mut model.filters[model.view as usize];
    if key.edit(&mut filter.input) {
        changed(model);
    }
}

/// Text pasted while it is typed.
pub fn pasted(model: &mut Model, text: &str) {
    line::paste(&mut model.filters[model.view as usize].input, text);
    changed(model);
}

/// Adds or takes out the term for what only our agency coordinates; says what is missing where no agency is ours.
pub fn coordinating(model: &mut Model) {
    if model.desk.agency.is_none() {
        model.say(Grade::Info, Sentence::new("said-no-agency"));
        return;
    }
    toggle(model, "role:coordinating");
}

/// What a filter of a view means.
pub(super) fn query(view: ViewId, text: &str) -> Query {
    match view {
        ViewId::Journal => Query::parse_entries(text),
        ViewId::Overview | ViewId::Reports | ViewId::Tasks | ViewId::Campaigns | ViewId::Matrix | ViewId::Trend => {
            Query::parse(text)
        }
    }
}

fn changed(model: &mut Model) {
    let filter = &mut model.filters[model.view as usize];
    let query = query(model.view, filter.input.value());
    if query == filter.query {
        return;
    }
    filter.query = query;
    for panel in model.view.view().panels {
        model.lists[*panel as usize].outdated(Level::Filter);
    }
}
