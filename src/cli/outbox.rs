//! The outbox on this machine: opened before a remote source, or only looked at.

use std::path::PathBuf;

use super::session::Session;
use crate::{
    domain::{failure::Failure, sentence::Sentence},
    runtime::post::{self, Found, Post},
    sources::Source,
    store::outbox::Address,
};

/// The outbox before `source`, where that is a remote one; with what is to be told of it.
pub(super) async fn post(session: &Session, source: &dyn Source) -> Result<Option<(Post, Found)>, Failure> {
    let Some(address) = address(session, source) else { return Ok(None) };
    let path = file(session).ok_or_else(|| Failure::Refused(Sentence::new("cli-no-data-dir")))?;
    post::open(&path, address, u64::from(std::process::id())).await.map(Some)
}

/// What is to be told of the outbox where nothing is sent from it.
pub(super) async fn look(session: &Session, here: Option<&Address>) -> Result<Option<Found>, Failure> {
    match file(session) {
        Some(path) => post::look(&path, here).await,
        None => Ok(None),
    }
}

/// Where acts for `source` go, and whose they are; nothing where it takes them at once.
pub(super) fn address(session: &Session, source: &dyn Source) -> Option<Address> {
    let origin = source.origin().filter(|_| source.capabilities().remote)?;
    Some(Address { source: origin.address, plan: origin.plan, by: session.config.me.clone() })
}

/// Is there an outbox already?
pub(super) fn is_there(session: &Session) -> bool {
    file(session).is_some_and(|path| path.exists())
}

fn file(session: &Session) -> Option<PathBuf> {
    session.config.data_dir.as_ref().map(|folder| folder.join("outbox.db"))
}
