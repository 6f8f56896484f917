//! Where acts go: one contract, straight to the ledger and through the outbox to a remote source.

use std::{collections::HashMap, sync::Arc, time::Duration};

use crate::{record::*, remote::*};
use rstest::rstest;
use tiendo::domain::{
    answer::{Admission, Filter},
    check::Refusal,
    entry::{Entry, Verb},
};
use tiendo::ledger::{Ledger, sqlite::SqliteLedger};
use tiendo::runtime::{
    delivery::Round,
    way::{Acted, Way},
};
use tiendo::sources::{Source, embedded::Embedded};
use tiendo::store::outbox::{Answer, Withdrawal};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Case {
    Direct,
    Outbox,
    /// With a network that loses, doubles and delays.
    BadNetwork,
}

struct Place {
    case: Case,
    acts: Way,
    directory: tempfile::TempDir,
    remote: Option<Arc<Remote>>,
}

async fn place(case: Case) -> Place {
    let directory = tempfile::tempdir().unwrap();
    let remote = if case == Case::Direct { None } else { Some(Remote::new().await) };
    if case == Case::BadNetwork {
        let faults = [Fault::LostReply, Fault::Late, Fault::Offline, Fault::Twice, Fault::Short];
        remote.as_ref().unwrap().fails(faults.iter().cycle().take(10).cloned());
    }
    let acts = open(case, directory.path()).await;
    Place { case, acts, directory, remote }
}

async fn open(case: Case, directory: &std::path::Path) -> Way {
    if case != Case::Direct {
        let outbox = open_outbox(directory).await;
        return Way::Outbox { outbox, address: address(), waker: Default::default() };
    }
    let ledger = SqliteLedger::open(&directory.join("ledger.db")).await.unwrap();
    laid_down(&ledger).await;
    Way::Direct(Arc::new(Embedded::new(Arc::new(ledger), plan_id(), me(), Duration::from_secs(2))))
}

impl Place {
    /// Hands in a batch and says what came of each in the end.
    async fn act(&self, batch: &[Entry]) -> HashMap<u128, Admission> {
        let acted = self.acts.act(batch, minute(9)).await.unwrap();
        assert_eq!(acted.len(), batch.len());
        let mut answers = HashMap::new();
        for (entry, acted) in batch.iter().zip(acted) {
            match (acted, self.case) {
                (Acted::Answered(admission), Case::Direct) => {
                    answers.insert(entry.id.0.as_u128(), admission);
                }
                (Acted::Queued, Case::Outbox | Case::BadNetwork) => {}
                (other, case) => panic!("{other:?} by {case:?}"),
            }
        }
        self.deliver().await.into_iter().for_each(|(id, admission)| {
            answers.insert(id, admission);
        });
        answers
    }

    /// Sends until nothing can go; what fails is tried at once.
    async fn deliver(&self) -> HashMap<u128, Admission> {
        let (Way::Outbox { outbox, .. }, Some(remote)) = (&self.acts, &self.remote) else { return HashMap::new() };
        let (mut delivery, mut facts, _) = delivery(outbox, remote, 1, Arc::new(|| minute(9)));
        while !matches!(delivery.round(100).await, Round::Idle) {}
        let mut answers = HashMap::new();
        while let Ok(tiendo::runtime::delivery::Fact::Settled(some)) = facts.0.try_recv() {
            for (id, answer) in some {
                let Answer::Answered(admission) = answer else { panic!("{answer:?}") };
                answers.insert(id.0.as_u128(), admission);
            }
        }
        answers
    }

    /// The journal, by numbers.
    async fn journal(&self) -> Vec<u128> {
        match (&self.acts, &self.remote) {
            (Way::Direct(source), _) => {
                let page = source.entries(&Filter::default()).await.unwrap();
                page.entries.iter().rev().skip(1).map(|entry| entry.id.0.as_u128()).collect()
            }
            (Way::Outbox { .. }, Some(remote)) => remote.journal().await,
            (Way::Outbox { .. }, None) => panic!("no remote"),
        }
    }

    /// Somebody else acts at the source.
    async fn theirs(&self, entry: Entry) {
        let taken = match (&self.acts, &self.remote) {
            (_, Some(remote)) => append(&remote.ledger, entry).await,
            (Way::Direct(source), None) => source.send(&[entry], minute(3)).await.unwrap().remove(0),
            (Way::Outbox { .. }, None) => panic!("no remote"),
        };
        assert!(matches!(taken, Admission::Applied { .. }), "{taken:?}");
    }
}

