//! [`Remembered`]: a source that cannot tell other days, with the local history before it: what it shows is kept by the day, and
//! another day, and the weeks gone by, are answered from there. Whoever asks it need not know. The file is the
//! [`Recorder`]'s.

use std::sync::{Arc, Mutex, PoisonError};

use futures::{FutureExt, future::BoxFuture, stream::BoxStream};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use tokio::sync::{mpsc::UnboundedSender, oneshot};

use super::recorder::{Order, Place, Recorder};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        ask::Reply,
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading},
        id::{ActorId, EntryId},
        past::Past,
        sentence::Sentence,
        snapshot::Snapshot,
        waiting::Decided,
    },
    sources::{self, Answer, Capabilities, Origin, Source},
    store::history::Picture,
};

/// Puts the history in `place` before a source that cannot tell other days; one that can stays as it is, and nothing is kept of it.
/// Needs a tokio runtime.
pub fn before(source: Arc<dyn Source>, place: Place) -> (Arc<dyn Source>, Option<Recorder>) {
    if source.capabilities().at {
        return (source, None);
    }
    let clock = Arc::clone(&place.clock);
    let recorder = Recorder::start(place);
    let orders = recorder.orders();
    (Arc::new(Remembered { source, orders, clock, seen: Mutex::default() }), Some(recorder))
}

/// A source whose days are kept here.
pub struct Remembered {
    source: Arc<dyn Source>,
    orders: UnboundedSender<Order>,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The plan's zone, and the day that was kept last; none before the first answer.
    seen: Mutex<Option<(TimeZone, Date)>>,
}

impl Remembered {
    /// What was fetched is kept as how it stands today.
    fn see(&self, fetched: &Fetched) {
        let now = (self.clock)();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match fetched {
            Fetched::Whole(snapshot) => {
                let zone = snapshot.outline.zone.clone();
                let day = zone.to_datetime(now).date();
                *seen = Some((zone, day));
                self.order(Order::Keep(day, Picture::of(snapshot)));
            }
            Fetched::Unchanged => {
                if let Some((zone, last)) = seen.as_mut() {
                    let day = zone.to_datetime(now).date();
                    if std::mem::replace(last, day) != day {
                        self.order(Order::Unchanged(day));
                    }
                }
            }
            // Whoever tells in entries keeps a journal, and can be asked about other days.
            Fetched::Entries(_) => {}
        }
    }

    fn order(&self, order: Order) {
        // The task ends only when nobody can order any more.
        let _ = self.orders.send(order);
    }

    async fn ask<T>(&self, order: impl FnOnce(oneshot::Sender<Result<T, Failure>>) -> Order) -> Result<T, Failure> {
        let (sender, answer) = oneshot::channel();
        self.order(order(sender));
        answer.await.unwrap_or_else(|_| Err(Failure::Offline(Sentence::new("said-history-closed"))))
    }
}

impl Source for Remembered {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        async move {
            let fetched = self.source.fetch(cursor).await?;
            self.see(&fetched);
            Ok(fetched)
        }
        .boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        async move {
            let zone = self.seen.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(zone, _)| zone.clone());
            let zone = zone.ok_or_else(|| Failure::Refused(Sentence::new("said-history-empty")))?;
            let day = zone.to_datetime(instant).date();
            self.ask(|sender| Order::Day(day, sender)).await
        }
        .boxed()
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        self.ask(move |sender| Order::Past(day, sender)).boxed()
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
        Capabilities { at: true, ..self.source.capabilities() }
    }

    fn label(&self) -> String {
        self.source.label()
    }

    fn origin(&self) -> Option<Origin> {
        self.source.origin()
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

    fn recall(&self) -> BoxFuture<'_, Option<sources::Remembered>> {
        async move {
            let remembered = self.source.recall().await;
            if remembered.is_some() || !self.source.capabilities().remote {
                return remembered;
            }
            // How it stood on the last day that is kept. At what time of that day is not known: it is no older than its beginning.
            let tomorrow = TimeZone::UTC.to_datetime((self.clock)()).date().saturating_add(1.day());
            let mut snapshot = self.ask(|sender| Order::Day(tomorrow, sender)).await.ok()?;
            let kept_on = snapshot.kept_on.take()?;
            let at = kept_on.at(0, 0, 0, 0).to_zoned_datetime(snapshot.outline.zone.clone()).ok()?.timestamp();
            Some(sources::Remembered { snapshot, at })
        }
        .boxed()
    }

    fn keep(&self) {
        self.source.keep();
    }

    fn reply<'a>(&'a self, id: EntryId, reply: &'a Reply) -> Answer<'a, Decided> {
        self.source.reply(id, reply)
    }
}
