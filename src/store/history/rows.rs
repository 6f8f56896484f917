//! The statements.

use jiff::civil::Date;
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::Address;
use crate::sqlite::{problem::Problem, signed};

/// A picture as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    pub(super) number: i64,
    pub(super) depth: i64,
    pub(super) size: i64,
    pub(super) body: Vec<u8>,
}

/// The number of the plan's place in the file; made where it has none.
pub(super) async fn place(connection: &mut SqliteConnection, address: &Address) -> Result<i64, Problem> {
    query("INSERT INTO place (source, plan) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(address.source.as_str())
        .bind(address.plan.as_str())
        .execute(&mut *connection)
        .await?;
    known_place(connection, address).await?.ok_or(Problem::Inconsistent("place"))
}

/// The same where it has one.
pub(super) async fn known_place(connection: &mut SqliteConnection, address: &Address) -> Result<Option<i64>, Problem> {
    let number = query_scalar("SELECT number FROM place WHERE source = ? AND plan = ?")
        .bind(address.source.as_str())
        .bind(address.plan.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(number)
}

/// The last day up to `day` that is kept, and its picture.
pub(super) async fn last(
    connection: &mut SqliteConnection,
    place: i64,
    day: Date,
) -> Result<Option<(Date, i64)>, Problem> {
    let sql = "SELECT day, picture FROM day WHERE place = ? AND day <= ? ORDER BY day DESC LIMIT 1";
    found(query_as(sql).bind(place).bind(day.to_string()).fetch_optional(connection).await?)
}

/// The last day before `day` that is kept, and its picture.
pub(super) async fn before(
    connection: &mut SqliteConnection,
    place: i64,
    day: Date,
) -> Result<Option<(Date, i64)>, Problem> {
    let sql = "SELECT day, picture FROM day WHERE place = ? AND day < ? ORDER BY day DESC LIMIT 1";
    found(query_as(sql).bind(place).bind(day.to_string()).fetch_optional(connection).await?)
}

fn found(row: Option<(String, i64)>) -> Result<Option<(Date, i64)>, Problem> {
    row.map(|(day, picture)| Ok((read(&day)?, picture))).transpose()
}

/// The first day that is kept.
pub(super) async fn first(connection: &mut SqliteConnection, address: &Address) -> Result<Option<Date>, Problem> {
    let Some(place) = known_place(connection, address).await? else { return Ok(None) };
    let day: Option<String> =
        query_scalar("SELECT min(day) FROM day WHERE place = ?").bind(place).fetch_one(connection).await?;
    day.map(|day| read(&day)).transpose()
}

/// A picture behind all those it is packed against, the whole one first.
pub(super) async fn chain(connection: &mut SqliteConnection, number: i64) -> Result<Vec<Packed>, Problem> {
    let sql = "WITH RECURSIVE chain (number, base, depth) AS (
                   SELECT number, base, depth FROM picture WHERE number = ?
                   UNION
                   SELECT picture.number, picture.base, picture.depth FROM chain JOIN picture ON picture.number = chain.base)
               SELECT number, chain.depth, size, body FROM chain JOIN picture USING (number) ORDER BY chain.depth";
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = query_as(sql).bind(number).fetch_all(connection).await?;
    let chain: Vec<Packed> =
        rows.into_iter().map(|(number, depth, size, body)| Packed { number, depth, size, body }).collect();
    if chain.is_empty() { Err(Problem::Inconsistent("day.picture")) } else { Ok(chain) }
}

/// Writes a picture; answers its number.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    base: Option<i64>,
    depth: i64,
    size: usize,
    body: Vec<u8>,
) -> Result<i64, Problem> {
    let number = query_scalar("INSERT INTO picture (base, depth, size, body) VALUES (?, ?, ?, ?) RETURNING number")
        .bind(base)
        .bind(depth)
        .bind(signed(size as u64)?)
        .bind(body)
        .fetch_one(connection)
        .await?;
    Ok(number)
}

/// Says which picture a day has.
pub(super) async fn put_day(
    connection: &mut SqliteConnection,
    place: i64,
    day: Date,
    picture: i64,
) -> Result<(), Problem> {
    query(
        "INSERT INTO day (place, day, picture) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET picture = excluded.picture",
    )
    .bind(place)
    .bind(day.to_string())
    .bind(picture)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the days before `oldest`, of every plan: also of those that are no longer looked at.
pub(super) async fn forget_before(connection: &mut SqliteConnection, oldest: Date) -> Result<(), Problem> {
    query("DELETE FROM day WHERE day < ?").bind(oldest.to_string()).execute(connection).await?;
    Ok(())
}

/// Forgets every day.
pub(super) async fn forget(connection: &mut SqliteConnection) -> Result<(), Problem> {
    query("DELETE FROM day").execute(connection).await?;
    Ok(())
}

/// Removes the pictures that no day needs, neither as its own nor under it.
pub(super) async fn sweep(connection: &mut SqliteConnection) -> Result<(), Problem> {
    let sql = "WITH RECURSIVE needed (number) AS (
                   SELECT picture FROM day
                   UNION
                   SELECT picture.base FROM needed JOIN picture USING (number) WHERE picture.base IS NOT NULL)
               DELETE FROM picture WHERE number NOT IN (SELECT number FROM needed)";
    query(sql).execute(connection).await?;
    Ok(())
}

fn read(day: &str) -> Result<Date, Problem> {
    day.parse().map_err(|_| Problem::Inconsistent("day.day"))
}
