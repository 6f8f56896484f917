//! The embedded source: what it tells, when it says that something changed, and what that costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/record.rs"]
mod record;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::{StreamExt, stream::BoxStream};
use jiff::Timestamp;
use record::*;
use tiendo::domain::{
    answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
    entry::{Entry, Verb},
    failure::Failure,
    id::{ActorId, EntryId, PlanId},
    plan::Plan,
    snapshot::Snapshot,
};
use tiendo::ledger::{Answer, Ledger, memory::MemoryLedger, sqlite::SqliteLedger};
use tiendo::sources::{Source, SourceSettings, embedded::Embedded, open};
use tokio::time::{Instant, timeout};

const INTERVAL: Duration = Duration::from_secs(2);

/// A ledger that counts how often its version is asked for.
#[derive(Default)]
struct Counted {
    ledger: MemoryLedger,
    asked: AtomicUsize,
}

impl Counted {
    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Ledger for Counted {
    fn plans(&self) -> Answer<'_, Vec<PlanHead>> {
        self.ledger.plans()
    }
    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown> {
        self.ledger.lay_down(plan, by, now, id)
    }
    fn amend<'a>(
        &'a self,
        amendment: &'a tiendo::domain::amendment::Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown> {
        self.ledger.amend(amendment, by, now, id)
    }
    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported> {
        self.ledger.import(plan, journal)
    }
    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot> {
        self.ledger.snapshot(plan)
    }
    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot> {
        self.ledger.at(plan, instant)
    }
    fn past<'a>(&'a self, plan: &'a PlanId, day: jiff::civil::Date) -> Answer<'a, tiendo::domain::past::Past> {
        self.ledger.past(plan, day)
    }
    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched> {
        self.ledger.delta(plan, after)
    }
    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page> {
        self.ledger.entries(plan, filter)
    }
    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>> {
        self.ledger.append(plan, entries, by, now)
    }
    fn version(&self) -> Answer<'_, u64> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.ledger.version()
    }
}

async fn source() -> (Arc<Counted>, Embedded) {
    let ledger = Arc::new(Counted::default());
    laid_down(&*ledger).await;
    let source = Embedded::new(Arc::clone(&ledger) as Arc<dyn Ledger>, plan_id(), me(), INTERVAL);
    (ledger, source)
}

/// Did it say something within `time`? Paused time moves on by itself while everything waits.
async fn says(changes: &mut BoxStream<'static, ()>, time: Duration) -> bool {
    timeout(time, changes.next()).await.is_ok()
}

#[tokio::test(start_paused = true)]
async fn a_change_by_another_is_told_within_one_interval_and_nothing_else_is() {
    let (ledger, source) = source().await;
    source.fetch(None).await.unwrap();
    let mut changes = source.changed();
    assert!(!says(&mut changes, 10 * INTERVAL).await, "nothing has changed");
    append(&*ledger, full(1, TASK, Verb::Note)).await;
    let before = Instant::now();
    changes.next().await.unwrap();
    assert!(before.elapsed() <= INTERVAL, "{:?}", before.elapsed());
    assert!(!says(&mut changes, 10 * INTERVAL).await, "told once");
    append(&*ledger, full(2, TASK, Verb::Note)).await;
    assert!(says(&mut changes, INTERVAL + Duration::from_millis(1)).await);
}

#[tokio::test(start_paused = true)]
async fn what_was_fetched_already_is_not_told() {
    let (ledger, source) = source().await;
    source.fetch(None).await.unwrap();
    let mut changes = source.changed();
    assert!(!says(&mut changes, INTERVAL * 2).await);
    source.send(&[full(1, TASK, Verb::Note)], minute(1)).await.unwrap();
    source.fetch(Some(1)).await.unwrap();
    assert!(!says(&mut changes, INTERVAL * 5).await);
    drop(ledger);
}