fn is_done(admission: &Admission) -> bool {
    matches!(admission, Admission::Applied { .. } | Admission::Replayed { .. })
}

#[rstest]
#[tokio::test]
async fn every_entry_has_its_own_answer(#[values(Case::Direct, Case::Outbox, Case::BadNetwork)] case: Case) {
    let place = place(case).await;
    let batch = [
        full(1, TASK, Verb::Submit),
        full(2, "task:N2", Verb::Tick),
        full(3, "task:none", Verb::Note),
        full(4, REPORT, Verb::Receive),
    ];
    let answers = place.act(&batch).await;
    assert!(is_done(&answers[&1]) && is_done(&answers[&4]), "{answers:?}");
    assert!(matches!(&answers[&2], Admission::Refused(Refusal::NotOfKind { .. })));
    assert!(matches!(&answers[&3], Admission::Refused(Refusal::NoSuchItem { .. })));
    let mut journal = place.journal().await;
    journal.sort_unstable();
    assert_eq!(journal, [1, 4]);
}

#[rstest]
#[tokio::test]
async fn acts_on_one_item_are_done_in_their_order(#[values(Case::Direct, Case::Outbox, Case::BadNetwork)] case: Case) {
    let place = place(case).await;
    let mut batch = vec![full(1, TASK, Verb::Progress)];
    for (number, verb) in (2..).zip([Verb::Submit, Verb::Return, Verb::Submit, Verb::Confirm]) {
        batch.push(expecting(number - 1, full(number, TASK, verb)));
    }
    let case = format!("report:R7/{}/a", id(6));
    batch.extend([full(6, DUTY, Verb::Open), full(7, &case, Verb::Note), full(8, &case, Verb::Receive)]);
    let answers = place.act(&batch).await;
    assert!(answers.len() == 8 && answers.values().all(is_done), "{answers:?}");
    let journal = place.journal().await;
    let of = |numbers: std::ops::RangeInclusive<u128>| -> Vec<u128> {
        journal.iter().copied().filter(|id| numbers.contains(id)).collect()
    };
    assert_eq!((of(1..=5), of(6..=8)), ((1..=5).collect(), (6..=8).collect()));
}

#[rstest]
#[tokio::test]
async fn an_act_handed_in_again_is_done_once(#[values(Case::Direct, Case::Outbox, Case::BadNetwork)] case: Case) {
    let place = place(case).await;
    let act = full(1, TASK, Verb::Note);
    place.acts.act(std::slice::from_ref(&act), minute(1)).await.unwrap();
    place.acts.act(std::slice::from_ref(&act), minute(2)).await.unwrap();
    let answers = place.act(&[act.clone(), act.clone()]).await;
    assert!(is_done(&answers[&1]));
    // Long after it was confirmed too.
    assert!(is_done(&place.act(std::slice::from_ref(&act)).await[&1]));
    assert_eq!(place.journal().await, [1]);
    let other = Entry { note: Some("another".into()), ..act };
    assert_eq!(place.act(&[other]).await[&1], Admission::Refused(Refusal::IdReused));
    assert_eq!(place.journal().await, [1]);
}

#[rstest]
#[tokio::test]
async fn a_conflict_is_told_with_what_stands_and_overwrites_nothing(
    #[values(Case::Direct, Case::Outbox, Case::BadNetwork)] case: Case,
) {
    let place = place(case).await;
    place.theirs(full(90, TASK, Verb::Extend)).await;
    let answers = place.act(&[full(1, TASK, Verb::Submit), full(2, "task:N2", Verb::Submit)]).await;
    assert!(matches!(&answers[&1], Admission::Conflict { stands } if stands.id == id(90)), "{answers:?}");
    assert!(is_done(&answers[&2]));
    assert_eq!(place.journal().await, [90, 2]);
    let answers = place.act(&[full(3, "task:N3", Verb::Note)]).await;
    assert!(is_done(&answers[&3]), "another item is not kept");
}

