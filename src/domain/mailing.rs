//! Reminders by e-mail in the journal: a mail is **claimed**, then sent, then its **result** is recorded, each as one entry
//! per item with the mail's batch id. Here is what these entries mean: which of them count, which are possible, and what a
//! person is shown.
//!
//! *A claim without a result is uncertain.* Between the claim and the result the mail may have gone out at any moment; a
//! program that ended there cannot say. No clock decides it: as long as there is no result, [`Mail`] stands among
//! [`State::unsettled`], counts as made on the ladder (`ladder.rs`), is shown as uncertain ([`shown`]) and is not sent again by
//! itself. A result settles it; one that says *uncertain* may still become *sent*.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    check::Refusal,
    entry::{Channel, Entry, Outcome, Verb},
    id::EntryId,
    item::State,
    schema,
};

/// A mail about an item that was claimed, and of which it is not known to have been sent or to have failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mail {
    /// The batch of its entries.
    #[schemars(schema_with = "schema::uuid")]
    pub batch: Uuid,
    /// The rung of the ladder.
    pub level: u8,
    /// The day it was claimed.
    #[schemars(schema_with = "schema::date")]
    pub on: Date,
    /// Was it recorded, and counted, as uncertain? Else nothing was recorded after the claim.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
}

/// Is `entry` a claim to send a mail?
pub fn is_claim(entry: &Entry) -> bool {
    mailed(entry) == Some(Outcome::Claimed)
}

/// Is `entry` what became of a mail?
pub fn is_result(entry: &Entry) -> bool {
    mailed(entry).is_some_and(|outcome| outcome != Outcome::Claimed)
}

/// What an entry says of a mail sent by this program; a reminder by other means, or an e-mail somebody wrote by hand, says
/// nothing.
fn mailed(entry: &Entry) -> Option<Outcome> {
    entry.outcome.filter(|_| entry.verb == Verb::Remind && entry.channel == Some(Channel::Email))
}

/// Does this `remind` count as one reminder made? A claim does not; sent and uncertain do, once for both; failed does not.
/// Keeps [`State::unsettled`] on the way.
pub(super) fn counts(state: &mut State, entry: &Entry) -> bool {
    let Some(outcome) = mailed(entry) else {
        return !matches!(entry.outcome, Some(Outcome::Claimed | Outcome::Failed));
    };
    let place = state.unsettled.iter().position(|mail| Some(mail.batch) == entry.batch);
    let counted = place.and_then(|place| state.unsettled.get(place)).is_some_and(|mail| mail.counted);
    match (outcome, place) {
        (Outcome::Claimed, None) => {
            let level = entry.level.unwrap_or(1);
            state.unsettled.extend(entry.batch.map(|batch| Mail { batch, level, on: entry.on, counted: false }));
            false
        }
        (Outcome::Claimed, Some(_)) => false,
        (Outcome::Uncertain, Some(place)) => {
            if let Some(mail) = state.unsettled.get_mut(place) {
                mail.counted = true;
            }
            !counted
        }
        (Outcome::Sent, Some(place)) => {
            state.unsettled.remove(place);
            !counted
        }
        (Outcome::Failed, Some(place)) => {
            state.unsettled.remove(place);
            false
        }
        (Outcome::Sent | Outcome::Uncertain, None) => true,
        (Outcome::Failed, None) => false,
    }
}

/// May this result be admitted? `journal` is all of its item's entries. Only a claim of the same mail has a result, and only
/// one, except that what was uncertain may turn out to have been sent. The state the item is in meanwhile does not matter:
/// the mail went out.
pub fn check_result(journal: &[Entry], entry: &Entry) -> Result<(), Refusal> {
    let of_mail = journal.iter().filter(|earlier| earlier.batch.is_some() && earlier.batch == entry.batch);
    let known: Vec<Outcome> = of_mail.filter_map(mailed).collect();
    let open = match known.last() {
        Some(Outcome::Claimed) => true,
        Some(Outcome::Uncertain) => entry.outcome == Some(Outcome::Sent),
        Some(Outcome::Sent | Outcome::Failed) | None => false,
    };
    if open { Ok(()) } else { Err(Refusal::NotClaimed) }
}

/// The claim that stands in the way of another mail to the same agency on the same day: `mails` are that day's entries about
/// mails to it, in order. A mail of the same `batch` does not stand in its own way, one that failed in nobody's.
pub fn standing<'a>(mails: impl IntoIterator<Item = &'a Entry>, batch: Option<Uuid>) -> Option<EntryId> {
    let mut stands: Vec<&Entry> = Vec::new();
    for entry in mails {
        match mailed(entry) {
            Some(Outcome::Claimed) if batch.is_none() || entry.batch != batch => stands.push(entry),
            Some(Outcome::Failed) => stands.retain(|claim| claim.batch.is_none() || claim.batch != entry.batch),
            Some(Outcome::Claimed | Outcome::Sent | Outcome::Uncertain) | None => {}
        }
    }
    stands.first().map(|claim| claim.id)
}

