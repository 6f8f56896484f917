//! A remote source for tests, over a ledger in memory, with the faults a network and a server have; and time that moves
//! only when it is told to.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    collections::{HashSet, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::{FutureExt, StreamExt, stream::BoxStream};
use jiff::{SignedDuration, Timestamp};
use tiendo::app::sync::Chance;
use tiendo::domain::{
    answer::{Admission, Fetched, Filter, Page},
    entry::Entry,
    failure::Failure,
    id::EntryId,
    sentence::Sentence,
    snapshot::Snapshot,
};
use tiendo::ledger::{Ledger, memory::MemoryLedger};
use tiendo::runtime::delivery::{Delivery, Fact, Waker};
use tiendo::sources::{Answer, Capabilities, Origin, Source};
use tiendo::store::outbox::{Address, Holder, Outbox};
use tokio::sync::{Notify, mpsc};
use uuid::Uuid;

use super::record::*;

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It does not arrive.
    Offline,
    /// It arrives, the answer does not.
    LostReply,
    /// It arrives twice; the second answer comes.
    Twice,
    /// It arrives now, and once more with the next request, before that.
    Late,
    /// The whole request is refused.
    Refused,
    /// Who asks?
    Denied,
    /// It arrives, and the answer is short of one.
    Short,
    /// It arrives; the answer comes when [`Remote::go_on`] says so.
    Hangs,
    /// It arrives; the answer takes so long.
    Slow(Duration),
}

#[derive(Default)]
pub struct Remote {
    pub ledger: MemoryLedger,
    pub faults: Mutex<VecDeque<Fault>>,
    /// Any request with one of these in it goes wrong like this.
    pub poison: Mutex<Vec<(EntryId, Fault)>>,
    /// What was asked of it, request by request.
    pub requests: Mutex<Vec<Vec<u128>>>,
    late: Mutex<Vec<Entry>>,
    go_on: Notify,
}

impl Remote {
    pub async fn new() -> Arc<Self> {
        let remote = Remote::default();
        laid_down(&remote.ledger).await;
        Arc::new(remote)
    }

    pub fn fails(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.lock().unwrap().extend(faults);
    }

    pub fn go_on(&self) {
        self.go_on.notify_one();
    }

    pub fn requests(&self) -> Vec<Vec<u128>> {
        self.requests.lock().unwrap().clone()
    }

    /// The entries of the journal by their numbers, the plan's own left out.
    pub async fn journal(&self) -> Vec<u128> {
        journal(&self.ledger).await.iter().skip(1).map(|entry| entry.id.0.as_u128()).collect()
    }

    fn fault(&self, entries: &[Entry]) -> Option<Fault> {
        let poison = self.poison.lock().unwrap();
        let poisoned = poison.iter().find(|(id, _)| entries.iter().any(|entry| entry.id == *id));
        poisoned.map(|(_, fault)| fault.clone()).or_else(|| self.faults.lock().unwrap().pop_front())
    }

    async fn receive(&self, entries: &[Entry], now: Timestamp) -> Result<Vec<Admission>, Failure> {
        self.ledger.append(&plan_id(), entries, &me(), now).await
    }

    async fn answer(&self, entries: &[Entry], now: Timestamp) -> Result<Vec<Admission>, Failure> {
        self.requests.lock().unwrap().push(entries.iter().map(|entry| entry.id.0.as_u128()).collect());
        let late: Vec<Entry> = std::mem::take(&mut *self.late.lock().unwrap());
        let offline = Failure::Offline(Sentence::new("source-silent"));
        let fault = self.fault(entries);
        if !matches!(fault, Some(Fault::Offline)) {
            self.receive(&late, now).await?;
        }
        match fault {
            None => self.receive(entries, now).await,
            Some(Fault::Offline) => Err(offline),
            Some(Fault::LostReply) => self.receive(entries, now).await.and(Err(offline)),
            Some(Fault::Twice) => {
                self.receive(entries, now).await?;
                self.receive(entries, now).await
            }
            Some(Fault::Late) => {
                self.late.lock().unwrap().extend_from_slice(entries);
                self.receive(entries, now).await
            }
            Some(Fault::Refused) => Err(Failure::Refused(Sentence::new("source-not-whole"))),
            Some(Fault::Denied) => Err(Failure::Denied(Sentence::new("source-silent"))),
            Some(Fault::Short) => self.receive(entries, now).await.map(|answers| answers[1..].to_vec()),
            Some(Fault::Hangs) => {
                let answers = self.receive(entries, now).await;
                self.go_on.notified().await;
                answers
            }
            Some(Fault::Slow(time)) => {
                let answers = self.receive(entries, now).await;
                tokio::time::sleep(time).await;
                answers
            }
        }
    }
}

