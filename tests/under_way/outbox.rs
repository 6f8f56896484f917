//! The outbox: what said "queued" is there, in order, once; what did not go through is a card; what was not sent can be
//! taken back; one instance sends.

use std::{sync::Arc, task::Poll};

use crate::{
    record::*,
    remote::{address, holder, open_outbox},
};
use jiff::{SignedDuration, Timestamp};
use tiendo::domain::{
    answer::Admission,
    check::Refusal,
    entry::{Entry, Verb},
    id::EntryId,
};
use tiendo::store::outbox::{Address, Answer, Decided, Decision, Outbox, Queued, Standing, Taken, Trouble, Withdrawal};

struct Box {
    outbox: Arc<Outbox>,
    directory: tempfile::TempDir,
}

impl std::ops::Deref for Box {
    type Target = Outbox;
    fn deref(&self) -> &Outbox {
        &self.outbox
    }
}

async fn with(acts: &[Entry]) -> Box {
    let directory = tempfile::tempdir().unwrap();
    let outbox = open_outbox(directory.path()).await;
    let answers = outbox.queue(&address(), acts).await.unwrap();
    assert!(answers.iter().all(|answer| *answer == Queued::Queued));
    Box { outbox, directory }
}

async fn standings(outbox: &Outbox) -> Vec<(u128, Standing)> {
    let acts = outbox.acts(&address()).await.unwrap();
    acts.into_iter().map(|act| (act.entry.id.0.as_u128(), act.standing)).collect()
}

fn seconds(count: i64) -> Timestamp {
    minute(0) + SignedDuration::from_secs(count)
}

/// Takes the lease and what is to be sent.
async fn take(outbox: &Outbox, most: usize) -> Vec<Taken> {
    assert!(outbox.lease(&address(), holder(1), minute(0)).await.unwrap());
    outbox.take(&address(), holder(1), minute(0), most).await.unwrap().unwrap()
}

async fn settle(outbox: &Outbox, number: u128, answer: Admission) -> bool {
    outbox.settle(&address(), holder(1), minute(0), &[(id(number), Answer::Answered(answer))]).await.unwrap()
}

fn conflict(with: u128) -> Admission {
    Admission::Conflict { stands: std::boxed::Box::new(full(with, TASK, Verb::Progress)) }
}

fn numbers(taken: &[Taken]) -> Vec<u128> {
    taken.iter().map(|taken| taken.entry.id.0.as_u128()).collect()
}

#[tokio::test]
async fn what_said_queued_is_there_after_reopening_signed_and_in_order() {
    let acts = [full(3, TASK, Verb::Progress), full(1, REPORT, Verb::Note), full(2, TASK, Verb::Note)];
    let Box { outbox, directory } = with(&acts).await;
    drop(outbox);
    let outbox = open_outbox(directory.path()).await;
    let there = outbox.acts(&address()).await.unwrap();
    let signed = acts.map(|act| Entry { by: Some(me()), ..act });
    assert_eq!(there.iter().map(|act| act.entry.clone()).collect::<Vec<_>>(), signed);
    assert!(there.iter().all(|act| act.standing == Standing::Waiting));
}

#[tokio::test]
async fn the_same_act_is_queued_once_and_another_under_its_id_is_refused() {
    let act = full(1, TASK, Verb::Note);
    let outbox = with(std::slice::from_ref(&act)).await;
    let other = Entry { note: Some("another".into()), ..act.clone() };
    let elsewhere = Address { source: "elsewhere".into(), ..address() };
    let batch = [act.clone(), other, full(2, TASK, Verb::Note), full(2, TASK, Verb::Note)];
    let answers = outbox.queue(&address(), &batch).await.unwrap();
    assert_eq!(answers, [Queued::Queued, Queued::IdReused, Queued::Queued, Queued::Queued]);
    assert_eq!(outbox.queue(&elsewhere, &[act]).await.unwrap(), [Queued::IdReused]);
    assert_eq!(standings(&outbox).await.len(), 2);
}

