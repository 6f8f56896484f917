//! Columns of items that several panels share; each panel takes those it shows.

use super::{
    Row,
    cell::{Cell, Word},
    column::{Align, Column, Width},
    journal,
    order::{self, item},
    scene::Scene,
};
use crate::domain::{
    id::ItemName,
    item::{Item, Subject},
    queue::calls,
    status::{cell, time},
    summary::{days_late, late_span},
};

/// Days late, calendar and working.
pub(super) const DAYS_LATE: Column = Column {
    id: "days-late",
    heading: Word("column-days-late"),
    width: Width::Fixed(7),
    align: Align::Right,
    spare: 0,
    cell: |scene, row| days_late_cell(scene, row).unwrap_or(Cell::Empty),
    order: Some(order::days_late_first),
};

/// Days late, in working days.
pub(super) const WORKING_DAYS_LATE: Column = Column {
    id: "working-days-late",
    heading: Word("column-working-days-late"),
    width: Width::Fixed(6),
    align: Align::Right,
    spare: 8,
    cell: |scene, row| {
        let span = item(scene, row).and_then(|item| late_span(item, scene.today));
        let working = span.map(|(due, until)| scene.snapshot.outline.calendar.working_days_between(due, until));
        working.map_or(Cell::Empty, Cell::WorkingDays)
    },
    order: Some(order::working_days_late_first),
};

/// The agency that answers for it.
pub(super) const AGENCY: Column = Column {
    id: "agency",
    heading: Word("column-agency"),
    width: Width::Share { least: 10, most: 16, weight: 1 },
    align: Align::Left,
    spare: 0,
    cell: |scene, row| item(scene, row).and_then(|item| scene.agency(item.agency)).map_or(Cell::Empty, Cell::Agency),
    order: Some(order::agency),
};

/// What it is: a report's duty and period, a task's title.
pub(super) const TITLE: Column = Column {
    id: "title",
    heading: Word("column-title"),
    width: Width::Share { least: 18, most: 160, weight: 20 },
    align: Align::Left,
    spare: 0,
    cell: |scene, row| title(scene, row),
    order: Some(order::title),
};

/// The plan's id of a task.
pub(super) const ID: Column = Column {
    id: "id",
    heading: Word("column-id"),
    width: Width::Fixed(4),
    align: Align::Left,
    spare: 4,
    cell: |scene, row| {
        let task = item(scene, row).and_then(|item| scene.task(item));
        task.map_or(Cell::Empty, |task| Cell::Id(task.id.as_text()))
    },
    order: Some(order::id),
};

/// The due date in force.
pub(super) const DUE: Column = Column {
    id: "due",
    heading: Word("column-due"),
    width: Width::Day,
    align: Align::Right,
    spare: 1,
    cell: |scene, row| {
        let due = item(scene, row).and_then(|item| Some(Cell::Due(item.due?, time(item, scene.today))));
        due.unwrap_or(Cell::Empty)
    },
    order: Some(order::due),
};

/// The status as sign and word.
pub(super) const STATUS: Column = Column {
    id: "status",
    heading: Word("column-status"),
    width: Width::Fixed(16),
    align: Align::Left,
    spare: 0,
    cell: |scene, row| {
        let status = |item: &Item| Cell::Status(item.kind(), item.state.base, cell(item, scene.today));
        item(scene, row).map_or(Cell::Empty, status)
    },
    order: Some(order::status),
};

/// A task's progress.
pub(super) const PROGRESS: Column = Column {
    id: "progress",
    heading: Word("column-percent"),
    width: Width::Fixed(4),
    align: Align::Right,
    spare: 2,
    cell: |scene, row| item(scene, row).map_or(Cell::Empty, |item| Cell::Percent(item.progress())),
    order: Some(order::progress),
};

/// What was done about it.
pub(super) const ACTS: Column = Column {
    id: "acts",
    heading: Word("column-acts"),
    width: Width::Share { least: 14, most: 30, weight: 4 },
    align: Align::Left,
    spare: 3,
    cell: |scene, row| {
        let said = item(scene, row).and_then(|item| {
            let mark = scene.waiting.mark(&item.id);
            (mark.is_some() || calls_for_acts(item, scene)).then_some(Cell::Acts(&item.state, mark))
        });
        said.unwrap_or(Cell::Empty)
    },
    order: Some(order::acts),
};

