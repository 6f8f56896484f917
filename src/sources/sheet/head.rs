//! What a workbook says of its plan as a whole: the year, the title and the number in the lines above its tables.

use std::collections::BTreeMap;

use crate::domain::text::Text;

use super::{
    days,
    grid::{Value, Workbook},
    mapping::SheetKind,
    names::{NAMES, begins, key},
    table::Table,
};

/// The plan as a whole.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<Text>,
    pub(super) number: Option<Text>,
    pub(super) year: Option<i16>,
}

impl Head {
    /// Read from the lines above the tables, else from their days.
    pub(super) fn of(workbook: &Workbook, tables: &[Table<'_>], file: &str) -> Self {
        let first = tables.iter().find(|table| table.kind == SheetKind::Tasks).or(tables.first());
        let lines = first.map(lines).unwrap_or_default();
        let all: Vec<Text> = tables.iter().flat_map(lines_of).collect();
        let named = lines.iter().chain(&all).find_map(|line| days::year_named(line));
        let year = named.or_else(|| usual_year(workbook)).or_else(|| days::year_named(file));
        Head { title: title(&lines), number: lines.iter().chain(&all).find_map(|line| number(line)), year }
    }
}

fn lines_of(table: &Table<'_>) -> Vec<Text> {
    lines(table)
}

/// The lines above a table, each once.
pub(super) fn lines(table: &Table<'_>) -> Vec<Text> {
    let mut lines: Vec<Text> = Vec::new();
    for row in table.above().collect::<Vec<_>>() {
        for cell in table.sheet.rows.get(&row).into_iter().flatten() {
            if let Value::Text(_) = cell.value {
                let text = cell.value.text();
                if !lines.contains(&text) && lines.len() < 40 {
                    lines.push(text);
                }
            }
        }
    }
    lines
}

/// The line that says what a table is.
pub(super) fn title(lines: &[Text]) -> Option<Text> {
    let is = |line: &&Text, words: &[String]| words.iter().any(|word| begins(&key(line), word));
    let motto = |line: &&Text| is(line, &NAMES.words.mottos);
    let titled = lines.iter().find(|line| is(line, &NAMES.words.titles) && !motto(line));
    let longest = || lines.iter().filter(|line| !motto(line) && !line.starts_with('(')).max_by_key(|line| line.len());
    titled.or_else(longest).cloned()
}

/// The number of a document: `95/KH-UBND`.
fn number(line: &str) -> Option<Text> {
    let words = line.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'));
    let is = |word: &&str| {
        word.split_once('/').is_some_and(|(digits, rest)| {
            !digits.is_empty()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && rest.contains('-')
                && rest.chars().next().is_some_and(char::is_uppercase)
        })
    };
    words.map(|word| word.trim_matches(['.', ':'])).find(is).map(Text::new)
}

/// The year most days are in.
fn usual_year(workbook: &Workbook) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.rows.values()).flatten();
    for year in cells.filter_map(|cell| days::year_in(&cell.value)).filter(|year| (1990..=2100).contains(year)) {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}
