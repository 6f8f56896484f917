//! How what an amendment changed is said, in one line: `sửa nhiệm vụ N14: thời hạn 31/10 → 15/11`.

use jiff::civil::Date;

use super::cell::Saying;
use crate::domain::{
    difference::{Change, Difference, FieldChange},
    text::Text,
};

/// Everything that changed.
pub(super) fn told(changes: &[Difference], saying: Saying<'_>) -> String {
    changes.iter().map(|change| one(change, saying)).collect::<Vec<_>>().join("; ")
}

fn one(difference: &Difference, saying: Saying<'_>) -> String {
    let words = saying.words;
    let record = words.get(&format!("cli-record-{}", difference.record.as_str())).into_owned();
    let about = [("record", record.as_str().into()), ("id", difference.id.as_str().into())];
    match &difference.change {
        Change::Added => words.with("change-added", &about),
        Change::Removed => words.with("change-removed", &about),
        Change::Changed(fields) => {
            let fields: Vec<String> = fields.iter().map(|change| field(change, saying)).collect();
            let [record, id] = about;
            words.with("change-changed", &[record, id, ("fields", fields.join(", ").into())])
        }
    }
}

fn field(change: &FieldChange, saying: Saying<'_>) -> String {
    let named = format!("change-field-{}", change.field.replace('.', "-"));
    let name = if saying.words.has(&named) { saying.words.get(&named).into_owned() } else { change.field.to_string() };
    let said = |value: &Option<Text>| value.as_ref().map_or_else(|| "–".to_owned(), |value| shown(value, saying));
    let arrow = if saying.glyphs.is_ascii() { "->" } else { "→" };
    format!("{name} {} {arrow} {}", said(&change.old), said(&change.new))
}

/// A value as it is shown: a date as dates are.
fn shown(value: &Text, saying: Saying<'_>) -> String {
    match value.parse::<Date>() {
        Ok(date) => saying.short_date(date),
        Err(_) => value.to_string(),
    }
}
