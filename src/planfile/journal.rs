//! Journals: entries one per line beside a plan, or as a list in its JSON. Each is read by itself; of two with one id the
//! second is set aside. Whether they name what the plan has is in `references.rs`.

use std::collections::{HashMap, hash_map};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::{entry::Entry, id::EntryId, text::Text};

use super::{
    node::Node,
    records,
    remark::{Problem, Remarks},
};

/// Entries and where each begins.
#[derive(Default)]
pub(super) struct JournalRead {
    pub(super) entries: Vec<Entry>,
    pub(super) offsets: Vec<usize>,
    /// Where each id was first; made when ids cease to ascend, as those of a journal in order do not.
    first: Option<HashMap<EntryId, Option<usize>>>,
    highest: Option<EntryId>,
}

impl JournalRead {
    /// Reads the list `journal` of a plan file.
    pub(super) fn list(list: Node<'_>, remarks: &mut Remarks<'_>) -> Self {
        let mut journal = JournalRead::default();
        let Some(nodes) = list.elements() else {
            let problem = Problem::WrongType { found: list.describe(), expected: "a list".into() };
            remarks.set_aside(Some(list.offset(remarks.source)), "journal", (problem, None));
            return journal;
        };
        journal.reserve(nodes.len());
        for (place, node) in nodes.into_iter().enumerate() {
            let offset = node.offset(remarks.source);
            match node.read() {
                Ok(entry) => journal.add(entry, offset, place, remarks),
                Err(fault) => {
                    let path = records::named(node, "journal", place, "id", remarks);
                    records::set_aside::<Entry>(&fault, node, &path, remarks);
                }
            }
        }
        journal
    }

    /// Reads one entry of each line that is not blank; those whose id is among `earlier` are set aside, too.
    pub(super) fn lines(earlier: &[Entry], remarks: &mut Remarks<'_>) -> Self {
        let mut journal = JournalRead::default();
        if !earlier.is_empty() {
            journal.first = Some(earlier.iter().map(|entry| (entry.id, None)).collect());
        }
        let lines = remarks.source.text.lines().map(str::trim).filter(|line| !line.is_empty());
        for (place, line) in lines.enumerate() {
            let offset = remarks.source.offset_of(line);
            match serde_json::from_str(line) {
                Ok(entry) => journal.add(entry, offset, place, remarks),
                Err(_) => set_line_aside(line, offset, place, remarks),
            }
        }
        journal
    }

    fn reserve(&mut self, count: usize) {
        self.entries.reserve(count);
        self.offsets.reserve(count);
    }

    fn add(&mut self, entry: Entry, offset: usize, place: usize, remarks: &mut Remarks<'_>) {
        if let Some(first) = self.seen(entry.id, offset) {
            let problem = Problem::DuplicateId {
                id: Text::from(entry.id.to_string()),
                first: first.map(|first| remarks.source.line(first)),
            };
            remarks.set_aside(Some(offset), format!("journal[{place}].id"), (problem, None));
            return;
        }
        self.entries.push(entry);
        self.offsets.push(offset);
    }

    /// Where that id was before, if it was (none within for another file); else it is kept in mind.
    fn seen(&mut self, id: EntryId, offset: usize) -> Option<Option<usize>> {
        if self.first.is_none() && self.highest.is_none_or(|highest| highest < id) {
            self.highest = Some(id);
            return None;
        }
        let first = self.first.get_or_insert_with(|| {
            self.entries.iter().zip(&self.offsets).map(|(entry, offset)| (entry.id, Some(*offset))).collect()
        });
        match first.entry(id) {
            hash_map::Entry::Occupied(first) => Some(*first.get()),
            hash_map::Entry::Vacant(place) => {
                place.insert(Some(offset));
                None
            }
        }
    }
}

fn set_line_aside(line: &str, offset: usize, place: usize, remarks: &mut Remarks<'_>) {
    let node = match <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(line)) {
        Ok(raw) if raw.get().len() == line.len() => Node::Json(raw),
        Ok(_) | Err(_) => {
            let reason = "this line is not one JSON object".into();
            remarks.set_aside(Some(offset), format!("journal[{place}]"), (Problem::Malformed { reason }, None));
            return;
        }
    };
    if let Err(fault) = node.read::<Entry>() {
        let path = records::named(node, "journal", place, "id", remarks);
        records::set_aside::<Entry>(&fault, node, &path, remarks);
    }
}
