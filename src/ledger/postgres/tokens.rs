//! The statements on tokens.

use futures::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, Row, postgres::PgRow, query, query_as};

use super::{
    PostgresLedger,
    deed::{Deed, WRITING},
    problem::Problem,
};
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
};

struct Stored(Token);

impl FromRow<'_, PgRow> for Stored {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
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

/// The one of a hash that is not revoked, or all.
struct Read<'a> {
    hash: Option<&'a str>,
}

impl Deed for Read<'_> {
    type Answer = Vec<Token>;
    const BEGIN: Option<&'static str> = None;

    fn perform<'c>(
        &'c self,
        _: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<Vec<Token>, Problem>> {
        let all = "SELECT name, role, agency, hash, created, expires, last_used, revoked FROM token ORDER BY number";
        let one = "SELECT name, role, agency, hash, created, expires, last_used, revoked FROM token
                   WHERE hash = $1 AND revoked IS NULL";
        async move {
            let rows: Vec<Stored> = match self.hash {
                Some(hash) => query_as(one).bind(hash).fetch_all(connection).await?,
                None => query_as(all).fetch_all(connection).await?,
            };
            Ok(rows.into_iter().map(|Stored(token)| token).collect())
        }
        .boxed()
    }
}

/// What is written of tokens.
enum Written<'a> {
    Added(&'a Token),
    Used(&'a str, Timestamp),
    Revoked(&'a ActorId, Timestamp),
}

impl Deed for Written<'_> {
    /// Was there one to be written?
    type Answer = bool;
    const BEGIN: Option<&'static str> = WRITING;

    fn perform<'c>(
        &'c self,
        ledger: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<bool, Problem>> {
        self.write(ledger, connection).boxed()
    }
}

impl Written<'_> {
    async fn write(&self, ledger: &PostgresLedger, connection: &mut PgConnection) -> Result<bool, Problem> {
        let written = match self {
            Written::Added(token) => {
                query(
                    "INSERT INTO token (name, role, agency, hash, created, expires) VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (name) WHERE revoked IS NULL DO NOTHING",
                )
                .bind(token.name.as_str())
                .bind(token.role.as_str())
                .bind(token.agency.as_ref().map(AgencyId::as_str))
                .bind(token.hash.as_str())
                .bind(token.created.as_microsecond())
                .bind(token.expires.map(Timestamp::as_microsecond))
                .execute(&mut *connection)
                .await?
            }
            Written::Used(hash, now) => {
                query("UPDATE token SET last_used = $1 WHERE hash = $2")
                    .bind(now.as_microsecond())
                    .bind(*hash)
                    .execute(&mut *connection)
                    .await?
            }
            Written::Revoked(name, now) => {
                query("UPDATE token SET revoked = $1 WHERE name = $2 AND revoked IS NULL")
                    .bind(now.as_microsecond())
                    .bind(name.as_str())
                    .execute(&mut *connection)
                    .await?
            }
        };
        match self {
            Written::Added(_) | Written::Revoked(..) => ledger.news.tell(connection).await?,
            // Nobody waits to hear that.
            Written::Used(..) => {}
        }
        Ok(written.rows_affected() > 0)
    }
}

impl Tokens for PostgresLedger {
    fn add_token<'a>(&'a self, token: &'a Token) -> Answer<'a, ()> {
        async move {
            if self.carry_out(&Written::Added(token)).await? {
                return Ok(());
            }
            // Where its commit was not answered, the second try found itself there.
            let itself = self.carry_out(&Read { hash: Some(token.hash.as_str()) }).await?;
            if itself.is_empty() { Err(name_taken(&token.name)) } else { Ok(()) }
        }
        .boxed()
    }

    fn tokens(&self) -> Answer<'_, Vec<Token>> {
        async { self.carry_out(&Read { hash: None }).await }.boxed()
    }

    fn token<'a>(&'a self, hash: &'a str) -> Answer<'a, Option<Token>> {
        async move { Ok(self.carry_out(&Read { hash: Some(hash) }).await?.pop()) }.boxed()
    }

    fn token_used<'a>(&'a self, hash: &'a str, now: Timestamp) -> Answer<'a, ()> {
        async move { self.carry_out(&Written::Used(hash, now)).await.map(drop) }.boxed()
    }

    fn revoke_token<'a>(&'a self, name: &'a ActorId, now: Timestamp) -> Answer<'a, bool> {
        async move { self.carry_out(&Written::Revoked(name, now)).await }.boxed()
    }
}
