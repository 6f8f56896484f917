//! The statements on tokens. They have a connection of their own: whoever asks is let in, or not, without waiting for a large
//! read.

use futures::FutureExt;
use jiff::Timestamp;
use sqlx::{FromRow, Row, query, query_as, sqlite::SqliteRow};

use super::SqliteLedger;
use crate::{
    domain::{
        access::{Role, Token},
        id::{ActorId, AgencyId},
        text::Text,
    },
    ledger::{
        Answer,
        tokens::{Tokens, name_taken},
    },
    sqlite::problem::Problem,
};

struct Stored(Token);

impl FromRow<'_, SqliteRow> for Stored {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let damaged = |column: &str| sqlx::Error::ColumnDecode { index: column.into(), source: "token".into() };
        let word: &str = row.try_get("role")?;
        let role = Role::ALL.into_iter().find(|role| role.as_str() == word).ok_or_else(|| damaged("role"))?;
        let instant = |column: &str| -> Result<Option<Timestamp>, sqlx::Error> {
            let stored: Option<i64> = row.try_get(column)?;
            stored.map(|stored| Timestamp::from_microsecond(stored).map_err(|_| damaged(column))).transpose()
        };
        let agency: Option<&str> = row.try_get("agency")?;
        Ok(Stored(Token {
            name: ActorId::from(row.try_get::<&str, _>("name")?),
            role,
            agency: agency.map(AgencyId::from),
            hash: Text::new(row.try_get("hash")?),
            created: instant("created")?.ok_or_else(|| damaged("created"))?,
            expires: instant("expires")?,
            last_used: instant("last_used")?,
            revoked: instant("revoked")?,
        }))
    }
}

impl SqliteLedger {
    async fn read_tokens(&self, hash: Option<&str>) -> Result<Vec<Token>, Problem> {
        let mut reader = self.doorkeeper.opened(self.doorkeeper.connection.lock().await).await?;
        let all = "SELECT name, role, agency, hash, created, expires, last_used, revoked FROM token ORDER BY number";
        let one = "SELECT name, role, agency, hash, created, expires, last_used, revoked FROM token
                   WHERE hash = ? AND revoked IS NULL";
        let connection = reader.connection()?;
        let rows: Vec<Stored> = match hash {
            Some(hash) => query_as(one).bind(hash).fetch_all(connection).await?,
            None => query_as(all).fetch_all(connection).await?,
        };
        Ok(rows.into_iter().map(|Stored(token)| token).collect())
    }

    async fn write_token(&self, token: &Token) -> Result<(), Problem> {
        let mut writer = self.writer.lock().await;
        let sql = "INSERT INTO token (name, role, agency, hash, created, expires) VALUES (?, ?, ?, ?, ?, ?)
                   ON CONFLICT (name) WHERE revoked IS NULL DO NOTHING";
        let written = query(sql)
            .bind(token.name.as_str())
            .bind(token.role.as_str())
            .bind(token.agency.as_ref().map(AgencyId::as_str))
            .bind(token.hash.as_str())
            .bind(token.created.as_microsecond())
            .bind(token.expires.map(Timestamp::as_microsecond))
            .execute(&mut writer.connection)
            .await?;
        if written.rows_affected() == 0 { Err(Problem::Told(name_taken(&token.name))) } else { Ok(()) }
    }

    async fn write_use(&self, hash: &str, now: Timestamp) -> Result<(), Problem> {
        let mut writer = self.writer.lock().await;
        query("UPDATE token SET last_used = ? WHERE hash = ?")
            .bind(now.as_microsecond())
            .bind(hash)
            .execute(&mut writer.connection)
            .await?;
        Ok(())
    }

    async fn write_revocation(&self, name: &ActorId, now: Timestamp) -> Result<bool, Problem> {
        let mut writer = self.writer.lock().await;
        let revoked = query("UPDATE token SET revoked = ? WHERE name = ? AND revoked IS NULL")
            .bind(now.as_microsecond())
            .bind(name.as_str())
            .execute(&mut writer.connection)
            .await?;
        Ok(revoked.rows_affected() > 0)
    }
}

impl Tokens for SqliteLedger {
    fn add_token<'a>(&'a self, token: &'a Token) -> Answer<'a, ()> {
        async move { self.told(self.write_token(token).await) }.boxed()
    }

    fn tokens(&self) -> Answer<'_, Vec<Token>> {
        async { self.told(self.read_tokens(None).await) }.boxed()
    }

    fn token<'a>(&'a self, hash: &'a str) -> Answer<'a, Option<Token>> {
        async move { self.told(self.read_tokens(Some(hash)).await.map(|mut found| found.pop())) }.boxed()
    }

    fn token_used<'a>(&'a self, hash: &'a str, now: Timestamp) -> Answer<'a, ()> {
        async move { self.told(self.write_use(hash, now).await) }.boxed()
    }

    fn revoke_token<'a>(&'a self, name: &'a ActorId, now: Timestamp) -> Answer<'a, bool> {
        async move { self.told(self.write_revocation(name, now).await) }.boxed()
    }
}
