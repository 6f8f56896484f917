//! Facts: what a list says of each thing, as it stands in JSON. Dates are ISO, ids those of the wire, choices the words of
//! files and filters. How they look to a person is beside them, as columns.

pub(super) mod campaign;
pub(super) mod change;
pub(super) mod entry;
pub(super) mod figures;
pub(super) mod report;
pub(super) mod standing;
pub(super) mod task;
pub(super) mod week;

use jiff::civil::Date;

use crate::{
    domain::{id::AgencyId, item::Index, snapshot::Snapshot, status::Today},
    words::Words,
};

/// What facts are told of: a plan on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub snapshot: &'a Snapshot,
    pub today: Today,
}

impl Seen<'_> {
    /// An agency's id and its name in a table.
    pub(super) fn agency(self, index: Index, tag: &str) -> (AgencyId, String) {
        match self.snapshot.outline.agencies.get(index as usize) {
            Some(agency) => (agency.id.clone(), agency.label(tag).to_owned()),
            None => (AgencyId::from(""), String::new()),
        }
    }
}

/// A date in a table, or nothing.
fn date(words: &Words, date: Option<Date>) -> String {
    date.map(|date| words.date(date)).unwrap_or_default()
}

/// A number in a table; nothing for none.
fn count(words: &Words, count: impl Into<i64>) -> String {
    match count.into() {
        0 => String::new(),
        count => words.number(count),
    }
}
