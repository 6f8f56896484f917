//! [`Tally`]: the figures of what is handed over, in all and by agency, as `tiendo status` counts them.

use super::HandOver;
use crate::domain::{
    item::Index,
    summary::{Figures, Summary},
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
        let summary = Summary::over(&over.snapshot.outline, over.items.iter().copied(), over.today);
        let all = Both { tasks: summary.tasks, reports: summary.reports };
        let agencies = summary.agencies.iter().map(|of| Both { tasks: of.tasks, reports: of.reports });
        let mut agencies: Vec<(Index, Both)> = (0..).zip(agencies).collect();
        agencies.retain(|(_, both)| both.tasks.assigned() + both.reports.assigned() > 0);
        Tally { all, agencies }
    }
}
