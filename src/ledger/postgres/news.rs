//! [`News`]: somebody else wrote. Each transaction that writes says so with NOTIFY as it commits, and every program listens on a
//! connection of its own. An engine that has neither is asked at intervals, which is done anyway: what is told may be lost with
//! a connection.

use std::time::Duration;

use sqlx::{
    PgConnection, PgPool,
    postgres::{PgListener, PgNotification},
    query,
};
use tokio::{sync::watch, task::JoinHandle, time::sleep};

use super::problem::Problem;

const CHANNEL: &str = "tiendo";

/// After a failure to listen.
const AGAIN: Duration = Duration::from_secs(1);

/// Ends when there is news.
#[derive(Debug)]
pub(super) struct News {
    /// Does the engine have it?
    told: bool,
    heard: watch::Receiver<u64>,
    listening: Option<JoinHandle<()>>,
}

impl News {
    /// Begins to listen, where the engine lets one.
    pub(super) async fn of(pool: &PgPool) -> Result<Self, Problem> {
        let (sender, heard) = watch::channel(0);
        let told = is_told(pool).await?;
        let listening = told.then(|| tokio::spawn(listen(pool.clone(), sender)));
        Ok(News { told, heard, listening })
    }

    /// Waits for news; for ever, where none is told.
    pub(super) async fn come(&self) {
        let mut heard = self.heard.clone();
        heard.mark_unchanged();
        if self.listening.is_none() || heard.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Says that something was written, as soon as it is committed.
    pub(super) async fn tell(&self, connection: &mut PgConnection) -> Result<(), Problem> {
        if self.told {
            query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(connection).await?;
        }
        Ok(())
    }
}

impl Drop for News {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

async fn is_told(pool: &PgPool) -> Result<bool, Problem> {
    let said = query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(pool).await;
    let listened = match said {
        Ok(_) => query("LISTEN tiendo_trial").persistent(false).execute(pool).await,
        Err(error) => Err(error),
    };
    match listened.map_err(Problem::from) {
        Ok(_) => {
            query("UNLISTEN tiendo_trial").persistent(false).execute(pool).await?;
            Ok(true)
        }
        Err(problem) if problem.is_unknown_to_it() => Ok(false),
        // A standby takes no LISTEN; it may become what does.
        Err(problem) if problem.is_of_this_server() => Ok(true),
        Err(problem) => Err(problem),
    }
}

async fn listen(pool: PgPool, heard: watch::Sender<u64>) {
    loop {
        let ended = hear(&pool, &heard).await;
        tracing::debug!(?ended, "listening to the database is begun anew");
        // What was told meanwhile was missed.
        heard.send_modify(|number| *number += 1);
        sleep(AGAIN).await;
    }
}

async fn hear(pool: &PgPool, heard: &watch::Sender<u64>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let news: Option<PgNotification> = listener.try_recv().await?;
        heard.send_modify(|number| *number += 1);
        if news.is_none() {
            return Ok(());
        }
    }
}
