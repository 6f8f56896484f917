//! Lists of records, each read by itself: a bad one is set aside with a remark, the rest is used. What the lists of a plan
//! are is in `plan.rs`.

use std::collections::HashMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;

use crate::domain::{
    agency::Agency,
    campaign::{Campaign, Milestone},
    duty::{Duty, GivenPeriod},
    nearest::nearest,
    plan::{Programme, Step, Unknown},
    sentence::{Part, Sentence},
    task::Task,
    text::Text,
};

use super::{
    fault::found,
    node::{Fault, Field, Node},
    remark::Remarks,
};

/// A record of one of a plan's lists.
pub(super) trait Record: DeserializeOwned + JsonSchema {
    /// The field that names it.
    const ID: &'static str = "id";
    /// The list in it that is read record by record, too.
    const WITHIN: Option<&'static str> = None;

    /// What names it among its like.
    fn id(&self) -> Text;

    /// Its fields that this version does not know.
    fn unknown(&self) -> &Unknown;

    /// Can ids of items be made with its id?
    fn is_usable(&self) -> bool {
        !self.id().trim().is_empty()
    }

    /// Reads the list in it.
    fn read_within(&mut self, _list: Node<'_>, _path: &str, _remarks: &mut Remarks<'_>) {}
}

/// What became of a list: the records, and where each begins.
pub(super) struct Listed<T> {
    pub(super) records: Vec<T>,
    pub(super) offsets: Vec<usize>,
}

/// The names of the fields a `T` has.
pub(super) fn known<T: JsonSchema>() -> Vec<String> {
    let schema = SchemaGenerator::default().into_root_schema_for::<T>();
    let properties = schema.get("properties").and_then(|properties| properties.as_object());
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
}

/// Reads a list of records; `path` is its name.
pub(super) fn read_list<T: Record>(list: Node<'_>, path: &str, remarks: &mut Remarks<'_>) -> Listed<T> {
    let mut listed = Listed { records: Vec::new(), offsets: Vec::new() };
    let Some(elements) = list.elements() else {
        remarks.set_aside(Some(list.offset(remarks.source)), path, no_list(list));
        return listed;
    };
    let mut first: HashMap<Text, usize> = HashMap::new();
    for (place, node) in elements.into_iter().enumerate() {
        let Some(record) = read_record::<T>(node, path, place, remarks) else { continue };
        let (id, offset) = (record.id(), node.offset(remarks.source));
        let problem = match first.get(&id) {
            Some(first) => duplicate(&id, Some(remarks.source.line(*first))),
            None if !record.is_usable() => Sentence::new("remark-unusable-id").with("id", id),
            None => {
                first.insert(id, offset);
                listed.records.push(record);
                listed.offsets.push(offset);
                continue;
            }
        };
        let at = node.field(T::ID, remarks.source).map_or(offset, |field| field.offset);
        remarks.set_aside(Some(at), format!("{path}[{place}].{}", T::ID), problem);
    }
    listed
}

fn read_record<T: Record>(node: Node<'_>, list: &str, place: usize, remarks: &mut Remarks<'_>) -> Option<T> {
    let source = remarks.source;
    let read = match T::WITHIN {
        Some(within) => node.read_without(within),
        None => node.read(),
    };
    let mut record: T = match read {
        Ok(record) => record,
        Err(fault) => {
            set_aside::<T>(&fault, node, &named(node, list, place, T::ID, remarks), remarks);
            return None;
        }
    };
    if !record.unknown().is_empty() || T::WITHIN.is_some() {
        let path = format!("{list}.{}", record.id());
        let within = T::WITHIN.and_then(|within| node.field(within, source));
        if let Some(Field { name, node, .. }) = within {
            record.read_within(node, &format!("{path}.{name}"), remarks);
        }
        warn_of_unknown::<T>(node.fields(source), record.unknown(), &path, remarks);
    }
    Some(record)
}

/// That something else than a list stands there.
pub(super) fn no_list(node: Node<'_>) -> Sentence {
    let found = Sentence::new("remark-wrong-type").with("found", node.describe());
    found.with("expected", Part::Word("type-list".into()))
}

