//! [`Item`]: one task, report or milestone with its dates and what the journal made of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    deadline::in_force,
    id::{ActorId, EntryId, ItemId},
    mailing::Mail,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

    /// Sets the dates that follow from `written_due`, the extension in force and the calendar. Dates kept from before an
    /// amendment of the calendar stay as they were, until the item is extended.
    pub fn settle(&mut self, calendar: &Calendar) {
        let rolled = |written: Date| in_force(written, self.roll, calendar);
        let kept = self.state.kept;
        let original = kept.map(|kept| kept.original_due).or(self.written_due.map(rolled));
        self.original_due = original;
        self.due = match kept.filter(|kept| kept.extended_to == self.state.extended_to) {
            Some(kept) => Some(kept.due),
            None => self.state.extended_to.map(rolled).or(original),
        };
    }
}

/// What the journal made of an item: the fold of its entries. Kept in the ledger beside the journal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The state it is in.
    #[serde(skip_serializing_if = "is_default")]
    pub base: Base,
    /// The state before it was paused.
    #[serde(skip_serializing_if = "is_default")]
    pub before_pause: Option<Base>,
    /// The day it was paused.
    #[serde(skip_serializing_if = "is_default")]
    pub paused_on: Option<Date>,
    /// Progress of a task in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub progress: u8,
    /// The day it was handed in; none while it has to be done again.
    #[serde(skip_serializing_if = "is_default")]
    pub handed_in: Option<Date>,
    /// The number of the document it was handed in with.
    #[serde(skip_serializing_if = "is_default")]
    pub document: Option<Text>,
    /// Where that document is.
    #[serde(skip_serializing_if = "is_default")]
    pub link: Option<Text>,
    /// The last on-time day as last extended, as written.
    #[serde(skip_serializing_if = "is_default")]
    pub extended_to: Option<Date>,
    /// How many times it was extended.
    #[serde(skip_serializing_if = "is_default")]
    pub extensions: u16,
    /// Why it was last extended.
    #[serde(skip_serializing_if = "is_default")]
    pub extension_reason: Option<Text>,
    /// The approving document of the last extension.
    #[serde(skip_serializing_if = "is_default")]
    pub extension_document: Option<Text>,
    /// A longer time asked for and not yet answered.
    #[serde(skip_serializing_if = "is_default")]
    pub requested: Option<Request>,
    /// How many times it was reminded of.
    #[serde(skip_serializing_if = "is_default")]
    pub reminders: u16,
    /// The day of the last reminder.
    #[serde(skip_serializing_if = "is_default")]
    pub last_reminded: Option<Date>,
    /// The highest rung of the ladder it was escalated to; 0 for none.
    #[serde(skip_serializing_if = "is_default")]
    pub escalation: u8,
    /// The rungs of the ladder that were made, each with the last day it was.
    #[serde(skip_serializing_if = "is_default")]
    pub rungs: Vec<Rung>,
    /// Mails about it of which it is not known, or not certain, what became of them.
    #[serde(skip_serializing_if = "is_default")]
    pub unsettled: Vec<Mail>,
    /// How many times it was escalated.
    #[serde(skip_serializing_if = "is_default")]
    pub escalations: u16,
    /// Who has seen it and is on it, and since when; the last of each person.
    #[serde(skip_serializing_if = "is_default")]
    pub acknowledged: Vec<ByDay>,
    /// Whose queue it is hidden from, and until when.
    #[serde(skip_serializing_if = "is_default")]
    pub snoozed: Vec<ByDay>,
    /// Who deals with it.
    #[serde(skip_serializing_if = "is_default")]
    pub assigned: Option<Text>,
    /// The day it was last promised for.
    #[serde(skip_serializing_if = "is_default")]
    pub promise: Option<Date>,
    /// Why it was last sent back, paused, cancelled or exempted.
    #[serde(skip_serializing_if = "is_default")]
    pub reason: Option<Text>,
    /// How many remarks it has.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: u16,
    /// How many times it was sent back.
    #[serde(skip_serializing_if = "is_default")]
    pub returns: u16,
    /// The last entry of a verb that does not commute: what the next one must have seen.
    #[serde(skip_serializing_if = "is_default")]
    pub last: Option<EntryId>,
    /// The event a case or an `after_task` report runs from.
    #[serde(skip_serializing_if = "is_default")]
    pub event: Option<Event>,
    /// Dates that had passed when the calendar was amended, and stay.
    #[serde(skip_serializing_if = "is_default")]
    pub kept: Option<Kept>,
}

/// A rung of the ladder that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Its level.
    pub step: u8,
    /// The last day it was made.
    pub on: Date,
}

/// A person and a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByDay {
    /// The person.
    pub by: ActorId,
    /// The day.
    pub on: Date,
}

/// A longer time that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The day asked for, as written.
    pub until: Date,
    /// Why.
    pub reason: Option<Text>,
}

/// What opened a report that no calendar foresees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The day it runs from: a case's finding, a task's hand-in.
    pub on: Date,
    /// What the case is.
    pub title: Option<Text>,
}

/// Due dates that had passed when the calendar was amended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The original one.
    pub original_due: Date,
    /// The one in force.
    pub due: Date,
    /// The extension it went by: under another one, or none, it is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_to: Option<Date>,
}

impl State {
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
