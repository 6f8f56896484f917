//! The JSON Schema of what does not derive it: dates, instants, ids, and words that are kept when they are not known.
//! It describes the types as they are read and written; nothing is checked by it at run time.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    agency::AgencyKind,
    entry::Verb,
    id::{EntryId, ItemId},
    text::Text,
};

/// A day, `2023-10-31`.
pub(crate) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}

pub(crate) fn optional_date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "format": "date" })
}

pub(crate) fn dates(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "format": "date" }, "uniqueItems": true })
}

/// An instant, `2023-06-28T09:02:11+07:00`.
pub(crate) fn instant(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date-time" })
}

pub(crate) fn optional_instant(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "format": "date-time" })
}

/// A UUID.
pub(crate) fn uuid(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "uuid" })
}

pub(crate) fn optional_uuid(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "format": "uuid" })
}

macro_rules! inline {
    ($($name:ident => $schema:expr),* $(,)?) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

inline! {
    Text => json_schema!({ "type": "string" }),
    ItemId => json_schema!({ "type": "string", "pattern": "^(task|report|milestone|campaign|duty|plan):" }),
    EntryId => json_schema!({ "type": "string", "format": "uuid" }),
    AgencyKind => open_words(AgencyKind::KNOWN.iter().map(AgencyKind::as_str)),
    Verb => open_words(Verb::KNOWN.iter().map(Verb::as_str)),
}

/// One of these words, or another one, which is kept as it is.
fn open_words<'a>(words: impl Iterator<Item = &'a str>) -> Schema {
    json_schema!({ "anyOf": [{ "enum": words.collect::<Vec<_>>() }, { "type": "string" }] })
}
