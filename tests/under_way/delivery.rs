//! Delivery: exactly once, in order, by one instance, whatever the network does. Time is moved, never waited for.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use crate::{record::*, remote::*};
use tiendo::domain::{answer::Admission, entry::Verb, failure::Failure};
use tiendo::runtime::delivery::Fact;
use tiendo::store::outbox::{Address, Answer, Decision, Outbox, Standing, Trouble};
use tokio::time::advance;

struct Scene {
    time: Stopped,
    directory: tempfile::TempDir,
    outbox: Arc<Outbox>,
    remote: Arc<Remote>,
}

async fn scene() -> Scene {
    let time = Stopped::new();
    let directory = tempfile::tempdir().unwrap();
    let outbox = open_outbox(directory.path()).await;
    Scene { time, outbox, remote: Remote::new().await, directory }
}

impl Scene {
    fn start(&self, number: u128) -> Facts {
        let (delivery, facts, _) = delivery(&self.outbox, &self.remote, number, self.time.clock());
        delivery.start();
        facts
    }

    async fn queue(&self, entries: &[tiendo::domain::entry::Entry]) {
        self.outbox.queue(&address(), entries).await.unwrap();
    }

    async fn standings(&self) -> Vec<(u128, Standing)> {
        let acts = self.outbox.acts(&address()).await.unwrap();
        acts.into_iter().map(|act| (act.entry.id.0.as_u128(), act.standing)).collect()
    }
}

const LONG: Duration = Duration::from_secs(61);