impl Source for Remote {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        async move { self.ledger.delta(&plan_id(), cursor.unwrap_or(0)).await }.boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        async move { self.ledger.at(&plan_id(), instant).await }.boxed()
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        async move { self.ledger.entries(&plan_id(), filter).await }.boxed()
    }

    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        self.answer(entries, now).boxed()
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        futures::stream::pending().boxed()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { journal: true, writes: true, at: true, remote: true, recalls: true, ..Capabilities::default() }
    }

    fn label(&self) -> String {
        "remote".into()
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin { address: address().source, plan: plan_id() })
    }
}

pub fn address() -> Address {
    Address { source: "remote https://tiendo.example".into(), plan: plan_id(), by: me() }
}

pub fn holder(number: u128) -> Holder {
    Holder(Uuid::from_u128(number))
}

pub async fn open_outbox(directory: &std::path::Path) -> Arc<Outbox> {
    let opened = Outbox::open(&directory.join("outbox.db"), minute(0)).await.unwrap();
    assert_eq!(opened.damage, None);
    Arc::new(opened.outbox)
}

/// Time stands still until it is moved, also while a file is being waited for. Needs `start_paused`.
pub struct Stopped {
    _held: std::sync::mpsc::Sender<()>,
    begun: tokio::time::Instant,
}

impl Stopped {
    pub fn new() -> Self {
        let (held, wait) = std::sync::mpsc::channel::<()>();
        // Work of this kind keeps a paused clock from running ahead.
        tokio::task::spawn_blocking(move || wait.recv().err());
        Stopped { _held: held, begun: tokio::time::Instant::now() }
    }

    pub fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let begun = self.begun;
        Arc::new(move || minute(0) + SignedDuration::try_from(begun.elapsed()).unwrap())
    }
}

/// So many breaths in which nothing comes are too many: it never will. They take longer where the machine is busy.
pub const MANY: usize = 60_000;

/// Lets the threads that read and write files go on for a moment. Time stands still meanwhile.
pub async fn breath() {
    let moment = || std::thread::park_timeout(Duration::from_millis(1));
    tokio::task::spawn_blocking(moment).await.unwrap();
}

/// What a delivery tells.
pub struct Facts(pub mpsc::Receiver<Fact>);

impl Facts {
    pub async fn next(&mut self) -> Fact {
        for _ in 0..MANY {
            tokio::select! {
                biased;
                fact = self.0.recv() => return fact.expect("the delivery has ended"),
                () = breath() => {}
            }
        }
        panic!("nothing was told")
    }

    /// The acts that became something, until so many have.
    pub async fn settled(&mut self, count: usize) -> Vec<(u128, tiendo::store::outbox::Answer)> {
        let mut all = Vec::new();
        while all.len() < count {
            match self.next().await {
                Fact::Settled(some) => all.extend(some.into_iter().map(|(id, answer)| (id.0.as_u128(), answer))),
                Fact::Waits { .. } | Fact::Broken(_) | Fact::AnotherSends | Fact::Changed => {}
            }
        }
        all
    }

    /// Passes over everything until the source could not be used; says until when it is left alone.
    pub async fn waits(&mut self) -> (Failure, Option<Timestamp>) {
        loop {
            if let Fact::Waits { failure, again } = self.next().await {
                return (failure, again);
            }
        }
    }
}

/// A delivery from this outbox to this source, by that instance.
pub fn delivery(
    outbox: &Arc<Outbox>,
    source: &Arc<Remote>,
    number: u128,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
) -> (Delivery, Facts, Waker) {
    let (sender, facts) = mpsc::channel(256);
    let waker = Waker::default();
    let delivery = Delivery {
        outbox: Arc::clone(outbox),
        source: Arc::clone(source) as Arc<dyn Source>,
        address: address(),
        holder: holder(number),
        clock,
        chance: Chance(7),
        facts: sender,
        waker: waker.clone(),
    };
    (delivery, Facts(facts), waker)
}

/// Ids that are there more than once.
pub fn doubled(journal: &[u128]) -> Vec<u128> {
    let mut seen = HashSet::new();
    journal.iter().copied().filter(|id| !seen.insert(*id)).collect()
}
