//! [`Seen`]: when somebody last looked at a plan, kept in a file of its own for each source, plan and person. Several
//! instances may have it open; the later look counts.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{SqliteConnection, query, query_as};
use tokio::sync::Mutex;

use super::outbox::Address;
use crate::{
    domain::{failure::Failure, look::Look},
    sqlite::{Form, Kept, Step, open::open, problem::Problem, signed, unsigned},
};

/// The file's form: "tiSe" in its header.
static FORM: Form = Form {
    kept: Kept::Looks,
    application: 0x7469_5365,
    steps: &[Step { what: "last looks", sql: include_str!("migrations/0001_looks.sql"), then: None }],
};

/// The looks of one person at one plan of one source.
#[derive(Debug)]
pub struct Seen {
    path: PathBuf,
    address: Address,
    connection: Mutex<SqliteConnection>,
}

impl Seen {
    /// Opens the file at `path`, and makes one where there is none: 0600, its directory 0700. Refused and left untouched: a
    /// file on a network share, another program's database, one written by a newer version.
    pub async fn open(path: &Path, address: Address) -> Result<Self, Failure> {
        let opened = open(path, &FORM).await.map_err(|problem| problem.failure(Kept::Looks, path))?;
        Ok(Seen { path: path.to_owned(), address, connection: Mutex::new(opened.0) })
    }

    /// The last look; none where there was none yet.
    pub async fn last(&self) -> Result<Option<Look>, Failure> {
        self.read().await.map_err(|problem| problem.failure(Kept::Looks, &self.path))
    }

    /// Keeps `look`, unless there was a later one.
    pub async fn keep(&self, look: Look) -> Result<(), Failure> {
        self.write(look).await.map_err(|problem| problem.failure(Kept::Looks, &self.path))
    }

    async fn read(&self) -> Result<Option<Look>, Problem> {
        let mut connection = self.connection.lock().await;
        let row: Option<(i64, Option<i64>)> =
            query_as("SELECT looked, cursor FROM look WHERE source = ? AND plan = ? AND actor = ?")
                .bind(self.address.source.as_str())
                .bind(self.address.plan.as_str())
                .bind(self.address.by.as_str())
                .fetch_optional(&mut *connection)
                .await?;
        let look = |(looked, cursor): (i64, Option<i64>)| {
            let at = Timestamp::from_microsecond(looked).map_err(|_| Problem::Inconsistent("look.looked"))?;
            Ok(Look { at, cursor: cursor.map(unsigned).transpose()? })
        };
        row.map(look).transpose()
    }

    async fn write(&self, look: Look) -> Result<(), Problem> {
        let mut connection = self.connection.lock().await;
        query(
            "INSERT INTO look (source, plan, actor, looked, cursor) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET looked = excluded.looked, cursor = excluded.cursor
             WHERE looked <= excluded.looked",
        )
        .bind(self.address.source.as_str())
        .bind(self.address.plan.as_str())
        .bind(self.address.by.as_str())
        .bind(look.at.as_microsecond())
        .bind(look.cursor.map(signed).transpose()?)
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}
