//! Orders of rows that several panels share: each a number per row, the least first. What a row does not have comes last.

use jiff::civil::Date;

use super::{Row, journal, scene::Scene};
use crate::domain::{
    item::{Item, Subject},
    status::{Cell, cell},
    summary::{days_late, late_span},
};

/// Where a row without the thing one sorts by stands.
pub const LAST: u64 = u64::MAX;

/// The item of a row; of an entry the one it is about.
pub fn item<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Item> {
    match row {
        Row::Item(place) => scene.item(place),
        Row::Entry(_) => scene.item(scene.subject(&journal::told(scene, row)?.entry)?),
        Row::Agency(_) | Row::Campaign(_) | Row::Heading(..) => None,
    }
}

fn by(scene: &Scene<'_>, row: Row, key: impl FnOnce(&Item) -> Option<u64>) -> u64 {
    item(scene, row).and_then(key).unwrap_or(LAST)
}

/// Two numbers as one, the first deciding.
pub fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// A date, the earliest first.
pub fn date(date: Date) -> u64 {
    let days = (i32::from(date.year()) * 12 + i32::from(date.month())) * 31 + i32::from(date.day());
    u64::try_from(days).unwrap_or(0)
}

/// A number, the greatest first.
pub fn most_first(number: u32) -> u64 {
    u64::from(u32::MAX - number)
}

/// The latest first.
pub fn days_late_first(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| days_late(item, scene.today).map(|days| most_first(days.unsigned_abs())))
}

/// The most working days late first.
pub fn working_days_late_first(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| {
        let (due, until) = late_span(item, scene.today)?;
        Some(most_first(scene.snapshot.outline.calendar.working_days_between(due, until).unsigned_abs()))
    })
}

/// By the day from which the next rung of the ladder is due, the earliest first.
pub fn next_step(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| scene.next_step(item).map(|next| date(next.from) << 8 | u64::from(u8::MAX - next.step)))
}

/// By the name of the agency that answers for it.
pub fn agency(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| Some(scene.lookup.agencies.rank(item.agency).into()))
}

/// By the programme's name.
pub fn programme(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| Some(scene.lookup.programmes.rank(item.programme?).into()))
}

/// By name: reports by duty and period, tasks and milestones by title.
pub fn title(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| {
        Some(match item.subject {
            Subject::Task(task) => pair(scene.lookup.tasks.rank(task), 0),
            Subject::Report { duty, period } => pair(scene.lookup.duties.rank(duty), period),
            Subject::Milestone { campaign, milestone } => pair(scene.lookup.campaigns.rank(campaign), milestone),
        })
    })
}

/// As the plan numbers them.
pub fn id(_: &Scene<'_>, row: Row) -> u64 {
    match row {
        Row::Item(place) | Row::Agency(place) | Row::Campaign(place) | Row::Entry(place) => place.into(),
        Row::Heading(..) => LAST,
    }
}

/// The earliest due date first.
pub fn due(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| item.due.map(date))
}

/// What needs an eye first: overdue, awaiting, due soon, in time, paused, without a deadline, done, left out.
pub fn status(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| {
        Some(match cell(item, scene.today) {
            Some(Cell::Overdue) => 0,
            Some(Cell::AwaitingConfirmation) => 1,
            Some(Cell::DueSoon) => 2,
            Some(Cell::InTime) => 3,
            Some(Cell::Paused) => 4,
            Some(Cell::NoDeadline) => 5,
            Some(Cell::Late) => 6,
            Some(Cell::OnTime) => 7,
            Some(Cell::DoneNoDeadline) => 8,
            None => 9,
        })
    })
}

/// The least progress first.
pub fn progress(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| Some(item.progress().into()))
}

/// Untouched first, then by escalation and reminders.
pub fn acts(scene: &Scene<'_>, row: Row) -> u64 {
    by(scene, row, |item| {
        let state = &item.state;
        let seen = u32::from(!state.acknowledged.is_empty()) << 16 | u32::from(state.notes);
        Some(pair(u32::from(state.escalation) << 16 | u32::from(state.reminders), seen))
    })
}
