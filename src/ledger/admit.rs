//! [`Desk`]: entries handed in, looked at one by one against the states and journals loaded for them. Pure: a ledger loads
//! what [`histories_needed`] and [`items_needed`] ask for, and writes what comes out.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::domain::{
    check::{Refusal, check, check_open},
    entry::{Entry, Verb},
    fold::{fold, live, refold, reversed},
    follow::{event_of, follow_ups, followed, following, leader, opened, resting},
    id::{ActorId, EntryId, ItemId, ItemName},
    item::{Item, State},
    mailing::{check_result, is_claim, is_result, standing},
    outline::Outline,
    reversal::check_reverse,
};

/// What a ledger has loaded for the entries at hand.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// Entries of any plan that bear one of the ids handed in.
    pub(super) known: HashMap<EntryId, Entry>,
    /// The whole journals of the items something is reversed on.
    pub(super) histories: HashMap<ItemId, Vec<Entry>>,
    /// The reminders recorded since the day began, where a mail is claimed.
    pub(super) reminders: Vec<Entry>,
    /// The states of the items concerned; none where nothing has happened.
    pub(super) states: HashMap<ItemId, State>,
}

/// What is to be answered to one entry.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// Taken in at this place.
    Applied(u64),
    /// There already at this place.
    Replayed(u64),
    /// In conflict with this entry.
    Conflict(EntryId),
    /// Not possible.
    Refused(Refusal),
}

/// What is to be answered and written.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// One per entry handed in.
    pub(super) verdicts: Vec<Verdict>,
    /// The entries admitted, signed, with their places.
    pub(super) applied: Vec<Entry>,
    /// The states that changed, in the order they were first touched.
    pub(super) states: Vec<(ItemId, State)>,
}

/// The items whose whole journals are needed.
pub(super) fn histories_needed(entries: &[Entry]) -> Vec<ItemId> {
    let looks_back = |entry: &&Entry| entry.verb == Verb::Reverse || is_result(entry);
    entries.iter().filter(looks_back).map(|entry| entry.item.clone()).collect()
}

/// Since when the reminders are needed: from the beginning of the plan's day, where one of `entries` claims a mail.
pub(super) fn reminders_needed(outline: &Outline, entries: &[Entry], now: Timestamp) -> Option<Timestamp> {
    let begun = now.to_zoned_datetime(outline.zone.clone()).start_of_day();
    entries.iter().any(is_claim).then(|| begun.map_or(now, |begun| begun.timestamp()))
}

/// The items whose states are needed: those named, what follows them, what they follow, and the cases they opened.
pub(super) fn items_needed(
    outline: &Outline,
    entries: &[Entry],
    histories: &HashMap<ItemId, Vec<Entry>>,
) -> Vec<ItemId> {
    let cases = histories.values().flatten().filter_map(opened).map(|(case, _)| case);
    let mut items: Vec<ItemId> = entries.iter().map(|entry| entry.item.clone()).chain(cases).collect();
    let leaders: Vec<ItemId> = items.iter().filter_map(|id| leader(outline, id)).collect();
    items.extend(leaders);
    let followers: Vec<ItemId> = items.iter().flat_map(|id| following(outline, id)).collect();
    items.extend(followers);
    items.sort_unstable();
    items.dedup();
    items
}

/// Looks at `entries` one by one; the first one admitted gets the place after `seq`.
pub(super) fn admit(
    outline: &mut Outline,
    loaded: Loaded,
    entries: &[Entry],
    by: &ActorId,
    now: Timestamp,
    seq: u64,
) -> Outcome {
    let mut desk = Desk { outline, loaded, touched: Vec::new(), applied: Vec::new() };
    let mut next = seq + 1;
    let mut verdicts = Vec::with_capacity(entries.len());
    for entry in entries {
        let signed = Entry { by: Some(by.clone()), seq: next, recorded: Some(now), ..entry.clone() };
        let verdict = desk.take(signed);
        next += u64::from(matches!(verdict, Verdict::Applied(_)));
        verdicts.push(verdict);
    }
    let Desk { mut loaded, touched, applied, .. } = desk;
    let states = touched.into_iter().filter_map(|id| loaded.states.remove_entry(&id)).collect();
    Outcome { verdicts, applied, states }
}

struct Desk<'a> {
    outline: &'a mut Outline,
    loaded: Loaded,
    touched: Vec<ItemId>,
    applied: Vec<Entry>,
}

