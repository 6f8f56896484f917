//! What the list of issues does not say: notes, and the days before the ones in force. It stands in the journals of an issue, which
//! cost a question each: those of open issues are read a few at a time, after what there is on the screen already.

use super::{
    book::Book,
    fetching::{Desk, Reader},
    history::details,
    mapping::Mapping,
    wire::{Issue, Whole},
};
use crate::domain::{failure::Failure, item::Kind, status::Base};

/// So many issues are asked for their journals after one look.
const CLOSER: usize = 10;

impl Reader<'_> {
    /// The journals of open issues that changed since they were read, those that were due first: the notes of an issue, and the
    /// day it was due at first, stand nowhere else; and of closed ones that were extended. At the first look only of those whose dates hang on it: the others are read
    /// once something is on the screen.
    pub(super) async fn look_closer(&self, desk: &mut Desk, is_first: bool) -> Result<(), Failure> {
        desk.closer = false;
        if !self.options.journals {
            return Ok(());
        }
        let Some(book) = &desk.book else { return Ok(()) };
        let is_told = |issue: &Issue| {
            let as_of = book.known.details.get(&issue.id).map(|details| details.as_of);
            as_of.map_or(issue.updated_on == issue.created_on, |as_of| as_of >= issue.updated_on)
        };
        // Of what is closed only the dates matter any more.
        let matters =
            |issue: &&Issue| !book.mapping.is_closed(&issue.status) || hangs_on_journals(issue, &book.mapping);
        let mut wanted: Vec<&Issue> = book.known.issues.values().filter(matters).filter(|one| !is_told(one)).collect();
        wanted.retain(|issue| book.mapping.kinds.contains_key(&issue.tracker.id));
        wanted.sort_by_key(|issue| (issue.due_date.is_none(), issue.due_date, issue.id));
        let all = wanted.len();
        wanted.retain(|issue| !is_first || hangs_on_journals(issue, &book.mapping));
        wanted.truncate(CLOSER);
        desk.closer = all > wanted.len();
        let wanted: Vec<u64> = wanted.into_iter().map(|issue| issue.id).collect();
        let mut came = Ok(());
        let mut read = Vec::new();
        for id in wanted {
            match self.one(id, "journals").await {
                Ok(whole) => read.push(whole),
                // It may be gone, or be hidden: the next full look tells.
                Err(Failure::Refused(_)) => {}
                Err(failure) => {
                    came = Err(failure);
                    break;
                }
            }
        }
        let Some(book) = &mut desk.book else { return came };
        let mut changes = false;
        for whole in read {
            changes |= take(book, whole);
        }
        if changes {
            book.changed(&self.frame);
        }
        came
    }
}

/// Do its dates stand in its journals only: the one it had first, the day it was handed in?
fn hangs_on_journals(issue: &Issue, mapping: &Mapping) -> bool {
    let is_extended = issue.said(mapping.extensions).is_some_and(|said| said.as_str() != "0");
    let waits = mapping.base(&issue.status, Kind::Task) == Base::AwaitingConfirmation;
    is_extended || (waits && issue.day(mapping.received).is_none())
}

/// Takes in one issue that was read by itself; says whether anything is new.
pub(super) fn take(book: &mut Book, whole: Whole) -> bool {
    let details = details(&whole, &book.mapping);
    let issue = whole.issue;
    let id = issue.id;
    let changes = book.known.issues.get(&id) != Some(&issue) || book.known.details.get(&id) != Some(&details);
    book.known.issues.insert(id, issue);
    book.known.details.insert(id, details);
    changes
}
