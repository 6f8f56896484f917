//! Agencies by report periods, or by programmes.

use super::{Body, Panel, PanelId, Table, cell::Word, rows::Rows, tasks_by_agency};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Matrix, title: Word("panel-matrix"), body: Body::Matrix(TABLE) };

const TABLE: Table = Table {
    rows: Rows::Listed(tasks_by_agency::rows),
    columns: &tasks_by_agency::COLUMNS,
    empty: Word("empty-tasks"),
    groups: &[],
};