#[tokio::test]
async fn a_batch_broken_off_anywhere_is_queued_wholly_or_not_at_all() {
    let outbox = with(&[]).await;
    let mut there = 0;
    for number in 0..50_u128 {
        let batch = [full(number * 2 + 1, TASK, Verb::Note), full(number * 2 + 2, REPORT, Verb::Note)];
        let to = address();
        let mut act = std::boxed::Box::pin(outbox.queue(&to, &batch));
        // Dropped after so many steps, as when its task is cancelled.
        let mut left = number;
        let finished = std::future::poll_fn(|context| match act.as_mut().poll(context) {
            Poll::Ready(answers) => Poll::Ready(Some(answers)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => {
                left -= 1;
                Poll::Pending
            }
        })
        .await;
        drop(act);
        let count = standings(&outbox).await.len();
        assert!(count == there || count == there + 2, "broken off after {number} steps");
        assert!(finished.is_none() || count == there + 2);
        there = count;
    }
    assert!(there > 0);
}

#[tokio::test]
async fn an_act_is_uncertain_from_before_it_is_sent_until_it_is_answered() {
    let Box { outbox, directory } = with(&[full(1, TASK, Verb::Note)]).await;
    assert_eq!(
        take(&outbox, 9).await[0],
        Taken { entry: Entry { by: Some(me()), ..full(1, TASK, Verb::Note) }, again: false }
    );
    drop(outbox);
    // The program died here; nobody knows whether it was sent.
    let outbox = open_outbox(directory.path()).await;
    assert_eq!(standings(&outbox).await, [(1, Standing::Uncertain)]);
    let again = take(&outbox, 9).await;
    assert!(again[0].again);
    assert!(settle(&outbox, 1, Admission::Replayed { seq: 7 }).await);
    assert_eq!(standings(&outbox).await, []);
}

#[tokio::test]
async fn what_was_never_sent_goes_first_of_each_item_the_rest_alone() {
    let acts = [
        full(1, TASK, Verb::Note),
        full(2, "task:N2", Verb::Note),
        full(3, TASK, Verb::Note),
        full(4, "task:N3", Verb::Note),
    ];
    let outbox = with(&acts).await;
    assert_eq!(numbers(&take(&outbox, 2).await), [1, 2]);
    assert_eq!(numbers(&take(&outbox, 9).await), [4]);
    assert_eq!(numbers(&take(&outbox, 9).await), [1], "alone");
    assert_eq!(numbers(&take(&outbox, 9).await), [2], "the one tried least");
    settle(&outbox, 1, Admission::Applied { seq: 2 }).await;
    assert_eq!(numbers(&take(&outbox, 9).await), [3]);
    assert_eq!(numbers(&take(&outbox, 0).await), [0; 0]);
}

#[tokio::test]
async fn a_task_handed_in_and_confirmed_goes_as_one_step_and_after_a_failure_act_by_act() {
    let done = |first: u128, item: &str| {
        let submit = Entry { batch: Some(uuid::Uuid::from_u128(900)), ..full(first, item, Verb::Submit) };
        let confirm =
            Entry { batch: Some(uuid::Uuid::from_u128(900)), ..expecting(first, full(first + 1, item, Verb::Confirm)) };
        [submit, confirm]
    };
    let acts = [done(1, TASK), done(3, "task:N2"), done(5, "task:N3")].concat();
    let outbox = with(&acts).await;
    assert_eq!(numbers(&take(&outbox, 5).await), [1, 2, 3, 4], "a step is not torn");
    assert_eq!(numbers(&take(&outbox, 1).await), [5, 6], "nor is one that is longer than what may go");
    assert_eq!(numbers(&take(&outbox, 9).await), [1], "whatever became of it, it is found out one by one");
    settle(&outbox, 1, Admission::Replayed { seq: 1 }).await;
    assert_eq!(numbers(&take(&outbox, 9).await), [2]);
    let other = [full(7, "task:N4", Verb::Submit), expecting(7, full(8, "task:N4", Verb::Progress))];
    let outbox = with(&other).await;
    assert_eq!(numbers(&take(&outbox, 9).await), [7], "anything else goes after it was answered");
}

#[tokio::test]
async fn a_card_is_decided_by_keeping_theirs_or_by_sending_mine_knowing_theirs() {
    for decision in [Decision::KeepTheirs, Decision::SendMineAnyway] {
        let acts = [full(1, TASK, Verb::Submit), expecting(1, full(2, TASK, Verb::Confirm))];
        let outbox = with(&acts).await;
        take(&outbox, 9).await;
        settle(&outbox, 1, conflict(90)).await;
        let Standing::Card(Trouble::Conflict { stands }) = &standings(&outbox).await[0].1 else { panic!("a card") };
        assert_eq!(stands.id, id(90));
        assert_eq!(standings(&outbox).await[1], (2, Standing::Behind(id(1))));
        assert_eq!(numbers(&take(&outbox, 9).await), [0; 0], "nothing of that item goes");
        assert_eq!(outbox.decide(&address(), id(2), decision).await.unwrap(), Decided::Gone, "no card itself");
        let elsewhere = Address { by: "you".into(), ..address() };
        assert_eq!(outbox.decide(&elsewhere, id(1), decision).await.unwrap(), Decided::Gone);
        assert_eq!(outbox.decide(&address(), id(1), decision).await.unwrap(), Decided::Done);
        let next = take(&outbox, 9).await;
        match decision {
            Decision::KeepTheirs => assert_eq!(numbers(&next), [2]),
            Decision::SendMineAnyway => {
                assert_eq!((next[0].entry.id, next[0].entry.expects), (id(1), Some(id(90))));
                assert!(!next[0].again);
            }
        }
        assert_eq!(outbox.decide(&address(), id(1), decision).await.unwrap(), Decided::Gone, "once");
    }
}

#[tokio::test]
async fn a_refusal_is_a_card_that_says_why_and_is_tried_again_as_it_is() {
    let outbox = with(&[expecting(7, full(1, TASK, Verb::Extend))]).await;
    take(&outbox, 9).await;
    settle(&outbox, 1, Admission::Refused(Refusal::NotLater)).await;
    let card = Standing::Card(Trouble::Refused { refusal: Refusal::NotLater });
    assert_eq!(standings(&outbox).await, [(1, card)]);
    outbox.decide(&address(), id(1), Decision::SendMineAnyway).await.unwrap();
    assert_eq!(take(&outbox, 9).await[0].entry.expects, Some(id(7)));
}

#[tokio::test]
async fn only_what_nobody_can_have_seen_is_withdrawn() {
    let acts = [
        full(1, TASK, Verb::Progress),
        expecting(1, full(2, TASK, Verb::Submit)),
        full(3, REPORT, Verb::Note),
        full(4, MILESTONE, Verb::Tick),
        full(5, MILESTONE, Verb::Note),
    ];
    let outbox = with(&acts).await;
    let withdraw = async |numbers: &[u128]| {
        let ids: Vec<EntryId> = numbers.iter().map(|number| id(*number)).collect();
        let answers = outbox.withdraw(&address(), &ids).await.unwrap();
        answers.into_iter().map(|(id, answer)| (id.0.as_u128(), answer)).collect::<Vec<_>>()
    };
    assert_eq!(withdraw(&[1]).await, [(1, Withdrawal::Depended(id(2)))]);
    assert_eq!(withdraw(&[1, 2]).await, [(1, Withdrawal::Withdrawn), (2, Withdrawal::Withdrawn)]);
    assert_eq!(withdraw(&[2]).await, [(2, Withdrawal::Sent)], "not here: it may have been sent");
    assert_eq!(numbers(&take(&outbox, 9).await), [3, 4]);
    assert_eq!(withdraw(&[3]).await, [(3, Withdrawal::Sent)], "its fate is not known");
    let not_sent = [(id(4), Answer::NotSent)];
    outbox.settle(&address(), holder(1), minute(0), &not_sent).await.unwrap();
    assert_eq!(withdraw(&[4]).await, [(4, Withdrawal::Withdrawn)], "it certainly did not arrive");
    let elsewhere = Address { by: "you".into(), ..address() };
    assert_eq!(outbox.withdraw(&elsewhere, &[id(5)]).await.unwrap(), [(id(5), Withdrawal::Sent)]);
    assert_eq!(standings(&outbox).await, [(3, Standing::Uncertain), (5, Standing::Waiting)]);
}

#[tokio::test]
async fn what_an_earlier_request_may_have_brought_is_not_withdrawn_when_a_later_one_is_turned_away() {
    let outbox = with(&[full(1, TASK, Verb::Note)]).await;
    take(&outbox, 1).await;
    take(&outbox, 1).await;
    let not_taken = [(id(1), Answer::NotTaken("forbidden".into()))];
    outbox.settle(&address(), holder(1), minute(0), &not_taken).await.unwrap();
    assert!(matches!(standings(&outbox).await[0].1, Standing::Card(Trouble::NotTaken { .. })));
    assert_eq!(outbox.withdraw(&address(), &[id(1)]).await.unwrap(), [(id(1), Withdrawal::Sent)]);
}

#[tokio::test]
async fn what_may_have_arrived_is_still_thought_to_when_it_is_sent_again() {
    for (requests, standing, withdrawn) in
        [(1, Standing::Waiting, Withdrawal::Withdrawn), (2, Standing::Uncertain, Withdrawal::Sent)]
    {
        let Box { outbox, directory } = with(&[full(1, TASK, Verb::Note)]).await;
        for _ in 0..requests {
            take(&outbox, 1).await;
        }
        let not_taken = [(id(1), Answer::NotTaken("forbidden".into()))];
        outbox.settle(&address(), holder(1), minute(0), &not_taken).await.unwrap();
        assert_eq!(outbox.decide(&address(), id(1), Decision::SendMineAnyway).await.unwrap(), Decided::Done);
        drop(outbox);
        let outbox = open_outbox(directory.path()).await;
        assert_eq!(standings(&outbox).await, [(1, standing)], "{requests} requests");
        assert_eq!(take(&outbox, 1).await[0].again, requests > 1);
        outbox.settle(&address(), holder(1), minute(0), &not_taken).await.unwrap();
        outbox.decide(&address(), id(1), Decision::SendMineAnyway).await.unwrap();
        assert_eq!(outbox.withdraw(&address(), &[id(1)]).await.unwrap(), [(id(1), withdrawn)], "{requests} requests");
    }
}

#[tokio::test]
async fn a_lease_lasts_ten_seconds_unless_it_is_renewed_and_only_for_its_address() {
    let outbox = with(&[]).await;
    let lease = async |number, now| outbox.lease(&address(), holder(number), now).await.unwrap();
    assert!(lease(1, seconds(0)).await);
    assert!(!lease(2, seconds(9)).await);
    assert!(lease(1, seconds(9)).await, "renewed");
    assert!(!lease(2, seconds(18)).await);
    assert!(lease(2, seconds(19)).await);
    assert!(!lease(1, seconds(20)).await);
    let elsewhere = Address { source: "elsewhere".into(), ..address() };
    assert!(outbox.lease(&elsewhere, holder(1), seconds(20)).await.unwrap());
    outbox.release(&address(), holder(1)).await.unwrap();
    assert!(!lease(1, seconds(20)).await, "only its holder gives it back");
    outbox.release(&address(), holder(2)).await.unwrap();
    assert!(lease(1, seconds(20)).await);
    // The clock was set back an hour.
    assert!(lease(2, seconds(-3600)).await);
}

#[tokio::test]
async fn who_lost_the_lease_takes_nothing_and_settles_nothing() {
    let Box { outbox, directory } = with(&[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)]).await;
    let theirs = open_outbox(directory.path()).await;
    assert_eq!(numbers(&take(&outbox, 1).await), [1]);
    assert!(theirs.lease(&address(), holder(2), seconds(11)).await.unwrap());
    let taken = theirs.take(&address(), holder(2), seconds(11), 9).await.unwrap().unwrap();
    assert_eq!(numbers(&taken), [2]);
    assert!(!settle(&outbox, 1, conflict(90)).await);
    assert_eq!(outbox.take(&address(), holder(1), seconds(12), 9).await.unwrap(), None);
    assert_eq!(standings(&outbox).await, [(1, Standing::Uncertain), (2, Standing::Uncertain)]);
    let done = [(id(1), Answer::Answered(Admission::Replayed { seq: 2 }))];
    assert!(theirs.settle(&address(), holder(2), seconds(12), &done).await.unwrap());
    assert_eq!(standings(&outbox).await, [(2, Standing::Uncertain)]);
}

