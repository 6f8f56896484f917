//! [`Telling`]: what a workbook says of an item, as entries of a journal, for whoever takes a workbook in once and does not
//! follow it.

use jiff::Timestamp;

use super::{
    differing::{Acts, acts},
    pen::{Pen, dated},
    reading::Told,
};
use crate::domain::{check::Refusal, entry::Entry, item::Item, snapshot::Snapshot, text::Text};

/// Tells a ledger what a workbook says.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The workbook's name, the reason where an act needs one.
    pub book: &'a Text,
    /// What the ledger has.
    pub snapshot: &'a Snapshot,
    /// When it is.
    pub now: Timestamp,
    /// The ledger knows nothing of the plan yet: what is told happened on the days it names.
    pub first: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Acted {
    /// To be appended, in order.
    pub entries: Vec<Entry>,
    /// Why something could not be taken.
    pub refused: Option<Refusal>,
}

impl Telling<'_> {
    /// What `item` is to be told where `was` was said of it and now `is`; `live` are the entries on it that stand, in order.
    pub fn of(&self, item: &Item, live: Vec<Entry>, was: &Told, is: &Told) -> Acted {
        let outline = &self.snapshot.outline;
        let pen = Pen {
            book: self.book,
            plan: &outline.plan.id,
            generation: u64::try_from(self.now.as_millisecond()).unwrap_or_default(),
            first: self.first,
            now: self.now,
            zone: &outline.zone,
            calendar: &outline.calendar,
        };
        let Acts { entries, refused, .. } = acts(item, live, was, is, &pen);
        let entries = if pen.first { entries.into_iter().map(|entry| dated(entry, &pen)).collect() } else { entries };
        Acted { entries, refused }
    }
}
