//! Every task, the overdue ones first; groupable by agency or programme.

use super::{
    Body, Group, Panel, PanelId, Row, Table,
    cell::Word,
    column::Column,
    columns::{ACTS, AGENCY, DAYS_LATE, DUE, ID, PROGRAMME, PROGRESS, STATUS, TITLE, WORKING_DAYS_LATE},
    reports::of_kind,
    scene::Scene,
};
use crate::domain::item::Kind;

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Tasks, title: Word("panel-tasks"), body: Body::Table(TABLE) };

const TABLE: Table =
    Table { rows, columns: &COLUMNS, empty: Word("empty-tasks"), groups: &[Group::Agency, Group::Programme] };

static COLUMNS: [Column; 10] =
    [STATUS, ID, TITLE, AGENCY, PROGRESS, DUE, DAYS_LATE, WORKING_DAYS_LATE, PROGRAMME, ACTS];

fn rows(scene: &Scene<'_>) -> Vec<Row> {
    of_kind(scene, Kind::Task)
}
