//! A ledger in memory that counts how often it is asked for what.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use futures::FutureExt;
use jiff::Timestamp;
use tiendo::domain::{
    access::Token,
    answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
    entry::Entry,
    id::{ActorId, EntryId, PlanId},
    plan::Plan,
    snapshot::Snapshot,
};
use tiendo::ledger::{Answer, Ledger, Tokens, memory::MemoryLedger};
use tokio::sync::Notify;

/// A ledger that counts how often it is asked.
#[derive(Default)]
pub struct Counted {
    pub ledger: MemoryLedger,
    asked: AtomicUsize,
    tokens: AtomicUsize,
    read: AtomicUsize,
    pasts: AtomicUsize,
    /// The weeks gone by are counted once this opens, if it is set.
    pub counting: Mutex<Option<Arc<Notify>>>,
    /// Its version is not told any more: whoever asks waits for ever.
    pub hangs: AtomicBool,
}

impl Counted {
    /// How often for its version.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// How often whether a token holds.
    pub fn tokens_asked(&self) -> usize {
        self.tokens.load(Ordering::Relaxed)
    }

    /// How often for the weeks gone by.
    pub fn pasts(&self) -> usize {
        self.pasts.load(Ordering::Relaxed)
    }

    /// How often for entries.
    pub fn read(&self) -> usize {
        self.read.load(Ordering::Relaxed)
    }
}

impl Ledger for Counted {
    fn plans(&self) -> Answer<'_, Vec<PlanHead>> {
        self.ledger.plans()
    }
    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown> {
        self.ledger.lay_down(plan, by, now, id)
    }
    fn amend<'a>(
        &'a self,
        amendment: &'a tiendo::domain::amendment::Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown> {
        self.ledger.amend(amendment, by, now, id)
    }
    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported> {
        self.ledger.import(plan, journal)
    }
    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot> {
        self.ledger.snapshot(plan)
    }
    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot> {
        self.ledger.at(plan, instant)
    }
    fn past<'a>(&'a self, plan: &'a PlanId, day: jiff::civil::Date) -> Answer<'a, tiendo::domain::past::Past> {
        self.pasts.fetch_add(1, Ordering::Relaxed);
        let counting = self.counting.lock().unwrap().clone();
        async move {
            if let Some(counting) = counting {
                counting.notified().await;
            }
            self.ledger.past(plan, day).await
        }
        .boxed()
    }
    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.ledger.delta(plan, after)
    }
    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.ledger.entries(plan, filter)
    }
    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>> {
        self.ledger.append(plan, entries, by, now)
    }
    fn version(&self) -> Answer<'_, u64> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.hangs.load(Ordering::Relaxed) { pending().boxed() } else { self.ledger.version() }
    }
}

impl Tokens for Counted {
    fn add_token<'a>(&'a self, token: &'a Token) -> Answer<'a, ()> {
        self.ledger.add_token(token)
    }
    fn tokens(&self) -> Answer<'_, Vec<Token>> {
        self.ledger.tokens()
    }
    fn token<'a>(&'a self, hash: &'a str) -> Answer<'a, Option<Token>> {
        self.tokens.fetch_add(1, Ordering::Relaxed);
        self.ledger.token(hash)
    }
    fn token_used<'a>(&'a self, hash: &'a str, now: Timestamp) -> Answer<'a, ()> {
        self.ledger.token_used(hash, now)
    }
    fn revoke_token<'a>(&'a self, name: &'a ActorId, now: Timestamp) -> Answer<'a, bool> {
        self.ledger.revoke_token(name, now)
    }
}
