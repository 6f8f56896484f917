//! Figures: how many items stand in each cell of the official partition, per agency, programme, duty and in all, and the
//! rates made of them.

use super::{
    item::{Index, Item, Kind, Subject},
    outline::Outline,
    snapshot::Snapshot,
    status::{Cell, Today, cell},
};

/// Counts over a set of items. Each counted item stands in one cell; cancelled and exempt ones are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    cells: [u32; Cell::ALL.len()],
    /// Cancelled and exempt items, in none of the other figures.
    pub left_out: u32,
    /// Items waiting for confirmation whose due date has passed.
    awaiting_past_due: u32,
}

impl Figures {
    /// The figures of these items on `today`.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>, today: Today) -> Self {
        let mut figures = Figures::default();
        for item in items {
            figures.add(item, today);
        }
        figures
    }

    /// Counts one more item.
    pub fn add(&mut self, item: &Item, today: Today) {
        self.count(Standing::of(item, today));
    }

    /// Counts one more item that stands so.
    pub(super) fn count(&mut self, standing: Standing) {
        let Some(cell) = standing.cell else {
            self.left_out += 1;
            return;
        };
        self.cells[cell as usize] += 1;
        self.awaiting_past_due += u32::from(cell == Cell::AwaitingConfirmation && standing.past_due);
    }

    /// Counts the items of `other` too.
    pub fn join(&mut self, other: &Figures) {
        self.cells.iter_mut().zip(other.cells).for_each(|(count, more)| *count += more);
        self.left_out += other.left_out;
        self.awaiting_past_due += other.awaiting_past_due;
    }

    /// How many stand in `cell`.
    pub fn in_cell(&self, cell: Cell) -> u32 {
        self.cells[cell as usize]
    }

    /// All that count.
    pub fn assigned(&self) -> u32 {
        self.cells.iter().sum()
    }

    /// Done, on time or late or without a deadline.
    pub fn done(&self) -> u32 {
        Cell::ALL.into_iter().filter(|cell| cell.is_done()).map(|cell| self.in_cell(cell)).sum()
    }

    /// Not done yet.
    pub fn open(&self) -> u32 {
        self.assigned() - self.done()
    }

    /// Open and past due.
    pub fn overdue(&self) -> u32 {
        self.in_cell(Cell::Overdue)
    }

    /// *Đến hạn*: done, overdue, or waiting for confirmation past the due date.
    pub fn reached(&self) -> u32 {
        self.done() + self.overdue() + self.awaiting_past_due
    }

    /// Done among assigned; `None` where nothing is assigned. Rates are shares from 0 to 1.
    pub fn done_rate(&self) -> Option<f64> {
        share(self.done(), self.assigned())
    }

    /// On time among what was done with a deadline or is overdue. Leaving the overdue out would flatter the late.
    pub fn on_time_rate(&self) -> Option<f64> {
        let on_time = self.in_cell(Cell::OnTime);
        share(on_time, on_time + self.in_cell(Cell::Late) + self.overdue())
    }

    /// Overdue among done and overdue, as the Government Office's reports count it.
    pub fn overdue_rate(&self) -> Option<f64> {
        share(self.overdue(), self.done() + self.overdue())
    }
}

/// The figures of a snapshot on a day, by everything a panel groups them by. Made in one pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// All tasks.
    pub tasks: Figures,
    /// All reports.
    pub reports: Figures,
    /// All milestones.
    pub milestones: Figures,
    /// Per agency, in the order of `Outline::agencies`.
    pub agencies: Vec<AgencyFigures>,
    /// The most tasks one agency leads.
    pub most_tasks: u32,
    /// Per programme, in the plan's order: tasks and reports.
    pub programmes: Vec<Figures>,
    /// Per duty, in the plan's order.
    pub duties: Vec<Figures>,
    /// Overdue tasks and reports by how late they are; see [`AGEING`].
    pub ageing: [u32; AGEING.len()],
}

