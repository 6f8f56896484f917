//! The statements on entries.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sqlx::{PgConnection, Postgres, QueryBuilder, query, query_scalar};
use uuid::Uuid;

use super::{
    plans::{Head, signed},
    problem::Problem,
};
use crate::domain::{
    answer::Filter,
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
};

/// Rows of one statement.
const ROWS: usize = 4_096;

pub(super) async fn insert(connection: &mut PgConnection, head: Head, entries: &[Entry]) -> Result<(), Problem> {
    for some in entries.chunks(ROWS) {
        let mut seqs = Vec::with_capacity(some.len());
        let mut bodies = Vec::with_capacity(some.len());
        for entry in some {
            seqs.push(signed(entry.seq)?);
            bodies.push(serde_json::to_string(entry)?);
        }
        let ids: Vec<Uuid> = some.iter().map(|entry| entry.id.0).collect();
        let items: Vec<&str> = some.iter().map(|entry| entry.item.as_str()).collect();
        let verbs: Vec<&str> = some.iter().map(|entry| entry.verb.as_str()).collect();
        let actors: Vec<&str> = some.iter().map(|entry| entry.by.as_ref().map_or("", |by| by.as_str())).collect();
        let recorded: Vec<i64> = some.iter().map(|entry| entry.recorded_at().as_microsecond()).collect();
        let reverses: Vec<Option<Uuid>> = some.iter().map(|entry| entry.reverses.map(|id| id.0)).collect();
        let sql = "INSERT INTO entry (plan, seq, id, item, verb, actor, recorded, reverses, body)
                   SELECT $1, seq, id, item, verb, actor, recorded, reverses, body
                   FROM unnest($2::BIGINT[], $3::UUID[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::BIGINT[], $8::UUID[], $9::TEXT[])
                   AS row (seq, id, item, verb, actor, recorded, reverses, body)";
        query(sql)
            .bind(head.number)
            .bind(seqs)
            .bind(ids)
            .bind(items)
            .bind(verbs)
            .bind(actors)
            .bind(recorded)
            .bind(reverses)
            .bind(bodies)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The entries after `seq` recorded up to `until`, a block of them, as they are stored, in order.
pub(super) async fn block(
    connection: &mut PgConnection,
    head: Head,
    seq: u64,
    until: Option<Timestamp>,
) -> Result<Vec<(i64, String)>, Problem> {
    let sql = "SELECT seq, body FROM entry WHERE plan = $1 AND seq > $2 AND recorded <= $3 ORDER BY seq LIMIT 4096";
    let until = until.unwrap_or(Timestamp::MAX).as_microsecond();
    let rows = sqlx::query_as(sql).bind(head.number).bind(signed(seq)?).bind(until).fetch_all(connection).await?;
    Ok(rows)
}

/// The entries after `seq` that can change how an item stands, a block of them, as they are stored, in order.
pub(super) async fn moving(connection: &mut PgConnection, head: Head, seq: u64) -> Result<Vec<(i64, String)>, Problem> {
    let sql = "SELECT seq, body FROM entry WHERE plan = $1 AND seq > $2 AND verb = ANY($3) ORDER BY seq LIMIT 4096";
    let verbs: Vec<&str> = Verb::KNOWN.iter().filter(|verb| verb.moves()).map(Verb::as_str).collect();
    let rows = sqlx::query_as(sql).bind(head.number).bind(signed(seq)?).bind(verbs).fetch_all(connection).await?;
    Ok(rows)
}

fn read(bodies: &[String]) -> Result<Vec<Entry>, Problem> {
    bodies.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The entries of any plan that bear one of these ids.
pub(super) async fn by_id(
    connection: &mut PgConnection,
    ids: impl IntoIterator<Item = EntryId>,
) -> Result<HashMap<EntryId, Entry>, Problem> {
    let ids: Vec<Uuid> = ids.into_iter().map(|id| id.0).collect();
    let bodies: Vec<String> =
        query_scalar("SELECT body FROM entry WHERE id = ANY ($1)").bind(ids).fetch_all(connection).await?;
    Ok(read(&bodies)?.into_iter().map(|entry| (entry.id, entry)).collect())
}

/// Which of these ids are in any plan's journal.
pub(super) async fn known(connection: &mut PgConnection, ids: &[EntryId]) -> Result<HashSet<EntryId>, Problem> {
    let mut known = HashSet::new();
    for some in ids.chunks(ROWS) {
        let some: Vec<Uuid> = some.iter().map(|id| id.0).collect();
        let found: Vec<Uuid> =
            query_scalar("SELECT id FROM entry WHERE id = ANY ($1)").bind(some).fetch_all(&mut *connection).await?;
        known.extend(found.into_iter().map(EntryId));
    }
    Ok(known)
}

/// The whole journals of these items, in order; an item without entries is there too.
pub(super) async fn of_items(
    connection: &mut PgConnection,
    head: Head,
    items: Vec<ItemId>,
) -> Result<HashMap<ItemId, Vec<Entry>>, Problem> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let names: Vec<&str> = items.iter().map(ItemId::as_str).collect();
    let sql = "SELECT body FROM entry WHERE plan = $1 AND item = ANY ($2) ORDER BY seq";
    let bodies: Vec<String> = query_scalar(sql).bind(head.number).bind(names).fetch_all(connection).await?;
    let mut journals: HashMap<ItemId, Vec<Entry>> = items.into_iter().map(|item| (item, Vec::new())).collect();
    for entry in read(&bodies)? {
        journals.entry(entry.item.clone()).or_default().push(entry);
    }
    Ok(journals)
}

/// The reversals on these items: enough of them to tell what is taken back.
pub(super) async fn reversals(
    connection: &mut PgConnection,
    head: Head,
    items: &[&ItemId],
) -> Result<Vec<Entry>, Problem> {
    let mut names: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let sql = "SELECT body FROM entry WHERE plan = $1 AND item = ANY ($2) AND reverses IS NOT NULL ORDER BY seq";
    read(&query_scalar(sql).bind(head.number).bind(names).fetch_all(connection).await?)
}

/// The reminders recorded since then, in order.
pub(super) async fn reminders(
    connection: &mut PgConnection,
    head: Head,
    since: Timestamp,
) -> Result<Vec<Entry>, Problem> {
    let sql = "SELECT body FROM entry WHERE plan = $1 AND verb = 'remind' AND recorded >= $2 ORDER BY seq";
    read(&query_scalar(sql).bind(head.number).bind(since.as_microsecond()).fetch_all(connection).await?)
}

/// The entries a filter asks for, newest first.
pub(super) async fn filtered(
    connection: &mut PgConnection,
    head: Head,
    filter: &Filter,
) -> Result<Vec<Entry>, Problem> {
    let before = filter.before.map_or(Ok(i64::MAX), signed)?;
    let mut sql = QueryBuilder::<Postgres>::new("");
    if let Some(item) = &filter.item {
        // Made first: left to itself the planner walks the whole journal backwards, in search of enough entries of an item with
        // few. A case's opening, which is another item's, is looked up by itself.
        sql.push("WITH entry AS MATERIALIZED (SELECT * FROM entry WHERE plan = ").push_bind(head.number);
        sql.push(" AND item = ").push_bind(item.as_str());
        if let Some(opening) = filter.opening() {
            sql.push(" UNION SELECT * FROM entry WHERE plan = ").push_bind(head.number);
            sql.push(" AND id = ").push_bind(opening.0);
        }
        sql.push(") ");
    }
    sql.push("SELECT body FROM entry WHERE plan = ").push_bind(head.number);
    sql.push(" AND seq < ").push_bind(before);
    if let Some(by) = &filter.by {
        sql.push(" AND actor = ").push_bind(by.as_str());
    }
    if !filter.verbs.is_empty() {
        let verbs: Vec<&str> = filter.verbs.iter().map(Verb::as_str).collect();
        sql.push(" AND verb = ANY (").push_bind(verbs).push(")");
    }
    if let Some(until) = filter.until {
        sql.push(" AND recorded <= ").push_bind(until.as_microsecond());
    }
    if let Some(since) = filter.since {
        sql.push(" AND recorded >= ").push_bind(since.as_microsecond());
    }
    sql.push(" ORDER BY seq DESC");
    if let Some(limit) = filter.limit {
        sql.push(" LIMIT ").push_bind(i64::from(limit));
    }
    let mut entries = read(&sql.build_query_scalar().fetch_all(connection).await?)?;
    // The column is in microseconds, entries may be finer.
    entries.retain(|entry| filter.was_there(entry) && filter.is_recent(entry));
    Ok(entries)
}
