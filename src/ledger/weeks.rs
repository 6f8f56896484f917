//! The weeks gone by, counted on another thread: it stops where nobody waits for them any more.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::civil::Date;
use tokio::task::{JoinError, spawn_blocking};

use crate::domain::{entry::Entry, past::Past, replay::Revision};

/// The past before `day` by a journal's entries that move something, in order; none where there was no plan.
pub(super) async fn counted(
    revisions: Vec<Revision>,
    journal: Vec<Entry>,
    day: Date,
) -> Result<Option<Past>, JoinError> {
    let let_go = LetGo::default();
    let stopped = Arc::clone(&let_go.0);
    spawn_blocking(move || Past::of(&revisions, &journal, day, &|| stopped.load(Ordering::Relaxed))).await
}

/// Says so when nobody waits for the answer any more.
#[derive(Default)]
struct LetGo(Arc<AtomicBool>);

impl Drop for LetGo {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
