//! Copies of the ledger: made while it is in use, whole or not at all, and put back without losing what stands there.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use crate::{machine::*, record::*, served::client};
use tiendo::{
    domain::{
        answer::Admission,
        entry::{Entry, Verb},
        snapshot::Snapshot,
    },
    ledger::sqlite::SqliteLedger,
    wire::{Answers, Posting},
};

/// A machine whose ledger holds the small plan.
async fn machine() -> (Machine, PathBuf) {
    let machine = Machine::new();
    let path = machine.home.path().join("data/ledger.db");
    let ledger = SqliteLedger::open(&path).await.unwrap();
    laid_down(&ledger).await;
    close(ledger, &path).await;
    (machine, path)
}

async fn note(path: &Path, number: u128) {
    let ledger = SqliteLedger::open(path).await.unwrap();
    assert!(matches!(append(&ledger, full(number, TASK, Verb::Note)).await, Admission::Applied { .. }));
    close(ledger, path).await;
}

async fn seq(path: &Path) -> u64 {
    let ledger = SqliteLedger::open(path).await.unwrap();
    let seq = snapshot(&ledger).await.cursor;
    close(ledger, path).await;
    seq
}

/// Its connections are closed on threads of their own; the log beside it goes with the last, unless others have it open.
async fn close(ledger: SqliteLedger, path: &Path) {
    drop(ledger);
    let log = path.with_file_name(format!("{}-shm", path.file_name().unwrap().to_str().unwrap()));
    for _ in 0..500 {
        if !log.exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

fn files(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_it_is_written_to_is_one_moment_of_it_and_goes_on_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let (machine, ledger) = machine().await;
    let (_server, url, _said) = machine.serve();
    let (client, end) = (client(), AtomicBool::new(false));
    let post = async |url: &str, number: u128| {
        let entries = vec![Entry { document: None, ..full(number, TASK, Verb::Note) }];
        let asked = client.post(format!("{url}/v1/plans/p/journal")).json(&Posting { entries });
        asked.send().await.unwrap().json::<Answers>().await.unwrap().results.remove(0).admission
    };
    let posting = async {
        let mut number = 0;
        while !end.load(Ordering::SeqCst) {
            number += 1;
            assert!(matches!(post(&url, number).await, Admission::Applied { .. }));
        }
        number
    };
    let copying = async {
        for count in 0..4 {
            let (code, out, err) =
                tokio::task::block_in_place(|| machine.run(&["backup", &format!("copy-{count}.db")]));
            assert_eq!((code, out.as_str()), (0, ""), "{err}");
            assert!(err.contains("1 plan") && err.contains("whole"), "{err}");
        }
        end.store(true, Ordering::SeqCst);
    };
    let (posted, ()) = tokio::join!(posting, copying);
    assert!(posted > 0);
    assert_eq!(u128::from(seq(&ledger).await), posted + 1, "nobody was held up or turned away");

    let copy = machine.home.path().join("copy-3.db");
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(
        !files(machine.home.path()).iter().any(|name| name.contains("part") || name.contains("wal")),
        "nothing is left"
    );
    let elsewhere = Machine::new();
    let (code, _, err) = elsewhere.run(&["restore", copy.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let restored = SqliteLedger::open(&elsewhere.home.path().join("data/ledger.db")).await.unwrap();
    let entries = journal(&restored).await;
    assert!(entries.iter().map(|entry| entry.seq).eq(1..=entries.len() as u64));
    assert_eq!(truth(&Snapshot::replay(plan().into(), &entries)), truth(&snapshot(&restored).await));
    let whole = journal(&SqliteLedger::open(&ledger).await.unwrap()).await;
    assert!(whole.starts_with(&entries), "it is a beginning of the journal");
    close(restored, &elsewhere.home.path().join("data/ledger.db")).await;
    let (_server, url, _said) = elsewhere.serve();
    let known = entries.last().filter(|entry| entry.verb == Verb::Note).map(|entry| entry.id.0.as_u128());
    if let Some(known) = known {
        assert_eq!(post(&url, known).await, Admission::Replayed { seq: entries.len() as u64 });
    }
    assert_eq!(post(&url, 900_000).await, Admission::Applied { seq: entries.len() as u64 + 1 });
}

#[tokio::test]
async fn a_copy_replaces_nothing_unless_that_is_said() {
    let (machine, ledger) = machine().await;
    let copy = machine.home.path().join("copy.db");
    assert_eq!(machine.run(&["backup", "copy.db"]).0, 0);
    note(&ledger, 1).await;
    let before = std::fs::read(&copy).unwrap();
    for (lang, word) in [("en", "--force"), ("vi", "từ chối")] {
        let (code, out, err) = machine.run(&["backup", "copy.db", "--lang", lang]);
        assert!((code, out.as_str()) == (4, "") && err.contains(word), "{code} {err}");
    }
    assert_eq!(std::fs::read(&copy).unwrap(), before);
    assert_eq!(machine.run(&["backup", "copy.db", "--force"]).0, 0);
    assert_eq!(seq(&copy).await, 2);
    let itself = ledger.to_str().unwrap();
    assert_eq!(machine.run(&["backup", itself, "--force"]).0, 4);
    assert_eq!(seq(&ledger).await, 2);
    assert_eq!(machine.run(&["backup", "none/copy.db"]).0, 4, "there is no such directory");
    assert_eq!(machine.run(&["backup", "b.db", "--store", "none.db"]).0, 3, "there is no such ledger");
    let (code, _, err) = machine.run(&["backup", "b.db", "--store", "postgres://an:canary@localhost/tiendo"]);
    assert!(code == 4 && err.contains("pg_dump") && !err.contains("canary"), "{code} {err}");
    assert!(!machine.home.path().join("b.db").exists());
}

#[tokio::test]
async fn a_ledger_that_has_more_than_the_copy_is_replaced_only_where_that_is_said_and_is_kept() {
    let (machine, ledger) = machine().await;
    note(&ledger, 1).await;
    assert_eq!(machine.run(&["backup", "copy.db"]).0, 0);
    assert_eq!(machine.run(&["restore", "copy.db"]).0, 0, "nothing is lost");
    note(&ledger, 2).await;
    let (code, out, err) = machine.run(&["restore", "copy.db"]);
    assert!((code, out.as_str()) == (4, "") && err.contains("--force"), "{code} {err}");
    assert_eq!(seq(&ledger).await, 3, "it stands");
    assert_eq!(machine.run(&["restore", "copy.db", "--read-only", "--force"]).0, 4);
    let (code, _, err) = machine.run(&["restore", "copy.db", "--force"]);
    assert!(code == 0 && err.contains(".old"), "{code} {err}");
    assert_eq!(seq(&ledger).await, 2);
    let mut kept = Vec::new();
    for name in files(ledger.parent().unwrap()).iter().filter(|name| name.ends_with(".old")) {
        kept.push(seq(&ledger.with_file_name(name)).await);
    }
    kept.sort_unstable();
    assert_eq!(kept, [2, 3], "of each time");

    // Another entry at the same place: the copy has as many, and not the same.
    note(&ledger, 2).await;
    assert_eq!(machine.run(&["backup", "copy.db", "--force"]).0, 0);
    assert_eq!(machine.run(&["restore", "copy.db", "--store", "other.db"]).0, 0);
    let other = machine.home.path().join("other.db");
    note(&other, 3).await;
    note(&ledger, 4).await;
    assert_eq!(machine.run(&["backup", "copy.db", "--force"]).0, 0);
    assert_eq!(machine.run(&["restore", "copy.db", "--store", "other.db"]).0, 4);

    // A token revoked since would hold again.
    assert_eq!(machine.run(&["token", "add", "x", "--role", "viewer"]).0, 0);
    assert_eq!(machine.run(&["backup", "copy.db", "--force"]).0, 0);
    assert_eq!(machine.run(&["token", "revoke", "x"]).0, 0);
    assert_eq!(machine.run(&["restore", "copy.db"]).0, 4);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_put_in_the_place_of_a_ledger_that_is_in_use() {
    let (machine, ledger) = machine().await;
    assert_eq!(machine.run(&["backup", "copy.db"]).0, 0);
    let (server, url, _said) = machine.serve();
    for (lang, word) in [("en", "end it first"), ("vi", "đang được chương trình khác mở")] {
        let (code, _, err) = machine.run(&["restore", "copy.db", "--force", "--lang", lang]);
        assert!(code == 4 && err.contains(word), "{code} {err}");
    }
    let lives = client().get(format!("{url}/v1/plans/p/snapshot")).send().await.unwrap();
    assert!(lives.status().is_success());
    drop(server);
    assert_eq!(machine.run(&["restore", "copy.db"]).0, 0);
    assert_eq!(seq(&ledger).await, 1);
}

#[tokio::test]
async fn a_copy_that_is_not_whole_is_not_put_back() {
    let (machine, ledger) = machine().await;
    for number in 1..60 {
        note(&ledger, number).await;
    }
    assert_eq!(machine.run(&["backup", "copy.db"]).0, 0);
    let copy = machine.home.path().join("copy.db");
    let whole = std::fs::read(&copy).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle..middle + 400].fill(0x5a);
    for (damaged, code) in
        [(&whole[..whole.len() / 2], 1), (&flipped[..], 1), (b"not a database, although it is long enough", 1)]
    {
        std::fs::write(&copy, damaged).unwrap();
        let (ended, _, err) = machine.run(&["restore", "copy.db", "--force"]);
        assert_eq!(ended, code, "{err}");
        assert_eq!(seq(&ledger).await, 60, "it stands");
    }
    // Whole to SQLite, and an entry is missing.
    std::fs::write(&copy, &whole).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy);
    let mut past = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query("DELETE FROM entry WHERE seq = 7").execute(&mut past).await.unwrap();
    sqlx::Connection::close(past).await.unwrap();
    assert_eq!(machine.run(&["restore", "copy.db", "--force"]).0, 1);
    std::fs::write(&copy, b"").unwrap();
    assert_eq!(machine.run(&["restore", "copy.db", "--force"]).0, 4, "a ledger without a plan");
    assert_eq!(machine.run(&["restore", "none.db", "--force"]).0, 1);
    assert_eq!(files(ledger.parent().unwrap()), ["ledger.db"]);

    // The ledger itself is damaged: the copy takes its place where that is said.
    std::fs::write(&copy, &whole).unwrap();
    std::fs::write(&ledger, &flipped[..flipped.len() - 5_000]).unwrap();
    assert_eq!(machine.run(&["restore", "copy.db"]).0, 4);
    assert_eq!(machine.run(&["restore", "copy.db", "--force"]).0, 0);
    assert_eq!(seq(&ledger).await, 60);
}
