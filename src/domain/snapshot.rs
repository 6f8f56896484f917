//! [`Snapshot`]: what is true: a plan with its journal applied. Panels read it; only entries change it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    entry::{Entry, Verb},
    fold::{fold, refold},
    follow::{event_of, follow_ups, followed, following, leader, opened},
    id::{ItemId, ItemName},
    item::{Index, Item, Kept, State},
    outline::Outline,
    plan::Plan,
};

/// The state of a whole plan after the entry `cursor`.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The plan, looked up.
    pub outline: Outline,
    /// Tasks, reports, milestones. Their order is the plan's; cases follow as they were opened.
    pub items: Vec<Item>,
    /// The sequence number of the last entry applied; 0 for none.
    pub cursor: u64,
    /// The day it was kept on, where a source that cannot tell other days is answered for from the local history.
    pub kept_on: Option<Date>,
    /// What left the plan by an amendment and has a history. Counted nowhere.
    pub withdrawn: BTreeMap<ItemId, State>,
    /// The places of what was opened: of the rest the outline knows them.
    pub(super) opened: HashMap<ItemId, Index>,
    /// The place behind the state last taken from a ledger: most come in the items' order.
    next: Index,
}

/// New entries of a journal, and the items whose state cannot be had by folding them (a reversal among them).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Delta {
    /// The entries after the cursor asked for, in order.
    pub entries: Vec<Entry>,
    /// The states, after the last of these entries, of the items that one of them reverses something on.
    pub refolded: Vec<(ItemId, State)>,
    /// The sequence number of the last of them.
    pub cursor: u64,
}

impl Snapshot {
    /// A plan in which nothing has happened.
    pub fn new(plan: Arc<Plan>) -> Self {
        Snapshot::with_states(plan, std::iter::empty(), 0)
    }

    /// A plan with the folded states of its items after the entry `cursor`. A state of an item the plan does not have
    /// belongs to one that was withdrawn.
    pub fn with_states(plan: Arc<Plan>, states: impl IntoIterator<Item = (ItemId, State)>, cursor: u64) -> Self {
        let outline = Outline::new(plan);
        let items = outline.expected();
        let (withdrawn, opened) = (BTreeMap::new(), HashMap::new());
        let mut snapshot = Snapshot { outline, items, cursor, kept_on: None, withdrawn, opened, next: 0 };
        for (id, state) in states {
            snapshot.put(id, state);
        }
        snapshot
    }

    /// The item's place in `items`.
    pub fn place(&self, id: &ItemId) -> Option<Index> {
        self.place_of(id.as_str())
    }

    fn place_of(&self, id: &str) -> Option<Index> {
        let foreseen = self.outline.place(ItemName::of(id)?).filter(|place| self.stands_at(id, *place));
        foreseen.or_else(|| self.opened.get(id).copied())
    }

    fn stands_at(&self, id: &str, place: Index) -> bool {
        self.items.get(place as usize).is_some_and(|item| item.id.as_str() == id)
    }

