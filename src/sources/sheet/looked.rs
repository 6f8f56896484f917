//! [`Looked`]: a workbook that was read, with what it shows beside the plan.

use std::collections::BTreeMap;

use crate::domain::{id::ItemId, text::Text};

use super::{
    head,
    lines::{Line, Reported},
    mapping::{Field, SheetKind},
    reading::Reading,
    stamp::Stamp,
    table::Table,
};

/// A workbook, and what else it shows than the plan.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What was understood of it.
    pub reading: Reading,
    /// Where each record stands, by what it is: `task:N14`, `agency:nv`.
    pub lines: BTreeMap<Text, Line>,
    /// The reports of sheets with one a row, by the id their row says, else by that in the plan.
    pub reports: BTreeMap<ItemId, Reported>,
    /// Its title is said in it, or by the mapping; else it is that of its file.
    pub titled: bool,
    /// Where this program wrote it: what it is of.
    pub stamp: Option<Stamp>,
    /// The sheets that were read, as what.
    pub tables: Vec<Seen>,
}

/// A sheet as it was understood.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its name.
    pub sheet: Text,
    /// The first line above its table.
    pub first: Option<Text>,
    /// What its rows are.
    pub kind: SheetKind,
    /// How many it has.
    pub rows: usize,
    /// Its columns in their order: what each says, and its heading.
    pub columns: Vec<(Field, Text)>,
}

impl Seen {
    pub(super) fn of(table: &Table<'_>) -> Self {
        let mut columns: Vec<(Field, u32)> = table.columns.iter().map(|(field, column)| (*field, *column)).collect();
        columns.sort_by_key(|(_, column)| *column);
        let columns = columns.into_iter().map(|(field, column)| (field, table.called(column))).collect();
        let first = head::lines(table).into_iter().next();
        Seen { sheet: table.sheet.name.clone(), first, kind: table.kind, rows: table.rows().len(), columns }
    }
}
