//! [`Errand`]: acts handed in by somebody who waits a while for what becomes of them and then goes, on the way the dashboard's
//! acts go. What is not answered by then stays queued, and goes out later.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::Receiver,
    time::{Instant, sleep_until},
};

use super::{
    delivery::Fact,
    post::Post,
    way::{Acted, Way},
};
use crate::{
    domain::{
        answer::{Admission, Filter},
        entry::Entry,
        failure::Failure,
        id::EntryId,
        waiting::{Act, Standing, Trouble, Withdrawal},
    },
    sources::Source,
    store::outbox::Answer,
};

/// How long an answer is waited for: as long as the source is given for it.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same where another instance sends: it may have gone to rest until the source is tried again.
const OTHERS: Duration = Duration::from_secs(5);
/// How far back an item's journal is looked through for an act that another instance sent.
const HISTORY: u32 = 200;

/// Somebody's acts for one source.
pub struct Errand {
    source: Arc<dyn Source>,
    post: Option<Post>,
}

/// What is known of each act that was handed in.
type Known = BTreeMap<EntryId, Acted>;

impl Errand {
    /// Acts go straight to `source`, or through the outbox to it.
    pub fn new(source: Arc<dyn Source>, post: Option<Post>) -> Self {
        Errand { source, post }
    }

    /// The acts that wait, in order. Nothing is sent by asking.
    pub async fn waiting(&self) -> Result<Vec<Act>, Failure> {
        match &self.post {
            Some(post) => post.outbox.acts(&post.address).await,
            None => Ok(Vec::new()),
        }
    }

    /// Takes back acts that were not sent yet.
    pub async fn withdraw(&self, ids: &[EntryId]) -> Result<Vec<(EntryId, Withdrawal)>, Failure> {
        self.way().withdraw(ids).await
    }

    /// Hands in a batch and waits for what becomes of it; one answer for each entry, which stands alone. What is answered is
    /// durable. Whoever waits is told what did not go through, so that nobody is left to decide on it: it is taken out of the
    /// outbox again, with what was made on top of it.
    pub async fn hand_in(&self, entries: &[Entry], now: Timestamp) -> Result<Vec<Acted>, Failure> {
        let acted = self.way().act(entries, now).await?;
        let Some(post) = &self.post else { return Ok(acted) };
        let mut known: Known = entries.iter().map(|entry| entry.id).zip(acted).collect();
        let (_, running, told) = post.clone().start(Arc::clone(&self.source));
        let followed = self.follow(entries, &mut known, told).await;
        running.stop().await;
        // It is queued, whatever comes of looking.
        if let Err(failure) = followed.and(self.look(entries, &mut known, true).await) {
            tracing::warn!(%failure, "what became of acts is not known");
        }
        if let Err(failure) = self.clear(&known).await {
            tracing::warn!(%failure, "what did not go through stays to be decided on");
        }
        Ok(entries.iter().map(|entry| known.get(&entry.id).cloned().unwrap_or(Acted::Queued)).collect())
    }

    fn way(&self) -> Way {
        match &self.post {
            Some(post) => post.way(),
            None => Way::Direct(Arc::clone(&self.source)),
        }
    }

    /// Until nothing of what waits, of this batch or from before, could be answered now.
    async fn follow(&self, entries: &[Entry], known: &mut Known, mut told: Receiver<Fact>) -> Result<(), Failure> {
        let mut until = Instant::now() + PATIENCE;
        let mut gone_elsewhere = false;
        while self.look(entries, known, gone_elsewhere).await? {
            let fact = tokio::select! {
                fact = told.recv() => fact,
                () = sleep_until(until) => return Ok(()),
            };
            gone_elsewhere = match fact {
                Some(Fact::Settled(answers)) => {
                    note(answers, known);
                    false
                }
                Some(Fact::AnotherSends) => {
                    until = until.min(Instant::now() + OTHERS);
                    true
                }
                Some(Fact::Changed) => true,
                Some(Fact::Waits { .. } | Fact::Broken(_)) | None => return Ok(()),
            };
        }
        Ok(())
    }

    /// Looks what became of acts in the outbox; could anything still be answered now? What is not in it any more is told by the
    /// delivery of here, or looked up where another instance took it out (`gone_elsewhere`).
    async fn look(&self, entries: &[Entry], known: &mut Known, gone_elsewhere: bool) -> Result<bool, Failure> {
        let acts = self.waiting().await?;
        let mut goes = acts.iter().any(|act| matches!(act.standing, Standing::Waiting | Standing::Uncertain));
        for entry in entries {
            if known.get(&entry.id) != Some(&Acted::Queued) {
                continue;
            }
            let acted = match acts.iter().find(|act| act.entry.id == entry.id).map(|act| &act.standing) {
                Some(Standing::Waiting | Standing::Uncertain) => Acted::Queued,
                Some(Standing::Card(trouble)) => in_trouble(trouble),
                // Behind one of this batch it shares its fate; behind an older one it waits for a decision.
                Some(Standing::Behind(card)) => known.get(card).cloned().unwrap_or(Acted::Queued),
                None if gone_elsewhere => self.fate(entry).await?,
                None => {
                    goes = true;
                    Acted::Queued
                }
            };
            known.insert(entry.id, acted);
        }
        Ok(goes)
    }

    /// An act that is out of the outbox, by another instance: its fate is looked up, not guessed.
    async fn fate(&self, entry: &Entry) -> Result<Acted, Failure> {
        let filter = Filter { item: Some(entry.item.clone()), limit: Some(HISTORY), ..Filter::default() };
        let page = self.source.entries(&filter).await?;
        let found = page.entries.iter().find(|one| one.id == entry.id);
        Ok(found.map_or(Acted::Withdrawn, |found| Acted::Answered(Admission::Applied { seq: found.seq })))
    }

    /// Takes what did not go through out of the outbox.
    async fn clear(&self, known: &Known) -> Result<(), Failure> {
        let in_vain = |acted: &Acted| match acted {
            Acted::Answered(Admission::Conflict { .. } | Admission::Refused(_)) | Acted::NotTaken(_) => true,
            Acted::Answered(Admission::Applied { .. } | Admission::Replayed { .. }) => false,
            Acted::Queued | Acted::Withdrawn => false,
        };
        let ids: Vec<EntryId> = known.iter().filter(|(_, acted)| in_vain(acted)).map(|(id, _)| *id).collect();
        if !ids.is_empty() {
            self.withdraw(&ids).await?;
        }
        Ok(())
    }
}

/// Writes down what is told of acts of the batch.
fn note(answers: Vec<(EntryId, Answer)>, known: &mut Known) {
    for (id, answer) in answers {
        let Some(acted) = known.get_mut(&id) else { continue };
        match answer {
            Answer::Answered(admission) => *acted = Acted::Answered(admission),
            Answer::NotTaken(why) => *acted = Acted::NotTaken(why),
            Answer::NotSent => {}
        }
    }
}

fn in_trouble(trouble: &Trouble) -> Acted {
    match trouble {
        Trouble::Conflict { stands } => Acted::Answered(Admission::Conflict { stands: stands.clone() }),
        Trouble::Refused { refusal } => Acted::Answered(Admission::Refused(refusal.clone())),
        Trouble::NotTaken { why } => Acted::NotTaken(why.clone()),
    }
}
