//! The statements on plans and their revisions.

use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    domain::{answer::PlanHead, entry::Entry, id::PlanId, plan::Plan, replay::Revision},
    ledger::no_such_plan,
    sqlite::{problem::Problem, signed, unsigned},
};

/// A plan's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) revision: i64,
    pub(super) seq: u64,
}

pub(super) async fn head(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Option<Head>, Problem> {
    let row: Option<(i64, i64, i64)> = query_as("SELECT number, revision, seq FROM plan WHERE id = ?")
        .bind(plan.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(|(number, revision, seq)| Ok(Head { number, revision, seq: unsigned(seq)? })).transpose()
}

pub(super) async fn known_head(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Head, Problem> {
    head(connection, plan).await?.ok_or_else(|| Problem::Told(no_such_plan(plan)))
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
        let on = day.parse().map_err(|_| Problem::Inconsistent("revision.day"))?;
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

/// A new plan's row, without entries.
pub(super) async fn insert_plan(connection: &mut SqliteConnection, plan: &PlanId) -> Result<Head, Problem> {
    let number = query_scalar("INSERT INTO plan (id, seq, revision) VALUES (?, 0, 0) RETURNING number")
        .bind(plan.as_str())
        .fetch_one(connection)
        .await?;
    Ok(Head { number, revision: 0, seq: 0 })
}

/// Writes a revision down and puts it in force.
pub(super) async fn insert_revision(
    connection: &mut SqliteConnection,
    head: Head,
    entry: &Entry,
    plan: &Plan,
) -> Result<(), Problem> {
    let shown = PlanHead::of(plan, head.revision.unsigned_abs(), 0);
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
