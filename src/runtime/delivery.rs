//! [`Delivery`]: sends what waits in the outbox when the source can be reached. Of several instances one does, by the
//! lease; an act whose fate is not known is sent again under its id, which tells. What happens is told as [`Fact`]s.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::{Notify, mpsc::Sender},
    task::JoinHandle,
    time::{Instant, interval_at, sleep_until, timeout},
};

use super::understood::understood;
use crate::{
    app::sync::{Chance, back_off},
    domain::{answer::Admission, failure::Failure, id::EntryId, sentence::Sentence},
    sources::Source,
    store::outbox::{Act, Address, Answer, Holder, LEASE, Outbox, Standing, Taken},
};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often one looks what another instance does.
const LOOK: Duration = Duration::from_secs(2);

/// What a delivery has to tell.
#[derive(Debug)]
pub enum Fact {
    /// This became of acts that were sent; it is written down.
    Settled(Vec<(EntryId, Answer)>),
    /// The source does not take anything now. `again` is when it is tried next; none where that is the user's, by
    /// [`Waker::try_now`].
    Waits {
        /// Why.
        failure: Failure,
        /// When it is tried next.
        again: Option<Timestamp>,
    },
    /// The outbox itself cannot be used; it is tried again.
    Broken(Failure),
    /// Another instance sends.
    AnotherSends,
    /// Another instance changed what waits: it is to be read again.
    Changed,
}

/// What one attempt came to.
#[derive(Debug)]
pub enum Round {
    /// There is nothing that could be sent.
    Idle,
    /// Something was answered; there may be more.
    Sent,
    /// Another instance sends, or took over meanwhile.
    NotOurs,
    /// The source could not be reached, or gave no answer that can be read.
    Down(Failure),
    /// The source wants to know who asks.
    SignIn(Failure),
    /// The outbox cannot be used.
    Broken(Failure),
}

/// Everything a delivery needs.
pub struct Delivery {
    /// Where acts wait.
    pub outbox: Arc<Outbox>,
    /// Where they go: the source `address` names, and no other.
    pub source: Arc<dyn Source>,
    /// Whose acts go where.
    pub address: Address,
    /// This instance.
    pub holder: Holder,
    /// The machine's clock: leases are between programs, not between days of a plan.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Spreads retries.
    pub chance: Chance,
    /// Where facts go.
    pub facts: Sender<Fact>,
    /// Wakes it.
    pub waker: Waker,
}

/// Wakes a delivery. Clones wake the same one.
#[derive(Clone, Debug, Default)]
pub struct Waker {
    queued: Arc<Notify>,
    now: Arc<Notify>,
}

impl Waker {
    /// Something was queued, withdrawn or decided on. It does not hurry a source that is down.
    pub fn queued(&self) {
        self.queued.notify_one();
    }

    /// The user wants it tried now, or has signed in; or the source was reached by other means.
    pub fn try_now(&self) {
        self.now.notify_one();
    }
}

/// A delivery that runs.
#[derive(Debug)]
pub struct Running {
    task: JoinHandle<()>,
    outbox: Arc<Outbox>,
    address: Address,
    holder: Holder,
}

impl Running {
    /// Stops it; what is on its way stays uncertain, and another instance may send at once.
    pub async fn stop(self) {
        self.task.abort();
        let _ = self.task.await;
        if let Err(failure) = self.outbox.release(&self.address, self.holder).await {
            tracing::warn!(%failure, "the lease stays until its end");
        }
    }
}

impl Delivery {
    /// Runs it in a task of its own.
    pub fn start(self) -> Running {
        let (outbox, address, holder) = (Arc::clone(&self.outbox), self.address.clone(), self.holder);
        Running { task: tokio::spawn(self.run()), outbox, address, holder }
    }

    /// Sends what waits, for ever.
    pub async fn run(mut self) {
        let (mut failures, mut others, mut reached) = (0_u32, false, false);
        // From here on it is told what others do.
        let _ = self.outbox.changed_elsewhere().await;
        loop {
            // Whether a source answers is found out with one act.
            let round = self.round(if reached { self.source.most() } else { 1 }).await;
            reached = matches!(round, Round::Sent) || (reached && matches!(round, Round::Idle | Round::NotOurs));
            let another = matches!(round, Round::NotOurs);
            if another && !others {
                self.tell(Fact::AnotherSends).await;
            }
            others = another;
            match round {
                Round::Sent => failures = 0,
                Round::Idle => self.look_about(false).await,
                Round::NotOurs => self.look_about(true).await,
                Round::Down(failure) => {
                    failures = failures.saturating_add(1);
                    let (until, again) = self.later(failures);
                    self.tell(Fact::Waits { failure, again: Some(again) }).await;
                    self.wait(until).await;
                }
                Round::SignIn(failure) => {
                    failures = failures.saturating_add(1);
                    self.tell(Fact::Waits { failure, again: None }).await;
                    self.waker.now.notified().await;
                }
                Round::Broken(failure) => {
                    failures = failures.saturating_add(1);
                    let (until, _) = self.later(failures);
                    self.tell(Fact::Broken(failure)).await;
                    self.wait(until).await;
                }
            }
        }
    }

