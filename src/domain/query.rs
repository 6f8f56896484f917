//! [`Query`]: the filter language. `bù đốp late>30 duty:R2 -acked status:overdue` asks for all of these at once.
//!
//! Words match anywhere in an item's texts, without marks; fields compare. It is read once per typed key and prepared once
//! per plan ([`Matcher`]); asking an item is then a few comparisons.

use super::{
    id::ActorId,
    item::{Index, Item},
    lookup::Lookup,
    outline::Outline,
    status::Today,
    text::Text,
};

/// A filter as typed, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What was not understood; the rest is used.
    pub problems: Vec<Problem>,
}

/// A part of a filter that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field there is not, with the nearest there is.
    Field {
        /// As typed.
        field: Text,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
    /// A value the field does not have, with the nearest it has.
    Value {
        /// The field.
        field: &'static str,
        /// As typed.
        value: Text,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
}

/// Who asks: `mine`, `role:` and `acked` depend on it.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The agency at whose desk one sits.
    pub agency: Option<Index>,
    /// The person who sits there.
    pub me: Option<ActorId>,
}

impl Query {
    /// Reads a filter as typed. What is not understood is in `problems`, the rest is used.
    pub fn parse(_typed: &str) -> Self {
        Query::default()
    }

    /// Does it let everything through?
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// A query prepared for a plan and a day.
#[derive(Debug)]
pub struct Matcher<'a> {
    _query: &'a Query,
}

impl<'a> Matcher<'a> {
    /// Prepares `query`: each word is looked for once in every agency, task, duty, period and campaign.
    pub fn new(query: &'a Query, _outline: &'a Outline, _lookup: &'a Lookup, _desk: &'a Desk, _today: Today) -> Self {
        Matcher { _query: query }
    }

    /// Does the item hold?
    pub fn item(&self, _item: &Item) -> bool {
        true
    }

    /// Does the agency hold, by its own texts?
    pub fn agency(&self, _agency: Index) -> bool {
        true
    }

    /// Does the campaign hold, by its own texts and its lead's?
    pub fn campaign(&self, _campaign: Index) -> bool {
        true
    }
}
