//! The sources: what any of them must do (`common/contract.rs`), with and without what the program puts before them; and of the
//! embedded one when it says that something changed and what that costs. A real Redmine does it in `redmine.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/contract.rs"]
mod contract;
#[path = "common/counted.rs"]
mod counted;
#[path = "common/record.rs"]
mod record;
#[path = "common/served.rs"]
mod served;
#[path = "common/tracker.rs"]
mod tracker;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use contract::Place;
use counted::Counted;
use futures::{FutureExt, StreamExt, stream::BoxStream};
use jiff::{Timestamp, tz::TimeZone};
use record::*;
use served::{Served, TOO_LONG};
use tiendo::domain::{
    access::Role,
    answer::{Admission, Fetched, Filter},
    entry::Verb,
    failure::Failure,
    item::Kind,
    sentence::Sentence,
    snapshot::Snapshot,
    text::Text,
    title::Title,
};
use tiendo::ledger::{Ledger, memory::MemoryLedger, sqlite::SqliteLedger};
use tiendo::runtime::{
    cached::Cached, calendars::Calendars, copied::Copied, history, laid_over, recorder::Place as KeptDays,
};
use tiendo::secret::Secret;
use tiendo::sources::{
    Kind as SourceKind, Source, SourceSettings,
    calendar::{self, Calendar, CalendarSettings},
    embedded::Embedded,
    http::{Http, HttpSettings, TokenFrom},
    open,
    redmine::{RedmineOptions, RedmineSettings},
    sheet::{Sheet, SheetSettings, mapping::Mapping, understand},
};
use tiendo::store::{cache::Cache, history::Address};
use tokio::time::{Instant, timeout};
use tracker::{Tracker, issue};

contract! {
    a_ledger_in_memory: super::in_memory,
    a_ledger_in_a_file: super::in_a_file,
    a_ledger_in_a_file_with_a_calendar: super::in_a_file_with_a_calendar,
    a_shared_ledger: super::shared,
    a_shared_ledger_that_is_remembered: super::remembered,
    a_shared_ledger_that_may_only_be_read: super::only_read,
    a_shared_ledger_with_a_calendar: super::shared_with_a_calendar,
    a_workbook: super::workbook,
    a_workbook_with_a_calendar: super::workbook_with_a_calendar,
    a_redmine_project: super::redmine,
    a_redmine_project_whose_days_are_kept: super::redmine_with_its_days,
    a_redmine_project_with_all_that_stands_before_it: super::redmine_as_it_is_opened,
}

#[test]
fn every_kind_of_source_has_its_lines_with_and_without_a_calendar() {
    // A kind that is added does not compile before it has its lines here.
    let lines = |kind: SourceKind| match kind {
        SourceKind::Embedded => ["a_ledger_in_a_file", "a_ledger_in_a_file_with_a_calendar"],
        SourceKind::Http => ["a_shared_ledger", "a_shared_ledger_with_a_calendar"],
        SourceKind::Sheet => ["a_workbook", "a_workbook_with_a_calendar"],
        SourceKind::Redmine => ["a_redmine_project", "a_redmine_project_with_all_that_stands_before_it"],
    };
    for word in ["embedded", "http", "sheet", "redmine"] {
        let kind: SourceKind = serde_json::from_value(word.into()).unwrap();
        for line in lines(kind) {
            assert!(include_str!("sources.rs").contains(&format!("    {line}: super::")), "{line}");
        }
    }
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
    Place {
        source: Arc::new(source),
        another: Arc::new(another),
        task: TASK.into(),
        report: REPORT.into(),
        change: Box::new(change),
        truth: Some(Box::new(tell)),
        knows_ids: true,
        clock: Timestamp::now,
        keeps: Vec::new(),
    }
}

