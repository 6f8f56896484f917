//! What a ledger or a source is asked and what it answers: changes since a cursor, a page of the journal, and what became
//! of each entry handed in.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    check::Refusal,
    entry::{Entry, Verb},
    id::{ActorId, EntryId, ItemId, ItemName, PlanId},
    plan::Plan,
    snapshot::{Delta, Snapshot},
    text::Text,
    title::Title,
};

/// What happened since a cursor.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// Nothing.
    Unchanged,
    /// These entries; [`Snapshot::apply_delta`] takes them in.
    Entries(Delta),
    /// It cannot be told in entries (no cursor, an unknown one, an amendment between, too many): everything anew.
    Whole(Box<Snapshot>),
}

/// Which entries of a journal are asked for. The default is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those on this item; of a case also the one that opened it.
    pub item: Option<ItemId>,
    /// Only those by this person.
    pub by: Option<ActorId>,
    /// Only those of these verbs; of every verb where empty.
    pub verbs: Vec<Verb>,
    /// Only those recorded then or later.
    pub since: Option<Timestamp>,
    /// Only those recorded by then; what was taken back only later counts as standing.
    pub until: Option<Timestamp>,
    /// Only those with a smaller sequence number.
    pub before: Option<u64>,
    /// At most so many.
    pub limit: Option<u32>,
}

impl Filter {
    /// Does it let `entry` through? The limit is not looked at.
    pub fn passes(&self, entry: &Entry) -> bool {
        self.item.as_ref().is_none_or(|item| *item == entry.item || self.opening() == Some(entry.id))
            && self.by.as_ref().is_none_or(|by| entry.by.as_ref() == Some(by))
            && (self.verbs.is_empty() || self.verbs.contains(&entry.verb))
            && self.before.is_none_or(|before| entry.seq < before)
            && self.is_recent(entry)
            && self.was_there(entry)
    }

    /// Was `entry` recorded at the time that is asked about or after it?
    pub fn is_recent(&self, entry: &Entry) -> bool {
        self.since.is_none_or(|since| since <= entry.recorded_at())
    }

    /// Was `entry` recorded by the time that is asked about?
    pub fn was_there(&self, entry: &Entry) -> bool {
        self.until.is_none_or(|until| entry.recorded_at() <= until)
    }

    /// The entry that opened the item asked for, where it is a case.
    pub fn opening(&self) -> Option<EntryId> {
        match self.item.as_ref()?.name()? {
            ItemName::Report { period, .. } => period.parse().ok().map(EntryId),
            ItemName::Task(_)
            | ItemName::Milestone { .. }
            | ItemName::Campaign(_)
            | ItemName::Duty(_)
            | ItemName::Plan(_) => None,
        }
    }

    /// The limit as a count.
    pub fn most(&self) -> usize {
        self.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

/// Entries of a journal, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The entries. The next page is asked for with the last one's `seq` as `before`.
    pub entries: Vec<Entry>,
    /// Those of them that are taken back at the time asked about, by an entry of this page or another.
    pub reversed: Vec<EntryId>,
    /// What reversals among them took back, down to the entry that is no reversal, where it is not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<Entry>,
}

/// What became of an entry that was handed in. Each entry stands alone: the others of its batch do not matter to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub enum Admission {
    /// It is in the journal.
    Applied {
        /// Its place there.
        seq: u64,
    },
    /// It was there already, with the same body.
    Replayed {
        /// Its place there.
        seq: u64,
    },
    /// Somebody else acted on the item meanwhile.
    Conflict {
        /// Their entry.
        stands: Box<Entry>,
    },
    /// The rules do not let it.
    Refused(Refusal),
}

/// One plan of several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanHead {
    /// Its id.
    pub id: PlanId,
    /// The number of its issuing document.
    pub number: Option<Text>,
    /// Its name.
    pub title: Title,
    /// How often it was laid down or amended, from 1.
    pub revision: u64,
    /// The sequence number of its last entry.
    pub seq: u64,
    /// Is it sample data?
    pub sample: bool,
}

impl PlanHead {
    /// The head of `plan` at its `revision`, with `seq` entries.
    pub fn of(plan: &Plan, revision: u64, seq: u64) -> Self {
        PlanHead {
            id: plan.id.clone(),
            number: plan.number.clone(),
            title: plan.title.clone(),
            revision,
            seq,
            sample: plan.sample,
        }
    }
}

/// What laying down a plan came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub enum LaidDown {
    /// The ledger did not have it; `seq` is its entry.
    New {
        /// The place of its entry.
        seq: u64,
    },
    /// It replaced an earlier revision.
    Amended {
        /// The place of its entry.
        seq: u64,
    },
    /// It is word for word the revision in force: nothing was written.
    Unchanged {
        /// The place of the entry that laid that revision down.
        seq: u64,
    },
}

impl LaidDown {
    /// The place of the entry that laid down the revision now in force.
    pub fn seq(self) -> u64 {
        match self {
            LaidDown::New { seq } | LaidDown::Amended { seq } | LaidDown::Unchanged { seq } => seq,
        }
    }
}

/// What importing a journal came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Entries taken in.
    pub added: u64,
    /// Entries the ledger had already, by their ids.
    pub known: u64,
    /// Entries left out: `plan` entries, whose body a journal does not carry.
    pub left_out: u64,
}
