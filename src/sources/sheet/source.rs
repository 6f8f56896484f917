//! [`Sheet`]: a workbook as a source. The ledger beside it is what is shown and acted on; the workbook is looked at before a
//! question is answered, and while nothing is asked at intervals.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture, stream::BoxStream};
use jiff::{Timestamp, civil::Date};
use tokio::sync::Mutex as Turn;

use super::{
    beside::Beside,
    file,
    follow::{Following, Place, Shown},
    limits::{Limits, Unusable},
    mapping::Mapping,
    read::read,
    reading::Reading,
    state::State,
    watch::watch,
    web::Web,
};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        ask::Reply,
        entry::Entry,
        failure::Failure,
        heard::Heard,
        id::{ActorId, EntryId, PlanId},
        past::Past,
        sentence::Sentence,
        snapshot::Snapshot,
        waiting::Decided,
    },
    ledger::{Ledger, sqlite::SqliteLedger},
    sources::{Answer, Capabilities, Remembered, Source, embedded::Embedded},
};

/// How often the ledger beside it is looked at, which others may write to.
const LEDGER: Duration = Duration::from_secs(2);

/// How a workbook's bytes become what it says; its name, which tells what it is.
pub type Understand = Arc<dyn Fn(&[u8], &str, &Limits) -> Result<Reading, Unusable> + Send + Sync>;

/// Where a workbook is, and how it is read.
#[derive(Clone)]
pub struct SheetSettings {
    /// What it is called in the config.
    pub name: String,
    /// Its file; or
    pub path: PathBuf,
    /// its address, where that is not empty.
    pub url: String,
    /// How often it is looked at.
    pub interval: Duration,
    /// How it is understood.
    pub understand: Understand,
    /// What time it is.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The usual way to understand one, by what its owner says of it.
pub fn understand(mapping: Mapping) -> Understand {
    Arc::new(move |bytes, name, limits| read(bytes, name, &mapping, limits))
}

/// A workbook with what is kept beside it. Clones are the same one.
#[derive(Clone)]
pub struct Sheet {
    pub(super) following: Arc<Following>,
    me: ActorId,
    interval: Duration,
    /// The plan in the ledger beside it.
    embedded: Arc<Mutex<Option<Embedded>>>,
    /// Somebody listens for changes, and can be asked.
    watched: Arc<AtomicBool>,
}

impl Sheet {
    /// The workbook the settings name, acted on by `me`; what is kept of it is in `data`. It is not looked at yet.
    pub async fn open(settings: SheetSettings, data: &Path, me: ActorId) -> Result<Self, Failure> {
        let (place, book) = if settings.url.is_empty() {
            let book = file::name(&settings.path);
            (Place::File(settings.path), book)
        } else {
            let web = Web::new(&settings.url)?;
            let book = web.name().unwrap_or(&settings.name).to_owned();
            (Place::Url(web), book)
        };
        let beside = Beside::new(data, &settings.name);
        let ledger = Arc::new(SqliteLedger::open(&beside.ledger()).await?);
        let memory = beside.remembered()?.unwrap_or_default();
        let plans = ledger.plans().await?;
        let plan = memory.plan.filter(|plan| plans.iter().any(|head| head.id == *plan));
        let plan = plan.or_else(|| plans.last().map(|head| head.id.clone()));
        let mut state = State::known(plan, memory.read);
        state.ask(memory.asks);
        let following = Following {
            ledger,
            beside,
            book: book.as_str().into(),
            place,
            understand: settings.understand,
            clock: settings.clock,
            state: Mutex::new(state),
            turn: Turn::new(()),
        };
        let (embedded, watched) = (Arc::default(), Arc::default());
        Ok(Sheet { following: Arc::new(following), me, interval: settings.interval, embedded, watched })
    }

    /// The file of the ledger beside it.
    pub fn ledger(&self) -> PathBuf {
        self.following.beside.ledger()
    }

    /// The plan it lays down, once that is known.
    pub fn plan(&self) -> Option<PlanId> {
        self.following.state().plan.clone()
    }

    /// How long it is left alone.
    pub(super) fn rest(&self) -> Duration {
        let failures = self.following.state().failures();
        match &self.following.place {
            Place::Url(_) if failures > 0 => self.interval.min(Duration::from_secs(1 << failures.min(6))),
            Place::File(_) | Place::Url(_) => self.interval,
        }
    }

    /// What is kept of it.
    pub(super) fn kept(&self) -> Result<Embedded, Failure> {
        let state = self.following.state();
        let Some(plan) = &state.plan else {
            return Err(state.trouble().unwrap_or_else(|| Failure::Offline(Sentence::new("book-not-yet"))));
        };
        let mut known = self.embedded.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref().filter(|known| known.plan() == plan) {
            Some(known) => Ok(known.clone()),
            None => {
                let ledger = Arc::clone(&self.following.ledger) as Arc<dyn Ledger>;
                let kept = Embedded::new(ledger, plan.clone(), self.me.clone(), self.interval.min(LEDGER));
                *known = Some(kept.clone());
                Ok(kept)
            }
        }
    }

    async fn news(&self, cursor: u64) -> Result<Fetched, Failure> {
        // What was done here is shown without waiting for anybody's disk.
        let fetched = self.kept()?.fetch(Some(cursor)).await?;
        if !matches!(fetched, Fetched::Unchanged) {
            return Ok(fetched);
        }
        let (was_offered, plan) = (self.following.offers(), self.plan());
        self.following.look().await;
        if self.plan() != plan {
            return self.kept()?.fetch(None).await;
        }
        let offers = self.watched.load(Ordering::Relaxed);
        match self.following.shown(offers, was_offered).await? {
            Shown::Ledger => self.kept()?.fetch(Some(cursor)).await,
            Shown::Again => self.kept()?.fetch(None).await,
            Shown::Offered(snapshot) => Ok(Fetched::Whole(snapshot)),
        }
    }
}

impl Source for Sheet {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        async move {
            if let Some(cursor) = cursor {
                return self.news(cursor).await;
            }
            self.following.look().await;
            self.kept()?.fetch(None).await
        }
        .boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        async move { self.kept()?.at(instant).await }.boxed()
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        async move { self.kept()?.past(day).await }.boxed()
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        async move { self.kept()?.entries(filter).await }.boxed()
    }

    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        async move { self.kept()?.send(entries, now).await }.boxed()
    }

    fn amend<'a>(&'a self, _amendment: &'a Amendment, _id: EntryId, _now: Timestamp) -> Answer<'a, LaidDown> {
        let said = Sentence::new("book-amend").with("book", &self.following.book);
        async move { Err(Failure::Refused(said)) }.boxed()
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        self.watched.store(true, Ordering::Relaxed);
        watch(self.clone())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { journal: true, writes: true, at: true, live: true, recalls: true, ..Capabilities::default() }
    }

    fn label(&self) -> String {
        self.plan().map_or_else(|| self.following.book.to_string(), |plan| plan.to_string())
    }

    fn heard(&self) -> Heard {
        self.following.state().heard()
    }

    fn recall(&self) -> BoxFuture<'_, Option<Remembered>> {
        async move {
            let at = self.following.state().read?;
            let Ok(Fetched::Whole(snapshot)) = self.kept().ok()?.fetch(None).await else { return None };
            Some(Remembered { snapshot: *snapshot, at })
        }
        .boxed()
    }

    fn keep(&self) {
        self.following.accept();
    }

    fn reply<'a>(&'a self, id: EntryId, reply: &'a Reply) -> Answer<'a, Decided> {
        self.following.reply(id, reply, &self.me).boxed()
    }
}
