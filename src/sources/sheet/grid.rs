//! [`Workbook`]: sheets of cells, whatever file they came from. Only cells that hold something are kept, so that one at
//! XFD1048576 costs no more than one at A1.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::{
    sentence::Sentence,
    text::{Text, clean_lines},
};

use super::limits::{Limits, Unusable};

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Sheet>,
    /// The sheet in which this program says what a workbook of its own is of.
    pub(super) stamp: Option<Sheet>,
}

/// One sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its name, or the file's where there is only one.
    pub(super) name: Text,
    /// It is hidden: not read unless its owner says so.
    pub(super) hidden: bool,
    /// Rows by their number from 1, cells in the order of columns.
    pub(super) rows: BTreeMap<u32, Vec<Cell>>,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// From 0.
    pub(super) column: u32,
    pub(super) value: Value,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Clean text, maybe of several lines.
    Text(Box<str>),
    /// A number; shown in percent where its format says so.
    Number(f64, bool),
    Date(Date),
    Answer(bool),
    /// A formula that went wrong, or something that is no cell.
    Broken(Box<str>),
}

impl Sheet {
    pub(super) fn new(name: &str) -> Self {
        Sheet { name: Text::new(name), ..Sheet::default() }
    }

    /// What stands there.
    pub(super) fn get(&self, row: u32, column: u32) -> Option<&Value> {
        let cells = self.rows.get(&row)?;
        let place = cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        cells.get(place).map(|cell| &cell.value)
    }
}

impl Value {
    /// As it is shown: what is said of a cell that cannot be read.
    pub(super) fn shown(&self) -> String {
        match self {
            Value::Text(text) | Value::Broken(text) => text.to_string(),
            Value::Number(number, true) => format!("{}%", number * 100.0),
            Value::Number(number, false) => number.to_string(),
            Value::Date(date) => date.strftime("%d/%m/%Y").to_string(),
            Value::Answer(answer) => answer.to_string(),
        }
    }

    /// The same on one line.
    pub(super) fn text(&self) -> Text {
        match self {
            Value::Text(text) => Text::new(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
            Value::Broken(_) | Value::Number(..) | Value::Date(_) | Value::Answer(_) => Text::from(self.shown()),
        }
    }
}

/// Cells as they are gathered, within limits.
pub(super) struct Gathering<'l> {
    pub(super) limits: &'l Limits,
    cells: usize,
    texts: usize,
    /// How many places merged cells were looked for in.
    merged: usize,
}

impl<'l> Gathering<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Gathering { limits, cells: 0, texts: 0, merged: 0 }
    }

    /// Clean text, unless there is nothing to see in it.
    pub(super) fn text(&mut self, sheet: &Sheet, row: u32, raw: &str) -> Result<Option<Value>, Unusable> {
        if raw.len() > self.limits.text {
            let said = Sentence::new("workbook-cell-too-long").with("sheet", &sheet.name).with("row", row);
            return Err(Unusable(said.with("most", self.limits.text >> 10)));
        }
        self.texts += raw.len();
        if self.texts > self.limits.texts {
            return Err(Unusable(Sentence::new("workbook-too-much-text").with("most", self.limits.texts >> 20)));
        }
        let clean = clean_lines(raw);
        let trimmed = clean.trim();
        Ok((!trimmed.is_empty()).then(|| Value::Text(trimmed.into())))
    }

    /// Puts a cell in its place; of two in one place the first stays.
    pub(super) fn put(&mut self, sheet: &mut Sheet, row: u32, column: u32, value: Value) -> Result<(), Unusable> {
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(Unusable(Sentence::new("workbook-too-many-cells").with("most", self.limits.cells)));
        }
        if self.cells.is_multiple_of(4096) {
            self.limits.go_on()?;
        }
        let cells = sheet.rows.entry(row).or_default();
        if cells.last().is_none_or(|last| last.column < column) {
            cells.push(Cell { column, value });
        } else if let Err(place) = cells.binary_search_by_key(&column, |cell| cell.column) {
            cells.insert(place, Cell { column, value });
        }
        Ok(())
    }

    /// Fills a merged cell's rows, as far as the sheet has them, and its columns with what stands in its first.
    pub(super) fn fill(&mut self, sheet: &mut Sheet, rows: (u32, u32), columns: (u32, u32)) -> Result<(), Unusable> {
        /// A title over more columns than this is not a heading.
        const WIDEST: u32 = 64;
        let Some(value) = sheet.get(rows.0, columns.0).cloned() else { return Ok(()) };
        let last = columns.1.min(columns.0.saturating_add(WIDEST));
        let room = self.limits.cells - self.merged.min(self.limits.cells) + 1;
        let there: Vec<u32> = sheet.rows.range(rows.0..=rows.1.max(rows.0)).map(|(row, _)| *row).take(room).collect();
        for row in there {
            for column in columns.0..=last {
                self.merged += 1;
                if self.merged > self.limits.cells {
                    return Err(Unusable(Sentence::new("workbook-too-many-cells").with("most", self.limits.cells)));
                }
                if (row, column) != (rows.0, columns.0) && sheet.get(row, column).is_none() {
                    if let Value::Text(text) = &value {
                        self.texts += text.len();
                    }
                    self.put(sheet, row, column, value.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// A column's letters: `A`, `XFD`.
pub(super) fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The column of these letters, from 0.
pub(super) fn column_of(letters: &str) -> Option<u32> {
    let short = !letters.is_empty() && letters.len() <= 3;
    let digit = |letter: char| letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase()) - 64);
    let number = letters.chars().try_fold(0, |number, letter| digit(letter).map(|digit| number * 26 + digit))?;
    short.then_some(number.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        for (column, named) in [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")] {
            assert_eq!(letters(column), named);
            assert_eq!(column_of(named), Some(column));
        }
        assert_eq!(column_of("Hạn"), None);
        assert_eq!(column_of(""), None);
    }
}
