//! The sources: what any of them must do (`common/contract.rs`), and of the embedded one when it says that something changed and what
//! that costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/contract.rs"]
mod contract;
#[path = "common/counted.rs"]
mod counted;
#[path = "common/record.rs"]
mod record;
#[path = "common/served.rs"]
mod served;

use std::{path::Path, sync::Arc, time::Duration};

use contract::Place;
use counted::Counted;
use futures::{FutureExt, StreamExt, stream::BoxStream};
use record::*;
use served::Served;
use tiendo::domain::{
    access::Role,
    answer::{Admission, Fetched, Filter},
    entry::Verb,
    failure::Failure,
};
use tiendo::ledger::{Ledger, memory::MemoryLedger, sqlite::SqliteLedger};
use tiendo::runtime::cached::Cached;
use tiendo::secret::Secret;
use tiendo::sources::{
    Source, SourceSettings,
    embedded::Embedded,
    http::{Http, HttpSettings, TokenFrom},
    open,
};
use tiendo::store::cache::Cache;
use tokio::time::{Instant, timeout};

contract! {
    a_ledger_in_memory: super::in_memory,
    a_ledger_in_a_file: super::in_a_file,
    a_shared_ledger: super::shared,
    a_shared_ledger_that_is_remembered: super::remembered,
    a_shared_ledger_that_may_only_be_read: super::only_read,
}

/// A place whose truth is in `ledger`, which somebody else writes to as well.
fn place(ledger: Arc<dyn Ledger>, source: impl Source + 'static, another: impl Source + 'static) -> Place {
    let theirs = Arc::clone(&ledger);
    let change = move |number| {
        let ledger = Arc::clone(&theirs);
        async move { assert!(matches!(append(&*ledger, full(number, TASK, Verb::Note)).await, Admission::Applied { .. })) }.boxed()
    };
    let tell = move || {
        let ledger = Arc::clone(&ledger);
        async move { snapshot(&*ledger).await }.boxed()
    };
    let (source, another) = (Arc::new(source), Arc::new(another));
    Place { source, another, change: Box::new(change), truth: Some(Box::new(tell)), keeps: Vec::new() }
}

fn embedded(ledger: &Arc<dyn Ledger>) -> Embedded {
    Embedded::new(Arc::clone(ledger), plan_id(), me(), Duration::from_millis(5))
}

async fn in_memory() -> Place {
    let ledger: Arc<dyn Ledger> = Arc::new(MemoryLedger::new());
    laid_down(&*ledger).await;
    let (source, another) = (embedded(&ledger), embedded(&ledger));
    place(ledger, source, another)
}

async fn in_a_file() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let opened = async || Arc::new(SqliteLedger::open(&path).await.unwrap()) as Arc<dyn Ledger>;
    let theirs = opened().await;
    laid_down(&*theirs).await;
    let (source, another) = (embedded(&opened().await), embedded(&opened().await));
    Place { keeps: vec![Box::new(folder)], ..place(theirs, source, another) }
}

fn http(served: &Served) -> Http {
    let (name, url) = ("x".into(), served.url.clone());
    let settings = HttpSettings { name, url, token: TokenFrom::Nowhere, ca_file: None, language: "en" };
    Http::new(settings, served.token.as_deref().map(Secret::new), plan_id()).unwrap()
}

async fn over_http(role: Option<Role>) -> Place {
    let mut served = Served::open().await;
    if let Some(role) = role {
        served.token = Some(served.give("nguoi-dung", role, None).await);
    }
    let (source, another) = (http(&served), http(&served));
    // What it may do it says once it has been asked.
    source.fetch(None).await.unwrap();
    let ledger: Arc<dyn Ledger> = served.ledger.clone();
    Place { keeps: vec![Box::new(served)], ..place(ledger, source, another) }
}

async fn shared() -> Place {
    over_http(None).await
}

async fn only_read() -> Place {
    over_http(Some(Role::Viewer)).await
}

async fn remembered() -> Place {
    let (served, folder) = (Served::open().await, tempfile::tempdir().unwrap());
    let cache = Cache::new(folder.path(), "https://tiendo.example", None, None);
    let (source, another) = (Cached::new(http(&served), Some(cache)), http(&served));
    let ledger: Arc<dyn Ledger> = served.ledger.clone();
    Place { keeps: vec![Box::new(served), Box::new(folder)], ..place(ledger, source, another) }
}

const INTERVAL: Duration = Duration::from_secs(2);

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
