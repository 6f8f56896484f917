//! The ledger in PostgreSQL where several write to it: nothing lost, nothing doubled, whoever dies in the middle; and several
//! servers over one database. Against a real one, passed over, aloud, where this machine has not got it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/machine.rs"]
mod machine;
#[path = "common/postgres.rs"]
mod postgres;
#[path = "common/record.rs"]
mod record;
#[path = "common/served.rs"]
mod served;
#[path = "common/skip.rs"]
mod skip;

use std::{
    collections::HashMap,
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use machine::Machine;
use postgres::{Cluster, ledger, shared};
use record::*;
use reqwest::{Method, StatusCode};
use served::*;
use sqlx::Connection as _;
use tiendo::{
    domain::{
        access::Role,
        answer::{Admission, Fetched},
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        snapshot::Snapshot,
    },
    ledger::{
        Ledger,
        postgres::{Address, PostgresLedger},
    },
    server::ServeSettings,
    wire::{Answers, Entries, Posting, ProblemKind},
};

const ITEMS: [&str; 4] = [TASK, REPORT, MILESTONE, "task:N2"];

/// Hands entries in until they are answered, as the outbox does.
async fn surely(ledger: &dyn Ledger, entry: &Entry) -> Admission {
    for _ in 0..1_000 {
        match ledger.append(&plan_id(), std::slice::from_ref(entry), &me(), entry.at).await {
            Ok(mut answers) => return answers.remove(0),
            Err(Failure::Offline(_)) => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(failure) => panic!("{failure}"),
        }
    }
    panic!("it was never answered");
}

/// Reads what is new, again and again: no reader ever passes a place that is filled later.
async fn follow(ledger: Arc<PostgresLedger>, end: Arc<AtomicBool>) -> u64 {
    let mut seen = ledger.snapshot(&plan_id()).await.unwrap();
    loop {
        let last = end.load(Ordering::SeqCst);
        match ledger.delta(&plan_id(), seen.cursor).await {
            Ok(Fetched::Unchanged) | Err(Failure::Offline(_)) => {}
            Ok(Fetched::Whole(whole)) => seen = *whole,
            Ok(Fetched::Entries(delta)) => {
                let places: Vec<u64> = delta.entries.iter().map(|entry| entry.seq).collect();
                assert!(places.iter().copied().eq(seen.cursor + 1..=delta.cursor), "{places:?} after {}", seen.cursor);
                seen.apply_delta(delta);
            }
            Err(failure) => panic!("{failure}"),
        }
        if last {
            let now = ledger.snapshot(&plan_id()).await.unwrap();
            assert_eq!(truth(&seen), truth(&now), "what was followed is what is true");
            return seen.cursor;
        }
        // The writers need the machine, too.
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}

/// `tasks` tasks over both ledgers hand in `each` entries, every one of them at both; `meanwhile` happens to them. Nothing is lost,
/// nothing doubled, no place left out.
async fn contest(ledgers: [Arc<PostgresLedger>; 2], tasks: u128, each: u128, meanwhile: impl Future<Output = ()>) {
    laid_down(ledgers[0].as_ref()).await;
    let end = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> =
        ledgers.iter().map(|ledger| tokio::spawn(follow(Arc::clone(ledger), Arc::clone(&end)))).collect();
    let writers: Vec<_> = (0..tasks * 2)
        .map(|task| {
            // Two tasks hand in the same.
            let (ledger, number) = (Arc::clone(&ledgers[usize::try_from(task % 2).unwrap()]), task / 2);
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for count in 0..each {
                    let id = 1 + number * each + count;
                    let item = ITEMS[usize::try_from(id).unwrap() % ITEMS.len()];
                    answers.push((id, surely(ledger.as_ref(), &full(id, item, Verb::Note)).await));
                }
                answers
            })
        })
        .collect();
    let writing = async {
        let mut answered: HashMap<u128, Vec<Admission>> = HashMap::new();
        for writer in writers {
            for (id, answer) in writer.await.unwrap() {
                answered.entry(id).or_default().push(answer);
            }
        }
        answered
    };
    let mut writing = Box::pin(writing);
    let answered = tokio::select! {
        answered = &mut writing => answered,
        () = meanwhile => writing.await,
    };
    end.store(true, Ordering::SeqCst);
    for reader in readers {
        assert_eq!(u128::from(reader.await.unwrap()), tasks * each + 1);
    }
    let journal = journal(ledgers[0].as_ref()).await;
    assert!(
        journal.iter().map(|entry| entry.seq).eq(1..=u64::try_from(tasks * each + 1).unwrap()),
        "no place is left out"
    );
    let places: HashMap<EntryId, u64> = journal.iter().map(|entry| (entry.id, entry.seq)).collect();
    assert_eq!(places.len(), journal.len(), "none is there twice");
    for (number, answers) in answered {
        let seq = places[&id(number)];
        assert_eq!(answers.len(), 2);
        // Where a commit was not answered, both are told that it came before.
        let of_it = |answer: &Admission| matches!(answer, Admission::Applied { seq: at } | Admission::Replayed { seq: at } if *at == seq);
        assert!(answers.iter().all(of_it), "{number}: {answers:?}");
        let applied = answers.iter().filter(|answer| matches!(answer, Admission::Applied { .. })).count();
        assert!(applied <= 1, "{number}: {answers:?}");
    }
    let replayed = Snapshot::replay(Arc::new(plan()), &journal);
    assert_eq!(truth(&replayed), truth(&snapshot(ledgers[1].as_ref()).await), "states are the fold of the journal");
}