/// The next rung of the ladder, and from which day.
pub(super) const NEXT_STEP: Column = Column {
    id: "next-step",
    heading: Word("column-next-step"),
    width: Width::Share { least: 22, most: 32, weight: 4 },
    align: Align::Left,
    spare: 4,
    cell: |scene, row| item(scene, row).and_then(|item| next_step(scene, item)).unwrap_or(Cell::Empty),
    order: Some(order::next_step),
};

/// The next rung for an item, where it stands before one.
pub(super) fn next_step<'a>(scene: &Scene<'a>, item: &Item) -> Option<Cell<'a>> {
    let next = scene.next_step(item)?;
    let titled = scene.lookup.ladder.iter().find(|step| step.step == next.step);
    Some(Cell::NextStep(titled.map(|step| &step.title), next, next.is_due(scene.today.date)))
}

/// The programme it belongs to.
pub(super) const PROGRAMME: Column = Column {
    id: "programme",
    heading: Word("column-programme"),
    width: Width::Fixed(7),
    align: Align::Left,
    spare: 6,
    cell: |scene, row| {
        let programme = item(scene, row).and_then(|item| item.programme);
        let programme = programme.and_then(|index| scene.snapshot.outline.plan.programmes.get(index as usize));
        programme.map_or(Cell::Empty, |programme| Cell::Id(programme.id.as_text()))
    },
    order: Some(order::programme),
};

/// What an item is called.
pub(super) fn title<'a>(scene: &Scene<'a>, row: Row) -> Cell<'a> {
    let outline = &scene.snapshot.outline;
    let named = item(scene, row).and_then(|item| match item.subject {
        Subject::Task(_) => scene.task(item).map(|task| Cell::Title(&task.title)),
        Subject::Report { duty, period } => {
            let duty = outline.plan.duties.get(duty as usize)?;
            outline.periods.get(period as usize).map(|period| Cell::Report(&duty.title, period))
        }
        Subject::Milestone { campaign, milestone } => {
            let campaign = outline.plan.campaigns.get(campaign as usize)?;
            campaign.milestones.get(milestone as usize).map(|milestone| Cell::Title(&milestone.title))
        }
    });
    named.or_else(|| of_entry(scene, row)).unwrap_or(Cell::Empty)
}

/// What an entry is about where it is about no item.
fn of_entry<'a>(scene: &Scene<'a>, row: Row) -> Option<Cell<'a>> {
    let told = journal::told(scene, row)?;
    let outline = &scene.snapshot.outline;
    let plan = &outline.plan;
    let titled = told.entry.item.name().and_then(|name| match name {
        ItemName::Plan(_) => Some(&plan.title),
        ItemName::Duty(id) => plan.duties.get(outline.duty(id)? as usize).map(|duty| &duty.title),
        ItemName::Campaign(id) => plan.campaigns.get(outline.campaign(id)? as usize).map(|campaign| &campaign.title),
        ItemName::Task(_) | ItemName::Report { .. } | ItemName::Milestone { .. } => None,
    });
    Some(titled.map_or(Cell::Text(told.entry.item.as_str()), Cell::Title))
}

/// Days late; that it is due today, where it is and is still to come.
fn days_late_cell<'a>(scene: &Scene<'a>, row: Row) -> Option<Cell<'a>> {
    let item = item(scene, row)?;
    let is_due_today =
        item.due == Some(scene.today.date) && item.state.handed_in.is_none() && item.state.base.is_open();
    days_late(item, scene.today).or(is_due_today.then_some(0)).map(Cell::Days)
}

/// Is there something to say of what was done: it presses, or somebody saw to it, and it is still open?
fn calls_for_acts(item: &Item, scene: &Scene<'_>) -> bool {
    item.state.base.is_open() && (calls(item, scene.today) || !item.state.is_untouched())
}