/// What a person is told of the mail in `entry`, one of `journal`, all entries of the item in any order. `None` where it says
/// nothing of a mail, or is a claim whose result says it.
pub fn shown(journal: &[Entry], entry: &Entry) -> Option<Outcome> {
    let same = |other: &&Entry| entry.batch.is_some() && other.batch == entry.batch && is_result(other);
    match mailed(entry)? {
        Outcome::Claimed => journal.iter().find(same).is_none().then_some(Outcome::Uncertain),
        outcome @ (Outcome::Sent | Outcome::Uncertain | Outcome::Failed) => Some(outcome),
    }
}

/// What became of the mail that `entry` is about, by its item's `journal` in order: the last that was said of it.
pub(super) fn fate(journal: &[&Entry], entry: &Entry) -> Option<Outcome> {
    let same = |other: &&&Entry| other.id == entry.id || (entry.batch.is_some() && other.batch == entry.batch);
    mailed(entry)?;
    journal.iter().filter(same).filter_map(|entry| mailed(entry)).next_back()
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;

    fn mail(number: u128, batch: u128, outcome: Outcome) -> Entry {
        let id = EntryId(Uuid::from_u128(number));
        let entry = Entry::new(id, "task:N1".into(), Verb::Remind, date(2023, 5, 11), Timestamp::UNIX_EPOCH);
        Entry {
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            batch: Some(Uuid::from_u128(batch)),
            level: Some(2),
            ..entry
        }
    }

    fn counted(outcomes: &[Outcome]) -> (usize, usize) {
        let mut state = State::default();
        let counts = outcomes.iter().filter(|outcome| counts(&mut state, &mail(1, 7, **outcome))).count();
        (counts, state.unsettled.len())
    }

    #[test]
    fn sent_and_uncertain_count_once_a_claim_and_a_failure_never() {
        use Outcome::{Claimed, Failed, Sent, Uncertain};
        assert_eq!(counted(&[Claimed]), (0, 1));
        assert_eq!(counted(&[Claimed, Sent]), (1, 0));
        assert_eq!(counted(&[Claimed, Failed]), (0, 0));
        assert_eq!(counted(&[Claimed, Uncertain]), (1, 1));
        assert_eq!(counted(&[Claimed, Uncertain, Sent]), (1, 0));
        assert_eq!((counted(&[Sent]), counted(&[Failed])), ((1, 0), (0, 0)), "as others may have imported it");
    }

    #[test]
    fn only_a_claim_has_a_result_and_only_one() {
        use Outcome::{Claimed, Failed, Sent, Uncertain};
        let after = |journal: &[Outcome], outcome| {
            let journal: Vec<Entry> = (1..).zip(journal).map(|(number, outcome)| mail(number, 7, *outcome)).collect();
            check_result(&journal, &mail(9, 7, outcome)).is_ok()
        };
        for outcome in [Sent, Uncertain, Failed] {
            assert!(after(&[Claimed], outcome) && !after(&[], outcome));
            assert!(!after(&[Claimed, Sent], outcome) && !after(&[Claimed, Failed], outcome));
        }
        assert!(after(&[Claimed, Uncertain], Sent));
        assert!(!after(&[Claimed, Uncertain], Failed) && !after(&[Claimed, Uncertain], Uncertain));
        assert_eq!(check_result(&[mail(1, 8, Claimed)], &mail(2, 7, Sent)), Err(Refusal::NotClaimed));
    }

    #[test]
    fn a_claim_without_a_result_is_shown_as_uncertain() {
        let journal = [mail(1, 7, Outcome::Claimed), mail(2, 8, Outcome::Claimed), mail(3, 8, Outcome::Sent)];
        let told: Vec<_> = journal.iter().map(|entry| shown(&journal, entry)).collect();
        assert_eq!(told, [Some(Outcome::Uncertain), None, Some(Outcome::Sent)]);
    }

    #[test]
    fn a_claim_stands_until_its_mail_has_failed() {
        use Outcome::{Claimed, Failed, Sent, Uncertain};
        let first = Some(EntryId(Uuid::from_u128(1)));
        for outcome in [Claimed, Sent, Uncertain] {
            assert_eq!(standing(&[mail(1, 7, Claimed), mail(2, 7, outcome)], Some(Uuid::from_u128(8))), first);
        }
        assert_eq!(standing(&[mail(1, 7, Claimed), mail(2, 7, Failed)], None), None);
        assert_eq!(standing(&[mail(1, 7, Claimed)], Some(Uuid::from_u128(7))), None, "its own mail");
        assert_eq!(standing(&[mail(1, 7, Claimed), mail(2, 9, Failed)], None), first);
    }
}
