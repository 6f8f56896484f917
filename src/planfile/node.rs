//! [`Node`]: a value in a TOML or JSON text that knows its place, so that each record is read by itself and a remark can
//! say on which line it is wrong. What records mean is in `records.rs`.
//!
//! JSON stays text until a record is read: a node is a slice of the file, and no tree of the whole is made.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use serde_json::{Map, Number, Value, value::RawValue};
use serde_path_to_error::Segment;
use toml::de::{DeTable, DeValue};

use crate::domain::{
    sentence::{Part, Sentence},
    text::Text,
};

use super::{error::PlanError, source::Source};

/// The root of a file, parsed as far as its format demands.
pub(super) enum Document<'a> {
    /// The whole tree.
    Toml(DeTable<'a>),
    /// The fields of the root.
    Json(Fields<'a>),
}

/// A value with its place.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    Toml(&'a toml::Spanned<DeValue<'a>>),
    Json(&'a RawValue),
}

/// A field of a table: its name, where the name stands (in JSON where its value stands), its value.
pub(super) struct Field<'a> {
    pub(super) name: String,
    pub(super) offset: usize,
    pub(super) node: Node<'a>,
}

/// Why a value could not be read as what it should be.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where in it, from its own root.
    pub(super) path: Vec<Segment>,
    /// What serde said.
    pub(super) message: String,
}

impl<'a> Document<'a> {
    /// Parses the text: JSON where the name ends so or, under another name than `.toml`, the text begins so.
    pub(super) fn parse(source: &Source<'a>) -> Result<Self, PlanError> {
        let broken = |line: u32, reason: &str| {
            let stands = source.text.lines().nth(usize::try_from(line - 1).unwrap_or_default()).unwrap_or_default();
            let problem = Sentence::new("file-syntax").with("reason", reason.lines().next().unwrap_or_default());
            PlanError::of_file(source.file.clone(), Some(line), problem.with("text", shortened(stands.trim())))
        };
        if is_json(&source.file, source.text) {
            serde_json::from_str(source.text).map(Document::Json).map_err(|error| {
                let said = error.to_string();
                let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
                broken(u32::try_from(error.line()).unwrap_or(u32::MAX).max(1), reason)
            })
        } else {
            DeTable::parse(source.text).map(|table| Document::Toml(table.into_inner())).map_err(|error| {
                let line = error.span().map_or(1, |span| source.line(span.start));
                broken(line, error.message())
            })
        }
    }

    /// The fields of the root.
    pub(super) fn fields<'b>(&'b self, source: &Source<'a>) -> Vec<Field<'b>>
    where
        'a: 'b,
    {
        match self {
            Document::Toml(table) => toml_fields(table),
            Document::Json(fields) => json_fields(fields, source),
        }
    }
}

fn is_json(file: &str, text: &str) -> bool {
    let ends = |extension: &str| file.to_ascii_lowercase().ends_with(extension);
    ends(".json") || (!ends(".toml") && text.trim_start().starts_with('{'))
}

fn toml_fields<'b>(table: &'b DeTable<'_>) -> Vec<Field<'b>> {
    let fields = table.iter();
    fields
        .map(|(name, value)| Field {
            name: name.get_ref().clone().into_owned(),
            offset: name.span().start,
            node: Node::Toml(value),
        })
        .collect()
}

fn json_fields<'b>(fields: &Fields<'b>, source: &Source<'_>) -> Vec<Field<'b>> {
    let fields = fields.0.iter();
    fields
        .map(|(name, raw)| Field { name: name.clone(), offset: source.offset_of(raw.get()), node: Node::Json(raw) })
        .collect()
}

impl<'a> Node<'a> {
    /// Where it begins.
    pub(super) fn offset(self, source: &Source<'_>) -> usize {
        match self {
            Node::Toml(value) => value.span().start,
            Node::Json(raw) => source.offset_of(raw.get()),
        }
    }

