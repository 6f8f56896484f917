//! Opening the file, and finding out whether it is sound. It is small: all of it is looked at.

use std::path::Path;

use jiff::Timestamp;
use sqlx::{SqliteConnection, query_as, query_scalar};
use tokio::sync::Mutex;

use super::{
    Desk, Opened, Outbox,
    rows::{ALL, Stored, read},
    salvage::set_aside,
};
use crate::{
    domain::failure::Failure,
    own_files::identity,
    sqlite::{Form, Kept, Step, open::open, problem::Problem},
    store::aside::alone,
};

/// An outbox's file: "tiOb" in its header.
static FORM: Form = Form {
    kept: Kept::Outbox,
    application: 0x7469_4f62,
    steps: &[Step { what: "acts that wait", sql: include_str!("../migrations/0001_outbox.sql"), then: None }],
};

impl Outbox {
    /// Opens the outbox in the file at `path`, and makes one where there is none. A damaged file is set aside beside
    /// itself under a name with `now` in it, and what can still be read of it is taken over; [`Opened::damage`] then says
    /// what is to be told.
    ///
    /// The file is made 0600, its directory 0700. Refused and left untouched: a file on a network share, another
    /// program's database, one written by a newer version.
    pub async fn open(path: &Path, now: Timestamp) -> Result<Opened, Failure> {
        let told = |problem: Problem| problem.failure(Kept::Outbox, path);
        let mut found = sound(path).await;
        // Another instance may be setting it aside just now: what was looked at is gone, and its successor is not there yet.
        if matches!(&found, Err(Problem::File(error)) if error.kind() == std::io::ErrorKind::NotFound) {
            drop(alone(path).await.map_err(told)?);
            found = sound(path).await;
        }
        match found {
            Ok(connection) => Outbox::on(path, connection, None).map_err(told),
            Err(problem) if problem.is_damage() => {
                let (connection, damage) = set_aside(path, now).await.map_err(told)?;
                Outbox::on(path, connection, damage).map_err(told)
            }
            Err(problem) => Err(told(problem)),
        }
    }

    fn on(path: &Path, connection: SqliteConnection, damage: Option<super::Damage>) -> Result<Opened, Problem> {
        let desk = Mutex::new(Desk { connection, seen: None });
        let outbox = Outbox { path: path.to_owned(), identity: identity(path)?, desk };
        Ok(Opened { outbox, damage })
    }
}

/// A connection to a file in which everything is as it was written.
pub(super) async fn sound(path: &Path) -> Result<SqliteConnection, Problem> {
    let (mut connection, _) = open(path, &FORM).await?;
    let said: String = query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut connection).await?;
    if said != "ok" {
        return Err(Problem::Inconsistent("its parts do not fit together"));
    }
    let rows: Vec<Stored> = query_as(ALL).fetch_all(&mut connection).await?;
    for row in rows {
        read(row)?;
    }
    Ok(connection)
}
