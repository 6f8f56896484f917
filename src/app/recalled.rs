//! [`Journals`]: of the items on which something confirmed is to be taken back, for only they tell what stays of an item without
//! it; and of those with an act that may have arrived, for only they tell whether the snapshot has it. They are asked for where
//! they are not at hand, so that after a restart too each act is seen, and seen once.

use std::collections::{BTreeMap, BTreeSet};

use super::{effect::Effect, history::FULL, model::Model, pending};
use crate::domain::{
    answer::Page,
    entry::Entry,
    failure::Failure,
    id::{EntryId, ItemId},
    waiting::{Act, Standing},
};

/// The journals that are at hand, each from its first entry on, and those that are not.
#[derive(Debug, Default)]
pub(super) struct Journals {
    known: BTreeMap<ItemId, Vec<Entry>>,
    /// The items of which one is needed.
    wanted: Vec<ItemId>,
    /// Those of them that were asked for; one that cannot be used is not asked for again.
    asked: BTreeSet<ItemId>,
    /// Acts that the snapshot may have, and their items.
    doubtful: BTreeMap<EntryId, ItemId>,
    /// Acts that the snapshot has, though their source was not heard to confirm them.
    arrived: BTreeSet<EntryId>,
}

impl Journals {
    /// All of an item's journal.
    pub(super) fn of(&self, item: &ItemId) -> Option<Vec<Entry>> {
        self.known.get(item).cloned()
    }

    /// All of an item's journal is at hand.
    pub(super) fn keep(&mut self, item: ItemId, journal: Vec<Entry>) {
        self.known.entry(item).or_insert(journal);
    }

    /// These are needed, besides those of the acts in doubt.
    pub(super) fn want(&mut self, items: &[ItemId]) {
        self.wanted = items.iter().chain(self.doubtful.values()).cloned().collect();
    }

    /// The snapshot came whole: what is at hand may be older, and the snapshot may have any of these acts.
    pub(super) fn begin_anew(&mut self, acts: &[Act]) {
        *self = Journals { arrived: std::mem::take(&mut self.arrived), ..Journals::default() };
        self.doubt(acts.iter());
    }

    /// The snapshot may have these acts, where they may have arrived.
    pub(super) fn doubt<'a>(&mut self, acts: impl Iterator<Item = &'a Act>) {
        let acts = acts.filter(|act| act.standing == Standing::Uncertain && !self.has_arrived(act.entry.id));
        let acts: Vec<_> = acts.map(|act| (act.entry.id, act.entry.item.clone())).collect();
        self.doubtful.extend(acts);
    }

    /// The snapshot has these acts.
    pub(super) fn arrive(&mut self, ids: impl IntoIterator<Item = EntryId>) {
        for id in ids {
            self.doubtful.remove(&id);
            self.arrived.insert(id);
        }
    }

    /// Does the snapshot have this act?
    pub(super) fn has_arrived(&self, id: EntryId) -> bool {
        self.arrived.contains(&id)
    }

    /// Only these acts are not confirmed any more.
    pub(super) fn retain(&mut self, there: &BTreeSet<EntryId>) {
        self.arrived.retain(|id| there.contains(id));
        self.doubtful.retain(|id, _| there.contains(id));
    }

    /// The source had these entries to tell.
    pub(super) fn follow(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Some(journal) = self.known.get_mut(&entry.item) {
                journal.push(entry.clone());
            }
        }
    }

    /// The journal of this item was asked for and changes what is seen.
    pub(super) fn awaits(&self, item: &ItemId) -> bool {
        self.asked.contains(item) && self.wanted.contains(item)
    }
}

/// Asks for the journals that are needed.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Journals { wanted, asked, .. } = &mut model.pending.journals;
    let missing = wanted.iter().filter(|item| asked.insert((*item).clone()));
    missing.map(|item| Effect::FetchHistory { item: item.clone(), until: None }).collect()
}

/// A journal came: what is taken back on its item is seen now.
pub(super) fn history_fetched(model: &mut Model, item: &ItemId, result: &Result<Page, Failure>) {
    if !model.pending.journals.awaits(item) {
        return;
    }
    let Ok(page) = result else {
        // The source has gone; it is asked again when something more comes from it.
        let journals = &mut model.pending.journals;
        journals.asked.remove(item);
        journals.wanted.retain(|wanted| wanted != item);
        return;
    };
    pending::change(model, |pending, cursor| {
        // What the snapshot has not heard of yet comes with the next fetch.
        let journal: Vec<Entry> = page.entries.iter().rev().filter(|entry| entry.seq <= cursor).cloned().collect();
        pending.arrived(&journal);
        pending.journals.doubtful.retain(|_, doubtful| doubtful != item);
        // One that is full may go on.
        if page.entries.len() < FULL {
            pending.journals.keep(item.clone(), journal);
        }
    });
}
