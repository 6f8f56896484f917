//! The weeks gone by: the part of a journal that moves something, replayed once on another thread.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::civil::Date;
use sqlx::Connection;
use tokio::task::spawn_blocking;

use super::{SqliteLedger, journal, plans, read};
use crate::{
    domain::{entry::Entry, id::PlanId, past::Past},
    sqlite::problem::Problem,
};

impl SqliteLedger {
    pub(super) async fn read_past(&self, plan: &PlanId, day: Date) -> Result<Past, Problem> {
        let let_go = LetGo::default();
        let (revisions, journal) = {
            let mut reader = self.reader().await?;
            let mut moment = reader.connection()?.begin().await?;
            let head = plans::known_head(&mut moment, plan).await?;
            let revisions = plans::revisions(&mut moment, head).await?;
            let (mut blocks, mut seq) = (Vec::new(), 0);
            while let Some((block, last)) = journal::moving(&mut moment, head, seq).await? {
                blocks.push(spawn_blocking(move || journal::read(&block)));
                seq = last;
            }
            (revisions, read::all(blocks).await?)
        };
        let stopped = Arc::clone(&let_go.0);
        let past = spawn_blocking(move || {
            let journal: Vec<Entry> = journal;
            Past::of(&revisions, &journal, day, &|| stopped.load(Ordering::Relaxed))
        });
        read::joined(past.await)?.ok_or(Problem::Inconsistent("revision"))
    }
}

/// Says so when nobody waits for the answer any more.
#[derive(Default)]
struct LetGo(Arc<AtomicBool>);

impl Drop for LetGo {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
