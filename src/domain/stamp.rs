//! [`stamp`]: drafts become entries: each gets its id, all of them one batch and the instant they were made at.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    entry::Entry,
    id::{EntryId, ItemId},
};

/// Gives ids to entries that have none yet, in order. One that was drafted in view of another of them is made to expect it.
pub fn stamp(drafts: &mut [Entry], at: Timestamp, mut make: impl FnMut() -> Uuid) {
    let batch = make();
    let mut last: HashMap<ItemId, EntryId> = HashMap::new();
    for draft in drafts {
        draft.id = EntryId(make());
        draft.at = at;
        draft.batch = Some(batch);
        if draft.expects == Some(EntryId::UNMADE) {
            draft.expects = last.get(&draft.item).copied();
        }
        if !draft.verb.commutes() {
            last.insert(draft.item.clone(), draft.id);
        }
    }
}
