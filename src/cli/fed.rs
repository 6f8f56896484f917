//! A workbook that feeds a ledger which is shared: it is followed while that is served, as it would be on a screen. There is nobody
//! to ask: where much is gone at once what was read before stays, and that is told.

use std::sync::Arc;

use futures::StreamExt as _;

use super::{output, session::Session, workbook};
use crate::{
    config::NamedSource,
    domain::{answer::Fetched, heard::Behind, sentence::Sentence},
    sources::{Kind, Source},
    words::Words,
};

/// Opens the workbook of `named`, where it is one, and takes in what it says.
pub(super) async fn opened(session: &Session, named: Option<&NamedSource>) -> anyhow::Result<Option<Arc<dyn Source>>> {
    match named {
        Some(named) if named.kind == Kind::Sheet => {
            let source = workbook::open(session, named).await?.source;
            let mut told = Told::default();
            take_in(&*source, &mut told, &session.words).await;
            Ok(Some(source))
        }
        Some(_) | None => Ok(None),
    }
}

/// Takes in what is new in it whenever something may be, for ever.
pub(super) async fn follow(source: Arc<dyn Source>, words: Words) {
    let (mut changes, mut told) = (source.changed(), Told::default());
    while changes.next().await.is_some() {
        take_in(&*source, &mut told, &words).await;
    }
}

/// How far it was followed, and why it could not be read when that was told last.
#[derive(Default)]
struct Told {
    cursor: Option<u64>,
    unread: Option<Sentence>,
}

async fn take_in(source: &dyn Source, told: &mut Told, words: &Words) {
    // What others did in the ledger is told before the workbook is looked at.
    while let Ok(fetched) = source.fetch(told.cursor).await {
        told.cursor = match fetched {
            Fetched::Unchanged => break,
            Fetched::Entries(delta) => Some(delta.cursor),
            Fetched::Whole(snapshot) => Some(snapshot.cursor),
        };
    }
    let heard = source.heard();
    let grave = heard.notices.into_iter().filter(|notice| notice.grave).map(|notice| notice.said);
    // Place by place only `tiendo check` tells.
    for said in grave.filter(|said| !matches!(said.id, "book-unread-place" | "book-unread-row")) {
        output::complain(&words.say(&said));
    }
    match heard.behind {
        Some(Behind::Unread { why, .. }) => {
            let why = why.why().clone();
            if told.unread.as_ref() != Some(&why) {
                output::complain(&words.say(&Sentence::new("cli-serve-unread").with("why", why.clone())));
            }
            told.unread = Some(why);
        }
        Some(Behind::Read) => told.unread = None,
        None => {}
    }
}
