//! What is different, as one picture: since the last look (`changed/seen.rs`) or, where two days are compared, between them
//! (`changed/compare.rs`). It is made anew when the data, the day or the look changed, and listed by `changed/digest.rs`.

mod compare;
pub mod digest;
mod seen;

use jiff::{Timestamp, civil::Date};

use super::{dialog, effect::Effect, messages::Level, model::Model, msg::Ticket, other_day};
use crate::domain::{
    changes::Changes, failure::Failure, sentence::Sentence, snapshot::Snapshot, status::Today, summary::Summary,
};

pub(super) use compare::compare;
pub(super) use seen::{came, fetched, look_lost, mark_seen};

/// What is different, and from what.
#[derive(Debug, Default)]
pub struct Changed {
    changes: Changes,
    seen: seen::Seen,
    compare: compare::Compare,
    /// The data or the day changed since the picture was made.
    pub(super) outdated: bool,
}

/// What is different is told from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The last look.
    Look(Timestamp),
    /// The end of another day.
    Day(Date),
}

impl Changed {
    /// What is different.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// From what; none before the first look.
    pub fn before(&self) -> Option<Before> {
        self.compare.day().map(Before::Day).or_else(|| self.seen.look().map(|look| Before::Look(look.at)))
    }

    /// The figures of the day that is compared with.
    pub fn figures(&self) -> Option<&Summary> {
        self.compare.figures()
    }

    /// Are two days compared?
    pub fn is_comparing(&self) -> bool {
        self.compare.day().is_some()
    }

    /// Somebody is there, or the source answers: what could not be had is asked for again.
    pub(super) fn take_heart(&mut self) {
        self.seen.take_heart();
    }
}

/// Asks for what happened since the look, and makes the picture anew where it is to be.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let effects = seen::follow(model);
    if std::mem::take(&mut model.changed.outdated) {
        let changes = compare::changes(model).or_else(|| seen::changes(model));
        model.changed.changes = changes.unwrap_or_default();
    }
    effects
}

/// A day came: to be compared with, or to be shown.
pub(super) fn day_fetched(model: &mut Model, ticket: Ticket, result: Result<Snapshot, Failure>) -> Vec<Effect> {
    if model.changed.compare.is_asked(ticket) {
        compare::fetched(model, result);
        return Vec::new();
    }
    other_day::fetched(model, ticket, result)
}

/// Shows today again, and compares it with nothing.
pub(super) fn today(model: &mut Model) {
    leave(model);
    other_day::back(model);
}

/// Compares no longer; was there anything to leave?
pub(super) fn leave(model: &mut Model) -> bool {
    let left = model.changed.compare.leave();
    model.changed.outdated |= left;
    left
}

/// Lists what is different.
pub(super) fn list(model: &mut Model) {
    if model.changed.changes.is_empty() {
        let nothing = if model.changed.is_comparing() { "said-nothing-different" } else { "said-nothing-new" };
        model.say(Level::Info, Sentence::new(nothing));
    } else {
        dialog::open(model, dialog::Kind::Changes);
    }
}

impl Model {
    /// A day as statuses are computed for it.
    fn day_of(&self, date: Date, snapshot: &Snapshot) -> Today {
        Today::new(date, self.settings.due_soon_working_days, &snapshot.outline.calendar)
    }
}
