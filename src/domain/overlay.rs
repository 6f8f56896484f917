//! [`Unconfirmed`]: acts a source has not confirmed, laid over its snapshot, so that an act is seen at once. Pure; the
//! snapshot itself stays what the source said.
//!
//! How a model uses it:
//!
//! ```text
//! start       Unconfirmed::default(), then queued(entry) for every act of the outbox that waits or is uncertain
//! an act      queued(entry), once the outbox has it
//! an answer   answered(id, &admission): an applied act stays until its place in the journal has been fetched
//! a card, an act withdrawn   dropped(id)
//! a fetch     fetched(&entries, cursor), after the snapshot took them in (no entries where it came whole)
//! ```
//! After each of these `overlay = unconfirmed.over(&snapshot, history)`, and wherever an item is read:
//! `overlay.item(id).or_else(|| snapshot.item(id))`. Items that the snapshot does not have yet are in
//! [`Overlay::new_items`]; where [`Overlay::outline`] is there, it takes the place of the snapshot's.

use std::collections::{BTreeMap, HashSet};

use super::{
    answer::Admission,
    entry::{Entry, Verb},
    fold::{fold, live, refold, reversed},
    follow::{event_of, follow_ups, followed, leader, opened},
    id::{EntryId, ItemId, ItemName},
    item::{Item, State},
    outline::Outline,
    reversal::root,
    snapshot::Snapshot,
    status::Base,
};

/// Acts that are not confirmed, in the order they were made. They are signed: `by` says whose they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unconfirmed {
    acts: Vec<Entry>,
}

/// The few items that unconfirmed acts touch, as they will be.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pub(super) items: BTreeMap<ItemId, Item>,
    /// The items that are not in the snapshot: cases not yet opened there, reports of a hand-in it has not heard of.
    pub new_items: Vec<ItemId>,
    /// The items on which something is taken back that is neither unconfirmed itself nor in a history one has: they are
    /// shown as the snapshot has them, until their histories are at hand.
    pub unsure: Vec<ItemId>,
    /// The snapshot's outline with the periods of these items; none where it is enough as it is.
    pub outline: Option<Box<Outline>>,
}

impl Unconfirmed {
    /// An act was queued, or changed by a decision on its card.
    pub fn queued(&mut self, entry: Entry) {
        match self.acts.iter_mut().find(|act| act.id == entry.id) {
            Some(act) => *act = entry,
            None => self.acts.push(entry),
        }
    }

    /// The source answered. An act that is in its journal stays until that place has been fetched; one that is not, goes.
    pub fn answered(&mut self, id: EntryId, admission: &Admission, cursor: u64) {
        match admission {
            Admission::Applied { seq } | Admission::Replayed { seq } if *seq > cursor => {
                if let Some(act) = self.acts.iter_mut().find(|act| act.id == id) {
                    act.seq = *seq;
                }
            }
            Admission::Applied { .. }
            | Admission::Replayed { .. }
            | Admission::Conflict { .. }
            | Admission::Refused(_) => self.dropped(id),
        }
    }

    /// An act was withdrawn, or has become a card.
    pub fn dropped(&mut self, id: EntryId) {
        self.acts.retain(|act| act.id != id);
    }

    /// The snapshot took `entries` in and is at `cursor` now.
    pub fn fetched(&mut self, entries: &[Entry], cursor: u64) {
        let there: HashSet<EntryId> = entries.iter().map(|entry| entry.id).collect();
        self.acts.retain(|act| !there.contains(&act.id) && (act.seq == 0 || act.seq > cursor));
    }

    /// The acts, in order.
    pub fn acts(&self) -> &[Entry] {
        &self.acts
    }

    /// The items these acts touch, folded on top of what `snapshot` says. `history` gives all of an item's entries in the
    /// source's journal, in order, where they are at hand; it is asked only where something confirmed is taken back.
    pub fn over(&self, snapshot: &Snapshot, history: impl Fn(&ItemId) -> Option<Vec<Entry>>) -> Overlay {
        let mut laying = Laying { snapshot, overlay: Overlay::default() };
        for (at, act) in self.acts.iter().enumerate() {
            if act.verb == Verb::Reverse {
                let pending = self.acts.iter().take(at + 1).filter(|earlier| earlier.item == act.item);
                laying.reverse(act, pending.cloned().collect(), &history);
            } else {
                laying.apply(act);
            }
        }
        laying.overlay
    }
}

