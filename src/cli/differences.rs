//! What an amendment would change, as lines for a person.

use super::session::Session;
use crate::{
    domain::{
        difference::{Change, Difference, FieldChange, differences},
        plan::Plan,
    },
    words::Words,
};

/// So many differences are told one by one.
const MOST: usize = 40;

/// What is different in `new`; `None` where nothing is.
pub(super) fn lines(session: &Session, old: &Plan, new: &Plan) -> Option<Vec<String>> {
    let words = &session.words;
    let found = differences(old, new);
    if found.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = found.iter().take(MOST).map(|difference| line(words, difference)).collect();
    if found.len() > MOST {
        lines.push(words.with("cli-import-more", &[("count", (found.len() - MOST).into())]));
    }
    Some(lines)
}

fn line(words: &Words, difference: &Difference) -> String {
    let record = words.get(&format!("cli-record-{}", difference.record.as_str())).into_owned();
    let id = &difference.id;
    match &difference.change {
        Change::Added => format!("  + {record} {id}"),
        Change::Removed => format!("  - {record} {id}"),
        Change::Changed(fields) => {
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("  ~ {record} {id}: {}", fields.join("; "))
        }
    }
}

fn field(change: &FieldChange) -> String {
    let said =
        |value: &Option<crate::domain::text::Text>| value.as_ref().map_or_else(|| "–".into(), ToString::to_string);
    format!("{} {} → {}", change.field, said(&change.old), said(&change.new))
}
