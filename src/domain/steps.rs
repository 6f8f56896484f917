//! Steps: what one person did, a batch at a time, and which of them *undo* and *redo* are about. Pure: the journal is the
//! only memory, so that it works across restarts.

use std::collections::HashSet;

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{
    answer::Page,
    entry::{Entry, Outcome, Verb},
    id::EntryId,
    mailing::{is_claim, is_result},
};

/// The entries that take back the last step that stands, the last of its entries first; none where there is no step.
///
/// `page` is what one person did, newest first, as far back as one looks.
pub fn undo(page: &Page, on: Date) -> Vec<Entry> {
    let reversed: HashSet<EntryId> = page.reversed.iter().copied().collect();
    let settled = Mails::of(page);
    let standing = |entry: &&Entry| is_deed(entry, &settled) && !reversed.contains(&entry.id);
    let step = steps(&page.entries).find(|step| step.iter().any(|entry| standing(&entry))).unwrap_or_default();
    let entries = step.iter().filter(standing);
    entries.map(|entry| reversal(entry, on)).collect()
}

/// The entries that bring back the step taken back last; none where something was done since.
pub fn redo(page: &Page, on: Date) -> Vec<Entry> {
    let reversed: HashSet<EntryId> = page.reversed.iter().copied().collect();
    let reversals: HashSet<EntryId> =
        page.entries.iter().filter(|entry| entry.verb == Verb::Reverse).map(|entry| entry.id).collect();
    let settled = Mails::of(page);
    let takes_back = |entry: &Entry| {
        let of_reversal = entry.reverses.is_some_and(|target| reversals.contains(&target));
        entry.verb == Verb::Reverse && !of_reversal && !reversed.contains(&entry.id)
    };
    // What was done since then, or stands, ends the search: only what was taken back last comes back.
    let step = steps(&page.entries)
        .take_while(|step| !step.iter().any(|entry| is_deed(entry, &settled) && !reversed.contains(&entry.id)))
        .take_while(|step| !step.iter().any(is_amendment))
        .find(|step| step.iter().any(takes_back))
        .unwrap_or_default();
    step.iter().filter(|entry| takes_back(entry)).map(|entry| reversal(entry, on)).collect()
}

/// The last deed that stands, where it is an amendment made from a screen; none where it is another one. A first laying down,
/// or a whole file taken in, is none.
pub fn amendment(page: &Page) -> Option<&Entry> {
    let settled = Mails::of(page);
    let takings_back = page.entries.iter().filter(|entry| is_amendment(entry)).filter_map(|entry| entry.reverses);
    let gone: HashSet<EntryId> = page.reversed.iter().copied().chain(takings_back).collect();
    let stands = |entry: &&Entry| {
        let is_step = is_deed(entry, &settled) || (is_amendment(entry) && entry.reverses.is_none());
        is_step && !gone.contains(&entry.id)
    };
    page.entries.iter().find(stands).filter(|entry| is_amendment(entry))
}

fn is_amendment(entry: &Entry) -> bool {
    entry.verb == Verb::Plan && !entry.changes.is_empty()
}

/// The entries of each batch, newest batch first; an entry without a batch is one by itself.
fn steps(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|one, next| one.batch.is_some_and(|batch: Uuid| next.batch == Some(batch)))
}

fn is_deed(entry: &Entry, settled: &Mails) -> bool {
    !matches!(entry.verb, Verb::Reverse | Verb::Plan | Verb::Unknown(_)) && !settled.hide(entry)
}

/// The mails whose result is known: nothing came of a failed one, and of the others the result is the deed, not the claim.
struct Mails {
    failed: HashSet<Uuid>,
    known: HashSet<Uuid>,
}

impl Mails {
    fn of(page: &Page) -> Self {
        let results = || page.entries.iter().filter(|entry| is_result(entry));
        let failed = results().filter(|entry| entry.outcome == Some(Outcome::Failed));
        Mails {
            failed: failed.filter_map(|entry| entry.batch).collect(),
            known: results().filter_map(|entry| entry.batch).collect(),
        }
    }