/// The same place with a shared calendar laid over its plan.
fn with_a_calendar(place: Place) -> Place {
    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tiendo//test//VI\r\nBEGIN:VEVENT\r\nUID:gb\r\n\
        DTSTAMP:20230101T000000Z\r\nSUMMARY:Giao ban\r\nDTSTART;VALUE=DATE:20230502\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lich.ics");
    fs::write(&file, CALENDAR).unwrap();
    let address = file.display().to_string();
    let settings = CalendarSettings { address, token: TokenFrom::Nowhere, ca_file: None, language: "vi" };
    let calendars = Calendars::watch(vec![(Calendar::new(settings, None).unwrap(), None)], SHORT);
    let titles = |sentence: &Sentence| Title::Plain(sentence.to_string().as_str().into());
    let Place { source, truth, clock, mut keeps, .. } = place;
    let laid = laid_over::before(source, calendars, Arc::new(titles), Arc::new(clock), TOO_LONG);
    // What is true of it is laid over what is true of the plan by itself.
    let tell = move || {
        let told = truth.as_ref().map(|tell| tell()).unwrap();
        async move {
            let told = told.await;
            let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
            let today = zone.to_datetime(clock()).date();
            let plan = Arc::clone(&told.outline.plan);
            let reading = calendar::Reading { plan: &plan, zone, today, titles: &titles };
            let (borrowed, said) = calendar::read([(&Text::new("lich.ics"), CALENDAR.as_bytes())], &reading);
            assert!(said.is_empty() && borrowed.campaigns.len() == 1 && borrowed.campaigns[0].milestones.len() == 6);
            told.with_borrowed(&borrowed)
        }
        .boxed()
    };
    keeps.push(Box::new(folder));
    Place { source: laid, truth: Some(Box::new(tell)), keeps, ..place }
}

fn embedded(ledger: &Arc<dyn Ledger>) -> Embedded {
    Embedded::new(Arc::clone(ledger), plan_id(), me(), SHORT)
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

async fn in_a_file_with_a_calendar() -> Place {
    with_a_calendar(in_a_file().await)
}

async fn shared_with_a_calendar() -> Place {
    with_a_calendar(remembered().await)
}

/// Somebody's workbook: how far its task has come is all that is changed in it. No two of its states have the same time.
fn write_book(path: &Path, progress: u128) {
    let percent = if progress == 0 { String::new() } else { progress.to_string() };
    let rows = format!(
        r#"{{"Nhiệm vụ": [
            {{"Mã": "N1", "Nội dung nhiệm vụ": "Rà soát quy hoạch", "Cơ quan chủ trì": "Sở Nội vụ",
              "Thời hạn": "10/5/2023", "Tiến độ (%)": "{percent}"}},
            {{"Mã": "N2", "Nội dung nhiệm vụ": "Tập huấn", "Cơ quan chủ trì": "Sở Tư pháp", "Thời hạn": "10/6/2023"}}],
           "Báo cáo": [
            {{"Tên báo cáo": "Báo cáo tiến độ", "Cơ quan": "Sở Nội vụ", "Kỳ báo cáo": "Quý II/2023",
              "Hạn nộp": "20/6/2023"}}]}}"#
    );
    let beside = path.with_extension("new");
    fs::write(&beside, rows).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_683_500_000 + u64::try_from(progress).unwrap());
    File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
    fs::rename(&beside, path).unwrap();
}

async fn workbook() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let (path, data) = (folder.path().join("ke-hoach.json"), folder.path().join("data"));
    write_book(&path, 0);
    let open = async |path: PathBuf| {
        let settings = SheetSettings {
            name: "phong".into(),
            path,
            url: String::new(),
            interval: SHORT,
            understand: understand(Mapping::default()),
            clock: Arc::new(|| minute(10)),
        };
        Sheet::open(settings, &data, me()).await.unwrap()
    };
    let source = open(path.clone()).await;
    let Fetched::Whole(first) = source.fetch(None).await.unwrap() else { panic!("everything was asked for") };
    let another = open(path.clone()).await;
    another.fetch(None).await.unwrap();
    let of = |kind: Kind| first.items.iter().find(|item| item.kind() == kind).unwrap().id.clone();
    let (task, report, plan) = (of(Kind::Task), of(Kind::Report), source.plan().unwrap());
    let ledger = Arc::new(SqliteLedger::open(&source.ledger()).await.unwrap());
    let tell = move || {
        let (ledger, plan) = (Arc::clone(&ledger), plan.clone());
        async move { ledger.snapshot(&plan).await.unwrap() }.boxed()
    };
    let change = move |number: u128| {
        write_book(&path, number % 100);
        futures::future::ready(()).boxed()
    };
    Place {
        source: Arc::new(source),
        another: Arc::new(another),
        task,
        report,
        change: Box::new(change),
        truth: Some(Box::new(tell)),
        knows_ids: true,
        clock: Timestamp::now,
        keeps: vec![Box::new(folder)],
    }
}