    /// One attempt with at most so many acts, if there is anything to send and nobody else sends.
    pub async fn round(&mut self, most: usize) -> Round {
        match self.attempt(most).await {
            Ok(round) => round,
            Err(failure) => Round::Broken(failure),
        }
    }

    async fn attempt(&mut self, most: usize) -> Result<Round, Failure> {
        if !self.outbox.acts(&self.address).await?.iter().any(can_go) {
            return Ok(Round::Idle);
        }
        if !self.outbox.lease(&self.address, self.holder, (self.clock)()).await? {
            return Ok(Round::NotOurs);
        }
        let taken = self.outbox.take(&self.address, self.holder, (self.clock)(), most).await?;
        let Some(taken) = taken else { return Ok(Round::NotOurs) };
        if taken.is_empty() {
            self.outbox.release(&self.address, self.holder).await?;
            return Ok(Round::Idle);
        }
        let Some(result) = self.send(&taken).await? else { return Ok(Round::NotOurs) };
        let (answers, round) = understood(&taken, result);
        if !self.outbox.settle(&self.address, self.holder, (self.clock)(), &answers).await? {
            return Ok(Round::NotOurs);
        }
        if !self.outbox.acts(&self.address).await?.iter().any(can_go) {
            self.outbox.release(&self.address, self.holder).await?;
        }
        let told: Vec<_> = answers.into_iter().filter(|(_, answer)| *answer != Answer::NotSent).collect();
        if !told.is_empty() {
            self.tell(Fact::Settled(told)).await;
        }
        Ok(round)
    }

    /// Sends, and keeps the lease meanwhile; nothing where another instance has it now.
    async fn send(&self, taken: &[Taken]) -> Result<Option<Result<Vec<Admission>, Failure>>, Failure> {
        let entries: Vec<_> = taken.iter().map(|taken| taken.entry.clone()).collect();
        let mut sending = std::pin::pin!(timeout(PATIENCE, self.source.send(&entries, (self.clock)())));
        let mut renewing = interval_at(Instant::now() + LEASE / 3, LEASE / 3);
        loop {
            tokio::select! {
                biased;
                result = &mut sending => return Ok(Some(match result {
                    Ok(Ok(answers)) if answers.len() != entries.len() => Err(Failure::Unreadable(
                        Sentence::new("source-miscounted").with("answers", answers.len()).with("acts", entries.len()),
                    )),
                    Ok(result) => result,
                    Err(_) => Err(Failure::Offline(Sentence::new("source-silent").with("seconds", PATIENCE.as_secs()))),
                })),
                _ = renewing.tick() => {
                    if !self.outbox.lease(&self.address, self.holder, (self.clock)()).await? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Waits for something to do, and looks now and then what other instances did: also whether the one that sends still
    /// does.
    async fn look_about(&self, another: bool) {
        loop {
            let until = Instant::now() + LOOK;
            tokio::select! {
                () = self.waker.queued.notified() => return,
                () = self.waker.now.notified() => return,
                () = sleep_until(until) => match self.outbox.changed_elsewhere().await {
                    Ok(true) => {
                        self.tell(Fact::Changed).await;
                        return;
                    }
                    Ok(false) if !another => {}
                    Ok(false) | Err(_) => return,
                },
            }
        }
    }

    fn later(&mut self, failures: u32) -> (Instant, Timestamp) {
        let wait = back_off(failures, &mut self.chance);
        let now = (self.clock)();
        let until = Instant::now() + Duration::try_from(wait).unwrap_or_default();
        (until, now.saturating_add(wait).unwrap_or(now))
    }

    async fn wait(&self, until: Instant) {
        tokio::select! {
            () = sleep_until(until) => {}
            () = self.waker.now.notified() => {}
        }
    }

    async fn tell(&self, fact: Fact) {
        // Nobody listens any more: the program is ending.
        let _ = self.facts.send(fact).await;
    }
}

/// Could it be sent, now or after others?
fn can_go(act: &Act) -> bool {
    matches!(act.standing, Standing::Waiting | Standing::Uncertain)
}
