//! Every report owed in the plan, the overdue ones first.

use super::{
    Body, Group, Panel, PanelId, Table,
    cell::Word,
    column::Column,
    columns::{ACTS, AGENCY, DAYS_LATE, DUE, NEXT_STEP, STATUS, TITLE, WORKING_DAYS_LATE},
    order::date,
    rows::Rows,
    scene::Scene,
};
use crate::domain::{
    item::{Index, Item, Kind},
    status::{Cell, cell},
};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Reports, title: Word("panel-reports"), body: Body::Table(TABLE) };

const TABLE: Table = Table {
    rows: Rows::Items(row),
    columns: &COLUMNS,
    empty: Word("empty-reports"),
    groups: &[Group::Agency, Group::Programme],
};

static COLUMNS: [Column; 8] = [STATUS, DAYS_LATE, WORKING_DAYS_LATE, AGENCY, TITLE, DUE, ACTS, NEXT_STEP];

/// Every report: overdue ones, the latest first; then open ones by due date; then those received, the last due first.
fn row(scene: &Scene<'_>, place: Index, item: &Item) -> Option<u128> {
    (item.kind() == Kind::Report && !item.is_called_off()).then(|| key(scene, place, item))
}

/// The order of the triage queue: class, then the latest or the earliest due, then the agency, then the place; as one number, for speed with many items.
pub(super) fn key(scene: &Scene<'_>, place: Index, item: &Item) -> u128 {
    let cell = cell(item, scene.today);
    let due = item.due.map_or(u64::from(u32::MAX), date);
    let (class, within) = match cell {
        // The earliest due is the latest.
        Some(Cell::Overdue) => (0, due),
        Some(Cell::AwaitingConfirmation) => (1, due),
        Some(Cell::DueSoon | Cell::InTime | Cell::Paused) => (2, due),
        Some(Cell::NoDeadline) => (3, due),
        Some(Cell::OnTime | Cell::Late | Cell::DoneNoDeadline) => (4, u64::from(u32::MAX) - due),
        None => (5, due),
    };
    let rank = scene.lookup.agencies.rank(item.agency);
    class << 96 | u128::from(within) << 64 | u128::from(rank) << 32 | u128::from(place)
}
