//! The statements on what items have become.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_as, query_scalar, raw_sql};

use super::{
    plans::Head,
    rows::{PART, RECORD, ROWS},
};
use crate::{
    domain::{id::ItemId, item::State},
    sqlite::{
        problem::Problem,
        short::{Reader, written},
    },
};

/// A body nobody wrote.
const DAMAGED: Problem = Problem::Inconsistent("state.body");

/// States of one block. Small blocks lie where the ones before them lay; the memory of large ones is fresh each time, and
/// making it takes longer than reading them.
const BLOCK: i64 = 1_024;

/// Writes what items have become; an item that was touched before keeps its place.
pub(super) async fn put(
    connection: &mut SqliteConnection,
    head: Head,
    states: &[(&ItemId, &State)],
) -> Result<(), Problem> {
    let last: i64 = query_scalar("SELECT coalesce(max(place), 0) FROM state WHERE plan = ?")
        .bind(head.number)
        .fetch_one(&mut *connection)
        .await?;
    let mut place = last;
    for some in states.chunks(ROWS) {
        let mut rows = Vec::with_capacity(some.len());
        for (id, state) in some {
            place += 1;
            rows.push((place, id.as_str().to_owned(), written(state)));
        }
        let mut upsert = QueryBuilder::<Sqlite>::new("INSERT INTO state (plan, place, item, body) ");
        upsert.push_values(rows, |mut row, (place, id, body)| {
            row.push_bind(head.number).push_bind(place).push_bind(id).push_bind(body);
        });
        upsert.push(" ON CONFLICT (plan, item) DO UPDATE SET body = excluded.body");
        upsert.build().persistent(some.len() == 1 || some.len() == ROWS).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The states of these items, where anything happened to them.
pub(super) async fn of_items(
    connection: &mut SqliteConnection,
    head: Head,
    items: &[ItemId],
) -> Result<HashMap<ItemId, State>, Problem> {
    // Which way round they are joined is not left to the planner: it would read the whole plan's states.
    let sql = "SELECT item, body FROM (SELECT DISTINCT value FROM json_each(?2)) CROSS JOIN state
               ON state.plan = ?1 AND state.item = value";
    let rows: Vec<(String, String)> =
        query_as(sql).bind(head.number).bind(serde_json::to_string(items)?).fetch_all(connection).await?;
    let mut reader = Reader::default();
    rows.into_iter().map(|(id, body)| Ok((ItemId::from(id.as_str()), reader.read(&body).ok_or(DAMAGED)?))).collect()
}

/// The states after `place`, a block of them, and the place of the last; `None` where there is no more.
pub(super) async fn block(
    connection: &mut SqliteConnection,
    head: Head,
    place: i64,
) -> Result<Option<(String, i64)>, Problem> {
    // They come in the order of the inner query; to say so again would sort them again.
    let sql = "SELECT group_concat(item || char(31) || body, char(30)), max(place) FROM (
                   SELECT place, item, body FROM state WHERE plan = ? AND place > ? ORDER BY place LIMIT ?)";
    let (block, last): (Option<String>, Option<i64>) =
        query_as(sql).bind(head.number).bind(place).bind(BLOCK).fetch_one(connection).await?;
    Ok(block.zip(last))
}

/// Takes a block apart: `take` gets each item's id and state.
pub(super) fn read(block: &str, reader: &mut Reader, mut take: impl FnMut(&str, State)) -> Result<(), Problem> {
    for record in block.split(RECORD) {
        let (id, body) = record.split_once(PART).ok_or(DAMAGED)?;
        take(id, reader.read(body).ok_or(DAMAGED)?);
    }
    Ok(())
}

/// Writes in short what was in JSON, item by item in the same order.
pub(super) async fn shorten(connection: &mut SqliteConnection) -> Result<(), Problem> {
    let (mut plan, mut place) = (0, 0);
    loop {
        let sql = "SELECT plan, place, item, body FROM state_in_json WHERE (plan, place) > (?, ?)
                   ORDER BY plan, place LIMIT ?";
        let limit = i64::try_from(ROWS).unwrap_or(i64::MAX);
        let rows: Vec<(i64, i64, String, String)> =
            query_as(sql).bind(plan).bind(place).bind(limit).fetch_all(&mut *connection).await?;
        let Some(last) = rows.last() else { break };
        (plan, place) = (last.0, last.1);
        let mut short = Vec::with_capacity(rows.len());
        for (plan, place, item, body) in rows {
            let state: State = serde_json::from_str(&body)?;
            short.push((plan, place, item, written(&state)));
        }
        let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO state (plan, place, item, body) ");
        insert.push_values(short, |mut row, (plan, place, item, body)| {
            row.push_bind(plan).push_bind(place).push_bind(item).push_bind(body);
        });
        insert.build().execute(&mut *connection).await?;
    }
    raw_sql("DROP TABLE state_in_json").execute(connection).await?;
    Ok(())
}
