//! [`StatusFact`]: the figures of a plan as `tiendo status` says them, in all and by agency.

use std::collections::BTreeMap;

use jiff::ZonedDateTime;
use schemars::JsonSchema;
use serde::Serialize;

use super::Seen;
use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::{
        id::{AgencyId, PlanId},
        item::{Item, Kind},
        status::{Base, Cell, Time, time},
        summary::{AGEING, Figures, Summary},
        text::Text,
    },
    words::Words,
};

/// How a plan stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct StatusFact {
    /// The instant, in the plan's zone.
    pub at: String,
    pub plan: PlanId,
    pub number: Option<Text>,
    pub title: String,
    /// Is it sample data?
    pub sample: bool,
    pub tasks: KindFact,
    pub reports: KindFact,
    /// Those with a task or a report, in the plan's order.
    pub agencies: Vec<AgencyFact>,
    /// Overdue tasks and reports by calendar days late.
    pub ageing: Vec<AgeFact>,
}

/// The figures of a kind of items. `total`, `states`, `times` and `cells` leave out what is cancelled or exempt.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct KindFact {
    pub total: u32,
    /// Due date reached: done, overdue, or waiting for confirmation past it.
    pub reached: u32,
    pub done: u32,
    pub open: u32,
    /// Cancelled and exempt ones.
    pub cancelled: u32,
    pub states: BTreeMap<&'static str, u32>,
    pub times: BTreeMap<&'static str, u32>,
    /// The official partition: these sum up to `total`.
    pub cells: BTreeMap<&'static str, u32>,
}

/// The figures of an agency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct AgencyFact {
    pub id: AgencyId,
    /// The whole name, in the language asked for.
    pub name: String,
    #[serde(skip)]
    label: String,
    pub tasks: CountsFact,
    pub reports: CountsFact,
}

/// Counts of an agency's tasks or reports.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct CountsFact {
    pub assigned: u32,
    pub reached: u32,
    pub done: u32,
    pub open: u32,
    pub cancelled: u32,
    /// The official partition: these sum up to `assigned`.
    pub cells: BTreeMap<&'static str, u32>,
}

/// Overdue items that are so many days late.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct AgeFact {
    pub from: i32,
    /// Null for the last one.
    pub to: Option<i32>,
    pub count: u32,
}

impl StatusFact {
    /// The figures of these items at an instant.
    pub(in crate::cli) fn of(seen: Seen<'_>, items: &[&Item], at: &ZonedDateTime, tag: &str) -> Self {
        let outline = &seen.snapshot.outline;
        let summary = Summary::over(outline, items.iter().copied(), seen.today);
        let plan = &outline.plan;
        let kind = |kind: Kind| {
            KindFact::of(summary.of_kind(kind), items.iter().copied().filter(|item| item.kind() == kind), seen)
        };
        let agencies = outline.agencies.iter().zip(&summary.agencies).map(|(agency, figures)| AgencyFact {
            id: agency.id.clone(),
            name: [agency.name.get(tag), agency.label(tag)]
                .into_iter()
                .find(|name| !name.is_empty())
                .unwrap_or_default()
                .to_owned(),
            label: agency.label(tag).to_owned(),
            tasks: CountsFact::of(&figures.tasks),
            reports: CountsFact::of(&figures.reports),
        });
        StatusFact {
            at: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            plan: plan.id.clone(),
            number: plan.number.clone(),
            title: plan.title.get(tag).to_owned(),
            sample: plan.sample,
            tasks: kind(Kind::Task),
            reports: kind(Kind::Report),
            agencies: agencies.filter(|agency| agency.tasks.any() || agency.reports.any()).collect(),
            ageing: ageing(&summary),
        }
    }

    /// The figures in all, a line for tasks and one for reports.
    pub(in crate::cli) fn lines(&self, words: &Words) -> Vec<String> {
        vec![self.tasks.line(words, "cli-status-tasks"), self.reports.line(words, "cli-status-reports")]
    }
}