    /// The fields of a table; none for anything else.
    pub(super) fn fields(self, source: &Source<'_>) -> Vec<Field<'a>> {
        match self {
            Node::Toml(value) => value.get_ref().as_table().map(toml_fields).unwrap_or_default(),
            Node::Json(raw) => serde_json::from_str(raw.get())
                .map(|fields: Fields<'a>| json_fields(&fields, source))
                .unwrap_or_default(),
        }
    }

    /// The elements of a list; `None` for anything else.
    pub(super) fn elements(self) -> Option<Vec<Node<'a>>> {
        match self {
            Node::Toml(value) => Some(value.get_ref().as_array()?.iter().map(Node::Toml).collect()),
            Node::Json(raw) => {
                let elements: Vec<&'a RawValue> = serde_json::from_str(raw.get()).ok()?;
                Some(elements.into_iter().map(Node::Json).collect())
            }
        }
    }

    /// Reads it as a `T`.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        let straight = match self {
            Node::Toml(_) => None,
            Node::Json(raw) => Some(serde_json::from_str(raw.get())),
        };
        let said = match straight {
            Some(Ok(read)) => return Ok(read),
            Some(Err(error)) => Some(error.to_string()),
            None => None,
        };
        let read = self.value().and_then(read_value);
        match (read, said) {
            // Only the text shows it, a field that is given twice for instance.
            (Ok(_), Some(said)) => Err(Fault { path: Vec::new(), message: said }),
            (read, _) => read,
        }
    }

    /// Reads a table as a `T`, but for the field `without`.
    pub(super) fn read_without<T: DeserializeOwned>(self, without: &str) -> Result<T, Fault> {
        let mut value = self.value()?;
        if let Value::Object(fields) = &mut value {
            fields.remove(without);
        }
        read_value(value)
    }

    /// It as a tree; dates of TOML become strings, as they are in JSON.
    pub(super) fn value(self) -> Result<Value, Fault> {
        match self {
            Node::Toml(value) => Ok(toml_value(value.get_ref())),
            Node::Json(raw) => {
                serde_json::from_str(raw.get()).map_err(|error| Fault { path: Vec::new(), message: error.to_string() })
            }
        }
    }

    /// It as a text, if it is one.
    pub(super) fn text(self) -> Option<Text> {
        match self.value() {
            Ok(Value::String(text)) => Some(Text::new(&text)),
            Ok(_) | Err(_) => None,
        }
    }

    /// The field of that name.
    pub(super) fn field(self, name: &str, source: &Source<'_>) -> Option<Field<'a>> {
        self.fields(source).into_iter().rfind(|field| field.name == name)
    }

    /// Where the deepest part of `path` stands that is there, and that part.
    pub(super) fn find(self, path: &[Segment], source: &Source<'_>) -> (usize, Node<'a>) {
        let mut found = (self.offset(source), self);
        for segment in path {
            let next = match segment {
                Segment::Map { key } => found.1.field(key, source).map(|field| (field.offset, field.node)),
                Segment::Seq { index } => {
                    let element = found.1.elements().and_then(|elements| elements.get(*index).copied());
                    element.map(|element| (element.offset(source), element))
                }
                Segment::Enum { .. } | Segment::Unknown => None,
            };
            match next {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }

    /// What it is, for a person: a text in quotation marks, a number, or its kind.
    pub(super) fn describe(self) -> Part {
        let kind = |id: &'static str| Part::Word(id.into());
        match self.value() {
            Ok(Value::String(text)) => format!("\"{}\"", shortened(&text)).into(),
            Ok(Value::Number(number)) => number.to_string().into(),
            Ok(Value::Bool(yes)) => yes.to_string().into(),
            Ok(Value::Null) => "null".into(),
            Ok(Value::Array(_)) => kind("found-list"),
            Ok(Value::Object(_)) => kind("found-table"),
            Err(_) => kind("found-unreadable"),
        }
    }
}

/// The beginning of a text, as much as a message bears.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Reads a tree as a `T`.
fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| Fault { path: error.path().iter().cloned().collect(), message: error.inner().to_string() })
}

fn toml_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => Value::String(digits.to_string()),
        },
        DeValue::Float(digits) => {
            let number = digits.as_str().parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| Value::String(digits.to_string()), Value::Number)
        }
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(elements) => elements.iter().map(|element| toml_value(element.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(
            table
                .iter()
                .map(|(name, value)| (name.get_ref().to_string(), toml_value(value.get_ref())))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// The fields of a JSON object in their order, each value as its text.
pub(super) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object).map(Fields)
    }
}
