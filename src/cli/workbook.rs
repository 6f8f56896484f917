//! A workbook, opened: what is kept beside it is in the data directory, under the name it has in the config.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{
    opened::{Opened, no_data_dir, place},
    output,
    session::Session,
};
use crate::{
    config::NamedSource,
    domain::{failure::Failure, heard::Behind},
    sources::{
        Source,
        sheet::{Sheet, SheetSettings, understand},
    },
};

/// How often a workbook's file is glanced at.
const FILE: Duration = Duration::from_secs(2);

/// How often its address is asked.
const URL: Duration = Duration::from_secs(60);

/// Opens it. The first time it is read before anything else: there is nothing to show without it.
pub(super) async fn open(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    let source = sheet(session, named).await?;
    if source.plan().is_none() {
        source.fetch(None).await?;
    }
    let place = source.plan().map(|plan| place(&source.ledger(), plan));
    let (source, now) = (Arc::new(source), Timestamp::now());
    Ok(Opened { source, name: named.name.clone(), place, recorder: None, now, built_in: false })
}

/// It, before it was read.
pub(super) async fn sheet(session: &Session, named: &NamedSource) -> anyhow::Result<Sheet> {
    let config = &session.config;
    let data = config.data_dir.as_ref().ok_or_else(|| no_data_dir(session))?;
    let settings = SheetSettings {
        name: named.name.clone(),
        path: named.path.clone().unwrap_or_default(),
        url: named.url.clone(),
        interval: named.interval_s.map_or(if named.url.is_empty() { FILE } else { URL }, Duration::from_secs),
        understand: understand(named.mapping()),
        clock: Arc::new(Timestamp::now),
    };
    Ok(Sheet::open(settings, data, config.me.clone()).await?)
}

/// Says what a source has to tell; answers why what it is fed from could not be read, where that is so, and since when.
pub(super) fn tell(session: &Session, source: &dyn Source) -> Option<(Failure, Option<Timestamp>)> {
    let heard = source.heard();
    // Place by place only `tiendo check` tells.
    let is_place = |id: &str| matches!(id, "book-unread-place" | "book-unread-row");
    for notice in heard.notices.into_iter().filter(|notice| !is_place(notice.said.id)) {
        output::complain(&format!("tiendo: {}", session.words.say(&notice.said)));
    }
    match heard.behind? {
        Behind::Unread { why, last } => Some((why, last)),
        Behind::Read => None,
    }
}
