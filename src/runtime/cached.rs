//! [`Cached`]: a remote source that remembers what it was told: the snapshot it took for good, and what happened after. What is
//! written down is never waited for by who asks, and whether it could be written matters to nobody.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::{FutureExt, future::BoxFuture, stream::BoxStream};
use jiff::{SignedDuration, Timestamp, civil::Date};
use tokio::task::spawn_blocking;

use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        entry::Entry,
        heard::{Heard, Loading},
        id::{ActorId, EntryId},
        past::Past,
        snapshot::Snapshot,
    },
    sources::{
        Answer, Capabilities, Origin, Remembered, Source,
        http::{Got, Http, News},
    },
    store::cache::{Cache, Head, Kept},
    wire::Entries,
};

/// How often it is written down that nothing is new.
pub(super) const CONFIRM: SignedDuration = SignedDuration::from_mins(5);

/// The file may become twice as long as it was, and at least so many bytes longer, before it is written anew.
const GROWN: u64 = 256 << 10;

/// A shared ledger, and what is kept of it.
pub struct Cached {
    source: Http,
    cache: Option<Cache>,
    file: Arc<Mutex<Filed>>,
}

/// What the file holds, and what may yet go there. Held while it is written, so that all is written in order.
#[derive(Debug, Default)]
struct Filed {
    /// How far the file goes.
    cursor: Option<u64>,
    /// When that was last confirmed.
    at: Option<Timestamp>,
    /// How long it was when it was last written as one.
    length: u64,
    /// A snapshot that was not taken for good yet.
    whole: Option<Whole>,
}

#[derive(Debug)]
struct Whole {
    bytes: Arc<Vec<u8>>,
    packed: bool,
    cursor: u64,
    at: Timestamp,
}

impl Cached {
    /// `source`, kept in `cache`.
    pub fn new(source: Http, cache: Option<Cache>) -> Self {
        Cached { source, cache, file: Arc::default() }
    }

    async fn get(&self, cursor: Option<u64>) -> Result<Fetched, crate::domain::failure::Failure> {
        let Got { fetched, news } = self.source.get(cursor).await?;
        let now = Timestamp::now();
        match (news, &fetched) {
            (News::Whole(bytes, packed), Fetched::Whole(snapshot)) => {
                filed(&self.file).whole = Some(Whole { bytes, packed, cursor: snapshot.cursor, at: now });
            }
            (News::Entries(entries), _) => self.append(cursor, entries, now),
            (News::Nothing, _) => {
                let is_old = filed(&self.file).at.is_some_and(|at| now.duration_since(at) > CONFIRM);
                if let Some(cursor) = cursor.filter(|_| is_old) {
                    self.append(Some(cursor), nothing(cursor), now);
                }
            }
            (News::Whole(..), Fetched::Unchanged | Fetched::Entries(_)) => {}
        }
        Ok(fetched)
    }

    fn append(&self, after: Option<u64>, entries: Entries, now: Timestamp) {
        let Some(cache) = self.cache.clone() else { return };
        let file = Arc::clone(&self.file);
        spawn_blocking(move || {
            let mut filed = filed(&file);
            if after.is_none() || filed.cursor != after {
                return;
            }
            match cache.append(now, &entries) {
                Ok(length) => {
                    (filed.cursor, filed.at) = (Some(entries.cursor), Some(now));
                    if length > filed.length.saturating_mul(2).max(filed.length.saturating_add(GROWN)) {
                        repack(&cache, &mut filed);
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "what is new is not kept");
                    filed.cursor = None;
                }
            }
        });
    }
}

fn filed(file: &Mutex<Filed>) -> MutexGuard<'_, Filed> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes the file anew, as one: it has become long while it was used.
fn repack(cache: &Cache, filed: &mut Filed) {
    let kept = cache.read().filter(|kept| filed.cursor == Some(kept.received.snapshot.cursor));
    if let Some(Err(error)) = kept.map(|kept| cache.pack(&kept)) {
        tracing::warn!(%error, "what is kept of the source stays long");
    }
    filed.length = cache.length();
}

pub(super) fn nothing(cursor: u64) -> Entries {
    Entries { cursor, entries: Vec::new(), refolded: Vec::new(), last: None, more: false, whole: false }
}

impl Source for Cached {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        self.get(cursor).boxed()
    }

    fn recall(&self) -> BoxFuture<'_, Option<Remembered>> {
        async move {
            let cache = self.cache.clone()?;
            let kept = spawn_blocking(move || cache.read()).await.ok()??;
            if kept.head.plan != *self.source.plan() {
                return None;
            }
            self.source.recall(&kept.received, kept.head.signed.clone());
            {
                let mut filed = filed(&self.file);
                (filed.cursor, filed.at) = (Some(kept.received.snapshot.cursor), Some(kept.head.at));
                filed.length = self.cache.as_ref().map_or(0, Cache::length);
            }
            let at = kept.head.at;
            if kept.long {
                self.pack(kept.clone());
            }
            Some(Remembered { snapshot: kept.received.snapshot, at })
        }
        .boxed()
    }

    fn keep(&self) {
        let Some(cache) = self.cache.clone() else { return };
        let head = |at| Head { plan: self.source.plan().clone(), at, signed: self.source.signed() };
        let file = Arc::clone(&self.file);
        let head = head(Timestamp::UNIX_EPOCH);
        spawn_blocking(move || {
            let mut filed = filed(&file);
            let Some(Whole { bytes, packed, cursor, at }) = filed.whole.take() else { return };
            match cache.write(&Head { at, ..head }, &bytes, packed) {
                Ok(()) => (filed.cursor, filed.at, filed.length) = (Some(cursor), Some(at), cache.length()),
                Err(error) => {
                    tracing::warn!(%error, file = %cache.path().display(), "what the source said is not kept");
                    filed.cursor = None;
                }
            }
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

    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, now: Timestamp) -> Answer<'a, LaidDown> {
        self.source.amend(amendment, id, now)
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        self.source.changed()
    }

    fn capabilities(&self) -> Capabilities {
        self.source.capabilities()
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

impl Cached {
    /// Writes what is kept anew, as one.
    fn pack(&self, kept: Kept) {
        let Some(cache) = self.cache.clone() else { return };
        let file = Arc::clone(&self.file);
        spawn_blocking(move || {
            let filed = filed(&file);
            if filed.cursor == Some(kept.received.snapshot.cursor)
                && let Err(error) = cache.pack(&kept)
            {
                tracing::warn!(%error, "what is kept of the source stays long");
            }
        });
    }
}
