//! [`Trend`]: progress over time of what a filter lets through: planned against carried out, overdue by week, and how late
//! what is late now.
//!
//! *Planned* is what the plan's own dates say: a task goes evenly from its first day to its due date, one that has no due
//! date to the end of the plan; a longer time given does not move the plan. *Carried out* is the progress reported, all of it
//! once it is handed in. Both are shares of the tasks assigned on that day, so that they can be set against each other.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    campaign::days_between,
    item::{Index, Item, Kind},
    lateness::{Counting, Lateness},
    past::{Past, Planned, Standing, Step, Stood},
    snapshot::Snapshot,
    status::Today,
    weeks,
};

/// How many were there, done and overdue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Carried")]
pub struct Counts {
    /// All that count.
    pub assigned: u32,
    /// Done.
    pub done: u32,
    /// Open and past due.
    pub overdue: u32,
}

impl Counts {
    fn turn(&mut self, come: Counts, gone: Counts) {
        self.assigned = (self.assigned + come.assigned).saturating_sub(gone.assigned);
        self.done = (self.done + come.done).saturating_sub(gone.done);
        self.overdue = (self.overdue + come.overdue).saturating_sub(gone.overdue);
    }
}

/// How it stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// Tasks.
    pub tasks: Counts,
    /// Reports.
    pub reports: Counts,
    /// How many tasks were to be done by then, by the plan's own due dates.
    pub due: u32,
    /// The share of the tasks that was to be carried out by then.
    pub planned: f64,
    /// The share that was.
    pub actual: f64,
}

impl Point {
    /// How far ahead of the plan it was, in percentage points as they are shown; behind it where negative.
    pub fn ahead(&self) -> i64 {
        whole(self.actual) - whole(self.planned)
    }

    /// Overdue tasks and reports.
    pub fn overdue(&self) -> u32 {
        self.tasks.overdue + self.reports.overdue
    }
}

/// A share in whole percent.
pub fn whole(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// Progress over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The ends of the weeks gone by, where they are known; then today.
    pub points: Vec<Point>,
    /// Is what was before today known?
    pub has_past: bool,
    /// What is planned after today, by week.
    pub coming: Vec<(Date, f64)>,
    /// What is late now, and who was.
    pub lateness: Lateness,
}

impl Trend {
    /// The trend of the snapshot's items that are `admitted`, up to `today`. `past` comes with the place of each of its items in
    /// the snapshot; what has left the plan counts where everything is let through (`every`).
    pub fn of(
        snapshot: &Snapshot,
        today: Today,
        past: Option<(&Past, &[Option<Index>])>,
        admitted: &[bool],
        every: bool,
    ) -> Self {
        let (from, to) = weeks::span(&snapshot.outline, today.date);
        let mut now = Now::new(snapshot, (from, to));
        for item in snapshot.items.iter().zip(admitted).filter(|(_, admitted)| **admitted).map(|(item, _)| item) {
            now.add(item, today);
        }
        let mut points = match past {
            Some((past, places)) => {
                let is_in = |place: Option<Index>| match place {
                    Some(place) => admitted.get(place as usize).copied().unwrap_or(false),
                    None => every,
                };
                let planned = |place: Option<Index>, kept: Planned| {
                    let item = place.and_then(|place| snapshot.items.get(place as usize));
                    item.map_or(kept, |item| Planned::of(item, &snapshot.outline))
                };
                gone_by(past, places, (from, to), today.date, is_in, planned)
            }
            None => Vec::new(),
        };
        points.push(now.sums.point(today.date));
        let coming = weeks::ends_after(today.date, to).map(|day| (day, now.planned_on(day))).collect();
        Trend { from, to, points, has_past: past.is_some(), coming, lateness: now.lateness.made() }
    }

    /// The last point: today.
    pub fn today(&self) -> Option<&Point> {
        self.points.last()
    }

    /// Every day with something to read, in order: the points, then what is planned.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        self.points.iter().map(|point| point.day).chain(self.coming.iter().map(|(day, _)| *day))
    }
}

