//! [`Vocabulary`]: the words the app itself has to search in (help, palette), folded, by id. Made by whoever starts it.

use std::collections::HashMap;

use super::{lists::Level, model::Model};
use crate::domain::period::Span;

/// One language's words.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The language's tag.
    pub language: &'static str,
    words: HashMap<&'static str, String>,
    periods: HashMap<Span, String>,
}

impl Vocabulary {
    /// The words of `ids`, each folded (lower case, without marks) by the caller.
    pub fn new(language: &'static str, words: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Vocabulary { language, words: words.into_iter().collect(), periods: HashMap::new() }
    }

    /// With what periods are called, each folded.
    pub fn with_periods(self, periods: impl IntoIterator<Item = (Span, String)>) -> Self {
        Vocabulary { periods: periods.into_iter().collect(), ..self }
    }

    /// What a period is called, folded, without its year; empty where that is not known.
    pub fn period(&self, span: Span) -> &str {
        self.periods.get(&span).map_or("", String::as_str)
    }

    /// The folded words of `id`; empty where there are none.
    pub fn folded(&self, id: &str) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }
}

impl Model {
    /// Shows the language at `place`, counted round; names are sorted in it.
    pub(super) fn set_language(&mut self, place: usize) {
        self.language = place % self.settings.vocabularies.len().max(1);
        self.look_up();
        self.lists_changed(Level::All);
    }
}
