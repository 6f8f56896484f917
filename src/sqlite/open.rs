//! Opening a file: where it may be, who may read it, what it must be before it is written to.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    ConnectOptions, SqliteConnection, query_scalar,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

use super::{
    Form,
    network::share,
    problem::Problem,
    schema::{Standing, bring_up, standing},
};
use crate::{domain::sentence::Sentence, own_files};

/// How long a writer waits for another program's write to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the file at `path`, and makes one where there is none: the writing connection, and the options for others.
///
/// The file is made 0600, its directory 0700. Refused and left untouched: a file on a network share, one that is something
/// else, one written by a newer version.
pub async fn open(path: &Path, form: &Form) -> Result<(SqliteConnection, SqliteConnectOptions), Problem> {
    let directory = directory(path);
    own_files::make_directory(&directory)?;
    if let Some(kind) = share(&directory) {
        return Err(Problem::Refused(Sentence::new("file-on-share").with("kind", kind)));
    }
    own_files::make_file(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        // What a large import left in the log is given back.
        .pragma("journal_size_limit", "16777216")
        .disable_statement_logging();
    let mut connection = options.connect().await?;
    // Nothing is written, not even the mode, before it is known to be ours.
    let standing = standing(&mut connection, form).await?;
    own_files::close_to_others(path)?;
    write_ahead(&mut connection).await?;
    if standing == Standing::Behind {
        bring_up(&mut connection, form).await?;
    }
    Ok((connection, options))
}

/// Turns on the write-ahead log, which lets readers read while somebody writes. It needs the file alone for a moment, and
/// SQLite does not wait for that by itself.
async fn write_ahead(connection: &mut SqliteConnection) -> Result<(), Problem> {
    let mut patience = PATIENCE;
    let pause = Duration::from_millis(10);
    loop {
        let set = query_scalar("PRAGMA journal_mode = WAL").fetch_one(&mut *connection).await;
        let problem = match set.map_err(Problem::from) {
            Ok(mode) => {
                let mode: String = mode;
                if mode == "wal" {
                    return Ok(());
                }
                Problem::Refused(Sentence::new("file-not-shared").with("mode", mode))
            }
            Err(problem) => problem,
        };
        if !problem.is_busy() || patience.is_zero() {
            return Err(problem);
        }
        tokio::time::sleep(pause).await;
        patience = patience.saturating_sub(pause);
    }
}

fn directory(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Kept, Step},
        *,
    };

    static FORM: Form = Form {
        kept: Kept::Outbox,
        application: 7,
        steps: &[Step { what: "one", sql: "CREATE TABLE one (number)", then: None }],
    };

    #[tokio::test]
    async fn what_is_committed_is_on_the_disk_and_others_may_read_meanwhile() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("one.db");
        for _ in 0..2 {
            let (mut connection, _) = open(&path, &FORM).await.unwrap();
            let synchronous: i64 = query_scalar("PRAGMA synchronous").fetch_one(&mut connection).await.unwrap();
            let journal: String = query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await.unwrap();
            assert_eq!((synchronous, journal.as_str()), (2, "wal"), "2 is FULL");
        }
    }
}