impl Desk<'_> {
    fn take(&mut self, entry: Entry) -> Verdict {
        if let Some(known) = self.loaded.known.get(&entry.id) {
            let replayed = is_same_act(known, &entry);
            return if replayed { Verdict::Replayed(known.seq) } else { Verdict::Refused(Refusal::IdReused) };
        }
        let result = if entry.verb == Verb::Open {
            self.open(&entry)
        } else if entry.verb == Verb::Reverse {
            self.reverse(&entry)
        } else {
            self.act(&entry)
        };
        match result {
            Ok(()) => self.applied(entry),
            Err(Refusal::Conflict { stands }) => Verdict::Conflict(stands),
            Err(refusal) => Verdict::Refused(refusal),
        }
    }

    fn applied(&mut self, entry: Entry) -> Verdict {
        let seq = entry.seq;
        if let Some(history) = self.loaded.histories.get_mut(&entry.item) {
            history.push(entry.clone());
        }
        if entry.verb == Verb::Remind {
            self.loaded.reminders.push(entry.clone());
        }
        self.loaded.known.insert(entry.id, entry.clone());
        self.applied.push(entry);
        Verdict::Applied(seq)
    }

    fn act(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let mut item = self.item(&entry.item).ok_or_else(|| Refusal::NoSuchItem { item: entry.item.clone() })?;
        check(&item, entry)?;
        if is_claim(entry) {
            self.check_claim(entry)?;
        } else if is_result(entry) {
            check_result(self.loaded.histories.get(&entry.item).map_or(&[], Vec::as_slice), entry)?;
        }
        fold(&mut item, entry, &self.outline.calendar);
        self.settle(item);
        Ok(())
    }

    /// An agency gets one mail a day, of the ledger's day: whoever claims it first.
    fn check_claim(&self, entry: &Entry) -> Result<(), Refusal> {
        if self.outline.plan.sample {
            return Err(Refusal::Sample);
        }
        let agency = self.outline.answering(&entry.item);
        let to_agency = |mail: &&Entry| self.outline.answering(&mail.item) == agency;
        match standing(self.loaded.reminders.iter().filter(to_agency), entry.batch) {
            Some(stands) => Err(Refusal::AlreadyReminded { stands }),
            None => Ok(()),
        }
    }

    fn open(&mut self, entry: &Entry) -> Result<(), Refusal> {
        check_open(self.outline, entry)?;
        if let Some((case, state)) = opened(entry) {
            self.set(case, state);
        }
        Ok(())
    }

    fn reverse(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let mut journal = self.loaded.histories.get(&entry.item).cloned().unwrap_or_default();
        let root = check_reverse(&journal.iter().collect::<Vec<_>>(), entry)?.clone();
        journal.push(entry.clone());
        let journal: Vec<&Entry> = journal.iter().collect();
        if let Some(ItemName::Duty(_)) = entry.item.name() {
            return self.reverse_opening(&journal, &root);
        }
        let mut item = self.item(&entry.item).ok_or_else(|| Refusal::NoSuchItem { item: entry.item.clone() })?;
        refold(&mut item, live(&journal), &self.outline.calendar);
        if let Some(task) = leader(self.outline, &item.id) {
            let event = self.loaded.states.get(&task).and_then(event_of);
            item.state = followed(Some(item.state), event).unwrap_or_default();
        }
        let follow_ups = follow_ups(self.outline, &item);
        match resting(&follow_ups, |id| self.loaded.states.get(id)?.last) {
            Some(by) => Err(Refusal::Depended { by }),
            None => {
                self.settle(item);
                Ok(())
            }
        }
    }

    /// A case goes with its opening, and comes back with it; not where something was done about it.
    fn reverse_opening(&mut self, journal: &[&Entry], opening: &Entry) -> Result<(), Refusal> {
        let Some((case, fresh)) = opened(opening) else { return Err(Refusal::NothingToReverse) };
        let state = self.loaded.states.get(&case).cloned().unwrap_or_else(|| fresh.clone());
        if let Some(by) = state.last {
            return Err(Refusal::Depended { by });
        }
        let stands = !reversed(journal.iter().copied()).contains(&opening.id);
        if let Some(state) = followed(Some(state), fresh.event.clone().filter(|_| stands)) {
            self.set(case, state);
        }
        Ok(())
    }

    fn item(&mut self, id: &ItemId) -> Option<Item> {
        let state = self.loaded.states.get(id).cloned().unwrap_or_default();
        self.outline.item(id, state)
    }

    /// Keeps what an item has become, and what that means for the reports that follow it.
    fn settle(&mut self, item: Item) {
        let follow_ups = follow_ups(self.outline, &item);
        self.set(item.id, item.state);
        for (id, event) in follow_ups {
            if let Some(state) = followed(self.loaded.states.get(&id).cloned(), event) {
                self.set(id, state);
            }
        }
    }

    fn set(&mut self, id: ItemId, state: State) {
        let unchanged = self.loaded.states.get(&id) == Some(&state);
        if !unchanged && !self.touched.contains(&id) {
            self.touched.push(id.clone());
        }
        self.loaded.states.insert(id, state);
    }
}

/// Is it the same act, whoever hands it in and whenever?
pub(super) fn is_same_act(one: &Entry, other: &Entry) -> bool {
    let bare = |entry: &Entry| Entry { by: None, seq: 0, recorded: None, ..entry.clone() };
    bare(one) == bare(other)
}
