//! [`Query`]: the filter language. `bù đốp late>30 duty:R2 -acked status:overdue` asks for all of these at once.
//!
//! Words match anywhere in an item's texts, without marks; `"in quotes"` they stand together. Fields compare: the plan's
//! parts (`agency: duty: period: programme: campaign:`, an id or words), `id: kind: status: role:`, numbers
//! (`late>30 reminders:0 progress<50`) and what is so or not (`acked snoozed mine queue extended`). A minus says the
//! opposite, a comma "or". Of a journal's entries it asks besides who did what with which document (`by: verb: doc:`).
//! Names may be Vietnamese without marks (`tre>30 trangthai:quahan`).
//!
//! It is read once per typed key and prepared once per plan ([`Matcher`]); asking an item is then a few comparisons.

mod field;
mod matcher;
mod stranger;
mod term;
mod token;
mod told;

use super::{id::ActorId, item::Index, sentence::Sentence};

pub use matcher::Matcher;
pub use stranger::nearest_item;
use term::Term;
pub use token::terms;
pub use told::verb_names;

/// Conditions a filter has at most; what is typed beyond is left out.
const MOST: usize = 64;

/// A filter as typed, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    terms: Vec<Term>,
    /// What was not understood; the rest is used.
    pub problems: Vec<Sentence>,
}

/// Who asks: `mine`, `role:` and `acked` depend on it.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The agency at whose desk one sits.
    pub agency: Option<Index>,
    /// The person who sits there.
    pub me: Option<ActorId>,
}

/// What a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Items,
    Entries,
}

impl Query {
    /// Reads a filter as typed. What is not understood is in `problems`, the rest is used.
    pub fn parse(typed: &str) -> Self {
        Query::about(Subject::Items, typed)
    }

    /// The same of a filter of the journal's entries: those hold whose item holds, and who, what and with which document
    /// can be asked besides.
    pub fn parse_entries(typed: &str) -> Self {
        Query::about(Subject::Entries, typed)
    }

    fn about(subject: Subject, typed: &str) -> Self {
        let mut problems = Vec::new();
        let terms = token::tokens(typed).into_iter().filter_map(|token| Term::read(token, subject, &mut problems));
        Query { terms: terms.take(MOST).collect(), problems }
    }

    /// Does it let everything through?
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Is everything this lets through let through by `earlier` too, on the same plan, day and desk? Then the rows
    /// `earlier` left are enough to look at. `false` where it is not certain.
    pub fn narrows(&self, earlier: &Query) -> bool {
        earlier.terms.iter().all(|before| self.terms.iter().any(|term| term.implies(before)))
    }
}

#[cfg(test)]
mod tests;
