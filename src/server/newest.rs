//! What happened after a cursor, read from the ledger once for all who ask the same: after every entry all dashboards do. What was
//! read holds as long as the board says the same; the moment it says something else, everything is read anew.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OnceCell;

use super::{board::Standing, trouble::Trouble};
use crate::{
    domain::id::{EntryId, PlanId},
    wire::Entries,
};

/// So many different questions are answered from here at a time: who lags behind asks another one.
const KEPT: usize = 64;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) after: u64,
    /// The entry the asker knows there.
    pub(super) known: Option<EntryId>,
    pub(super) limit: u32,
}

/// The answers, by plan.
#[derive(Default)]
pub(super) struct Newest(Mutex<HashMap<PlanId, Answers>>);

#[derive(Default)]
struct Answers {
    /// What stood on the board meanwhile.
    standing: Option<Place>,
    /// The place of the newest entry that was handed in here, which the board may not show yet.
    handed_in: u64,
    told: HashMap<Question, Arc<OnceCell<Arc<Entries>>>>,
}

/// How far a journal has come; which one it is, too.
type Place = (u64, u64, Option<EntryId>);

impl Newest {
    /// An entry was taken in at this place: whoever handed it in is never told that nothing is new.
    pub(super) fn handed_in(&self, plan: &PlanId, seq: u64) {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = plans.entry(plan.clone()).or_default();
        answers.handed_in = answers.handed_in.max(seq);
    }

    /// Has something been handed in here that the board does not show?
    pub(super) fn is_ahead(&self, plan: &PlanId, standing: &Standing) -> bool {
        let plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        plans.get(plan).is_some_and(|answers| answers.handed_in > standing.head.seq)
    }

    /// The answer; `read` for the first who asks, while `standing` is on the board. Who asks meanwhile waits for it.
    pub(super) async fn answer(
        &self,
        plan: &PlanId,
        standing: &Standing,
        question: Question,
        read: impl Future<Output = Result<Entries, Trouble>>,
    ) -> Result<Arc<Entries>, Trouble> {
        let cell = {
            let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let answers = plans.entry(plan.clone()).or_default();
            let seq = standing.head.seq.max(answers.handed_in);
            let place = Some((seq, standing.head.revision, standing.last));
            if answers.standing != place || answers.told.len() >= KEPT {
                (answers.standing, answers.told) = (place, HashMap::new());
            }
            Arc::clone(answers.told.entry(question).or_default())
        };
        cell.get_or_try_init(async || Ok(Arc::new(read.await?))).await.cloned()
    }
}
