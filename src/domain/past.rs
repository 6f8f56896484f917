//! [`Past`]: how every item stood at the end of each week gone by, as `tiendo status --at` that day would say. Kept sparse:
//! a step where something changed. Which of it a curve is of is asked afterwards (`trend.rs`), without reading anything again.

mod making;

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    calendar::end_of_day,
    entry::{Entry, Verb},
    id::ItemId,
    item::{Index, Item, Kind, Subject},
    outline::Outline,
    replay::{Replay, Revision, in_force},
    snapshot::Snapshot,
    status::{Base, Cell, Today, cell},
    weeks,
};

use self::making::Making;
pub use self::making::Observed;

/// How an item stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stood {
    /// Not there, cancelled or exempt.
    #[default]
    LeftOut,
    /// Open, not past due.
    Open,
    /// Open and past due.
    Overdue,
    /// Handed in, waiting to be confirmed.
    Awaiting,
    /// Put off.
    Paused,
    /// Done.
    Done,
}

/// How an item stood, and how far it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How it stood.
    pub stood: Stood,
    /// How much of it was carried out, in percent. Handed in is all of it: that somebody has yet to confirm it is not work
    /// that remains.
    pub progress: u8,
}

impl Standing {
    /// How `item` stands on `today`.
    pub fn of(item: &Item, today: Today) -> Self {
        let Some(cell) = cell(item, today) else { return Standing::default() };
        let stood = match cell {
            Cell::OnTime | Cell::Late | Cell::DoneNoDeadline => Stood::Done,
            Cell::InTime | Cell::DueSoon | Cell::NoDeadline => Stood::Open,
            Cell::Overdue => Stood::Overdue,
            Cell::AwaitingConfirmation => Stood::Awaiting,
            Cell::Paused => Stood::Paused,
        };
        let progress = if item.state.base == Base::AwaitingConfirmation { 100 } else { item.progress() };
        Standing { stood, progress }
    }
}

/// From the end of a week on, an item stood like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The week's place in [`Past::weeks`].
    pub week: u16,
    /// How it stood.
    pub standing: Standing,
}

/// A task's or report's history.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Whose.
    pub id: ItemId,
    /// Which kind.
    pub kind: Kind,
    /// When it was planned for, as last laid down.
    pub planned: Planned,
    /// Where its steps end; they begin where those of the one before end.
    end: u32,
}

/// The days a task is planned for; a report's begin and end with its due date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// The first day.
    pub start: Option<Date>,
    /// The last on-time day as first in force: a longer time given does not move the plan.
    pub due: Option<Date>,
}

impl Planned {
    /// When `item` is planned for.
    pub fn of(item: &Item, outline: &Outline) -> Self {
        let start = match item.subject {
            Subject::Task(task) => outline.plan.tasks.get(task as usize).and_then(|task| task.start),
            Subject::Report { .. } | Subject::Milestone { .. } => None,
        };
        Planned { start, due: item.original_due }
    }
}

/// How every task and report stood at the end of each week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The last days of the weeks.
    pub weeks: Vec<Date>,
    /// The items, in the order of the last snapshot's; then those that left the plan before.
    pub items: Vec<History>,
    steps: Vec<Step>,
}

impl Past {
    /// Replays `journal`, in order, with `revisions` as they came into force, for the weeks that ended before `day`. `None`
    /// where there is no plan, or `stop` says that nobody wants to know any more.
    pub fn of(revisions: &[Revision], journal: &[Entry], day: Date, stop: &dyn Fn() -> bool) -> Option<Self> {
        let outline = Outline::new(Arc::clone(&revisions.last()?.plan));
        let weeks: Vec<Date> = weeks::ends_before(weeks::span(&outline, day).0, day).collect();
        let ends: Vec<Timestamp> = weeks.iter().filter_map(|end| end_of_day(*end, &outline.zone)).collect();
        let mut made = Making::default();
        if journal.is_sorted_by_key(Entry::recorded_at) {
            let journal: Vec<&Entry> = journal.iter().collect();
            let (first, amendments) = revisions.split_first()?;
            let mut snapshot = Snapshot::new(Arc::clone(&first.plan));
            let mut replay = Replay::new(amendments, &[], &journal);
            let mut rest = journal.iter().peekable();
            for (week, end) in (0..).zip(&ends) {
                while let Some(entry) = rest.next_if(|entry| entry.recorded_at() <= *end) {
                    replay.apply(&mut snapshot, entry);
                    if entry.verb == Verb::Plan && stop() {
                        return None;
                    }
                }
                if stop() {
                    return None;
                }
                made.look(week, *weeks.get(usize::from(week))?, &snapshot);
            }
        } else {
            // What was taken in later may have been recorded earlier: each week has a journal of its own.
            for (week, end) in (0..).zip(&ends) {
                let known: Vec<&Entry> = journal.iter().filter(|entry| entry.recorded_at() <= *end).collect();
                let snapshot = Snapshot::replay_revisions(&in_force(revisions, &known), &known)?;
                if stop() {
                    return None;
                }
                made.look(week, *weeks.get(usize::from(week))?, &snapshot);
            }
        }
        Some(made.past(weeks))
    }

    /// A past that is told, item by item; each with its steps in order.
    pub fn told(weeks: Vec<Date>, items: impl IntoIterator<Item = (ItemId, Kind, Planned, Vec<Step>)>) -> Self {
        let mut past = Past { weeks, ..Past::default() };
        for (id, kind, planned, steps) in items {
            past.add(id, kind, planned, steps);
        }
        past
    }

    fn add(&mut self, id: ItemId, kind: Kind, planned: Planned, steps: impl IntoIterator<Item = Step>) {
        self.steps.extend(steps);
        let end = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.items.push(History { id, kind, planned, end });
    }

    /// Only the items that `sees` lets through, in the weeks from `from` on.
    pub fn narrowed(&self, sees: impl Fn(&ItemId) -> bool, from: Date) -> Self {
        let first = self.weeks.partition_point(|end| *end < from);
        let mut past = Past { weeks: self.weeks.get(first..).unwrap_or_default().to_vec(), ..Past::default() };
        let first = u16::try_from(first).unwrap_or(u16::MAX);
        for (history, steps) in self.histories().filter(|(history, _)| sees(&history.id)) {
            let (before, after) = steps.split_at(steps.partition_point(|step| step.week <= first));
            // What stood when the first week ended, since whenever.
            let standing = before.last().map(|step| step.standing).filter(|standing| *standing != Standing::default());
            let begins = standing.map(|standing| Step { week: 0, standing });
            let goes_on = after.iter().map(|step| Step { week: step.week - first, standing: step.standing });
            past.add(history.id.clone(), history.kind, history.planned, begins.into_iter().chain(goes_on));
        }
        past
    }

    /// The place of each item in `snapshot`: most stand where they did.
    pub fn places(&self, snapshot: &Snapshot) -> Vec<Option<Index>> {
        let mut next = 0;
        let mut place = |id: &ItemId| {
            let stands = snapshot.items.get(next as usize).is_some_and(|item| item.id == *id);
            let place = if stands { Some(next) } else { snapshot.place(id) };
            next = place.map_or(next, |place| place + 1);
            place
        };
        self.items.iter().map(|history| place(&history.id)).collect()
    }

    /// Each item with its steps.
    pub fn histories(&self) -> impl Iterator<Item = (&History, &[Step])> {
        let mut from = 0;
        self.items.iter().map(move |history| {
            let steps = self.steps.get(from as usize..history.end as usize).unwrap_or_default();
            from = history.end;
            (history, steps)
        })
    }
}
