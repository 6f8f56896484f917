//! Do the entries of a journal speak of what the plan has, at a time that can be? Those that do not are set aside, as bad
//! records of a plan are; a verb that is not known is only a warning: it becomes history.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{
    check::Refusal,
    entry::{Entry, Verb},
    outline::Outline,
    plan::NO_YEAR,
    sentence::Sentence,
};

use super::{
    journal::JournalRead,
    references::Known,
    remark::{Remarks, no_such},
};

/// So many years before and after the plan's something may have happened.
const YEARS: (i16, i16) = (5, 20);

/// Clocks differ, and zones: what is not further ahead than this is taken for now.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What entries are held against.
pub(super) struct Admissible<'a> {
    /// The plan, with all it refers to.
    pub(super) outline: &'a Outline,
    /// The ids it has.
    pub(super) known: Known<'a>,
    /// Nothing happened after this, where it is told.
    pub(super) now: Option<Timestamp>,
}

impl Admissible<'_> {
    /// Sets aside the entries that cannot be.
    pub(super) fn sift(&self, journal: &mut JournalRead, remarks: &mut Remarks<'_>) {
        let mut offsets = std::mem::take(&mut journal.offsets).into_iter();
        journal.entries.retain(|entry| {
            let at = offsets.next();
            let path = |field: &str| format!("journal.{}.{field}", entry.id);
            if let Some((field, problem)) = self.problem(entry, remarks) {
                remarks.set_aside(at, path(field), problem);
                return false;
            }
            if let Verb::Unknown(word) = &entry.verb {
                let near = remarks.nearest(word, Verb::KNOWN.iter().map(Verb::as_str));
                remarks.warn(at, path("verb"), no_such("remark-what-verb", word).near(near));
            }
            true
        });
    }

    /// Which field is wrong, and what is.
    fn problem(&self, entry: &Entry, remarks: &Remarks<'_>) -> Option<(&'static str, Sentence)> {
        if !self.outline.admits(&entry.item) {
            let problem = self.known.stranger(&entry.item, remarks);
            return Some(("item", problem.unwrap_or_else(|| Refusal::NotOwed.sentence())));
        }
        if let Some(agency) = entry.agency.as_ref().filter(|agency| self.outline.agency(agency.as_str()).is_none()) {
            let known = self.outline.agencies.iter().map(|agency| agency.id.as_str());
            let near = remarks.nearest(agency.as_str(), known);
            return Some(("agency", no_such("remark-what-agency", agency.as_str()).near(near)));
        }
        self.time(entry)
    }

    fn time(&self, entry: &Entry) -> Option<(&'static str, Sentence)> {
        let day = |at: Timestamp| at.to_zoned_datetime(self.outline.zone.clone()).date();
        let at = day(entry.at);
        let times = [("on", entry.on), ("at", at), ("recorded", entry.recorded.map_or(at, day))];
        let latest = self.now.and_then(|now| now.checked_add(AHEAD).ok()).map(day);
        let year = Some(self.outline.plan.year).filter(|year| *year != NO_YEAR);
        times.into_iter().find_map(|(field, date)| {
            let said = |id| Some((field, Sentence::new(id).with("date", date)));
            if latest.is_some_and(|latest| date > latest) {
                return said("remark-not-yet");
            }
            let (before, after) = YEARS;
            let far = year.is_some_and(|year| !(year - before..=year + after).contains(&date.year()));
            if far { said("remark-far-from-plan") } else { None }
        })
    }
}