    /// The item of that id.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(self.place(id)? as usize)
    }

    /// Applies one entry that is not a reversal: folds it into its item, opens what it opens.
    pub fn apply(&mut self, entry: &Entry) {
        self.cursor = self.cursor.max(entry.seq);
        if let Some((id, state)) = opened(entry) {
            self.put(id, state);
        }
        let Some(place) = self.place(&entry.item) else { return };
        let Some(item) = self.items.get_mut(place as usize) else { return };
        fold(item, entry, &self.outline.calendar);
        self.follow_task(place);
    }

    /// Applies new entries and the states that came with them; gives the places of the items that may have changed.
    pub fn apply_delta(&mut self, delta: Delta) -> Vec<Index> {
        for entry in delta.entries.iter().filter(|entry| entry.verb != Verb::Reverse) {
            self.apply(entry);
        }
        let mut touched: Vec<ItemId> = delta.refolded.iter().map(|(id, _)| id.clone()).collect();
        for (id, state) in delta.refolded {
            self.put(id, state);
        }
        for entry in delta.entries {
            touched.extend(opened(&entry).map(|(id, _)| id));
            touched.extend(following(&self.outline, &entry.item));
            touched.push(entry.item);
        }
        self.cursor = self.cursor.max(delta.cursor);
        let mut places: Vec<Index> = touched.iter().filter_map(|id| self.place(id)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Makes an item the fold of these entries, as after a reversal. On a duty: cases whose opening is no longer among
    /// them are called off, the others stand again.
    pub fn refold<'a>(&mut self, id: &ItemId, live: impl IntoIterator<Item = &'a Entry>) {
        if let Some(ItemName::Duty(duty)) = id.name() {
            let opened: HashSet<ItemId> = live.into_iter().filter_map(opened).map(|(id, _)| id).collect();
            self.follow_opening(duty, &opened);
            return;
        }
        let Some(place) = self.place(id) else { return };
        let Some(item) = self.items.get_mut(place as usize) else { return };
        refold(item, live, &self.outline.calendar);
        let state = item.state.clone();
        self.follow_task(place);
        if let Some(task) = leader(&self.outline, id).and_then(|task| self.item(&task))
            && let Some(state) = followed(Some(state), event_of(&task.state))
        {
            self.put(id.clone(), state);
        }
    }

    /// The same as [`put`](Snapshot::put), for the states a ledger has, one after the other.
    pub fn restore(&mut self, id: &str, state: State) {
        let place = if self.stands_at(id, self.next) { Some(self.next) } else { self.place_of(id) };
        self.next = place.map_or(self.next, |place| place + 1);
        match place.and_then(|place| self.items.get_mut(place as usize)).filter(|_| state.event.is_none()) {
            Some(item) => set(item, state, &self.outline.calendar),
            None => self.put(ItemId::from(id), state),
        }
    }

    /// Sets an item's state; an item the plan does not have becomes a withdrawn one, if it has one.
    pub fn put(&mut self, id: ItemId, state: State) {
        let place = self.place(&id);
        if state.event.is_none()
            && let Some(item) = place.and_then(|place| self.items.get_mut(place as usize))
        {
            set(item, state, &self.outline.calendar);
            return;
        }
        match (self.outline.item(&id, state.clone()), place.and_then(|place| self.items.get_mut(place as usize))) {
            (Some(item), Some(standing)) => *standing = item,
            (Some(item), None) => self.push(item),
            (None, _) => {
                if state == State::default() {
                    self.withdrawn.remove(&id);
                } else {
                    self.withdrawn.insert(id, state);
                }
            }
        }
    }

    /// Replaces the plan by an amended one. States stay with their items; due dates that had passed on `today` stay as
    /// they were where only the calendar moved them; what is gone and has a history is withdrawn.
    pub fn amend(&mut self, plan: Arc<Plan>, today: Date) {
        let old = std::mem::replace(self, Snapshot::new(plan));
        self.cursor = old.cursor;
        // The old rules under the new calendar: a date that differs from theirs is the amended plan's will.
        let calendar = self.outline.plan.calendar.clone();
        let mut old_rules = Outline::new(Arc::new(Plan { calendar, ..Plan::clone(&old.outline.plan) }));
        for mut item in old.items {
            if item.state == State::default() && self.place(&item.id).is_none() {
                continue;
            }
            let mut fresh = item.state.clone();
            fresh.kept = None;
            let rules = old_rules.item(&item.id, fresh.clone()).zip(self.outline.item(&item.id, fresh));
            if let Some((old_rule, new_rule)) = rules {
                item.state.kept = kept(&item, &old_rule, &new_rule, today);
            }
            self.put(item.id, item.state);
        }
        for (id, state) in old.withdrawn {
            self.put(id, state);
        }
        for place in (0..).take(self.outline.plan.tasks.len()) {
            self.follow_task(place);
        }
    }

    fn follow_opening(&mut self, duty: &str, opened: &HashSet<ItemId>) {
        for item in &mut self.items {
            let of_duty = matches!(item.id.name(), Some(ItemName::Report { duty: of, .. }) if of == duty);
            if let Some(event) = item.state.event.clone().filter(|_| of_duty) {
                let event = opened.contains(&item.id).then_some(event);
                item.state = followed(Some(std::mem::take(&mut item.state)), event).unwrap_or_default();
            }
        }
    }

    /// Opens or calls off the reports that follow the task at `place`.
    fn follow_task(&mut self, place: Index) {
        let Some(item) = self.items.get(place as usize) else { return };
        for (id, event) in follow_ups(&self.outline, item) {
            let standing = self.item(&id).map(|report| report.state.clone());
            if let Some(state) = followed(standing, event) {
                self.put(id, state);
            }
        }
    }

    pub(super) fn push(&mut self, item: Item) {
        let Ok(place) = Index::try_from(self.items.len()) else { return };
        self.opened.insert(item.id.clone(), place);
        self.items.push(item);
    }
}

fn set(item: &mut Item, state: State, calendar: &Calendar) {
    let dates = |state: &State| (state.extended_to, state.kept);
    let moves = dates(&item.state) != dates(&state);
    item.state = state;
    if moves {
        item.settle(calendar);
    }
}

/// The dates of `item` where they had passed on `today` and the calendar alone would move them; `old_rule` and `new_rule`
/// are the item by the old and by the amended plan, both under the new calendar.
fn kept(item: &Item, old_rule: &Item, new_rule: &Item, today: Date) -> Option<Kept> {
    if (old_rule.written_due, old_rule.roll) != (new_rule.written_due, new_rule.roll) {
        return None;
    }
    let Some((original_due, due)) = item.original_due.zip(item.due).filter(|(_, due)| *due < today) else {
        return item.state.kept;
    };
    let moved = (new_rule.original_due, new_rule.due) != (item.original_due, item.due);
    moved.then_some(Kept { original_due, due, extended_to: item.state.extended_to })
}
