//! [`Outbox`]: acts for remote sources, kept in a file of their own until the source has confirmed them. What said "queued"
//! is on disk; several instances may have the file open.
//!
//! Opening is in `open.rs`, what becomes of a damaged file in `salvage.rs`; acts come in and are taken back in `queue.rs`,
//! go out in `deliver.rs` under the lease of `lease.rs`, and become cards to decide on in `cards.rs`. Which of them may go
//! now is in `order.rs`; rows are read and written in `rows.rs`.

mod cards;
mod deliver;
mod lease;
mod open;
mod order;
mod queue;
mod rows;
mod salvage;

use std::path::{Path, PathBuf};

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

use crate::{
    domain::{
        failure::Failure,
        id::{ActorId, PlanId},
        text::Text,
    },
    own_files::Identity,
    sqlite::{Kept, problem::Problem},
};

pub use crate::domain::waiting::{Act, Answer, Decided, Decision, Standing, Trouble, Withdrawal};
pub use deliver::Taken;
pub use lease::LEASE;
pub use queue::Queued;
pub use salvage::Damage;

/// Where an act goes and who made it. It is never sent to another source, nor for another person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// What tells the source from all others: its name and its URL, without secrets. A name alone could be given to
    /// another server tomorrow.
    pub source: Text,
    /// The plan.
    pub plan: PlanId,
    /// The person.
    pub by: ActorId,
}

/// Which instance of this program; made when it starts, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder(pub Uuid);

/// Acts on their way. Dropping it closes the file; everything answered is in it already.
#[derive(Debug)]
pub struct Outbox {
    path: PathBuf,
    /// Which file that was when it was opened.
    identity: Identity,
    /// SQLite has one writer at a time; within this program they wait here rather than for the file's lock.
    desk: Mutex<Desk>,
}

#[derive(Debug)]
struct Desk {
    connection: SqliteConnection,
    /// What `data_version` last said: it changes with other connections' writes only.
    seen: Option<i64>,
}

/// An outbox just opened.
#[derive(Debug)]
pub struct Opened {
    /// It.
    pub outbox: Outbox,
    /// What is to be told of the file that was there, where it was damaged.
    pub damage: Option<Damage>,
}

impl Outbox {
    /// The file it is kept in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Did another instance write to it since this was last asked? The first answer is no.
    pub async fn changed_elsewhere(&self) -> Result<bool, Failure> {
        self.told(self.look().await)
    }

    async fn look(&self) -> Result<bool, Problem> {
        let mut desk = self.desk().await;
        let version: i64 = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut desk.connection).await?;
        let before = desk.seen.replace(version);
        Ok(before.is_some_and(|before| before != version))
    }

    async fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().await
    }

    fn told<T>(&self, result: Result<T, Problem>) -> Result<T, Failure> {
        result.map_err(|problem| problem.failure(Kept::Outbox, &self.path))
    }
}
