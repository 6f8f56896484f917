//! [`check_reverse`]: may an entry be taken back? What is true afterwards is `refold` in `fold.rs`.

use std::collections::HashSet;

use super::{
    check::Refusal,
    entry::{Entry, Outcome, Verb},
    fold::{live, reversed},
    id::EntryId,
    mailing::fate,
};

/// May `entry`, a `reverse`, be admitted? `journal` is all of its item's entries, in order. Answers with what it comes down
/// to: the entry that goes or, where a reversal is reversed, comes back.
///
/// Refused where there is no such entry or it is reversed already, where it is an e-mail that was or may have been sent
/// (its claim and its result alike; where it failed there is nothing to take back), and where what does not commute has changed since: the entry that rests on it is named. Cases do not rest on each
/// other. What rests on it on *other* items (a case on its opening, a report on a hand-in) is for the ledger to see.
pub fn check_reverse<'a>(journal: &[&'a Entry], entry: &Entry) -> Result<&'a Entry, Refusal> {
    let place = journal.iter().position(|earlier| Some(earlier.id) == entry.reverses);
    let (place, target) = place.zip(place.and_then(|place| journal.get(place))).ok_or(Refusal::NothingToReverse)?;
    if target.verb == Verb::Plan || reversed(journal.iter().copied()).contains(&target.id) {
        return Err(Refusal::NothingToReverse);
    }
    let root = root(journal, target);
    match fate(journal, root) {
        Some(Outcome::Claimed | Outcome::Sent | Outcome::Uncertain) => return Err(Refusal::Sent),
        // Nothing came of it, and taking back half of its entries would say that something did.
        Some(Outcome::Failed) => return Err(Refusal::NothingToReverse),
        None => {}
    }
    if root.verb.commutes() || root.verb == Verb::Open {
        return Ok(root);
    }
    match resting(journal, place) {
        Some(by) => Err(Refusal::Depended { by }),
        None => Ok(root),
    }
}

/// What a chain of reversals begins with; the entry itself where it is no reversal.
pub fn root<'a>(journal: &[&'a Entry], entry: &'a Entry) -> &'a Entry {
    let mut root = entry;
    // Each step goes back in the journal, so that it ends even where the data are wrong.
    for earlier in journal.iter().rev() {
        if root.verb == Verb::Reverse && root.reverses == Some(earlier.id) {
            root = earlier;
        }
    }
    root
}

/// The last entry by which the live entries that do not commute are others than they were right after the one at `place`.
fn resting(journal: &[&Entry], place: usize) -> Option<EntryId> {
    let standing = |journal: &[&Entry]| -> Vec<EntryId> {
        live(journal).into_iter().filter(|entry| !entry.verb.commutes()).map(|entry| entry.id).collect()
    };
    let (then, later) = journal.split_at_checked(place + 1)?;
    let (then, now) = (standing(then), standing(journal));
    if let Some(added) = now.iter().rev().find(|id| !then.contains(id)) {
        return Some(*added);
    }
    let gone: HashSet<EntryId> = then.into_iter().filter(|id| !now.contains(id)).collect();
    let takes_back = |entry: &&&Entry| gone.contains(&root(journal, entry).id);
    later.iter().rev().filter(|entry| entry.verb == Verb::Reverse).find(takes_back).map(|entry| entry.id)
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;
    use crate::domain::entry::Channel;

    fn id(number: u128) -> EntryId {
        EntryId(Uuid::from_u128(number))
    }

    fn entry(number: u128, verb: Verb) -> Entry {
        Entry::new(id(number), "task:N1".into(), verb, date(2023, 5, 8), Timestamp::UNIX_EPOCH)
    }

    fn reverse(number: u128, reverses: u128) -> Entry {
        Entry { reverses: Some(id(reverses)), ..entry(number, Verb::Reverse) }
    }

    fn checked(journal: &[Entry], target: u128) -> Result<u128, Refusal> {
        let journal: Vec<&Entry> = journal.iter().collect();
        check_reverse(&journal, &reverse(99, target)).map(|root| root.id.0.as_u128())
    }

    #[test]
    fn only_a_live_entry_is_reversed() {
        let journal = [entry(1, Verb::Note), reverse(2, 1)];
        assert_eq!(checked(&journal[..1], 1), Ok(1));
        assert_eq!(checked(&journal, 1), Err(Refusal::NothingToReverse));
        assert_eq!(checked(&journal, 7), Err(Refusal::NothingToReverse));
        assert_eq!(checked(&[entry(1, Verb::Plan)], 1), Err(Refusal::NothingToReverse));
        assert_eq!(checked(&journal, 2), Ok(1), "a reversal is reversed");
    }

    #[test]
    fn a_later_act_that_rests_on_it_is_named_until_it_is_taken_back_itself() {
        let mut journal = vec![entry(1, Verb::Submit), entry(2, Verb::Confirm), entry(3, Verb::Note)];
        assert_eq!(checked(&journal, 1), Err(Refusal::Depended { by: id(2) }));
        assert_eq!(checked(&journal, 2), Ok(2), "a remark rests on nothing");
        journal.push(reverse(4, 2));
        assert_eq!(checked(&journal, 1), Ok(1));
        journal.push(reverse(5, 1));
        assert_eq!(checked(&journal, 4), Err(Refusal::Depended { by: id(5) }), "its ground is gone");
        journal.push(reverse(6, 5));
        assert_eq!(checked(&journal, 4), Ok(2));
    }

    #[test]
    fn a_sent_mail_is_not_taken_back_a_letter_is() {
        let remind = |channel, outcome| Entry { channel: Some(channel), outcome, ..entry(1, Verb::Remind) };
        for outcome in [Outcome::Claimed, Outcome::Sent, Outcome::Uncertain] {
            assert_eq!(checked(&[remind(Channel::Email, Some(outcome))], 1), Err(Refusal::Sent));
        }
        let failed = [remind(Channel::Email, Some(Outcome::Failed))];
        assert_eq!(checked(&failed, 1), Err(Refusal::NothingToReverse), "nothing came of it");
        assert_eq!(checked(&[remind(Channel::Letter, None)], 1), Ok(1));
        assert_eq!(checked(&[remind(Channel::Email, None)], 1), Ok(1), "written by hand: whoever recorded it knows");
    }

    #[test]
    fn a_claim_and_its_result_are_one_story() {
        let batch = Some(Uuid::from_u128(7));
        let mail = |number, outcome| Entry {
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            batch,
            ..entry(number, Verb::Remind)
        };
        let fates = [
            (Outcome::Sent, Refusal::Sent),
            (Outcome::Uncertain, Refusal::Sent),
            (Outcome::Failed, Refusal::NothingToReverse),
        ];
        for (outcome, refusal) in fates {
            let journal = [mail(1, Outcome::Claimed), mail(2, outcome)];
            assert_eq!(checked(&journal, 1), Err(refusal.clone()));
            assert_eq!(checked(&journal, 2), Err(refusal));
        }
    }

    #[test]
    fn openings_do_not_rest_on_each_other() {
        let journal = [entry(1, Verb::Open), entry(2, Verb::Open)];
        assert_eq!(checked(&journal, 1), Ok(1));
    }
}