/// That an id is used already, on that line of this file.
pub(super) fn duplicate(id: &str, first: Option<u32>) -> Sentence {
    match first {
        Some(line) => Sentence::new("remark-duplicate-id-on-line").with("id", id).with("line", line.to_string()),
        None => Sentence::new("remark-duplicate-id").with("id", id),
    }
}

/// The path of a record: by its id where it has one.
pub(super) fn named(node: Node<'_>, list: &str, place: usize, id: &str, remarks: &Remarks<'_>) -> String {
    let id = node.field(id, remarks.source).and_then(|field| field.node.text()).filter(|id| !id.trim().is_empty());
    id.map_or_else(|| format!("{list}[{place}]"), |id| format!("{list}.{id}"))
}

/// A record that cannot be read.
pub(super) fn set_aside<T: JsonSchema>(fault: &Fault, node: Node<'_>, path: &str, remarks: &mut Remarks<'_>) {
    let found = found(fault, node, &known::<T>(), remarks.source);
    remarks.set_aside(Some(found.offset), format!("{path}{}", found.path), found.problem);
}

/// A warning of each field of a record that this version does not know.
fn warn_of_unknown<T: JsonSchema>(fields: Vec<Field<'_>>, unknown: &Unknown, path: &str, remarks: &mut Remarks<'_>) {
    let strange: Vec<Field<'_>> = fields.into_iter().filter(|field| unknown.contains_key(&field.name)).collect();
    if !strange.is_empty() {
        warn_of(strange, &known::<T>(), path, remarks);
    }
}

/// A warning of each of these fields, which are not `known`.
pub(super) fn warn_of(strange: Vec<Field<'_>>, known: &[String], path: &str, remarks: &mut Remarks<'_>) {
    for Field { name, offset, .. } in strange {
        let near = nearest(&name, known.iter().map(String::as_str));
        let problem = Sentence::new("remark-unknown-field").with("field", name.as_str()).near(near);
        remarks.warn(Some(offset), format!("{path}.{name}"), problem);
    }
}

macro_rules! record {
    ($($type:ident),*) => {$(
        impl Record for $type {
            fn id(&self) -> Text {
                self.id.as_text().clone()
            }

            fn unknown(&self) -> &Unknown {
                &self.unknown
            }
        }
    )*};
}

record!(Programme, Task, Milestone);

impl Record for Agency {
    fn id(&self) -> Text {
        self.id.as_text().clone()
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }

    /// An agency's id is the last part of a report's, and a word of `owes`.
    fn is_usable(&self) -> bool {
        let id = self.id.as_str();
        let word = id == "all" || id.starts_with('-') || id.starts_with("kind:");
        !id.trim().is_empty() && !id.contains('/') && !word
    }
}

impl Record for Duty {
    const WITHIN: Option<&'static str> = Some("periods");

    fn id(&self) -> Text {
        self.id.as_text().clone()
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }

    fn is_usable(&self) -> bool {
        !self.id.as_str().trim().is_empty() && !self.id.as_str().contains('/')
    }

    fn read_within(&mut self, list: Node<'_>, path: &str, remarks: &mut Remarks<'_>) {
        self.periods = read_list(list, path, remarks).records;
    }
}

impl Record for GivenPeriod {
    const ID: &'static str = "period";

    fn id(&self) -> Text {
        self.period.clone()
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }
}

impl Record for Campaign {
    const WITHIN: Option<&'static str> = Some("milestones");

    fn id(&self) -> Text {
        self.id.as_text().clone()
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }

    fn is_usable(&self) -> bool {
        !self.id.as_str().trim().is_empty() && !self.id.as_str().contains('/')
    }

    fn read_within(&mut self, list: Node<'_>, path: &str, remarks: &mut Remarks<'_>) {
        self.milestones = read_list(list, path, remarks).records;
    }
}

impl Record for Step {
    const ID: &'static str = "step";

    /// Notices have no step of their own, only their day.
    fn id(&self) -> Text {
        Text::from(if self.step == 0 { self.after_working_days.to_string() } else { self.step.to_string() })
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }
}
