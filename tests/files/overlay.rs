//! Unconfirmed acts over a snapshot: what is seen is what will be.

use crate::{record, record::*};
use jiff::ToSpan;
use tiendo::domain::{
    answer::Admission,
    check::Refusal,
    entry::{Entry, Verb},
    id::ItemId,
    item::{Item, State},
    overlay::{Overlay, Unconfirmed},
    snapshot::Snapshot,
    status::Base,
};
use tiendo::ledger::memory::MemoryLedger;

fn none(_: &ItemId) -> Option<Vec<Entry>> {
    None
}

fn mine(entry: Entry) -> Entry {
    Entry { by: Some(me()), ..entry }
}

fn unconfirmed(acts: impl IntoIterator<Item = Entry>) -> Unconfirmed {
    let mut unconfirmed = Unconfirmed::default();
    acts.into_iter().for_each(|act| unconfirmed.queued(mine(act)));
    unconfirmed
}

async fn ledger() -> MemoryLedger {
    let ledger = MemoryLedger::new();
    laid_down(&ledger).await;
    ledger
}

type Seen = (ItemId, State, Dates);

fn seen(item: &Item) -> Seen {
    (item.id.clone(), item.state.clone(), [item.written_due, item.original_due, item.due])
}

/// Everything one sees: the overlay's items in place of the snapshot's.
fn shown(snapshot: &Snapshot, overlay: &Overlay) -> Vec<Seen> {
    let over = |item: &Item| seen(overlay.item(&item.id).unwrap_or(item));
    let new = overlay.new_items.iter().map(|id| seen(overlay.item(id).unwrap()));
    let mut all: Vec<Seen> = snapshot.items.iter().map(over).chain(new).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[tokio::test]
async fn an_act_is_seen_at_once_and_the_snapshot_stays_what_the_source_said() {
    let ledger = ledger().await;
    let snapshot = snapshot(&ledger).await;
    let before = truth(&snapshot);
    let overlay = unconfirmed([full(1, TASK, Verb::Submit)]).over(&snapshot, none);
    assert_eq!(overlay.item(&TASK.into()).unwrap().state.base, Base::AwaitingConfirmation);
    assert_eq!(overlay.new_items, [ItemId::from(AFTER_TASK)], "the report that follows the hand-in");
    assert!(overlay.outline.is_some());
    assert_eq!(overlay.items().count(), 2);
    assert_eq!(truth(&snapshot), before);
}

#[tokio::test]
async fn a_case_opened_and_acted_on_before_anybody_heard_of_it_is_there_and_goes_with_its_opening() {
    let ledger = ledger().await;
    let snapshot = snapshot(&ledger).await;
    let case = format!("report:R7/{}/a", id(1));
    let mut acts = unconfirmed([full(1, DUTY, Verb::Open), full(2, &case, Verb::Note)]);
    let overlay = acts.over(&snapshot, none);
    assert_eq!(overlay.item(&case.as_str().into()).unwrap().state.notes, 1);
    acts.queued(mine(reverse(3, &case, 2)));
    assert_eq!(acts.over(&snapshot, none).item(&case.as_str().into()).unwrap().state.notes, 0);
    acts.queued(mine(reverse(4, DUTY, 1)));
    assert_eq!(acts.over(&snapshot, none).item(&case.as_str().into()).unwrap().state.base, Base::Cancelled);
}

#[tokio::test]
async fn what_is_taken_back_needs_a_history_only_where_it_was_confirmed() {
    let ledger = ledger().await;
    append(&ledger, full(1, TASK, Verb::Progress)).await;
    let snapshot = snapshot(&ledger).await;
    let own = unconfirmed([expecting(1, full(2, TASK, Verb::Submit)), reverse(3, TASK, 2)]).over(&snapshot, none);
    assert_eq!(own.item(&TASK.into()).unwrap().state, snapshot.item(&TASK.into()).unwrap().state);
    let theirs = unconfirmed([reverse(2, TASK, 1)]);
    let without = theirs.over(&snapshot, none);
    assert_eq!((without.unsure.len(), without.item(&TASK.into())), (1, None));
    let entries = journal(&ledger).await;
    let history = |item: &ItemId| Some(entries.iter().filter(|entry| entry.item == *item).cloned().collect());
    let with = theirs.over(&snapshot, history);
    assert_eq!(with.item(&TASK.into()).unwrap().state, State::default());
    assert!(with.unsure.is_empty());
}

#[tokio::test]
async fn an_act_leaves_the_overlay_exactly_when_the_snapshot_has_it() {
    let ledger = ledger().await;
    let mut snapshot = snapshot(&ledger).await;
    let mut acts = unconfirmed([full(1, TASK, Verb::Note), full(2, TASK, Verb::Note), full(3, TASK, Verb::Note)]);
    let notes = |acts: &Unconfirmed, snapshot: &Snapshot| {
        let overlay = acts.over(snapshot, none);
        overlay.item(&TASK.into()).or(snapshot.item(&TASK.into())).unwrap().state.notes
    };
    assert_eq!(notes(&acts, &snapshot), 3);
    // The answer comes before the fetch.
    acts.answered(id(1), &append(&ledger, full(1, TASK, Verb::Note)).await, snapshot.cursor);
    assert_eq!(notes(&acts, &snapshot), 3);
    // The fetch comes before the answer.
    append(&ledger, full(2, TASK, Verb::Note)).await;
    let entries = journal(&ledger).await[1..].to_vec();
    snapshot = caught_up(&ledger, snapshot).await;
    acts.fetched(&entries, snapshot.cursor);
    assert_eq!((notes(&acts, &snapshot), acts.acts().len()), (3, 1));
    acts.answered(id(2), &Admission::Replayed { seq: 3 }, snapshot.cursor);
    // Where the snapshot came whole, an answer that is older than it takes the act away.
    append(&ledger, full(3, TASK, Verb::Note)).await;
    snapshot = record::snapshot(&ledger).await;
    acts.fetched(&[], snapshot.cursor);
    acts.answered(id(3), &Admission::Applied { seq: 4 }, snapshot.cursor);
    assert_eq!((notes(&acts, &snapshot), acts.acts().len()), (3, 0));
    // What did not go through is not shown.
    acts.queued(mine(full(4, TASK, Verb::Note)));
    acts.answered(id(4), &Admission::Refused(Refusal::NotLater), snapshot.cursor);
    assert_eq!(acts.acts(), []);
}

/// A small generator whose numbers follow from its seed alone (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

fn act(dice: &mut Dice, number: u128, standing: &Snapshot, journal: &[Entry]) -> Entry {
    let acts: Vec<&Entry> = journal.iter().filter(|entry| entry.verb != Verb::Plan).collect();
    if dice.roll(4) == 0 && !acts.is_empty() {
        let target = acts[acts.len().saturating_sub(6) + dice.roll(acts.len().min(6))];
        return reverse(number, target.item.as_str(), target.id.0.as_u128());
    }
    if dice.roll(10) == 0 {
        return full(number, DUTY, Verb::Open);
    }
    let items: Vec<&Item> = standing.items.iter().filter(|item| !item.id.as_str().contains("2023/")).collect();
    let item = items[dice.roll(items.len())];
    let verb = Verb::KNOWN[dice.roll(Verb::KNOWN.len())].clone();
    let on = DAY.checked_add((dice.roll(20) as i64).days()).unwrap();
    Entry { expects: item.state.last, on, ..full(number, item.id.as_str(), verb) }
}

#[tokio::test]
async fn what_is_seen_is_what_will_be_whatever_was_done() {
    let seed: u64 = std::env::var("TIENDO_SEED").map_or_else(|_| rand_seed(), |seed| seed.parse().unwrap());
    println!("TIENDO_SEED={seed}");
    let mut dice = Dice(seed | 1);
    let mut number = 0;
    for _ in 0..60 {
        let ledger = ledger().await;
        for _ in 0..dice.roll(12) {
            number += 1;
            let act = act(&mut dice, number, &snapshot(&ledger).await, &journal(&ledger).await);
            append(&ledger, act).await;
        }
        let (before, confirmed) = (snapshot(&ledger).await, journal(&ledger).await);
        let history = |item: &ItemId| Some(confirmed.iter().filter(|entry| entry.item == *item).cloned().collect());
        let mut acts = Unconfirmed::default();
        for _ in 0..12 {
            number += 1;
            let act = act(&mut dice, number, &snapshot(&ledger).await, &journal(&ledger).await);
            if matches!(append(&ledger, act.clone()).await, Admission::Applied { .. }) {
                acts.queued(mine(act));
            }
            let now = snapshot(&ledger).await;
            let mut will_be: Vec<Seen> = now.items.iter().map(seen).collect();
            will_be.sort_by(|one, other| one.0.cmp(&other.0));
            assert_eq!(shown(&before, &acts.over(&before, history)), will_be, "seed {seed}: {:#?}", acts.acts());
        }
    }
}

fn rand_seed() -> u64 {
    uuid::Uuid::now_v7().as_u64_pair().1
}
