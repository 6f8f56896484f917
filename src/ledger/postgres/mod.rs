//! [`PostgresLedger`]: the ledger in PostgreSQL, or in an engine that speaks its protocol; any number of programs on any number
//! of machines may have it open. Here is what is asked of it; how a transaction is carried through is in `deed.rs`, whom to
//! connect to in `address.rs`, reading in `read.rs`, writing in `append.rs` and `lay_down.rs`, the statements in `plans.rs`,
//! `states.rs`, `journal.rs` and `tokens.rs`, how news comes in `news.rs`.

mod address;
mod append;
mod deed;
mod journal;
mod lay_down;
mod news;
mod plans;
mod problem;
mod read;
mod schema;
mod states;
mod tokens;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{
    FutureExt,
    future::{BoxFuture, ready},
};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

pub use self::address::Address;
use self::{
    append::{Append, Desk},
    deed::Retired,
    lay_down::{Import, LayDown},
    news::News,
    problem::Problem,
    read::{At, Entries, Gone, Heads, Since, Version, Whole},
};
use super::{Answer, Laying, Ledger};
use crate::domain::{
    amendment::Amendment,
    answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
    entry::Entry,
    failure::Failure,
    id::{ActorId, EntryId, PlanId},
    past::Past,
    plan::Plan,
    snapshot::Snapshot,
};

/// Connections of one program for reading; one of them listens for news.
const READERS: u32 = 12;

/// For writing: whoever's turn it is does not wait behind those who read.
const WRITERS: u32 = 4;

/// How long it is tried to get one. While the database is away this is how long a caller waits to be told so.
const TO_CONNECT: Duration = Duration::from_secs(3);

/// A ledger in a database of its own. Dropping it closes its connections; everything answered is in the database already.
#[derive(Debug)]
pub struct PostgresLedger {
    /// For messages; without the password.
    name: String,
    pool: PgPool,
    /// Of whoever writes.
    writing: PgPool,
    retired: Retired,
    /// Plans already read, by the entry that laid them down: what it laid down never changes.
    plans: Mutex<HashMap<Uuid, Arc<Plan>>>,
    /// A plan has one writer at a time; within this program they wait here rather than, each with a connection, for its row.
    desks: Mutex<HashMap<PlanId, Arc<Desk>>>,
    news: News,
}

impl PostgresLedger {
    /// Opens the ledger in the database at `address`, and makes its tables where there is none.
    ///
    /// Refused and left untouched: a database with tables of something else, one written by a newer version, one that does not
    /// keep text as UTF-8. A database that cannot be reached is [`Failure::Offline`].
    pub async fn open(address: &Address) -> Result<Self, Failure> {
        let name = address.to_string();
        let retired = Retired::default();
        let pool = |connections: u32| {
            let asked = retired.clone();
            PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(TO_CONNECT)
                // One that died while it lay idle is found out by using it, and retires the others.
                .test_before_acquire(false)
                .after_connect(|connection, _| deed::prepare(connection).boxed())
                .before_acquire(move |_, connection| ready(Ok(asked.is_after(connection.age))).boxed())
                .connect_lazy_with(address.options())
        };
        let (pool, writing) = (pool(READERS), pool(WRITERS));
        let ready = async {
            schema::ready(&pool).await?;
            News::of(&pool).await
        };
        let news = ready.await.map_err(|problem: Problem| problem.failure(&name))?;
        Ok(PostgresLedger { name, pool, writing, retired, plans: Mutex::default(), desks: Mutex::default(), news })
    }

    /// Where it is kept, without the password.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn known_plans(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Plan>>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn desk(&self, plan: &PlanId) -> Arc<Desk> {
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(desks.entry(plan.clone()).or_default())
    }

    /// Lays a plan down in the order of its writers.
    async fn lay(&self, plan: &Plan, laying: Laying<'_>) -> Result<LaidDown, Failure> {
        let desk = self.desk(&plan.id);
        let _turn = desk.turn.lock().await;
        self.carry_out(&LayDown { plan, laying }).await
    }
}

impl Ledger for PostgresLedger {
    fn plans(&self) -> Answer<'_, Vec<PlanHead>> {
        async { self.carry_out(&Heads).await }.boxed()
    }

    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown> {
        async move { self.lay(&plan, Laying { by, now, id, amends: None }).await }.boxed()
    }

    fn amend<'a>(
        &'a self,
        amendment: &'a Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown> {
        let laying = Laying { by, now, id, amends: Some(amendment) };
        async move { self.lay(&amendment.plan, laying).await }.boxed()
    }

    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported> {
        async move {
            let desk = self.desk(plan);
            let _turn = desk.turn.lock().await;
            self.carry_out(&Import { plan, journal }).await
        }
        .boxed()
    }

    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot> {
        async move { self.carry_out(&Whole { plan }).await }.boxed()
    }

    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot> {
        async move { self.carry_out(&At { plan, instant }).await }.boxed()
    }

    fn past<'a>(&'a self, plan: &'a PlanId, day: Date) -> Answer<'a, Past> {
        async move { self.carry_out(&Gone { plan, day }).await }.boxed()
    }

    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched> {
        async move { self.carry_out(&Since { plan, after }).await }.boxed()
    }

    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page> {
        async move { self.carry_out(&Entries { plan, filter }).await }.boxed()
    }

    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>> {
        async move {
            let desk = self.desk(plan);
            let _turn = desk.turn.lock().await;
            self.carry_out(&Append { plan, entries, by, now, desk: &desk }).await
        }
        .boxed()
    }

    fn version(&self) -> Answer<'_, u64> {
        async { self.carry_out(&Version).await }.boxed()
    }

    fn changed(&self) -> BoxFuture<'_, ()> {
        self.news.come().boxed()
    }
}
