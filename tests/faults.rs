//! Files that fail: damaged, full, read-only, from the future, moved away. The ledger tells and writes nothing; the outbox
//! is set aside and what can be read of it goes on; nothing that said "done" or "queued" is gone, nothing is said that is
//! not so.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code, unreachable_pub)]

#[path = "common/probe.rs"]
mod probe;
#[path = "common/record.rs"]
mod record;
#[path = "common/remote.rs"]
mod remote;

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::Command,
};

use probe::{probe, quick_directory};
use record::*;
use remote::{address, holder, open_outbox};
use sqlx::{ConnectOptions, Connection, SqliteConnection, raw_sql, sqlite::SqliteConnectOptions};
use tiendo::app::sync::Chance;
use tiendo::domain::{
    entry::{Entry, Verb},
    failure::Failure,
};
use tiendo::ledger::{Ledger, sqlite::SqliteLedger};
use tiendo::store::outbox::{Answer, Damage, Decision, Opened, Outbox, Standing, Withdrawal};

const ACTS: u128 = 60;

fn seed() -> u64 {
    let seed = std::env::var("TIENDO_SEED");
    let seed = seed.map_or_else(|_| uuid::Uuid::now_v7().as_u64_pair().1, |seed| seed.parse().unwrap());
    println!("TIENDO_SEED={seed}");
    seed
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let directory = quick_directory();
    let path = directory.path().join("outbox.db");
    (directory, path)
}

fn acts() -> Vec<Entry> {
    (1..=ACTS).map(|number| Entry { by: Some(me()), ..full(number, TASK, Verb::Note) }).collect()
}

/// An outbox with so much in it that it has several pages, closed.
async fn filled(path: &Path) {
    let outbox = open_outbox(path.parent().unwrap()).await;
    outbox.queue(&address(), &acts()).await.unwrap();
    drop(outbox);
    meddle(path, "PRAGMA wal_checkpoint(TRUNCATE)").await;
}

async fn there(outbox: &Outbox) -> Vec<Entry> {
    outbox.acts(&address()).await.unwrap().into_iter().map(|act| act.entry).collect()
}

