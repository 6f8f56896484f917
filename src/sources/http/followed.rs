//! [`Followed`]: how far a shared journal was followed, and the revision of the plan that came last.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    domain::{id::EntryId, plan::Plan, text::Text},
    wire::Received,
};

#[derive(Debug, Default)]
pub(super) struct Followed(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    cursor: Option<u64>,
    /// The entry at the cursor: that it is the same journal still.
    last: Option<EntryId>,
    /// The tag of the snapshot at the cursor, where it is one.
    etag: Option<String>,
    plan: Option<Arc<Plan>>,
    plan_tag: Option<Text>,
}

/// Where a journal was followed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) last: Option<EntryId>,
    pub(super) etag: Option<String>,
}

impl Followed {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A snapshot came.
    pub(super) fn remember(&self, received: &Received, etag: Option<String>) {
        let mut known = self.known();
        (known.cursor, known.last, known.etag) = (Some(received.snapshot.cursor), received.last, etag);
        known.plan = Some(Arc::clone(&received.snapshot.outline.plan));
        known.plan_tag.clone_from(&received.plan_tag);
    }

    /// Entries came, up to that one.
    pub(super) fn went_to(&self, cursor: u64, last: Option<EntryId>) {
        let mut known = self.known();
        if known.cursor != Some(cursor) {
            known.etag = None;
        }
        (known.cursor, known.last) = (Some(cursor), last.or(known.last));
    }

    pub(super) fn cursor(&self) -> Option<u64> {
        self.known().cursor
    }

    /// What is known of the place `cursor`.
    pub(super) fn place(&self, cursor: u64) -> Place {
        let known = self.known();
        if known.cursor != Some(cursor) {
            return Place::default();
        }
        Place { last: known.last, etag: known.etag.clone() }
    }

    /// What the revision of the plan is called whose wording is `seen`, where that is the one that came last.
    pub(super) fn revision(&self, seen: &Plan) -> Option<Text> {
        let known = self.known();
        known.plan_tag.clone().filter(|_| known.plan.as_deref() == Some(seen))
    }
}
