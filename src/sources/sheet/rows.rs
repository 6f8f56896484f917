//! What the rows of every kind of table have in common: sections, footers and examples among them, and how a row says that its
//! item stands.

use std::collections::BTreeSet;

use crate::domain::{id::ItemId, sentence::Sentence, text::Text};

use super::{
    draft::Draft,
    grid::Value,
    mapping::Field,
    names::{NAMES, Status, begins, key},
    reading::{Standing, Told},
    table::Table,
};

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// It says something of an item of that title.
    Item(Text),
    /// It heads those below it.
    Section(Text),
    /// It says something, and not of what.
    Untitled,
    /// It sums up, signs, or shows how it is done.
    Passed,
}

/// What that row of a table of titled things is; `last` is the last row that has an item for certain.
pub(super) fn row(table: &Table<'_>, row: u32, last: u32) -> Row {
    let others = || {
        let columns =
            table.columns.iter().filter(|(field, _)| !matches!(field, Field::Title | Field::Place | Field::Ours));
        columns.filter_map(|(_, column)| table.sheet.get(row, *column))
    };
    let place = table.text(row, Field::Place);
    let is_example = |text: &Text| {
        let text = key(text);
        NAMES.words.examples.iter().any(|word| begins(&text, word))
    };
    let first = table.sheet.rows.get(&row).and_then(|cells| cells.first()).map(|cell| cell.value.text());
    if [&place, &first].into_iter().flatten().any(is_example) {
        return Row::Passed;
    }
    let Some(title) = table.text(row, Field::Title) else {
        let footer = first.is_some_and(|text| NAMES.is_footer(&text));
        return if row > last || footer || others().next().is_none() { Row::Passed } else { Row::Untitled };
    };
    let has_agency = table.text(row, Field::Agency).is_some_and(|agency| agency != title);
    let footer = NAMES.is_footer(&title) || place.as_ref().is_some_and(|place| NAMES.is_footer(place));
    if footer && !has_agency {
        return Row::Passed;
    }
    // A merged line says the same in all its columns.
    if others().all(|value| value.text() == title) {
        let merged = others().next().is_some();
        let numbered =
            place.as_ref().is_some_and(|place| place.parse::<f64>().is_ok() && !heads_next(table, row, place));
        return match (merged, numbered) {
            (false, true) => Row::Item(title),
            (true, _) | (false, false) if row > last => Row::Passed,
            (true, _) | (false, false) => Row::Section(title),
        };
    }
    Row::Item(title)
}

/// Is the next row numbered below this one: `1`, then `1.1`?
fn heads_next(table: &Table<'_>, row: u32, place: &str) -> bool {
    let next = table.sheet.rows.range(row + 1..).next().and_then(|(row, _)| table.text(*row, Field::Place));
    next.is_some_and(|next| next.strip_prefix(place).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1))
}

/// The last row that has both a title and something else.
pub(super) fn last_item(table: &Table<'_>, rows: &[u32]) -> u32 {
    let whole = |row: &u32| {
        let Some(title) = table.text(*row, Field::Title) else { return false };
        let kept = |field: &Field| !matches!(field, Field::Title | Field::Place | Field::Ours | Field::Note);
        let mut others = table.columns.iter().filter(|(field, _)| kept(field));
        others.any(|(_, column)| table.sheet.get(*row, *column).is_some_and(|value| value.text() != title))
    };
    rows.iter().rev().copied().find(whole).unwrap_or_default()
}

impl Draft {
    /// What a row tells of its item beside what is laid down.
    pub(super) fn told(&mut self, table: &Table<'_>, row: u32) -> Told {
        let mut told = Told {
            document: table.text(row, Field::Document),
            link: table.text(row, Field::Link),
            note: table.text(row, Field::Note),
            ..Told::default()
        };
        if let Some(value) = table.cell(row, Field::Progress) {
            told.progress = percent(value, true);
            if told.progress.is_none() && !self.stands(value, &mut told) {
                self.unread_field(table, row, Field::Progress, "workbook-not-a-percentage");
            }
            // All of it is done, where no column of its own says whether it is.
            told.done |= told.progress == Some(100) && !table.has(Field::Status) && !table.has(Field::HandedIn);
        }
        if let Some(value) = table.cell(row, Field::HandedIn)
            && !self.stands(value, &mut told)
        {
            self.unread_field(table, row, Field::HandedIn, "workbook-not-a-day");
        }
        if let Some(value) = table.cell(row, Field::Status) {
            let percent = percent(value, false);
            if let Some(percent) = percent {
                told.progress = told.progress.or(Some(percent));
                told.done |= percent == 100;
            } else if !self.stands(value, &mut told) {
                // Words of its own are kept as a remark.
                told.note = Some(match &told.note {
                    Some(note) => Text::from(format!("{}; {note}", value.text())),
                    None => value.text(),
                });
                self.unread_field(table, row, Field::Status, "workbook-unknown-status");
            }
        }
        if let Some(value) = table.cell(row, Field::ExtendedTo) {
            match self.days.due(value) {
                Some(due) => told.extended_to = due.due,
                None => self.unread_field(table, row, Field::ExtendedTo, "workbook-not-a-day"),
            }
        }
        let says = [Field::Progress, Field::HandedIn, Field::Status, Field::ExtendedTo];
        told.unclear = !self.unclear_in(table, row).is_disjoint(&says.into());
        told
    }

