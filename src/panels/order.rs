//! Orders of rows that several panels share.

use std::cmp::Ordering;

use super::{Row, scene::Scene};
use crate::domain::{
    item::{Item, Subject},
    status::{Cell, cell},
    summary::days_late,
};

/// The item of a row.
pub fn item<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Item> {
    match row {
        Row::Item(place) => scene.item(place),
        Row::Agency(_) | Row::Campaign(_) | Row::Heading(..) => None,
    }
}

fn by<K: Ord>(scene: &Scene<'_>, a: Row, b: Row, key: impl Fn(&Item) -> K) -> Ordering {
    match (item(scene, a), item(scene, b)) {
        (Some(a), Some(b)) => key(a).cmp(&key(b)),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The latest first.
pub fn days_late_first(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| std::cmp::Reverse(days_late(item, scene.today)))
}

/// By the name of the agency that answers for it.
pub fn agency(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| scene.lookup.agencies.rank(item.agency))
}

/// By the programme's name.
pub fn programme(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| item.programme.map_or(u32::MAX, |programme| scene.lookup.programmes.rank(programme)))
}

/// By name: reports by duty and period, tasks and milestones by title.
pub fn title(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| match item.subject {
        Subject::Task(task) => (scene.lookup.tasks.rank(task), 0),
        Subject::Report { duty, period } => (scene.lookup.duties.rank(duty), period),
        Subject::Milestone { campaign, milestone } => (scene.lookup.campaigns.rank(campaign), milestone),
    })
}

/// By id, as the plan numbers them.
pub fn id(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| item.id.clone())
}

/// The earliest due date first; none last.
pub fn due(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| (item.due.is_none(), item.due))
}

/// What needs an eye first: overdue, awaiting, due soon, in time, paused, without a deadline, done, left out.
pub fn status(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| match cell(item, scene.today) {
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
}

/// The least progress first.
pub fn progress(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| item.state.progress)
}

/// Untouched first, then by reminders and escalation.
pub fn acts(scene: &Scene<'_>, a: Row, b: Row) -> Ordering {
    by(scene, a, b, |item| {
        let state = &item.state;
        (state.escalation, state.reminders, !state.acknowledged.is_empty(), state.notes)
    })
}
