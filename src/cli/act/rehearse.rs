//! [`rehearse`]: what handing entries in would come to, without handing them in: by the rules the ledger asks, on the
//! snapshot at hand.

use std::collections::HashMap;

use super::desk::histories;
use crate::{
    cli::{session::Session, view::View},
    domain::{
        answer::Admission,
        check::Refusal,
        entry::{Entry, Verb},
        follow::{follow_ups, opened, resting},
        id::{EntryId, ItemId},
        overlay::{Overlay, Unconfirmed},
        reversal::check_reverse,
    },
};

/// What would come of it.
#[derive(Debug)]
pub(super) struct Rehearsal {
    /// One answer for each entry.
    pub answers: Vec<Admission>,
    /// The items as they would be.
    pub overlay: Overlay,
}

/// What would come of `entries`, whose ids are made. Those that are no reversals were checked when they were drafted.
pub(super) async fn rehearse(session: &Session, view: &View, entries: &[Entry]) -> anyhow::Result<Rehearsal> {
    let histories = histories(view.opened.source.as_ref(), entries).await?;
    let mut journals = histories.clone();
    let mut answers = Vec::with_capacity(entries.len());
    let mut unconfirmed = Unconfirmed::default();
    let mut roots = HashMap::new();
    for entry in entries {
        let signed = Entry { by: Some(view.me(session)), ..entry.clone() };
        if entry.verb == Verb::Reverse {
            let journal = journals.entry(entry.item.clone()).or_default();
            match check_reverse(&journal.iter().collect::<Vec<_>>(), entry) {
                Ok(root) => roots.insert(entry.id, root.clone()),
                Err(refusal) => {
                    answers.push(Admission::Refused(refusal));
                    continue;
                }
            };
            journal.push(signed.clone());
        }
        unconfirmed.queued(signed);
        answers.push(Admission::Applied { seq: 0 });
    }
    let history = |id: &ItemId| histories.get(id).cloned();
    let overlay = unconfirmed.over(&view.snapshot, history);
    let mut is_changed = false;
    for (entry, answer) in entries.iter().zip(&mut answers) {
        let root = roots.get(&entry.id);
        if let Some(by) = root.and_then(|root| rests_elsewhere(view, &overlay, root)) {
            *answer = Admission::Refused(Refusal::Depended { by });
            unconfirmed.dropped(entry.id);
            is_changed = true;
        }
    }
    let overlay = if is_changed { unconfirmed.over(&view.snapshot, history) } else { overlay };
    Ok(Rehearsal { answers, overlay })
}

/// What was done on other items that would lose its ground with `root`: on the case it opened, on a report that follows.
fn rests_elsewhere(view: &View, overlay: &Overlay, root: &Entry) -> Option<EntryId> {
    let last = |id: &ItemId| view.snapshot.item(id)?.state.last;
    match opened(root) {
        Some((case, _)) => last(&case),
        None => resting(&follow_ups(&view.snapshot.outline, overlay.item(&root.item)?), last),
    }
}
