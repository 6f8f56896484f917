//! [`Standing`]: how a task or report stands, and what was done about it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Seen;
use crate::{
    domain::{
        id::ActorId,
        item::{Item, Kind},
        status::{Base, Cell, Time, cell, time},
        summary::{days_late, late_span},
        text::Text,
    },
    words::Words,
};

/// The dates of an item, its status, and what the journal made of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct Standing {
    /// The last on-time day in force: rolled, with extensions.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub due: Option<Date>,
    /// That day as written.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub written_due: Option<Date>,
    /// That day as first in force: rolled.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub original_due: Option<Date>,
    pub state: Base,
    pub time: Time,
    /// The cell of the official partition; null for what is left out of all figures.
    pub cell: Option<&'static str>,
    /// Calendar days past due, until it was handed in or until that day; 0 where it is not late.
    pub days_late: i32,
    /// The same in working days.
    pub working_days_late: i32,
    pub extensions: u16,
    pub extension_reason: Option<Text>,
    pub extension_document: Option<Text>,
    pub reminders: u16,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub last_reminded: Option<Date>,
    /// Has somebody seen it who is on it?
    pub acknowledged: bool,
    pub acknowledged_by: Vec<ActorId>,
    /// The highest rung of the ladder it was escalated to; 0 for none.
    pub escalation: u8,
    /// The latest day until which somebody hid it from their queue, also where that day has passed.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub snoozed_until: Option<Date>,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub handed_in: Option<Date>,
    pub document: Option<Text>,
    pub link: Option<Text>,
    pub assigned: Option<Text>,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub promise: Option<Date>,
    /// Why it was last sent back, paused, cancelled or exempted.
    pub reason: Option<Text>,
    #[serde(skip)]
    status: Status,
}

/// What a status is said from.
#[derive(Clone, Copy, Debug)]
struct Status {
    kind: Kind,
    cell: Option<Cell>,
}

impl Standing {
    pub(in crate::cli) fn of(seen: Seen<'_>, item: &Item) -> Self {
        let (state, today) = (&item.state, seen.today);
        let calendar = &seen.snapshot.outline.calendar;
        let cell = cell(item, today);
        Standing {
            due: item.due,
            written_due: item.written_due,
            original_due: item.original_due,
            state: state.base,
            time: time(item, today),
            cell: cell.map(Cell::as_str),
            days_late: days_late(item, today).unwrap_or(0),
            working_days_late: late_span(item, today)
                .map_or(0, |(due, until)| calendar.working_days_between(due, until)),
            extensions: state.extensions,
            extension_reason: state.extension_reason.clone(),
            extension_document: state.extension_document.clone(),
            reminders: state.reminders,
            last_reminded: state.last_reminded,
            acknowledged: !state.acknowledged.is_empty(),
            acknowledged_by: state.acknowledged.iter().map(|seen| seen.by.clone()).collect(),
            escalation: state.escalation,
            snoozed_until: state.snoozed.iter().map(|snooze| snooze.on).max(),
            handed_in: state.handed_in,
            document: state.document.clone(),
            link: state.link.clone(),
            assigned: state.assigned.clone(),
            promise: state.promise,
            reason: state.reason.clone(),
            status: Status { kind: item.kind(), cell },
        }
    }

    /// The status in words: the state, and how it stands to its date where that says more.
    pub(in crate::cli) fn in_words(&self, words: &Words) -> String {
        words.standing(self.status.kind, self.state, self.status.cell)
    }
}
