//! Where an item that the plan itself foresees stands among them all, told by its id: nothing is kept for each item.

use super::{expect::ReportPeriod, id::ItemName, item::Index, outline::Outline, plan::Plan};

/// Where the items of each list begin among those the plan foresees: tasks, reports, milestones.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// By period, those the plan lays out.
    reports: Vec<Index>,
    /// By campaign.
    milestones: Vec<Index>,
}

impl Places {
    pub(super) fn new(plan: &Plan, periods: &[ReportPeriod], owing: &[Vec<Index>]) -> Self {
        let mut next = length(plan.tasks.len());
        let mut first = |count| {
            let first = next;
            next = first.saturating_add(length(count));
            first
        };
        let owed = |period: &ReportPeriod| owing.get(period.duty as usize).map_or(0, Vec::len);
        Places {
            reports: periods.iter().map(|period| first(owed(period))).collect(),
            milestones: plan.campaigns.iter().map(|campaign| first(campaign.milestones.len())).collect(),
        }
    }
}

impl Outline {
    /// The place of the item of that name in what [`expected`](Outline::expected) gives; `None` where it is not among them.
    pub fn place(&self, name: ItemName<'_>) -> Option<Index> {
        match name {
            ItemName::Task(task) => self.task(task),
            ItemName::Report { duty, period, agency } => {
                let duty = self.duty(duty)?;
                let first = self.places.reports.get(self.period(duty, period)? as usize)?;
                let among = self.owing(duty).binary_search(&self.agency(agency)?).ok()?;
                Some(first + length(among))
            }
            ItemName::Milestone { campaign, milestone } => {
                let campaign = self.campaign(campaign)? as usize;
                let milestones = &self.plan.campaigns.get(campaign)?.milestones;
                let among = milestones.iter().position(|one| one.id.as_str() == milestone)?;
                Some(self.places.milestones.get(campaign)? + length(among))
            }
            ItemName::Campaign(_) | ItemName::Duty(_) | ItemName::Plan(_) => None,
        }
    }
}

fn length(count: usize) -> Index {
    Index::try_from(count).unwrap_or(Index::MAX)
}
