//! Sending reminders: each mail is claimed in the journal, handed to the mail server, and its result recorded, one mail after
//! the other. What the entries mean is in `domain/mailing.rs`, what a mail is in `letters`.
//!
//! A mail that was not claimed is not sent, a claimed one is sent once. Where the program ends between claim and result, the
//! claim stays without one: that is an uncertain mail, wherever it is looked at. The next run writes it down as such
//! ([`left_behind`]), and nothing sends it again.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use jiff::{Timestamp, civil::Date};
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    domain::{
        answer::Admission,
        check::Refusal,
        entry::{Channel, Entry, Outcome, Verb},
        failure::Failure,
        id::{EntryId, ItemId},
        sentence::Sentence,
        snapshot::Snapshot,
    },
    letters::{Composed, Delivery, Letter, MailSettings, Message, Phase, Postbox, Problem},
    sources::{Capabilities, Source},
};

/// How often recording a result is tried, and how long is waited between.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);

/// Why nothing is sent at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// It is a sample plan.
    Sample,
    /// Every act is refused (`--read-only`).
    ReadOnly,
    /// The source takes no entries: what is sent could not be claimed.
    NoJournal,
    /// There are more mails than one run may send.
    OverCap {
        /// So many there are.
        count: usize,
        /// So many may be.
        cap: usize,
    },
}

/// Letters that may be sent: only [`Round::new`] makes one, and it looks at every guard that needs no ledger.
#[derive(Clone, Debug)]
pub struct Round {
    letters: Vec<Letter>,
    on: Date,
}

/// What became of one letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// It was not sent, since it could not be claimed: the agency has its mail of the day, or an item has changed.
    Refused(Refusal),
    /// It was not sent, since the journal could not be written.
    Unclaimed(Failure),
    /// It was not sent, since no e-mail could be made of it.
    Unwritten(Problem),
    /// It was handed to the mail server.
    Posted {
        /// What became of it.
        delivery: Delivery,
        /// Why that could not be recorded, where it could not: the journal shows it as uncertain then.
        unrecorded: Option<Sentence>,
    },
}

impl Ended {
    /// What became of it, for counting; none where it was not tried.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Ended::Posted { delivery, .. } => Some(delivery.outcome),
            Ended::Refused(_) | Ended::Unclaimed(_) | Ended::Unwritten(_) => None,
        }
    }

    /// Would the next one end the same way? The server cannot be reached or does not let us in, or nothing can be claimed.
    fn ends_the_round(&self) -> bool {
        match self {
            Ended::Refused(_) => false,
            Ended::Unclaimed(_) | Ended::Unwritten(_) => true,
            Ended::Posted { delivery, unrecorded } => {
                let before_any = matches!(delivery.phase, Phase::Connect | Phase::Encrypt | Phase::SignIn);
                before_any || unrecorded.is_some()
            }
        }
    }
}

/// What is told while a round is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<'a> {
    /// This one is next: its place from 0.
    Sending(usize, &'a Letter),
    /// This one has ended.
    Ended(usize, &'a Letter, &'a Ended),
}

impl Round {
    /// The letters of `composed`, if they may be sent on `on`, the plan's day.
    pub fn new(
        snapshot: &Snapshot,
        source: Capabilities,
        read_only: bool,
        settings: &MailSettings,
        composed: &Composed,
        on: Date,
    ) -> Result<Self, NotNow> {
        let (count, cap) = (composed.letters.len(), usize::from(settings.cap));
        if snapshot.outline.plan.sample {
            return Err(NotNow::Sample);
        }
        if read_only {
            return Err(NotNow::ReadOnly);
        }
        if !source.writes || !source.journal {
            return Err(NotNow::NoJournal);
        }
        if count > cap {
            return Err(NotNow::OverCap { count, cap });
        }
        Ok(Round { letters: composed.letters.clone(), on })
    }

    /// The letters.
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// How many items they are about.
    pub fn items(&self) -> usize {
        self.letters.iter().map(|letter| letter.items.len()).sum()
    }

