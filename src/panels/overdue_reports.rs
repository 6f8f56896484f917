//! Overdue reports: how late, whose, which, and what was done about it; below them what else the desk has to deal with
//! (*cần xử lý*): awaiting confirmation, returned, due today, promises broken, longer times asked for.

use super::{
    Body, Panel, PanelId, Table,
    cell::Word,
    column::Column,
    columns::{ACTS, AGENCY, DAYS_LATE, NEXT_STEP, TITLE, WORKING_DAYS_LATE},
    order::{date, most_first, pair},
    rows::Rows,
    scene::Scene,
};
use crate::domain::{
    item::{Index, Item, Kind},
    queue::needs_dealing_with,
    status::{Cell, cell},
    summary::days_late,
};

/// The panel.
pub static PANEL: Panel =
    Panel { id: PanelId::OverdueReports, title: Word("panel-overdue-reports"), body: Body::Table(TABLE) };

const TABLE: Table = Table { rows: Rows::Items(row), columns: &COLUMNS, empty: Word("empty-queue"), groups: &[] };

static COLUMNS: [Column; 6] = [DAYS_LATE, WORKING_DAYS_LATE, AGENCY, TITLE, Column { spare: 0, ..ACTS }, NEXT_STEP];

/// Reports that are overdue, the latest first, then the rest of the desk's queue by due date, then by agency.
fn row(scene: &Scene<'_>, place: Index, item: &Item) -> Option<u128> {
    if item.kind() != Kind::Report {
        return None;
    }
    let is_overdue = cell(item, scene.today) == Some(Cell::Overdue);
    // What was put off leaves until its day, though it stays overdue: the count beside the title says so.
    let snoozed = scene.desk.me.as_ref().is_some_and(|me| item.state.is_snoozed_for(me, scene.today.date));
    let is_listed = is_overdue && !snoozed;
    if !is_listed && !needs_dealing_with(item, &scene.snapshot.outline, scene.today, scene.desk) {
        return None;
    }
    let late = days_late(item, scene.today).filter(|_| is_overdue).unwrap_or_default();
    let due = item.due.map_or(0, date);
    let rank = scene.lookup.agencies.rank(item.agency);
    Some(u128::from(most_first(late.unsigned_abs())) << 96 | u128::from(due) << 64 | u128::from(pair(rank, place)))
}
