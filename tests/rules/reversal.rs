//! Taken back is as if it had not been: over random journals of what would be admitted.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use tiendo::domain::{
    check::{check, check_open},
    entry::{Channel, Entry, Verb},
    fold::{fold, refold},
    follow::{following, opened},
    id::{ItemId, ItemName},
    item::{Item, Kind, State},
    reversal::check_reverse,
    snapshot::{Delta, Snapshot},
};

use super::acts::{bare, calendar, full, item, plan};

/// What a random act is made of: which item, which verb, how many days after the last one, which entry to take back.
type Roll = (usize, usize, i32, usize);

fn rolls(length: usize) -> impl Strategy<Value = Vec<Roll>> {
    proptest::collection::vec((0..64_usize, 0..64_usize, 0..9_i32, 0..64_usize), 0..length)
}

fn act(number: u64, item: &Item, verb: Verb, on: Date, pick: usize) -> Entry {
    let until = item.due.unwrap_or(on).checked_add((pick as i32 % 20 + 1).days()).ok();
    Entry {
        until,
        percent: Some((pick * 7 % 101) as u8),
        level: Some((pick % 4 + 1) as u8),
        channel: Some(Channel::Letter),
        promise: until.filter(|_| pick.is_multiple_of(3)),
        by: Some(["me", "you"][pick % 2].into()),
        expects: item.state.last,
        ..full(number, item.id.as_str(), verb, on)
    }
}

/// A random journal of one item, each entry admissible when it was made.
fn journal_of_one(kind: Kind, rolls: &[Roll]) -> (Item, Vec<Entry>) {
    let (mut item, mut journal, mut on) = (item(kind), Vec::new(), date(2023, 9, 1));
    for (number, (_, verb, days, pick)) in (1..).zip(rolls) {
        on = on.checked_add(days.days()).unwrap();
        let entry = act(number, &item, Verb::KNOWN[verb % Verb::KNOWN.len()].clone(), on, *pick);
        if check(&item, &entry).is_ok() {
            fold(&mut item, &entry, &calendar());
            journal.push(entry);
        }
    }
    (item, journal)
}

fn reversing(number: u64, reversed: &Entry) -> Entry {
    Entry { reverses: Some(reversed.id), ..bare(number, reversed.item.as_str(), Verb::Reverse, reversed.on) }
}

/// A random journal of a whole plan, reversals and reversals of reversals among them.
fn journal_of_all(rolls: &[Roll]) -> Vec<Entry> {
    let (mut journal, mut on) = (Vec::<Entry>::new(), date(2023, 9, 1));
    let mut snapshot = Snapshot::new(plan().into());
    for (number, (which, verb, days, pick)) in (1..).zip(rolls) {
        on = on.checked_add(days.days()).unwrap();
        let entry = if which % 5 == 0 && !journal.is_empty() {
            let entry = reversing(number, &journal[pick % journal.len()]);
            let of_item: Vec<&Entry> = journal.iter().filter(|earlier| earlier.item == entry.item).collect();
            let rests = affected(&snapshot, &entry.item).into_iter().filter(|id| *id != entry.item);
            let untouched = rests.into_iter().all(|id| snapshot.item(&id).is_none_or(|item| item.state.last.is_none()));
            (untouched && check_reverse(&of_item, &entry).is_ok()).then_some(entry)
        } else if which % 5 == 1 {
            let agency = Some(["a", "b"][pick % 2].into());
            let entry = Entry { agency, ..bare(number, "duty:R7", Verb::Open, on) };
            check_open(&snapshot.outline, &entry).is_ok().then_some(entry)
        } else {
            let item = &snapshot.items[which % snapshot.items.len()];
            let entry = act(number, item, Verb::KNOWN[verb % Verb::KNOWN.len()].clone(), on, *pick);
            check(item, &entry).is_ok().then_some(entry)
        };
        let Some(entry) = entry else { continue };
        journal.push(entry.clone());
        if entry.verb == Verb::Reverse {
            snapshot = Snapshot::replay(plan().into(), &journal);
        } else {
            snapshot.apply(&entry);
        }
    }
    journal
}

/// The items a reversal on `id` may change beyond what folding can say.
fn affected(snapshot: &Snapshot, id: &ItemId) -> Vec<ItemId> {
    let cases = |duty: &str| {
        let begin = format!("report:{duty}/");
        let items = snapshot.items.iter().map(|item| item.id.clone());
        items.filter(|id| id.as_str().starts_with(&begin)).collect()
    };
    match id.name() {
        Some(ItemName::Duty(duty)) => cases(duty),
        Some(ItemName::Task(_)) => [vec![id.clone()], following(&snapshot.outline, id)].concat(),
        _ => vec![id.clone()],
    }
}

