//! Which plan: `--source`, else the config's first source, else the ledger of this machine if it holds a plan, else the
//! sample plan, kept in memory, on whose day it is always Monday 20/11/2023, 8 o'clock.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::{
    Timestamp,
    civil::{DateTime, datetime},
    tz::TimeZone,
};
use uuid::Uuid;

use super::{
    calendars, days,
    exit::{Exit, Stop},
    redmine,
    session::{Given, Session},
    shared, workbook,
};
use crate::{
    config::{Config, NamedSource},
    domain::{
        id::{ActorId, EntryId, PlanId},
        nearest::nearest,
        sentence::Sentence,
        text::Text,
    },
    ledger::{Ledger, memory::MemoryLedger, sqlite::SqliteLedger},
    planfile,
    runtime::recorder::Recorder,
    sources::{
        Kind, Origin, Source, SourceSettings,
        embedded::{Embedded, chosen},
    },
};

/// The name by which the sample plan is asked for.
pub(super) const SAMPLE: &str = "sample";

/// How long a command waits for calendars.
const CALENDARS: Duration = Duration::from_secs(5);
/// How long a screen waits for them.
const AT_ONCE: Duration = Duration::from_millis(200);

/// When it is on the sample plan, in its zone.
const SAMPLE_NOW: DateTime = datetime(2023, 11, 20, 8, 0, 0, 0);

/// A source that was opened.
pub(super) struct Opened {
    pub source: Arc<dyn Source>,
    /// What it is called, for a person.
    pub name: String,
    /// What tells it from all others, for what is kept about it here; none where that cannot be told.
    pub place: Option<Origin>,
    /// What keeps its days; none where it can tell them itself.
    pub recorder: Option<Recorder>,
    /// When it is, for this source.
    pub now: Timestamp,
    /// Is it the sample plan that ships, rather than a plan somebody laid down?
    pub built_in: bool,
}

/// Waits for `future` to end.
pub(super) fn wait<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let ended = future.await;
        // What was handed to a thread, as the copy that is kept of a source, is let go with the runtime if it has not begun. What
        // was handed over before this has.
        let _ = tokio::task::spawn_blocking(|| ()).await;
        ended
    })
}

/// Opens the source that flags, environment and config ask for; with the local history before it, where it needs that, and the
/// calendars it names.
pub(super) async fn open(session: &Session) -> anyhow::Result<Opened> {
    open_within(session, CALENDARS).await
}

/// The same for a screen: calendars at hand are there with its first frame, the others when they come.
pub(super) async fn open_at_once(session: &Session) -> anyhow::Result<Opened> {
    open_within(session, AT_ONCE).await
}

async fn open_within(session: &Session, patience: Duration) -> anyhow::Result<Opened> {
    let opened = open_bare(session).await?;
    calendars::laid_over(session, asked_for(session)?, opened, patience).await
}

/// The same without calendars.
pub(super) async fn open_bare(session: &Session) -> anyhow::Result<Opened> {
    Ok(days::remembered(session, find(session).await?).await)
}

/// The source of the config that is asked for; none where it is none of the config.
pub(super) fn asked_for(session: &Session) -> anyhow::Result<Option<&NamedSource>> {
    let config = &session.config;
    match &config.source {
        _ if session.given.is_some() => Ok(None),
        Some(name) if name == SAMPLE => Ok(None),
        Some(name) => named(session, name).map(Some),
        None => Ok(config.sources.first()),
    }
}

/// The plans one can choose from where the source that is asked for has several; nothing where it decides itself.
pub(super) async fn plans(session: &Session) -> anyhow::Result<Vec<Option<PlanId>>> {
    let config = &session.config;
    let named = match &config.source {
        Some(name) if name == SAMPLE => return Ok(vec![config.plan.clone()]),
        Some(name) => Some(named(session, name)?),
        None => None,
    };
    if session.given.is_some() || named.is_some_and(|named| named.plan.is_some()) {
        return Ok(vec![None]);
    }
    match named.map(|named| (named.kind, named)) {
        Some((Kind::Http, named)) => shared::plans(session, named).await,
        // A workbook, a project is one plan.
        Some((Kind::Sheet | Kind::Redmine, _)) => Ok(vec![None]),
        Some((Kind::Embedded, _)) | None => {
            let path = named.and_then(|named| named.settings().path).or_else(|| local_ledger(config));
            let path = path.ok_or_else(|| no_data_dir(session))?;
            let heads = existing(session, &path).await?.plans().await?;
            Ok(heads.into_iter().map(|head| Some(head.id)).collect())
        }
    }
}

/// The source that is asked for, without history and calendars.
pub(super) async fn find(session: &Session) -> anyhow::Result<Opened> {
    let config = &session.config;
    if let Some(Given(source)) = &session.given {
        let (source, name) = (Arc::clone(source), source.label());
        let place = source.origin();
        return Ok(Opened { source, name, place, recorder: None, now: Timestamp::now(), built_in: false });
    }
    match &config.source {
        Some(name) if name == SAMPLE => return sample(session, SAMPLE_NOW, config.plan.as_ref()).await,
        Some(name) => return laid_down(session, named(session, name)?).await,
        None => {}
    }
    if let Some(first) = config.sources.first() {
        return laid_down(session, first).await;
    }
    if let Some(path) = local_ledger(config).filter(|path| is_there(path)) {
        let ledger: Arc<dyn Ledger> = Arc::new(SqliteLedger::open(&path).await?);
        if !ledger.plans().await?.is_empty() {
            let interval = SourceSettings::default().interval;
            let source = choose(session, ledger, config.plan.as_ref(), interval).await?;
            return Ok(of_today(source, path.display().to_string(), &path));
        }
    }
    sample(session, SAMPLE_NOW, config.plan.as_ref()).await
}

