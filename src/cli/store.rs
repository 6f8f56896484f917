//! [`Store`]: where a ledger is kept, as it is written after `--store` and in the config: `sqlite:PATH`, a path, or
//! `postgres://user@host/database`.

use std::{fmt, path::PathBuf, str::FromStr, sync::Arc};

use super::{
    exit::{Exit, Stop},
    opened::{SAMPLE, local_ledger},
    session::Session,
};
use crate::{
    domain::failure::Failure,
    ledger::{
        Shared,
        postgres::{Address, PostgresLedger},
        sqlite::SqliteLedger,
    },
    secret::{self, Missing},
};

/// Where. `Display` says it without the password.
#[derive(Clone, Debug)]
pub(super) enum Store {
    File(PathBuf),
    Database(Box<Address>),
}

impl FromStr for Store {
    type Err = Failure;

    fn from_str(written: &str) -> Result<Self, Failure> {
        if Address::is_one(written) {
            return Ok(Store::Database(Box::new(written.parse()?)));
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
            let address = Address::clone(address);
            let address = match command.as_str() {
                "" => address,
                command => address.with_password(&password(session, command).await?),
            };
            Arc::new(PostgresLedger::open(&address).await?)
        }
    })
}

async fn password(session: &Session, command: &str) -> anyhow::Result<String> {
    let told = secret::of_command(command, true).await;
    told.map(|secret| secret.reveal().to_owned()).map_err(|missing| {
        let reason = if let Missing::Command(reason) = missing { reason } else { missing.to_string() };
        Stop::with(Exit::Failed, session.words.with("cli-store-password", &[("reason", reason.into())]))
    })
}

/// The ledger of this machine, or the one of the source asked for.
pub(super) fn ledger_file(session: &Session) -> anyhow::Result<PathBuf> {
    let config = &session.config;
    if config.source.as_deref() == Some(SAMPLE) {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-sample-refuses")));
    }
    let named = match &config.source {
        Some(name) => config.sources.iter().find(|source| source.name == *name),
        None => config.sources.first(),
    };
    if let (Some(name), None) = (&config.source, named) {
        return Err(Stop::usage(session.words.with("cli-no-such-source", &[("name", name.as_str().into())])));
    }
    let path = named.and_then(|source| source.ledger(config)).or_else(|| local_ledger(config));
    path.ok_or_else(|| Stop::usage(session.words.get("cli-no-data-dir")))
}

/// The file of the ledger that is copied, or put back: of `--store`, of the server's config, of the source or of this machine. A
/// database has tools of its own for that.
pub(super) fn file(session: &Session, store: Option<&str>) -> anyhow::Result<PathBuf> {
    match store.or_else(|| of_config(session)).map(str::parse).transpose()? {
        Some(Store::File(path)) => Ok(path),
        Some(Store::Database(address)) => {
            let said = session.words.with("cli-copy-database", &[("store", address.to_string().into())]);
            Err(Stop::with(Exit::Refused, said))
        }
        None => ledger_file(session),
    }
}

/// The store of the server's config, unless a source is asked for by name.
pub(super) fn of_config(session: &Session) -> Option<&str> {
    let config = &session.config;
    Some(config.serve.store.as_str()).filter(|store| !store.is_empty() && config.source.is_none())
}
