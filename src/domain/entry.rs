//! [`Entry`]: one thing that happened, and the verbs it can say. Which verb is possible when is in `verbs.rs`.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    difference::Difference,
    id::{ActorId, AgencyId, EntryId, ItemId},
    schema,
    text::Text,
};

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Made once by whoever acts; the same id is the same act.
    pub id: EntryId,
    /// What it is about.
    pub item: ItemId,
    /// What was done.
    pub verb: Verb,
    /// The day it took effect in the plan's time zone: lateness counts from it.
    #[schemars(schema_with = "schema::date")]
    pub on: Date,
    /// When the person acted, by their clock.
    #[schemars(schema_with = "schema::instant")]
    pub at: Timestamp,
    /// `extend`, `request-extension`: the new last on-time day as written. `snooze`: until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub until: Option<Date>,
    /// `progress`: 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// `remind`, `escalate`: the rung of the ladder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// `remind`: how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// `escalate`: to whom. `assign`: who takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Text>,
    /// `open`: who owes the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// `open`: what the case is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The document itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Text>,
    /// `remind` by e-mail: what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The number of the document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// `note`: the day something was promised for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub promise: Option<Date>,
    /// May the agency read the note?
    #[serde(default, skip_serializing_if = "is_false")]
    pub public: bool,
    /// The last entry on this item, of a verb that does not commute, which the actor had seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<EntryId>,
    /// What was done in one step bears one batch id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_uuid")]
    pub batch: Option<Uuid>,
    /// `reverse`: the entry taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<EntryId>,
    /// `plan`: what an amendment made from a screen changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Difference>,
    /// Who acted; set by the ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActorId>,
    /// Its place in the plan's journal; set by the ledger, 0 before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seq: u64,
    /// When the ledger took it; the order of days goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_instant")]
    pub recorded: Option<Timestamp>,
}

impl Entry {
    /// An entry that says only what it must.
    pub fn new(id: EntryId, item: ItemId, verb: Verb, on: Date, at: Timestamp) -> Self {
        Entry {
            id,
            item,
            verb,
            on,
            at,
            until: None,
            percent: None,
            level: None,
            channel: None,
            to: None,
            agency: None,
            title: None,
            link: None,
            outcome: None,
            document: None,
            reason: None,
            note: None,
            promise: None,
            public: false,
            expects: None,
            batch: None,
            reverses: None,
            changes: Vec::new(),
            by: None,
            seq: 0,
            recorded: None,
        }
    }

    /// When it counts as recorded: by the ledger, or for data that never passed one when the person acted.
    pub fn recorded_at(&self) -> Timestamp {
        self.recorded.unwrap_or(self.at)
    }
}

/// What can be done; a word this version does not know is kept and becomes history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
#[allow(missing_docs, reason = "the words themselves are the documentation; their meaning is the table in `verbs.rs`")]
pub enum Verb {
    Receive,
    Submit,
    Confirm,
    Return,
    Tick,
    Progress,
    Extend,
    RequestExtension,
    Decline,
    Acknowledge,
    Note,
    Assign,
    Snooze,
    Remind,
    Escalate,
    Exempt,
    Pause,
    Resume,
    Cancel,
    Open,
    Reverse,
    Plan,
    Unknown(Text),
}

impl Verb {
    /// Every verb this version knows.
    pub const KNOWN: [Verb; 22] = [
        Verb::Receive,
        Verb::Submit,
        Verb::Confirm,
        Verb::Return,
        Verb::Tick,
        Verb::Progress,
        Verb::Extend,
        Verb::RequestExtension,
        Verb::Decline,
        Verb::Acknowledge,
        Verb::Note,
        Verb::Assign,
        Verb::Snooze,
        Verb::Remind,
        Verb::Escalate,
        Verb::Exempt,
        Verb::Pause,
        Verb::Resume,
        Verb::Cancel,
        Verb::Open,
        Verb::Reverse,
        Verb::Plan,
    ];

    /// The word used in files, on the command line and as the end of ids in `config/lang`.
    pub fn as_str(&self) -> &str {
        match self {
            Verb::Receive => "receive",
            Verb::Submit => "submit",
            Verb::Confirm => "confirm",
            Verb::Return => "return",
            Verb::Tick => "tick",
            Verb::Progress => "progress",
            Verb::Extend => "extend",
            Verb::RequestExtension => "request-extension",
            Verb::Decline => "decline",
            Verb::Acknowledge => "acknowledge",
            Verb::Note => "note",
            Verb::Assign => "assign",
            Verb::Snooze => "snooze",
            Verb::Remind => "remind",
            Verb::Escalate => "escalate",
            Verb::Exempt => "exempt",
            Verb::Pause => "pause",
            Verb::Resume => "resume",
            Verb::Cancel => "cancel",
            Verb::Open => "open",
            Verb::Reverse => "reverse",
            Verb::Plan => "plan",
            Verb::Unknown(word) => word,
        }
    }

    /// Can it change how an item stands, or take back what did?
    pub fn moves(&self) -> bool {
        !self.commutes() && !matches!(self, Verb::Escalate | Verb::RequestExtension | Verb::Decline)
    }

    /// Do two of these on one item, by two people, give the same in either order?
    pub fn commutes(&self) -> bool {
        matches!(self, Verb::Acknowledge | Verb::Note | Verb::Assign | Verb::Snooze | Verb::Remind | Verb::Unknown(_))
    }
}

impl From<Text> for Verb {
    fn from(word: Text) -> Self {
        Verb::KNOWN.into_iter().find(|verb| verb.as_str() == word.as_str()).unwrap_or(Verb::Unknown(word))
    }
}

impl From<Verb> for Text {
    fn from(verb: Verb) -> Text {
        Text::new(verb.as_str())
    }
}

/// How a reminder went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By letter.
    Letter,
    /// By telephone.
    Telephone,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 3] = [Channel::Email, Channel::Letter, Channel::Telephone];

    /// The word in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Letter => "letter",
            Channel::Telephone => "telephone",
        }
    }
}

/// What became of a reminder by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// About to be sent; nobody else may.
    Claimed,
    /// The mail server took it.
    Sent,
    /// It may have been taken; never sent again by itself.
    Uncertain,
    /// It was not taken.
    Failed,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}
