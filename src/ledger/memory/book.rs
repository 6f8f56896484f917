//! [`Book`]: one plan of a ledger in memory, with its journal.

use std::{collections::HashMap, sync::Arc};

use jiff::Timestamp;

use crate::{
    domain::{
        answer::{Admission, Fetched, Filter, Page, PlanHead},
        check::Refusal,
        entry::{Entry, Verb},
        fold::reversed,
        id::{EntryId, ItemId, PlanId},
        plan::Plan,
        replay::Revision,
        snapshot::{Delta, Snapshot},
    },
    ledger::{
        MOST_ENTRIES,
        admit::{Loaded, Verdict, histories_needed, items_needed, reminders_needed},
        history,
    },
};

/// One plan with its journal.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) snapshot: Snapshot,
    pub(super) revisions: Vec<Revision>,
    pub(super) entries: Vec<Entry>,
    pub(super) places: HashMap<EntryId, usize>,
}

impl Book {
    pub(super) fn id(&self) -> &PlanId {
        &self.snapshot.outline.plan.id
    }

    pub(super) fn seq(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.seq)
    }

    pub(super) fn head(&self) -> PlanHead {
        let revision = u64::try_from(self.revisions.len()).unwrap_or(u64::MAX);
        PlanHead::of(&self.snapshot.outline.plan, revision, self.seq())
    }

    pub(super) fn lay_down(&mut self, plan: Arc<Plan>, entry: Entry) {
        self.revisions.push(Revision { seq: entry.seq, on: entry.on, plan });
        self.push(entry);
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.snapshot.cursor = self.snapshot.cursor.max(entry.seq);
        self.places.insert(entry.id, self.entries.len());
        self.entries.push(entry);
    }

    fn journal(&self, item: &ItemId) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.item == *item).cloned().collect()
    }

    fn reminders(&self, since: Timestamp) -> Vec<Entry> {
        let of_day = |entry: &&Entry| entry.verb == Verb::Remind && entry.recorded_at() >= since;
        self.entries.iter().filter(of_day).cloned().collect()
    }

    pub(super) fn load(&self, entries: &[Entry], known: HashMap<EntryId, Entry>, now: Timestamp) -> Loaded {
        let histories: HashMap<ItemId, Vec<Entry>> =
            histories_needed(entries).into_iter().map(|id| (id.clone(), self.journal(&id))).collect();
        let needed = items_needed(&self.snapshot.outline, entries, &histories);
        let states = needed.into_iter().filter_map(|id| {
            let state = self.snapshot.item(&id)?.state.clone();
            Some((id, state))
        });
        let since = reminders_needed(&self.snapshot.outline, entries, now);
        let reminders = since.map_or_else(Vec::new, |since| self.reminders(since));
        Loaded { known, states: states.collect(), reminders, histories }
    }

    pub(super) fn admission(&self, verdict: Verdict) -> Admission {
        match verdict {
            Verdict::Applied(seq) => Admission::Applied { seq },
            Verdict::Replayed(seq) => Admission::Replayed { seq },
            Verdict::Refused(refusal) => Admission::Refused(refusal),
            Verdict::Conflict(stands) => match self.places.get(&stands).and_then(|place| self.entries.get(*place)) {
                Some(entry) => Admission::Conflict { stands: Box::new(entry.clone()) },
                None => Admission::Refused(Refusal::Conflict { stands }),
            },
        }
    }

    pub(super) fn at(&self, instant: Timestamp) -> Option<Snapshot> {
        let journal: Vec<&Entry> = self.entries.iter().filter(|entry| entry.recorded_at() <= instant).collect();
        history::at(&self.revisions, &journal)
    }

    pub(super) fn delta(&self, after: u64) -> Fetched {
        let seq = self.seq();
        if after == seq {
            return Fetched::Unchanged;
        }
        let amended = self.revisions.last().is_some_and(|revision| revision.seq > after);
        if amended || after > seq || seq - after > MOST_ENTRIES {
            return Fetched::Whole(Box::new(self.snapshot.clone()));
        }
        let entries: Vec<Entry> = self.entries.iter().filter(|entry| entry.seq > after).cloned().collect();
        let items = history::refolded_items(&self.snapshot.outline.plan, &entries, |item| self.journal(item));
        let state = |id: ItemId| Some((id.clone(), self.snapshot.item(&id)?.state.clone()));
        Fetched::Entries(Delta { refolded: items.into_iter().filter_map(state).collect(), entries, cursor: seq })
    }

    pub(super) fn page(&self, filter: &Filter) -> Page {
        let passing = self.entries.iter().rev().filter(|entry| filter.passes(entry));
        let entries: Vec<Entry> = passing.take(filter.most()).cloned().collect();
        let by_then: Vec<&Entry> = self.entries.iter().filter(|entry| filter.was_there(entry)).collect();
        let gone = reversed(by_then.iter().copied());
        let reversed = entries.iter().map(|entry| entry.id).filter(|id| gone.contains(id)).collect();
        let mut page = Page { entries, reversed, ..Page::default() };
        let entry = |id: EntryId| self.places.get(&id).and_then(|place| self.entries.get(*place)).cloned();
        loop {
            let found: Vec<Entry> = page.missing().into_iter().filter_map(entry).collect();
            if found.is_empty() {
                return page;
            }
            page.taken_back.extend(found);
        }
    }
}
