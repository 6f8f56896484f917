//! Which ledger is shared, and whose tokens are given: the one of `--store`, of the source asked for, or of this machine.

use std::{path::PathBuf, sync::Arc};

use super::{
    exit::{Exit, Stop},
    opened::{SAMPLE, local_ledger},
    session::Session,
    store::{self, Store},
};
use crate::{
    config::NamedSource,
    domain::{nearest::nearest, sentence::Sentence},
    ledger::{Ledger, Shared, sqlite::SqliteLedger},
};

/// A ledger with its name for a person.
pub(super) struct Shelf {
    pub ledger: Arc<dyn Shared>,
    pub name: String,
}

/// Opens it. Only what is named by `store` is made where there is none; the sample is never shared.
pub(super) async fn open(session: &Session, store: Option<&str>) -> anyhow::Result<Shelf> {
    let refused = || Stop::with(Exit::Refused, session.words.get("cli-serve-sample"));
    let config = &session.config;
    if let Some(store) = store.or_else(|| store::of_config(session)) {
        let store = store.parse::<Store>()?;
        return Ok(Shelf { ledger: store::open(session, &store).await?, name: store.to_string() });
    }
    if config.source.as_deref() == Some(SAMPLE) {
        return Err(refused());
    }
    let named = named(session)?;
    let path: Option<PathBuf> = named.and_then(|source| source.ledger(config)).or_else(|| local_ledger(config));
    let path = path.ok_or_else(|| Stop::usage(session.words.get("cli-no-data-dir")))?;
    if !path.is_file() {
        if named.is_none() {
            return Err(refused());
        }
        let said = session.words.with("cli-no-ledger", &[("path", path.display().to_string().into())]);
        return Err(Stop::with(Exit::Unreachable, said));
    }
    let ledger = SqliteLedger::open(&path).await?;
    if named.is_none() && ledger.plans().await?.is_empty() {
        return Err(refused());
    }
    Ok(Shelf { ledger: Arc::new(ledger), name: path.display().to_string() })
}

/// The source of the config that is asked for; none where none is, and there is none.
pub(super) fn named(session: &Session) -> anyhow::Result<Option<&NamedSource>> {
    let sources = &session.config.sources;
    let Some(name) = &session.config.source else { return Ok(sources.first()) };
    let found = sources.iter().find(|source| source.name == *name);
    found.map(Some).ok_or_else(|| {
        let near = nearest(name, sources.iter().map(|source| source.name.as_str()));
        Stop::usage(session.words.say(&Sentence::new("cli-no-such-source").with("name", name.as_str()).near(near)))
    })
}