    /// How a cell says that something stands: a day, a sign, a word. False where it cannot be told.
    pub(super) fn stands(&self, value: &Value, told: &mut Told) -> bool {
        if let Some(day) = self.days.day(value) {
            told.handed_in = told.handed_in.or(Some(day));
            told.done = true;
            return true;
        }
        match value {
            Value::Answer(answer) => told.done |= *answer,
            Value::Number(number, false) if *number == 0.0 => {}
            Value::Number(number, false) if *number == 1.0 => told.done = true,
            Value::Number(..) | Value::Date(_) | Value::Broken(_) => return false,
            Value::Text(text) => return self.stands_in_words(text, told),
        }
        true
    }

    fn stands_in_words(&self, text: &str, told: &mut Told) -> bool {
        let Some((status, rest)) = NAMES.status(text) else { return false };
        let rest = rest.trim_matches([' ', ',', ';', ':', '.', '(', ')', '-']);
        let day = self.days.typed(rest);
        let standing = match status {
            // "Có dự thảo" is not done, nor is "hoàn thành bước 1".
            Status::Done if rest.is_empty() || day.is_some() => {
                told.done = true;
                told.handed_in = told.handed_in.or(day);
                return true;
            }
            Status::Done => return false,
            Status::Open => return true,
            Status::Awaiting => Standing::Awaiting,
            Status::Returned => Standing::Returned,
            Status::Paused => Standing::Paused,
            Status::Cancelled => Standing::Cancelled,
            Status::Exempt => Standing::Exempt,
        };
        told.standing = Some(standing);
        told.handed_in = told.handed_in.or(day);
        true
    }

    /// Keeps what was told of an item, where anything was.
    pub(super) fn keep(&mut self, item: ItemId, told: Told) {
        if told != Told::default() {
            self.told.insert(item, told);
        }
    }

    /// Says which columns are not read.
    pub(super) fn unknown_columns(&mut self, table: &Table<'_>) {
        let known: BTreeSet<u32> = table.columns.values().chain(table.periods.keys()).copied().collect();
        let below = table.sheet.rows.range(table.heading + 1..).flat_map(|(_, cells)| cells);
        let filled: BTreeSet<u32> = below.map(|cell| cell.column).collect();
        for (column, label) in &table.labels {
            let fields = NAMES.fields(label, table.kind);
            let ours = fields.first().is_some_and(|(field, _)| matches!(field, Field::Ours | Field::Place));
            if !known.contains(column) && !ours && key(label).parse::<u32>().is_err() && filled.contains(column) {
                self.unread(table, table.heading, Some(*column), Sentence::new("workbook-unknown-column"));
            }
        }
    }
}

/// A percentage; a bare number is one where it stands in a column of them.
fn percent(value: &Value, column_of_them: bool) -> Option<u8> {
    let number = match value {
        Value::Number(number, true) => number * 100.0,
        Value::Number(number, false) if column_of_them && (0.0..1.0).contains(number) => number * 100.0,
        Value::Number(number, false) if column_of_them => *number,
        Value::Text(text) => {
            let at = text.find('%');
            let digits = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
            match at {
                // The number before the sign, whatever stands around the two.
                Some(at) => {
                    let before = text.get(..at).unwrap_or_default().trim_end();
                    let begin = before.rfind(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.');
                    digits(begin.map_or(before, |begin| {
                        before
                            .get(begin..)
                            .unwrap_or_default()
                            .trim_start_matches(|letter: char| !letter.is_ascii_digit())
                    }))?
                }
                None if column_of_them => {
                    digits(text).map(|number| if number < 1.0 { number * 100.0 } else { number })?
                }
                None => return None,
            }
        }
        Value::Number(..) | Value::Date(_) | Value::Answer(_) | Value::Broken(_) => return None,
    };
    // Within 0 and 100 nothing is cut off.
    (0.0..=100.0).contains(&number).then(|| number.round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_they_are_typed() {
        let text = |text: &str| percent(&Value::Text(text.into()), true);
        assert_eq!(text("80%"), Some(80));
        assert_eq!(text("Đang làm (62,5 %)"), Some(63));
        assert_eq!(text("0,8"), Some(80));
        assert_eq!(text("80"), Some(80));
        assert_eq!(text("xong"), None);
        assert_eq!(text("180%"), None);
        assert_eq!(percent(&Value::Number(0.8, true), false), Some(80));
        assert_eq!(percent(&Value::Number(1.0, true), true), Some(100));
        assert_eq!(percent(&Value::Number(0.25, false), true), Some(25));
        assert_eq!(percent(&Value::Text("80".into()), false), None);
    }

    #[test]
    fn words_tell_how_something_stands() {
        let draft = Draft::new(2023);
        let stands = |text: &str| {
            let mut told = Told::default();
            draft.stands(&Value::Text(text.into()), &mut told).then_some(told)
        };
        for text in ["x", "X", "có", "✓", "Đã nộp", "Hoàn thành"] {
            assert!(stands(text).unwrap().done, "{text}");
        }
        let day = stands("Đã nộp ngày 15/6").unwrap();
        assert_eq!((day.done, day.handed_in), (true, Some(jiff::civil::date(2023, 6, 15))));
        for text in ["chưa", "Chưa nộp báo cáo", "đang thực hiện", "-"] {
            assert_eq!(stands(text), Some(Told::default()), "{text}");
        }
        assert_eq!(stands("Miễn").unwrap().standing, Some(Standing::Exempt));
        assert_eq!(stands("tạm hoãn").unwrap().standing, Some(Standing::Paused));
        for text in ["Có dự thảo", "hoàn thành bước 1", "???"] {
            assert_eq!(stands(text), None, "{text}");
        }
    }
}