/// The points of the weeks gone by.
fn gone_by(
    past: &Past,
    places: &[Option<Index>],
    (from, to): (Date, Date),
    today: Date,
    is_in: impl Fn(Option<Index>) -> bool,
    planned: impl Fn(Option<Index>, Planned) -> Planned,
) -> Vec<Point> {
    let weeks = past.weeks.partition_point(|end| *end < today);
    let weeks = past.weeks.get(..weeks).unwrap_or_default();
    // What comes in with a week and what goes out with it: a step costs the same however long it lasts.
    let (mut sums, mut gone) = (vec![Sums::default(); weeks.len()], vec![Sums::default(); weeks.len()]);
    for ((history, steps), place) in past.histories().zip(places).filter(|(_, place)| is_in(**place)) {
        for (step, end) in spells(steps, weeks.len()) {
            let Some(of) = sums.get_mut(usize::from(step.week)..end) else { continue };
            if let Some(first) = of.first_mut() {
                first.count(history.kind, step.standing);
            }
            if let Some(gone) = gone.get_mut(end) {
                gone.count(history.kind, step.standing);
            }
            if history.kind == Kind::Task && step.standing.stood != Stood::LeftOut {
                let planned = planned(*place, history.planned);
                let days = weeks.get(usize::from(step.week)..end).unwrap_or_default();
                for (sums, day) in of.iter_mut().zip(days) {
                    sums.plan(planned, *day, (from, to));
                }
            }
        }
    }
    let mut standing = Sums::default();
    let points = weeks.iter().zip(sums.into_iter().zip(gone)).map(|(day, (come, gone))| {
        standing.turn(come, gone);
        standing.point(*day)
    });
    points.collect()
}

/// Each step with the place of the week before which the next one begins.
fn spells(steps: &[Step], weeks: usize) -> impl Iterator<Item = (&Step, usize)> {
    let ends = steps.iter().skip(1).map(|step| usize::from(step.week)).chain(std::iter::once(weeks));
    steps.iter().zip(ends.map(move |end| end.min(weeks)))
}

/// How much of a task was to be carried out by the end of `day`.
fn share_on(planned: Planned, day: Date, (from, to): (Date, Date)) -> f64 {
    let due = planned.due.unwrap_or(to);
    if day >= due {
        return 1.0;
    }
    // Without a first day it is all to be done on the last one; without either, all along.
    let start = planned.start.unwrap_or(if planned.due.is_some() { due } else { from });
    if day < start {
        return 0.0;
    }
    f64::from(days_between(start, day) + 1) / f64::from(days_between(start, due) + 1)
}

/// What is summed up for a point.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    tasks: Counts,
    reports: Counts,
    progress: u64,
    due: u32,
    planned: f64,
}

impl Sums {
    fn count(&mut self, kind: Kind, standing: Standing) {
        let counts = match kind {
            Kind::Task => &mut self.tasks,
            Kind::Report => &mut self.reports,
            Kind::Milestone => return,
        };
        counts.assigned += u32::from(standing.stood != Stood::LeftOut);
        counts.done += u32::from(standing.stood == Stood::Done);
        counts.overdue += u32::from(standing.stood == Stood::Overdue);
        if kind == Kind::Task && standing.stood != Stood::LeftOut {
            self.progress += u64::from(standing.progress);
        }
    }

    /// Counts what comes in, and no more what goes out; what is planned is each week's own.
    fn turn(&mut self, come: Sums, gone: Sums) {
        self.tasks.turn(come.tasks, gone.tasks);
        self.reports.turn(come.reports, gone.reports);
        self.progress = (self.progress + come.progress).saturating_sub(gone.progress);
        (self.due, self.planned) = (come.due, come.planned);
    }

    fn plan(&mut self, planned: Planned, day: Date, span: (Date, Date)) {
        self.due += u32::from(planned.due.is_some_and(|due| due <= day));
        self.planned += share_on(planned, day, span);
    }

    fn point(self, day: Date) -> Point {
        let all = f64::from(self.tasks.assigned.max(1));
        let actual = self.progress as f64 / 100.0 / all;
        let (tasks, reports, due) = (self.tasks, self.reports, self.due);
        Point { day, tasks, reports, due, planned: self.planned / all, actual }
    }
}

/// How it stands today.
struct Now<'a> {
    snapshot: &'a Snapshot,
    span: (Date, Date),
    sums: Sums,
    planned: Vec<Planned>,
    lateness: Counting,
}

impl<'a> Now<'a> {
    fn new(snapshot: &'a Snapshot, span: (Date, Date)) -> Self {
        let (sums, planned, lateness) = (Sums::default(), Vec::new(), Counting::new(&snapshot.outline));
        Now { snapshot, span, sums, planned, lateness }
    }

    fn add(&mut self, item: &Item, today: Today) {
        let standing = Standing::of(item, today);
        self.sums.count(item.kind(), standing);
        if item.kind() == Kind::Task && standing.stood != Stood::LeftOut {
            let planned = Planned::of(item, &self.snapshot.outline);
            self.sums.plan(planned, today.date, self.span);
            self.planned.push(planned);
        }
        self.lateness.add(item, today);
    }

    fn planned_on(&self, day: Date) -> f64 {
        let sum: f64 = self.planned.iter().map(|planned| share_on(*planned, day, self.span)).sum();
        sum / f64::from(self.sums.tasks.assigned.max(1))
    }
}
