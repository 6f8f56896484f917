//! Campaigns over time: their rows, those that run first; beside each its bar, its countdown and how far it is prepared.

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::{Cell, Word},
    column::{Align, Column, DAY_WITH_YEAR, Width, fit_days},
    rows::Rows,
    scene::Scene,
    upcoming_campaigns::{COLUMNS as UPCOMING, campaign, index, rows},
    view::{Area, table_headings, table_rows},
};
use crate::domain::{campaign::Campaign, readiness::Readiness};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Timeline, title: Word("panel-timeline"), body: Body::Timeline(TABLE) };

const TABLE: Table = Table { rows: Rows::Listed(rows), columns: &COLUMNS, empty: Word("empty-campaigns"), groups: &[] };

/// The column over which the bars stand, of the table's. What it says in words is the dates.
pub const CHART: usize = 1;

static COLUMNS: [Column; 5] = [
    Column { width: Width::Share { least: 16, most: 48, weight: 1 }, ..UPCOMING[0] },
    Column { width: Width::Share { least: 24, most: 400, weight: 2 }, spare: 0, ..UPCOMING[1] },
    Column {
        id: "working-days-left",
        heading: Word("column-countdown"),
        width: Width::Fixed(13),
        align: Align::Left,
        spare: 0,
        cell: |scene, row| {
            let calendar = &scene.snapshot.outline.calendar;
            let countdown = campaign(scene, row).map(|campaign| campaign.countdown(scene.today.date, calendar));
            countdown.map_or(Cell::Empty, Cell::WorkingCountdown)
        },
        order: None,
    },
    Column {
        id: "readiness",
        heading: Word("column-readiness"),
        width: Width::Fixed(16),
        align: Align::Left,
        spare: 3,
        cell: |scene, row| readiness(scene, row).map_or(Cell::Empty, |readiness| Cell::Readiness(&readiness.all)),
        order: None,
    },
    Column { spare: 12, ..UPCOMING[3] },
];

/// Where the bars stand in the panel: beside the rows, under the heading of their column.
pub fn chart(panel: Area) -> Area {
    let (headings, rows) = (table_headings(panel), table_rows(panel));
    // None of its columns is a day.
    let fitted = fit_days(&COLUMNS, headings.width, DAY_WITH_YEAR);
    let place = fitted.iter().find(|place| place.column == CHART);
    place.map_or(Area { width: 0, ..rows }, |place| Area { x: headings.x + place.x, width: place.width, ..rows })
}

/// How far the campaign of a row is prepared.
pub fn readiness<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Readiness> {
    scene.readiness.get(index(row)? as usize)
}

/// The campaign that begins next, and its row.
pub fn next<'a>(scene: &Scene<'a>) -> Option<(Row, &'a Campaign)> {
    let campaigns = (0..).zip(&scene.snapshot.outline.plan.campaigns);
    let coming = campaigns.filter(|(_, campaign)| campaign.from > scene.today.date);
    let next = coming.min_by_key(|(_, campaign)| campaign.from);
    next.map(|(index, campaign)| (Row::Campaign(index), campaign))
}