async fn workbook_with_a_calendar() -> Place {
    with_a_calendar(workbook().await)
}

/// What it says once there is nothing more to be said.
async fn settled(source: &dyn Source) -> Snapshot {
    let Fetched::Whole(mut seen) = source.fetch(None).await.unwrap() else { panic!("everything was asked for") };
    while let Fetched::Whole(more) = source.fetch(Some(seen.cursor)).await.unwrap() {
        seen = more;
    }
    *seen
}

async fn redmine() -> Place {
    let issues = [(1, 4, 2), (2, 4, 4), (3, 5, 2), (4, 5, 4)].map(|(id, tracker, project)| {
        let mut issue = issue(id, tracker, project, Some("2023-05-10"));
        issue["start_date"] = "2023-01-02".into();
        issue
    });
    let tracker = Arc::new(Tracker::with(issues.to_vec()).await);
    let open = |url: &str| {
        let options = RedmineOptions::default();
        tracker::source(RedmineSettings { interval: SHORT, options, ..tracker::settings(url) })
    };
    let (source, another, theirs) = (open(&tracker.url), open(&tracker.url), Arc::clone(&tracker));
    let change = move |number: u128| {
        theirs.change(1, "Sở Tài chính", serde_json::json!({"done_ratio": number % 100}));
        futures::future::ready(()).boxed()
    };
    // Told by one who has just come and reads everything, rather than what is new.
    let url = tracker.url.clone();
    let tell = move || {
        let fresh = open(&url);
        async move { settled(&fresh).await }.boxed()
    };
    Place {
        source: Arc::new(source),
        another: Arc::new(another),
        task: "task:#1".into(),
        report: "report:BCGN-2026-M11/2026-M11/so-tai-chinh".into(),
        change: Box::new(change),
        truth: Some(Box::new(tell)),
        knows_ids: false,
        clock: || minute(100),
        keeps: Vec::new(),
    }
}

/// With what is kept of its days here before it.
fn with_its_days(place: Place) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let origin = place.source.origin().unwrap();
    let address = Address { source: origin.address, plan: origin.plan };
    let path = folder.path().join("history.db");
    let kept = KeptDays { path, address, days: 30, clock: Arc::new(place.clock) };
    let (source, recorder) = history::before(Arc::clone(&place.source), kept);
    let mut keeps = place.keeps;
    keeps.extend([Box::new(recorder.unwrap()) as Box<dyn std::any::Any>, Box::new(folder)]);
    Place { source, keeps, ..place }
}

async fn redmine_with_its_days() -> Place {
    with_its_days(redmine().await)
}

async fn redmine_as_it_is_opened() -> Place {
    let (place, folder) = (redmine().await, tempfile::tempdir().unwrap());
    let cache = Cache::new(folder.path(), "https://redmine.example", None, None);
    let source = Arc::new(Copied::new(Arc::clone(&place.source), "ke-hoach".into(), cache, Arc::new(place.clock)));
    let mut place = with_a_calendar(with_its_days(Place { source, ..place }));
    place.keeps.push(Box::new(folder));
    place
}

const INTERVAL: Duration = Duration::from_secs(2);
const SHORT: Duration = Duration::from_millis(5);

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
