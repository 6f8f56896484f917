//! Every report owed in the plan, the overdue ones first.

use std::cmp::Reverse;

use super::{
    Body, Group, Panel, PanelId, Row, Table,
    cell::Word,
    column::Column,
    columns::{ACTS, AGENCY, DAYS_LATE, DUE, STATUS, TITLE, WORKING_DAYS_LATE},
    scene::Scene,
};
use crate::domain::{
    item::{Index, Item, Kind},
    status::{Cell, cell},
    summary::days_late,
};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Reports, title: Word("panel-reports"), body: Body::Table(TABLE) };

const TABLE: Table =
    Table { rows, columns: &COLUMNS, empty: Word("empty-reports"), groups: &[Group::Agency, Group::Programme] };

static COLUMNS: [Column; 7] = [STATUS, DAYS_LATE, WORKING_DAYS_LATE, AGENCY, TITLE, DUE, ACTS];

/// Every report: overdue ones, the latest first; then open ones by due date; then those received, the last due first.
fn rows(scene: &Scene<'_>) -> Vec<Row> {
    of_kind(scene, Kind::Report)
}

/// Every item of `kind` in the order of the triage queue.
pub(super) fn of_kind(scene: &Scene<'_>, kind: Kind) -> Vec<Row> {
    let key = |place: Index, item: &Item| {
        let cell = cell(item, scene.today);
        let class = match cell {
            Some(Cell::Overdue) => 0,
            Some(Cell::AwaitingConfirmation) => 1,
            Some(Cell::DueSoon | Cell::InTime | Cell::Paused) => 2,
            Some(Cell::NoDeadline) => 3,
            Some(Cell::OnTime | Cell::Late | Cell::DoneNoDeadline) => 4,
            None => 5,
        };
        let late = days_late(item, scene.today).filter(|_| class == 0);
        let done_last = item.due.filter(|_| class == 4).map(Reverse);
        (class, Reverse(late), done_last, item.due, scene.lookup.agencies.rank(item.agency), place)
    };
    let items = (0..).zip(&scene.snapshot.items).filter(|(_, item)| item.kind() == kind);
    let mut keyed: Vec<_> = items.map(|(place, item)| key(place, item)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|key| Row::Item(key.5)).collect()
}
