//! Journals: entries one per line beside a plan, or as a list in its JSON. Each is read by itself; of two with one id the
//! second is set aside. Whether they speak of what the plan has is in `entries.rs`.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map},
    fmt,
};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::domain::{entry::Entry, id::EntryId, sentence::Sentence};

use super::{node::Node, records, remark::Remarks};

/// Entries and where each begins.
#[derive(Default)]
pub(super) struct JournalRead {
    pub(super) entries: Vec<Entry>,
    pub(super) offsets: Vec<usize>,
    /// Where each id was first; made when ids cease to ascend, as those of a journal in order do not.
    first: Option<HashMap<EntryId, Option<usize>>>,
    highest: Option<EntryId>,
    /// The fields an entry has.
    fields: Vec<String>,
}

impl JournalRead {
    fn new() -> Self {
        JournalRead { fields: records::known::<Entry>(), ..JournalRead::default() }
    }

    /// Reads the list `journal` of a plan file.
    pub(super) fn list(list: Node<'_>, remarks: &mut Remarks<'_>) -> Self {
        let mut journal = JournalRead::new();
        let Some(nodes) = list.elements() else {
            remarks.set_aside(Some(list.offset(remarks.source)), "journal", records::no_list(list));
            return journal;
        };
        journal.entries.reserve(nodes.len());
        journal.offsets.reserve(nodes.len());
        for (place, node) in nodes.into_iter().enumerate() {
            journal.read(node, place, remarks);
        }
        journal
    }

    /// Reads one entry of each line that is not blank; those whose id is among `earlier` are set aside, too.
    pub(super) fn lines(earlier: &[Entry], remarks: &mut Remarks<'_>) -> Self {
        let mut journal = JournalRead::new();
        if !earlier.is_empty() {
            journal.first = Some(earlier.iter().map(|entry| (entry.id, None)).collect());
        }
        let lines = remarks.source.text.lines().map(str::trim).filter(|line| !line.is_empty());
        for (place, line) in lines.enumerate() {
            match <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(line)) {
                Ok(raw) if raw.get().len() == line.len() => journal.read(Node::Json(raw), place, remarks),
                Ok(_) | Err(_) => {
                    let offset = remarks.source.offset_of(line);
                    remarks.set_aside(Some(offset), format!("journal[{place}]"), Sentence::new("remark-not-an-entry"));
                }
            }
        }
        journal
    }

    fn read(&mut self, node: Node<'_>, place: usize, remarks: &mut Remarks<'_>) {
        let path = |remarks: &Remarks<'_>| records::named(node, "journal", place, "id", remarks);
        match node.read() {
            Ok(entry) => {
                if self.has_strangers(node) {
                    let mut strange = node.fields(remarks.source);
                    strange.retain(|field| !self.fields.contains(&field.name));
                    records::warn_of(strange, &self.fields, &path(remarks), remarks);
                }
                self.add(entry, node.offset(remarks.source), place, remarks);
            }
            Err(fault) => records::set_aside::<Entry>(&fault, node, &path(remarks), remarks),
        }
    }

    /// Is there a field that an entry does not have? Told without taking the whole apart once more.
    fn has_strangers(&self, node: Node<'_>) -> bool {
        match node {
            Node::Toml(_) => true,
            Node::Json(raw) => {
                Strangers(&self.fields).deserialize(&mut serde_json::Deserializer::from_str(raw.get())).unwrap_or(true)
            }
        }
    }

    fn add(&mut self, entry: Entry, offset: usize, place: usize, remarks: &mut Remarks<'_>) {
        if let Some(first) = self.seen(entry.id, offset) {
            let problem = records::duplicate(&entry.id.to_string(), first.map(|first| remarks.source.line(first)));
            remarks.set_aside(Some(offset), format!("journal[{place}].id"), problem);
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

/// Reads the names of an object's fields: is there one that is not among these?
struct Strangers<'k>(&'k [String]);

impl<'de> DeserializeSeed<'de> for Strangers<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Strangers<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some((name, IgnoredAny)) = map.next_entry::<Cow<'_, str>, _>()? {
            found |= !self.0.iter().any(|known| *known == name);
        }
        Ok(found)
    }
}
