//! [`Way`]: where acts go: straight to a source that commits at once, or through the outbox to one that may be far away.
//! Whoever acts need not know which.

use std::sync::Arc;

use jiff::Timestamp;

use super::delivery::Waker;
use crate::{
    domain::{
        answer::Admission,
        check::Refusal,
        entry::Entry,
        failure::Failure,
        id::EntryId,
        waiting::{Decided, Decision, Withdrawal},
    },
    sources::Source,
    store::outbox::{Address, Outbox, Queued},
};

pub use crate::domain::waiting::Acted;

/// The way acts go.
#[derive(Clone)]
pub enum Way {
    /// The source is on this machine and commits at once: what it answers is done.
    Direct(Arc<dyn Source>),
    /// The source is remote: acts are made durable here and delivered by a [`super::delivery::Delivery`].
    Outbox {
        /// Where they wait.
        outbox: Arc<Outbox>,
        /// Where they go, and whose they are.
        address: Address,
        /// Tells the delivery that there is something to send.
        waker: Waker,
    },
}

impl Way {
    /// Hands in a batch; one answer for each entry, which stands alone. What is answered is durable.
    ///
    /// A failure says nothing about what became of the entries. Handed in again *under their ids* they are done once,
    /// whatever it was; under new ids they may be done twice. That is tried once here already.
    pub async fn act(&self, entries: &[Entry], now: Timestamp) -> Result<Vec<Acted>, Failure> {
        match self {
            Way::Direct(source) => {
                let answers = match source.send(entries, now).await {
                    Err(Failure::Offline(_)) => source.send(entries, now).await?,
                    answers => answers?,
                };
                Ok(answers.into_iter().map(Acted::Answered).collect())
            }
            Way::Outbox { outbox, address, waker } => {
                let answers = outbox.queue(address, entries).await?;
                waker.queued();
                Ok(answers.into_iter().map(acted).collect())
            }
        }
    }

    /// Takes back acts that were not sent yet. What is [`Withdrawal::Sent`] is taken back by an entry that reverses it.
    pub async fn withdraw(&self, ids: &[EntryId]) -> Result<Vec<(EntryId, Withdrawal)>, Failure> {
        match self {
            Way::Direct(_) => Ok(ids.iter().map(|id| (*id, Withdrawal::Sent)).collect()),
            Way::Outbox { outbox, address, waker } => {
                let answers = outbox.withdraw(address, ids).await?;
                waker.queued();
                Ok(answers)
            }
        }
    }

    /// Decides on a card. Where acts go straight to their source there are none.
    pub async fn decide(&self, id: EntryId, decision: Decision) -> Result<Decided, Failure> {
        match self {
            Way::Direct(_) => Ok(Decided::Gone),
            Way::Outbox { outbox, address, waker } => {
                let decided = outbox.decide(address, id, decision).await?;
                waker.queued();
                Ok(decided)
            }
        }
    }
}

fn acted(queued: Queued) -> Acted {
    match queued {
        Queued::Queued => Acted::Queued,
        Queued::IdReused => Acted::Answered(Admission::Refused(Refusal::IdReused)),
    }
}
