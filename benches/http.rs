//! A full load over loopback at 100,000 reports, by the http source, against fetching and reading the same bytes with serde_json;
//! and a poll with nothing new. `cargo bench --bench http`; the budget is in CONTRIBUTING.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::{
    io::Read as _,
    sync::{Arc, OnceLock},
};

use divan::{Bencher, black_box};
use flate2::read::GzDecoder;
use jiff::{Timestamp, civil::date};
use serde::Deserialize;
use tiendo::{
    domain::{
        answer::Fetched,
        entry::{Entry, Verb},
        id::{EntryId, PlanId},
        plan::Plan,
        snapshot::Snapshot,
        text::Text,
    },
    ledger::{Ledger, memory::MemoryLedger},
    server::{ServeSettings, Settings, serve},
    sources::{
        Source,
        http::{Http, HttpSettings, TokenFrom},
    },
    wire::{Counts, Line},
    words::LANGUAGES,
};
use tokio::{net::TcpListener, runtime::Runtime};
use uuid::Uuid;

const REPORTS: usize = 100_000;

fn main() {
    divan::main();
}

/// Ten duties with ten periods each, owed by a hundredth as many agencies.
fn plan() -> Plan {
    let agency = |number| serde_json::json!({"id": format!("a{number}"), "kind": "district", "reports": true});
    let period = |number: usize| serde_json::json!({"period": format!("2023-M{:02}", number + 1), "due": format!("2023-{:02}-19", number + 1)});
    let periods: Vec<_> = (0..10).map(period).collect();
    let duty = |number| serde_json::json!({"id": format!("R{number}"), "owes": ["all"], "periods": periods});
    serde_json::from_value(serde_json::json!({
        "format": "tiendo-plan/1", "id": "large", "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "sample": true,
        "agencies": (0..REPORTS / 100).map(agency).collect::<Vec<_>>(),
        "duties": (0..10).map(duty).collect::<Vec<_>>(),
    }))
    .unwrap()
}

/// A letter, an extension and a receipt on each.
fn journal(plan: &Plan) -> Vec<Entry> {
    let items = Snapshot::new(plan.clone().into()).items;
    let verbs = [Verb::Remind, Verb::Extend, Verb::Receive];
    let each = verbs.iter().flat_map(|verb| items.iter().map(move |item| (verb, item)));
    let said = |(number, (verb, item)): (usize, (&Verb, &tiendo::domain::item::Item))| Entry {
        by: Some("dieu-phoi-1".into()),
        level: Some(1),
        until: Some(date(2023, 12, 20)),
        document: Some(format!("{number}/BC-UBND").into()),
        reason: Some("chờ số liệu của cấp xã".into()),
        ..Entry::new(EntryId(Uuid::now_v7()), item.id.clone(), verb.clone(), date(2023, 5, 8), Timestamp::UNIX_EPOCH)
    };
    each.enumerate().map(said).collect()
}

struct Stage {
    runtime: Runtime,
    url: String,
    client: reqwest::Client,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        rustls::crypto::ring::default_provider().install_default().unwrap();
        let runtime = Runtime::new().unwrap();
        let url = runtime.block_on(async {
            let ledger = MemoryLedger::new();
            let plan = plan();
            let journal = journal(&plan);
            ledger.lay_down(plan, &"me".into(), Timestamp::UNIX_EPOCH, EntryId(Uuid::now_v7())).await.unwrap();
            ledger.import(&large(), journal).await.unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let limits = ServeSettings { per_minute: 1_000_000, ..ServeSettings::default() };
            let settings = Settings { limits, me: Some("me".into()), language: &LANGUAGES[0] };
            tokio::spawn(serve(listener, Arc::new(ledger), settings, std::future::pending()));
            url
        });
        let client = reqwest::Client::builder().no_proxy().gzip(false).build().unwrap();
        let stage = Stage { runtime, url, client };
        // The server writes it once for all who come.
        stage.runtime.block_on(load(&stage));
        stage
    })
}

fn large() -> PlanId {
    "large".into()
}

fn source(stage: &Stage) -> Http {
    let settings = HttpSettings {
        name: "x".into(),
        url: stage.url.clone(),
        token: TokenFrom::Nowhere,
        ca_file: None,
        language: "vi",
    };
    Http::new(settings, None, large()).unwrap()
}

async fn load(stage: &Stage) -> Box<Snapshot> {
    let Fetched::Whole(snapshot) = source(stage).fetch(None).await.unwrap() else { panic!("the whole") };
    snapshot
}

/// What the body says, and no more made of it.
#[derive(Deserialize)]
struct Plain {
    format: Text,
    cursor: u64,
    count: Counts,
    plan: Plan,
    items: Vec<Line>,
}

#[divan::bench(sample_count = 20)]
fn full_load(bencher: Bencher<'_, '_>) {
    let stage = stage();
    bencher.bench_local(|| black_box(stage.runtime.block_on(load(stage))));
}

#[divan::bench(sample_count = 20)]
fn the_same_bytes_with_serde_json(bencher: Bencher<'_, '_>) {
    let stage = stage();
    bencher.bench_local(|| {
        let bytes = stage.runtime.block_on(async {
            let asked = stage.client.get(format!("{}/v1/plans/large/snapshot", stage.url));
            asked.header("accept-encoding", "gzip").send().await.unwrap().bytes().await.unwrap()
        });
        let mut plain = Vec::new();
        GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
        black_box(serde_json::from_slice::<Plain>(&plain).unwrap())
    });
}

#[divan::bench]
fn nothing_new(bencher: Bencher<'_, '_>) {
    let stage = stage();
    let source = source(stage);
    let cursor = stage.runtime.block_on(async {
        let Fetched::Whole(snapshot) = source.fetch(None).await.unwrap() else { panic!("the whole") };
        snapshot.cursor
    });
    bencher.bench_local(|| stage.runtime.block_on(source.fetch(Some(cursor))).unwrap());
}
