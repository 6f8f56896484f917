//! The last look of whoever calls: read before a list of changes, kept by the dashboard; the sample has its own.

use std::path::PathBuf;

use super::{opened::Opened, session::Session};
use crate::{
    domain::{
        failure::Failure,
        look::{LastLook, Look},
        sentence::Sentence,
    },
    planfile,
    store::{outbox::Address, seen::Seen},
};

/// The last look, and where the next ones are kept.
pub(super) async fn open(session: &Session, opened: &Opened) -> Result<(LastLook, Option<Seen>), Failure> {
    // Nobody looks at a wall.
    if session.wall || !opened.source.capabilities().journal {
        return Ok((LastLook::Nobody, None));
    }
    if opened.built_in {
        return Ok((sample(), None));
    }
    let (Some(file), Some(address)) = (file(session), address(session, opened)) else {
        return Ok((LastLook::Nobody, None));
    };
    let seen = Seen::open(&file, address).await?;
    let last = seen.last().await?.map_or(LastLook::Never, LastLook::At);
    Ok((last, Some(seen)))
}

/// The last look, where only that is asked; no file is made for it.
pub(super) async fn last(session: &Session, opened: &Opened) -> Result<Option<Look>, Failure> {
    if !opened.built_in && !file(session).is_some_and(|file| file.exists()) {
        return Ok(None);
    }
    match open(session, opened).await?.0 {
        LastLook::At(look) => Ok(Some(look)),
        LastLook::Nobody | LastLook::Never => Ok(None),
    }
}

/// That looks cannot be kept, and why.
pub(super) fn lost(failure: &Failure) -> Sentence {
    Sentence::new("said-look-lost").with("why", failure.why().clone())
}

fn sample() -> LastLook {
    planfile::last_look().map_or(LastLook::Never, |at| LastLook::At(Look { at, cursor: None }))
}

fn address(session: &Session, opened: &Opened) -> Option<Address> {
    let place = opened.place.clone()?;
    Some(Address { source: place.address, plan: place.plan, by: session.config.me.clone() })
}

fn file(session: &Session) -> Option<PathBuf> {
    session.config.data_dir.as_ref().map(|folder| folder.join("seen.db"))
}
