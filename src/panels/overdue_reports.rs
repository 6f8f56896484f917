//! Overdue reports: how late, whose, which, and what was done about it; below them what else the desk has to deal with
//! (*cần xử lý*): awaiting confirmation, returned, due today, promises broken, longer times asked for.

use std::cmp::Reverse;

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::Word,
    column::Column,
    columns::{ACTS, AGENCY, DAYS_LATE, TITLE, WORKING_DAYS_LATE},
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

const TABLE: Table = Table { rows, columns: &COLUMNS, empty: Word("empty-queue"), groups: &[] };

static COLUMNS: [Column; 5] = [DAYS_LATE, WORKING_DAYS_LATE, AGENCY, TITLE, Column { spare: 0, ..ACTS }];

/// Reports that are overdue, the latest first, then the rest of the desk's queue by due date.
fn rows(scene: &Scene<'_>) -> Vec<Row> {
    let is_overdue = |item: &Item| cell(item, scene.today) == Some(Cell::Overdue);
    let wanted = |item: &Item| {
        item.kind() == Kind::Report
            && (is_overdue(item) || needs_dealing_with(item, &scene.snapshot.outline, scene.today, scene.desk))
    };
    let mut rows: Vec<(Index, &Item)> = (0..).zip(&scene.snapshot.items).filter(|(_, item)| wanted(item)).collect();
    rows.sort_by_key(|(place, item)| {
        let late = days_late(item, scene.today).filter(|_| is_overdue(item));
        (Reverse(late), item.due, scene.lookup.agencies.rank(item.agency), *place)
    });
    rows.into_iter().map(|(place, _)| Row::Item(place)).collect()
}
