//! [`Item`]: one task, report or milestone with its dates and what the journal made of it.

use std::ops::{Deref, DerefMut};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::rare::{Rare, Seldom};
use super::{
    calendar::Calendar,
    deadline::in_force,
    id::{ActorId, EntryId, ItemId},
    schema,
    status::Base,
    text::Text,
};

/// A place in one of the outline's lists: agencies, tasks, duties, periods, campaigns, programmes.
pub type Index = u32;

/// Something with a due date that somebody answers for.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its id on the wire.
    pub id: ItemId,
    /// What it is.
    pub subject: Subject,
    /// Who answers for it: a task's lead, who owes a report, a campaign's lead. An index of `Outline::agencies`.
    pub agency: Index,
    /// The programme it belongs to. An index of `Plan::programmes`.
    pub programme: Option<Index>,
    /// The last on-time day as written.
    pub written_due: Option<Date>,
    /// That day as first in force (rolled).
    pub original_due: Option<Date>,
    /// The last on-time day in force, with extensions (rolled).
    pub due: Option<Date>,
    /// Do its due dates roll?
    pub roll: bool,
    /// What happened to it.
    pub state: State,
}

/// What an item is; indices of the outline's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A task of `Plan::tasks`.
    Task(Index),
    /// A report.
    Report {
        /// The duty, of `Plan::duties`.
        duty: Index,
        /// The period, of `Outline::periods`.
        period: Index,
    },
    /// A campaign's milestone.
    Milestone {
        /// The campaign, of `Plan::campaigns`.
        campaign: Index,
        /// The milestone, of its `milestones`.
        milestone: Index,
    },
}

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A task.
    Task,
    /// A report.
    Report,
    /// A milestone.
    Milestone,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Task, Kind::Report, Kind::Milestone];

    /// The word in files, filters and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::Report => "report",
            Kind::Milestone => "milestone",
        }
    }

    /// The id of the word for a state of such an item: a report is not *not started* but not handed in.
    pub fn state_word(self, base: Base) -> String {
        match (self, base) {
            (Kind::Report, Base::NotStarted | Base::Done) => format!("report-{}", base.as_str()),
            (Kind::Task | Kind::Report | Kind::Milestone, _) => format!("base-{}", base.as_str()),
        }
    }
}

impl Item {
    /// Progress in percent: all of it once it is done.
    pub fn progress(&self) -> u8 {
        if self.state.base == Base::Done { 100 } else { self.state.progress }
    }

    /// Did it leave with the event it followed? No entry cancels a report: only the loss of its event does.
    pub fn is_called_off(&self) -> bool {
        self.kind() == Kind::Report && self.state.base == Base::Cancelled
    }

    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self.subject {
            Subject::Task(_) => Kind::Task,
            Subject::Report { .. } => Kind::Report,
            Subject::Milestone { .. } => Kind::Milestone,
        }
    }

    /// `written` as it would be in force for this item.
    pub fn in_force(&self, written: Date, calendar: &Calendar) -> Date {
        in_force(written, self.roll, calendar)
    }

    /// Sets the dates that follow from `written_due`, the extension in force and the calendar. Dates kept from before an
    /// amendment of the calendar stay as they were, until the item is extended.
    pub fn settle(&mut self, calendar: &Calendar) {
        let rolls = self.roll;
        let rolled = |written: Date| in_force(written, rolls, calendar);
        let kept = self.state.kept;
        let original = kept.map(|kept| kept.original_due).or(self.written_due.map(rolled));
        self.original_due = original;
        self.due = match kept.filter(|kept| kept.extended_to == self.state.extended_to) {
            Some(kept) => Some(kept.due),
            None => self.state.extended_to.map(rolled).or(original),
        };
    }
}

/// What the journal made of an item: the fold of its entries. Kept in the ledger beside the journal. What few items have
/// stands apart, in [`Rare`], and is read and set as if it stood here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct State {
    /// The state it is in.
    #[serde(skip_serializing_if = "is_default")]
    pub base: Base,
    /// Progress of a task in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub progress: u8,
    /// The day it was handed in; none while it has to be done again.
    #[serde(skip_serializing_if = "is_default")]
    #[schemars(schema_with = "schema::optional_date")]
    pub handed_in: Option<Date>,
    /// The number of the document it was handed in with.
    #[serde(skip_serializing_if = "is_default")]
    pub document: Option<Text>,
    /// How many times it was reminded of.
    #[serde(skip_serializing_if = "is_default")]
    pub reminders: u16,
    /// The day of the last reminder.
    #[serde(skip_serializing_if = "is_default")]
    #[schemars(schema_with = "schema::optional_date")]
    pub last_reminded: Option<Date>,
    /// The rungs of the ladder that were made, each with the last day it was.
    #[serde(skip_serializing_if = "is_default")]
    pub rungs: Vec<Rung>,
    /// Who has seen it and is on it, and since when; the last of each person.
    #[serde(skip_serializing_if = "is_default")]
    pub acknowledged: Vec<ByDay>,
    /// How many remarks it has.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: u16,
    /// The last entry of a verb that does not commute: what the next one must have seen.
    #[serde(skip_serializing_if = "is_default")]
    pub last: Option<EntryId>,
    /// What few items have.
    #[serde(flatten)]
    pub rare: Seldom,
}

/// A rung of the ladder that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rung {
    /// Its level.
    pub step: u8,
    /// The last day it was made.
    #[schemars(schema_with = "schema::date")]
    pub on: Date,
}

/// A person and a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByDay {
    /// The person.
    pub by: ActorId,
    /// The day.
    #[schemars(schema_with = "schema::date")]
    pub on: Date,
}

/// A longer time that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// The day asked for, as written.
    #[schemars(schema_with = "schema::date")]
    pub until: Date,
    /// Why.
    pub reason: Option<Text>,
}

/// What opened a report that no calendar foresees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// The day it runs from: a case's finding, a task's hand-in.
    #[schemars(schema_with = "schema::date")]
    pub on: Date,
    /// What the case is.
    pub title: Option<Text>,
}

/// Due dates that had passed when the calendar was amended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Kept {
    /// The original one.
    #[schemars(schema_with = "schema::date")]
    pub original_due: Date,
    /// The one in force.
    #[schemars(schema_with = "schema::date")]
    pub due: Date,
    /// The extension it went by: under another one, or none, it is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub extended_to: Option<Date>,
}

impl Deref for State {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        &self.rare
    }
}

impl DerefMut for State {
    fn deref_mut(&mut self) -> &mut Rare {
        &mut self.rare
    }
}

impl State {
    /// Nothing happened but what opened it.
    pub fn opened_by(event: Event) -> Self {
        State { rare: Rare { event: Some(event), ..Rare::default() }.into(), ..State::default() }
    }

    /// Is it hidden from `person`'s queue on `today`?
    pub fn is_snoozed_for(&self, person: &ActorId, today: Date) -> bool {
        self.snoozed_until(person).is_some_and(|until| today < until)
    }

    /// Did nobody see to it yet: no reminder, escalation, extension, remark, acknowledgement, putting off or assigning?
    pub fn is_untouched(&self) -> bool {
        self.reminders == 0
            && self.escalations == 0
            && self.extensions == 0
            && self.notes == 0
            && self.acknowledged.is_empty()
            && self.snoozed.is_empty()
            && self.assigned.is_none()
    }

    /// Until when `person` hid it, also where that day has passed.
    pub fn snoozed_until(&self, person: &ActorId) -> Option<Date> {
        self.snoozed.iter().find(|snooze| snooze.by == *person).map(|snooze| snooze.on)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
