//! A damaged file is set aside, never thrown away; what can still be read of it goes on its way from a new one.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use futures::StreamExt;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, query_as, sqlite::SqliteConnectOptions};

use super::{
    Address,
    open::sound,
    rows::{self, ALL, Row, State, Stored},
};
use crate::{domain::id::EntryId, sqlite::problem::Problem, store::aside};

/// What is to be told of a damaged outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// How many acts were read from it and go on their way. Others may have been in it.
    pub salvaged: usize,
    /// What was wrong.
    pub what: String,
}

/// Moves the file at `path` aside and opens a new one with what could be read. Two instances that find the damage at the
/// same time do it once: the second one finds the new file, and has nothing to tell.
pub(super) async fn set_aside(path: &Path, now: Timestamp) -> Result<(SqliteConnection, Option<Damage>), Problem> {
    let _guard = aside::alone(path).await?;
    let what = match sound(path).await {
        Ok(connection) => return Ok((connection, None)),
        Err(problem) if problem.is_damage() => problem.to_string(),
        Err(problem) => return Err(problem),
    };
    let aside = aside::put(path, now)?;
    let found = readable(&aside).await;
    let mut connection = sound(path).await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for (address, row) in &found {
        if rows::find(&mut transaction, row.entry.id).await?.is_none() {
            rows::insert(&mut transaction, address, row).await?;
        }
    }
    transaction.commit().await?;
    Ok((connection, Some(Damage { aside, salvaged: found.len(), what })))
}

/// The acts that can still be read, from the first one on and from the last one back, as far as it goes. None of them is
/// taken for unsent: sending it again under its id is harmless, taking it back might not be.
async fn readable(path: &Path) -> Vec<(Address, Row)> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
    let Ok(mut connection) = options.connect().await else { return Vec::new() };
    let mut found = read_until_damage(&mut connection, ALL.to_owned()).await;
    let known: HashSet<EntryId> = found.iter().map(|(_, row)| row.entry.id).collect();
    let mut behind = read_until_damage(&mut connection, format!("{ALL} DESC")).await;
    behind.retain(|(_, row)| !known.contains(&row.entry.id));
    behind.reverse();
    found.append(&mut behind);
    for (_, row) in found.iter_mut().filter(|(_, row)| row.state == State::Waiting) {
        (row.state, row.tries) = (State::Sent, row.tries.max(1));
    }
    found
}

async fn read_until_damage(connection: &mut SqliteConnection, sql: String) -> Vec<(Address, Row)> {
    let mut rows = query_as::<_, Stored>(AssertSqlSafe(sql)).fetch(connection);
    let mut found: Vec<(Address, Row)> = Vec::new();
    while let Some(Ok(row)) = rows.next().await {
        if let Ok(row) = rows::read(row) {
            found.push(row);
        }
    }
    found
}
