//! [`Pictures`]: what can be changed of the views that are looked at rather than read.

use super::{matrix::Matrix, timeline::Timeline, trend::Trend};

/// Each of them.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Campaigns over time.
    pub timeline: Timeline,
    /// Agencies by periods or programmes.
    pub matrix: Matrix,
    /// Progress over time.
    pub trend: Trend,
}

impl Pictures {
    /// What is counted for them has to be counted anew.
    pub(super) fn outdated(&mut self) {
        self.timeline.outdated();
        self.matrix.outdated();
        self.trend.outdated();
    }
}
