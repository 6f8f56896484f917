//! The ledger's file: other programs at it, what it is refused for, who may read it, what is left after a break.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/record.rs"]
mod record;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    task::Poll,
};

use record::*;
use sqlx::{ConnectOptions, Connection, SqliteConnection, raw_sql, sqlite::SqliteConnectOptions};
use tiendo::domain::{
    answer::{Admission, Filter},
    entry::Verb,
    failure::Failure,
    item::State,
};
use tiendo::ledger::{Ledger, sqlite::SqliteLedger};

fn place() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data").join("ledger.db");
    (directory, path)
}

async fn open(path: &Path) -> SqliteLedger {
    SqliteLedger::open(path).await.unwrap()
}

/// Does to the file what another program would.
async fn meddle(path: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Opening is refused, and the file is what it was.
async fn refused_untouched(path: &Path) -> Failure {
    let before = fs::read(path).unwrap();
    let failure = SqliteLedger::open(path).await.map(|_| ()).unwrap_err();
    assert!(fs::read(path).unwrap() == before, "{failure}");
    failure
}

#[tokio::test]
async fn another_programs_writes_change_the_version_exactly_then() {
    let (_directory, path) = place();
    let (mine, theirs) = (open(&path).await, open(&path).await);
    laid_down(&mine).await;
    let before = mine.version().await.unwrap();
    snapshot(&theirs).await;
    assert_eq!(mine.version().await.unwrap(), before, "reading is not writing");
    assert_eq!(append(&theirs, full(1, TASK, Verb::Submit)).await, Admission::Applied { seq: 2 });
    let after = mine.version().await.unwrap();
    assert_ne!(after, before);
    assert_eq!(mine.version().await.unwrap(), after);
    assert_eq!(truth(&snapshot(&mine).await), truth(&snapshot(&theirs).await));
    // A plan amended there is known here.
    theirs.lay_down(amended(), &me(), minute(2), id(2)).await.unwrap();
    assert_eq!(append(&mine, full(3, "task:N4", Verb::Submit)).await, Admission::Applied { seq: 4 });
    assert_eq!(truth(&snapshot(&theirs).await), truth(&snapshot(&mine).await));
}

#[tokio::test]
async fn a_reopened_ledger_is_the_same() {
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    append(&ledger, full(1, DUTY, Verb::Open)).await;
    append(&ledger, full(2, TASK, Verb::Submit)).await;
    append(&ledger, reverse(3, TASK, 2)).await;
    let before = (truth(&snapshot(&ledger).await), journal(&ledger).await, ledger.plans().await.unwrap());
    drop(ledger);
    let ledger = open(&path).await;
    assert_eq!((truth(&snapshot(&ledger).await), journal(&ledger).await, ledger.plans().await.unwrap()), before);
    assert_eq!(append(&ledger, full(2, TASK, Verb::Submit)).await, Admission::Replayed { seq: 3 });
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_at_the_same_time_lose_nothing_and_share_no_place() {
    let (_directory, path) = place();
    let (one, other) = tokio::join!(open(&path), open(&path));
    laid_down(&one).await;
    let write = |ledger: SqliteLedger, first: u128| async move {
        let mut places = Vec::new();
        for number in first..first + 30 {
            let answer = append(&ledger, full(number, TASK, Verb::Note)).await;
            let Admission::Applied { seq } = answer else { panic!("{answer:?}") };
            places.push(seq);
        }
        places
    };
    let writers = [tokio::spawn(write(one, 100)), tokio::spawn(write(other, 200))];
    let mut places = Vec::new();
    for writer in writers {
        places.extend(writer.await.unwrap());
    }
    places.sort_unstable();
    assert_eq!(places, (2..62).collect::<Vec<u64>>());
    let ledger = open(&path).await;
    assert_eq!(state(&ledger, TASK).await.notes, 60);
    assert_eq!(journal(&ledger).await.len(), 61);
}

#[tokio::test]
async fn an_act_broken_off_anywhere_is_done_wholly_or_not_at_all() {
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    let mut done = 0;
    for number in 0..60_u128 {
        let batch = [full(number * 2 + 1, TASK, Verb::Note), full(number * 2 + 2, REPORT, Verb::Note)];
        let (plan, me) = (plan_id(), me());
        let mut act = ledger.append(&plan, &batch, &me, minute(1));
        // Dropped after so many steps, as when its task is cancelled.
        let mut left = number;
        let finished = std::future::poll_fn(|context| match act.as_mut().poll(context) {
            Poll::Ready(answers) => Poll::Ready(Some(answers)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => {
                left -= 1;
                Poll::Pending
            }
        })
        .await;
        drop(act);
        // The next writer comes after whatever of it is still under way.
        ledger.append(&plan, &[], &me, minute(1)).await.unwrap();
        let journal = journal(&ledger).await;
        let (task, report) = (state(&ledger, TASK).await.notes, state(&ledger, REPORT).await.notes);
        assert_eq!((task, journal.len()), (report, 1 + 2 * usize::from(task)), "broken off after {number} steps");
        assert!(finished.is_none() || task == done + 1, "{finished:?}");
        assert!(task == done || task == done + 1);
        done = task;
    }
    assert!(done > 0);
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_left_untouched() {
    let (_directory, path) = place();
    laid_down(&open(&path).await).await;
    meddle(&path, "INSERT INTO step VALUES (99, 'from the future', x'00'); PRAGMA wal_checkpoint(TRUNCATE)").await;
    let failure = refused_untouched(&path).await;
    assert!(matches!(&failure, Failure::Refused(why) if why.id == "file-newer"), "{failure}");
}

#[tokio::test]
async fn a_step_that_was_taken_otherwise_is_refused() {
    let (_directory, path) = place();
    laid_down(&open(&path).await).await;
    meddle(&path, "UPDATE step SET checksum = x'00'; PRAGMA wal_checkpoint(TRUNCATE)").await;
    let failure = refused_untouched(&path).await;
    assert!(
        matches!(&failure, Failure::Refused(why) if why.id == "file-changed" && why.text("version") == Some("1")),
        "{failure}"
    );
}

/// Makes the file what it was before states were written in short; with `more` in the one of the task.
async fn put_back_in_json(path: &Path, more: &str) {
    let ledger = open(path).await;
    let items = snapshot(&ledger).await.items;
    drop(ledger);
    let first = include_str!("../src/ledger/migrations/0001_plans_and_journals.sql");
    let table = &first[first.find("CREATE TABLE state").unwrap()..];
    let mut sql = format!("DELETE FROM step WHERE version > 2; DROP TABLE token; DROP TABLE state; {table};");
    for (place, item) in items.iter().filter(|item| item.state != State::default()).enumerate() {
        let json = serde_json::to_string(&item.state).unwrap();
        let json = if item.id.as_str() == TASK { json.replacen('{', &format!("{{{more}"), 1) } else { json };
        sql += &format!("INSERT INTO state VALUES (1, {place} + 1, '{}', '{json}');", item.id);
    }
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_ledger_with_states_in_json_is_taken_over_wholly_or_not_at_all() {
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    for (number, (item, verb)) in
        [(TASK, Verb::Extend), (TASK, Verb::Submit), (DUTY, Verb::Open), (REPORT, Verb::Return)].into_iter().enumerate()
    {
        append(&ledger, full(number as u128 + 1, item, verb)).await;
    }
    append(&ledger, full(9, REPORT, Verb::Acknowledge)).await;
    let before = truth(&snapshot(&ledger).await);
    drop(ledger);
    put_back_in_json(&path, "").await;
    let ledger = open(&path).await;
    assert_eq!(truth(&snapshot(&ledger).await), before);
    assert!(matches!(append(&ledger, full(10, TASK, Verb::Note)).await, Admission::Applied { .. }));
    assert_eq!(state(&ledger, TASK).await.notes, 1);
    drop(ledger);
    put_back_in_json(&path, "\"escalation\":\"many\",").await;
    let failure = SqliteLedger::open(&path).await.map(|_| ()).unwrap_err();
    assert!(matches!(&failure, Failure::Unreadable(why) if why.id == "file-damaged"), "{failure}");
    meddle(&path, "UPDATE state SET body = replace(body, '\"escalation\":\"many\",', '')").await;
    assert_eq!(state(&open(&path).await, TASK).await.notes, 1, "nothing had been taken over");
}

#[tokio::test]
async fn another_programs_database_is_left_untouched() {
    let (directory, _) = place();
    let path = directory.path().join("other.db");
    meddle(&path, "CREATE TABLE message (text TEXT)").await;
    let failure = refused_untouched(&path).await;
    assert!(matches!(&failure, Failure::Refused(why) if why.id == "file-foreign"), "{failure}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_with_its_name() {
    let (directory, _) = place();
    let path = directory.path().join("notes.txt");
    fs::write(&path, "Kế hoạch 95/KH-UBND\n".repeat(200)).unwrap();
    let failure = refused_untouched(&path).await;
    assert!(
        matches!(&failure, Failure::Unreadable(why) if why.text("file").unwrap().ends_with("notes.txt")),
        "{failure}"
    );
}

#[tokio::test]
async fn damage_within_is_told_and_never_shown_as_nothing() {
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    for number in 1..200 {
        append(&ledger, full(number, TASK, Verb::Note)).await;
    }
    drop(ledger);
    meddle(&path, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let failure = match SqliteLedger::open(&path).await {
        Ok(ledger) => ledger.snapshot(&plan_id()).await.map(|_| ()).unwrap_err(),
        Err(failure) => failure,
    };
    assert!(matches!(&failure, Failure::Unreadable(why) if why.id == "file-damaged"), "{failure}");
    assert!(matches!(failure, Failure::Unreadable(_)));
    let (_directory, path) = place();
    laid_down(&open(&path).await).await;
    append(&open(&path).await, full(1, TASK, Verb::Note)).await;
    meddle(&path, "UPDATE state SET body = 'nmany'").await;
    let failure = open(&path).await.snapshot(&plan_id()).await.map(|_| ()).unwrap_err();
    assert!(matches!(failure, Failure::Unreadable(_)), "{failure}");
}

#[tokio::test]
async fn a_journal_with_entries_missing_is_told() {
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    for number in 1..10 {
        append(&ledger, full(number, TASK, Verb::Note)).await;
    }
    for missing in ["DELETE FROM entry WHERE seq = 10", "DELETE FROM entry WHERE seq = 4"] {
        meddle(&path, missing).await;
        let told = [
            ledger.delta(&plan_id(), 1).await.map(|_| ()),
            ledger.entries(&plan_id(), &Filter::default()).await.map(|_| ()),
        ];
        assert!(told.iter().all(|answer| matches!(answer, Err(Failure::Unreadable(_)))), "{missing}: {told:?}");
    }
    let before = Filter { before: Some(4), ..Filter::default() };
    assert_eq!(ledger.entries(&plan_id(), &before).await.unwrap().entries.len(), 3, "what comes before it is whole");
}

#[tokio::test]
async fn somebody_elses_long_write_is_waited_for_and_then_told() {
    let (_directory, path) = place();
    let ledger = Arc::new(open(&path).await);
    laid_down(&*ledger).await;
    let options = SqliteConnectOptions::new().filename(&path);
    let mut other: SqliteConnection = options.connect().await.unwrap();
    raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let waiting = tokio::spawn({
        let ledger = Arc::clone(&ledger);
        async move { append(&*ledger, full(1, TASK, Verb::Note)).await }
    });
    // Reading goes on meanwhile.
    assert_eq!(state(&*ledger, TASK).await.notes, 0);
    raw_sql("COMMIT").execute(&mut other).await.unwrap();
    assert_eq!(waiting.await.unwrap(), Admission::Applied { seq: 2 });
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for file in fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    drop(ledger);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    open(&path).await;
    assert_eq!(mode(&path), 0o600);
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_told() {
    let (directory, _) = place();
    fs::write(directory.path().join("file"), "").unwrap();
    let failure = SqliteLedger::open(&directory.path().join("file").join("ledger.db")).await.map(|_| ()).unwrap_err();
    assert!(matches!(&failure, Failure::Refused(why) if why.text("file").unwrap().ends_with("ledger.db")), "{failure}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_no_longer_the_one_that_was_opened_is_told_and_never_read_on_as_live() {
    let (directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    ledger.version().await.unwrap();
    fs::rename(&path, directory.path().join("aside.db")).unwrap();
    let gone = ledger.version().await.unwrap_err();
    assert!(matches!(&gone, Failure::Unreadable(why) if why.id == "file-replaced"), "{gone}");
    laid_down(&open(&path).await).await;
    ledger.version().await.unwrap_err();
}

#[tokio::test]
async fn a_ledger_some_steps_behind_takes_those_it_lacks() {
    use tiendo::domain::{
        check::Refusal,
        entry::{Channel, Entry, Outcome},
    };
    let (_directory, path) = place();
    let ledger = open(&path).await;
    laid_down(&ledger).await;
    append(&ledger, full(1, TASK, Verb::Note)).await;
    drop(ledger);
    meddle(&path, "DROP INDEX reminder_by_time; DELETE FROM step WHERE version = 2").await;
    let ledger = open(&path).await;
    assert_eq!(journal(&ledger).await.len(), 2, "nothing is lost");
    let claim = Entry {
        channel: Some(Channel::Email),
        outcome: Some(Outcome::Claimed),
        batch: Some(uuid::Uuid::from_u128(7)),
        ..full(2, TASK, Verb::Remind)
    };
    assert_eq!(append(&ledger, claim).await, Admission::Refused(Refusal::Sample), "what the step is for works");
}