/// What is true, without the order in which it came about.
fn truth(snapshot: &Snapshot) -> BTreeMap<String, (State, Option<Date>, Option<Date>)> {
    let items = snapshot.items.iter();
    items.map(|item| (item.id.to_string(), (item.state.clone(), item.original_due, item.due))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn an_item_is_the_fold_of_its_other_entries(
        rolls in rolls(40),
        pick: prop::sample::Index,
        kind in proptest::sample::select(Kind::ALL.to_vec()),
    ) {
        let (folded, journal) = journal_of_one(kind, &rolls);
        prop_assume!(!journal.is_empty());
        let place = pick.index(journal.len());
        let reverse = reversing(1_000, &journal[place]);
        let all: Vec<&Entry> = journal.iter().collect();
        prop_assume!(check_reverse(&all, &reverse).is_ok());

        let mut without = item(kind);
        let left = || journal.iter().filter(|entry| entry.id != journal[place].id);
        for entry in left() {
            let seen = Entry { expects: without.state.last, ..entry.clone() };
            // What commutes rests on nothing and stays as history, also where it could not be said any more.
            if !entry.verb.commutes() {
                prop_assert_eq!(check(&without, &seen), Ok(()), "nothing rests on it");
            }
            fold(&mut without, entry, &calendar());
        }
        let mut refolded = folded.clone();
        refold(&mut refolded, left(), &calendar());
        prop_assert_eq!(&refolded, &without);

        let mut taken_back = journal.clone();
        taken_back.push(reverse.clone());
        let snapshot = Snapshot::replay(plan().into(), &taken_back);
        prop_assert_eq!(snapshot.item(&without.id), Some(&without));
        taken_back.push(reversing(1_001, &reverse));
        let snapshot = Snapshot::replay(plan().into(), &taken_back);
        prop_assert_eq!(snapshot.item(&folded.id), Some(&folded), "and brought back, as it was");
    }

    #[test]
    fn folding_what_is_new_gives_what_replaying_all_gives(rolls in rolls(40), cut: prop::sample::Index) {
        let journal = journal_of_all(&rolls);
        let whole = Snapshot::replay(plan().into(), &journal);
        let (old, new) = journal.split_at(if journal.is_empty() { 0 } else { cut.index(journal.len()) });
        let mut followed = Snapshot::replay(plan().into(), old);
        let reversals = new.iter().filter(|entry| entry.verb == Verb::Reverse);
        let items = reversals.flat_map(|entry| affected(&whole, &entry.item));
        let refolded = items.filter_map(|id| Some((id.clone(), whole.item(&id)?.state.clone()))).collect();
        followed.apply_delta(Delta { entries: new.to_vec(), refolded, cursor: whole.cursor });
        prop_assert_eq!(truth(&followed), truth(&whole));
        prop_assert_eq!(followed.cursor, whole.cursor);

        let states = whole.items.iter().map(|item| (item.id.clone(), item.state.clone()));
        let loaded = Snapshot::with_states(plan().into(), states, whole.cursor);
        prop_assert_eq!(truth(&loaded), truth(&whole), "folded states are all there is to load");
        for backwards in [false, true] {
            let mut restored = Snapshot::new(plan().into());
            let mut states: Vec<_> = whole.items.iter().filter(|item| item.state != State::default()).collect();
            if backwards {
                states.reverse();
            }
            for item in states {
                restored.restore(item.id.as_str(), item.state.clone());
            }
            prop_assert_eq!(truth(&restored), truth(&whole), "in whatever order");
            for (place, item) in (0..).zip(&restored.items) {
                prop_assert_eq!(restored.place(&item.id), Some(place));
            }
        }
    }
}

#[test]
fn an_opening_names_the_case_it_opens() {
    let open = Entry { agency: Some("a".into()), ..bare(1, "duty:R7", Verb::Open, date(2023, 6, 1)) };
    let (case, _) = opened(&open).unwrap();
    assert_eq!(case.as_str(), format!("report:R7/{}/a", open.id));
    assert!(opened(&bare(1, "duty:R7", Verb::Note, date(2023, 6, 1))).is_none());
}
