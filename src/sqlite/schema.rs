//! Whether a file's tables are ours, and the steps that bring them to their present form.

use sqlx::{
    AssertSqlSafe, Connection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType},
    query, query_as, query_scalar, raw_sql,
};

use super::{Form, problem::Problem};
use crate::domain::sentence::Sentence;

fn steps(form: &Form) -> Vec<Migration> {
    (1..).zip(form.steps).map(|(version, taken)| step(version, taken.what, taken.sql)).collect()
}

fn step(version: i64, description: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
}

/// What a file is before anything is written to it.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Ours with all steps taken.
    Current,
    /// Empty, or some steps behind.
    Behind,
}

/// Looks at the file without changing it. Refused where it is something else, or has steps this version does not know or
/// knows otherwise.
pub async fn standing(connection: &mut SqliteConnection, form: &Form) -> Result<Standing, Problem> {
    let tables: i64 = query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(Standing::Behind);
    }
    let application: i64 = query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    if application != i64::from(form.application) {
        return Err(Problem::Refused(Sentence::new("file-foreign")));
    }
    let taken: Vec<(i64, Vec<u8>)> =
        query_as("SELECT version, checksum FROM step ORDER BY version").fetch_all(&mut *connection).await?;
    let steps = steps(form);
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
pub async fn bring_up(connection: &mut SqliteConnection, form: &Form) -> Result<(), Problem> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    if standing(&mut transaction, form).await? == Standing::Current {
        return Ok(());
    }
    raw_sql(AssertSqlSafe(format!("PRAGMA application_id = {}", form.application))).execute(&mut *transaction).await?;
    raw_sql("CREATE TABLE IF NOT EXISTS step (version INTEGER PRIMARY KEY, description TEXT NOT NULL, checksum BLOB NOT NULL) STRICT")
        .execute(&mut *transaction)
        .await?;
    let taken: Vec<i64> = query_scalar("SELECT version FROM step").fetch_all(&mut *transaction).await?;
    for step in steps(form).into_iter().filter(|step| !taken.contains(&step.version)) {
        raw_sql(step.sql).execute(&mut *transaction).await?;
        let place = usize::try_from(step.version - 1).ok();
        if let Some(then) = place.and_then(|place| form.steps.get(place)).and_then(|step| step.then) {
            then(&mut transaction).await?;
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
    Problem::Refused(Sentence::new("file-newer").with("version", version).with("known", known))
}

fn changed(version: i64) -> Problem {
    Problem::Refused(Sentence::new("file-changed").with("version", version.to_string()))
}
