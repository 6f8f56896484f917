//! [`Tally`]: the figures of what is handed over, in all and by agency, as `tiendo status` counts them.

use super::HandOver;
use crate::domain::{
    item::{Index, Kind},
    summary::Figures,
};

/// Tasks and reports of an agency, or of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Both {
    pub(super) tasks: Figures,
    pub(super) reports: Figures,
}

/// All the figures.
pub(super) struct Tally {
    pub(super) all: Both,
    /// Of the agencies that have anything, in the plan's order.
    pub(super) agencies: Vec<(Index, Both)>,
}

impl Tally {
    /// Counts everything once.
    pub(super) fn of(over: &HandOver<'_>) -> Self {
        let mut all = Both::default();
        let mut agencies = vec![Both::default(); over.snapshot.outline.agencies.len()];
        for item in &over.items {
            let Some(agency) = agencies.get_mut(item.agency as usize) else { continue };
            for both in [&mut all, agency] {
                match item.kind() {
                    Kind::Task => both.tasks.add(item, over.today),
                    Kind::Report => both.reports.add(item, over.today),
                    Kind::Milestone => {}
                }
            }
        }
        let mut agencies: Vec<(Index, Both)> = (0..).zip(agencies).collect();
        agencies.retain(|(_, both)| both.tasks.assigned() + both.reports.assigned() > 0);
        Tally { all, agencies }
    }
}
