//! The figures by agency, in the order of the official statistics.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, ours},
    style::Style,
};
use crate::{
    domain::{status::Cell as Stand, summary::Figures},
    export::{
        HandOver, standing,
        tally::{Both, Tally},
    },
};

const COLUMNS: &[Column] = &[
    ours("export-column-agency", 30),
    ours("page-total", 9),
    ours("export-column-on-time", 9),
    ours("export-column-done-late", 9),
    ours("export-column-not-done", 9),
    ours("export-column-overdue", 9),
    ours("export-column-done-rate", 9),
    ours("page-total", 9),
    ours("export-column-on-time", 9),
    ours("export-column-done-late", 9),
    ours("export-column-not-sent", 9),
    ours("export-column-overdue", 9),
    ours("export-column-overdue-rate", 9),
];

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-summary", COLUMNS, over, style)?;
    let tally = Tally::of(over);
    // Columns alike are told apart by what stands above them.
    paper.band(1, 6, &over.words.get("export-column-tasks"))?;
    paper.band(7, 12, &over.words.get("export-column-reports"))?;
    for (index, both) in &tally.agencies {
        paper.row(figures(standing::agency(over, *index), both))?;
    }
    let all = over.words.get("export-total").into_owned();
    paper.row_in(figures(all, &tally.all), Some(&style.total))?;
    paper.late_where_any(&[5, 11])?;
    paper.end()
}

fn figures(name: String, both: &Both) -> Vec<Cell> {
    let count = |number: u32| if number == 0 { Cell::Nothing } else { Cell::Number(number.into()) };
    let rate = |rate: Option<f64>| rate.map_or(Cell::Nothing, Cell::Percent);
    let of = |figures: &Figures| {
        let on_time = figures.in_cell(Stand::OnTime) + figures.in_cell(Stand::DoneNoDeadline);
        vec![
            count(figures.assigned()),
            count(on_time),
            count(figures.in_cell(Stand::Late)),
            count(figures.open()),
            count(figures.overdue()),
        ]
    };
    let mut cells = vec![Cell::Text(name)];
    cells.extend(of(&both.tasks));
    cells.push(rate(both.tasks.done_rate()));
    cells.extend(of(&both.reports));
    cells.push(rate(both.reports.overdue_rate()));
    cells
}
