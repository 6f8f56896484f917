//! Statuses: the base state an item is in, the time state computed from it and the day, and the cell of the official
//! partition it stands in.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{calendar::Calendar, item::Item};

/// The state an item is in; a report's `not-started` is read "not sent", its `done` "received".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Nothing has come.
    #[default]
    NotStarted,
    /// Under way.
    InProgress,
    /// Handed in, and somebody has to confirm it.
    AwaitingConfirmation,
    /// Sent back to be done again.
    Returned,
    /// Put off; off the overdue list, its deadline kept.
    Paused,
    /// Done, confirmed, received.
    Done,
    /// Called off; out of all figures.
    Cancelled,
    /// Not owed this time; out of all figures.
    Exempt,
}

impl Base {
    /// All of them, in the order of a legend.
    pub const ALL: [Base; 8] = [
        Base::NotStarted,
        Base::InProgress,
        Base::AwaitingConfirmation,
        Base::Returned,
        Base::Paused,
        Base::Done,
        Base::Cancelled,
        Base::Exempt,
    ];

    /// The word in files, filters and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Base::NotStarted => "not-started",
            Base::InProgress => "in-progress",
            Base::AwaitingConfirmation => "awaiting-confirmation",
            Base::Returned => "returned",
            Base::Paused => "paused",
            Base::Done => "done",
            Base::Cancelled => "cancelled",
            Base::Exempt => "exempt",
        }
    }

    /// Is it still to be done? Neither done nor out of the figures.
    pub fn is_open(self) -> bool {
        match self {
            Base::NotStarted | Base::InProgress | Base::AwaitingConfirmation | Base::Returned | Base::Paused => true,
            Base::Done | Base::Cancelled | Base::Exempt => false,
        }
    }

    /// Is it counted at all?
    pub fn is_counted(self) -> bool {
        !matches!(self, Base::Cancelled | Base::Exempt)
    }
}

/// How an item stands to its due date on a day. Never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// It has no due date, or none that counts.
    NoDeadline,
    /// Not due yet, with more than a few working days left.
    InTime,
    /// Not due yet, with a few working days left or fewer.
    DueSoon,
    /// Past due and not handed in.
    Overdue,
    /// Handed in on or before the due date.
    OnTime,
    /// Handed in after the due date.
    Late,
}

impl Time {
    /// All of them.
    pub const ALL: [Time; 6] = [Time::NoDeadline, Time::InTime, Time::DueSoon, Time::Overdue, Time::OnTime, Time::Late];

    /// The word in files, filters and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Time::NoDeadline => "no-deadline",
            Time::InTime => "in-time",
            Time::DueSoon => "due-soon",
            Time::Overdue => "overdue",
            Time::OnTime => "on-time",
            Time::Late => "late",
        }
    }
}

/// The one cell of the official partition an item stands in: awaiting and paused go before time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Done, handed in on time.
    OnTime,
    /// Done, handed in late.
    Late,
    /// Done, and never had a due date.
    DoneNoDeadline,
    /// Open, with time left.
    InTime,
    /// Open, with little time left.
    DueSoon,
    /// Open and past due.
    Overdue,
    /// Handed in, waiting to be confirmed.
    AwaitingConfirmation,
    /// Put off.
    Paused,
    /// Open without a due date.
    NoDeadline,
}

impl Cell {
    /// All cells, done ones first.
    pub const ALL: [Cell; 9] = [
        Cell::OnTime,
        Cell::Late,
        Cell::DoneNoDeadline,
        Cell::InTime,
        Cell::DueSoon,
        Cell::Overdue,
        Cell::AwaitingConfirmation,
        Cell::Paused,
        Cell::NoDeadline,
    ];

    /// The word in filters, JSON and word ids. Both cells without a due date bear the same word; whether one is done is
    /// said beside it.
    pub fn as_str(self) -> &'static str {
        match self {
            Cell::OnTime => "on-time",
            Cell::Late => "late",
            Cell::DoneNoDeadline | Cell::NoDeadline => "no-deadline",
            Cell::InTime => "in-time",
            Cell::DueSoon => "due-soon",
            Cell::Overdue => "overdue",
            Cell::AwaitingConfirmation => "awaiting-confirmation",
            Cell::Paused => "paused",
        }
    }

    /// Is it one of the done cells?
    pub fn is_done(self) -> bool {
        matches!(self, Cell::OnTime | Cell::Late | Cell::DoneNoDeadline)
    }
}

/// A day as statuses are computed for it: today in the plan's zone, and the last due date that counts as soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// The day in the plan's time zone.
    pub date: Date,
    /// A due date up to this one is "due soon".
    soon: Date,
}

impl Today {
    /// `date` with "soon" meaning `working_days` working days left or fewer.
    pub fn new(date: Date, working_days: u16, calendar: &Calendar) -> Self {
        let mut soon = calendar.add_working_days(date, i32::from(working_days));
        // Rest days after the last one leave no more working days.
        while let Some(next) = soon.tomorrow().ok().filter(|next| !calendar.is_working(*next)) {
            soon = next;
            if next.year() > date.year() + 1 {
                break;
            }
        }
        Today { date, soon }
    }

    /// Has `due` passed, or is it due soon?
    pub fn is_near(self, due: Date) -> bool {
        due <= self.soon
    }
}

/// How `item` stands on `today`.
///
/// Handing in stops the clock: what waits for confirmation is on time or late by its hand-in day, never overdue.
pub fn time(item: &Item, today: Today) -> Time {
    let Some(due) = item.due.filter(|_| item.state.base.is_counted()) else { return Time::NoDeadline };
    let open_at = |day: Date| match day {
        day if day > due => Time::Overdue,
        _ if due <= today.soon => Time::DueSoon,
        _ => Time::InTime,
    };
    match item.state.base {
        Base::Done | Base::AwaitingConfirmation => match item.state.handed_in {
            Some(handed_in) if handed_in > due => Time::Late,
            Some(_) | None => Time::OnTime,
        },
        Base::NotStarted | Base::InProgress | Base::Returned | Base::Paused | Base::Cancelled | Base::Exempt => {
            open_at(today.date)
        }
    }
}

/// The cell `item` stands in; `None` for what is left out of all figures.
pub fn cell(item: &Item, today: Today) -> Option<Cell> {
    let time = time(item, today);
    match item.state.base {
        Base::Cancelled | Base::Exempt => None,
        Base::AwaitingConfirmation => Some(Cell::AwaitingConfirmation),
        Base::Paused => Some(Cell::Paused),
        Base::Done => Some(match time {
            Time::Late => Cell::Late,
            Time::NoDeadline => Cell::DoneNoDeadline,
            Time::OnTime | Time::InTime | Time::DueSoon | Time::Overdue => Cell::OnTime,
        }),
        Base::NotStarted | Base::InProgress | Base::Returned => Some(match time {
            Time::NoDeadline => Cell::NoDeadline,
            Time::DueSoon => Cell::DueSoon,
            Time::Overdue => Cell::Overdue,
            Time::InTime | Time::OnTime | Time::Late => Cell::InTime,
        }),
    }
}
