//! Every task, the overdue ones first; groupable by agency or programme. Where one looks at a campaign, all that belongs to
//! it.

use super::{
    Body, Group, Panel, PanelId, Table,
    cell::Word,
    column::{Column, Width},
    columns::{ACTS, AGENCY, DAYS_LATE, DUE, ID, NEXT_STEP, PROGRAMME, PROGRESS, STATUS, TITLE, WORKING_DAYS_LATE},
    reports::key,
    rows::Rows,
    scene::Scene,
};
use crate::domain::item::{Index, Item, Kind};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Tasks, title: Word("panel-tasks"), body: Body::Table(TABLE) };

const TABLE: Table = Table {
    rows: Rows::Items(row),
    columns: &COLUMNS,
    empty: Word("empty-tasks"),
    groups: &[Group::Agency, Group::Programme],
};

/// The rows where one looks at what belongs to a campaign: its milestones and reports as well.
pub const OF_CAMPAIGN: Rows = Rows::Items(|scene, place, item| Some(key(scene, place, item)));

static COLUMNS: [Column; 11] = [
    STATUS,
    ID,
    TITLE,
    AGENCY,
    PROGRESS,
    DUE,
    DAYS_LATE,
    WORKING_DAYS_LATE,
    PROGRAMME,
    // Less is done about tasks than about reports, and their titles are long.
    Column { width: Width::Share { least: 14, most: 30, weight: 2 }, ..ACTS },
    Column { spare: 9, ..NEXT_STEP },
];

fn row(scene: &Scene<'_>, place: Index, item: &Item) -> Option<u128> {
    (item.kind() == Kind::Task).then(|| key(scene, place, item))
}
