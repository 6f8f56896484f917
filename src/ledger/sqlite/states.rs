//! The statements on what items have become.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_as, query_scalar};

use super::{
    plans::Head,
    rows::{PART, RECORD, ROWS},
};
use crate::{
    domain::{id::ItemId, item::State},
    sqlite::problem::Problem,
};

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
            rows.push((place, id.as_str().to_owned(), serde_json::to_string(state)?));
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
    rows.into_iter().map(|(id, body)| Ok((ItemId::from(id.as_str()), serde_json::from_str(&body)?))).collect()
}

/// The states after `place`, a block of them, and the place of the last; `None` where there is no more.
pub(super) async fn block(
    connection: &mut SqliteConnection,
    head: Head,
    place: i64,
) -> Result<Option<(String, i64)>, Problem> {
    // They come in the order of the inner query; to say so again would sort them again.
    let sql = "SELECT group_concat(item || char(31) || body, char(30)), max(place) FROM (
                   SELECT place, item, body FROM state WHERE plan = ? AND place > ? ORDER BY place LIMIT 8192)";
    let (block, last): (Option<String>, Option<i64>) =
        query_as(sql).bind(head.number).bind(place).fetch_one(connection).await?;
    Ok(block.zip(last))
}

/// A block of states taken apart.
pub(super) fn read(block: &str) -> Result<Vec<(ItemId, State)>, Problem> {
    let state = |record: &str| {
        let (id, body) = record.split_once(PART).ok_or(Problem::Inconsistent("state.body"))?;
        Ok((ItemId::from(id), serde_json::from_str(body)?))
    };
    block.split(RECORD).map(state).collect()
}
