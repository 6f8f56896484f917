//! How a transaction is carried through: on a connection that is given back only when it is whole, tried again a few times where
//! others were in the way or the connection was lost. A post whose commit was not answered is not guessed about: the next try
//! looks its ids up.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures::future::BoxFuture;
use sqlx::{Connection, PgConnection, Postgres, pool::PoolConnection, query};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{PostgresLedger, problem::Problem};
use crate::domain::failure::Failure;

/// How long one try may take: a database that says nothing is away. A whole large plan takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// One transaction.
pub(super) trait Deed: Sync {
    type Answer: Send;

    /// How it begins; a single statement is a transaction by itself.
    const BEGIN: Option<&'static str> = Some(READING);

    fn perform<'c>(
        &'c self,
        ledger: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<Self::Answer, Problem>>;
}

/// Everything is read as it was at one moment.
pub(super) const READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The plan's row is locked first: what is read after that is what stands. It does not say that it writes, so that a database that
/// takes no writes just now says so.
pub(super) const BEGIN_WRITING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// The same, for a deed.
pub(super) const WRITING: Option<&str> = Some(BEGIN_WRITING);

impl PostgresLedger {
    pub(super) async fn carry_out<D: Deed>(&self, deed: &D) -> Result<D::Answer, Failure> {
        for done in 1.. {
            let problem = match timeout(PATIENCE, self.once(deed)).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(problem)) => problem,
                Err(_) => Problem::Silent,
            };
            if problem.is_of_this_server() || problem.is_lost() {
                self.retired.all();
            }
            if done >= problem.tries() {
                return Err(problem.failure(&self.name));
            }
            tracing::debug!(%problem, done, "a transaction is begun anew");
            sleep(pause(done)).await;
        }
        Err(Problem::Silent.failure(&self.name))
    }

    async fn once<D: Deed>(&self, deed: &D) -> Result<D::Answer, Problem> {
        let pool = if D::BEGIN == WRITING { &self.writing } else { &self.pool };
        let connection = pool.acquire().await.map_err(Problem::Unconnected)?;
        let mut lease = Lease { connection, whole: false };
        let (performed, ended) = match D::BEGIN {
            None => (deed.perform(self, &mut lease.connection).await, Ok(())),
            Some(begin) => {
                let mut transaction = lease.connection.begin_with(begin).await?;
                let performed = deed.perform(self, &mut transaction).await;
                let ended = match &performed {
                    Ok(_) => transaction.commit().await,
                    Err(_) => transaction.rollback().await,
                };
                (performed, ended)
            }
        };
        match (performed, ended) {
            (Ok(answer), ended) => {
                ended?;
                lease.whole = true;
                Ok(answer)
            }
            (Err(problem), ended) => {
                lease.whole = ended.is_ok() && !problem.is_lost();
                Err(problem)
            }
        }
    }
}

/// A pause before try number `done + 1`, longer each time and never the same for two who were in each other's way.
fn pause(done: u32) -> Duration {
    let longest = 10_u64 << done.min(6);
    // The random part of a new id.
    let chance = Uuid::now_v7().as_u64_pair().1 % longest;
    Duration::from_millis(longest / 2 + chance)
}

/// A connection in use. Whoever asked may go away in the middle, or the server may: then nobody gets it again.
struct Lease {
    connection: PoolConnection<Postgres>,
    whole: bool,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.whole {
            self.connection.close_on_drop();
        }
    }
}

/// Connections that are not used again: all those made before that. Where one was lost, the others are, too, or may be; where a
/// server takes no writes any more, another one does, or will, at the same address. So that one try anew is enough, and none has to be
/// asked whether it lives before it is used.
#[derive(Clone, Debug, Default)]
pub(super) struct Retired(Arc<Mutex<Option<Instant>>>);

impl Retired {
    fn all(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Was a connection of that age made since?
    pub(super) fn is_after(&self, age: Duration) -> bool {
        let retired = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        retired.is_none_or(|retired| retired.elapsed() > age)
    }
}

/// What every connection is told. An engine that knows one of these otherwise goes on without it.
pub(super) async fn prepare(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let settings = [
        // What was answered is on the disk, whatever the database's default.
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
        // A program that hangs in the middle holds up its plan for so long and no longer.
        "SET idle_in_transaction_session_timeout = '30s'",
        "SET lock_timeout = '10s'",
    ];
    for setting in settings {
        match query(setting).persistent(false).execute(&mut *connection).await {
            Ok(_) | Err(sqlx::Error::Database(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
