//! Acts of somebody who waits for the answer and then goes: told what became of them, or left in the outbox. Time is moved,
//! never waited for.

use std::{sync::Arc, time::Duration};

use crate::{record::*, remote::*};
use tiendo::{
    app::sync::Chance,
    domain::{
        answer::Admission,
        check::Refusal,
        entry::{Entry, Verb},
        id::EntryId,
        waiting::{Acted, Standing, Trouble},
    },
    runtime::{errand::Errand, post::Post},
    sources::Source,
    store::outbox::Outbox,
};
use tokio::time::advance;

struct Office {
    time: Stopped,
    directory: tempfile::TempDir,
    outbox: Arc<Outbox>,
    remote: Arc<Remote>,
}

async fn office() -> Office {
    let time = Stopped::new();
    let directory = tempfile::tempdir().unwrap();
    let outbox = open_outbox(directory.path()).await;
    Office { time, outbox, remote: Remote::new().await, directory }
}

impl Office {
    async fn errand(&self, number: u128) -> Errand {
        let post = Post {
            outbox: open_outbox(self.directory.path()).await,
            address: address(),
            holder: holder(number),
            clock: self.time.clock(),
            chance: Chance(7),
        };
        Errand::new(Arc::clone(&self.remote) as Arc<dyn Source>, Some(post))
    }

    /// What becomes of a batch; time stands still unless it is moved.
    async fn hand_in(&self, entries: &[Entry]) -> Vec<Acted> {
        let errand = self.errand(1).await;
        let mut acted = std::pin::pin!(errand.hand_in(entries, minute(1)));
        for _ in 0..MANY {
            tokio::select! {
                biased;
                acted = &mut acted => return acted.unwrap(),
                () = breath() => {}
            }
        }
        panic!("it waits for ever")
    }

    async fn standings(&self) -> Vec<(u128, Standing)> {
        let acts = self.outbox.acts(&address()).await.unwrap();
        acts.into_iter().map(|act| (act.entry.id.0.as_u128(), act.standing)).collect()
    }
}

fn applied(seq: u64) -> Acted {
    Acted::Answered(Admission::Applied { seq })
}

#[tokio::test(start_paused = true)]
async fn what_the_source_answers_is_told_and_what_waited_before_goes_too() {
    let office = office().await;
    office.outbox.queue(&address(), &[full(1, TASK, Verb::Note), full(2, TASK, Verb::Note)]).await.unwrap();
    let acted = office.hand_in(&[full(3, REPORT, Verb::Note), full(4, "task:N2", Verb::Note)]).await;
    let mut journal = office.remote.journal().await;
    let seqs = [3, 4].map(|number| 2 + journal.iter().position(|id| *id == number).unwrap() as u64);
    assert_eq!(acted, seqs.map(applied));
    journal.sort_unstable();
    assert_eq!((journal, office.standings().await), (vec![1, 2, 3, 4], vec![]));
    assert!(office.outbox.lease(&address(), holder(9), minute(0)).await.unwrap(), "the lease is given back");
}

