//! What the ledgers make of journals they have read: another day, the items a delta must bring along, an import made ready,
//! what items become by an import or an amendment. Pure.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;

use crate::domain::{
    answer::Imported,
    entry::{Entry, Verb},
    follow::{opened, reports_after},
    id::{EntryId, ItemId, ItemName},
    item::State,
    plan::Plan,
    replay::{Revision, in_force},
    reversal::root,
    snapshot::Snapshot,
};

/// What was true after `journal`, the entries recorded by then.
pub(super) fn at(revisions: &[Revision], journal: &[&Entry]) -> Option<Snapshot> {
    Snapshot::replay_revisions(&in_force(revisions, journal), journal)
}

/// The items on which one of `entries` reverses something, which may have changed more than folding can say: the item
/// itself, the reports that follow it, the cases it opened. `journal` gives all entries of an item.
pub(super) fn refolded_items(plan: &Plan, entries: &[Entry], journal: impl Fn(&ItemId) -> Vec<Entry>) -> Vec<ItemId> {
    let mut items = Vec::new();
    for entry in entries.iter().filter(|entry| entry.verb == Verb::Reverse) {
        let journal = journal(&entry.item);
        items.push(entry.item.clone());
        if let Some(ItemName::Task(id)) = entry.item.name() {
            let task = plan.tasks.iter().find(|task| task.id.as_str() == id);
            items.extend(task.into_iter().flat_map(|task| reports_after(plan, task)));
        }
        items.extend(opened(root(&journal.iter().collect::<Vec<_>>(), entry)).map(|(case, _)| case));
    }
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.clone()));
    items
}

/// The entries of an imported journal that are new, with their places after `seq`.
pub(super) fn fresh(journal: Vec<Entry>, known: impl Fn(EntryId) -> bool, seq: u64) -> (Vec<Entry>, Imported) {
    let mut imported = Imported::default();
    let mut seen = HashSet::new();
    let mut fresh = Vec::with_capacity(journal.len());
    for mut entry in journal {
        if entry.verb == Verb::Plan {
            imported.left_out += 1;
        } else if known(entry.id) || !seen.insert(entry.id) {
            imported.known += 1;
        } else {
            imported.added += 1;
            entry.seq = seq + imported.added;
            entry.recorded = Some(entry.recorded_at());
            fresh.push(entry);
        }
    }
    (fresh, imported)
}

/// What items have become where `fresh` was taken in on top of `standing`; `earlier` are the whole journals of the items on
/// which something is reversed.
pub(super) fn imported_states(
    mut standing: Snapshot,
    earlier: &HashMap<ItemId, Vec<Entry>>,
    fresh: &[Entry],
) -> Vec<(ItemId, State)> {
    let mut earlier: Vec<&Entry> = earlier.values().flatten().collect();
    earlier.sort_unstable_by_key(|entry| entry.seq);
    standing.replay_on(&earlier, &fresh.iter().collect::<Vec<_>>());
    // Reports opened by an event may have changed by an entry on something else.
    let named: HashSet<&ItemId> = fresh.iter().map(|entry| &entry.item).collect();
    let touched = |(id, state): &(&ItemId, &State)| named.contains(id) || state.event.is_some();
    states_of(&standing).filter(touched).map(|(id, state)| (id.clone(), state.clone())).collect()
}

/// What items become where `plan` takes the place of `before`, on that day.
pub(super) fn amended_states(
    before: Arc<Plan>,
    standing: Vec<(ItemId, State)>,
    seq: u64,
    plan: Plan,
    on: Date,
) -> Vec<(ItemId, State)> {
    let was: HashMap<ItemId, State> = standing.iter().cloned().collect();
    let mut snapshot = Snapshot::with_states(before, standing, seq);
    snapshot.amend(Arc::new(plan), on);
    let changed = |(id, state): &(&ItemId, &State)| match was.get(*id) {
        Some(was) => was != *state,
        None => **state != State::default(),
    };
    states_of(&snapshot).filter(changed).map(|(id, state)| (id.clone(), state.clone())).collect()
}

fn states_of(snapshot: &Snapshot) -> impl Iterator<Item = (&ItemId, &State)> {
    let standing = snapshot.items.iter().map(|item| (&item.id, &item.state));
    standing.chain(&snapshot.withdrawn)
}