impl Overlay {
    /// The item as it will be; nothing where no unconfirmed act touches it.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(id)
    }

    /// All of them.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }
}

struct Laying<'a> {
    snapshot: &'a Snapshot,
    overlay: Overlay,
}

impl Laying<'_> {
    fn outline(&self) -> &Outline {
        self.overlay.outline.as_deref().unwrap_or(&self.snapshot.outline)
    }

    fn item(&self, id: &ItemId) -> Option<&Item> {
        self.overlay.items.get(id).or_else(|| self.snapshot.item(id))
    }

    fn apply(&mut self, act: &Entry) {
        if let Some((case, state)) = opened(act) {
            self.put(case, state);
        }
        let Some(mut item) = self.item(&act.item).cloned() else { return };
        fold(&mut item, act, &self.outline().calendar);
        self.settle(item);
    }

    /// `pending` are the unconfirmed acts on the item up to this one, in order.
    fn reverse(&mut self, act: &Entry, mut pending: Vec<Entry>, history: &impl Fn(&ItemId) -> Option<Vec<Entry>>) {
        let all: Vec<&Entry> = pending.iter().collect();
        let within = all.iter().all(|act| root(&all, act).verb != Verb::Reverse);
        let mut journal = if within { Vec::new() } else { history(&act.item).unwrap_or_default() };
        let known: HashSet<EntryId> = journal.iter().map(|entry| entry.id).collect();
        pending.retain(|entry| !known.contains(&entry.id));
        journal.append(&mut pending);
        let journal: Vec<&Entry> = journal.iter().collect();
        let root = root(&journal, act);
        if root.verb == Verb::Reverse {
            self.overlay.unsure.push(act.item.clone());
            return;
        }
        if let Some(ItemName::Duty(_)) = act.item.name() {
            self.reverse_opening(root, &journal);
            return;
        }
        let Some(standing) = self.item(&act.item).cloned() else { return };
        let item = match self.snapshot.item(&act.item).filter(|_| within) {
            Some(confirmed) => self.folded_again(confirmed.clone(), standing, &live(&journal)),
            None => {
                let mut item = standing;
                refold(&mut item, live(&journal), &self.outline().calendar);
                item
            }
        };
        self.settle(self.led(item));
    }

    /// The item the snapshot has with these acts on top. Whether its event stands is as it is now.
    fn folded_again(&self, mut item: Item, standing: Item, live: &[&Entry]) -> Item {
        for entry in live {
            fold(&mut item, entry, &self.outline().calendar);
        }
        if let Some(event) = standing.state.event.clone() {
            item.state.event = Some(event.clone());
            let stands = standing.state.base != Base::Cancelled;
            item.state = followed(Some(item.state), stands.then_some(event)).unwrap_or_default();
        }
        item
    }

    /// A report as its task's hand-in has it.
    fn led(&self, mut item: Item) -> Item {
        if let Some(task) = leader(self.outline(), &item.id) {
            let event = self.item(&task).and_then(|task| event_of(&task.state));
            item.state = followed(Some(item.state), event).unwrap_or_default();
        }
        item
    }

    fn reverse_opening(&mut self, opening: &Entry, journal: &[&Entry]) {
        let Some((case, fresh)) = opened(opening) else { return };
        let stands = !reversed(journal.iter().copied()).contains(&opening.id);
        let state = self.item(&case).map_or_else(|| fresh.clone(), |case| case.state.clone());
        if let Some(state) = followed(Some(state), fresh.event.clone().filter(|_| stands)) {
            self.put(case, state);
        }
    }

    /// Keeps what an item has become, and what that means for the reports that follow it.
    fn settle(&mut self, item: Item) {
        let follow_ups = follow_ups(self.outline(), &item);
        self.keep(item);
        for (id, event) in follow_ups {
            let standing = self.item(&id).map(|report| report.state.clone());
            if let Some(state) = followed(standing.clone(), event).filter(|state| standing.as_ref() != Some(state)) {
                self.put(id, state);
            }
        }
    }

    fn put(&mut self, id: ItemId, state: State) {
        let outline = self.overlay.outline.get_or_insert_with(|| Box::new(self.snapshot.outline.clone()));
        if let Some(item) = outline.item(&id, state) {
            self.keep(item);
        }
    }

    fn keep(&mut self, item: Item) {
        if self.snapshot.place(&item.id).is_none() && !self.overlay.items.contains_key(&item.id) {
            self.overlay.new_items.push(item.id.clone());
        }
        self.overlay.items.insert(item.id.clone(), item);
    }
}
