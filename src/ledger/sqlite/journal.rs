//! The statements on entries.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite, SqliteConnection, query_as, query_scalar};
use uuid::Uuid;

use super::{
    plans::Head,
    rows::{RECORD, ROWS},
};
use crate::{
    domain::{
        answer::Filter,
        entry::{Entry, Verb},
        id::{EntryId, ItemId},
    },
    sqlite::{problem::Problem, signed, unsigned},
};

pub(super) async fn insert(connection: &mut SqliteConnection, head: Head, entries: &[Entry]) -> Result<(), Problem> {
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

/// The entries after `seq` recorded up to `until`, a block of them, and the place of the last looked at.
pub(super) async fn block(
    connection: &mut SqliteConnection,
    head: Head,
    seq: u64,
    until: Option<Timestamp>,
) -> Result<Option<(String, u64)>, Problem> {
    let sql = "SELECT group_concat(body, char(30)), max(seq) FROM (
                   SELECT seq, body FROM entry WHERE plan = ? AND seq > ? AND recorded <= ? ORDER BY seq LIMIT 4096)";
    let until = until.unwrap_or(Timestamp::MAX).as_microsecond();
    let (block, last): (Option<String>, Option<i64>) =
        query_as(sql).bind(head.number).bind(signed(seq)?).bind(until).fetch_one(connection).await?;
    block.zip(last).map(|(block, last)| Ok((block, unsigned(last)?))).transpose()
}

/// The entries after `seq` that can change how an item stands, a block of them, and the place of the last one.
pub(super) async fn moving(
    connection: &mut SqliteConnection,
    head: Head,
    seq: u64,
) -> Result<Option<(String, u64)>, Problem> {
    let sql = "SELECT group_concat(body, char(30)), max(seq) FROM (
                   SELECT seq, body FROM entry WHERE plan = ? AND seq > ?
                   AND verb IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT 4096)";
    let verbs: Vec<&str> = Verb::KNOWN.iter().filter(|verb| verb.moves()).map(Verb::as_str).collect();
    let (block, last): (Option<String>, Option<i64>) = query_as(sql)
        .bind(head.number)
        .bind(signed(seq)?)
        .bind(serde_json::to_string(&verbs)?)
        .fetch_one(connection)
        .await?;
    block.zip(last).map(|(block, last)| Ok((block, unsigned(last)?))).transpose()
}

/// A block of entries taken apart, in order.
pub(super) fn read(block: &str) -> Result<Vec<Entry>, Problem> {
    let entries: Result<Vec<Entry>, Problem> =
        block.split(RECORD).map(|body| Ok(serde_json::from_str(body)?)).collect();
    let mut entries = entries?;
    // They come in order already, which SQLite does not promise.
    entries.sort_by_key(|entry| entry.seq);
    Ok(entries)
}

