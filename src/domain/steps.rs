//! Steps: what one person did, a batch at a time, and which of them *undo* and *redo* are about. Pure: the journal, and what
//! waits to get there, is the only memory, so that it works across restarts.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{
    answer::Page,
    entry::{Entry, Outcome, Verb},
    id::EntryId,
    mailing::{is_claim, is_result},
};

/// How many of one's own entries are looked back over for the last step.
pub const BACK: u32 = 5_000;

/// The entries that take back the last step that stands, the last of its entries first; none where there is no step. What a
/// redo brought back belongs to the step of that redo.
///
/// `page` is what one person did, newest first, as far back as one looks.
pub fn undo(page: &Page, on: Date) -> Vec<Entry> {
    let standing = Standing::of(page);
    let last = page.entries.iter().find(|entry| standing.done(entry).is_some());
    let entries = last.into_iter().flat_map(|last| step(page, last)).filter_map(|entry| standing.done(entry));
    entries.map(|entry| reversal(entry, on)).collect()
}

/// The entries that bring back the step taken back last; none where something was done since.
pub fn redo(page: &Page, on: Date) -> Vec<Entry> {
    let standing = Standing::of(page);
    // What was done since then, or stands, ends the search: only what was taken back last comes back.
    let since = |entry: &&Entry| standing.is_standing_deed(entry) || is_amendment(entry);
    let last = page.entries.iter().take_while(|entry| !since(entry)).find(|entry| standing.takes_back(entry));
    let entries = last.into_iter().flat_map(|last| step(page, last)).filter(|entry| standing.takes_back(entry));
    entries.map(|entry| reversal(entry, on)).collect()
}

/// The last deed that stands, where it is an amendment made from a screen; none where it is another one. A first laying down,
/// or a whole file taken in, is none.
pub fn amendment(page: &Page) -> Option<&Entry> {
    let standing = Standing::of(page);
    let taken_back: HashSet<EntryId> =
        page.entries.iter().filter(|entry| is_amendment(entry)).filter_map(|entry| entry.reverses).collect();
    let stands = |entry: &Entry| {
        is_amendment(entry)
            && entry.reverses.is_none()
            && !taken_back.contains(&entry.id)
            && !standing.reversed.contains(&entry.id)
    };
    let last = page.entries.iter().find(|entry| stands(entry) || standing.done(entry).is_some());
    last.filter(|entry| is_amendment(entry))
}

/// What is in the journal with what waits to get there, each where it belongs by the time it was made, and what is taken back
/// then. What waits is in the order it was made; what arrived meanwhile is there once.
pub fn with_waiting(mut page: Page, waiting: impl IntoIterator<Item = Entry>) -> Page {
    let mut there: HashSet<EntryId> = page.entries.iter().map(|entry| entry.id).collect();
    let known = page.entries.iter().chain(&page.taken_back);
    let mut targets: HashMap<EntryId, EntryId> = known.filter_map(|entry| Some((entry.id, target(entry)?))).collect();
    let mut reversed: HashSet<EntryId> = page.reversed.drain(..).collect();
    for entry in waiting {
        if !there.insert(entry.id) {
            continue;
        }
        if let Some(target) = target(&entry) {
            targets.insert(entry.id, target);
            take_back(target, &targets, &mut reversed);
        }
        let place = page.entries.iter().position(|known| known.at <= entry.at).unwrap_or(page.entries.len());
        page.entries.insert(place, entry);
    }
    page.reversed.extend(reversed);
    page
}

/// The entry goes; where it is a reversal, what it took back stands again, and so on down.
fn take_back(mut id: EntryId, targets: &HashMap<EntryId, EntryId>, reversed: &mut HashSet<EntryId>) {
    let mut goes = true;
    // No chain is longer than what there is, whatever the data say.
    for _ in 0..=targets.len() {
        let changed = if goes { reversed.insert(id) } else { reversed.remove(&id) };
        let Some(target) = targets.get(&id).filter(|_| changed) else { return };
        (id, goes) = (*target, !goes);
    }
}

