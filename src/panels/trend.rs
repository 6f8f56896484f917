//! Progress over time: what its charts show.

use super::{Body, Panel, PanelId, cell::Word};

/// What a chart is of; see `domain/trend.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Planned against actual completion of tasks.
    Completion,
    /// Overdue tasks and reports by week.
    Overdue,
    /// What is overdue by how late it is.
    Ageing,
    /// Reports on time by period.
    OnTime,
    /// The agencies late most often.
    LateAgencies,
}

/// Planned against actual completion.
pub static PANEL: Panel =
    Panel { id: PanelId::Trend, title: Word("panel-trend"), body: Body::Chart(Chart::Completion) };

/// Overdue by week.
pub static OVERDUE: Panel =
    Panel { id: PanelId::OverdueByWeek, title: Word("panel-overdue-by-week"), body: Body::Chart(Chart::Overdue) };

/// What is overdue by how late it is.
pub static AGEING: Panel = Panel { id: PanelId::Ageing, title: Word("panel-ageing"), body: Body::Chart(Chart::Ageing) };

/// Reports on time by period.
pub static ON_TIME: Panel =
    Panel { id: PanelId::OnTime, title: Word("panel-on-time"), body: Body::Chart(Chart::OnTime) };

/// The agencies late most often.
pub static LATE_AGENCIES: Panel =
    Panel { id: PanelId::LateAgencies, title: Word("panel-late-agencies"), body: Body::Chart(Chart::LateAgencies) };
