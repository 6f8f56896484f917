//! [`acts`]: what a workbook says of items, as entries of the journal; what of it they go over, and what cannot be said.

use jiff::Timestamp;

use super::workbook::{Anew, Import};
use crate::{
    domain::{
        answer::Filter,
        entry::Entry,
        fold::live,
        item::{Item, State},
        sentence::{Part, Sentence},
        snapshot::Snapshot,
        text::Text,
    },
    ledger::Shared,
    sources::sheet::{lines::Line, looked::Looked, mapping::Field, reading::Unread, told::Telling},
};

/// What becomes of what a workbook says of items.
#[derive(Default)]
pub(super) struct Acts {
    pub(super) entries: Vec<Entry>,
    /// Acts of others they go over.
    pub(super) over: Vec<Sentence>,
    /// What could not be said, with its place.
    pub(super) refused: Vec<Unread>,
}

/// What is to be appended to the journal; `after` is the plan as it will be, with what happened.
pub(super) async fn acts(
    ledger: &dyn Shared,
    after: &Snapshot,
    looked: &Looked,
    import: &Import,
    book: &Text,
    now: Timestamp,
    first: bool,
) -> anyhow::Result<Acts> {
    let telling = Telling { book, snapshot: after, now, first };
    let mut acts = Acts::default();
    for Anew { item, record, was, is } in &import.told {
        let Some(item) = after.item(item) else { continue };
        let acted = telling.of(item, standing_entries(ledger, after, item).await?, was, is);
        acts.entries.extend(acted.entries);
        acts.over.extend(acted.over.map(|entry| {
            let by = entry.by.as_ref().map_or("", |by| by.as_str());
            let verb = Part::Word(format!("verb-{}", entry.verb.as_str()).into());
            let said = Sentence::new("cli-import-over").with("id", item.id.as_str()).with("by", by);
            said.with("verb", verb).with("day", entry.on)
        }));
        let refused = acted.refused.map(|why| why.sentence());
        let Some(line) = looked.lines.get(record) else {
            let why =
                refused.map(|why| Sentence::new("cli-import-refused").with("id", item.id.as_str()).with("why", why));
            acts.refused.extend(why.map(unplaced));
            continue;
        };
        let fields: Vec<Field> = acted.unheeded;
        if let (Some(why), true) = (&refused, fields.is_empty()) {
            acts.refused.push(line.unread(None, why.clone()));
        }
        acts.refused.extend(fields.into_iter().map(|field| {
            let alone = matches!(field, Field::Document | Field::Link);
            let usual = Sentence::new(if alone { "cli-import-document-alone" } else { "cli-import-unheeded" });
            line.unread(Some(seen_as(line, field)), refused.clone().unwrap_or(usual))
        }));
    }
    Ok(acts)
}

/// The column that says it: of a milestone it is another one.
fn seen_as(line: &Line, field: Field) -> Field {
    if line.headings.contains_key(&Field::MilestoneDone) && !line.headings.contains_key(&field) {
        Field::MilestoneDone
    } else {
        field
    }
}

/// What is said of no cell in particular.
fn unplaced(why: Sentence) -> Unread {
    Unread { sheet: Text::default(), row: 0, column: None, value: Text::default(), why }
}

/// The entries on an item that stand, in order.
async fn standing_entries(ledger: &dyn Shared, snapshot: &Snapshot, item: &Item) -> anyhow::Result<Vec<Entry>> {
    if item.state == State::default() {
        return Ok(Vec::new());
    }
    let filter = Filter { item: Some(item.id.clone()), ..Filter::default() };
    let page = ledger.entries(&snapshot.outline.plan.id, &filter).await?;
    let journal: Vec<&Entry> = page.entries.iter().rev().filter(|entry| entry.item == item.id).collect();
    Ok(live(&journal).into_iter().cloned().collect())
}