    fn hide(&self, entry: &Entry) -> bool {
        let is_among = |mails: &HashSet<Uuid>| entry.batch.is_some_and(|batch| mails.contains(&batch));
        is_among(&self.failed) || (is_claim(entry) && is_among(&self.known))
    }
}

fn reversal(entry: &Entry, on: Date) -> Entry {
    let reverses = Some(entry.id);
    Entry { reverses, ..Entry::new(EntryId::UNMADE, entry.item.clone(), Verb::Reverse, on, Timestamp::UNIX_EPOCH) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::entry::Channel;

    const ON: Date = date(2023, 11, 20);

    fn id(number: u128) -> EntryId {
        EntryId(Uuid::from_u128(number))
    }

    fn deed(number: u128, batch: u128) -> Entry {
        let entry = Entry::new(id(number), "task:N1".into(), Verb::Note, ON, Timestamp::UNIX_EPOCH);
        Entry { batch: Some(Uuid::from_u128(batch)), ..entry }
    }

    fn taken_back(number: u128, batch: u128, reverses: u128) -> Entry {
        Entry { verb: Verb::Reverse, reverses: Some(id(reverses)), ..deed(number, batch) }
    }

    /// What is taken back and what comes back after `journal`, oldest first.
    fn next(journal: &[Entry]) -> (Vec<u128>, Vec<u128>) {
        let reversed = super::super::fold::reversed(journal).into_iter().collect();
        let page = Page { entries: journal.iter().rev().cloned().collect(), reversed, ..Page::default() };
        let targets = |entries: Vec<Entry>| {
            entries.iter().filter_map(|entry| Some(entry.reverses?.0.as_u128())).collect::<Vec<_>>()
        };
        (targets(undo(&page, ON)), targets(redo(&page, ON)))
    }

    #[test]
    fn a_batch_is_one_step_and_its_last_entry_goes_first() {
        let mut journal = vec![deed(1, 1), deed(2, 2), deed(3, 2)];
        assert_eq!(next(&journal), (vec![3, 2], vec![]));
        journal.extend([taken_back(4, 3, 3), taken_back(5, 3, 2)]);
        assert_eq!(next(&journal), (vec![1], vec![5, 4]));
    }

    #[test]
    fn a_failed_mail_is_no_step_and_a_sent_one_is_its_result() {
        let mail = |number, outcome| Entry {
            verb: Verb::Remind,
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            ..deed(number, 2)
        };
        let after = |outcome| next(&[deed(1, 1), mail(2, Outcome::Claimed), mail(3, outcome)]).0;
        assert_eq!(after(Outcome::Failed), [1]);
        assert_eq!(after(Outcome::Sent), [3], "which the ledger refuses, and says so");
        assert_eq!(next(&[deed(1, 1), mail(2, Outcome::Claimed)]).0, [2], "uncertain: it is refused too");
    }

    #[test]
    fn steps_go_and_come_back_in_turn() {
        let mut journal = vec![deed(1, 1), deed(2, 2), taken_back(3, 3, 2), taken_back(4, 4, 1)];
        assert_eq!(next(&journal), (vec![], vec![4]));
        journal.push(taken_back(5, 5, 4));
        assert_eq!(next(&journal), (vec![1], vec![3]), "the first is back, the second can follow");
        journal.push(taken_back(6, 6, 3));
        assert_eq!(next(&journal), (vec![2], vec![]));
        journal.push(taken_back(7, 7, 2));
        assert_eq!(next(&journal), (vec![1], vec![7]));
    }

    #[test]
    fn what_was_done_since_ends_what_could_come_back() {
        let journal = [deed(1, 1), taken_back(2, 2, 1), deed(3, 3)];
        assert_eq!(next(&journal), (vec![3], vec![]));
        assert_eq!(next(&[]), (vec![], vec![]));
    }
}