    /// Sends them one after the other and tells of each. `stop` is looked at between two mails, never within one. Answers
    /// with what became of those it came to; the others were neither claimed nor sent.
    pub async fn send(
        &self,
        source: &dyn Source,
        postbox: &Postbox,
        settings: &MailSettings,
        stop: &AtomicBool,
        told: &mut (dyn FnMut(Progress<'_>) + Send),
    ) -> Vec<Ended> {
        let mut all = Vec::with_capacity(self.letters.len());
        for (place, letter) in self.letters.iter().enumerate() {
            if stop.load(Ordering::SeqCst) {
                break;
            }
            told(Progress::Sending(place, letter));
            let ended = self.send_one(source, postbox, settings, letter).await;
            told(Progress::Ended(place, letter, &ended));
            let last = ended.ends_the_round();
            all.push(ended);
            if last {
                break;
            }
        }
        all
    }

    async fn send_one(
        &self,
        source: &dyn Source,
        postbox: &Postbox,
        settings: &MailSettings,
        letter: &Letter,
    ) -> Ended {
        let mail = Mail { batch: Uuid::now_v7(), on: self.on, letter };
        let message = match Message::of(letter, settings, mail.batch, Timestamp::now()) {
            Ok(message) => message,
            Err(problem) => return Ended::Unwritten(problem),
        };
        if let Err(ended) = mail.claim(source).await {
            return ended;
        }
        let delivery = postbox.post(&message).await;
        let said = (delivery.outcome != Outcome::Sent).then(|| delivery.said.clone());
        let results = mail.entries(delivery.outcome, said);
        Ended::Posted { delivery, unrecorded: record(source, &results).await.err() }
    }
}

/// One mail under way.
struct Mail<'a> {
    batch: Uuid,
    on: Date,
    letter: &'a Letter,
}

impl Mail<'_> {
    /// Claims it for all its items or not at all: the letter lists them all.
    async fn claim(&self, source: &dyn Source) -> Result<(), Ended> {
        let claims = self.entries(Outcome::Claimed, None);
        let answers = match source.send(&claims, Timestamp::now()).await {
            Ok(answers) => answers,
            Err(failure) => {
                // Whether they were taken in is not known; that the mail was not sent is.
                self.release(source, self.letter.items.iter().map(|(item, _)| item)).await;
                return Err(Ended::Unclaimed(failure));
            }
        };
        let refusal = answers.iter().find_map(refusal);
        let complete = answers.len() == claims.len();
        match refusal.or((!complete).then_some(Refusal::NotClaimed)) {
            None => Ok(()),
            Some(refusal) => {
                let taken = claims.iter().zip(&answers).filter(|(_, answer)| self::refusal(answer).is_none());
                self.release(source, taken.map(|(claim, _)| &claim.item)).await;
                Err(Ended::Refused(refusal))
            }
        }
    }

    /// Gives the agency's day back where the mail was claimed for some items and is not sent.
    async fn release<'a>(&self, source: &dyn Source, items: impl Iterator<Item = &'a ItemId>) {
        let items: Vec<&ItemId> = items.collect();
        let mut results = self.entries(Outcome::Failed, None);
        results.retain(|result| items.contains(&&result.item));
        if !results.is_empty() {
            // What cannot be released stays claimed, and is shown as uncertain: nothing worse than that.
            let _ = source.send(&results, Timestamp::now()).await;
        }
    }

    /// An entry for each of its items.
    fn entries(&self, outcome: Outcome, said: Option<crate::domain::text::Text>) -> Vec<Entry> {
        let entry = |(item, level): &(ItemId, u8)| Entry {
            level: Some(*level),
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            batch: Some(self.batch),
            reason: said.clone().filter(|said| !said.is_empty()),
            ..Entry::new(EntryId(Uuid::now_v7()), item.clone(), Verb::Remind, self.on, Timestamp::now())
        };
        self.letter.items.iter().map(entry).collect()
    }
}

/// Records what became of a mail; the same entries again where it is not certain that they were taken in.
async fn record(source: &dyn Source, results: &[Entry]) -> Result<(), Sentence> {
    let mut tries = 1;
    loop {
        match source.send(results, Timestamp::now()).await {
            Ok(answers) => match answers.iter().find_map(refusal) {
                Some(refusal) => return Err(refusal.sentence()),
                None => return Ok(()),
            },
            Err(failure) if tries >= TRIES => return Err(failure.why().clone()),
            Err(_) => tries += 1,
        }
        sleep(PAUSE).await;
    }
}

fn refusal(answer: &Admission) -> Option<Refusal> {
    match answer {
        Admission::Applied { .. } | Admission::Replayed { .. } => None,
        Admission::Conflict { stands } => Some(Refusal::Conflict { stands: stands.id }),
        Admission::Refused(refusal) => Some(refusal.clone()),
    }
}

/// The results that claims of earlier days never got: *uncertain*, each once. To be handed in before the next round.
pub fn left_behind(snapshot: &Snapshot, today: Date) -> Vec<Entry> {
    let mut results = Vec::new();
    for item in &snapshot.items {
        for mail in item.state.unsettled.iter().filter(|mail| !mail.counted && mail.on < today) {
            let id = EntryId(Uuid::now_v7());
            results.push(Entry {
                level: Some(mail.level),
                channel: Some(Channel::Email),
                outcome: Some(Outcome::Uncertain),
                batch: Some(mail.batch),
                ..Entry::new(id, item.id.clone(), Verb::Remind, mail.on, Timestamp::now())
            });
        }
    }
    results
}