async fn two(cluster: &Cluster) -> [Arc<PostgresLedger>; 2] {
    let url = cluster.database().await;
    let (one, other) = tokio::join!(ledger(&url), ledger(&url));
    [Arc::new(one), Arc::new(other)]
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_over_two_ledgers_lose_and_double_nothing() {
    let Some(cluster) = shared() else { return };
    contest(two(cluster).await, 6, 25, std::future::pending()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_cut_off_in_the_middle_loses_and_doubles_nothing() {
    // One of its own: everybody is cut off.
    let Some(cluster) = Cluster::start() else { return };
    let mut cut = 0;
    contest(two(&cluster).await, 4, 40, async {
        loop {
            tokio::time::sleep(Duration::from_millis(60)).await;
            cut += cluster.cut_off_everybody().await;
        }
    })
    .await;
    assert!(cut > 3, "{cut}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_database_is_told_as_offline_and_is_over_when_it_is_back() {
    let Some(cluster) = Cluster::start() else { return };
    let [one, other] = two(&cluster).await;
    laid_down(one.as_ref()).await;
    assert_eq!(append(one.as_ref(), full(1, TASK, Verb::Note)).await, Admission::Applied { seq: 2 });
    cluster.crash();
    let (plan, me, entries) = (plan_id(), me(), [full(2, TASK, Verb::Note)]);
    let (posted, read) = tokio::join!(one.append(&plan, &entries, &me, minute(2)), other.snapshot(&plan));
    assert!(matches!(&posted, Err(Failure::Offline(why)) if why.id == "store-unreached"), "{posted:?}");
    assert!(matches!(&read, Err(Failure::Offline(_))));
    cluster.start_again();
    assert_eq!(append(one.as_ref(), full(2, TASK, Verb::Note)).await, Admission::Applied { seq: 3 });
    assert_eq!(append(other.as_ref(), full(1, TASK, Verb::Note)).await, Admission::Replayed { seq: 2 });
    assert_eq!(snapshot(other.as_ref()).await.cursor, 3);
    // It listens again, too.
    let changed = other.changed();
    tokio::time::timeout(TOO_LONG, async {
        tokio::select! {
            () = changed => {}
            () = async {
                for number in 3.. {
                    surely(one.as_ref(), &full(number, TASK, Verb::Note)).await;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            } => {}
        }
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_no_writes_is_answered_with_503_and_used_again_when_it_does() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database().await;
    let name = url.rsplit('/').next().unwrap();
    let ledger = Arc::new(ledger(&url).await);
    laid_down(ledger.as_ref()).await;
    let served = Served::with(ledger, limits()).await;
    cluster.run(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    let everybody = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    cluster.run(&everybody).await;
    let refused = served.posting(&[full(1, TASK, Verb::Note)]).send().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    problem(refused, ProblemKind::Unreached).await;
    assert_eq!(served.get("/v1/plans/p/snapshot").send().await.unwrap().status(), StatusCode::OK, "it reads on");
    cluster.run(&format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    // What it was connected to still takes none; nobody is cut off.
    let answers = served.post(&[full(1, TASK, Verb::Note)]).await;
    assert_eq!(answers.results[0].admission, Admission::Applied { seq: 2 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_is_promoted_goes_on_with_everything_that_was_answered() {
    let Some(cluster) = Cluster::start() else { return };
    let database = cluster.database().await;
    laid_down(&ledger(&database).await).await;
    let url = cluster.with_standby(&database);
    let served = Served::with(Arc::new(ledger(&url).await), limits()).await;
    let acts: Vec<Entry> = (1..=20).map(|number| full(number, TASK, Verb::Note)).collect();
    for act in &acts {
        let answers = served.post(std::slice::from_ref(act)).await;
        assert!(matches!(answers.results[0].admission, Admission::Applied { .. }));
    }
    // The machine is gone; where the address leads is not yet one that takes writes.
    cluster.turn_to_the_standby();
    cluster.crash();
    let reads = async {
        while served.get("/v1/plans/p/snapshot").send().await.unwrap().status() != StatusCode::OK {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, reads).await.expect("it does not read on");
    let refused = served.posting(&[full(21, TASK, Verb::Note)]).send().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    problem(refused, ProblemKind::Unreached).await;
    cluster.promote_the_standby();
    let writes = async {
        loop {
            let response = served.posting(&[full(21, TASK, Verb::Note)]).send().await.unwrap();
            if response.status() == StatusCode::OK {
                return response.json::<tiendo::wire::Answers>().await.unwrap();
            }
        }
    };
    let answers = tokio::time::timeout(TOO_LONG, writes).await.expect("it does not write again");
    assert_eq!(answers.results[0].admission, Admission::Applied { seq: 22 });
    let again = served.post(&acts).await;
    let replayed = |(answer, seq): (&tiendo::wire::Answer, u64)| answer.admission == Admission::Replayed { seq };
    assert!(again.results.iter().zip(2..).all(replayed), "{again:?}");
    assert_eq!(served.ledger.snapshot(&plan_id()).await.unwrap().cursor, 22);
}

/// Nothing but news wakes the board.
fn deaf() -> ServeSettings {
    ServeSettings { look_ms: 3_600_000, ..limits() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_in_at_one_server_is_pushed_by_the_other() {
    let Some(cluster) = shared() else { return };
    let [one, other] = two(cluster).await;
    laid_down(one.as_ref()).await;
    let (one, mut other) = (Served::with(one, deaf()).await, Served::with(other, deaf()).await);
    let token = one.give("dieu-phoi-1", Role::Coordinator, None).await;
    other.token = Some(token.clone());
    let mut one = one;
    one.token = Some(token);
    let mut events = Events::of(other.get("/v1/plans/p/events")).await;
    assert_eq!(events.news().await, Some(1));
    one.post(&[full(1, TASK, Verb::Submit)]).await;
    assert_eq!(events.news().await, Some(2));
    let told: Entries = other.read("/v1/plans/p/journal?after=1").await;
    assert_eq!(told.entries[0].id, id(1));
    // A token revoked at one ends the streams of the other.
    assert!(one.ledger.revoke_token(&"dieu-phoi-1".into(), minute(9)).await.unwrap());
    assert_eq!(events.news().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_without_notify_is_asked_at_intervals() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database().await;
    let mut without = sqlx::PgConnection::connect(&url).await.unwrap();
    let renamed = "ALTER FUNCTION pg_catalog.pg_notify (text, text) RENAME TO pg_notify_is_not_here";
    sqlx::raw_sql(renamed).execute(&mut without).await.unwrap();
    let (one, other) = (ledger(&url).await, ledger(&url).await);
    laid_down(&one).await;
    let (one, other) = (Served::with(Arc::new(one), limits()).await, Served::with(Arc::new(other), limits()).await);
    let mut events = Events::of(other.get("/v1/plans/p/events")).await;
    assert_eq!(events.news().await, Some(1));
    one.post(&[full(1, TASK, Verb::Submit)]).await;
    assert_eq!(events.news().await, Some(2));
}

#[tokio::test]
async fn a_database_of_something_else_or_of_another_version_is_left_as_it_is() {
    let Some(cluster) = shared() else { return };
    let opened = async |url: &str| PostgresLedger::open(&url.parse::<Address>().unwrap()).await.map(drop);
    let refusal = async |url: &str| match opened(url).await {
        Err(Failure::Refused(why)) => why.id,
        other => panic!("{other:?}"),
    };
    let url = cluster.database().await;
    let mut past = sqlx::PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("CREATE TABLE plan (something TEXT)").execute(&mut past).await.unwrap();
    assert_eq!(refusal(&url).await, "store-foreign");
    sqlx::raw_sql("DROP TABLE plan").execute(&mut past).await.unwrap();
    opened(&url).await.unwrap();
    opened(&url).await.unwrap();
    sqlx::raw_sql("INSERT INTO step VALUES (99, 'later', '')").execute(&mut past).await.unwrap();
    assert_eq!(refusal(&url).await, "store-newer");
    sqlx::raw_sql("DELETE FROM step WHERE version = 99; UPDATE step SET checksum = 'x' WHERE version = 2")
        .execute(&mut past)
        .await
        .unwrap();
    assert_eq!(refusal(&url).await, "store-changed");
    cluster.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0").await;
    assert_eq!(refusal(&cluster.url("latin")).await, "store-encoding");
    let missing = opened(&cluster.url("none")).await;
    assert!(matches!(&missing, Err(Failure::Denied(why)) if why.id == "store-denied"), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_made_meanwhile_and_restored_is_the_ledger_at_one_moment() {
    let Some(cluster) = shared() else { return };
    let (url, folder) = (cluster.database().await, tempfile::tempdir().unwrap());
    let one = Arc::new(ledger(&url).await);
    laid_down(one.as_ref()).await;
    let end = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (one, end) = (Arc::clone(&one), Arc::clone(&end));
        async move {
            for number in (1..).take_while(|_| !end.load(Ordering::SeqCst)) {
                surely(one.as_ref(), &full(number, TASK, Verb::Note)).await;
            }
        }
    });
    let dump = folder.path().join("tiendo.dump");
    let (dump, name) = (dump.to_str().unwrap(), url.rsplit('/').next().unwrap());
    tokio::task::block_in_place(|| {
        cluster.program("pg_dump", &["--format=custom", "--no-owner", "--file", dump, name]);
        end.store(true, Ordering::SeqCst);
        cluster.program("createdb", &["--encoding=UTF8", "--template=template0", "restored"]);
        cluster.program("pg_restore", &["--exit-on-error", "--no-owner", "--dbname=restored", dump]);
    });
    writing.await.unwrap();
    let restored = ledger(&cluster.url("restored")).await;
    let entries = journal(&restored).await;
    assert!(journal(one.as_ref()).await.starts_with(&entries));
    assert_eq!(truth(&Snapshot::replay(Arc::new(plan()), &entries)), truth(&snapshot(&restored).await));
    let next = surely(&restored, &full(900_000, TASK, Verb::Note)).await;
    assert_eq!(next, Admission::Applied { seq: entries.len() as u64 + 1 });
    let mut second = plan();
    second.id = "q".into();
    restored.lay_down(second, &me(), minute(1), id(900_001)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_open_an_empty_database_at_once_make_its_tables_once() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database().await;
    let opening: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { ledger(&url).await.plans().await.unwrap() })
        })
        .collect();
    for opened in opening {
        assert_eq!(opened.await.unwrap(), []);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn two_real_servers_share_a_database_and_one_goes_on_when_the_other_is_killed() {
    let Some(cluster) = shared() else { return };
    let (url, machine) = (cluster.database().await, Machine::new());
    let mut plan = std::fs::read_to_string(machine.home.path().join("plan.toml")).unwrap();
    plan += "[[tasks]]\nid = \"N1\"\nlead = \"ldtbxh\"\n";
    std::fs::write(machine.home.path().join("plan.toml"), plan).unwrap();
    let store = ["--store", url.as_str()];
    let (code, _, err) = machine.run(&["import", "plan.toml", "--yes", store[0], store[1]]);
    assert_eq!(code, 0, "{err}");
    let (code, token, err) = machine.run(&["token", "add", "dieu-phoi-1", "--role", "coordinator", store[0], store[1]]);
    assert_eq!(code, 0, "{err}");
    // Nobody reads what they log.
    let (mut one, first, _) = machine.serve_with(&store, &[]);
    let (_other, second, _) = machine.serve_with(&store, &[]);
    let client = client();
    let ask = |method: Method, url: &str, path: &str| {
        client.request(method, format!("{url}{path}")).bearer_auth(token.trim())
    };
    let post = async |url: &str, number: u128| {
        let entries = vec![Entry { note: Some("hẹn nộp 14/7".into()), ..entry(number, TASK, Verb::Note) }];
        let response = ask(Method::POST, url, "/v1/plans/p/journal").json(&Posting { entries }).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.json::<Answers>().await.unwrap().results.remove(0).admission
    };
    let mut events = Events::of(ask(Method::GET, &second, "/v1/plans/p/events")).await;
    let begun = events.news().await.unwrap();
    let Admission::Applied { seq } = post(&first, 1).await else { panic!("it was not taken in") };
    assert_eq!((seq, events.news().await), (begun + 1, Some(begun + 1)));
    one.0.kill().unwrap();
    assert_eq!(post(&second, 1).await, Admission::Replayed { seq });
    assert_eq!(post(&second, 2).await, Admission::Applied { seq: seq + 1 });
    let (_again, third, _) = machine.serve_with(&store, &[]);
    assert_eq!(post(&third, 2).await, Admission::Replayed { seq: seq + 1 });
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_password_comes_from_a_command_a_variable_or_the_url_and_is_in_no_log() {
    let Some(cluster) = shared() else { return };
    let (url, machine) = (cluster.database().await, Machine::new());
    let secret = "chim-hoang-yen";
    let name = url.rsplit('/').next().unwrap();
    cluster.run(&format!("CREATE USER guarded PASSWORD '{secret}'; ALTER DATABASE {name} OWNER TO guarded")).await;
    let guarded = url.replace("tiendo@", "guarded@");
    let config = machine.home.path().join("tiendo.toml");
    std::fs::write(&config, format!("[serve]\nstore = \"{guarded}\"\nstore_password_command = \"echo {secret}\"\n"))
        .unwrap();
    let config = config.to_str().unwrap();
    let (code, _, err) = machine.run(&["token", "list", "--config", config]);
    assert_eq!(code, 0, "{err}");
    let in_the_url = url.replace("tiendo@", &format!("guarded:{secret}@"));
    let loud = [("RUST_LOG", "trace")];
    let (mut child, _, mut said) = machine.serve_with(&["--store", &in_the_url], &loud);
    child.0.kill().unwrap();
    let mut log = String::new();
    said.read_to_string(&mut log).unwrap();
    assert!(!log.contains(secret), "{log}");
    drop(machine.serve_with(&["--store", &guarded], &[("PGPASSWORD", secret)]));
    let wrong = url.replace("tiendo@", "guarded:wrong-canary@");
    for lang in ["en", "vi"] {
        let (code, _, err) = machine.run(&["token", "list", "--store", &wrong, "--lang", lang]);
        assert!(code == 4 && err.contains("guarded@") && !err.contains("canary"), "{code} {err}");
    }
}
