//! The steps that brought the file's tables to their present form, and whether a file's are ours. A step that was handed
//! out is never changed; a new one is added behind it.

use sqlx::{
    Connection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType},
    query, query_as, query_scalar, raw_sql,
};

use super::{error::Problem, states};
use crate::domain::sentence::Sentence;

/// Says that a database is a ledger of ours: "tiEn" in its header.
const APPLICATION: i64 = 0x7469_456e;

/// The step behind which states are no longer in JSON.
const IN_SHORT: i64 = 2;

fn steps() -> [Migration; 2] {
    [
        step(1, "plans and journals", include_str!("../migrations/0001_plans_and_journals.sql")),
        step(IN_SHORT, "states in short", include_str!("../migrations/0002_states_in_short.sql")),
    ]
}

fn step(version: i64, description: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
}

/// What a file is before anything is written to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A ledger with all steps taken.
    Current,
    /// Empty, or a ledger some steps behind.
    Behind,
}

/// Looks at the file without changing it. Refused where it is something else, or has steps this version does not know or
/// knows otherwise.
pub(super) async fn standing(connection: &mut SqliteConnection) -> Result<Standing, Problem> {
    let tables: i64 = query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(Standing::Behind);
    }
    let application: i64 = query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    if application != APPLICATION {
        return Err(Problem::Refused(Sentence::new("ledger-foreign")));
    }
    let taken: Vec<(i64, Vec<u8>)> =
        query_as("SELECT version, checksum FROM step ORDER BY version").fetch_all(&mut *connection).await?;
    let steps = steps();
    for (version, checksum) in &taken {
        match steps.iter().find(|step| step.version == *version) {
            None => return Err(newer(*version, steps.len())),
            Some(step) if step.checksum != *checksum => return Err(changed(*version)),
            Some(_) => {}
        }
    }
    Ok(if taken.len() == steps.len() { Standing::Current } else { Standing::Behind })
}

/// Takes the steps that are missing, all or none of them, also where another program is about to do the same.
pub(super) async fn bring_up(connection: &mut SqliteConnection) -> Result<(), Problem> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    if standing(&mut transaction).await? == Standing::Current {
        return Ok(());
    }
    raw_sql("PRAGMA application_id = 0x7469456e").execute(&mut *transaction).await?;
    raw_sql("CREATE TABLE IF NOT EXISTS step (version INTEGER PRIMARY KEY, description TEXT NOT NULL, checksum BLOB NOT NULL) STRICT")
        .execute(&mut *transaction)
        .await?;
    let taken: Vec<i64> = query_scalar("SELECT version FROM step").fetch_all(&mut *transaction).await?;
    for step in steps().into_iter().filter(|step| !taken.contains(&step.version)) {
        raw_sql(step.sql).execute(&mut *transaction).await?;
        if step.version == IN_SHORT {
            states::shorten(&mut transaction).await?;
        }
        query("INSERT INTO step (version, description, checksum) VALUES (?, ?, ?)")
            .bind(step.version)
            .bind(step.description)
            .bind(step.checksum.as_ref())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

fn newer(version: i64, known: usize) -> Problem {
    let version = version.to_string();
    Problem::Refused(Sentence::new("ledger-newer").with("version", version).with("known", known))
}

fn changed(version: i64) -> Problem {
    Problem::Refused(Sentence::new("ledger-changed").with("version", version.to_string()))
}
