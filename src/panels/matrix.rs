//! Agencies by report periods, or by programmes: those late again and again first. What stands in the cells is
//! `domain::matrix`, where its parts stand on the screen `grid.rs`.

use std::cmp::Reverse;

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::{Cell, Word},
    column::{Align, Column, Width},
    detail::Line,
    order::{LAST, most_first, pair},
    rows::Rows,
    scene::Scene,
};
use crate::domain::{
    item::{Index, Item, Subject},
    matrix::{self, Matrix},
    status::Cell as Standing,
    summary::{Figures, days_late},
    title::Title,
};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Matrix, title: Word("panel-matrix"), body: Body::Matrix(TABLE) };

const TABLE: Table = Table { rows: Rows::Listed(rows), columns: &COLUMNS, empty: Word("matrix-empty"), groups: &[] };

/// The matrix as it is looked at; columns by their places in it.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// What stands in its cells.
    pub matrix: &'a Matrix,
    /// The column the cursor is in.
    pub column: usize,
    /// The first column on the screen.
    pub offset: usize,
    /// The column agencies are sorted by, where they are.
    pub by: Option<usize>,
}

/// What is counted of a row or a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// All that count.
    Owed,
    /// Done on time.
    OnTime,
    /// Done, but late.
    Late,
    /// Open and past due.
    Overdue,
    /// On time among what was done with a deadline or is overdue.
    Rate,
}

impl Measure {
    /// All of them, in their order.
    pub const ALL: [Measure; 5] = [Measure::Owed, Measure::OnTime, Measure::Late, Measure::Overdue, Measure::Rate];

    /// Its column of the table.
    pub fn column(self) -> usize {
        self as usize + 1
    }

    /// Cells it takes.
    pub fn width(self) -> u16 {
        match self {
            Measure::Owed | Measure::OnTime | Measure::Late | Measure::Overdue => 5,
            Measure::Rate => 6,
        }
    }

    /// What it says of these figures.
    pub fn of(self, figures: &Figures) -> Cell<'static> {
        match self {
            Measure::Owed => Cell::Count(figures.assigned()),
            Measure::OnTime => Cell::Count(figures.in_cell(Standing::OnTime)),
            Measure::Late => Cell::Count(figures.in_cell(Standing::Late)),
            Measure::Overdue => Cell::LateCount(figures.overdue()),
            Measure::Rate => figures.on_time_rate().map_or(Cell::Empty, Cell::Rate),
        }
    }
}

/// The table's column of agencies' names.
pub const NAME: usize = 0;
/// The table's column that stands for the one the cursor was in when it was chosen.
pub const CHOSEN: usize = 6;

pub(super) static COLUMNS: [Column; 7] = [
    Column {
        cell: |scene, row| agency(row).and_then(|index| scene.agency(index)).map_or(Cell::Empty, Cell::Agency),
        order: Some(|scene, row| agency(row).map_or(LAST, |index| scene.lookup.agencies.rank(index).into())),
        ..column("agency", "column-agency")
    },
    Column {
        cell: |scene, row| measured(scene, row, Measure::Owed),
        order: Some(|scene, row| most(scene, row, |of| of.assigned())),
        ..column("owed", "matrix-all")
    },
    Column {
        cell: |scene, row| measured(scene, row, Measure::OnTime),
        order: Some(|scene, row| most(scene, row, |of| of.in_cell(Standing::OnTime))),
        ..column("on-time", "matrix-on-time")
    },
    Column {
        cell: |scene, row| measured(scene, row, Measure::Late),
        order: Some(|scene, row| most(scene, row, |of| of.in_cell(Standing::Late))),
        ..column("late", "matrix-was-late")
    },
    Column {
        cell: |scene, row| measured(scene, row, Measure::Overdue),
        order: Some(|scene, row| most(scene, row, |of| of.overdue())),
        ..column("overdue", "cell-overdue")
    },
    Column {
        cell: |scene, row| measured(scene, row, Measure::Rate),
        // Rates are not negative: their bits are in their order.
        order: Some(|scene, row| figures(scene, row).and_then(Figures::on_time_rate).map_or(LAST, f64::to_bits)),
        ..column("on-time-rate", "matrix-rate")
    },
    Column { order: Some(chosen), ..column("chosen", "matrix-chosen") },
];

const fn column(id: &'static str, heading: &'static str) -> Column {
    let (width, align) = (Width::Fixed(6), Align::Right);
    Column { id, heading: Word(heading), width, align, spare: 0, cell: |_, _| Cell::Empty, order: None }
}