#[rstest]
#[tokio::test]
async fn what_was_answered_is_there_after_reopening(
    #[values(Case::Direct, Case::Outbox, Case::BadNetwork)] case: Case,
) {
    let Place { acts, directory, remote, .. } = place(case).await;
    acts.act(&[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)], minute(1)).await.unwrap();
    drop(acts);
    let place = Place { case, acts: open(case, directory.path()).await, directory, remote };
    place.deliver().await;
    let mut journal = place.journal().await;
    journal.sort_unstable();
    assert_eq!(journal, [1, 2]);
}

#[rstest]
#[tokio::test]
async fn what_was_not_sent_is_withdrawn_and_what_was_is_not(#[values(Case::Direct, Case::Outbox)] case: Case) {
    let place = place(case).await;
    place.acts.act(&[full(1, TASK, Verb::Note)], minute(1)).await.unwrap();
    let withdrawn = place.acts.withdraw(&[id(1)]).await.unwrap();
    let expected = if case == Case::Direct { Withdrawal::Sent } else { Withdrawal::Withdrawn };
    assert_eq!(withdrawn, [(id(1), expected)]);
    place.deliver().await;
    assert_eq!(place.journal().await.len(), usize::from(case == Case::Direct));
    place.act(&[full(2, TASK, Verb::Note)]).await;
    assert_eq!(place.acts.withdraw(&[id(2)]).await.unwrap(), [(id(2), Withdrawal::Sent)]);
}

/// A source whose answer is lost once in a while, after it has committed.
struct Flaky(Embedded, std::sync::atomic::AtomicU32);

impl Source for Flaky {
    fn send<'a>(&'a self, entries: &'a [Entry], now: jiff::Timestamp) -> tiendo::sources::Answer<'a, Vec<Admission>> {
        Box::pin(async move {
            let answers = self.0.send(entries, now).await;
            match self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => Err(tiendo::domain::failure::Failure::Offline(tiendo::domain::sentence::Sentence::new(
                    "file-unreached",
                ))),
                _ => answers,
            }
        })
    }
    fn fetch(&self, cursor: Option<u64>) -> tiendo::sources::Answer<'_, tiendo::domain::answer::Fetched> {
        self.0.fetch(cursor)
    }
    fn at(&self, instant: jiff::Timestamp) -> tiendo::sources::Answer<'_, tiendo::domain::snapshot::Snapshot> {
        self.0.at(instant)
    }
    fn entries<'a>(&'a self, filter: &'a Filter) -> tiendo::sources::Answer<'a, tiendo::domain::answer::Page> {
        self.0.entries(filter)
    }
    fn changed(&self) -> futures::stream::BoxStream<'static, ()> {
        self.0.changed()
    }
    fn capabilities(&self) -> tiendo::sources::Capabilities {
        self.0.capabilities()
    }
    fn label(&self) -> String {
        self.0.label()
    }
}

#[tokio::test]
async fn after_an_io_error_of_the_ledger_the_fate_is_looked_up_by_the_id() {
    let ledger = Arc::new(tiendo::ledger::memory::MemoryLedger::new());
    laid_down(&*ledger).await;
    let embedded = Embedded::new(Arc::clone(&ledger) as Arc<dyn Ledger>, plan_id(), me(), Duration::from_secs(2));
    let acts = Way::Direct(Arc::new(Flaky(embedded, 0.into())));
    let acted = acts.act(&[full(1, TASK, Verb::Note)], minute(1)).await.unwrap();
    assert_eq!(acted, [Acted::Answered(Admission::Replayed { seq: 2 })]);
    assert_eq!(state(&*ledger, TASK).await.notes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_act_handed_in_by_two_programs_at_the_same_time_is_done_once() {
    let directory = tempfile::tempdir().unwrap();
    let (one, other) = (open(Case::Direct, directory.path()).await, open(Case::Direct, directory.path()).await);
    for number in 1..20 {
        let hand_in = |acts: Way| async move { acts.act(&[full(number, TASK, Verb::Note)], minute(1)).await };
        let both = [tokio::spawn(hand_in(one.clone())), tokio::spawn(hand_in(other.clone()))];
        let mut seqs = Vec::new();
        for acted in both {
            let [Acted::Answered(Admission::Applied { seq } | Admission::Replayed { seq })] =
                acted.await.unwrap().unwrap()[..]
            else {
                panic!("not done")
            };
            seqs.push(seq);
        }
        assert_eq!(seqs[0], seqs[1]);
    }
    let ledger = SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap();
    assert_eq!((state(&ledger, TASK).await.notes, journal(&ledger).await.len()), (19, 20));
}
