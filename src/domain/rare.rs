//! [`Rare`]: the part of a state that few items have. It is made when the first of its fields is set: a hundred thousand
//! items without it are small.

use std::ops::{Deref, DerefMut};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    item::{ByDay, Event, Kept, Request},
    mailing::Mail,
    schema,
    status::Base,
    text::Text,
};

/// What few items have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Rare {
    /// The state before it was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_pause: Option<Base>,
    /// The day it was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub paused_on: Option<Date>,
    /// Where the document it was handed in with is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Text>,
    /// The last on-time day as last extended, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub extended_to: Option<Date>,
    /// How many times it was extended.
    #[serde(skip_serializing_if = "is_zero")]
    pub extensions: u16,
    /// Why it was last extended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_reason: Option<Text>,
    /// The approving document of the last extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_document: Option<Text>,
    /// A longer time asked for and not yet answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested: Option<Request>,
    /// The highest rung of the ladder it was escalated to; 0 for none.
    #[serde(skip_serializing_if = "is_zero")]
    pub escalation: u8,
    /// Mails about it of which it is not known, or not certain, what became of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<Mail>,
    /// How many times it was escalated.
    #[serde(skip_serializing_if = "is_zero")]
    pub escalations: u16,
    /// Whose queue it is hidden from, and until when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub snoozed: Vec<ByDay>,
    /// Who deals with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Text>,
    /// The day it was last promised for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub promise: Option<Date>,
    /// Why it was last sent back, paused, cancelled or exempted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// How many times it was sent back.
    #[serde(skip_serializing_if = "is_zero")]
    pub returns: u16,
    /// The event a case or an `after_task` report runs from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// Dates that had passed when the calendar was amended, and stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

static NOTHING: Rare = Rare {
    before_pause: None,
    paused_on: None,
    link: None,
    extended_to: None,
    extensions: 0,
    extension_reason: None,
    extension_document: None,
    requested: None,
    escalation: 0,
    escalations: 0,
    unsettled: Vec::new(),
    snoozed: Vec::new(),
    assigned: None,
    promise: None,
    reason: None,
    returns: 0,
    event: None,
    kept: None,
};

/// A [`Rare`] that takes no room while nothing in it is set.
#[derive(Clone, Debug, Default)]
pub struct Seldom(Option<Box<Rare>>);

impl Seldom {
    /// Gives the room back where nothing in it is set any more.
    pub(super) fn tidy(&mut self) {
        self.0.take_if(|rare| **rare == NOTHING);
    }
}

impl From<Rare> for Seldom {
    fn from(rare: Rare) -> Self {
        Seldom((rare != NOTHING).then(|| Box::new(rare)))
    }
}

impl Deref for Seldom {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Seldom {
    fn deref_mut(&mut self) -> &mut Rare {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Seldom {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for Seldom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Rare::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Seldom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Rare::deserialize(deserializer).map(Seldom::from)
    }
}

/// As if its fields stood where it stands.
impl JsonSchema for Seldom {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Rare::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Rare::json_schema(generator)
    }
}

fn is_zero<N: Default + PartialEq>(number: &N) -> bool {
    *number == N::default()
}

#[cfg(test)]
mod tests {
    use super::super::item::State;

    #[test]
    fn what_is_not_set_takes_no_room_and_is_no_difference() {
        let plain = State { notes: 1, ..State::default() };
        let mut state = plain.clone();
        state.returns = 0;
        assert_eq!(state, plain);
        assert!(state.rare.0.is_some());
        state.rare.tidy();
        assert!(state.rare.0.is_none());
        state.returns = 2;
        state.rare.tidy();
        assert_eq!(state.returns, 2);
        assert_ne!(state, plain);
    }

    #[test]
    fn a_state_is_said_in_json_as_one_record() {
        let json =
            r#"{"base":"returned","notes":3,"reason":"why","returns":1,"event":{"on":"2023-11-20","title":null}}"#;
        let state: State = serde_json::from_str(json).unwrap();
        assert_eq!((state.notes, state.returns, state.reason.as_deref()), (3, 1, Some("why")));
        assert_eq!(serde_json::to_string(&state).unwrap(), json);
        assert_eq!(serde_json::to_string(&State::default()).unwrap(), "{}");
    }

    #[test]
    fn an_item_stays_small() {
        assert!(size_of::<State>() <= 112, "{}", size_of::<State>());
    }
}
