//! Whether the tables in a database are ours, and the steps that bring them to their present form: the same numbers as in a file.

use std::time::Duration;

use sqlx::{
    Connection, PgConnection, PgPool, SqlSafeStr,
    migrate::{Migration, MigrationType},
    query, query_as, query_scalar, raw_sql,
};
use tokio::time::sleep;

use super::{deed, problem::Problem};
use crate::domain::sentence::Sentence;

/// A step that was handed out is never changed; a new one is added behind it.
const STEPS: [(&str, &str); 4] = [
    ("plans and journals", include_str!("migrations/0001_plans_and_journals.sql")),
    ("the reminders of a day", include_str!("migrations/0002_reminders_of_a_day.sql")),
    ("states in short", include_str!("migrations/0003_states_in_short.sql")),
    ("tokens", include_str!("migrations/0004_tokens.sql")),
];

fn steps() -> Vec<Migration> {
    let step = |(version, (what, sql)): (i64, (&'static str, &'static str))| {
        Migration::new(version, what.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    (1..).zip(STEPS).map(step).collect()
}

/// Makes the database ready, also where other programs are about to do the same.
pub(super) async fn ready(pool: &PgPool) -> Result<(), Problem> {
    let mut connection = pool.acquire().await.map_err(Problem::Unconnected)?;
    let mut tries = 0_u64;
    loop {
        let problem = match bring_up(&mut connection).await {
            Ok(()) => return Ok(()),
            Err(problem) => problem,
        };
        tries += 1;
        // Who made the same tables at the same time is in the way once.
        if tries > 5 || !problem.may_pass() {
            return Err(problem);
        }
        sleep(Duration::from_millis(50 * tries)).await;
    }
}

/// Takes the steps that are missing, all or none of them. Refused where there is something else, or steps that this version does
/// not know or knows otherwise.
async fn bring_up(connection: &mut PgConnection) -> Result<(), Problem> {
    let encoding: String =
        query_scalar("SELECT current_setting('server_encoding')").fetch_one(&mut *connection).await?;
    if !["UTF8", "UTF-8"].contains(&encoding.to_uppercase().as_str()) {
        return Err(Problem::Refused(Sentence::new("store-encoding").with("encoding", encoding)));
    }
    let here = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()";
    let ours = "SELECT count(*) FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_name IN ('step', 'plan', 'entry', 'state')";
    let tables: i64 = query_scalar(here).fetch_one(&mut *connection).await?;
    let known: i64 = query_scalar(ours).fetch_one(&mut *connection).await?;
    if tables > 0 && known < 4 {
        return Err(Problem::Refused(Sentence::new("store-foreign")));
    }
    let steps = steps();
    if tables > 0 && taken(connection, &steps).await? == steps.len() {
        return Ok(());
    }
    let mut transaction = connection.begin_with(deed::BEGIN_WRITING).await?;
    let made = "CREATE TABLE IF NOT EXISTS step
                (version BIGINT PRIMARY KEY, description TEXT NOT NULL, checksum BYTEA NOT NULL)";
    raw_sql(made).execute(&mut *transaction).await?;
    let taken = taken(&mut transaction, &steps).await?;
    for step in steps.into_iter().skip(taken) {
        raw_sql(step.sql).execute(&mut *transaction).await?;
        query("INSERT INTO step (version, description, checksum) VALUES ($1, $2, $3)")
            .bind(step.version)
            .bind(step.description)
            .bind(step.checksum.as_ref())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

/// How many of `steps` were taken.
async fn taken(connection: &mut PgConnection, steps: &[Migration]) -> Result<usize, Problem> {
    let taken: Vec<(i64, Vec<u8>)> =
        query_as("SELECT version, checksum FROM step ORDER BY version").fetch_all(&mut *connection).await?;
    for (version, checksum) in &taken {
        let version_said = version.to_string();
        match steps.iter().find(|step| step.version == *version) {
            None => {
                let newer = Sentence::new("store-newer").with("version", version_said).with("known", steps.len());
                return Err(Problem::Refused(newer));
            }
            Some(step) if step.checksum != *checksum => {
                return Err(Problem::Refused(Sentence::new("store-changed").with("version", version_said)));
            }
            Some(_) => {}
        }
    }
    Ok(taken.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_stores_count_the_same_steps() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ledger");
        let names = |folder: std::path::PathBuf| {
            let mut names: Vec<String> = std::fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        let here = names(folder.join("postgres/migrations"));
        assert_eq!(here, names(folder.join("migrations")));
        assert_eq!(here.len(), STEPS.len());
    }
}
