//! Opening the file. A damaged one is set aside: what it had of days gone by is lost to the screen, and nothing else is.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{Connection, SqliteConnection, query_scalar};
use tokio::sync::Mutex;

use super::{Address, History, rows};
use crate::{
    domain::failure::Failure,
    sqlite::{Form, Kept, Step, open::open, problem::Problem},
    store::aside,
};

/// The file's form: "tiHi" in its header.
static FORM: Form = Form {
    kept: Kept::History,
    application: 0x7469_4869,
    steps: &[Step { what: "days", sql: include_str!("../migrations/0001_history.sql"), then: None }],
};

/// A history just opened.
#[derive(Debug)]
pub struct Opened {
    /// It.
    pub history: History,
    /// What is to be told of the file that was there, where it was damaged.
    pub damage: Option<Damage>,
}

/// What is to be told of a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it is now.
    pub aside: PathBuf,
    /// What was wrong.
    pub what: String,
}

impl History {
    /// Opens the file at `path`, and makes one where there is none: 0600, its directory 0700; for the plan of `address`, of which
    /// `days` back are kept. A damaged file is set aside beside itself under a name with `now` in it.
    ///
    /// Refused and left untouched: a file on a network share, another program's database, one written by a newer version.
    pub async fn open(path: &Path, address: Address, days: u16, now: Timestamp) -> Result<Opened, Failure> {
        let opened = match sound(path).await {
            Err(problem) if problem.is_damage() => set_aside(path, now).await,
            Ok(connection) => Ok((connection, None)),
            Err(problem) => Err(problem),
        };
        let (connection, damage) = opened.map_err(|problem| problem.failure(Kept::History, path))?;
        let history = History { path: path.to_owned(), address, days, connection: Mutex::new(connection) };
        Ok(Opened { history, damage })
    }

    /// Forgets every day of every plan kept in the file at `path`, where there is one: nothing is to be kept.
    pub async fn forget(path: &Path) -> Result<(), Failure> {
        if !path.exists() {
            return Ok(());
        }
        forget(path).await.map_err(|problem| problem.failure(Kept::History, path))
    }
}

async fn forget(path: &Path) -> Result<(), Problem> {
    let (mut connection, _) = open(path, &FORM).await?;
    rows::forget(&mut connection).await?;
    rows::sweep(&mut connection).await?;
    Ok(connection.close().await?)
}

/// A connection to a file whose parts fit together.
async fn sound(path: &Path) -> Result<SqliteConnection, Problem> {
    let (mut connection, _) = open(path, &FORM).await?;
    let said: String = query_scalar("PRAGMA quick_check(1)").fetch_one(&mut connection).await?;
    if said == "ok" { Ok(connection) } else { Err(Problem::Inconsistent("its parts do not fit together")) }
}

/// Two instances that find the damage at the same time set it aside once: the second one finds the new file.
async fn set_aside(path: &Path, now: Timestamp) -> Result<(SqliteConnection, Option<Damage>), Problem> {
    let _guard = aside::alone(path).await?;
    let what = match sound(path).await {
        Ok(connection) => return Ok((connection, None)),
        Err(problem) if problem.is_damage() => problem.to_string(),
        Err(problem) => return Err(problem),
    };
    let aside = aside::put(path, now)?;
    Ok((sound(path).await?, Some(Damage { aside, what })))
}
