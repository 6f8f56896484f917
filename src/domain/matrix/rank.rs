//! [`Rank`]: how an item stands, so that the worst of several can be told.

use crate::domain::status::{Base, Cell};

/// How an item stands, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Open and past due.
    Overdue,
    /// Done, but late.
    Late,
    /// To be done again, in time so far.
    Returned,
    /// Waiting to be confirmed.
    Awaiting,
    /// Open with little time left.
    DueSoon,
    /// Nothing has come, and there is time.
    NotStarted,
    /// Under way, and there is time.
    InProgress,
    /// Put off.
    Paused,
    /// Done on time.
    OnTime,
    /// Done, and never had a due date.
    Done,
    /// Cancelled or exempt: in no figures.
    LeftOut,
}

impl Rank {
    /// All of them.
    pub const ALL: [Rank; 11] = [
        Rank::Overdue,
        Rank::Late,
        Rank::Returned,
        Rank::Awaiting,
        Rank::DueSoon,
        Rank::NotStarted,
        Rank::InProgress,
        Rank::Paused,
        Rank::OnTime,
        Rank::Done,
        Rank::LeftOut,
    ];

    /// The rank of an item that stands in `cell`.
    pub fn of(base: Base, cell: Option<Cell>) -> Rank {
        match cell {
            None => Rank::LeftOut,
            Some(Cell::Overdue) => Rank::Overdue,
            Some(Cell::Late) => Rank::Late,
            Some(Cell::AwaitingConfirmation) => Rank::Awaiting,
            Some(Cell::Paused) => Rank::Paused,
            Some(Cell::OnTime) => Rank::OnTime,
            Some(Cell::DoneNoDeadline) => Rank::Done,
            Some(Cell::DueSoon | Cell::InTime | Cell::NoDeadline) if base == Base::Returned => Rank::Returned,
            Some(Cell::DueSoon) => Rank::DueSoon,
            Some(Cell::InTime | Cell::NoDeadline) if base == Base::InProgress => Rank::InProgress,
            Some(Cell::InTime | Cell::NoDeadline) => Rank::NotStarted,
        }
    }
}
