//! The ledger at 1,000, 10,000 and 100,000 reports with three entries each: opening, the whole snapshot, one act, a delta of
//! 100 entries, one item's history, the change token, another day, importing; a snapshot written and read as it goes over HTTP.
//!
//! `cargo bench --bench ledger`; the budgets are in CONTRIBUTING.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, OnceLock},
};

use divan::{Bencher, black_box, counter::BytesCount};
use jiff::{SignedDuration, Timestamp, civil::date};
use tiendo::{
    domain::{
        answer::Filter,
        entry::{Channel, Entry, Verb},
        id::{ActorId, EntryId, ItemId, PlanId},
        plan::Plan,
        snapshot::Snapshot,
    },
    ledger::{Ledger, sqlite::SqliteLedger},
    wire::{Received, Sent},
};
use tokio::runtime::Runtime;
use uuid::Uuid;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// A plan of `reports` reports: ten duties with ten periods each, owed by a hundredth as many agencies.
fn plan(reports: usize) -> Plan {
    let agency = |number| serde_json::json!({"id": format!("a{number}"), "kind": "district", "reports": true});
    let period = |number: usize| serde_json::json!({"period": format!("2023-M{:02}", number + 1), "due": format!("2023-{:02}-19", number + 1)});
    let periods: Vec<_> = (0..10).map(period).collect();
    let duty = |number| serde_json::json!({"id": format!("R{number}"), "owes": ["all"], "periods": periods});
    serde_json::from_value(serde_json::json!({
        "format": "tiendo-plan/1", "id": "large", "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "sample": true,
        "agencies": (0..reports / 100).map(agency).collect::<Vec<_>>(),
        "duties": (0..10).map(duty).collect::<Vec<_>>(),
    }))
    .unwrap()
}

/// Three entries on each report: reminded of, acknowledged or extended, received.
fn journal(plan: &Plan) -> Vec<Entry> {
    let beginning: Timestamp = "2023-01-05T01:00:00Z".parse().unwrap();
    let items = Snapshot::new(plan.clone().into()).items;
    let mut entries = Vec::with_capacity(items.len() * 3);
    for (round, step) in [Verb::Remind, Verb::Extend, Verb::Receive].into_iter().enumerate() {
        for (number, item) in items.iter().enumerate() {
            let verb = if step == Verb::Extend && number % 3 > 0 { Verb::Acknowledge } else { step.clone() };
            let at = beginning + SignedDuration::from_mins(entries.len() as i64);
            let on = date(2023, 1 + (round as i8) * 4, 1 + (number % 28) as i8);
            entries.push(said(entries.len(), item.id.clone(), verb, on, at));
        }
    }
    entries
}

fn said(number: usize, item: ItemId, verb: Verb, on: jiff::civil::Date, at: Timestamp) -> Entry {
    let id = EntryId(Uuid::from_u128(0x0191_0000_0000_7000_8000_0000_0000_0000 + number as u128));
    let mut entry = Entry { by: Some("dieu-phoi-1".into()), ..Entry::new(id, item, verb.clone(), on, at) };
    if verb == Verb::Remind {
        (entry.level, entry.channel) = (Some(1), Some(Channel::Letter));
    } else if verb == Verb::Extend {
        entry.until = Some(date(2023, 12, 20));
        entry.reason = Some("chờ số liệu của cấp xã".into());
        entry.document = Some("112/LĐTBXH-BĐG".into());
    } else if verb == Verb::Receive {
        entry.document = Some(format!("{number}/BC-UBND").into());
    }
    entry
}

/// A runtime, and one file of each size, made once.
struct Stage {
    runtime: Runtime,
    directory: tempfile::TempDir,
    made: Mutex<HashMap<usize, PathBuf>>,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| Stage {
        runtime: Runtime::new().unwrap(),
        directory: tempfile::tempdir().unwrap(),
        made: Mutex::default(),
    })
}

impl Stage {
    fn file(&self, reports: usize) -> PathBuf {
        let mut made = self.made.lock().unwrap();
        let path = made.entry(reports).or_insert_with(|| {
            let path = self.directory.path().join(format!("{reports}.db"));
            let plan = plan(reports);
            let journal = journal(&plan);
            self.runtime.block_on(async {
                let ledger = SqliteLedger::open(&path).await.unwrap();
                ledger.lay_down(plan, &me(), Timestamp::UNIX_EPOCH, EntryId(Uuid::now_v7())).await.unwrap();
                ledger.import(&large(), journal).await.unwrap();
            });
            path
        });
        path.clone()
    }

    fn ledger(&self, reports: usize) -> SqliteLedger {
        self.runtime.block_on(SqliteLedger::open(&self.file(reports))).unwrap()
    }
}

fn large() -> PlanId {
    "large".into()
}

fn me() -> ActorId {
    "me".into()
}

