//! The statements for single tables, and how rows become what they say. Many rows travel as one: the way from SQLite's
//! thread to ours costs more than a row does.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite, SqliteConnection, query, query_as, query_scalar};
use uuid::Uuid;

use super::error::Problem;
use crate::domain::{
    entry::{Entry, Verb},
    id::{EntryId, ItemId, PlanId},
    item::State,
    plan::Plan,
    replay::Revision,
};

/// A plan's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) revision: i64,
    pub(super) seq: u64,
}

/// Rows of one statement; SQLite takes 32,766 values at most.
const ROWS: usize = 1_000;

/// Between the records, and between the parts, of rows that travel as one. No id and no JSON has them.
const RECORD: char = '\u{1e}';
const PART: char = '\u{1f}';

pub(super) async fn head(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Option<Head>, Problem> {
    let row: Option<(i64, i64, i64)> = query_as("SELECT number, revision, seq FROM plan WHERE id = ?")
        .bind(plan.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(|(number, revision, seq)| Ok(Head { number, revision, seq: unsigned(seq)? })).transpose()
}

pub(super) async fn known_head(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Head, Problem> {
    head(connection, plan).await?.ok_or_else(|| Problem::NoSuchPlan(plan.clone()))
}

/// The plan in force.
pub(super) async fn body(connection: &mut SqliteConnection, head: Head) -> Result<Plan, Problem> {
    let body: String = query_scalar("SELECT body FROM revision WHERE plan = ? AND number = ?")
        .bind(head.number)
        .bind(head.revision)
        .fetch_one(connection)
        .await?;
    Ok(serde_json::from_str(&body)?)
}

/// The place of the entry that laid down the revision in force.
pub(super) async fn amended(connection: &mut SqliteConnection, head: Head) -> Result<u64, Problem> {
    let seq: i64 = query_scalar("SELECT seq FROM revision WHERE plan = ? AND number = ?")
        .bind(head.number)
        .bind(head.revision)
        .fetch_one(connection)
        .await?;
    unsigned(seq)
}

/// All revisions, the first one first.
pub(super) async fn revisions(connection: &mut SqliteConnection, head: Head) -> Result<Vec<Revision>, Problem> {
    let rows: Vec<(i64, String, String)> =
        query_as("SELECT seq, day, body FROM revision WHERE plan = ? ORDER BY number")
            .bind(head.number)
            .fetch_all(connection)
            .await?;
    let revision = |(seq, day, body): (i64, String, String)| {
        let on = day.parse().map_err(|_| Problem::Inconsistent("a revision's day is not a date"))?;
        let plan: Plan = serde_json::from_str(&body)?;
        Ok(Revision { seq: unsigned(seq)?, on, plan: plan.into() })
    };
    rows.into_iter().map(revision).collect()
}

/// Raises the plan's counter, in the transaction that fills the places; answers with the last one.
pub(super) async fn take_places(connection: &mut SqliteConnection, head: Head, count: usize) -> Result<u64, Problem> {
    let seq: i64 = query_scalar("UPDATE plan SET seq = seq + ? WHERE number = ? RETURNING seq")
        .bind(signed(count as u64)?)
        .bind(head.number)
        .fetch_one(connection)
        .await?;
    unsigned(seq)
}

pub(super) async fn insert_entries(
    connection: &mut SqliteConnection,
    head: Head,
    entries: &[Entry],
) -> Result<(), Problem> {
    for some in entries.chunks(ROWS) {
        let mut rows = Vec::with_capacity(some.len());
        for entry in some {
            rows.push((entry, signed(entry.seq)?, serde_json::to_string(entry)?));
        }
        let into = "INSERT INTO entry (plan, seq, id, item, verb, actor, recorded, reverses, body) ";
        let mut insert = QueryBuilder::<Sqlite>::new(into);
        insert.push_values(rows, |mut row, (entry, seq, body)| {
            let by = entry.by.as_ref().map_or("", |by| by.as_str());
            row.push_bind(head.number).push_bind(seq).push_bind(entry.id.0.as_bytes().to_vec());
            row.push_bind(entry.item.as_str().to_owned()).push_bind(entry.verb.as_str().to_owned());
            row.push_bind(by.to_owned()).push_bind(entry.recorded_at().as_microsecond());
            row.push_bind(entry.reverses.map(|id| id.0.as_bytes().to_vec())).push_bind(body);
        });
        insert.build().persistent(some.len() == 1 || some.len() == ROWS).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes what items have become; an item that was touched before keeps its place.
pub(super) async fn put_states(
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
pub(super) async fn states(
    connection: &mut SqliteConnection,
    head: Head,
    items: &[ItemId],
) -> Result<HashMap<ItemId, State>, Problem> {
    let sql = "SELECT item, body FROM state WHERE plan = ? AND item IN (SELECT value FROM json_each(?))";
    let rows: Vec<(String, String)> =
        query_as(sql).bind(head.number).bind(serde_json::to_string(items)?).fetch_all(connection).await?;
    rows.into_iter().map(|(id, body)| Ok((ItemId::from(id.as_str()), serde_json::from_str(&body)?))).collect()
}

/// The states after `place`, a block of them, and the place of the last; `None` where there is no more.
pub(super) async fn state_block(
    connection: &mut SqliteConnection,
    head: Head,
    place: i64,
) -> Result<Option<(String, i64)>, Problem> {
    let sql = "SELECT group_concat(item || char(31) || body, char(30) ORDER BY place), max(place) FROM (
                   SELECT place, item, body FROM state WHERE plan = ? AND place > ? ORDER BY place LIMIT 8192)";
    let (block, last): (Option<String>, Option<i64>) =
        query_as(sql).bind(head.number).bind(place).fetch_one(connection).await?;
    Ok(block.zip(last))
}

/// A block of states taken apart.
pub(super) fn read_states(block: &str) -> Result<Vec<(ItemId, State)>, Problem> {
    let state = |record: &str| {
        let (id, body) = record.split_once(PART).ok_or(Problem::Inconsistent("a state's row has no end"))?;
        Ok((ItemId::from(id), serde_json::from_str(body)?))
    };
    block.split(RECORD).map(state).collect()
}

/// The entries after `seq` recorded up to `until`, a block of them, and the place of the last looked at.
pub(super) async fn entry_block(
    connection: &mut SqliteConnection,
    head: Head,
    seq: u64,
    until: Option<Timestamp>,
) -> Result<Option<(String, u64)>, Problem> {
    let sql = "SELECT group_concat(body, char(30) ORDER BY seq), max(seq) FROM (
                   SELECT seq, body FROM entry WHERE plan = ? AND seq > ? AND recorded <= ? ORDER BY seq LIMIT 4096)";
    let until = until.unwrap_or(Timestamp::MAX).as_microsecond();
    let (block, last): (Option<String>, Option<i64>) =
        query_as(sql).bind(head.number).bind(signed(seq)?).bind(until).fetch_one(connection).await?;
    block.zip(last).map(|(block, last)| Ok((block, unsigned(last)?))).transpose()
}

/// A block of entries taken apart.
pub(super) fn read_entries(block: &str) -> Result<Vec<Entry>, Problem> {
    block.split(RECORD).map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The entries of any plan that bear one of these ids.
pub(super) async fn entries_by_id(
    connection: &mut SqliteConnection,
    ids: impl IntoIterator<Item = EntryId>,
) -> Result<HashMap<EntryId, Entry>, Problem> {
    let sql = "SELECT body FROM entry WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let bodies: Vec<String> = query_scalar(sql).bind(hex_list(ids)?).fetch_all(connection).await?;
    let entry = |body: String| {
        let entry: Entry = serde_json::from_str(&body)?;
        Ok((entry.id, entry))
    };
    bodies.into_iter().map(entry).collect()
}

/// Which of these ids are in any plan's journal.
pub(super) async fn known_ids(
    connection: &mut SqliteConnection,
    ids: &[EntryId],
) -> Result<std::collections::HashSet<EntryId>, Problem> {
    let sql = "SELECT group_concat(hex(id)) FROM entry WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let mut known = std::collections::HashSet::new();
    for some in ids.chunks(ROWS * 8) {
        let list: Option<String> =
            query_scalar(sql).bind(hex_list(some.iter().copied())?).fetch_one(&mut *connection).await?;
        for id in list.iter().flat_map(|list| list.split(',')) {
            let id = Uuid::parse_str(id).map_err(|_| Problem::Inconsistent("an entry's id is not a UUID"))?;
            known.insert(EntryId(id));
        }
    }
    Ok(known)
}

/// The whole journals of these items, in order; an item without entries is there too.
pub(super) async fn journals(
    connection: &mut SqliteConnection,
    head: Head,
    items: Vec<ItemId>,
) -> Result<HashMap<ItemId, Vec<Entry>>, Problem> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT body FROM entry WHERE plan = ? AND item IN (SELECT value FROM json_each(?)) ORDER BY seq";
    let bodies: Vec<String> =
        query_scalar(sql).bind(head.number).bind(serde_json::to_string(&items)?).fetch_all(connection).await?;
    let mut journals: HashMap<ItemId, Vec<Entry>> = items.into_iter().map(|item| (item, Vec::new())).collect();
    for body in bodies {
        let entry: Entry = serde_json::from_str(&body)?;
        journals.entry(entry.item.clone()).or_default().push(entry);
    }
    Ok(journals)
}

/// The reversals on these items: enough of them to tell what is taken back.
pub(super) async fn reversals(
    connection: &mut SqliteConnection,
    head: Head,
    items: &[&ItemId],
) -> Result<Vec<Entry>, Problem> {
    let sql = "SELECT body FROM entry WHERE plan = ? AND reverses IS NOT NULL
               AND item IN (SELECT value FROM json_each(?)) ORDER BY seq";
    let bodies: Vec<String> =
        query_scalar(sql).bind(head.number).bind(serde_json::to_string(items)?).fetch_all(connection).await?;
    bodies.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The entries a filter asks for, newest first.
pub(super) async fn filtered(
    connection: &mut SqliteConnection,
    head: Head,
    filter: &crate::domain::answer::Filter,
) -> Result<Vec<Entry>, Problem> {
    let verbs: Vec<&str> = filter.verbs.iter().map(Verb::as_str).collect();
    let conditions = [
        filter.item.as_ref().map(|_| " AND item = ?3"),
        filter.by.as_ref().map(|_| " AND actor = ?4"),
        (!verbs.is_empty()).then_some(" AND verb IN (SELECT value FROM json_each(?5))"),
    ];
    let conditions: String = conditions.into_iter().flatten().collect();
    let sql = format!(
        "SELECT group_concat(body, char(30) ORDER BY seq DESC) FROM (
             SELECT seq, body FROM entry WHERE plan = ?1 AND seq < ?2{conditions} ORDER BY seq DESC LIMIT ?6)"
    );
    let before = filter.before.map_or(Ok(i64::MAX), signed)?;
    let block: Option<String> = query_scalar(AssertSqlSafe(sql))
        .bind(head.number)
        .bind(before)
        .bind(filter.item.as_ref().map(|item| item.as_str()))
        .bind(filter.by.as_ref().map(|by| by.as_str()))
        .bind(serde_json::to_string(&verbs)?)
        .bind(filter.limit.map_or(-1, i64::from))
        .fetch_one(connection)
        .await?;
    block.map_or_else(|| Ok(Vec::new()), |block| read_entries(&block))
}

/// Writes a revision down and puts it in force.
pub(super) async fn insert_revision(
    connection: &mut SqliteConnection,
    head: Head,
    entry: &Entry,
    plan: &Plan,
) -> Result<(), Problem> {
    let shown = crate::domain::answer::PlanHead::of(plan, head.revision.unsigned_abs(), 0);
    query("INSERT INTO revision (plan, number, seq, day, head, body) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(head.number)
        .bind(head.revision)
        .bind(signed(entry.seq)?)
        .bind(entry.on.to_string())
        .bind(serde_json::to_string(&shown)?)
        .bind(serde_json::to_string(plan)?)
        .execute(&mut *connection)
        .await?;
    query("UPDATE plan SET revision = ? WHERE number = ?")
        .bind(head.revision)
        .bind(head.number)
        .execute(connection)
        .await?;
    Ok(())
}

/// A new plan's row, without entries.
pub(super) async fn insert_plan(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Head, Problem> {
    let number = query_scalar("INSERT INTO plan (id, seq, revision) VALUES (?, 0, 0) RETURNING number")
        .bind(plan.as_str())
        .fetch_one(connection)
        .await?;
    Ok(Head { number, revision: 0, seq: 0 })
}

pub(super) fn unsigned(number: i64) -> Result<u64, Problem> {
    u64::try_from(number).map_err(|_| Problem::Inconsistent("a sequence number is negative"))
}

pub(super) fn signed(number: u64) -> Result<i64, Problem> {
    i64::try_from(number).map_err(|_| Problem::Inconsistent("a sequence number is too large"))
}

fn hex_list(ids: impl IntoIterator<Item = EntryId>) -> Result<String, Problem> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.0.simple().to_string()).collect();
    Ok(serde_json::to_string(&ids)?)
}