#[tokio::test]
async fn an_answer_to_what_is_no_longer_on_its_way_changes_nothing() {
    let outbox = with(&[full(1, TASK, Verb::Submit)]).await;
    take(&outbox, 9).await;
    settle(&outbox, 1, conflict(90)).await;
    outbox.decide(&address(), id(1), Decision::SendMineAnyway).await.unwrap();
    assert!(settle(&outbox, 1, conflict(91)).await);
    assert!(settle(&outbox, 77, conflict(91)).await);
    assert_eq!(standings(&outbox).await, [(1, Standing::Waiting)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_queue_at_the_same_time_lose_nothing() {
    let Box { outbox, directory } = with(&[]).await;
    let theirs = open_outbox(directory.path()).await;
    let write = |outbox: Arc<Outbox>, first: u128| async move {
        for number in first..first + 30 {
            outbox.queue(&address(), &[full(number, TASK, Verb::Note)]).await.unwrap();
        }
    };
    assert!(!outbox.changed_elsewhere().await.unwrap());
    let writers = [tokio::spawn(write(Arc::clone(&outbox), 100)), tokio::spawn(write(theirs, 200))];
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(outbox.changed_elsewhere().await.unwrap());
    assert!(!outbox.changed_elsewhere().await.unwrap());
    let mut there: Vec<u128> = standings(&outbox).await.into_iter().map(|(id, _)| id).collect();
    there.sort_unstable();
    assert_eq!(there, (100..130).chain(200..230).collect::<Vec<_>>());
}
