//! [`Past`]: how every item stood at the end of each week gone by, as `tiendo status --at` that day would say. Kept sparse:
//! a step where something changed. Which of it a curve is of is asked afterwards (`trend.rs`), without reading anything again.

use std::{collections::HashMap, sync::Arc};

use jiff::{Timestamp, civil::Date};

use super::{
    calendar::{Calendar, end_of_day},
    entry::{Entry, Verb},
    id::ItemId,
    item::{Index, Item, Kind, Subject},
    outline::Outline,
    replay::{Replay, Revision, in_force},
    snapshot::Snapshot,
    status::{Base, Cell, Today, cell},
    weeks,
};

/// How an item stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// A past made of whole snapshots, where there is no journal to replay.
#[derive(Default)]
pub struct Observed {
    made: Making,
    weeks: Vec<Date>,
}

impl Observed {
    /// How it stood at the end of a week; they are looked at in order.
    pub fn look(&mut self, end: Date, snapshot: &Snapshot) {
        let Ok(week) = u16::try_from(self.weeks.len()) else { return };
        self.made.look(week, end, snapshot);
        self.weeks.push(end);
    }

    /// What was seen.
    pub fn past(self) -> Past {
        self.made.past(self.weeks)
    }
}

/// A past in the making.
#[derive(Default)]
struct Making {
    items: Vec<Made>,
    by_id: HashMap<ItemId, u32>,
    /// By the place of an item in the snapshot last looked at.
    places: Vec<Option<u32>>,
    steps: Vec<(u32, Step)>,
}

struct Made {
    id: ItemId,
    kind: Kind,
    planned: Planned,
    last: Standing,
    seen: u16,
}

impl Making {
    fn look(&mut self, week: u16, day: Date, snapshot: &Snapshot) {
        // How many working days are "soon" makes no difference here.
        let today = Today::new(day, 0, &Calendar::default());
        for (place, item) in snapshot.items.iter().enumerate() {
            if item.kind() == Kind::Milestone {
                continue;
            }
            let known = self.places.get(place).copied().flatten();
            let stands = |number: &u32| self.items.get(*number as usize).is_some_and(|made| made.id == item.id);
            let number = known.filter(stands).unwrap_or_else(|| self.meet(place, item));
            let Some(made) = self.items.get_mut(number as usize) else { continue };
            made.seen = week;
            made.planned = Planned::of(item, &snapshot.outline);
            let standing = Standing::of(item, today);
            if standing != made.last {
                made.last = standing;
                self.steps.push((number, Step { week, standing }));
            }
        }
        for (number, made) in (0..).zip(&mut self.items).filter(|(_, made)| made.seen != week) {
            if made.last != Standing::default() {
                made.last = Standing::default();
                self.steps.push((number, Step { week, standing: made.last }));
            }
        }
    }

    /// The number of an item that was not known to stand at that place.
    fn meet(&mut self, place: usize, item: &Item) -> u32 {
        let next = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let number = *self.by_id.entry(item.id.clone()).or_insert(next);
        if number == next {
            let (planned, last) = (Planned::default(), Standing::default());
            self.items.push(Made { id: item.id.clone(), kind: item.kind(), planned, last, seen: u16::MAX });
        }
        self.places.resize(self.places.len().max(place + 1), None);
        self.places[place] = Some(number);
        number
    }

    fn past(mut self, weeks: Vec<Date>) -> Past {
        // Stable: the steps of each stay in their order.
        self.steps.sort_by_key(|(number, _)| *number);
        let mut end = 0;
        let mut ends = vec![0; self.items.len()];
        for (number, _) in &self.steps {
            end += 1;
            ends[*number as usize] = end;
        }
        let mut last = 0;
        let items = self.items.into_iter().zip(ends).map(|(made, end)| {
            last = last.max(end);
            History { id: made.id, kind: made.kind, planned: made.planned, end: last }
        });
        Past { weeks, items: items.collect(), steps: self.steps.into_iter().map(|(_, step)| step).collect() }
    }
}