/// The entries of any plan that bear one of these ids.
pub(super) async fn by_id(
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
pub(super) async fn known(connection: &mut SqliteConnection, ids: &[EntryId]) -> Result<HashSet<EntryId>, Problem> {
    let sql = "SELECT group_concat(hex(id)) FROM entry WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let mut known = HashSet::new();
    for some in ids.chunks(ROWS * 8) {
        let list: Option<String> =
            query_scalar(sql).bind(hex_list(some.iter().copied())?).fetch_one(&mut *connection).await?;
        for id in list.iter().flat_map(|list| list.split(',')) {
            let id = Uuid::parse_str(id).map_err(|_| Problem::Inconsistent("entry.id"))?;
            known.insert(EntryId(id));
        }
    }
    Ok(known)
}

/// The whole journals of these items, in order; an item without entries is there too.
pub(super) async fn of_items(
    connection: &mut SqliteConnection,
    head: Head,
    items: Vec<ItemId>,
) -> Result<HashMap<ItemId, Vec<Entry>>, Problem> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT body FROM (SELECT DISTINCT value FROM json_each(?2)) CROSS JOIN entry
               INDEXED BY entry_by_item ON entry.plan = ?1 AND entry.item = value ORDER BY seq";
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
    let sql = "SELECT body FROM (SELECT DISTINCT value FROM json_each(?2)) CROSS JOIN entry
               INDEXED BY reversal_by_item ON entry.plan = ?1 AND entry.item = value
               WHERE entry.reverses IS NOT NULL ORDER BY seq";
    let bodies: Vec<String> =
        query_scalar(sql).bind(head.number).bind(serde_json::to_string(items)?).fetch_all(connection).await?;
    bodies.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The reminders recorded since then, in order.
pub(super) async fn reminders(
    connection: &mut SqliteConnection,
    head: Head,
    since: Timestamp,
) -> Result<Vec<Entry>, Problem> {
    let sql = "SELECT body FROM entry INDEXED BY reminder_by_time
               WHERE plan = ? AND verb = 'remind' AND recorded >= ? ORDER BY seq";
    let bodies: Vec<String> =
        query_scalar(sql).bind(head.number).bind(since.as_microsecond()).fetch_all(connection).await?;
    bodies.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The entries a filter asks for, newest first.
pub(super) async fn filtered(
    connection: &mut SqliteConnection,
    head: Head,
    filter: &Filter,
) -> Result<Vec<Entry>, Problem> {
    let verbs: Vec<&str> = filter.verbs.iter().map(Verb::as_str).collect();
    let before = filter.before.map_or(Ok(i64::MAX), signed)?;
    let block: Option<String> = query_scalar(AssertSqlSafe(selection(filter)))
        .bind(head.number)
        .bind(before)
        .bind(filter.item.as_ref().map(|item| item.as_str()))
        .bind(filter.by.as_ref().map(|by| by.as_str()))
        .bind(serde_json::to_string(&verbs)?)
        .bind(filter.limit.map_or(-1, i64::from))
        .bind(filter.until.map(Timestamp::as_microsecond))
        .bind(filter.opening().map(|id| id.0.as_bytes().to_vec()))
        .bind(filter.since.map(Timestamp::as_microsecond))
        .fetch_one(connection)
        .await?;
    let mut entries = block.map_or_else(|| Ok(Vec::new()), |block| read(&block))?;
    // The column is in microseconds, entries may be finer.
    entries.retain(|entry| filter.was_there(entry) && filter.is_recent(entry));
    entries.reverse();
    Ok(entries)
}

/// The statement that finds them. Left to itself the planner walks the whole journal backwards, in search of enough entries
/// of an item with few; a case's opening, which is another item's, is looked up by itself.
fn selection(filter: &Filter) -> String {
    let from = match (&filter.item, filter.opening()) {
        (None, _) => "entry WHERE",
        (Some(_), None) => "entry INDEXED BY entry_by_item WHERE item = ?3 AND",
        (Some(_), Some(_)) => {
            "(SELECT seq AS one FROM entry INDEXED BY entry_by_item WHERE plan = ?1 AND item = ?3
              UNION SELECT seq FROM entry WHERE id = ?8) CROSS JOIN entry WHERE seq = one AND"
        }
    };
    let conditions = [
        filter.by.as_ref().map(|_| " AND actor = ?4"),
        (!filter.verbs.is_empty()).then_some(" AND verb IN (SELECT value FROM json_each(?5))"),
        filter.until.map(|_| " AND recorded <= ?7"),
        filter.since.map(|_| " AND recorded >= ?9"),
        // Its number alone would be another plan's entry.
        filter.opening().map(|_| " AND (item = ?3 OR id = ?8)"),
    ];
    let conditions: String = conditions.into_iter().flatten().collect();
    format!(
        "SELECT group_concat(body, char(30)) FROM (
             SELECT seq, body FROM {from} plan = ?1 AND seq < ?2{conditions} ORDER BY seq DESC LIMIT ?6)"
    )
}

fn hex_list(ids: impl IntoIterator<Item = EntryId>) -> Result<String, Problem> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.0.simple().to_string()).collect();
    Ok(serde_json::to_string(&ids)?)
}

#[cfg(test)]
mod tests {
    use sqlx::{Row, sqlite::SqliteRow};

    use super::*;
    use crate::ledger::sqlite::SqliteLedger;

    #[tokio::test]
    async fn an_items_history_is_looked_up_and_never_searched_for() {
        let directory = tempfile::tempdir().unwrap();
        let ledger = SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap();
        let mut writer = ledger.writer.lock().await;
        let case = "report:R7/018bd5d6-7a88-7000-8000-000000000168/dx";
        for item in ["task:N1", "report:R1/2023-H1/a", case] {
            let whole = Filter { item: Some(item.into()), limit: Some(200), ..Filter::default() };
            let narrow = Filter { by: Some("me".into()), until: Some(Timestamp::MAX), ..whole.clone() };
            for filter in [whole, narrow] {
                let sql = format!("EXPLAIN QUERY PLAN {}", selection(&filter));
                let steps: Vec<SqliteRow> =
                    sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut writer.connection).await.unwrap();
                let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
                let looked_up = |step: &&String| {
                    step.contains("plan=? AND item=?") || step.contains("(id=?)") || step.contains("plan=? AND seq=?")
                };
                let read: Vec<&String> = steps.iter().filter(|step| step.contains("entry")).collect();
                assert!(!read.is_empty() && read.iter().all(looked_up), "{item}: {steps:#?}");
            }
        }
    }
}