/// Agencies that have anything in it: those with the most overdue first, then those most often late, then by days.
fn rows(scene: &Scene<'_>) -> Vec<Row> {
    let Some(grid) = scene.matrix else { return Vec::new() };
    let owing = (0..).zip(&grid.matrix.rows).filter(|(_, row)| row.is_owing);
    let mut agencies: Vec<(Index, &matrix::Row)> = owing.collect();
    agencies.sort_by_key(|(index, row)| {
        let (overdue, late) = (row.figures.overdue(), row.figures.in_cell(Standing::Late));
        (Reverse(overdue), Reverse(late), Reverse(row.days), scene.lookup.agencies.rank(*index))
    });
    agencies.into_iter().map(|(index, _)| Row::Agency(index)).collect()
}

fn agency(row: Row) -> Option<Index> {
    match row {
        Row::Agency(index) => Some(index),
        Row::Item(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => None,
    }
}

fn figures<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Figures> {
    scene.matrix?.matrix.row(agency(row)?).map(|row| &row.figures)
}

fn measured(scene: &Scene<'_>, row: Row, measure: Measure) -> Cell<'static> {
    figures(scene, row).map_or(Cell::Empty, |figures| measure.of(figures))
}

fn most(scene: &Scene<'_>, row: Row, of: fn(&Figures) -> u32) -> u64 {
    figures(scene, row).map_or(LAST, |figures| most_first(of(figures)))
}

/// By how the cell in the chosen column stands, the worst first, then by days late.
fn chosen(scene: &Scene<'_>, row: Row) -> u64 {
    let cell = scene.matrix.zip(agency(row)).and_then(|(grid, agency)| grid.matrix.cell(agency, grid.by?));
    cell.map_or(LAST, |cell| {
        let late = |place: &Index| scene.item(*place).and_then(|item| days_late(item, scene.today)).unwrap_or(0);
        let days = cell.items.iter().map(late).max().unwrap_or(0);
        pair(cell.worst as u32, u32::MAX - days.unsigned_abs())
    })
}

/// The items of the cell of `agency` under the cursor.
pub fn items<'a>(scene: &Scene<'a>, agency: Index) -> &'a [Index] {
    let cell = scene.matrix.and_then(|grid| grid.matrix.cell(agency, grid.column));
    cell.map_or(&[], |cell| cell.items)
}

/// The lines of the detail about a cell without an item, or with several.
pub fn lines<'a>(scene: &Scene<'a>, agency: Index, is_filtered: bool) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    lines.extend(scene.agency(agency).map(|agency| Line::Title(Cell::Title(&agency.name))));
    let column = scene.matrix.and_then(|grid| grid.matrix.columns.get(grid.column).copied());
    lines.extend(column.map(|column| Line::Title(title(scene, column))));
    let items = items(scene, agency);
    if items.is_empty() {
        lines.push(Line::Section(match column {
            _ if is_filtered => Word("matrix-nothing-left"),
            Some(matrix::Column::Programme(_)) => Word("matrix-no-task"),
            Some(matrix::Column::Duty(_)) => Word("matrix-no-case"),
            Some(matrix::Column::Period(_)) | None => Word("matrix-not-owed"),
        }));
        return lines;
    }
    lines.push(Line::Section(Word("matrix-items")));
    lines.extend(items.iter().filter_map(|place| scene.item(*place)).map(|item| Line::Of(name(scene, item), item)));
    lines
}

/// A column's whole name.
pub fn title<'a>(scene: &Scene<'a>, column: matrix::Column) -> Cell<'a> {
    let outline = &scene.snapshot.outline;
    let duty = |index: Index| outline.plan.duties.get(index as usize).map(|duty| &duty.title);
    let title: Option<Cell<'a>> = match column {
        matrix::Column::Period(index) => {
            outline.periods.get(index as usize).and_then(|period| Some(Cell::Report(duty(period.duty)?, period)))
        }
        matrix::Column::Duty(index) => duty(index).map(Cell::Title),
        matrix::Column::Programme(Some(index)) => {
            outline.plan.programmes.get(index as usize).map(|programme| Cell::Title(&programme.title))
        }
        matrix::Column::Programme(None) => Some(Cell::Word(Word("group-other"))),
    };
    title.unwrap_or(Cell::Empty)
}

/// What tells an item from the others of its cell.
fn name<'a>(scene: &Scene<'a>, item: &'a Item) -> Cell<'a> {
    let outline = &scene.snapshot.outline;
    match item.subject {
        Subject::Task(task) => titled(outline.plan.tasks.get(task as usize).map(|task| &task.title)),
        Subject::Milestone { .. } => Cell::Empty,
        Subject::Report { period, .. } => {
            let period = outline.periods.get(period as usize);
            // What is owed after a task is called by the task.
            let task = period.and_then(|period| outline.plan.tasks.get(outline.task(&period.id)? as usize));
            task.map_or_else(|| period.map_or(Cell::Empty, Cell::Period), |task| titled(Some(&task.title)))
        }
    }
}

fn titled(title: Option<&Title>) -> Cell<'_> {
    title.map_or(Cell::Empty, Cell::Title)
}
