//! The lease: of several instances on one outbox, one sends for an address. It is renewed while it sends; when it hangs,
//! another takes over. Who lost it cannot write what became of an act any more.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, SqliteConnection, query, query_as, query_scalar};

use super::{Address, Holder, Outbox};
use crate::{domain::failure::Failure, sqlite::problem::Problem};

/// How long a lease lasts without being renewed.
pub const LEASE: Duration = Duration::from_secs(10);

impl Outbox {
    /// Takes or renews the lease; `false` where another instance has it.
    pub async fn lease(&self, address: &Address, holder: Holder, now: Timestamp) -> Result<bool, Failure> {
        self.told(self.take_lease(address, holder, now).await)
    }

    /// Gives the lease back, so that another instance need not wait for its end.
    pub async fn release(&self, address: &Address, holder: Holder) -> Result<(), Failure> {
        self.told(self.give_back(address, holder).await)
    }

    async fn take_lease(&self, address: &Address, holder: Holder, now: Timestamp) -> Result<bool, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        let standing: Option<(Vec<u8>, i64)> =
            query_as("SELECT holder, until FROM lease WHERE source = ? AND plan = ? AND actor = ?")
                .bind(address.source.as_str())
                .bind(address.plan.as_str())
                .bind(address.by.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
        let end = now.saturating_add(LEASE).unwrap_or(now);
        if standing.is_some_and(|(by, until)| by != holder.0.as_bytes() && holds(until, now, end)) {
            return Ok(false);
        }
        write(&mut transaction, address, holder, end).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn give_back(&self, address: &Address, holder: Holder) -> Result<(), Problem> {
        let mut desk = self.desk().await;
        query("DELETE FROM lease WHERE source = ? AND plan = ? AND actor = ? AND holder = ?")
            .bind(address.source.as_str())
            .bind(address.plan.as_str())
            .bind(address.by.as_str())
            .bind(holder.0.as_bytes().to_vec())
            .execute(&mut desk.connection)
            .await?;
        Ok(())
    }
}

/// Does a lease until then hold now? One that ends later than any taken now could was taken before the clock was set back.
fn holds(until: i64, now: Timestamp, end: Timestamp) -> bool {
    let slack = SignedDuration::from_secs(1).as_micros();
    let latest = i128::from(end.as_microsecond()) + slack;
    until > now.as_microsecond() && i128::from(until) <= latest
}

/// Renews the lease within a transaction; `false` where it is not `holder`'s any more.
pub(super) async fn renew(
    connection: &mut SqliteConnection,
    address: &Address,
    holder: Holder,
    now: Timestamp,
) -> Result<bool, Problem> {
    let standing: Option<Vec<u8>> =
        query_scalar("SELECT holder FROM lease WHERE source = ? AND plan = ? AND actor = ?")
            .bind(address.source.as_str())
            .bind(address.plan.as_str())
            .bind(address.by.as_str())
            .fetch_optional(&mut *connection)
            .await?;
    if standing.is_none_or(|by| by != holder.0.as_bytes()) {
        return Ok(false);
    }
    write(connection, address, holder, now.saturating_add(LEASE).unwrap_or(now)).await?;
    Ok(true)
}

async fn write(
    connection: &mut SqliteConnection,
    address: &Address,
    holder: Holder,
    until: Timestamp,
) -> Result<(), Problem> {
    let sql = "INSERT INTO lease (source, plan, actor, holder, until) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (source, plan, actor) DO UPDATE SET holder = excluded.holder, until = excluded.until";
    query(sql)
        .bind(address.source.as_str())
        .bind(address.plan.as_str())
        .bind(address.by.as_str())
        .bind(holder.0.as_bytes().to_vec())
        .bind(until.as_microsecond())
        .execute(connection)
        .await?;
    Ok(())
}
