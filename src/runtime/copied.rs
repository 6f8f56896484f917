//! [`Copied`]: a remote source that tells everything rather than entries, and a copy of what it said last: that is on the screen at
//! the next start before it answers, with when it was so. What is written down is never waited for by who asks, and whether it
//! could be written matters to nobody. A shared ledger has its own, which goes on from where it was (`cached.rs`).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::{FutureExt, future::BoxFuture, stream::BoxStream};
use jiff::{Timestamp, civil::Date};
use tokio::task::spawn_blocking;

use super::cached::{CONFIRM, nothing};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading},
        id::{ActorId, EntryId, PlanId},
        past::Past,
        snapshot::Snapshot,
    },
    sources::{Answer, Capabilities, Origin, Remembered, Source},
    store::cache::{Cache, Head, Kept},
    wire::Received,
};

/// A source, and the copy of what it said last.
pub struct Copied {
    source: Arc<dyn Source>,
    plan: PlanId,
    cache: Cache,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    file: Arc<Mutex<Filed>>,
}

/// What the file holds, and what may yet go there. Held while it is written, so that all is written in order.
#[derive(Default)]
struct Filed {
    /// What it has the copy of, and when that was last confirmed.
    holds: Option<(u64, Timestamp)>,
    /// A snapshot that was not taken for good yet, and when it came.
    whole: Option<(Snapshot, Timestamp)>,
}

impl Copied {
    /// `source`, which shows `plan`, with its copy in `cache`.
    pub fn new(
        source: Arc<dyn Source>,
        plan: PlanId,
        cache: Cache,
        clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> Self {
        Copied { source, plan, cache, clock, file: Arc::default() }
    }

    async fn get(&self, cursor: Option<u64>) -> Result<Fetched, Failure> {
        let fetched = self.source.fetch(cursor).await?;
        let now = (self.clock)();
        match &fetched {
            Fetched::Whole(snapshot) => filed(&self.file).whole = Some((Snapshot::clone(snapshot), now)),
            Fetched::Unchanged => self.confirm(now),
            // Whoever tells in entries can say what happened since.
            Fetched::Entries(_) => {}
        }
        Ok(fetched)
    }

    /// It is still so: written down now and then.
    fn confirm(&self, now: Timestamp) {
        let is_old = |(cursor, at): (u64, Timestamp)| (now.duration_since(at) > CONFIRM).then_some(cursor);
        let Some(cursor) = filed(&self.file).holds.and_then(is_old) else { return };
        self.write(move |cache, filed| {
            if filed.holds.is_some_and(|(holds, _)| holds == cursor) {
                cache.append(now, &nothing(cursor))?;
                filed.holds = Some((cursor, now));
            }
            Ok(())
        });
    }

    fn write(&self, write: impl FnOnce(&Cache, &mut Filed) -> std::io::Result<()> + Send + 'static) {
        let (file, cache) = (Arc::clone(&self.file), self.cache.clone());
        spawn_blocking(move || {
            let mut filed = filed(&file);
            if let Err(error) = write(&cache, &mut filed) {
                tracing::warn!(%error, file = %cache.path().display(), "what the source said is not kept");
                filed.holds = None;
            }
        });
    }
}

fn filed(file: &Mutex<Filed>) -> MutexGuard<'_, Filed> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Source for Copied {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        self.get(cursor).boxed()
    }

    fn recall(&self) -> BoxFuture<'_, Option<Remembered>> {
        async move {
            let cache = self.cache.clone();
            let kept = spawn_blocking(move || cache.read()).await.ok()??;
            if kept.head.plan != self.plan {
                return None;
            }
            let (at, snapshot) = (kept.head.at, kept.received.snapshot.clone());
            filed(&self.file).holds = Some((snapshot.cursor, at));
            if kept.long {
                self.write(move |cache, _| cache.pack(&kept));
            }
            Some(Remembered { snapshot, at })
        }
        .boxed()
    }

    fn keep(&self) {
        self.source.keep();
        let plan = self.plan.clone();
        self.write(move |cache, filed| {
            let Some((snapshot, at)) = filed.whole.take() else { return Ok(()) };
            let cursor = snapshot.cursor;
            let received = Received { snapshot, last: None, plan_tag: None };
            cache.pack(&Kept { head: Head { plan, at, signed: None }, received, long: false })?;
            filed.holds = Some((cursor, at));
            Ok(())
        });
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        self.source.at(instant)
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        self.source.past(day)
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        self.source.entries(filter)
    }

    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        self.source.send(entries, now)
    }

    fn most(&self) -> usize {
        self.source.most()
    }

    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, now: Timestamp) -> Answer<'a, LaidDown> {
        self.source.amend(amendment, id, now)
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        self.source.changed()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { recalls: true, ..self.source.capabilities() }
    }

    fn label(&self) -> String {
        self.source.label()
    }

    fn signs(&self) -> Option<ActorId> {
        self.source.signs()
    }

    fn heard(&self) -> Heard {
        self.source.heard()
    }

    fn loading(&self) -> BoxStream<'static, Loading> {
        self.source.loading()
    }

    fn origin(&self) -> Option<Origin> {
        self.source.origin()
    }
}