/// The draft that takes `entry` back.
pub fn reversal(entry: &Entry, on: Date) -> Entry {
    let reverses = Some(entry.id);
    Entry { reverses, ..Entry::new(EntryId::UNMADE, entry.item.clone(), Verb::Reverse, on, Timestamp::UNIX_EPOCH) }
}

/// The entries of the batch of `of`, in the page's order, wherever in it they stand: batches of a desk that sends late arrive
/// interleaved. An entry without a batch is a step by itself.
fn step<'a>(page: &'a Page, of: &'a Entry) -> impl Iterator<Item = &'a Entry> {
    page.entries.iter().filter(move |entry| entry.id == of.id || (of.batch.is_some() && entry.batch == of.batch))
}

fn target(entry: &Entry) -> Option<EntryId> {
    entry.reverses.filter(|_| entry.verb == Verb::Reverse)
}

fn is_amendment(entry: &Entry) -> bool {
    entry.verb == Verb::Plan && !entry.changes.is_empty()
}

/// What a page says of its entries.
struct Standing<'a> {
    entries: HashMap<EntryId, &'a Entry>,
    reversed: HashSet<EntryId>,
    mails: Mails,
}

impl<'a> Standing<'a> {
    fn of(page: &'a Page) -> Self {
        Standing {
            entries: page.entries.iter().map(|entry| (entry.id, entry)).collect(),
            reversed: page.reversed.iter().copied().collect(),
            mails: Mails::of(page),
        }
    }

    fn is_standing_deed(&self, entry: &Entry) -> bool {
        let is_deed = !matches!(entry.verb, Verb::Reverse | Verb::Plan | Verb::Unknown(_)) && !self.mails.hide(entry);
        is_deed && !self.reversed.contains(&entry.id)
    }

    /// The deed that stands by this entry: itself, or what it brought back.
    fn done(&self, entry: &'a Entry) -> Option<&'a Entry> {
        let deed = if target(entry).is_some() { self.brought_back(entry)? } else { entry };
        self.is_standing_deed(deed).then_some(deed)
    }

    /// What a reversal of a reversal brought back.
    fn brought_back(&self, reversal: &Entry) -> Option<&'a Entry> {
        let (mut found, mut again) = (*self.entries.get(&target(reversal)?)?, false);
        // No chain is longer than the page, whatever the data say.
        for _ in 0..self.entries.len() {
            let Some(target) = target(found) else { break };
            (found, again) = (*self.entries.get(&target)?, !again);
        }
        Some(found).filter(|_| again && !self.reversed.contains(&reversal.id))
    }

    /// Does it take a deed back, and stand?
    fn takes_back(&self, entry: &Entry) -> bool {
        let is_reversal = |id: EntryId| self.entries.get(&id).is_some_and(|entry| entry.verb == Verb::Reverse);
        target(entry).is_some_and(|target| !is_reversal(target)) && !self.reversed.contains(&entry.id)
    }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::{
        difference::{Change, Difference, Record},
        entry::Channel,
    };

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
    fn batches_that_arrived_interleaved_stay_whole() {
        let mut journal = vec![deed(1, 1), deed(2, 2), deed(3, 1), deed(4, 2)];
        assert_eq!(next(&journal), (vec![4, 2], vec![]));
        journal.extend([taken_back(5, 3, 4), deed(6, 4), taken_back(7, 3, 2), taken_back(8, 5, 6)]);
        assert_eq!(next(&journal), (vec![3, 1], vec![8]));
        journal.push(taken_back(9, 6, 8));
        journal.push(taken_back(10, 7, 6));
        assert_eq!(next(&journal), (vec![3, 1], vec![10]));
        journal.truncate(4);
        journal.extend([taken_back(5, 3, 4), taken_back(6, 4, 3), taken_back(7, 3, 2), taken_back(8, 4, 1)]);
        assert_eq!(next(&journal), (vec![], vec![8, 6]), "and so do those that take them back");
    }

