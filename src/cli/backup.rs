//! `tiendo backup FILE`: a copy of the ledger, made while it is in use, looked through before it is called one.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    exit::{Exit, Stop},
    opened::wait,
    output,
    session::Session,
    store,
};
use crate::{
    domain::failure::Failure,
    ledger::sqlite::{
        SqliteLedger,
        copy::{self, Holdings},
    },
    own_files::{self, Beside},
    words::Words,
};

/// What is copied where.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    force: bool,
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    let ledger = store::file(session, arguments.store.as_deref())?;
    if !ledger.is_file() {
        let said = words.with("cli-no-ledger", &[("path", ledger.display().to_string().into())]);
        return Err(Stop::with(Exit::Unreachable, said));
    }
    if arguments.file.symlink_metadata().is_ok() && !arguments.force {
        return Err(exists(words, &arguments.file));
    }
    // Not over the ledger itself, by whatever name.
    if own_files::identity(&ledger).ok().is_some_and(|of| own_files::identity(&arguments.file).ok() == Some(of)) {
        return Err(Stop::with(Exit::Refused, words.get("cli-backup-itself")));
    }
    let beside = beside(&arguments.file)?;
    let holdings = wait(async {
        SqliteLedger::open(&ledger).await?.copy_into(&beside.0).await?;
        Ok(copy::look_through(&beside.0).await?)
    })?;
    put(&beside, words, &arguments.file, arguments.force)?;
    output::complain(&said(words, "cli-backed-up", &holdings, &arguments.file));
    Ok(Exit::Done)
}

/// What a copy holds, in words.
pub(super) fn said(words: &Words, id: &str, holdings: &Holdings, file: &Path) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    words.with(
        id,
        &[
            ("file", file.display().to_string().into()),
            ("plans", count(holdings.plans.len() as u64).into()),
            ("entries", words.number(count(holdings.entries())).into()),
            ("tokens", count(holdings.tokens).into()),
        ],
    )
}

fn exists(words: &Words, file: &Path) -> anyhow::Error {
    let said = words.with("cli-file-exists", &[("file", file.display().to_string().into())]);
    Stop::with(Exit::Refused, said)
}

/// A file beside its place; what is wrong with that is said.
pub(super) fn beside(place: &Path) -> anyhow::Result<Beside> {
    Beside::of(place).map_err(|error| unwritten(place, &error))
}

/// Puts it there.
pub(super) fn put(beside: &Beside, words: &Words, place: &Path, over: bool) -> anyhow::Result<()> {
    beside.put(place, over).map_err(|error| {
        let there = error.kind() == std::io::ErrorKind::AlreadyExists;
        if there { exists(words, place) } else { unwritten(place, &error) }
    })
}

fn unwritten(place: &Path, error: &std::io::Error) -> anyhow::Error {
    let sentence = crate::domain::sentence::Sentence::new("file-unwritten");
    let sentence = sentence.with("file", place.display().to_string()).with("detail", error.to_string());
    Failure::Refused(sentence).into()
}
