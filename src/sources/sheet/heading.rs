//! [`labels`]: the headings of a row, which may be spread over two.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    days,
    grid::Sheet,
    mapping::{Field, SheetKind},
    names::{NAMES, key},
};

/// So many columns are looked at.
const COLUMNS: u32 = 200;

/// A heading, and the one above it.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) own: String,
    pub(super) parent: Option<String>,
}

impl Label {
    pub(super) fn fields(&self, kind: SheetKind) -> Vec<(Field, usize)> {
        let own = NAMES.fields(&self.own, kind);
        match &self.parent {
            Some(parent) if own.is_empty() => NAMES.fields(&format!("{parent} {}", self.own), kind),
            Some(_) | None => own,
        }
    }

    pub(super) fn whole(&self) -> String {
        match &self.parent {
            Some(parent) if *parent != self.own => format!("{parent} {}", self.own),
            Some(_) | None => self.own.clone(),
        }
    }
}

/// The headings of a row; with `joined`, those of the row above it, too, where the two could belong together.
pub(super) fn labels(
    sheet: &Sheet,
    row: u32,
    kind: SheetKind,
    joined: bool,
    year: i16,
) -> Option<BTreeMap<u32, Label>> {
    let line = |row: u32| -> BTreeMap<u32, String> {
        let cells = sheet.rows.get(&row).into_iter().flatten().filter(|cell| cell.column < COLUMNS);
        cells.map(|cell| (cell.column, cell.value.text().to_string())).collect()
    };
    let own = line(row);
    let texts = own.values().filter(|text| text.chars().any(char::is_alphabetic)).count();
    if !joined {
        let label = |(column, own)| (column, Label { own, parent: None });
        return (texts >= 2).then(|| own.into_iter().map(label).collect());
    }
    let above = line(row.checked_sub(1)?);
    if above.len() < 2 || own.is_empty() {
        return None;
    }
    let known = |text: &str| !NAMES.fields(text, kind).is_empty() || days::period(&key(text), year).is_some();
    let shared = |column: u32| {
        let neighbour = |other: Option<u32>| other.and_then(|other| above.get(&other)) == above.get(&column);
        above.contains_key(&column) && (neighbour(column.checked_add(1)) || neighbour(column.checked_sub(1)))
    };
    let fits = |column: u32, text: &String| above.get(&column) == Some(text) || known(text) || shared(column);
    if !own.iter().all(|(column, text)| fits(*column, text)) {
        return None;
    }
    let columns: BTreeSet<u32> = own.keys().chain(above.keys()).copied().collect();
    let label = |column: u32| match (own.get(&column), above.get(&column)) {
        (Some(own), parent) => Label { own: own.clone(), parent: parent.cloned() },
        (None, parent) => Label { own: parent.cloned().unwrap_or_default(), parent: None },
    };
    Some(columns.into_iter().map(|column| (column, label(column))).collect())
}
