//! `tiendo restore FILE`: a copy takes the place of the ledger, which is kept beside it. Not while a program has the ledger open,
//! and not, unless that is said, where something would be lost.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::Timestamp;

use super::{
    backup::{self, said},
    exit::{Exit, Stop},
    opened::wait,
    output,
    session::Session,
    store,
};
use crate::{domain::failure::Failure, ledger::sqlite::copy, own_files};

/// What is put where.
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
    if session.read_only {
        return Err(Stop::with(Exit::Refused, words.get("cli-read-only")));
    }
    let place = store::file(session, arguments.store.as_deref())?;
    if let Some(directory) = place.parent().filter(|directory| *directory != Path::new("")) {
        own_files::make_directory(directory)?;
    }
    // The copy itself is only read: it may be on a disk that takes no writes, and is to serve again.
    let beside = backup::beside(&place)?;
    let whole = std::fs::read(&arguments.file).and_then(|bytes| std::fs::write(&beside.0, bytes));
    whole.map_err(|error| {
        let args = [("file", arguments.file.display().to_string().into()), ("detail", error.to_string().into())];
        Stop::with(Exit::Failed, words.with("cli-restore-unread", &args))
    })?;
    let holdings = wait(async { Ok(copy::look_through(&beside.0).await?) })?;
    if holdings.plans.is_empty() {
        return Err(Stop::with(Exit::Refused, words.get("cli-restore-empty")));
    }
    let kept = match place.symlink_metadata() {
        Ok(_) => Some(make_room(session, arguments, &place, &beside)?),
        Err(_) => None,
    };
    if let Err(error) = backup::put(&beside, words, &place, false) {
        // Better the old one than none.
        if let Some(kept) = &kept {
            move_all(kept, &place)?;
        }
        return Err(error);
    }
    output::complain(&said(words, "cli-restored", &holdings, &place));
    if let Some(kept) = kept {
        output::complain(&words.with("cli-restore-kept", &[("file", kept.display().to_string().into())]));
    }
    Ok(Exit::Done)
}

/// Moves what stands there aside; where to.
fn make_room(
    session: &Session,
    arguments: &Arguments,
    place: &Path,
    beside: &own_files::Beside,
) -> anyhow::Result<PathBuf> {
    let words = &session.words;
    let standing = wait(async {
        let standing = copy::let_go(place).await?;
        Ok(copy::lacks(&beside.0, &standing).await?)
    });
    let loses = match standing {
        Ok(loses) => loses,
        // What is damaged cannot be compared: it may have more.
        Err(error) if matches!(error.downcast_ref(), Some(Failure::Unreadable(_))) => true,
        Err(error) => return Err(error),
    };
    if loses && !arguments.force {
        return Err(Stop::with(Exit::Refused, words.get("cli-restore-loses")));
    }
    let now = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    // What was kept before stays, too.
    let names = (1..).map(|count| with_ending(place, &format!(".{now}-{count}.old")));
    let aside = names.into_iter().find(|name| name.symlink_metadata().is_err()).unwrap_or_else(|| place.to_owned());
    move_all(place, &aside)?;
    Ok(aside)
}

/// Moves a file with the log beside it, which belongs to it and never to what takes its place.
fn move_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for end in ["-wal", "-shm", ""] {
        let from = with_ending(from, end);
        if from.symlink_metadata().is_ok() {
            std::fs::rename(&from, with_ending(to, end))?;
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
