//! [`Columns`]: which columns of a list are shown, and by which it is sorted. A column is named as in the head of its CSV
//! (`days_late`), or, where a table has one of its own making, by the name of that (`status`).

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{
    arguments::Asked,
    exit::Stop,
    print::{Column, Fact},
    session::Session,
    spreadsheet::{heading, text},
    table::Align,
};
use crate::{
    domain::{lookup::Order, nearest::nearest, sentence::Sentence},
    words::Words,
};

/// A column that was asked for: as a person sees it, as a field, or both.
struct Chosen<T> {
    name: String,
    column: Option<Column<T>>,
    /// A pointer into the fact's JSON.
    field: Option<&'static str>,
}

/// The columns of a list, and its order.
pub(super) struct Columns<T> {
    /// None where nothing was said: those of the list itself.
    shown: Option<Vec<Chosen<T>>>,
    /// Each with whether it goes the other way round.
    sorted: Vec<(Chosen<T>, bool)>,
}

/// Every name a column of a list can be asked for by, those of its table first.
pub(super) fn names<T: Fact>() -> Vec<String> {
    let mut names: Vec<String> = T::columns().iter().map(name).collect();
    for field in T::FIELDS.iter().map(|field| heading(field)) {
        if !names.contains(&field) {
            names.push(field);
        }
    }
    names
}

impl<T: Fact> Columns<T> {
    /// Those of the list itself, as it is.
    pub(super) fn own() -> Self {
        Columns { shown: None, sorted: Vec::new() }
    }

    /// What was asked for. Names that are none are a usage error: each with the nearest, and all there are.
    pub(super) fn asked(session: &Session, asked: &Asked) -> anyhow::Result<Self> {
        let words = &session.words;
        let bare = |name: &str| name.trim().trim_start_matches('-').to_owned();
        let all =
            asked.columns.iter().map(|name| name.trim().to_owned()).chain(asked.sort.iter().map(|name| bare(name)));
        let unknown: Vec<String> = all.filter(|name| chosen::<T>(name).is_none()).collect();
        if !unknown.is_empty() {
            let names = names::<T>();
            let near = |name: &String| nearest(name, names.iter().map(String::as_str));
            let wrong =
                |name: &String| Sentence::new("cli-no-such-column").with("column", name.as_str()).near(near(name));
            let known = words.with("cli-known-columns", &[("known", names.join(", ").into())]);
            let lines = unknown.iter().map(|name| words.say(&wrong(name))).chain([known]);
            return Err(Stop::usage(lines.collect::<Vec<_>>().join("\n")));
        }
        let shown = asked.columns.iter().filter_map(|name| chosen(name.trim())).collect();
        let sorted = asked.sort.iter().filter_map(|name| Some((chosen(&bare(name))?, name.trim().starts_with('-'))));
        Ok(Columns { shown: (!asked.columns.is_empty()).then_some(shown), sorted: sorted.collect() })
    }

    /// Were columns asked for?
    pub(super) fn are_chosen(&self) -> bool {
        self.shown.is_some()
    }

    /// Puts the facts in the order asked for; what has no value is last, either way round.
    pub(super) fn sort(&self, facts: &mut Vec<T>, words: &Words) -> anyhow::Result<()> {
        if self.sorted.is_empty() {
            return Ok(());
        }
        let order = Order::of(words.language.tag);
        let keyed = std::mem::take(facts).into_iter().map(|fact| {
            let value = serde_json::to_value(&fact)?;
            let keys = self.sorted.iter().map(|(by, _)| Key::of(by, &fact, &value, words)).collect();
            Ok::<(Vec<Key>, T), serde_json::Error>((keys, fact))
        });
        let mut keyed = keyed.collect::<Result<Vec<_>, _>>()?;
        let ways: Vec<bool> = self.sorted.iter().map(|(_, other_way)| *other_way).collect();
        keyed.sort_by(|(one, _), (other, _)| {
            let each = one.iter().zip(other).zip(&ways).map(|((one, other), way)| one.compare(other, *way, &order));
            each.fold(Ordering::Equal, Ordering::then)
        });
        facts.extend(keyed.into_iter().map(|(_, fact)| fact));
        Ok(())
    }

    /// The headings of a table: the text, where its cells stand, whether they may be cut.
    pub(super) fn headings(&self, words: &Words) -> Vec<(String, Align, bool)> {
        let own = |column: &Column<T>| (words.get(column.heading).into_owned(), column.align, column.yields);
        match &self.shown {
            None => T::columns().iter().map(own).collect(),
            Some(shown) => {
                let other = |chosen: &Chosen<T>| (chosen.name.clone(), Align::Left, true);
                shown.iter().map(|chosen| chosen.column.as_ref().map_or_else(|| other(chosen), own)).collect()
            }
        }
    }

    /// The rows of a table.
    pub(super) fn rows(&self, facts: &[T], words: &Words) -> anyhow::Result<Vec<Vec<String>>> {
        let Some(shown) = &self.shown else {
            let columns = T::columns();
            return Ok(facts.iter().map(|fact| columns.iter().map(|one| (one.cell)(fact, words)).collect()).collect());
        };
        let row = |fact: &T| {
            let value = serde_json::to_value(fact)?;
            let cell = |chosen: &Chosen<T>| match (&chosen.column, chosen.field) {
                (Some(column), _) => (column.cell)(fact, words),
                (None, Some(field)) => at(&value, field).map(text).unwrap_or_default(),
                (None, None) => String::new(),
            };
            Ok(shown.iter().map(cell).collect())
        };
        facts.iter().map(row).collect()
    }

