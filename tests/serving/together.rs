//! Several work on one shared ledger: killed at any moment, server or client, nothing is lost that was said to be done or queued,
//! nothing is done twice, and all see the same in the end.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Arc,
    thread::park_timeout,
    time::Duration,
};

use crate::{
    picture::{Appearance, lines},
    record::*,
    seat::Seat,
    served::{Served, limits},
};
use serde_json::Value;
use tiendo::{
    app::sync::Chance,
    domain::access::Role,
    ledger::{Shared, sqlite::SqliteLedger},
};

struct Office {
    folder: tempfile::TempDir,
    address: SocketAddr,
    server: Option<Child>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.kill_server();
    }
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let office = Office { folder, address, server: None };
        for name in ["server", "a", "b"] {
            let data = office.path(name);
            std::fs::create_dir(&data).unwrap();
            let mut config = format!("data_dir = {data:?}\nme = \"{name}\"\nlanguage = \"en\"\n");
            if name != "server" {
                config +=
                    &format!("[[source]]\nname = \"x\"\nkind = \"http\"\nurl = \"http://{address}\"\nplan = \"p\"\n");
            }
            std::fs::write(office.config(name), config).unwrap();
        }
        office.record(async |ledger| laid_down(ledger).await);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn config(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.toml"))
    }

    fn record<T>(&self, work: impl AsyncFnOnce(&SqliteLedger) -> T) -> T {
        let path: &Path = &self.path("server").join("ledger.db");
        let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio.block_on(async { work(&SqliteLedger::open(path).await.unwrap()).await })
    }

    fn tiendo(&self, who: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(arguments).env_clear().env("TIENDO_CONFIG", self.config(who));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    fn start_server(&mut self) {
        if self.server.is_some() {
            return;
        }
        let listen = self.address.to_string();
        self.server = Some(self.tiendo("server", &["serve", "--listen", &listen]).spawn().unwrap());
        for _ in 0..1_000 {
            if TcpStream::connect(self.address).is_ok() {
                return;
            }
            // It starts in its own time.
            park_timeout(Duration::from_millis(10));
        }
        panic!("the server does not listen");
    }

    fn kill_server(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    fn note(&self, who: &str, note: &str) -> Child {
        self.tiendo(who, &["act", "note", TASK, "--note", note]).spawn().unwrap()
    }

    fn shown(&self, who: &str, what: &[&str]) -> Value {
        let Output { status, stdout, .. } = self.tiendo(who, what).output().unwrap();
        assert!(status.success(), "{status}");
        serde_json::from_slice(&stdout).unwrap()
    }
}

fn seed() -> u64 {
    let seed = std::env::var("TIENDO_SEED");
    let seed = seed.map_or_else(|_| uuid::Uuid::now_v7().as_u64_pair().1, |seed| seed.parse().unwrap());
    println!("TIENDO_SEED={seed}");
    seed
}

fn rounds(count: u64) {
    let seed = seed();
    let mut chance = Chance(seed);
    let mut office = Office::new();
    let mut said = Vec::new();
    let (mut done, mut queued, mut killed) = (0, 0, 0);
    for round in 0..count {
        if chance.below(4) > 0 {
            office.start_server();
        }
        let mut acting: Vec<(String, Child)> = ["a", "b"]
            .into_iter()
            .map(|who| (format!("{who}{round}"), office.note(who, &format!("{who}{round}"))))
            .collect();
        // The moment of the kill is what is tried here: it has to be a moment of the real clock.
        park_timeout(Duration::from_millis(chance.below(400)));
        match round % 3 {
            0 => office.kill_server(),
            1 => {
                let (_, child) = &mut acting[usize::try_from(chance.below(2)).unwrap()];
                child.kill().unwrap();
            }
            _ => {}
        }
        for (note, mut child) in acting {
            match child.wait().unwrap().code() {
                Some(0) => done += 1,
                Some(5) => queued += 1,
                None => {
                    killed += 1;
                    continue;
                }
                // Without anything remembered, a client that finds no server can do nothing, and says so.
                Some(3) if !office.path(&note[..1]).join("cache").is_dir() => continue,
                Some(other) => panic!("seed {seed}, {note}: {other}"),
            }
            said.push(note);
        }
    }
    office.start_server();
    // Whoever acts next sends what waits; what was being sent when its sender was killed waits for the end of its lease.
    for who in ["a", "b"] {
        for tries in 0.. {
            let note = format!("{who}-end{tries}");
            let code = office.note(who, &note).wait().unwrap().code();
            assert!(matches!(code, Some(0 | 5)), "{code:?}");
            said.push(note);
            let checked = office.tiendo(who, &["check"]).output().unwrap();
            if String::from_utf8(checked.stdout).unwrap().contains("nothing waits to be sent") {
                break;
            }
            assert!(tries < 60, "seed {seed}: it waits for ever");
            park_timeout(Duration::from_millis(500));
        }
    }
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    office.record(async |ledger| {
        for entry in journal(ledger).await {
            *counted.entry(entry.note.map(|note| note.to_string()).unwrap_or_default()).or_default() += 1;
        }
    });
    counted.remove("");
    let lost: Vec<&String> = said.iter().filter(|note| !counted.contains_key(*note)).collect();
    let doubled: Vec<_> = counted.iter().filter(|(_, count)| **count > 1).collect();
    println!("{count} rounds: {done} done, {queued} queued, {killed} killed; {} in the journal", counted.len());
    assert!(lost.is_empty() && doubled.is_empty(), "seed {seed}: lost {lost:?}, doubled {doubled:?}");
    assert!(done > 0 && queued + killed > 0);
    for what in [&["tasks", "--format", "json"][..], &["journal", "--format", "json"]] {
        assert_eq!(office.shown("a", what), office.shown("b", what));
    }
}

#[test]
fn twenty_kills_of_server_and_clients_lose_and_double_nothing() {
    rounds(20);
}

#[test]
#[ignore = "long"]
fn five_hundred_kills_of_server_and_clients_lose_and_double_nothing() {
    rounds(500);
}

/// A remark on the row under the cursor, typed.
fn remark(seat: &mut Seat, note: &str) {
    seat.keys("n");
    seat.types(note);
    seat.keys("enter");
}

/// What stands between the header and the footer of a view.
fn body(seat: &Seat) -> String {
    let app = &seat.app;
    let lines = lines(&Appearance::dark().draw(&app.model, &app.bindings, (120, 36)).0);
    lines[2..35].join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_dashboards_show_the_same_in_the_end_also_when_the_server_is_started_anew_between() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = async || -> Arc<SqliteLedger> { Arc::new(SqliteLedger::open(&path).await.unwrap()) };
    let first = ledger().await;
    laid_down(first.as_ref()).await;
    let served = Served::with(first as Arc<dyn Shared>, limits()).await;
    let (url, address) = (served.url.clone(), served.address());
    let mut seats = Vec::new();
    for who in ["a", "b"] {
        let token = served.give(who, Role::Coordinator, None).await;
        let mut seat = Seat::open(&url, who, &token, (120, 36)).await;
        seat.until("opened", |seat| seat.cursor() == 1).await;
        seat.keys("3");
        seats.push(seat);
    }
    let mut said = Vec::new();
    let mut say = |seats: &mut [Seat], round: usize| {
        for (who, seat) in ["a", "b"].into_iter().zip(seats) {
            let note = format!("{who}{round}");
            remark(seat, &note);
            said.push(note);
        }
    };
    for round in 0..6 {
        say(&mut seats, round);
    }
    for seat in &mut seats {
        seat.until("done", |seat| seat.waiting() == 0 && seat.cursor() == 13).await;
    }
    // Nobody answers while they go on.
    served.asks_to_stop().await.unwrap().unwrap();
    for round in 6..12 {
        say(&mut seats, round);
    }
    for seat in &mut seats {
        seat.keys("R");
        seat.until("told that nobody answers", |seat| seat.is_offline() && seat.waiting() == 6).await;
    }
    let second = ledger().await;
    let again = Served::at(&address, Arc::clone(&second) as Arc<dyn Shared>, limits()).await;
    say(&mut seats, 12);
    for seat in &mut seats {
        seat.keys("R");
        seat.until("sent", |seat| seat.waiting() == 0 && seat.cursor() > 1).await;
    }
    // One takes a remark back while the other goes on.
    seats[0].keys("u");
    say(&mut seats[..], 13);
    for seat in &mut seats {
        seat.until("the end", |seat| seat.waiting() == 0 && seat.cursor() == 30).await;
        seat.keys("!");
    }
    let truth_is = truth(&snapshot(second.as_ref()).await);
    let mut notes: Vec<String> = journal(second.as_ref())
        .await
        .into_iter()
        .filter_map(|entry| entry.note)
        .map(|note| note.to_string())
        .collect();
    notes.sort();
    said.sort();
    assert_eq!(notes, said, "lost or doubled");
    for seat in &seats {
        assert_eq!(truth(seat.app.model.snapshot.as_ref().unwrap()), truth_is);
    }
    for view in ["2", "3", "5", "6", "7"] {
        for seat in &mut seats {
            seat.keys(view);
            seat.until("settled", |seat| seat.is_settled()).await;
        }
        assert_eq!(body(&seats[0]), body(&seats[1]), "view {view}");
    }
    assert!(body(&seats[0]).contains("a11") && body(&seats[0]).contains("b13"), "{}", body(&seats[0]));
    assert!(seats.iter().all(|seat| seat.app.model.pictures.trend.shown().is_some_and(|trend| trend.has_past)));
    for seat in seats {
        seat.leave().await;
    }
    again.asks_to_stop().await.unwrap().unwrap();
}
