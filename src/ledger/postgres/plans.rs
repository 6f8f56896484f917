//! The statements on plans and their revisions.

use sqlx::{PgConnection, query, query_as, query_scalar};
use uuid::Uuid;

use super::problem::Problem;
use crate::{
    domain::{answer::PlanHead, entry::Entry, id::PlanId, plan::Plan, replay::Revision},
    ledger::no_such_plan,
};

/// A plan's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) revision: i64,
    pub(super) seq: u64,
    /// The entry that laid down the revision in force.
    pub(super) laid: Uuid,
}

/// What is to be done with the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Read as it is.
    Read,
    /// Kept from other writers until the transaction ends.
    Locked,
}

pub(super) async fn head(connection: &mut PgConnection, plan: &PlanId, hold: Hold) -> Result<Option<Head>, Problem> {
    let sql = match hold {
        Hold::Read => "SELECT number, revision, seq, laid FROM plan WHERE id = $1",
        Hold::Locked => "SELECT number, revision, seq, laid FROM plan WHERE id = $1 FOR UPDATE",
    };
    let row: Option<(i64, i64, i64, Uuid)> = query_as(sql).bind(plan.as_str()).fetch_optional(connection).await?;
    row.map(|(number, revision, seq, laid)| Ok(Head { number, revision, seq: unsigned(seq)?, laid })).transpose()
}

pub(super) async fn known_head(connection: &mut PgConnection, plan: &PlanId, hold: Hold) -> Result<Head, Problem> {
    head(connection, plan, hold).await?.ok_or_else(|| Problem::Told(no_such_plan(plan)))
}

/// What a list of plans shows, in the order they were first laid down.
pub(super) async fn heads(connection: &mut PgConnection) -> Result<Vec<PlanHead>, Problem> {
    let sql = "SELECT plan.seq, head FROM plan
               JOIN revision ON revision.plan = plan.number AND revision.number = plan.revision ORDER BY plan.number";
    let rows: Vec<(i64, String)> = query_as(sql).fetch_all(connection).await?;
    let head = |(seq, head): (i64, String)| {
        let head: PlanHead = serde_json::from_str(&head)?;
        Ok(PlanHead { seq: unsigned(seq)?, ..head })
    };
    rows.into_iter().map(head).collect()
}

/// A number that only grows, and does with everything that is written.
pub(super) async fn version(connection: &mut PgConnection) -> Result<u64, Problem> {
    let sql = "SELECT CAST((SELECT coalesce(sum(seq), 0) FROM plan)
                         + (SELECT count(*) + count(revoked) FROM token) AS BIGINT)";
    unsigned(query_scalar(sql).fetch_one(connection).await?)
}

/// The plan in force.
pub(super) async fn body(connection: &mut PgConnection, head: Head) -> Result<Plan, Problem> {
    let body: String = query_scalar("SELECT body FROM revision WHERE plan = $1 AND number = $2")
        .bind(head.number)
        .bind(head.revision)
        .fetch_one(connection)
        .await?;
    Ok(serde_json::from_str(&body)?)
}

/// The place of the entry that laid down the revision in force.
pub(super) async fn amended(connection: &mut PgConnection, head: Head) -> Result<u64, Problem> {
    let seq: i64 = query_scalar("SELECT seq FROM revision WHERE plan = $1 AND number = $2")
        .bind(head.number)
        .bind(head.revision)
        .fetch_one(connection)
        .await?;
    unsigned(seq)
}

/// All revisions, the first one first.
pub(super) async fn revisions(connection: &mut PgConnection, head: Head) -> Result<Vec<Revision>, Problem> {
    let rows: Vec<(i64, String, String)> =
        query_as("SELECT seq, day, body FROM revision WHERE plan = $1 ORDER BY number")
            .bind(head.number)
            .fetch_all(connection)
            .await?;
    let revision = |(seq, day, body): (i64, String, String)| {
        let on = day.parse().map_err(|_| Problem::Inconsistent("revision.day"))?;
        let plan: Plan = serde_json::from_str(&body)?;
        Ok(Revision { seq: unsigned(seq)?, on, plan: plan.into() })
    };
    rows.into_iter().map(revision).collect()
}

/// Raises the plan's counter, in the transaction that fills the places; answers with the last one.
pub(super) async fn take_places(connection: &mut PgConnection, head: Head, count: usize) -> Result<u64, Problem> {
    let seq: i64 = query_scalar("UPDATE plan SET seq = seq + $1 WHERE number = $2 RETURNING seq")
        .bind(signed(count as u64)?)
        .bind(head.number)
        .fetch_one(connection)
        .await?;
    unsigned(seq)
}

/// A new plan's row, without entries; `laid` will lay it down.
pub(super) async fn insert_plan(connection: &mut PgConnection, plan: &PlanId, laid: Uuid) -> Result<Head, Problem> {
    let number = query_scalar("INSERT INTO plan (id, seq, revision, laid) VALUES ($1, 0, 0, $2) RETURNING number")
        .bind(plan.as_str())
        .bind(laid)
        .fetch_one(connection)
        .await?;
    Ok(Head { number, revision: 0, seq: 0, laid })
}

/// Writes a revision down and puts it in force.
pub(super) async fn insert_revision(
    connection: &mut PgConnection,
    head: Head,
    entry: &Entry,
    plan: &Plan,
) -> Result<(), Problem> {
    let shown = PlanHead::of(plan, head.revision.unsigned_abs(), 0);
    query("INSERT INTO revision (plan, number, seq, day, head, body) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(head.number)
        .bind(head.revision)
        .bind(signed(entry.seq)?)
        .bind(entry.on.to_string())
        .bind(serde_json::to_string(&shown)?)
        .bind(serde_json::to_string(plan)?)
        .execute(&mut *connection)
        .await?;
    query("UPDATE plan SET revision = $1, laid = $2 WHERE number = $3")
        .bind(head.revision)
        .bind(entry.id.0)
        .bind(head.number)
        .execute(connection)
        .await?;
    Ok(())
}

/// A count as it is stored.
pub(super) fn signed(number: u64) -> Result<i64, Problem> {
    i64::try_from(number).map_err(|_| Problem::Inconsistent("seq > 2^63"))
}

/// A stored count.
pub(super) fn unsigned(number: i64) -> Result<u64, Problem> {
    u64::try_from(number).map_err(|_| Problem::Inconsistent("seq < 0"))
}