    /// The head of a CSV.
    pub(super) fn head(&self) -> Vec<String> {
        match &self.shown {
            None => T::FIELDS.iter().map(|field| heading(field)).collect(),
            Some(shown) => shown.iter().map(|chosen| chosen.name.clone()).collect(),
        }
    }

    /// A row of a CSV.
    pub(super) fn record(&self, fact: &T, words: &Words) -> anyhow::Result<Vec<String>> {
        let value = serde_json::to_value(fact)?;
        let Some(shown) = &self.shown else {
            return Ok(T::FIELDS.iter().map(|field| at(&value, field).map(text).unwrap_or_default()).collect());
        };
        let cell = |chosen: &Chosen<T>| match (chosen.field, &chosen.column) {
            (Some(field), _) => at(&value, field).map(text).unwrap_or_default(),
            (None, Some(column)) => (column.cell)(fact, words),
            (None, None) => String::new(),
        };
        Ok(shown.iter().map(cell).collect())
    }

    /// A fact as JSON; where columns were asked for with just those, named as in the CSV.
    pub(super) fn json(&self, fact: &T, words: &Words) -> anyhow::Result<Value> {
        let value = serde_json::to_value(fact)?;
        let Some(shown) = &self.shown else { return Ok(value) };
        let part = |chosen: &Chosen<T>| {
            let field = chosen.field.map(|field| at(&value, field).cloned().unwrap_or_default());
            let said = || chosen.column.as_ref().map(|column| Value::String((column.cell)(fact, words)));
            (chosen.name.clone(), field.or_else(said).unwrap_or_default())
        };
        Ok(Value::Object(shown.iter().map(part).collect::<Map<String, Value>>()))
    }
}

/// What a fact is sorted by.
enum Key {
    Nothing,
    Number(f64),
    Text(String),
}

impl Key {
    /// A text for a person as a person reads it; all else by its value: a date in words would be sorted by its day.
    fn of<T: Fact>(by: &Chosen<T>, fact: &T, value: &Value, words: &Words) -> Self {
        let said = |column: &Column<T>| Key::text((column.cell)(fact, words));
        match (&by.column, by.field) {
            (Some(column), _) if column.align == Align::Left => said(column),
            (_, Some(field)) => match at(value, field) {
                None | Some(Value::Null) => Key::Nothing,
                Some(Value::Number(number)) => number.as_f64().map_or(Key::Nothing, Key::Number),
                Some(Value::Bool(answer)) => Key::Number(f64::from(u8::from(*answer))),
                Some(other @ (Value::String(_) | Value::Array(_) | Value::Object(_))) => Key::text(text(other)),
            },
            (Some(column), None) => match digits(&(column.cell)(fact, words)) {
                Some(number) => Key::Number(number),
                None => said(column),
            },
            (None, None) => Key::Nothing,
        }
    }

    fn text(text: String) -> Self {
        if text.is_empty() { Key::Nothing } else { Key::Text(text) }
    }

    fn compare(&self, other: &Self, other_way: bool, order: &Order) -> Ordering {
        let found = match (self, other) {
            (Key::Nothing, Key::Nothing) => return Ordering::Equal,
            (Key::Nothing, _) => return Ordering::Greater,
            (_, Key::Nothing) => return Ordering::Less,
            (Key::Number(one), Key::Number(other)) => one.total_cmp(other),
            (Key::Text(one), Key::Text(other)) => order.compare(one, other),
            (Key::Number(_), Key::Text(_)) => Ordering::Less,
            (Key::Text(_), Key::Number(_)) => Ordering::Greater,
        };
        if other_way { found.reverse() } else { found }
    }
}

/// The number a cell begins with, `11/19`, `1.234`, `40%`.
fn digits(cell: &str) -> Option<f64> {
    let plain: String = cell.chars().filter(|letter| !matches!(letter, '.' | ',' | '+')).collect();
    let end = plain.find(|letter: char| !(letter.is_ascii_digit() || letter == '-')).unwrap_or(plain.len());
    plain.get(..end)?.parse().ok()
}

/// The column of that name; none where there is none.
fn chosen<T: Fact>(asked: &str) -> Option<Chosen<T>> {
    let column = T::columns().into_iter().find(|column| name(column) == asked);
    let field = T::FIELDS.iter().copied().find(|field| heading(field) == asked);
    (column.is_some() || field.is_some()).then(|| Chosen { name: asked.to_owned(), column, field })
}

/// A column of a table is named by the end of its heading's id.
fn name<T>(column: &Column<T>) -> String {
    column.heading.trim_start_matches("cli-column-").replace('-', "_")
}

fn at<'v>(value: &'v Value, field: &str) -> Option<&'v Value> {
    value.pointer(&format!("/{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_value_is_last_either_way_round() {
        let order = Order::of("vi");
        let sorted = |other_way| {
            let mut keys = [Key::text("Đồng Xoài".into()), Key::Nothing, Key::text("Bù Đốp".into())];
            keys.sort_by(|one, other| one.compare(other, other_way, &order));
            let said = |key: &Key| if let Key::Text(text) = key { text.clone() } else { String::new() };
            keys.iter().map(said).collect::<Vec<_>>()
        };
        assert_eq!(sorted(false), ["Bù Đốp", "Đồng Xoài", ""]);
        assert_eq!(sorted(true), ["Đồng Xoài", "Bù Đốp", ""]);
        assert_eq!(
            ["11/19", "1.234", "40%", "+3", "-7", "x"].map(digits),
            [Some(11.0), Some(1234.0), Some(40.0), Some(3.0), Some(-7.0), None]
        );
    }
}
