//! [`Store`]: where a ledger is kept, as it is written after `--store` and in the config: `sqlite:PATH`, a path, or
//! `postgres://user@host/database`.

use std::{fmt, path::PathBuf, str::FromStr, sync::Arc};

use super::{
    exit::{Exit, Stop},
    session::Session,
};
use crate::{
    domain::failure::Failure,
    ledger::{
        Shared,
        postgres::{Address, PostgresLedger},
        sqlite::SqliteLedger,
    },
    letters::{Problem, secret_said_by},
};

/// Where. `Display` says it without the password.
#[derive(Clone, Debug)]
pub(super) enum Store {
    File(PathBuf),
    Database(Address),
}

impl FromStr for Store {
    type Err = Failure;

    fn from_str(written: &str) -> Result<Self, Failure> {
        if Address::is_one(written) {
            return Ok(Store::Database(written.parse()?));
        }
        Ok(Store::File(PathBuf::from(written.strip_prefix("sqlite:").unwrap_or(written))))
    }
}

impl fmt::Display for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Store::File(path) => path.display().fmt(formatter),
            Store::Database(address) => address.fmt(formatter),
        }
    }
}

/// Opens the ledger there, and makes one where there is none.
pub(super) async fn open(session: &Session, store: &Store) -> anyhow::Result<Arc<dyn Shared>> {
    Ok(match store {
        Store::File(path) => Arc::new(SqliteLedger::open(path).await?),
        Store::Database(address) => {
            let command = &session.config.serve.store_password_command;
            let address = match command.is_empty() {
                true => address.clone(),
                false => address.clone().with_password(&password(session, command).await?),
            };
            Arc::new(PostgresLedger::open(&address).await?)
        }
    })
}

async fn password(session: &Session, command: &str) -> anyhow::Result<String> {
    secret_said_by(command).await.map_err(|problem| {
        let reason = match problem {
            Problem::Command(reason) => reason,
            problem => problem.said(&session.words),
        };
        Stop::with(Exit::Failed, session.words.with("cli-store-password", &[("reason", reason.into())]))
    })
}
