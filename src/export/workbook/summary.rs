//! The figures by agency, in the order of the official statistics.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, ours},
    style::Style,
};
use crate::{
    domain::{
        item::{Index, Kind},
        status::Cell as Stand,
        summary::Figures,
    },
    export::{HandOver, standing},
};

const COLUMNS: &[Column] = &[
    ours("export-column-agency", 30),
    ours("export-column-tasks", 9),
    ours("export-column-on-time", 9),
    ours("export-column-done-late", 9),
    ours("export-column-not-done", 9),
    ours("export-column-overdue", 9),
    ours("export-column-done-rate", 9),
    ours("export-column-reports", 9),
    ours("export-column-on-time", 9),
    ours("export-column-done-late", 9),
    ours("export-column-not-sent", 9),
    ours("export-column-overdue", 9),
    ours("export-column-overdue-rate", 9),
];

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-summary", COLUMNS, over, style)?;
    let agencies = (0..).zip(&over.snapshot.outline.agencies).map(|(index, _)| index);
    let mut total = (Figures::default(), Figures::default());
    let mut rows: Vec<(Index, Figures, Figures)> = Vec::new();
    let mut by_agency: Vec<(Figures, Figures)> = vec![Default::default(); over.snapshot.outline.agencies.len()];
    for item in &over.items {
        let Some((tasks, reports)) = by_agency.get_mut(item.agency as usize) else { continue };
        match item.kind() {
            Kind::Task => {
                tasks.add(item, over.today);
                total.0.add(item, over.today);
            }
            Kind::Report => {
                reports.add(item, over.today);
                total.1.add(item, over.today);
            }
            Kind::Milestone => {}
        }
    }
    rows.extend(agencies.zip(by_agency).map(|(index, (tasks, reports))| (index, tasks, reports)));
    rows.retain(|(_, tasks, reports)| tasks.assigned() + reports.assigned() > 0);
    for (index, tasks, reports) in rows {
        paper.row(figures(standing::agency(over, index), &tasks, &reports))?;
    }
    let all = over.words.get("export-total").into_owned();
    paper.row_in(figures(all, &total.0, &total.1), Some(&style.total))?;
    paper.end()
}

fn figures(name: String, tasks: &Figures, reports: &Figures) -> Vec<Cell> {
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
    cells.extend(of(tasks));
    cells.push(rate(tasks.done_rate()));
    cells.extend(of(reports));
    cells.push(rate(reports.overdue_rate()));
    cells
}
