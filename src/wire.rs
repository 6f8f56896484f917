//! The JSON spoken by `tiendo serve` and by who asks it. Both sides use these types, so that one cannot say what the other does
//! not read. Plans and entries are said as they are in files; a whole snapshot is in `snapshot.rs`, what went wrong in
//! `problem.rs`. Addresses, headers and who may ask are not here but in `server`.
//!
//! A field that is not known is passed over, so that an older side understands a newer one.

mod line;
mod packed;
mod parts;
mod problem;
mod records;
mod snapshot;
mod trend;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    line::Line,
    packed::{Unread, read, read_snapshot, unpack},
    problem::{Problem, ProblemKind},
    records::Tally,
    snapshot::{Counts, Received, Sent, SnapshotShape},
    trend::{NoPast, PointOf, Points, Weeks, WeeksOf},
};
use crate::domain::{
    access::Role,
    answer::{Admission, Page, PlanHead},
    entry::Entry,
    id::{ActorId, AgencyId, EntryId},
    schema,
    snapshot::Delta,
    text::Text,
};

/// At most so many entries are handed in at once.
pub const MOST_POSTED: usize = 500;

/// At most so many entries come in one answer; also where no `limit` is asked for.
pub const MOST_TOLD: u32 = 2_000;

/// `GET /v1/plans`: what there is, for whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plans {
    /// The plans, in the order they were first laid down.
    pub plans: Vec<PlanHead>,
    /// Whom the server takes the asker for.
    pub you: You,
    /// The server's version.
    pub version: Text,
}

/// Whom the server takes somebody for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct You {
    /// Who signs what is handed in.
    pub by: ActorId,
    /// As what: one role, or several where there are no tokens.
    pub roles: Vec<Role>,
    /// Whose desk it is, with the role `agency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_instant")]
    pub expires: Option<Timestamp>,
}

/// `GET …/journal?after=SEQ`: what happened after that entry, in order.
///
/// The entries are applied to a snapshot whose cursor is SEQ with `Snapshot::apply_delta` (see [`Entries::delta`]), unless they
/// are `whole`; whoever only reads them need not care.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entries {
    /// The entries, in order.
    pub entries: Vec<Entry>,
    /// The states, after the last of them, of items that folding cannot tell: something on them was taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refolded: Vec<Line>,
    /// Where to go on: the next `after`.
    pub cursor: u64,
    /// The entry at the cursor: sent as `last`, it makes sure that it is the same journal still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<EntryId>,
    /// Are there more?
    #[serde(default)]
    pub more: bool,
    /// They do not tell all that changed, an amendment of the plan among them: who keeps a snapshot fetches it anew.
    #[serde(default)]
    pub whole: bool,
}

impl Entries {
    /// What a snapshot takes in; `None` where it has to be fetched anew.
    pub fn delta(self) -> Option<Delta> {
        let refolded = self.refolded.into_iter().map(|line| (line.id, line.state)).collect();
        (!self.whole).then_some(Delta { entries: self.entries, refolded, cursor: self.cursor })
    }
}

/// `GET …/journal`, or `?before=SEQ`: entries, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageOf {
    /// The entries, newest first.
    pub entries: Vec<Entry>,
    /// Those of them that were taken back by the time asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reversed: Vec<EntryId>,
    /// What reversals among them took back, where it is not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<Entry>,
    /// Where to go on: the next `before`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<u64>,
    /// Are there more?
    #[serde(default)]
    pub more: bool,
}

impl From<PageOf> for Page {
    fn from(page: PageOf) -> Page {
        Page { entries: page.entries, reversed: page.reversed, taken_back: page.taken_back }
    }
}

/// `POST …/journal`: entries handed in. `by`, `seq` and `recorded` are the server's to set, and not looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Posting {
    /// The entries, in the order they were made; at most [`MOST_POSTED`].
    pub entries: Vec<Entry>,
}

/// What became of the entries handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answers {
    /// One for each, in the same order. Each stands alone.
    pub results: Vec<Answer>,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The entry.
    pub id: EntryId,
    /// What became of it: `applied`, `replayed`, `conflict`, `refused`.
    #[serde(flatten)]
    pub admission: Admission,
    /// Where it was not taken in: why, in the language asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
}

/// The data of an event of `GET …/events`; its `id` is the cursor too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// How far the journal has come.
    pub cursor: u64,
}

/// The `event` of an event that says how far the journal has come.
pub const JOURNAL: &str = "journal";

/// The `event` of a beat, which says only that the way is open.
pub const BEAT: &str = "beat";
