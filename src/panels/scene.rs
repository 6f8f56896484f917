//! [`Scene`]: everything a panel may look at, for one moment.

use super::{Row, journal, matrix::Grid};
use crate::domain::{
    agency::Agency,
    answer::Page,
    changes::Changes,
    entry::Entry,
    follow::opened,
    item::{Index, Item, Subject},
    ladder::{NextStep, next_step},
    lookup::Lookup,
    query::Desk,
    readiness::Readiness,
    snapshot::Snapshot,
    status::{Cell, Today, cell},
    summary::Summary,
    task::Task,
    told::Told,
    waiting::Waiting,
};

/// What is true now, and what was prepared of it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The plan with its journal applied.
    pub snapshot: &'a Snapshot,
    /// Its figures on `today`.
    pub summary: &'a Summary,
    /// Texts and ranks.
    pub lookup: &'a Lookup,
    /// How far each campaign is prepared, in the plan's order; empty where none is looked at.
    pub readiness: &'a [Readiness],
    /// The day.
    pub today: Today,
    /// Whose desk.
    pub desk: &'a Desk,
    /// The journal of the item in the detail, newest first; `None` while it is not there yet.
    pub history: Option<&'a Page>,
    /// The plan's journal as far as it has come, newest first.
    pub journal: &'a [Told],
    /// The acts that are not confirmed.
    pub waiting: &'a Waiting,
    /// What is different since the last look, or from another day.
    pub changes: &'a Changes,
    /// The matrix, where it is looked at.
    pub matrix: Option<Grid<'a>>,
}

impl<'a> Scene<'a> {
    /// The item at `place`.
    pub fn item(&self, place: Index) -> Option<&'a Item> {
        self.snapshot.items.get(place as usize)
    }

    /// The place of the item an entry is about: its own, or the case it opened.
    pub fn subject(&self, entry: &Entry) -> Option<Index> {
        let case = || self.snapshot.place(&opened(entry)?.0);
        self.snapshot.place(&entry.item).or_else(case)
    }

    /// The next rung of the ladder for an item that is overdue.
    pub fn next_step(&self, item: &Item) -> Option<NextStep> {
        let is_overdue = cell(item, self.today) == Some(Cell::Overdue);
        is_overdue.then(|| next_step(item, &self.snapshot.outline.calendar, &self.lookup.ladder)).flatten()
    }

    /// Is something about the row different from before?
    pub fn is_changed(&self, row: Row) -> bool {
        match row {
            Row::Item(place) => self.item(place).is_some_and(|item| self.changes.is_item(&item.id)),
            Row::Agency(index) => self.changes.is_agency(index),
            Row::Campaign(index) => self.changes.is_campaign(index),
            Row::Entry(_) => journal::told(self, row).is_some_and(|told| self.changes.is_entry(told.entry.id)),
            Row::Heading(..) => false,
        }
    }

    /// The agency at `index`.
    pub fn agency(&self, index: Index) -> Option<&'a Agency> {
        self.snapshot.outline.agencies.get(index as usize)
    }

    /// The task an item is, if it is one.
    pub fn task(&self, item: &Item) -> Option<&'a Task> {
        let Subject::Task(index) = item.subject else { return None };
        self.snapshot.outline.plan.tasks.get(index as usize)
    }
}
