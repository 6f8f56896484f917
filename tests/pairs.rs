//! Two people act on the same item without having seen each other: every pair of verbs, in both orders. What comes of it is
//! the table in `docs/conflicts.md`, which is written anew with `TIENDO_WRITE=1`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/record.rs"]
mod record;

use std::path::Path;

use record::*;
use tiendo::domain::{
    answer::Admission,
    check::Refusal,
    entry::{Entry, Verb},
    item::{Item, Kind},
    verbs::RULES,
};
use tiendo::ledger::{Ledger, memory::MemoryLedger};

const ITEMS: [&str; 3] = [TASK, REPORT, MILESTONE];

/// What was done before the two came: from each state something else is possible.
const BEFORE: [&[Verb]; 6] = [
    &[],
    &[Verb::Submit],
    &[Verb::Submit, Verb::Confirm],
    &[Verb::Pause],
    &[Verb::RequestExtension],
    &[Verb::Submit, Verb::RequestExtension],
];

/// What came of the second one's act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// Both stand.
    Both,
    /// The second one is shown what stands; nothing of it was done.
    Conflict,
    /// It is no longer possible, and says why.
    Impossible,
}

impl Came {
    fn sign(self) -> char {
        match self {
            Came::Both => '·',
            Came::Conflict => '✗',
            Came::Impossible => '−',
        }
    }
}

async fn prepared(item: &str, before: &[Verb]) -> Option<(MemoryLedger, Item)> {
    let ledger = MemoryLedger::new();
    laid_down(&ledger).await;
    for (number, verb) in (1..).zip(before) {
        let last = state(&ledger, item).await.last;
        let answer = append(&ledger, Entry { expects: last, ..full(number, item, verb.clone()) }).await;
        if !matches!(answer, Admission::Applied { .. }) {
            return None;
        }
    }
    let item = snapshot(&ledger).await.item(&item.into()).unwrap().clone();
    Some((ledger, item))
}

async fn hand_in(ledger: &MemoryLedger, act: Entry, by: &str) -> Admission {
    ledger.append(&plan_id(), &[act], &by.into(), minute(30)).await.unwrap().remove(0)
}

/// Both verbs on one item as both people saw it; nothing where they are never possible at the same time.
async fn came(first: &Verb, second: &Verb) -> Vec<Came> {
    let mut all = Vec::new();
    for (item, before) in ITEMS.iter().flat_map(|item| BEFORE.iter().map(move |before| (item, before))) {
        let Some((alone, seen)) = prepared(item, before).await else { continue };
        let act = |number, verb: &Verb| Entry { expects: seen.state.last, ..full(number, item, verb.clone()) };
        if !matches!(hand_in(&alone, act(21, second), "second").await, Admission::Applied { .. }) {
            continue;
        }
        let (both, _) = prepared(item, before).await.unwrap();
        if !matches!(hand_in(&both, act(20, first), "first").await, Admission::Applied { .. }) {
            continue;
        }
        let between = snapshot(&both).await.item(&(*item).into()).unwrap().clone();
        let answer = hand_in(&both, act(21, second), "second").await;
        let after = snapshot(&both).await.item(&(*item).into()).unwrap().clone();
        let came = match answer {
            Admission::Applied { .. } => Came::Both,
            Admission::Conflict { stands } => {
                assert_eq!((stands.id, stands.by), (id(20), Some("first".into())), "it is shown what stands");
                Came::Conflict
            }
            Admission::Refused(Refusal::NotInState { .. }) => Came::Impossible,
            other @ (Admission::Replayed { .. } | Admission::Refused(_)) => {
                panic!("{} then {}: {other:?}", first.as_str(), second.as_str())
            }
        };
        if came != Came::Both {
            assert_eq!(after, between, "{} then {}: the first one's act was touched", first.as_str(), second.as_str());
        }
        all.push(came);
    }
    all
}

fn table(rows: &[(Verb, Vec<String>)]) -> String {
    let mut text = String::from(
        "# Two people, one item\n\n\
         What comes of it when two people act on the same item without having seen each other's act: the first one's\n\
         verb at the left, the second one's at the top. Made by `tests/pairs.rs` from the ledger itself.\n\n\
         `·` both stand · `✗` conflict: the second one is shown the first one's act and decides; nothing is overwritten ·\n\
         `−` it is no longer possible and says why · empty: the two are never possible at the same time. Two signs: it\n\
         depends on the item's state.\n\n",
    );
    let letters: Vec<String> = (1..=rows.len()).map(|number| number.to_string()).collect();
    text += &format!("| first ↓ second → | {} |\n", letters.join(" | "));
    text += &format!("|---|{}\n", ":-:|".repeat(rows.len()));
    for ((verb, cells), number) in rows.iter().zip(&letters) {
        text += &format!("| {number} {} | {} |\n", verb.as_str(), cells.join(" | "));
    }
    text += "\n`open` never conflicts: each opens a case of its own. `reverse` names what it takes back: the second one to take\n\
             back the same entry is refused, and so is one who takes back what somebody has acted on since.\n";
    text
}

#[tokio::test]
async fn every_pair_of_verbs_by_two_people_gives_the_table_in_the_docs() {
    let verbs: Vec<Verb> = RULES.iter().map(|rule| rule.verb.clone()).collect();
    let mut rows = Vec::new();
    for first in &verbs {
        let mut cells = Vec::new();
        for second in &verbs {
            let came = came(first, second).await;
            let both_fixed = !first.commutes() && !second.commutes();
            assert!(!both_fixed || came.iter().all(|came| *came == Came::Conflict), "{first:?} {second:?}: {came:?}");
            assert!(!first.commutes() || came.iter().all(|came| *came == Came::Both), "{first:?} {second:?}: {came:?}");
            assert!(!second.commutes() || !came.contains(&Came::Conflict), "{first:?} {second:?}: {came:?}");
            let signs = [Came::Both, Came::Conflict, Came::Impossible].into_iter().filter(|sign| came.contains(sign));
            cells.push(signs.map(Came::sign).collect::<String>());
        }
        rows.push((first.clone(), cells));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conflicts.md");
    let text = table(&rows);
    if std::env::var_os("TIENDO_WRITE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "TIENDO_WRITE=1 writes it anew");
}

#[tokio::test]
async fn what_two_people_take_back_or_open_is_as_the_docs_say() {
    let ledger = MemoryLedger::new();
    laid_down(&ledger).await;
    for (number, by) in [(1, "first"), (2, "second")] {
        assert!(matches!(hand_in(&ledger, full(number, DUTY, Verb::Open), by).await, Admission::Applied { .. }));
    }
    hand_in(&ledger, full(3, TASK, Verb::Submit), "first").await;
    assert!(matches!(hand_in(&ledger, reverse(4, TASK, 3), "first").await, Admission::Applied { .. }));
    let again = hand_in(&ledger, reverse(5, TASK, 3), "second").await;
    assert_eq!(again, Admission::Refused(Refusal::NothingToReverse));
    hand_in(&ledger, full(6, TASK, Verb::Submit), "first").await;
    hand_in(&ledger, expecting(6, full(7, TASK, Verb::Confirm)), "second").await;
    let rested_on = hand_in(&ledger, reverse(8, TASK, 6), "first").await;
    assert_eq!(rested_on, Admission::Refused(Refusal::Depended { by: id(7) }));
    assert_eq!(snapshot(&ledger).await.item(&TASK.into()).unwrap().kind(), Kind::Task);
}
