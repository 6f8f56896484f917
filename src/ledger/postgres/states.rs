//! The statements on what items have become.

use std::collections::HashMap;

use sqlx::{PgConnection, query, query_as};

use super::{plans::Head, problem::Problem};
use crate::{
    domain::{id::ItemId, item::State},
    sqlite::short::{Reader, written},
};

/// A body nobody wrote.
const DAMAGED: Problem = Problem::Inconsistent("state.body");

/// States of one block.
const BLOCK: i64 = 4_096;

/// Rows of one statement.
const ROWS: usize = 4_096;

/// Writes what items have become; an item that was touched before keeps its place.
pub(super) async fn put(connection: &mut PgConnection, head: Head, states: &[(ItemId, State)]) -> Result<(), Problem> {
    if states.is_empty() {
        return Ok(());
    }
    for some in states.chunks(ROWS) {
        let items: Vec<&str> = some.iter().map(|(id, _)| id.as_str()).collect();
        let bodies: Vec<String> = some.iter().map(|(_, state)| written(state)).collect();
        // The plan's row is locked: nobody else counts places on.
        let sql = "INSERT INTO state (plan, place, item, body)
                   SELECT $1, last + number, item, body
                   FROM (SELECT coalesce(max(place), 0) AS last FROM state WHERE plan = $1) AS placed,
                        unnest($2::TEXT[], $3::TEXT[]) WITH ORDINALITY AS row (item, body, number)
                   ON CONFLICT (plan, item) DO UPDATE SET body = excluded.body";
        query(sql).bind(head.number).bind(items).bind(bodies).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The states of these items, where anything happened to them.
pub(super) async fn of_items(
    connection: &mut PgConnection,
    head: Head,
    items: &[ItemId],
) -> Result<HashMap<ItemId, State>, Problem> {
    let items: Vec<&str> = items.iter().map(ItemId::as_str).collect();
    let rows: Vec<(String, String)> = query_as("SELECT item, body FROM state WHERE plan = $1 AND item = ANY ($2)")
        .bind(head.number)
        .bind(items)
        .fetch_all(connection)
        .await?;
    let mut reader = Reader::default();
    rows.into_iter().map(|(id, body)| Ok((ItemId::from(id.as_str()), reader.read(&body).ok_or(DAMAGED)?))).collect()
}

/// Some states as they are stored.
pub(super) type Block = Vec<(String, String)>;

/// The states after `place`, a block of them, and the place of the last; `None` where there is no more.
pub(super) async fn block(
    connection: &mut PgConnection,
    head: Head,
    place: i64,
) -> Result<Option<(Block, i64)>, Problem> {
    let sql = "SELECT place, item, body FROM state WHERE plan = $1 AND place > $2 ORDER BY place LIMIT $3";
    let rows: Vec<(i64, String, String)> =
        query_as(sql).bind(head.number).bind(place).bind(BLOCK).fetch_all(connection).await?;
    let Some(last) = rows.last().map(|(place, ..)| *place) else { return Ok(None) };
    Ok(Some((rows.into_iter().map(|(_, item, body)| (item, body)).collect(), last)))
}

/// Reads a block: `take` gets each item's id and state.
pub(super) fn read(block: &Block, reader: &mut Reader, mut take: impl FnMut(&str, State)) -> Result<(), Problem> {
    for (id, body) in block {
        take(id, reader.read(body).ok_or(DAMAGED)?);
    }
    Ok(())
}

/// All of them, in the order items were first touched.
pub(super) async fn all(connection: &mut PgConnection, head: Head) -> Result<Vec<(ItemId, State)>, Problem> {
    let (mut states, mut reader, mut place) = (Vec::new(), Reader::default(), 0);
    while let Some((some, last)) = block(connection, head, place).await? {
        read(&some, &mut reader, |id, state| states.push((ItemId::from(id), state)))?;
        place = last;
    }
    Ok(states)
}
