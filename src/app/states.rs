//! What states are called, as ids of words.

use crate::{
    domain::status::{Base, Time},
    panels::cell::Word,
};

/// The words of a time state.
pub(super) fn time_word(time: Time) -> Word {
    Word(match time {
        Time::NoDeadline => "time-no-deadline",
        Time::InTime => "time-in-time",
        Time::DueSoon => "time-due-soon",
        Time::Overdue => "time-overdue",
        Time::OnTime => "time-on-time",
        Time::Late => "time-late",
    })
}

/// The words of a base state.
pub(super) fn base_word(base: Base) -> Word {
    Word(match base {
        Base::NotStarted => "base-not-started",
        Base::InProgress => "base-in-progress",
        Base::AwaitingConfirmation => "base-awaiting-confirmation",
        Base::Returned => "base-returned",
        Base::Paused => "base-paused",
        Base::Done => "base-done",
        Base::Cancelled => "base-cancelled",
        Base::Exempt => "base-exempt",
    })
}
