//! The local history before a source that cannot tell other days: every command shows them, and every whole look is kept.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::{opened::Opened, output, session::Session};
use crate::{
    domain::{failure::Failure, sentence::Sentence},
    runtime::{
        history,
        recorder::{self, Place},
    },
    store::history::Address,
};

/// The same source, its days kept here where it cannot tell them, as long as the options say. The sample has no place to be told
/// by, and is never kept.
pub(super) async fn remembered(session: &Session, opened: Opened) -> Opened {
    let (Some(path), Some(origin)) = (file(session), opened.place.clone()) else { return opened };
    let days = session.config.history_days;
    if days == 0 {
        if let Err(failure) = recorder::forget(&path).await {
            complain(session, &failure);
        }
        return opened;
    }
    let address = Address { source: origin.address, plan: origin.plan };
    let place = Place { path, address, days, clock: Arc::new(Timestamp::now) };
    let (source, recorder) = history::before(opened.source, place);
    Opened { source, recorder, ..opened }
}

/// Waits until what was seen is kept, and says what there is to say of it.
pub(super) async fn settle(session: &Session, opened: &Opened) {
    let Some(recorder) = &opened.recorder else { return };
    recorder.settle().await;
    for said in recorder.told() {
        output::complain(&session.words.say(&said));
    }
}

fn complain(session: &Session, failure: &Failure) {
    let said = Sentence::new("said-history-lost").with("why", failure.why().clone());
    output::complain(&session.words.say(&said));
}

fn file(session: &Session) -> Option<PathBuf> {
    session.config.data_dir.as_ref().map(|folder| folder.join("history.db"))
}