fn note() -> Entry {
    let on = date(2023, 11, 20);
    let entry =
        Entry::new(EntryId(Uuid::now_v7()), "report:R0/2023-M01/a0".into(), Verb::Note, on, Timestamp::UNIX_EPOCH);
    Entry { note: Some("hẹn nộp 14/7".into()), ..entry }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn open_and_snapshot(bencher: Bencher<'_, '_>, reports: usize) {
    let stage = stage();
    let file = stage.file(reports);
    bencher.bench_local(|| {
        stage.runtime.block_on(async {
            let ledger = SqliteLedger::open(&file).await.unwrap();
            let snapshot = ledger.snapshot(&large()).await.unwrap();
            assert_eq!(snapshot.items.len(), reports);
            snapshot
        })
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn snapshot(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    bencher.bench_local(|| stage.runtime.block_on(ledger.snapshot(&large())).unwrap());
}

/// What building the bare plan takes of the above.
#[divan::bench(args = SIZES, sample_count = 20)]
fn bare_plan(bencher: Bencher<'_, '_>, reports: usize) {
    let plan = std::sync::Arc::new(plan(reports));
    bencher.bench_local(|| Snapshot::new(black_box(&plan).clone()));
}

#[divan::bench(args = SIZES, sample_count = 200)]
fn append_one(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    bencher.with_inputs(|| [note()]).bench_local_values(|entry| {
        stage.runtime.block_on(ledger.append(&large(), &entry, &me(), Timestamp::UNIX_EPOCH))
    });
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn delta_of_100(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    let seq = stage.runtime.block_on(ledger.plans()).unwrap()[0].seq;
    bencher.bench_local(|| stage.runtime.block_on(ledger.delta(&large(), seq - 100)).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn history_of_an_item(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    let filter = Filter { item: Some("report:R5/2023-M05/a7".into()), limit: Some(200), ..Filter::default() };
    bencher.bench_local(|| stage.runtime.block_on(ledger.entries(&large(), &filter)).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 200)]
fn version(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    bencher.bench_local(|| stage.runtime.block_on(ledger.version()).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn another_day(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    bencher.bench_local(|| stage.runtime.block_on(ledger.at(&large(), Timestamp::MAX)).unwrap());
}

/// How every item stood at the end of each week of the year: the journal replayed once.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn weeks_gone_by(bencher: Bencher<'_, '_>, reports: usize) {
    let (stage, ledger) = (stage(), stage().ledger(reports));
    bencher.bench_local(|| stage.runtime.block_on(ledger.past(&large(), date(2023, 12, 31))).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>, reports: usize) {
    let stage = stage();
    let plan = plan(reports);
    let made = || {
        let directory = tempfile::tempdir().unwrap();
        let ledger = stage.runtime.block_on(async {
            let ledger = SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap();
            ledger.lay_down(plan.clone(), &me(), Timestamp::UNIX_EPOCH, EntryId(Uuid::now_v7())).await.unwrap();
            ledger
        });
        (directory, ledger, journal(&plan))
    };
    bencher.with_inputs(made).bench_local_values(|(directory, ledger, journal)| {
        stage.runtime.block_on(ledger.import(&large(), journal)).unwrap();
        (directory, ledger)
    });
}

/// A snapshot as it goes over HTTP.
fn spoken(reports: usize) -> Vec<u8> {
    let stage = stage();
    let snapshot = stage.runtime.block_on(stage.ledger(reports).snapshot(&large())).unwrap();
    serde_json::to_vec(&Sent { snapshot: &snapshot, last: None, plan_tag: Some("1") }).unwrap()
}

/// The bytes alone: what reading a snapshot is measured by.
#[divan::bench(args = SIZES, sample_count = 20)]
fn the_bytes_of_a_snapshot(bencher: Bencher<'_, '_>, reports: usize) {
    let bytes = spoken(reports);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| {
        let read: Lines<'_> = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read.items.len(), reports);
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn read_a_snapshot(bencher: Bencher<'_, '_>, reports: usize) {
    let bytes = spoken(reports);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| {
        let read: Received = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read.snapshot.items.len(), reports);
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn write_a_snapshot(bencher: Bencher<'_, '_>, reports: usize) {
    let stage = stage();
    let snapshot = stage.runtime.block_on(stage.ledger(reports).snapshot(&large())).unwrap();
    bencher.bench_local(|| serde_json::to_vec(&Sent { snapshot: &snapshot, last: None, plan_tag: Some("1") }).unwrap());
}

/// Rows as a client without any rules would read them.
#[derive(serde::Deserialize)]
struct Lines<'a> {
    #[serde(borrow)]
    items: Vec<PlainLine<'a>>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "they are only read")]
struct PlainLine<'a> {
    id: &'a str,
    base: Option<&'a str>,
    due: Option<&'a str>,
    handed_in: Option<&'a str>,
    document: Option<String>,
    last: Option<&'a str>,
    last_reminded: Option<&'a str>,
    reminders: Option<u16>,
}
