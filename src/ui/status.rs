//! How a status is told: by sign, word and colour, never by colour alone.

use super::{glyphs::Glyphs, theme::Role};
use crate::domain::{
    item::Kind,
    matrix::Rank,
    status::{Base, Cell, Time},
};

/// The sign of an item in `base` that stands in `cell`; no cell is left out of all figures.
pub fn sign(glyphs: &Glyphs, base: Base, cell: Option<Cell>) -> &'static str {
    let Some(cell) = cell else { return glyphs.left_out };
    match (cell, base) {
        (Cell::Overdue, _) => glyphs.status(cell),
        (_, Base::Returned) => glyphs.returned,
        (Cell::InTime | Cell::NoDeadline, Base::NotStarted) => glyphs.nothing,
        (Cell::NoDeadline, Base::InProgress) => glyphs.status(Cell::InTime),
        (
            Cell::OnTime
            | Cell::Late
            | Cell::DoneNoDeadline
            | Cell::InTime
            | Cell::DueSoon
            | Cell::AwaitingConfirmation
            | Cell::Paused
            | Cell::NoDeadline,
            _,
        ) => glyphs.status(cell),
    }
}

/// An item that has a rank of the matrix.
pub fn of_rank(kind: Kind, rank: Rank) -> (Base, Option<Cell>) {
    match rank {
        Rank::Overdue => (Base::NotStarted, Some(Cell::Overdue)),
        Rank::Late => (Base::Done, Some(Cell::Late)),
        Rank::Returned => (Base::Returned, Some(Cell::InTime)),
        Rank::Awaiting => (Base::AwaitingConfirmation, Some(Cell::AwaitingConfirmation)),
        Rank::DueSoon => (Base::NotStarted, Some(Cell::DueSoon)),
        Rank::NotStarted => (Base::NotStarted, Some(Cell::InTime)),
        Rank::InProgress => (Base::InProgress, Some(Cell::InTime)),
        Rank::Paused => (Base::Paused, Some(Cell::Paused)),
        Rank::OnTime => (Base::Done, Some(Cell::OnTime)),
        Rank::Done => (Base::Done, Some(Cell::DoneNoDeadline)),
        Rank::LeftOut if kind == Kind::Task => (Base::Cancelled, None),
        Rank::LeftOut => (Base::Exempt, None),
    }
}

/// The id of its word, short enough for a column.
pub fn word(kind: Kind, base: Base, cell: Option<Cell>) -> &'static str {
    match cell {
        None if base == Base::Exempt => "status-exempt",
        None => "status-cancelled",
        Some(Cell::OnTime) => "status-on-time",
        Some(Cell::Late) if kind == Kind::Report => "status-report-late",
        Some(Cell::Late) => "status-late",
        Some(Cell::DoneNoDeadline) => "status-done",
        Some(Cell::DueSoon) => "status-due-soon",
        Some(Cell::Overdue) => "status-overdue",
        Some(Cell::AwaitingConfirmation) => "status-awaiting",
        Some(Cell::Paused) => "status-paused",
        Some(Cell::InTime | Cell::NoDeadline) => match (base, kind) {
            (Base::Returned, _) => "status-returned",
            (Base::InProgress, _) => "status-in-progress",
            (_, Kind::Report) => "status-not-sent",
            (_, Kind::Milestone) => "status-not-reached",
            (_, Kind::Task) => "status-not-started",
        },
    }
}

/// Its colour.
pub fn role(base: Base, cell: Option<Cell>) -> Role {
    match cell {
        None => Role::Dim,
        Some(Cell::OnTime | Cell::DoneNoDeadline) => Role::OnTime,
        Some(Cell::Late) => Role::DoneLate,
        Some(Cell::DueSoon) => Role::DueSoon,
        Some(Cell::Overdue) => Role::Late,
        Some(Cell::AwaitingConfirmation) => Role::Awaiting,
        Some(Cell::Paused) => Role::Paused,
        Some(Cell::InTime | Cell::NoDeadline) => match base {
            Base::Returned => Role::Awaiting,
            Base::InProgress => Role::InProgress,
            Base::NotStarted
            | Base::AwaitingConfirmation
            | Base::Paused
            | Base::Done
            | Base::Cancelled
            | Base::Exempt => Role::Dim,
        },
    }
}

/// The colour of a due date.
pub fn due_role(time: Time) -> Role {
    match time {
        Time::Overdue => Role::Late,
        Time::DueSoon => Role::DueSoon,
        Time::InTime => Role::Text,
        Time::NoDeadline | Time::OnTime | Time::Late => Role::Dim,
    }
}
