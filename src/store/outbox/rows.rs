//! The statements on acts, and the seal that tells a row as it was written from a damaged one.

use sqlx::{SqliteConnection, query, query_as};
use uuid::Uuid;

use super::{Address, Trouble};
use crate::{
    domain::{entry::Entry, id::EntryId},
    sqlite::problem::Problem,
};

/// An act as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) state: State,
    /// How often it was handed over since it was last known to wait.
    pub(super) tries: i64,
    /// What a card is about.
    pub(super) trouble: Option<Trouble>,
}

impl Row {
    /// May a source have it? One that took nothing of the last request may still have taken an earlier one.
    pub(super) fn may_have_arrived(&self) -> bool {
        let not_taken = matches!(self.trouble, Some(Trouble::NotTaken { .. }));
        self.state == State::Sent || (not_taken && self.tries > 1)
    }
}

/// The states a row has of itself; being behind a card is found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Sent,
    Card,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sent => "sent",
            State::Card => "card",
        }
    }

    fn read(word: &str) -> Result<Self, Problem> {
        [State::Waiting, State::Sent, State::Card]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(Problem::Inconsistent("an act is in no known state"))
    }
}

/// A row as SQLite has it: id, source, plan, actor, state, tries, trouble, body, seal.
pub(super) type Stored = (Vec<u8>, String, String, String, String, i64, Option<String>, String, i64);

/// All acts, whoever made them and wherever they go.
pub(super) const ALL: &str =
    "SELECT id, source, plan, actor, state, tries, trouble, body, seal FROM waiting ORDER BY place";

/// The acts of one address, in order.
pub(super) async fn of(connection: &mut SqliteConnection, address: &Address) -> Result<Vec<Row>, Problem> {
    let sql = "SELECT id, source, plan, actor, state, tries, trouble, body, seal FROM waiting
               WHERE source = ? AND plan = ? AND actor = ? ORDER BY place";
    let rows: Vec<Stored> = query_as(sql)
        .bind(address.source.as_str())
        .bind(address.plan.as_str())
        .bind(address.by.as_str())
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(|row| Ok(read(row)?.1)).collect()
}

/// The act of that id, whoever made it.
pub(super) async fn find(connection: &mut SqliteConnection, id: EntryId) -> Result<Option<(Address, Row)>, Problem> {
    let sql = "SELECT id, source, plan, actor, state, tries, trouble, body, seal FROM waiting WHERE id = ?";
    let row: Option<Stored> = query_as(sql).bind(bytes(id)).fetch_optional(connection).await?;
    row.map(read).transpose()
}

/// Puts an act behind all others.
pub(super) async fn insert(connection: &mut SqliteConnection, address: &Address, row: &Row) -> Result<(), Problem> {
    let body = serde_json::to_string(&row.entry)?;
    let trouble = row.trouble.as_ref().map(serde_json::to_string).transpose()?;
    let (source, plan, actor) = (address.source.as_str(), address.plan.as_str(), address.by.as_str());
    let seal = seal([source, plan, actor, &body]);
    let sql = "INSERT INTO waiting (id, source, plan, actor, state, tries, trouble, body, seal)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    query(sql)
        .bind(bytes(row.entry.id))
        .bind(source)
        .bind(plan)
        .bind(actor)
        .bind(row.state.as_str())
        .bind(row.tries)
        .bind(trouble)
        .bind(&body)
        .bind(seal)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes what has become of an act, at its place.
pub(super) async fn update(connection: &mut SqliteConnection, address: &Address, row: &Row) -> Result<(), Problem> {
    let body = serde_json::to_string(&row.entry)?;
    let trouble = row.trouble.as_ref().map(serde_json::to_string).transpose()?;
    let seal = seal([address.source.as_str(), address.plan.as_str(), address.by.as_str(), &body]);
    query("UPDATE waiting SET state = ?, tries = ?, trouble = ?, body = ?, seal = ? WHERE id = ?")
        .bind(row.state.as_str())
        .bind(row.tries)
        .bind(trouble)
        .bind(&body)
        .bind(seal)
        .bind(bytes(row.entry.id))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn remove(connection: &mut SqliteConnection, id: EntryId) -> Result<(), Problem> {
    query("DELETE FROM waiting WHERE id = ?").bind(bytes(id)).execute(connection).await?;
    Ok(())
}

/// A row taken apart; refused where it is not what was written.
pub(super) fn read(stored: Stored) -> Result<(Address, Row), Problem> {
    let (id, source, plan, actor, state, tries, trouble, body, sealed) = stored;
    if seal([&source, &plan, &actor, &body]) != sealed {
        return Err(Problem::Inconsistent("an act is not as it was written"));
    }
    let entry: Entry = serde_json::from_str(&body)?;
    if Uuid::from_slice(&id).ok() != Some(entry.id.0) {
        return Err(Problem::Inconsistent("an act has another's id"));
    }
    let state = State::read(&state)?;
    let trouble: Option<Trouble> = trouble.as_deref().map(serde_json::from_str).transpose()?;
    if (state == State::Card) != trouble.is_some() {
        return Err(Problem::Inconsistent("a card does not say what it is about"));
    }
    let address = Address { source: source.into(), plan: plan.as_str().into(), by: actor.as_str().into() };
    Ok((address, Row { entry, state, tries, trouble }))
}

fn bytes(id: EntryId) -> Vec<u8> {
    id.0.as_bytes().to_vec()
}

/// FNV-1a over the parts: tells damage, not malice. Fixed for ever: it is in the files.
fn seal(parts: [&str; 4]) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0x1f]));
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    i64::from_ne_bytes(hash.to_ne_bytes())
}
