//! [`Pen`]: who signs what a workbook says, when, and under which id.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::domain::{
    calendar::Calendar,
    entry::Entry,
    id::{ActorId, EntryId, PlanId},
    text::Text,
};

/// Writes entries for a workbook.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen<'a> {
    /// The workbook's name, which signs.
    pub(super) book: &'a Text,
    pub(super) plan: &'a PlanId,
    /// The how many-th time something new is taken in.
    pub(super) generation: u64,
    /// Is it read for the first time?
    pub(super) first: bool,
    pub(super) now: Timestamp,
    pub(super) zone: &'a TimeZone,
    pub(super) calendar: &'a Calendar,
}

impl Pen<'_> {
    /// The day it is there.
    pub(super) fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// Who signs.
    pub(super) fn actor(&self) -> ActorId {
        ActorId::from(self.book.as_str())
    }
}

/// An id that is the same for the same thing said at the same time, so that nothing is in the journal twice.
pub(super) fn entry_id(plan: &PlanId, generation: u64, about: &str, place: u64) -> EntryId {
    let said = format!("tiendo-sheet/1\n{plan}\n{generation}\n{about}\n{place}");
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(Sha256::digest(said.as_bytes())) {
        *byte = hashed;
    }
    EntryId(Builder::from_custom_bytes(bytes).into_uuid())
}

/// What a workbook says when it is read first happened on the days it names: other days can be shown from the beginning.
pub(super) fn dated(mut entry: Entry, pen: &Pen<'_>) -> Entry {
    let noon = entry.on.at(12, 0, 0, 0).to_zoned_datetime(pen.zone.clone()).map(|noon| noon.timestamp());
    entry.at = noon.map_or(pen.now, |noon| noon.min(pen.now));
    entry.recorded = Some(entry.at);
    entry
}