/// An agency's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AgencyFigures {
    /// The tasks it leads.
    pub tasks: Figures,
    /// The reports it owes.
    pub reports: Figures,
    /// The next due date of an open task that is not past.
    pub next_due: Option<jiff::civil::Date>,
}

/// The most days late of each ageing bucket: 1–7, 8–30, 31–60, 61–120, more.
pub const AGEING: [i32; 5] = [7, 30, 60, 120, i32::MAX];

impl Summary {
    /// Counts everything once.
    pub fn of(snapshot: &Snapshot, today: Today) -> Self {
        Summary::over(&snapshot.outline, &snapshot.items, today)
    }

    /// The same of some of the items.
    pub fn over<'a>(outline: &Outline, items: impl IntoIterator<Item = &'a Item>, today: Today) -> Self {
        let mut summary = Summary {
            agencies: vec![AgencyFigures::default(); outline.agencies.len()],
            programmes: vec![Figures::default(); outline.plan.programmes.len()],
            duties: vec![Figures::default(); outline.plan.duties.len()],
            ..Summary::default()
        };
        for item in items {
            summary.add(item, today);
        }
        summary.most_tasks = summary.agencies.iter().map(|agency| agency.tasks.assigned()).max().unwrap_or(0);
        summary
    }

    /// The figures of all items of `kind`.
    pub fn of_kind(&self, kind: Kind) -> &Figures {
        match kind {
            Kind::Task => &self.tasks,
            Kind::Report => &self.reports,
            Kind::Milestone => &self.milestones,
        }
    }

    fn add(&mut self, item: &Item, today: Today) {
        let standing = Standing::of(item, today);
        if let Some(figures) = self.agencies.get_mut(item.agency as usize) {
            figures.add(item, standing, today);
        }
        match item.kind() {
            Kind::Task => self.tasks.count(standing),
            Kind::Report => self.reports.count(standing),
            Kind::Milestone => {
                self.milestones.count(standing);
                return;
            }
        }
        count_in(&mut self.programmes, item.programme, standing);
        if let Subject::Report { duty, .. } = item.subject {
            count_in(&mut self.duties, Some(duty), standing);
        }
        if standing.cell == Some(Cell::Overdue) {
            let days = days_late(item, today).unwrap_or_default();
            let bucket = AGEING.iter().position(|most| days <= *most).unwrap_or(AGEING.len() - 1);
            self.ageing[bucket] += 1;
        }
    }
}

impl AgencyFigures {
    fn add(&mut self, item: &Item, standing: Standing, today: Today) {
        match item.kind() {
            Kind::Task => self.tasks.count(standing),
            Kind::Report => {
                self.reports.count(standing);
                return;
            }
            Kind::Milestone => return,
        }
        let coming = item.due.filter(|due| item.state.base.is_open() && *due >= today.date);
        self.next_due = [self.next_due, coming].into_iter().flatten().min();
    }
}

/// How an item stands, found once and counted in several places.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    pub(super) cell: Option<Cell>,
    past_due: bool,
}

impl Standing {
    pub(super) fn of(item: &Item, today: Today) -> Self {
        Standing { cell: cell(item, today), past_due: item.due.is_some_and(|due| due < today.date) }
    }
}

/// Calendar days an item is or was late by: past its due date until it was handed in, else until today. `None` where it is
/// not late.
pub fn days_late(item: &Item, today: Today) -> Option<i32> {
    let (due, until) = late_span(item, today)?;
    Some(super::campaign::days_between(due, until))
}

/// The due date and the day up to which an item is or was late; for counting in working days.
pub fn late_span(item: &Item, today: Today) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let due = item.due.filter(|_| item.state.base.is_counted())?;
    let until = item.state.handed_in.unwrap_or(today.date);
    (until > due).then_some((due, until))
}

fn count_in(figures: &mut [Figures], index: Option<Index>, standing: Standing) {
    if let Some(figures) = index.and_then(|index| figures.get_mut(index as usize)) {
        figures.count(standing);
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}
