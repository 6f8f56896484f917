//! Tasks by agency: a bar per agency in the official classes, done of assigned, late, the next due date.

use std::cmp::Reverse;

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::{Cell, Word},
    column::{Align, Column, Width},
    order::{LAST, date, most_first},
    rows::Rows,
    scene::Scene,
};
use crate::domain::{item::Index, status::Cell as StatusCell, summary::AgencyFigures};

/// The panel.
pub static PANEL: Panel =
    Panel { id: PanelId::TasksByAgency, title: Word("panel-tasks-by-agency"), body: Body::Table(TABLE) };

const TABLE: Table = Table { rows: Rows::Listed(rows), columns: &COLUMNS, empty: Word("empty-tasks"), groups: &[] };

static COLUMNS: [Column; 6] = [
    Column {
        id: "agency",
        heading: Word("column-agency"),
        width: Width::Share { least: 11, most: 16, weight: 1 },
        align: Align::Left,
        spare: 0,
        cell: |scene, row| agency(row).and_then(|index| scene.agency(index)).map_or(Cell::Empty, Cell::Agency),
        order: Some(|scene, row| agency(row).map_or(LAST, |index| scene.lookup.agencies.rank(index).into())),
    },
    Column {
        id: "progress",
        heading: Word("column-progress"),
        width: Width::Share { least: 8, most: 40, weight: 3 },
        align: Align::Left,
        spare: 1,
        cell: |scene, row| figures(scene, row).map_or(Cell::Empty, |figures| Cell::Bar(&figures.tasks)),
        // Rates are not negative: their bits are in their order.
        order: Some(|scene, row| figures(scene, row).and_then(|of| of.tasks.done_rate()).map_or(LAST, f64::to_bits)),
    },
    Column {
        id: "done",
        heading: Word("column-done"),
        width: Width::Fixed(5),
        align: Align::Right,
        spare: 0,
        cell: |scene, row| {
            let figures = figures(scene, row).map(|figures| (figures.tasks.done(), figures.tasks.assigned()));
            figures.map_or(Cell::Empty, |(done, assigned)| Cell::Fraction(done, assigned))
        },
        order: Some(|scene, row| most_first(figures(scene, row).map_or(0, |of| of.tasks.assigned()))),
    },
    Column {
        id: "late",
        heading: Word("column-late"),
        width: Width::Fixed(4),
        align: Align::Right,
        spare: 0,
        cell: |scene, row| Cell::LateCount(late(scene, row)),
        order: Some(|scene, row| most_first(late(scene, row))),
    },
    Column {
        id: "next-due",
        heading: Word("column-next-due"),
        width: Width::Fixed(7),
        align: Align::Right,
        spare: 1,
        cell: |scene, row| figures(scene, row).and_then(|figures| figures.next_due).map_or(Cell::Empty, Cell::Date),
        order: Some(|scene, row| figures(scene, row).and_then(|of| of.next_due).map_or(LAST, date)),
    },
    Column {
        id: "late-reports",
        heading: Word("column-late-reports"),
        width: Width::Fixed(6),
        align: Align::Right,
        spare: 3,
        cell: |scene, row| {
            Cell::LateCount(figures(scene, row).map_or(0, |figures| figures.reports.in_cell(StatusCell::Overdue)))
        },
        order: Some(|scene, row| figures(scene, row).map_or(LAST, |of| most_first(of.reports.overdue()))),
    },
];

/// Agencies that lead a task, those with the most late ones first, then the most open ones.
fn rows(scene: &Scene<'_>) -> Vec<Row> {
    let mut agencies: Vec<(Index, &AgencyFigures)> =
        (0..).zip(&scene.summary.agencies).filter(|(_, figures)| figures.tasks.assigned() > 0).collect();
    agencies.sort_by_key(|(index, figures)| {
        (Reverse(figures.tasks.overdue()), Reverse(figures.tasks.open()), scene.lookup.agencies.rank(*index))
    });
    agencies.into_iter().map(|(index, _)| Row::Agency(index)).collect()
}

fn agency(row: Row) -> Option<Index> {
    match row {
        Row::Agency(index) => Some(index),
        Row::Item(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => None,
    }
}

fn figures<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a AgencyFigures> {
    scene.summary.agencies.get(agency(row)? as usize)
}

fn late(scene: &Scene<'_>, row: Row) -> u32 {
    figures(scene, row).map_or(0, |figures| figures.tasks.overdue())
}
