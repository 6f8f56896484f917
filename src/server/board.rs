//! [`Board`]: how far each plan's journal has come, looked at often and cheaply, so that who waits for news waits here and not at
//! the ledger; and who may wait. What is handed in here is looked at at once; what others write to the same ledger, when the ledger tells of it, and
//! at short intervals.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::{Notify, watch};

use crate::{
    domain::{
        access::Token,
        answer::{Filter, PlanHead},
        failure::Failure,
        id::{EntryId, PlanId},
        text::Text,
    },
    ledger::Shared,
};

/// Where it was not looked at for so long, as when the ledger does not answer, whether a token holds is asked for each time.
const FRESH: Duration = Duration::from_secs(1);

/// What stands on the board.
#[derive(Clone, Debug, Default)]
pub(super) struct Board {
    pub(super) plans: Vec<Standing>,
    /// The tokens that are not revoked, by their hashes.
    pub(super) tokens: HashMap<Text, Token>,
    /// When it was last looked at: what stood there then.
    looked: Option<Instant>,
    /// Could the ledger be read when it was last looked at?
    pub(super) reachable: bool,
    version: u64,
}

/// How far a plan's journal has come.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) head: PlanHead,
    /// The entry at the end.
    pub(super) last: Option<EntryId>,
}

impl Board {
    pub(super) fn plan(&self, id: &PlanId) -> Option<&Standing> {
        self.plans.iter().find(|standing| standing.head.id == *id)
    }

    /// The token of that hash, if it was not revoked a moment ago. One that is not found may be new: the ledger knows.
    pub(super) fn token(&self, hash: &Text) -> Option<&Token> {
        let is_fresh = self.reachable && self.looked.is_some_and(|looked| looked.elapsed() < FRESH);
        self.tokens.get(hash).filter(|_| is_fresh)
    }

    /// What stands there now.
    pub(super) async fn look(ledger: &dyn Shared) -> Result<Board, Failure> {
        let version = ledger.version().await?;
        Board::default().renewed(ledger, version).await
    }

    async fn renewed(&self, ledger: &dyn Shared, version: u64) -> Result<Board, Failure> {
        let begun = Instant::now();
        let mut plans = Vec::new();
        for head in ledger.plans().await? {
            let known =
                self.plan(&head.id).filter(|known| known.head.seq == head.seq && known.head.revision == head.revision);
            let last = match known {
                Some(known) => known.last,
                None => last_at(ledger, &head.id, head.seq).await?,
            };
            plans.push(Standing { head, last });
        }
        let held = ledger.tokens().await?.into_iter().filter(|token| token.revoked.is_none());
        let tokens = held.map(|token| (token.hash.clone(), token)).collect();
        Ok(Board { plans, tokens, looked: Some(begun), reachable: true, version })
    }
}

/// The entry at that place.
pub(super) async fn last_at(ledger: &dyn Shared, plan: &PlanId, seq: u64) -> Result<Option<EntryId>, Failure> {
    let filter = Filter { before: Some(seq.saturating_add(1)), limit: Some(1), ..Filter::default() };
    let page = ledger.entries(plan, &filter).await?;
    Ok(page.entries.first().filter(|entry| entry.seq == seq).map(|entry| entry.id))
}

/// Keeps the board as the ledger is, until nobody looks at it any more.
pub(super) async fn keep(ledger: Arc<dyn Shared>, board: watch::Sender<Board>, nudge: Arc<Notify>, every: Duration) {
    loop {
        tokio::select! {
            () = nudge.notified() => {}
            () = ledger.changed() => {}
            () = tokio::time::sleep(every) => {}
            () = board.closed() => return,
        }
        let standing = board.borrow().clone();
        let looked = Instant::now();
        let seen = match ledger.version().await {
            Ok(version) if version == standing.version && standing.reachable => {
                // It says the same: nobody needs to be woken.
                board.send_if_modified(|board| {
                    board.looked = Some(looked);
                    false
                });
                continue;
            }
            Ok(version) => standing.renewed(ledger.as_ref(), version).await,
            Err(failure) => Err(failure),
        };
        match seen {
            Ok(seen) => {
                board.send_replace(seen);
            }
            Err(failure) if standing.reachable => {
                tracing::error!(%failure, "the ledger cannot be looked at");
                board.send_replace(Board { reachable: false, ..standing });
            }
            Err(_) => {}
        }
    }
}
