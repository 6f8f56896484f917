//! [`Query`]: the filter language. `bù đốp late>30 duty:R2 -acked status:overdue` asks for all of these at once.
//!
//! Words match anywhere in an item's texts, without marks; fields compare. It is read once per typed key and prepared once
//! per plan ([`Matcher`]); asking an item is then a few comparisons.

use super::{
    id::ActorId,
    item::{Index, Item, Kind, Subject},
    lookup::{Entries, Lookup},
    outline::Outline,
    snapshot::Snapshot,
    status::{Base, Cell, Time, Today, cell, time},
    summary::days_late,
    text::{Text, fold_marks},
};

/// A filter as typed, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// All must hold.
    terms: Vec<Term>,
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

#[derive(Clone, Debug, PartialEq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Word(String),
    Named(Field, String),
    Status(Status),
    Kind(Kind),
    Role(Role),
    Late(Compare, i32),
    Reminders(Compare, i32),
    Progress(Compare, i32),
    Acked,
    Snoozed,
    Mine,
    Queue,
    Extended,
}

/// Fields whose value names something of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Agency,
    Duty,
    Period,
    Programme,
    Campaign,
    Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Base(Base),
    Time(Time),
    Cell(Cell),
    Open,
    Untouched,
    Returned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Our agency leads or owes it.
    Owing,
    /// Our agency receives the report.
    Receiving,
    /// Our agency helps with the task.
    Coordinating,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}
