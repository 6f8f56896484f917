//! [`again`]: what was done here and a changed cell went over is done once more, for whoever decides that it holds.

use std::collections::BTreeSet;

use super::{
    differing::Draft,
    pen::{Pen, entry_id},
};
use crate::domain::{
    check::{Refusal, check},
    entry::{Entry, Verb},
    fold::{fold, live},
    id::ActorId,
    item::Item,
};

/// The entries that bring back what stood before the workbook went over `mine`; `journal` is all that happened to the item, in
/// order. Nothing where somebody else acted on it since: that is another question.
pub(super) fn again(
    item: &Item,
    journal: &[Entry],
    mine: &Entry,
    me: &ActorId,
    pen: &Pen<'_>,
) -> Result<Option<Vec<Entry>>, Refusal> {
    let book = pen.actor();
    let is_books = |entry: &Entry| entry.by.as_ref() == Some(&book);
    let Some(place) = journal.iter().position(|entry| entry.id == mine.id) else { return Ok(None) };
    let after: Vec<&Entry> = journal.iter().skip(place + 1).collect();
    let decides = |entry: &Entry| !entry.verb.commutes() || entry.verb == Verb::Reverse;
    if after.iter().any(|entry| decides(entry) && !is_books(entry)) {
        return Ok(None);
    }
    let standing: Vec<Entry> = live(&journal.iter().collect::<Vec<_>>()).into_iter().cloned().collect();
    let later: BTreeSet<_> = after.iter().map(|entry| entry.id).collect();
    let reversed: BTreeSet<_> = after.iter().filter_map(|entry| entry.reverses).collect();
    let mut draft = Draft { item: item.clone(), live: standing, entries: Vec::new(), pen };
    draft.take_back_those(|entry| later.contains(&entry.id));
    // What the workbook took back of it is done anew, in its order.
    for former in journal.iter().take(place + 1).filter(|entry| reversed.contains(&entry.id) && !is_books(entry)) {
        let place = u64::try_from(draft.entries.len()).unwrap_or(u64::MAX);
        let entry = Entry {
            id: entry_id(pen.plan, pen.generation, draft.item.id.as_str(), place),
            at: pen.now,
            expects: draft.item.state.last.filter(|_| !former.verb.commutes()),
            seq: 0,
            recorded: None,
            batch: None,
            ..former.clone()
        };
        check(&draft.item, &entry)?;
        fold(&mut draft.item, &entry, pen.calendar);
        draft.live.push(entry.clone());
        draft.entries.push(entry);
    }
    for entry in &mut draft.entries {
        entry.by = Some(me.clone());
    }
    Ok(Some(draft.entries))
}
