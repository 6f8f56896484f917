//! [`Glance`]: how a plan stands that is not on the screen, in a line.

use jiff::Timestamp;

use super::{id::PlanId, snapshot::Snapshot, status::Today, summary::Summary, text::Text, title::Title};

/// Which plan of which source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanAt {
    /// The source's name in the config; none for the ledger of this machine where the config names none.
    pub source: Option<Text>,
    /// Which of its plans.
    pub plan: PlanId,
}

/// How a plan stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Which plan of its source.
    pub plan: PlanId,
    /// Its number, `95/KH-UBND`.
    pub number: Option<Text>,
    /// Its name.
    pub title: Title,
    /// Overdue reports.
    pub reports_overdue: u32,
    /// Overdue tasks.
    pub tasks_overdue: u32,
    /// When its source last said so, where that is what is remembered.
    pub remembered: Option<Timestamp>,
}

impl Glance {
    /// How `snapshot` stands `today`.
    pub fn of(snapshot: &Snapshot, today: Today, remembered: Option<Timestamp>) -> Self {
        let (plan, summary) = (&snapshot.outline.plan, Summary::of(snapshot, today));
        Glance {
            plan: plan.id.clone(),
            number: plan.number.clone(),
            title: plan.title.clone(),
            reports_overdue: summary.reports.overdue(),
            tasks_overdue: summary.tasks.overdue(),
            remembered,
        }
    }
}
