//! [`Line`]: an item as a snapshot tells it: its id, its dates for who reads them, and its state. A hundred thousand are read at
//! once: straight into what they become, without a tree between.

use std::{borrow::Cow, fmt};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IgnoredAny, MapAccess, Visitor},
};

use crate::domain::{
    id::ItemId,
    item::{Item, State},
    schema,
};

/// An item and its state, said in one record: the fields of the state stand beside the id.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// Its id.
    pub id: ItemId,
    /// What happened to it.
    #[serde(flatten)]
    pub state: State,
}

/// The same with the dates, as it is written of items that stand in the plan.
///
/// Whoever reads it to rebuild a snapshot has the dates from the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Dated<'a> {
    id: &'a ItemId,
    /// The last on-time day in force, with extensions; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    due: Option<Date>,
    /// The day as first in force, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    original_due: Option<Option<Date>>,
    /// The day as written, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    written_due: Option<Option<Date>>,
    #[serde(flatten)]
    state: &'a State,
}

impl<'a> Dated<'a> {
    pub(super) fn of(item: &'a Item) -> Self {
        let where_other = |day: Option<Date>| Some(day).filter(|day| *day != item.due);
        Dated {
            id: &item.id,
            due: item.due,
            original_due: where_other(item.original_due),
            written_due: where_other(item.written_due),
            state: &item.state,
        }
    }
}

/// What is read of a line: the id is not copied.
pub(super) struct Read<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) state: State,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        Ok(Line { id: ItemId::from(read.id.as_ref()), state: read.state })
    }
}

impl<'de> Deserialize<'de> for Read<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

/// Text that is borrowed where it can be.
#[derive(Deserialize)]
pub(super) struct Borrowed<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Read<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an item with its state")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Read<'de>, M::Error> {
        let (mut id, mut state) = (None, State::default());
        while let Some(Borrowed(field)) = map.next_key()? {
            match field.as_ref() {
                "id" => id = Some(map.next_value::<Borrowed<'de>>()?.0),
                "base" => state.base = map.next_value()?,
                "progress" => state.progress = map.next_value()?,
                "handed_in" => state.handed_in = map.next_value()?,
                "document" => state.document = map.next_value()?,
                "reminders" => state.reminders = map.next_value()?,
                "last_reminded" => state.last_reminded = map.next_value()?,
                "rungs" => state.rungs = map.next_value()?,
                "acknowledged" => state.acknowledged = map.next_value()?,
                "notes" => state.notes = map.next_value()?,
                "last" => state.last = map.next_value()?,
                field => read_rare(field, &mut state, &mut map)?,
            }
        }
        id.map(|id| Read { id, state }).ok_or_else(|| serde::de::Error::missing_field("id"))
    }
}

fn read_rare<'de, M: MapAccess<'de>>(field: &str, state: &mut State, map: &mut M) -> Result<(), M::Error> {
    // Naming a field of `Rare` makes room for all of them: only where the line has one.
    match field {
        "before_pause" => state.before_pause = map.next_value()?,
        "paused_on" => state.paused_on = map.next_value()?,
        "link" => state.link = map.next_value()?,
        "extended_to" => state.extended_to = map.next_value()?,
        "extensions" => state.extensions = map.next_value()?,
        "extension_reason" => state.extension_reason = map.next_value()?,
        "extension_document" => state.extension_document = map.next_value()?,
        "requested" => state.requested = map.next_value()?,
        "escalation" => state.escalation = map.next_value()?,
        "unsettled" => state.unsettled = map.next_value()?,
        "escalations" => state.escalations = map.next_value()?,
        "snoozed" => state.snoozed = map.next_value()?,
        "assigned" => state.assigned = map.next_value()?,
        "promise" => state.promise = map.next_value()?,
        "reason" => state.reason = map.next_value()?,
        "returns" => state.returns = map.next_value()?,
        "event" => state.event = map.next_value()?,
        "kept" => state.kept = map.next_value()?,
        _ => {
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(())
}