/// Does to the file what another program would.
async fn meddle(path: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn refused_untouched(path: &Path) -> Failure {
    let before = fs::read(path).unwrap();
    let failure = Outbox::open(path, minute(0)).await.map(|_| ()).unwrap_err();
    assert!(fs::read(path).unwrap() == before, "{failure}");
    assert_eq!(asides(path), [] as [PathBuf; 0]);
    failure
}

fn asides(path: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
    files.filter(|file| file.to_str().unwrap().contains("damaged") && file.extension().unwrap() == "db").collect()
}

/// Writes over some bytes of a file.
fn damage(path: &Path, chance: &mut Chance, longest: u64) {
    let mut bytes = fs::read(path).unwrap();
    let from = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
    let length = usize::try_from(chance.below(longest) + 1).unwrap();
    for byte in bytes.iter_mut().skip(from).take(length) {
        *byte ^= u8::try_from(chance.below(255) + 1).unwrap();
    }
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn nobody_else_may_read_it() {
    let (directory, _) = place();
    let path = directory.path().join("data").join("outbox.db");
    let Opened { outbox, .. } = Outbox::open(&path, minute(0)).await.unwrap();
    outbox.queue(&address(), &acts()).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for file in fs::read_dir(path.parent().unwrap()).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[tokio::test]
async fn an_outbox_from_the_future_and_another_programs_database_are_left_untouched() {
    let (_directory, path) = place();
    filled(&path).await;
    meddle(&path, "INSERT INTO step VALUES (99, 'from the future', x'00'); PRAGMA wal_checkpoint(TRUNCATE)").await;
    let failure = refused_untouched(&path).await;
    assert!(matches!(&failure, Failure::Refused(_)), "{failure}");
    assert!(failure.to_string().contains("file-newer"), "{failure}");
    let (_directory, path) = place();
    meddle(&path, "CREATE TABLE message (text TEXT)").await;
    let failure = refused_untouched(&path).await;
    assert!(matches!(&failure, Failure::Refused(_)), "{failure}");
    // A ledger is not an outbox.
    let (_directory, path) = place();
    laid_down(&SqliteLedger::open(&path).await.unwrap()).await;
    meddle(&path, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    refused_untouched(&path).await;
}

#[tokio::test]
async fn a_damaged_outbox_is_set_aside_and_told_and_never_silently_emptier() {
    let seed = seed();
    let mut chance = Chance(seed);
    let (mut set_aside, mut salvaged) = (0, 0);
    let (_sound, sound) = place();
    filled(&sound).await;
    let original = fs::read(&sound).unwrap();
    for round in 0..60 {
        let (_directory, path) = place();
        fs::copy(&sound, &path).unwrap();
        damage(&path, &mut chance, [1, 40, 5_000][round % 3]);
        if fs::read(&path).unwrap() == original {
            continue;
        }
        let damaged = fs::read(&path).unwrap();
        let opened = match Outbox::open(&path, minute(0)).await {
            Ok(opened) => opened,
            Err(failure) => {
                // Its header says that it is something else, or from the future: left as it is, and told.
                assert!(matches!(failure, Failure::Refused(_)), "{failure}: seed {seed}");
                assert!(fs::read(&path).unwrap() == damaged);
                continue;
            }
        };
        let left = there(&opened.outbox).await;
        assert!(left.iter().all(|act| acts().contains(act)), "nothing is sent that nobody said: seed {seed}");
        match opened.damage {
            None => assert_eq!(left, acts(), "seed {seed}, round {round}"),
            Some(Damage { aside, salvaged: count, .. }) => {
                assert!(aside.file_name().unwrap().to_str().unwrap().starts_with("outbox-damaged-20230508T010000Z"));
                assert!(fs::read(&aside).unwrap() == damaged, "kept as it was: seed {seed}");
                assert_eq!(left.len(), count);
                set_aside += 1;
                salvaged += count;
            }
        }
    }
    println!("{set_aside} set aside, {salvaged} of {} acts salvaged", set_aside * ACTS as usize);
    assert!(set_aside > 10 && salvaged > 0);
}

#[tokio::test]
async fn what_is_salvaged_is_not_taken_for_unsent_and_two_damages_have_two_names() {
    let (_directory, path) = place();
    filled(&path).await;
    for count in 1..=2 {
        meddle(&path, "UPDATE waiting SET body = replace(body, 'note', 'nota') WHERE place = 7").await;
        let Opened { outbox, damage } = Outbox::open(&path, minute(0)).await.unwrap();
        assert_eq!(damage.unwrap().salvaged, usize::try_from(ACTS).unwrap() - count);
        assert_eq!(asides(&path).len(), count);
        let acts = outbox.acts(&address()).await.unwrap();
        assert!(acts.iter().all(|act| act.standing == Standing::Uncertain));
        // Turned away when it is sent for what looks like the first time: it may have arrived all the same.
        assert!(outbox.lease(&address(), holder(1), minute(0)).await.unwrap());
        let taken = outbox.take(&address(), holder(1), minute(0), 1).await.unwrap().unwrap();
        let turned_away = [(taken[0].entry.id, Answer::NotTaken("forbidden".into()))];
        outbox.settle(&address(), holder(1), minute(0), &turned_away).await.unwrap();
        let withdrawn = outbox.withdraw(&address(), &[taken[0].entry.id]).await.unwrap();
        assert_eq!(withdrawn, [(taken[0].entry.id, Withdrawal::Sent)]);
        outbox.decide(&address(), taken[0].entry.id, Decision::SendMineAnyway).await.unwrap();
    }
    let reopened = Outbox::open(&path, minute(0)).await.unwrap();
    assert_eq!(reopened.damage, None, "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_that_find_the_damage_set_it_aside_once() {
    let (_directory, path) = place();
    filled(&path).await;
    meddle(&path, "UPDATE waiting SET seal = 1 WHERE place = 7").await;
    let openings: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            tokio::spawn(async move { Outbox::open(&path, minute(0)).await.unwrap() })
        })
        .collect();
    let mut told = 0;
    for opening in openings {
        let opened = opening.await.unwrap();
        told += usize::from(opened.damage.is_some());
    }
    assert_eq!((told, asides(&path).len()), (1, 1));
    assert_eq!(there(&*open_outbox(path.parent().unwrap()).await).await.len(), usize::try_from(ACTS).unwrap() - 1);
}

#[tokio::test]
async fn a_damaged_log_takes_nothing_along_that_said_queued() {
    let (directory, path) = place();
    let outbox = open_outbox(directory.path()).await;
    outbox.queue(&address(), &acts()).await.unwrap();
    // As the files are when the program is killed now, with the log overwritten.
    let (_elsewhere, copy) = place();
    fs::copy(&path, &copy).unwrap();
    fs::write(copy.with_extension("db-wal"), [0xa5; 4096]).unwrap();
    let opened = Outbox::open(&copy, minute(0)).await.unwrap();
    assert_eq!(there(&opened.outbox).await, acts());
}

#[tokio::test]
async fn an_act_written_to_a_file_that_is_no_longer_the_outbox_is_not_said_to_be_queued() {
    let (directory, path) = place();
    let outbox = open_outbox(directory.path()).await;
    fs::rename(&path, directory.path().join("aside.db")).unwrap();
    let failure = outbox.queue(&address(), &acts()).await.unwrap_err();
    assert!(matches!(failure, Failure::Unreadable(_)), "{failure}");
}

#[tokio::test]
async fn damage_done_while_it_is_open_is_told_and_nothing_of_it_is_sent() {
    let (directory, path) = place();
    let outbox = open_outbox(directory.path()).await;
    outbox.queue(&address(), &acts()).await.unwrap();
    meddle(&path, "UPDATE waiting SET body = replace(body, '12/BC', '13/BC') WHERE place = 7").await;
    assert!(outbox.lease(&address(), remote::holder(1), minute(0)).await.unwrap());
    let failures = [
        outbox.acts(&address()).await.map(|_| ()).unwrap_err(),
        outbox.take(&address(), remote::holder(1), minute(0), 9).await.map(|_| ()).unwrap_err(),
    ];
    assert!(failures.iter().all(|failure| matches!(failure, Failure::Unreadable(_))), "{failures:?}");
}

#[tokio::test]
async fn a_damaged_ledger_is_told_and_never_shown_as_less_than_it_was() {
    let seed = seed();
    let mut chance = Chance(seed);
    let (directory, _) = place();
    let sound = directory.path().join("sound.db");
    let ledger = SqliteLedger::open(&sound).await.unwrap();
    laid_down(&ledger).await;
    ledger.append(&plan_id(), &acts(), &me(), minute(1)).await.unwrap();
    drop(ledger);
    meddle(&sound, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    let mut told = 0;
    for round in 0..40 {
        let path = directory.path().join(format!("{round}.db"));
        fs::copy(&sound, &path).unwrap();
        damage(&path, &mut chance, [1, 40, 5_000][round % 3]);
        let read = async {
            let ledger = SqliteLedger::open(&path).await?;
            let snapshot = ledger.snapshot(&plan_id()).await?;
            let page = ledger.entries(&plan_id(), &Default::default()).await?;
            Ok::<_, Failure>((snapshot.cursor, page.entries.len()))
        };
        match read.await {
            Ok((cursor, count)) => {
                assert_eq!((cursor, count), (61, 61), "seed {seed}, round {round}");
            }
            Err(failure) => {
                assert!(matches!(failure, Failure::Unreadable(_) | Failure::Refused(_)), "{failure}: seed {seed}");
                told += 1;
            }
        }
    }
    assert!(told > 5, "{told}");
}

/// Runs the probe with so many acts in `directory`; what it said was durable.
fn probed(way: &str, directory: &Path, change: impl FnOnce(&mut Command)) -> (Vec<u128>, String) {
    let mut command = Command::new(probe());
    command.args([way, directory.to_str().unwrap(), "1", "400"]);
    change(&mut command);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let number = |line: &str| -> Option<u128> {
        let (number, what) = line.split_once(' ')?;
        matches!(what, "done" | "queued").then(|| number.parse().unwrap())
    };
    (said.lines().filter_map(number).collect(), said.clone() + &String::from_utf8_lossy(&output.stderr))
}

async fn kept(way: &str, directory: &Path) -> Vec<u128> {
    if way == "outbox" {
        let outbox = open_outbox(directory).await;
        return there(&outbox).await.iter().map(|entry| entry.id.0.as_u128()).collect();
    }
    let ledger = SqliteLedger::open(&directory.join("ledger.db")).await.unwrap();
    let journal: Vec<u128> = journal(&ledger).await.iter().skip(1).map(|entry| entry.id.0.as_u128()).collect();
    let snapshot = snapshot(&ledger).await;
    let effects: usize = snapshot.items.iter().map(|item| usize::from(item.state.notes)).sum();
    assert_eq!(effects, journal.len());
    journal
}

async fn prepared(directory: &Path) {
    laid_down(&SqliteLedger::open(&directory.join("ledger.db")).await.unwrap()).await;
    open_outbox(directory).await;
}

/// Everything that was said to be kept is, and what was not said may be.
fn nothing_lost(said: &[u128], kept: &[u128], output: &str) {
    assert!(said.iter().all(|number| kept.contains(number)), "{output}");
    assert_eq!(remote::doubled(kept), []);
}

#[tokio::test]
async fn a_disk_that_fails_while_writing_loses_nothing_that_was_said_to_be_kept() {
    for way in ["ledger", "outbox"] {
        let directory = quick_directory();
        prepared(directory.path()).await;
        let (said, output) = probed(way, directory.path(), |command| {
            command.env("PROBE_LIMIT", "120000");
        });
        assert!(!said.is_empty() && said.len() < 400, "{way}: {output}");
        assert!(output.contains("failed"), "{output}");
        nothing_lost(&said, &kept(way, directory.path()).await, &output);
        // With the disk mended, the same acts are done once.
        let (all, output) = probed(way, directory.path(), |_| {});
        assert_eq!(all.len(), 400, "{output}");
        assert_eq!(kept(way, directory.path()).await.len(), 400);
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing_that_was_said_to_be_kept() {
    for way in ["ledger", "outbox"] {
        let directory = tempfile::tempdir().unwrap();
        let there = directory.path().join("there");
        fs::create_dir(&there).unwrap();
        prepared(&there).await;
        for file in ["ledger.db", "outbox.db"] {
            meddle(&there.join(file), "PRAGMA wal_checkpoint(TRUNCATE)").await;
        }
        let (full, out) = (directory.path().join("full"), directory.path().join("out"));
        fs::create_dir_all(&full).unwrap();
        fs::create_dir_all(&out).unwrap();
        // A small disk of its own, seen by this child only; what is on it afterwards is copied out.
        let script = "mount -t tmpfs -o size=500k none \"$2\" 2>/dev/null || exit 77
            cp \"$3\"/*.db \"$2\"; \"$0\" \"$1\" \"$2\" 1 4000; cp \"$2\"/* \"$4\"";
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", script]).arg(probe()).arg(way).args([&full, &there, &out]);
        let Some(output) = command.output().ok().filter(|output| output.status.code() != Some(77)) else {
            println!("SKIPPED: a disk of its own cannot be mounted here");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if !text.contains("ready") {
            println!("SKIPPED: {text}{}", String::from_utf8_lossy(&output.stderr));
            return;
        }
        let line = |line: &str| line.split_once(' ').map(|(number, what)| (number.to_owned(), what.to_owned()));
        let said: Vec<u128> = text
            .lines()
            .filter_map(line)
            .filter(|(_, what)| matches!(what.as_str(), "done" | "queued"))
            .map(|(number, _)| number.parse().unwrap())
            .collect();
        assert!(!said.is_empty() && said.len() < 4000, "{way}: {text}");
        assert!(text.contains("file-full"), "{way}: {text}");
        nothing_lost(&said, &kept(way, &out).await, &text);
    }
}

#[tokio::test]
async fn what_may_not_be_written_says_so_and_keeps_what_is_in_it() {
    for way in ["ledger", "outbox"] {
        for (file_mode, directory_mode) in [(0o444, 0o755), (0o666, 0o555), (0o444, 0o555)] {
            let directory = tempfile::tempdir().unwrap();
            let place = directory.path().join("data");
            fs::create_dir(&place).unwrap();
            prepared(&place).await;
            for file in ["ledger.db", "outbox.db"] {
                meddle(&place.join(file), "PRAGMA wal_checkpoint(TRUNCATE)").await;
                fs::set_permissions(place.join(file), fs::Permissions::from_mode(file_mode)).unwrap();
            }
            fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
            fs::set_permissions(&place, fs::Permissions::from_mode(directory_mode)).unwrap();
            let root = rustix::process::geteuid().is_root();
            let program = directory.path().join("probe");
            if root {
                fs::copy(probe(), &program).unwrap();
            }
            let mut command = Command::new(if root { &program } else { probe() });
            command.args([way, place.to_str().unwrap(), "1", "3"]);
            if root {
                // Nothing is forbidden to root: somebody else tries.
                command.uid(65_534).gid(65_534);
            }
            let output = command.output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
            assert!(text.contains("failed") && !text.contains("queued") && !text.contains("done"), "{way}: {text}");
            assert!(text.contains("file-unwritable") || text.contains("file-unopened"), "{way}: {text}");
            for file in ["ledger.db", "outbox.db"] {
                fs::set_permissions(place.join(file), fs::Permissions::from_mode(0o600)).unwrap();
            }
            assert_eq!(kept(way, &place).await, [0; 0]);
        }
    }
}
