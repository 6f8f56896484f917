//! [`SqliteLedger`]: the ledger in one file, which several programs on this machine may have open at once. Here is how its
//! connections are used; opening is in `crate::sqlite`, reading in `read.rs`, writing in `append.rs` and `lay_down.rs`, the
//! statements in `plans.rs`, `states.rs` and `journal.rs`.

mod append;
mod journal;
mod lay_down;
mod past;
mod plans;
mod read;
mod rows;
mod states;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures::FutureExt;
use jiff::{Timestamp, civil::Date};
use sqlx::{ConnectOptions, SqliteConnection, query_scalar, sqlite::SqliteConnectOptions};
use tokio::sync::{Mutex, MutexGuard};

use super::{Answer, Laying, Ledger};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
        entry::Entry,
        failure::Failure,
        id::{ActorId, EntryId, PlanId},
        outline::Outline,
        past::Past,
        plan::Plan,
        snapshot::Snapshot,
    },
    own_files::{self, Identity},
    sqlite::{Form, Kept, Step, open, problem::Problem},
};

/// A ledger's file: "tiEn" in its header.
static FORM: Form = Form {
    kept: Kept::Ledger,
    application: 0x7469_456e,
    steps: &[
        Step { what: "plans and journals", sql: include_str!("../migrations/0001_plans_and_journals.sql"), then: None },
        Step {
            what: "the reminders of a day",
            sql: include_str!("../migrations/0002_reminders_of_a_day.sql"),
            then: None,
        },
        Step {
            what: "states in short",
            sql: include_str!("../migrations/0003_states_in_short.sql"),
            then: Some(|connection| states::shorten(connection).boxed()),
        },
    ],
};

/// A ledger in an SQLite file. Dropping it closes the file; everything answered is in it already.
#[derive(Debug)]
pub struct SqliteLedger {
    path: PathBuf,
    /// Which file that was when it was opened.
    identity: Identity,
    /// SQLite has one writer at a time; within this program they wait here rather than for the file's lock.
    writer: Mutex<Writer>,
    /// Two, so that a look at another day does not hold up the present.
    readers: [Lazy; 2],
    /// Never used for anything but `data_version`, which tells what *other* connections wrote.
    watcher: Lazy,
    plans: Plans,
}

/// Plans already read, by their number and revision: a revision never changes.
type Plans = std::sync::Mutex<HashMap<(i64, i64), Arc<Plan>>>;

#[derive(Debug)]
struct Writer {
    connection: SqliteConnection,
    /// The plans in force as they were last looked up, by their number, with their revision.
    outlines: HashMap<i64, (i64, Outline)>,
}

/// A connection opened when it is first used: the first screen waits for one only.
#[derive(Debug)]
struct Lazy {
    options: SqliteConnectOptions,
    connection: Mutex<Option<SqliteConnection>>,
}

impl SqliteLedger {
    /// Opens the ledger in the file at `path`, and makes one where there is none.
    ///
    /// The file is made 0600, its directory 0700. Refused and left untouched: a file on a network share, a file that is
    /// something else or damaged, one written by a newer version.
    pub async fn open(path: &Path) -> Result<Self, Failure> {
        let told = |problem: Problem| problem.failure(Kept::Ledger, path);
        let (connection, options) = open::open(path, &FORM).await.map_err(told)?;
        let lazy = || Lazy { options: options.clone(), connection: Mutex::new(None) };
        Ok(SqliteLedger {
            path: path.to_owned(),
            identity: own_files::identity(path).map_err(Problem::File).map_err(told)?,
            writer: Mutex::new(Writer { connection, outlines: HashMap::new() }),
            readers: [lazy(), lazy()],
            watcher: lazy(),
            plans: Plans::default(),
        })
    }

    /// The file it is kept in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    async fn reader(&self) -> Result<Reader<'_>, Problem> {
        let [first, second] = &self.readers;
        match first.connection.try_lock() {
            Ok(free) => first.opened(free).await,
            Err(_) => second.opened(second.connection.lock().await).await,
        }
    }

    /// The change token; and whether the file is still the one that was opened: SQLite itself reads on in one that was
    /// moved away, and would never tell of the one in its place.
    async fn version_now(&self) -> Result<u64, Problem> {
        if own_files::identity(&self.path).ok() != Some(self.identity) {
            return Err(Problem::Replaced);
        }
        let mut watcher = self.watcher.opened(self.watcher.connection.lock().await).await?;
        let version: i64 = query_scalar("PRAGMA data_version").fetch_one(watcher.connection()?).await?;
        Ok(version.unsigned_abs())
    }

    fn told<T>(&self, result: Result<T, Problem>) -> Result<T, Failure> {
        result.map_err(|problem| problem.failure(Kept::Ledger, &self.path))
    }
}

impl Lazy {
    async fn opened<'a>(&self, mut slot: MutexGuard<'a, Option<SqliteConnection>>) -> Result<Reader<'a>, Problem> {
        if slot.is_none() {
            *slot = Some(self.options.connect().await?);
        }
        Ok(Reader { slot })
    }
}

/// A connection in use.
struct Reader<'a> {
    slot: MutexGuard<'a, Option<SqliteConnection>>,
}

impl Reader<'_> {
    fn connection(&mut self) -> Result<&mut SqliteConnection, Problem> {
        self.slot.as_mut().ok_or(Problem::Closed)
    }
}

impl Ledger for SqliteLedger {
    fn plans(&self) -> Answer<'_, Vec<PlanHead>> {
        async { self.told(self.read_plans().await) }.boxed()
    }

    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown> {
        async move { self.told(self.write_plan(plan, Laying { by, now, id, amends: None }).await) }.boxed()
    }

    fn amend<'a>(
        &'a self,
        amendment: &'a Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown> {
        let laying = Laying { by, now, id, amends: Some(amendment) };
        async move { self.told(self.write_plan(amendment.plan.clone(), laying).await) }.boxed()
    }

    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported> {
        async move { self.told(self.write_journal(plan, journal).await) }.boxed()
    }

    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot> {
        async move { self.told(self.read_snapshot(plan).await) }.boxed()
    }

    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot> {
        async move { self.told(self.read_at(plan, instant).await) }.boxed()
    }

    fn past<'a>(&'a self, plan: &'a PlanId, day: Date) -> Answer<'a, Past> {
        async move { self.told(self.read_past(plan, day).await) }.boxed()
    }

    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched> {
        async move { self.told(self.read_delta(plan, after).await) }.boxed()
    }

    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page> {
        async move { self.told(self.read_entries(plan, filter).await) }.boxed()
    }

    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>> {
        async move { self.told(self.write_entries(plan, entries, by, now).await) }.boxed()
    }

    fn version(&self) -> Answer<'_, u64> {
        async { self.told(self.version_now().await) }.boxed()
    }
}
