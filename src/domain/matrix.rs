//! [`Matrix`]: agencies against the report periods they owe for, or against the programmes they have tasks in: which items
//! stand in each cell, how the worst of them stands, and the figures of every row and column. Made in one pass over the
//! items; only what is there takes room.

mod column;
mod rank;

use super::{
    item::{Index, Item},
    snapshot::Snapshot,
    status::{Cell as StatusCell, Today},
    summary::{Figures, Standing, days_late},
};

use column::Slots;
pub use column::{Across, Column, ColumnKey};
pub use rank::Rank;

/// A row's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How its items stand.
    pub figures: Figures,
    /// Calendar days all of them are or were late by.
    pub days: u32,
    /// Has it anything at all, whatever the filter leaves?
    pub is_owing: bool,
}

/// The items of an agency in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// How the worst of them stands.
    pub worst: Rank,
    /// Their places among the snapshot's items; never empty.
    pub items: &'a [Index],
}

/// Agencies against periods or programmes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// What they are set against.
    pub across: Across,
    /// The columns that have an item: periods by due date, then duties without periods; programmes in the plan's order.
    pub columns: Vec<Column>,
    /// The figures of each column.
    pub feet: Vec<Figures>,
    /// By agency, in the order of `Outline::agencies`.
    pub rows: Vec<Row>,
    /// Everything together.
    pub total: Figures,
    /// The ranks that occur, a bit each.
    ranks: u16,
    /// Where the cells of each agency begin in `cells`, and the end.
    starts: Vec<u32>,
    /// By agency, then by column.
    cells: Vec<Span>,
    /// The items, by agency, then by column, then as they stand in the snapshot.
    places: Vec<Index>,
}

/// Some of `places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    column: u32,
    from: u32,
    to: u32,
    worst: Rank,
}

/// An item on its way into a cell.
#[derive(Clone, Copy)]
struct Found {
    agency: Index,
    column: u32,
    place: Index,
    rank: Rank,
}

impl Matrix {
    /// Lays out the items `admits` lets in. Reports that left with their event are none.
    pub fn of(snapshot: &Snapshot, today: Today, across: Across, admits: impl Fn(&Item) -> bool) -> Self {
        let slots = Slots::new(&snapshot.outline, across);
        let mut matrix =
            Matrix { across, rows: vec![Row::default(); snapshot.outline.agencies.len()], ..Matrix::default() };
        let mut feet = vec![Figures::default(); slots.columns.len()];
        let mut found = Vec::new();
        for (place, item) in (0..).zip(&snapshot.items) {
            let Some(column) = slots.of(item) else { continue };
            let Some((row, foot)) = matrix.rows.get_mut(item.agency as usize).zip(feet.get_mut(column as usize)) else {
                continue;
            };
            row.is_owing = true;
            if !admits(item) {
                continue;
            }
            let standing = Standing::of(item, today);
            for figures in [&mut row.figures, foot, &mut matrix.total] {
                figures.count(standing);
            }
            if matches!(standing.cell, Some(StatusCell::Overdue | StatusCell::Late)) {
                row.days += days_late(item, today).unwrap_or_default().unsigned_abs();
            }
            let rank = Rank::of(item.state.base, standing.cell);
            matrix.ranks |= 1 << rank as u16;
            found.push(Found { agency: item.agency, column, place, rank });
        }
        let is_empty = |figures: &Figures| figures.assigned() + figures.left_out == 0;
        let mut moved = vec![0; feet.len()];
        for (slot, foot) in feet.into_iter().enumerate().filter(|(_, foot)| !is_empty(foot)) {
            moved[slot] = u32::try_from(matrix.columns.len()).unwrap_or(u32::MAX);
            matrix.columns.push(slots.columns[slot]);
            matrix.feet.push(foot);
        }
        for one in &mut found {
            one.column = moved[one.column as usize];
        }
        matrix.fill(found);
        matrix
    }

    /// The figures of an agency; none where it has nothing, or nothing is left of it.
    pub fn row(&self, agency: Index) -> Option<&Row> {
        let row = self.rows.get(agency as usize)?;
        (row.figures.assigned() + row.figures.left_out > 0).then_some(row)
    }

    /// What stands in a cell; none where nothing is owed.
    pub fn cell(&self, agency: Index, column: usize) -> Option<Cell<'_>> {
        let (from, to) = (self.starts.get(agency as usize)?, self.starts.get(agency as usize + 1)?);
        let cells = self.cells.get(*from as usize..*to as usize)?;
        let found = cells.binary_search_by_key(&column, |span| span.column as usize).ok()?;
        let span = cells[found];
        Some(Cell { worst: span.worst, items: self.places.get(span.from as usize..span.to as usize)? })
    }

    /// Does any item stand so?
    pub fn has(&self, rank: Rank) -> bool {
        self.ranks & 1 << rank as u16 != 0
    }

    /// Puts the items into their cells: counted by agency, then each agency's few put in order.
    fn fill(&mut self, found: Vec<Found>) {
        let mut next = vec![0_u32; self.rows.len() + 1];
        for one in &found {
            next[one.agency as usize + 1] += 1;
        }
        for agency in 1..next.len() {
            next[agency] += next[agency - 1];
        }
        let ends = next.clone();
        let mut ordered = found.clone();
        for one in found {
            let at = &mut next[one.agency as usize];
            ordered[*at as usize] = one;
            *at += 1;
        }
        self.starts.push(0);
        for agency in 0..self.rows.len() {
            let own = &mut ordered[ends[agency] as usize..ends[agency + 1] as usize];
            own.sort_unstable_by_key(|one| (one.column, one.place));
            for cell in own.chunk_by(|one, other| one.column == other.column) {
                let from = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
                self.places.extend(cell.iter().map(|one| one.place));
                let to = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
                let worst = cell.iter().map(|one| one.rank).min().unwrap_or(Rank::LeftOut);
                self.cells.push(Span { column: cell[0].column, from, to, worst });
            }
            self.starts.push(u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
        }
    }
}
