//! [`Book`]: what is known of the server between requests, and what became of it: unlike a ledger it tells no entries, so whoever
//! asks what is new is told everything once something has changed. [`Token`] says how an issue stands for who acts on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{
    history::Details,
    mapping::Mapping,
    plan::{self, Frame},
    wire::{Issue, Named, Project, Status, Version},
};
use crate::domain::{
    id::{EntryId, ItemId},
    snapshot::Snapshot,
};

/// What the server has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) root: Project,
    pub(super) projects: Vec<Project>,
    pub(super) statuses: Vec<Status>,
    pub(super) trackers: Vec<Named>,
    pub(super) versions: Vec<Version>,
    pub(super) issues: BTreeMap<u64, Issue>,
    pub(super) details: BTreeMap<u64, Details>,
    /// The issues that are another's parent.
    pub(super) parents: BTreeSet<u64>,
}

/// What is known, what it means, and what that came to.
pub(super) struct Book {
    pub(super) known: Known,
    pub(super) mapping: Mapping,
    /// Goes up with every change; by the clock of the server, so that it does after a restart too.
    pub(super) version: u64,
    pub(super) snapshot: Snapshot,
    /// Which issue each item is.
    issues: HashMap<ItemId, u64>,
}

impl Book {
    pub(super) fn new(known: Known, mapping: Mapping, frame: &Frame<'_>) -> Self {
        let version = since(&known).map_or(1, milliseconds).max(1);
        let laid = plan::lay(&known, &mapping, frame, version);
        Book { known, mapping, version, snapshot: laid.snapshot, issues: laid.issues }
    }

    /// Something changed in `known`: everything is laid out anew.
    pub(super) fn changed(&mut self, frame: &Frame<'_>) {
        self.known.parents = parents(&self.known.issues);
        self.version = since(&self.known).map_or(0, milliseconds).max(self.version + 1);
        let laid = plan::lay(&self.known, &self.mapping, frame, self.version);
        (self.snapshot, self.issues) = (laid.snapshot, laid.issues);
    }

    /// Which issue an item is. Also where its duty, period or agency changed since it was named, as far as its number is in it.
    pub(super) fn issue(&self, item: &ItemId) -> Option<u64> {
        self.issues.get(item).copied()
    }

    /// The item an issue is.
    pub(super) fn item(&self, issue: u64) -> Option<&ItemId> {
        self.issues.iter().find(|(_, of)| **of == issue).map(|(item, _)| item)
    }

    /// The last change that is known of.
    pub(super) fn since(&self) -> Option<Timestamp> {
        since(&self.known)
    }
}

fn since(known: &Known) -> Option<Timestamp> {
    known.issues.values().map(|issue| issue.updated_on).max()
}

fn milliseconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

pub(super) fn parents(issues: &BTreeMap<u64, Issue>) -> BTreeSet<u64> {
    issues.values().filter_map(|issue| issue.parent.as_ref()).map(|parent| parent.id).collect()
}

/// How an issue stands, as far as acts do not commute: what of it somebody who acts must have seen. It is no hash: two states
/// that differ in it have two ids. A note, or who it is assigned to, is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    issue: u64,
    status: u64,
    due: Option<Date>,
    ratio: u8,
    received: Option<Date>,
}

impl Token {
    pub(super) fn of(issue: &Issue, mapping: &Mapping, has_children: bool) -> Self {
        Token {
            issue: issue.id,
            status: issue.status.id,
            due: issue.due_date,
            // A parent's goes with its children: nobody acts on it here.
            ratio: if has_children { 0 } else { issue.done_ratio.unwrap_or(0) },
            received: issue.day(mapping.received),
        }
    }

    /// As the id of an entry that nobody made: forty bits of the issue's number, eighteen of the status's, seven of the progress,
    /// twenty-three for each day.
    pub(super) fn id(self) -> EntryId {
        let bits = |value: u64, width: u32| u128::from(value & ((1 << width) - 1));
        let day = |day: Option<Date>| {
            let day =
                day.map(|day| u64::from(day.year().unsigned_abs()) * 512 + u64::from(day.day_of_year().unsigned_abs()));
            bits(day.unwrap_or(0), 23)
        };
        let parts = [
            (bits(self.issue, 40), 18),
            (bits(self.status, 18), 7),
            (bits(u64::from(self.ratio), 7), 23),
            (day(self.due), 23),
        ];
        let packed = parts.into_iter().fold(0, |packed, (part, next)| (packed | part) << next);
        EntryId(Uuid::from_u128(packed | day(self.received)))
    }
}