impl KindFact {
    fn of<'a>(figures: &Figures, items: impl Iterator<Item = &'a Item>, seen: Seen<'_>) -> Self {
        let mut states: BTreeMap<&'static str, u32> =
            Base::ALL.into_iter().filter(|base| base.is_counted()).map(|base| (base.as_str(), 0)).collect();
        let mut times: BTreeMap<&'static str, u32> = Time::ALL.into_iter().map(|time| (time.as_str(), 0)).collect();
        for item in items.filter(|item| item.state.base.is_counted()) {
            *states.entry(item.state.base.as_str()).or_default() += 1;
            *times.entry(time(item, seen.today).as_str()).or_default() += 1;
        }
        KindFact {
            total: figures.assigned(),
            reached: figures.reached(),
            done: figures.done(),
            open: figures.open(),
            cancelled: figures.left_out,
            states,
            times,
            cells: cells(figures),
        }
    }

    /// The figures in the sentence of that id.
    pub(in crate::cli) fn line(&self, words: &Words, id: &str) -> String {
        words.with(
            id,
            &[
                ("total", self.total.into()),
                ("done", self.done.into()),
                ("late", cell(&self.cells, Cell::Late).into()),
                ("open", self.open.into()),
                ("overdue", self.overdue().into()),
            ],
        )
    }

    /// Open and past due.
    pub(in crate::cli) fn overdue(&self) -> u32 {
        cell(&self.cells, Cell::Overdue)
    }
}

impl CountsFact {
    fn of(figures: &Figures) -> Self {
        CountsFact {
            assigned: figures.assigned(),
            reached: figures.reached(),
            done: figures.done(),
            open: figures.open(),
            cancelled: figures.left_out,
            cells: cells(figures),
        }
    }

    fn any(&self) -> bool {
        self.assigned + self.cancelled > 0
    }

    fn share(&self) -> String {
        if self.assigned == 0 { String::new() } else { format!("{}/{}", self.done, self.assigned) }
    }

    fn in_cell(&self, words: &Words, wanted: Cell) -> String {
        super::count(words, cell(&self.cells, wanted))
    }
}

/// By the cells' words; the two without a deadline, done and open, in one.
fn cells(figures: &Figures) -> BTreeMap<&'static str, u32> {
    let mut cells = BTreeMap::new();
    for cell in Cell::ALL {
        *cells.entry(cell.as_str()).or_default() += figures.in_cell(cell);
    }
    cells
}

fn cell(cells: &BTreeMap<&'static str, u32>, wanted: Cell) -> u32 {
    cells.get(wanted.as_str()).copied().unwrap_or_default()
}

fn ageing(summary: &Summary) -> Vec<AgeFact> {
    let first = std::iter::once(1).chain(AGEING.into_iter().map(|most| most.saturating_add(1)));
    let buckets = first.zip(AGEING.into_iter().zip(summary.ageing));
    buckets.map(|(from, (most, count))| AgeFact { from, to: (most < i32::MAX).then_some(most), count }).collect()
}

impl Fact for AgencyFact {
    const KEY: &'static [&'static str] = &["id"];
    const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "tasks/assigned",
        "tasks/reached",
        "tasks/done",
        "tasks/open",
        "tasks/cancelled",
        "tasks/cells/on-time",
        "tasks/cells/late",
        "tasks/cells/in-time",
        "tasks/cells/due-soon",
        "tasks/cells/overdue",
        "tasks/cells/awaiting-confirmation",
        "tasks/cells/paused",
        "tasks/cells/no-deadline",
        "reports/assigned",
        "reports/reached",
        "reports/done",
        "reports/open",
        "reports/cancelled",
        "reports/cells/on-time",
        "reports/cells/late",
        "reports/cells/in-time",
        "reports/cells/due-soon",
        "reports/cells/overdue",
        "reports/cells/awaiting-confirmation",
        "reports/cells/paused",
        "reports/cells/no-deadline",
    ];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-agency", Align::Left, true, |agency, _| agency.label.clone()),
            column("cli-column-tasks-done", Align::Right, false, |agency, _| agency.tasks.share()),
            column("cli-column-tasks-late", Align::Right, false, |agency, words| {
                agency.tasks.in_cell(words, Cell::Late)
            }),
            column("cli-column-tasks-due-soon", Align::Right, false, |agency, words| {
                agency.tasks.in_cell(words, Cell::DueSoon)
            }),
            column("cli-column-tasks-overdue", Align::Right, false, |agency, words| {
                agency.tasks.in_cell(words, Cell::Overdue)
            }),
            column("cli-column-reports-in", Align::Right, false, |agency, _| agency.reports.share()),
            column("cli-column-reports-late", Align::Right, false, |agency, words| {
                agency.reports.in_cell(words, Cell::Late)
            }),
            column("cli-column-reports-due-soon", Align::Right, false, |agency, words| {
                agency.reports.in_cell(words, Cell::DueSoon)
            }),
            column("cli-column-reports-overdue", Align::Right, false, |agency, words| {
                agency.reports.in_cell(words, Cell::Overdue)
            }),
        ]
    }
}
