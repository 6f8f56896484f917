//! The plan as it is known on this machine: of the ledger, of what is kept of a workbook or a server, of the sample. Nothing is
//! asked of the network, and no command is run for a token: a Tab must not wait, nor ask for a password.

use crate::{
    cli::{arguments::Global, opened, session::Session, shared, workbook},
    domain::{answer::Fetched, snapshot::Snapshot},
    sources::{Kind, Source as _},
};

/// The options, as far as they can be read.
pub(super) fn session(global: &Global) -> Option<Session> {
    Session::new(global, None).ok()
}

/// The plan that would be opened; none where nothing of it is here.
pub(super) fn snapshot(global: &Global) -> Option<Snapshot> {
    let session = session(global)?;
    opened::wait(async { Ok(find(&session).await) }).ok().flatten()
}

async fn find(session: &Session) -> Option<Snapshot> {
    let named = opened::asked_for(session).ok()?;
    match named.map(|named| (named.kind, named)) {
        Some((Kind::Http, named)) => shared::kept(session, named).await,
        Some((Kind::Sheet, named)) => Some(workbook::sheet(session, named).await.ok()?.recall().await?.snapshot),
        // Nothing of it is kept.
        Some((Kind::Redmine, _)) => None,
        Some((Kind::Embedded, _)) | None => {
            let opened = opened::find(session).await.ok()?;
            match opened.source.fetch(None).await {
                Ok(Fetched::Whole(snapshot)) => Some(*snapshot),
                Ok(Fetched::Unchanged | Fetched::Entries(_)) | Err(_) => None,
            }
        }
    }
}
