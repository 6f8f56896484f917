//! [`Telling`]: what a workbook says of an item, as entries of a journal, for whoever takes a workbook in once and does not
//! follow it.

use jiff::Timestamp;

use super::{
    differing::{Acts, acts, is_handed_in},
    mapping::Field,
    pen::{Pen, dated},
    reading::{Standing, Told},
};
use crate::domain::{
    check::Refusal,
    entry::{Entry, Verb},
    fold::{live, refold},
    item::Item,
    snapshot::Snapshot,
    status::Base,
    text::Text,
};

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
    /// An act of somebody else that one of them goes over.
    pub over: Option<Entry>,
    /// Why something could not be taken.
    pub refused: Option<Refusal>,
    /// What is said anew and comes to nothing: no act can say it of the item as it stands.
    pub unheeded: Vec<Field>,
}

impl Telling<'_> {
    /// What `item` is to be told where `was` was said of it and now `is`; `standing` are the entries on it that stand, in order.
    pub fn of(&self, item: &Item, standing: Vec<Entry>, was: &Told, is: &Told) -> Acted {
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
        let Acts { entries, over, refused } = acts(item, standing.clone(), was, is, &pen);
        let mut after = item.clone();
        let all: Vec<&Entry> = standing.iter().chain(&entries).collect();
        refold(&mut after, live(&all), &outline.calendar);
        let unheeded = unheeded(&after, was, is, &entries);
        let entries = if pen.first { entries.into_iter().map(|entry| dated(entry, &pen)).collect() } else { entries };
        Acted { entries, over, refused, unheeded }
    }
}

/// What is said anew of an item that is not so `after` all of it was tried.
fn unheeded(after: &Item, was: &Told, is: &Told, entries: &[Entry]) -> Vec<Field> {
    let state = &after.state;
    let is_done = matches!(state.base, Base::Done | Base::AwaitingConfirmation);
    let stands = match is.standing {
        Some(Standing::Exempt) => state.base == Base::Exempt,
        Some(Standing::Cancelled) => state.base == Base::Cancelled,
        Some(Standing::Paused) => state.base == Base::Paused,
        Some(Standing::Awaiting) => state.base == Base::AwaitingConfirmation,
        Some(Standing::Returned) => state.base == Base::Returned,
        None => is_handed_in(is) == is_done,
    };
    let noted = || entries.iter().any(|entry| entry.verb == Verb::Note && entry.note == is.note);
    // Where a copy lost its formats all of it is a 1.
    let whole = |percent: u8| is_done && matches!(percent, 1 | 100);
    let progressed = is.progress.is_some_and(|percent| state.progress == percent || whole(percent));
    [
        (Field::Progress, is.progress == was.progress || progressed),
        (Field::Status, (is.standing, is.done) == (was.standing, was.done) || stands),
        (Field::HandedIn, is.handed_in == was.handed_in || is.handed_in == state.handed_in),
        (Field::Document, is.document == was.document || is.document == state.document),
        (Field::Link, is.link == was.link || is.link == state.link),
        (Field::ExtendedTo, is.extended_to == was.extended_to || is.extended_to == state.extended_to),
        (Field::Note, is.note == was.note || is.note.is_none() || noted()),
    ]
    .into_iter()
    .filter_map(|(field, heeded)| (!heeded).then_some(field))
    .collect()
}
