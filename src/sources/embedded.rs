//! [`Embedded`]: a plan of a ledger this program has open itself. Acts are committed straight to it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{
    FutureExt,
    stream::{BoxStream, StreamExt, unfold},
};
use jiff::{Timestamp, civil::Date};
use tokio::time::sleep;

use super::{Answer, Capabilities, Source};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page, PlanHead},
        entry::Entry,
        failure::Failure,
        id::{ActorId, EntryId, PlanId},
        nearest::nearest,
        past::Past,
        sentence::Sentence,
        snapshot::Snapshot,
    },
    ledger::Ledger,
};

/// A plan of an open ledger.
#[derive(Clone)]
pub struct Embedded {
    ledger: Arc<dyn Ledger>,
    plan: PlanId,
    me: ActorId,
    interval: Duration,
    /// The ledger's version before the last fetch: what was written until then has been told.
    told: Arc<Mutex<Option<u64>>>,
}

impl Embedded {
    /// `plan` of `ledger`, acted on by `me`, looked at for changes every `interval`.
    pub fn new(ledger: Arc<dyn Ledger>, plan: PlanId, me: ActorId, interval: Duration) -> Self {
        Embedded { ledger, plan, me, interval, told: Arc::default() }
    }

    /// The plan that is asked for, or the only one there is.
    pub async fn choose(
        ledger: Arc<dyn Ledger>,
        plan: Option<&PlanId>,
        me: ActorId,
        interval: Duration,
    ) -> Result<Self, Failure> {
        let plans = ledger.plans().await?;
        let plan = chosen(&plans, plan).map_err(Failure::Refused)?;
        Ok(Embedded::new(ledger, plan, me, interval))
    }

    /// The plan it shows.
    pub fn plan(&self) -> &PlanId {
        &self.plan
    }
}

impl Source for Embedded {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        async move {
            // Asked for before reading: what is written meanwhile is told again rather than never.
            let version = self.ledger.version().await?;
            let fetched = match cursor {
                Some(cursor) => self.ledger.delta(&self.plan, cursor).await?,
                None => Fetched::Whole(Box::new(self.ledger.snapshot(&self.plan).await?)),
            };
            *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
            Ok(fetched)
        }
        .boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        self.ledger.at(&self.plan, instant)
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        self.ledger.past(&self.plan, day)
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        self.ledger.entries(&self.plan, filter)
    }

    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        self.ledger.append(&self.plan, entries, &self.me, now)
    }

    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, now: Timestamp) -> Answer<'a, LaidDown> {
        self.ledger.amend(amendment, &self.me, now, id)
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        let watch = Watch {
            ledger: Arc::clone(&self.ledger),
            told: Arc::clone(&self.told),
            interval: self.interval,
            last: None,
        };
        unfold(watch, |mut watch| async move {
            watch.wait().await;
            Some(((), watch))
        })
        .boxed()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { journal: true, writes: true, amends: true, at: true, live: true, ..Capabilities::default() }
    }

    fn label(&self) -> String {
        self.plan.to_string()
    }
}

struct Watch {
    ledger: Arc<dyn Ledger>,
    told: Arc<Mutex<Option<u64>>>,
    interval: Duration,
    /// What was seen when it was last looked at; none before the first time.
    last: Option<Seen>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Version(u64),
    /// The ledger could not be asked; fetching will say why.
    Failure,
}

impl Watch {
    /// Waits until there is something that was neither fetched nor told of.
    async fn wait(&mut self) {
        let mut last = match self.last.or(self.told()) {
            Some(last) => last,
            None => self.look().await,
        };
        loop {
            sleep(self.interval).await;
            let seen = self.look().await;
            let changed = seen != last && Some(seen) != self.told();
            last = seen;
            if changed {
                break;
            }
        }
        self.last = Some(last);
    }

    async fn look(&self) -> Seen {
        self.ledger.version().await.map_or(Seen::Failure, Seen::Version)
    }

    fn told(&self) -> Option<Seen> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).map(Seen::Version)
    }
}

/// The plan that is asked for, or the only one there is; else why there is none to choose.
pub fn chosen(plans: &[PlanHead], asked_for: Option<&PlanId>) -> Result<PlanId, Sentence> {
    let refused = |id| {
        let names: Vec<&str> = plans.iter().map(|head| head.id.as_str()).collect();
        Sentence::new(id).with("plans", names.join(", "))
    };
    Err(match (asked_for, plans) {
        (Some(plan), plans) if plans.iter().any(|head| head.id == *plan) => return Ok(plan.clone()),
        (None, [only]) => return Ok(only.id.clone()),
        (_, []) => Sentence::new("ledger-empty"),
        (Some(plan), _) => {
            let near = nearest(plan.as_str(), plans.iter().map(|head| head.id.as_str()));
            refused("ledger-other-plans").with("plan", plan.as_str()).near(near)
        }
        (None, _) => refused("ledger-which-plan"),
    })
}
