//! Where facts come from: adapters behind one small trait. A source keeps no state of the plan; whoever asks it does.

pub mod calendar;
pub mod embedded;
pub mod http;
pub mod redmine;
pub mod sheet;
mod web;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures::{
    FutureExt,
    future::{BoxFuture, ready},
    stream::{BoxStream, StreamExt, pending},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        ask::Reply,
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading},
        id::{ActorId, EntryId, PlanId},
        past::Past,
        sentence::Sentence,
        snapshot::Snapshot,
        takes::Takes,
        text::Text,
        waiting::Decided,
    },
    ledger::sqlite::SqliteLedger,
};

use embedded::Embedded;

/// An answer that is under way.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Failure>>;

/// One plan, wherever it is kept. Before one that cannot tell other days stands `runtime::history`, before one with calendars
/// `runtime::laid_over`; both pass everything else on: a question added here is added there.
pub trait Source: Send + Sync {
    /// What happened after `cursor`; everything where there is none.
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched>;

    /// What was true at `instant`, where [`Capabilities::at`] says it can tell.
    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot>;

    /// How every item stood at the end of each week before `day`. Refused where it cannot tell.
    fn past(&self, day: Date) -> Answer<'_, Past> {
        let _ = day;
        ready(Err(Failure::Refused(Sentence::new("trend-no-past")))).boxed()
    }

    /// Entries of the journal, newest first, where [`Capabilities::journal`] says there is one.
    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page>;

    /// Hands entries in; one answer for each. A source that is its own clock does not look at `now`.
    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>>;

    /// So many entries are handed in to it at once at most.
    fn most(&self) -> usize {
        100
    }

    /// Lays another wording of the plan down, as an entry of this `id`, where [`Capabilities::amends`] says it can. Refused where
    /// the plan was amended since its author saw it.
    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, now: Timestamp) -> Answer<'a, LaidDown> {
        let _ = (amendment, id, now);
        ready(Err(Failure::Refused(Sentence::new("said-cannot-amend")))).boxed()
    }

    /// Says when something may have changed, so that fetching is worth it; says nothing while nothing has. Never ends.
    fn changed(&self) -> BoxStream<'static, ()>;

    /// What it can do.
    fn capabilities(&self) -> Capabilities;

    /// Its name for the header, as it is to be shown.
    fn label(&self) -> String;

    /// Who signs what is handed in, where that is the source's to say and it has said it.
    fn signs(&self) -> Option<ActorId> {
        None
    }

    /// What its answers told beside what was asked, since this was last called.
    fn heard(&self) -> Heard {
        Heard::default()
    }

    /// Tells how far a large answer has come, while one comes. Never ends.
    fn loading(&self) -> BoxStream<'static, Loading> {
        pending().boxed()
    }

    /// What it said when it was last asked, before this program was started; nothing where nobody remembers.
    fn recall(&self) -> BoxFuture<'_, Option<Remembered>> {
        ready(None).boxed()
    }

    /// Answers what it asks, see [`Heard::asks`]. Refused where that cannot be done.
    fn reply<'a>(&'a self, id: EntryId, reply: &'a Reply) -> Answer<'a, Decided> {
        let _ = (id, reply);
        ready(Ok(Decided::Gone)).boxed()
    }

    /// The whole it gave last was taken for good: it may be remembered.
    fn keep(&self) {}

    /// Where acts for it go, for a source that is [`Capabilities::remote`]: what they wait for must be found again after a
    /// restart, and never be taken for another.
    fn origin(&self) -> Option<Origin> {
        None
    }
}

/// What a source said when it was last asked.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// What was true.
    pub snapshot: Snapshot,
    /// When the source last said so.
    pub at: Timestamp,
}

/// What tells a remote source from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its name and its URL, without secrets.
    pub address: Text,
    /// The plan.
    pub plan: PlanId,
}

/// What a source can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// It has a journal that can be read.
    pub journal: bool,
    /// It takes entries.
    pub writes: bool,
    /// It takes amendments of the plan.
    pub amends: bool,
    /// It can tell what was true on another day.
    pub at: bool,
    /// It tells of changes as they come, rather than at long intervals.
    pub live: bool,
    /// It may be far away: what is done waits in an outbox until it has answered. It then has an [`Source::origin`].
    pub remote: bool,
    /// Somebody here remembers what it said last: see [`Source::recall`].
    pub recalls: bool,
    /// The verbs it has a place for.
    pub takes: Takes,
}

/// Where a plan of a ledger's file is and how it is watched: one `[[source]]` of the config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceSettings {
    /// The ledger's file; `ledger.db` in the data directory where it is not said.
    pub path: Option<PathBuf>,
    /// Which plan of it; may be left out where it has one only.
    pub plan: Option<PlanId>,
    /// How often it is looked at for changes, `2s`.
    #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
    pub interval: Duration,
}

/// The kinds of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The ledger on this machine.
    #[default]
    Embedded,
    /// A ledger shared by `tiendo serve`.
    Http,
    /// A workbook, with what is done kept beside it.
    Sheet,
    /// A project on a Redmine server.
    Redmine,
}

impl Kind {
    /// Its word in the config.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Embedded => "embedded",
            Kind::Http => "http",
            Kind::Sheet => "sheet",
            Kind::Redmine => "redmine",
        }
    }
}

impl Default for SourceSettings {
    fn default() -> Self {
        SourceSettings { path: None, plan: None, interval: Duration::from_secs(2) }
    }
}

/// Opens the ledger's file the settings describe. `data` is this program's data directory, `me` signs what is handed in.
///
/// Refused where the plan asked for is not there, or none is asked for and there is not exactly one.
pub async fn open(settings: &SourceSettings, data: &Path, me: &ActorId) -> Result<Box<dyn Source>, Failure> {
    let path = settings.path.clone().unwrap_or_else(|| data.join("ledger.db"));
    let ledger = Arc::new(SqliteLedger::open(&path).await?);
    Ok(Box::new(Embedded::choose(ledger, settings.plan.as_ref(), me.clone(), settings.interval).await?))
}