#[tokio::test(start_paused = true)]
async fn what_came_between_the_fetch_and_the_watch_is_told() {
    let (ledger, source) = source().await;
    source.fetch(None).await.unwrap();
    append(&*ledger, full(1, TASK, Verb::Note)).await;
    assert!(says(&mut source.changed(), INTERVAL * 2).await);
}

#[tokio::test(start_paused = true)]
async fn the_version_is_asked_for_at_the_interval_only() {
    let (ledger, source) = source().await;
    let mut changes = source.changed();
    assert_eq!(ledger.asked(), 0, "not before it is waited for");
    assert!(!says(&mut changes, INTERVAL * 10 + INTERVAL / 2).await);
    assert_eq!(ledger.asked(), 1 + 10);
}

#[tokio::test]
async fn another_handle_on_the_file_is_heard() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ledger.db");
    let theirs = SqliteLedger::open(&path).await.unwrap();
    laid_down(&theirs).await;
    let settings = SourceSettings { interval: Duration::from_millis(5), ..SourceSettings::default() };
    let source = open(&settings, directory.path(), &me()).await.unwrap();
    let Fetched::Whole(mut seen) = source.fetch(None).await.unwrap() else { panic!("the whole") };
    let mut changes = source.changed();
    assert!(!says(&mut changes, Duration::from_millis(60)).await);
    append(&theirs, full(1, TASK, Verb::Submit)).await;
    assert!(says(&mut changes, Duration::from_secs(20)).await);
    let Fetched::Entries(delta) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("entries") };
    seen.apply_delta(delta);
    assert_eq!(truth(&seen), truth(&snapshot(&theirs).await));
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    assert!(!says(&mut changes, Duration::from_millis(60)).await);
}

#[tokio::test]
async fn acts_are_signed_by_me_and_done_at_once() {
    let (ledger, source) = source().await;
    let answers = source.send(&[full(1, TASK, Verb::Submit)], minute(1)).await.unwrap();
    assert_eq!(answers, [Admission::Applied { seq: 2 }]);
    let page = source.entries(&Filter { limit: Some(1), ..Filter::default() }).await.unwrap();
    assert_eq!((page.entries[0].by.clone(), page.entries[0].recorded), (Some(me()), Some(minute(1))));
    assert_eq!(truth(&source.at(minute(1)).await.unwrap()), truth(&snapshot(&*ledger).await));
    let can = source.capabilities();
    assert!(can.journal && can.writes && can.at && can.live);
    assert_eq!(source.label(), "p");
}

#[tokio::test]
async fn which_plan_is_said_or_the_only_one() {
    let directory = tempfile::tempdir().unwrap();
    let data: &Path = directory.path();
    let why = async |settings: &SourceSettings| match open(settings, data, &me()).await {
        Err(Failure::Refused(why)) => why.to_string(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("opened"),
    };
    let any = SourceSettings::default();
    assert!(why(&any).await.contains("empty"));
    let ledger = SqliteLedger::open(&data.join("ledger.db")).await.unwrap();
    laid_down(&ledger).await;
    assert_eq!(open(&any, data, &me()).await.unwrap().label(), "p");
    let mut other = plan();
    other.id = "q".into();
    ledger.lay_down(other, &me(), minute(1), id(1)).await.unwrap();
    assert!(why(&any).await.contains("p, q"));
    let of = |plan: &str| SourceSettings { plan: Some(plan.into()), ..SourceSettings::default() };
    assert!(why(&of("r")).await.contains("p, q"));
    assert_eq!(open(&of("q"), data, &me()).await.unwrap().label(), "q");
}

#[test]
fn settings_are_read_as_people_write_them() {
    let settings: SourceSettings = toml::from_str("interval = \"10s\"\nplan = \"p\"").unwrap();
    assert_eq!((settings.interval, settings.plan), (Duration::from_secs(10), Some(plan_id())));
    assert_eq!(toml::from_str::<SourceSettings>("").unwrap(), SourceSettings::default());
    assert!(toml::from_str::<SourceSettings>("intervall = \"10s\"").is_err());
}