#[tokio::test(start_paused = true)]
async fn what_a_source_that_is_down_does_not_take_stays_queued_and_is_not_waited_for() {
    let office = office().await;
    office.remote.fails([Fault::Offline]);
    let acted = office.hand_in(&[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)]).await;
    assert_eq!(acted, [Acted::Queued, Acted::Queued]);
    assert_eq!(office.standings().await, [(1, Standing::Uncertain), (2, Standing::Waiting)]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_is_found_again_by_the_next_errand() {
    let office = office().await;
    office.remote.fails([Fault::LostReply]);
    assert_eq!(office.hand_in(&[full(1, TASK, Verb::Note)]).await, [Acted::Queued]);
    assert_eq!(office.hand_in(&[full(2, REPORT, Verb::Note)]).await, [applied(3)]);
    assert_eq!((office.remote.journal().await, office.standings().await), (vec![1, 2], vec![]));
}

#[tokio::test(start_paused = true)]
async fn straight_to_a_source_a_broken_connection_is_tried_once_more_under_the_same_ids() {
    let office = office().await;
    let errand = Errand::new(Arc::clone(&office.remote) as Arc<dyn Source>, None);
    office.remote.fails([Fault::LostReply]);
    let acted = errand.hand_in(&[full(1, TASK, Verb::Note)], minute(1)).await.unwrap();
    assert_eq!(acted, [Acted::Answered(Admission::Replayed { seq: 2 })]);
    assert_eq!(office.remote.journal().await, [1]);
    office.remote.fails([Fault::Offline, Fault::Offline]);
    assert!(errand.hand_in(&[full(2, TASK, Verb::Note)], minute(1)).await.is_err(), "twice is enough");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_does_not_answer_is_left_after_half_a_minute() {
    let office = office().await;
    office.remote.fails([Fault::Hangs]);
    let entries = [full(1, TASK, Verb::Note)];
    let (acted, ()) = tokio::join!(office.hand_in(&entries), async {
        while office.remote.requests().is_empty() {
            breath().await;
        }
        advance(Duration::from_secs(31)).await;
    });
    assert_eq!((acted, office.standings().await), (vec![Acted::Queued], vec![(1, Standing::Uncertain)]));
}

#[tokio::test(start_paused = true)]
async fn what_did_not_go_through_is_told_and_nothing_is_left_to_decide_on() {
    let office = office().await;
    append(&office.remote.ledger, full(90, TASK, Verb::Extend)).await;
    let batch = [
        full(1, TASK, Verb::Submit),
        expecting(1, full(2, TASK, Verb::Confirm)),
        full(3, REPORT, Verb::Tick),
        full(4, "task:N2", Verb::Note),
    ];
    let acted = office.hand_in(&batch).await;
    for one in &acted[..2] {
        assert!(matches!(one, Acted::Answered(Admission::Conflict { stands }) if stands.id == id(90)), "{one:?}");
    }
    assert!(matches!(acted[2], Acted::Answered(Admission::Refused(Refusal::NotOfKind { .. }))), "{acted:?}");
    assert_eq!((&acted[3], office.remote.journal().await), (&applied(3), vec![90, 4]));
    assert_eq!(office.standings().await, []);
}

#[tokio::test(start_paused = true)]
async fn what_the_source_does_not_take_is_told_in_its_words() {
    let office = office().await;
    office.remote.fails([Fault::Refused]);
    let acted = office.hand_in(&[full(1, TASK, Verb::Note)]).await;
    assert!(matches!(&acted[0], Acted::NotTaken(why) if !why.is_empty()), "{acted:?}");
    assert_eq!((office.standings().await, office.remote.journal().await), (vec![], vec![]));
}

#[tokio::test(start_paused = true)]
async fn what_is_behind_an_older_card_stays_queued() {
    let office = office().await;
    append(&office.remote.ledger, full(90, TASK, Verb::Extend)).await;
    office.outbox.queue(&address(), &[full(1, TASK, Verb::Progress)]).await.unwrap();
    let acted = office.hand_in(&[full(2, TASK, Verb::Note)]).await;
    assert_eq!(acted, [Acted::Queued]);
    let standings = office.standings().await;
    assert!(matches!(standings[0], (1, Standing::Card(Trouble::Conflict { .. }))), "nobody was told of that one");
    assert_eq!(standings[1], (2, Standing::Behind(id(1))));
}

#[tokio::test(start_paused = true)]
async fn what_another_instance_sends_is_looked_up_and_not_waited_for_long() {
    let office = office().await;
    let renewed = async || {
        assert!(office.outbox.lease(&address(), holder(2), (office.time.clock())()).await.unwrap());
    };
    renewed().await;
    // The other one takes the act as soon as it is there, and has its answer or has none.
    let other = async |number: u128, answers: bool| {
        loop {
            let queued = office.standings().await.iter().any(|(queued, _)| *queued == number);
            if !queued {
                breath().await;
                continue;
            }
            let now = (office.time.clock())();
            let taken = office.outbox.take(&address(), holder(2), now, 9).await.unwrap().unwrap();
            if taken.iter().any(|taken| taken.entry.id == id(number)) {
                break;
            }
        }
        if answers {
            let answer = append(&office.remote.ledger, full(number, TASK, Verb::Note)).await;
            let answers = [(id(number), tiendo::store::outbox::Answer::Answered(answer))];
            let now = (office.time.clock())();
            assert!(office.outbox.settle(&address(), holder(2), now, &answers).await.unwrap());
        }
        loop {
            // Whatever the errand can do without waiting it does meanwhile: it does not have to read more often than this.
            for _ in 0..20 {
                breath().await;
                office.outbox.acts(&address()).await.unwrap();
            }
            renewed().await;
            advance(Duration::from_secs(1)).await;
        }
    };
    for (number, answers, expected) in [(1, true, applied(2)), (2, false, Acted::Queued)] {
        let (begun, entries) = (tokio::time::Instant::now(), [full(number, TASK, Verb::Note)]);
        let acted = tokio::select! {
            acted = office.hand_in(&entries) => acted,
            () = other(number, answers) => unreachable!(),
        };
        assert_eq!(acted, [expected]);
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    }
    assert_eq!(office.standings().await, [(2, Standing::Uncertain)]);
    assert!(office.remote.requests().is_empty(), "only one of them sends");
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_withdrawn_without_anything_being_sent() {
    let office = office().await;
    office.outbox.queue(&address(), &[full(1, TASK, Verb::Note), full(2, REPORT, Verb::Note)]).await.unwrap();
    let errand = office.errand(1).await;
    let waiting: Vec<EntryId> = errand.waiting().await.unwrap().iter().map(|act| act.entry.id).collect();
    assert_eq!(waiting, [id(1), id(2)]);
    errand.withdraw(&[id(2)]).await.unwrap();
    assert_eq!(office.standings().await, [(1, Standing::Waiting)]);
    assert!(office.remote.requests().is_empty());
}