    #[test]
    fn what_came_back_together_with_what_was_done_anew_goes_with_it() {
        let mut journal = vec![deed(1, 1), taken_back(2, 2, 1), deed(3, 3), taken_back(4, 3, 2)];
        assert_eq!(next(&journal).0, [1, 3]);
        journal.extend([taken_back(5, 4, 1), taken_back(6, 4, 3)]);
        assert_eq!(next(&journal), (vec![], vec![6, 5]));
    }

    /// What is taken back after `journal`, oldest first, with what waits behind it.
    fn next_with(journal: &[Entry], waiting: &[Entry]) -> Vec<u128> {
        let reversed = super::super::fold::reversed(journal).into_iter().collect();
        let page = Page { entries: journal.iter().rev().cloned().collect(), reversed, ..Page::default() };
        let page = with_waiting(page, waiting.iter().cloned());
        undo(&page, ON).iter().filter_map(|entry| Some(entry.reverses?.0.as_u128())).collect()
    }

    #[test]
    fn a_redo_that_waits_lets_its_deed_stand() {
        let journal = [deed(1, 1), deed(2, 2), taken_back(3, 3, 2)];
        assert_eq!(next_with(&journal, &[]), [1]);
        let redo = taken_back(4, 4, 3);
        let waiting = std::slice::from_ref(&redo);
        assert_eq!(next_with(&journal, waiting), [2]);
        assert_eq!(next_with(&journal, &[redo.clone(), taken_back(5, 5, 4)]), [1]);
        assert_eq!(next_with(&[&journal[..], waiting].concat(), waiting), [2], "what arrived is there once");
    }

    #[test]
    fn what_somebody_else_took_back_is_gone_whatever_waits() {
        let page = Page { entries: vec![deed(2, 2), deed(1, 1)], reversed: vec![id(2)], ..Page::default() };
        let page = with_waiting(page, [taken_back(3, 3, 1)]);
        assert_eq!(undo(&page, ON), []);
    }

    #[test]
    fn what_waits_stands_where_it_belongs_by_its_time() {
        let at = |entry: Entry, second: i64| Entry { at: Timestamp::from_second(second).unwrap(), ..entry };
        let journal = [at(deed(1, 1), 10), at(deed(2, 2), 30)];
        assert_eq!(next_with(&journal, &[at(deed(3, 3), 20)]), [2]);
        assert_eq!(next_with(&journal, &[at(deed(3, 3), 40)]), [3]);
    }

    #[test]
    fn of_deeds_and_amendments_the_newest_counts_also_where_it_waits() {
        let change = Difference { record: Record::Task, id: "N1".into(), change: Change::Added };
        let plan = |number| Entry { verb: Verb::Plan, batch: None, changes: vec![change.clone()], ..deed(number, 0) };
        let last = |entries: &[Entry], waiting: &[Entry]| {
            let page = Page { entries: entries.iter().rev().cloned().collect(), ..Page::default() };
            amendment(&with_waiting(page, waiting.iter().cloned())).map(|entry| entry.id.0.as_u128())
        };
        let journal = [deed(1, 1), plan(2)];
        assert_eq!(last(&journal, &[]), Some(2));
        assert_eq!(last(&journal, &[deed(3, 3)]), None);
        assert_eq!(last(&journal, &[deed(3, 3), taken_back(4, 4, 3)]), Some(2));
        assert_eq!(last(&[plan(1), plan(2), Entry { reverses: Some(id(2)), ..plan(3) }], &[]), Some(1));
    }

    #[test]
    fn what_was_done_since_ends_what_could_come_back() {
        let journal = [deed(1, 1), taken_back(2, 2, 1), deed(3, 3)];
        assert_eq!(next(&journal), (vec![3], vec![]));
        assert_eq!(next(&[]), (vec![], vec![]));
    }
}
