//! [`Line`]: where a record of a workbook stands and what its row says cell by cell, for whoever compares two copies of one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::{id::ItemId, text::Text};

use super::{
    draft::Draft,
    grid::Value,
    mapping::Field,
    names::NAMES,
    reading::{Told, Unread},
    table::Table,
};

/// A row, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The sheet, or the file where it has none.
    pub sheet: Text,
    /// The row as the spreadsheet counts it, from 1.
    pub row: u32,
    /// What stands in it, by what it says; a day as a date, however it was typed.
    pub cells: BTreeMap<Field, Text>,
    /// Headings, where there is a column.
    pub headings: BTreeMap<Field, Text>,
    /// What the program had worked out, by heading.
    pub worked_out: BTreeMap<Text, Text>,
    /// Of these it cannot be told what they say.
    pub unclear: BTreeSet<Field>,
}

/// A report of a sheet with one a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The item it is in the plan that was read: another one than its row says where two sheets have reports of one name.
    pub laid: ItemId,
    /// Its name.
    pub title: Text,
    /// Its last on-time day, as written.
    pub due: Option<Date>,
    /// The wording of that, where it is more than a day.
    pub due_text: Option<Text>,
    /// What is said of it.
    pub told: Told,
}

impl Line {
    /// What stands there; nothing where the cell is empty.
    pub fn cell(&self, field: Field) -> &str {
        self.cells.get(&field).map_or("", Text::as_str)
    }

    /// Something is to be said of a cell, or of the row where no such column is there.
    pub fn unread(&self, field: Option<Field>, why: crate::domain::sentence::Sentence) -> Unread {
        let column = field.and_then(|field| self.headings.get(&field).cloned());
        let value = field.and_then(|field| self.cells.get(&field).cloned()).unwrap_or_default();
        Unread { sheet: self.sheet.clone(), row: self.row, column, value, why }
    }
}

impl Draft {
    /// Remembers where `record` (`task:N02`, `agency:nv`) stands; of two rows the first.
    pub(super) fn line(&mut self, table: &Table<'_>, row: u32, record: &str) {
        let record = Text::new(record);
        if self.lines.contains_key(&record) {
            return;
        }
        let (mut cells, mut headings) = (BTreeMap::new(), BTreeMap::new());
        for (field, column) in &table.columns {
            headings.insert(*field, table.called(*column));
            if let Some(value) = table.sheet.get(row, *column) {
                cells.insert(*field, self.as_meant(*field, value));
            }
        }
        let ours = table.labels.iter().filter(|(_, label)| {
            NAMES.fields(label, table.kind).first().is_some_and(|(field, _)| *field == Field::Ours)
        });
        let worked_out = ours.map(|(column, label)| {
            (Text::new(label), table.sheet.get(row, *column).map(Value::text).unwrap_or_default())
        });
        let worked_out = worked_out.collect();
        let unclear = self.unclear_in(table, row);
        let line = Line { sheet: table.sheet.name.clone(), row, cells, headings, worked_out, unclear };
        self.lines.insert(record, line);
    }

    /// The fields of a row of which it cannot be told what they say.
    pub(super) fn unclear_in(&self, table: &Table<'_>, row: u32) -> BTreeSet<Field> {
        let columns = self.unclear.get(&(table.sheet.name.clone(), row));
        let is = |(_, column): &(&Field, &u32)| columns.is_some_and(|columns| columns.contains(column));
        table.columns.iter().filter(is).map(|(field, _)| *field).collect()
    }

    /// A cell in the form in which it is compared.
    fn as_meant(&self, field: Field, value: &Value) -> Text {
        let is_day = matches!(
            field,
            Field::From
                | Field::Due
                | Field::HandedIn
                | Field::ExtendedTo
                | Field::Closing
                | Field::MilestoneDue
                | Field::MilestoneDone
        );
        let day = is_day.then(|| self.days.due(value)).flatten().and_then(|due| due.due);
        day.map_or_else(|| value.text(), |day| Text::from(day.to_string()))
    }
}