/// Only a file that is surely not there means that there is no ledger yet; what cannot be looked at is opened, and says why.
fn is_there(path: &Path) -> bool {
    !matches!(path.symlink_metadata(), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// Is there a ledger on this machine?
pub(super) fn has_ledger(config: &Config) -> bool {
    local_ledger(config).is_some_and(|path| is_there(&path))
}

/// There is no place for what is kept.
pub(super) fn no_data_dir(session: &Session) -> anyhow::Error {
    Stop::because(&session.words, Exit::Usage, Sentence::new("cli-no-data-dir"))
}

/// The file of this machine's ledger.
pub(super) fn local_ledger(config: &Config) -> Option<PathBuf> {
    config.data_dir.as_ref().map(|folder| folder.join("ledger.db"))
}

fn named<'a>(session: &'a Session, name: &str) -> anyhow::Result<&'a NamedSource> {
    let sources = &session.config.sources;
    sources.iter().find(|source| source.name == name).ok_or_else(|| {
        let near = nearest(name, sources.iter().map(|source| source.name.as_str()).chain([SAMPLE]));
        let why = Sentence::new("cli-no-such-source").with("name", name).near(near);
        Stop::because(&session.words, Exit::Usage, why)
    })
}

async fn laid_down(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    match named.kind {
        Kind::Http => shared::open(session, named).await,
        Kind::Redmine => redmine::open(session, named).await,
        Kind::Embedded => of_file(session, named).await,
        Kind::Sheet => workbook::open(session, named).await,
    }
}

async fn of_file(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    let settings = named.settings();
    let path = settings.path.clone().or_else(|| local_ledger(&session.config));
    let path = path.ok_or_else(|| no_data_dir(session))?;
    let ledger = existing(session, &path).await?;
    let plan = session.config.plan.as_ref().or(settings.plan.as_ref());
    Ok(of_today(choose(session, ledger, plan, settings.interval).await?, named.name.clone(), &path))
}

/// The ledger in that file, which must be there: opening one for reading must not make one.
async fn existing(session: &Session, path: &Path) -> anyhow::Result<Arc<dyn Ledger>> {
    if !path.is_file() {
        let why = Sentence::new("cli-no-ledger").with("path", path.display().to_string());
        return Err(Stop::because(&session.words, Exit::Unreachable, why));
    }
    Ok(Arc::new(SqliteLedger::open(path).await?))
}

/// The plan that was asked for, or the only one there is.
async fn choose(
    session: &Session,
    ledger: Arc<dyn Ledger>,
    asked_for: Option<&PlanId>,
    interval: Duration,
) -> anyhow::Result<Embedded> {
    let plan =
        chosen(&ledger.plans().await?, asked_for).map_err(|why| Stop::because(&session.words, Exit::Usage, why))?;
    Ok(Embedded::new(ledger, plan, session.config.me.clone(), interval))
}

fn of_today(source: Embedded, name: String, path: &Path) -> Opened {
    let place = Some(place(path, source.plan().clone()));
    let (source, now) = (Arc::new(source), Timestamp::now());
    Opened { source, name, place, recorder: None, now, built_in: false }
}

/// A ledger is told from others by where it is: a name could be given to another one tomorrow.
pub(super) fn place(path: &Path, plan: PlanId) -> Origin {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Origin { address: Text::new(&path.display().to_string()), plan }
}

/// The sample plan in a ledger in memory, with what its journal has up to `now` in its zone.
pub(super) async fn sample(session: &Session, now: DateTime, plan_asked: Option<&PlanId>) -> anyhow::Result<Opened> {
    let planfile::Loaded { plan, mut journal, .. } = planfile::sample()?;
    let zone = TimeZone::get(&plan.timezone).unwrap_or(TimeZone::UTC);
    let instant = |at: DateTime| at.to_zoned_datetime(zone.clone()).map(|at| at.timestamp());
    let now = instant(now)?;
    journal.retain(|entry| entry.recorded_at() <= now);
    let issued = plan.issued.map(|day| instant(day.at(8, 0, 0, 0))).transpose()?.unwrap_or(now);
    let by = ActorId::from(plan.owner.as_ref().map_or("", |owner| owner.as_str()));
    let id = plan.id.clone();
    let ledger = MemoryLedger::new();
    ledger.lay_down(plan, &by, issued, EntryId(Uuid::now_v7())).await?;
    ledger.import(&id, journal).await?;
    let interval = SourceSettings::default().interval;
    let source = choose(session, Arc::new(ledger), plan_asked, interval).await?;
    let name = session.words.get("cli-sample-source").into_owned();
    Ok(Opened { source: Arc::new(source), name, place: None, recorder: None, now, built_in: true })
}