#[tokio::test(start_paused = true)]
async fn what_waits_is_sent_once_and_each_item_in_its_order() {
    let scene = scene().await;
    let acts = [
        full(1, TASK, Verb::Progress),
        expecting(1, full(2, TASK, Verb::Submit)),
        full(3, "task:N2", Verb::Note),
        full(4, AFTER_TASK, Verb::Receive),
        expecting(2, full(5, TASK, Verb::Confirm)),
    ];
    scene.queue(&acts).await;
    let mut facts = scene.start(1);
    let settled = facts.settled(5).await;
    assert!(settled.iter().all(|(_, answer)| matches!(answer, Answer::Answered(Admission::Applied { .. }))));
    assert_eq!(scene.standings().await, []);
    assert_eq!(scene.remote.requests(), [vec![1], vec![2, 3], vec![4], vec![5]]);
    assert_eq!(scene.remote.journal().await, [1, 2, 3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn an_act_queued_later_wakes_it() {
    let scene = scene().await;
    let (delivery, mut facts, waker) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    delivery.start();
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    waker.queued();
    facts.settled(1).await;
    scene.queue(&[full(2, TASK, Verb::Note)]).await;
    waker.queued();
    facts.settled(1).await;
    assert_eq!(scene.remote.journal().await, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_a_duplicate_and_a_late_one_have_one_effect_and_one_line() {
    for fault in [Fault::LostReply, Fault::Twice, Fault::Late, Fault::Short, Fault::Slow(Duration::from_secs(5))] {
        let scene = scene().await;
        scene.remote.fails([fault.clone()]);
        scene.queue(&[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)]).await;
        let mut facts = scene.start(1);
        match fault {
            Fault::LostReply | Fault::Short => {
                let (_, again) = facts.waits().await;
                assert!(again.is_some());
                assert_eq!(scene.standings().await[0], (1, Standing::Uncertain), "{fault:?}");
                advance(LONG).await;
            }
            Fault::Slow(_) => {
                while scene.remote.requests().is_empty() {
                    breath().await;
                }
                tokio::task::yield_now().await;
                advance(Duration::from_secs(6)).await;
            }
            Fault::Twice | Fault::Late | Fault::Offline | Fault::Refused | Fault::Denied | Fault::Hangs => {}
        }
        facts.settled(2).await;
        let mut journal = scene.remote.journal().await;
        journal.sort_unstable();
        assert_eq!(journal, [1, 2], "{fault:?}");
        assert_eq!(state(&scene.remote.ledger, TASK).await.notes, 1, "{fault:?}");
        assert_eq!(scene.standings().await, [], "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_source_is_down_one_act_is_tried_and_the_others_stay_unsent() {
    let scene = scene().await;
    scene.remote.fails(vec![Fault::Offline; 6]);
    let acts: Vec<_> = (1..=3).map(|number| full(number, &format!("task:N{number}"), Verb::Note)).collect();
    scene.queue(&acts).await;
    let mut facts = scene.start(1);
    let mut ceilings = Vec::new();
    for _ in 0..6 {
        let (failure, again) = facts.waits().await;
        assert!(matches!(failure, Failure::Offline(_)));
        ceilings.push(again.unwrap().duration_since(scene.time.clock()()));
        advance(LONG).await;
    }
    assert!(ceilings.iter().all(|wait| wait.as_secs() <= 60), "{ceilings:?}");
    assert!(scene.remote.requests().iter().take(6).all(|request| request.len() == 1));
    facts.settled(3).await;
    assert_eq!(doubled(&scene.remote.journal().await), []);
    assert_eq!(scene.remote.journal().await.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_before_the_time_it_told() {
    let scene = scene().await;
    scene.remote.fails([Fault::Offline]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let (delivery, mut facts, waker) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    delivery.start();
    let (_, again) = facts.waits().await;
    let wait = again.unwrap().duration_since(scene.time.clock()());
    waker.queued();
    advance(Duration::try_from(wait).unwrap() - Duration::from_millis(1)).await;
    for _ in 0..30 {
        breath().await;
    }
    assert_eq!(scene.remote.requests().len(), 1, "a new act does not hurry a source that is down");
    advance(Duration::from_millis(2)).await;
    facts.settled(1).await;
}

#[tokio::test(start_paused = true)]
async fn when_it_asks_who_it_is_it_is_left_alone_until_somebody_says_so() {
    let scene = scene().await;
    scene.remote.fails([Fault::Denied]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let (delivery, mut facts, waker) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    delivery.start();
    let (failure, again) = facts.waits().await;
    assert!(matches!(failure, Failure::Denied(_)) && again.is_none());
    assert_eq!(scene.standings().await, [(1, Standing::Waiting)], "it certainly did not arrive");
    advance(LONG * 60).await;
    for _ in 0..30 {
        breath().await;
    }
    assert_eq!(scene.remote.requests().len(), 1);
    waker.try_now();
    facts.settled(1).await;
    assert_eq!(scene.remote.journal().await, [1]);
}

#[tokio::test(start_paused = true)]
async fn what_was_uncertain_stays_so_when_a_later_try_is_turned_away() {
    let scene = scene().await;
    scene.remote.fails([Fault::LostReply, Fault::Denied]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let mut facts = scene.start(1);
    facts.waits().await;
    advance(LONG).await;
    facts.waits().await;
    assert_eq!(scene.standings().await, [(1, Standing::Uncertain)]);
}

#[tokio::test(start_paused = true)]
async fn one_act_the_source_cannot_digest_keeps_only_its_own_item() {
    for fault in [Fault::Offline, Fault::Refused] {
        let scene = scene().await;
        scene.remote.poison.lock().unwrap().push((id(2), fault.clone()));
        let acts = [
            full(1, "task:N2", Verb::Note),
            full(2, TASK, Verb::Note),
            full(3, TASK, Verb::Note),
            full(4, REPORT, Verb::Note),
            full(5, MILESTONE, Verb::Note),
        ];
        scene.queue(&acts).await;
        let mut facts = scene.start(1);
        let mut done = 0;
        while done < 3 {
            match facts.next().await {
                Fact::Settled(some) => {
                    let applied = |answer: &Answer| matches!(answer, Answer::Answered(Admission::Applied { .. }));
                    done += some.iter().filter(|(_, answer)| applied(answer)).count();
                }
                Fact::Waits { .. } => advance(LONG).await,
                other @ (Fact::Broken(_) | Fact::AnotherSends | Fact::Changed) => panic!("{other:?}"),
            }
        }
        let mut journal = scene.remote.journal().await;
        journal.sort_unstable();
        assert_eq!(journal, [1, 4, 5], "{fault:?}");
        let left: Vec<u128> = scene.standings().await.into_iter().map(|(id, _)| id).collect();
        assert_eq!(left, [2, 3], "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conflict_becomes_a_card_and_what_is_behind_it_waits() {
    let scene = scene().await;
    append(&scene.remote.ledger, full(90, TASK, Verb::Progress)).await;
    let acts =
        [full(1, TASK, Verb::Submit), expecting(1, full(2, TASK, Verb::Confirm)), full(3, "task:N2", Verb::Note)];
    scene.queue(&acts).await;
    let (delivery, mut facts, waker) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    delivery.start();
    facts.settled(2).await;
    let standings = scene.standings().await;
    assert!(matches!(&standings[0], (1, Standing::Card(Trouble::Conflict { stands })) if stands.id == id(90)));
    assert_eq!(standings[1], (2, Standing::Behind(id(1))));
    assert_eq!(scene.remote.journal().await, [90, 3], "nothing was overwritten");
    scene.outbox.decide(&address(), id(1), Decision::SendMineAnyway).await.unwrap();
    waker.queued();
    facts.settled(2).await;
    assert_eq!(scene.remote.journal().await, [90, 3, 1, 2]);
    assert_eq!(scene.standings().await, []);
}

#[tokio::test(start_paused = true)]
async fn an_act_goes_only_to_the_source_and_the_person_it_was_made_for() {
    let scene = scene().await;
    let other_person = Address { by: "somebody".into(), ..address() };
    let other_source = Address { source: "remote https://elsewhere.example".into(), ..address() };
    let other_plan = Address { plan: "q".into(), ..address() };
    for (number, other) in (10..).zip([&other_person, &other_source, &other_plan]) {
        scene.outbox.queue(other, &[full(number, TASK, Verb::Note)]).await.unwrap();
    }
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let mut facts = scene.start(1);
    facts.settled(1).await;
    for _ in 0..30 {
        breath().await;
    }
    assert_eq!(scene.remote.requests(), [[1]]);
    let left: Vec<Address> = scene.outbox.addresses().await.unwrap().into_iter().map(|(address, _)| address).collect();
    assert_eq!(left, [other_person, other_source, other_plan]);
}

/// Work that can be made to hang where it is.
struct Freezes<F> {
    work: Pin<Box<F>>,
    frozen: Arc<AtomicBool>,
}

impl<F: Future> Future for Freezes<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if self.frozen.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        self.work.as_mut().poll(context)
    }
}

#[tokio::test(start_paused = true)]
async fn of_two_instances_one_sends_and_when_it_hangs_the_other_takes_over() {
    let scene = scene().await;
    scene.remote.fails([Fault::Hangs]);
    scene.queue(&[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)]).await;
    let theirs = open_outbox(scene.directory.path()).await;
    let (first, mut first_facts, _) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    let (second, mut second_facts, _) = delivery(&theirs, &scene.remote, 2, scene.time.clock());
    let frozen = Arc::new(AtomicBool::new(false));
    let task = tokio::spawn(Freezes { work: Box::pin(first.run()), frozen: Arc::clone(&frozen) });
    while scene.remote.requests().is_empty() {
        breath().await;
    }
    frozen.store(true, Ordering::SeqCst);
    second.start();
    assert!(matches!(second_facts.next().await, Fact::AnotherSends));
    assert_eq!(scene.remote.requests().len(), 1, "the second one does not send");
    advance(Duration::from_secs(11)).await;
    let mut settled = second_facts.settled(2).await;
    settled.sort_by_key(|(id, _)| *id);
    assert_eq!(settled[0], (1, Answer::Answered(Admission::Replayed { seq: 2 })));
    // The first one comes to itself, with an answer that is not its to write down any more.
    scene.queue(&[full(3, TASK, Verb::Note)]).await;
    frozen.store(false, Ordering::SeqCst);
    scene.remote.go_on();
    while !scene.standings().await.is_empty() {
        advance(Duration::from_secs(1)).await;
    }
    assert!(!task.is_finished());
    while let Ok(fact) = first_facts.0.try_recv() {
        let told = matches!(&fact, Fact::Settled(some) if some.iter().any(|(settled, _)| *settled == id(1)));
        assert!(!told, "{fact:?}");
    }
    let mut journal = scene.remote.journal().await;
    journal.sort_unstable();
    assert_eq!(journal, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_lease_is_kept_as_long_as_an_answer_takes() {
    let scene = scene().await;
    scene.remote.fails([Fault::Hangs]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let mut facts = scene.start(1);
    while scene.remote.requests().is_empty() {
        breath().await;
    }
    // In steps as its own timer takes them: each renewal is over before the next step.
    for _ in 0..7 {
        advance(Duration::from_secs(3)).await;
        for _ in 0..20 {
            breath().await;
            scene.outbox.changed_elsewhere().await.unwrap();
        }
    }
    let ours = scene.outbox.lease(&address(), holder(2), scene.time.clock()()).await.unwrap();
    assert!(!ours, "21 s later it is still the first one's");
    scene.remote.go_on();
    facts.settled(1).await;
}

#[tokio::test(start_paused = true)]
async fn what_another_instance_queues_is_heard_of_and_sent_when_that_one_is_gone() {
    let scene = scene().await;
    let mut facts = scene.start(1);
    let theirs = open_outbox(scene.directory.path()).await;
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    drop(theirs);
    let theirs = open_outbox(scene.directory.path()).await;
    // It has read what there is before it looks again.
    for _ in 0..30 {
        breath().await;
        scene.outbox.acts(&address()).await.unwrap();
    }
    theirs.queue(&address(), &[full(2, TASK, Verb::Note)]).await.unwrap();
    advance(Duration::from_secs(3)).await;
    let settled = facts.settled(2).await;
    assert_eq!(settled.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_never_answers_is_given_up_after_half_a_minute_and_asked_again() {
    let scene = scene().await;
    scene.remote.fails([Fault::Hangs]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let mut facts = scene.start(1);
    while scene.remote.requests().is_empty() {
        breath().await;
    }
    advance(Duration::from_secs(31)).await;
    let (failure, _) = facts.waits().await;
    assert!(matches!(failure, Failure::Offline(_)));
    advance(LONG).await;
    let settled = facts.settled(1).await;
    assert_eq!(settled, [(1, Answer::Answered(Admission::Replayed { seq: 2 }))]);
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_is_stopped_leaves_the_rest_to_others_at_once() {
    let scene = scene().await;
    scene.remote.fails([Fault::Hangs]);
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let (first, _facts, _) = delivery(&scene.outbox, &scene.remote, 1, scene.time.clock());
    let running = first.start();
    while scene.remote.requests().is_empty() {
        breath().await;
    }
    running.stop().await;
    assert_eq!(scene.standings().await, [(1, Standing::Uncertain)]);
    let mut facts = scene.start(2);
    assert_eq!(facts.settled(1).await, [(1, Answer::Answered(Admission::Replayed { seq: 2 }))]);
}

#[tokio::test(start_paused = true)]
async fn an_outbox_that_breaks_while_it_is_open_is_told_and_nothing_is_sent() {
    use sqlx::ConnectOptions as _;
    let scene = scene().await;
    scene.queue(&[full(1, TASK, Verb::Note)]).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(scene.outbox.path());
    let mut meddler = options.connect().await.unwrap();
    sqlx::raw_sql("UPDATE waiting SET seal = 1").execute(&mut meddler).await.unwrap();
    let mut facts = scene.start(1);
    loop {
        match facts.next().await {
            Fact::Broken(failure) => {
                assert!(matches!(failure, Failure::Unreadable(_)), "{failure}");
                break;
            }
            Fact::Changed => {}
            other @ (Fact::Settled(_) | Fact::Waits { .. } | Fact::AnotherSends) => panic!("{other:?}"),
        }
    }
    assert!(scene.remote.requests().is_empty());
}
