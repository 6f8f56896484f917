//! [`LaidOver`]: a source with shared calendars laid over its plan. Its snapshots carry their campaigns; what is asked and done
//! goes on to the source, which knows nothing of them. Whoever asks it need not know either.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{
    FutureExt,
    future::BoxFuture,
    stream::{BoxStream, StreamExt, select, unfold},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::{task::spawn_blocking, time::sleep};

use super::{calendars::Calendars, panic::contained};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page},
        ask::Reply,
        borrowed::{Borrowed, has_borrowed, is_borrowed, own},
        check::Refusal,
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading, Notice},
        id::{ActorId, EntryId},
        past::Past,
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        title::Title,
        waiting::Decided,
    },
    sources::{self, Answer, Capabilities, Origin, Source, calendar},
};

/// How often it is looked whether another day has begun.
const MINUTE: Duration = Duration::from_secs(60);

/// Says a title in every language.
pub type Titles = Arc<dyn Fn(&Sentence) -> Title + Send + Sync>;

/// Puts `calendars` before a source. Who asks it first waits `patience` for them at most.
pub fn before(
    source: Arc<dyn Source>,
    calendars: Calendars,
    titles: Titles,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    patience: Duration,
) -> Arc<dyn Source> {
    let seen = Arc::default();
    Arc::new(LaidOver { source, calendars, titles, clock, patience, seen })
}

/// A source with calendars laid over its plan.
pub struct LaidOver {
    source: Arc<dyn Source>,
    calendars: Calendars,
    titles: Titles,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    patience: Duration,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    /// The plan that is shown, as the source has it, and its zone.
    plan: Option<(Arc<Plan>, TimeZone)>,
    /// What is laid over it.
    shown: Arc<Borrowed>,
    /// Of when the calendars and what day what was read last is.
    read: Option<(u64, Date, Arc<Borrowed>)>,
}

impl LaidOver {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the calendars say on `day`, for `plan`.
    async fn borrowed(&self, plan: &Arc<Plan>, zone: &TimeZone, day: Date) -> Arc<Borrowed> {
        let generation = self.calendars.generation();
        {
            let seen = self.seen();
            let same_plan = seen.plan.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, plan));
            if let Some((of, on, borrowed)) = seen.read.as_ref()
                && same_plan
                && (*of, *on) == (generation, day)
            {
                return Arc::clone(borrowed);
            }
        }
        let (plan, zone, titles) = (Arc::clone(plan), zone.clone(), Arc::clone(&self.titles));
        let copies = self.calendars.copies();
        let read = spawn_blocking(move || {
            if has_borrowed(&plan) {
                return (Borrowed::default(), vec![Sentence::new("calendar-clash")]);
            }
            let reading = calendar::Reading { plan: &plan, zone, today: day, titles: &*titles };
            let calendars = copies.iter().map(|(name, copy)| (name, copy.as_slice()));
            // Others' data in others' code: what breaks there is no reason to end.
            contained(|| calendar::read(calendars, &reading)).unwrap_or_else(|why| {
                tracing::error!(%why, "a calendar broke its reader");
                (Borrowed::default(), vec![Sentence::new("calendar-broke")])
            })
        });
        let (borrowed, remarks) = read.await.unwrap_or_default();
        let borrowed = Arc::new(borrowed);
        let is_new = self.seen().read.as_ref().is_none_or(|(of, ..)| *of != generation);
        if is_new {
            self.calendars.say(remarks);
        }
        self.seen().read = Some((generation, day, Arc::clone(&borrowed)));
        borrowed
    }

    fn today(&self, zone: &TimeZone) -> Date {
        zone.to_datetime((self.clock)()).date()
    }

    /// A snapshot of the source, with the calendars laid over it.
    async fn lay(&self, snapshot: Snapshot) -> Snapshot {
        let (plan, zone) = (Arc::clone(&snapshot.outline.plan), snapshot.outline.zone.clone());
        let borrowed = self.borrowed(&plan, &zone, self.today(&zone)).await;
        let mut seen = self.seen();
        (seen.plan, seen.shown) = (Some((plan, zone)), Arc::clone(&borrowed));
        drop(seen);
        snapshot.with_borrowed(&borrowed)
    }

    /// Says when another day has begun: what took place the day before is done.
    fn days(&self) -> BoxStream<'static, ()> {
        let (seen, clock) = (Arc::clone(&self.seen), Arc::clone(&self.clock));
        unfold((seen, clock), |(seen, clock)| async move {
            loop {
                sleep(MINUTE).await;
                let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                let shown = seen.plan.as_ref().zip(seen.read.as_ref()).map(|((_, zone), (_, day, _))| (zone, *day));
                if shown.is_some_and(|(zone, day)| zone.to_datetime(clock()).date() != day) {
                    break;
                }
            }
            Some(((), (seen, clock)))
        })
        .boxed()
    }

    /// Do the calendars say something else of the plan that is shown than what is shown?
    async fn is_other(&self) -> bool {
        let known = self.seen().plan.clone();
        let Some((plan, zone)) = known else { return false };
        let borrowed = self.borrowed(&plan, &zone, self.today(&zone)).await;
        let seen = self.seen();
        !Arc::ptr_eq(&seen.shown, &borrowed) && *seen.shown != *borrowed
    }

    async fn ask(&self, cursor: Option<u64>) -> Result<Fetched, Failure> {
        let waiting = async {
            if self.seen().plan.is_none() {
                self.calendars.settled(self.patience).await;
            }
        };
        let (fetched, ()) = futures::join!(self.source.fetch(cursor), waiting);
        let whole = match fetched? {
            Fetched::Whole(snapshot) => snapshot,
            told @ (Fetched::Unchanged | Fetched::Entries(_)) => {
                if !self.is_other().await {
                    return Ok(told);
                }
                match self.source.fetch(None).await? {
                    Fetched::Whole(snapshot) => snapshot,
                    Fetched::Unchanged | Fetched::Entries(_) => return Ok(told),
                }
            }
        };
        Ok(Fetched::Whole(Box::new(self.lay(*whole).await)))
    }
}

impl Source for LaidOver {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        self.ask(cursor).boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        async move {
            let snapshot = self.source.at(instant).await?;
            let (plan, zone) = (Arc::clone(&snapshot.outline.plan), snapshot.outline.zone.clone());
            let day = zone.to_datetime(instant).date();
            // As the calendars say it now: what they said then nobody knows.
            let borrowed = self.borrowed(&plan, &zone, day).await;
            Ok(snapshot.with_borrowed(&borrowed))
        }
        .boxed()
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        // Of tasks and reports; a calendar has none.
        self.source.past(day)
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        if filter.item.as_ref().is_some_and(is_borrowed) {
            return futures::future::ready(Ok(Page::default())).boxed();
        }
        self.source.entries(filter)
    }

    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        if !entries.iter().any(|entry| is_borrowed(&entry.item)) {
            return self.source.send(entries, now);
        }
        async move {
            let passed: Vec<Entry> = entries.iter().filter(|entry| !is_borrowed(&entry.item)).cloned().collect();
            let answers = if passed.is_empty() { Vec::new() } else { self.source.send(&passed, now).await? };
            let mut answers = answers.into_iter();
            let answer = |entry: &Entry| {
                let refused = is_borrowed(&entry.item).then_some(Admission::Refused(Refusal::Borrowed));
                refused.or_else(|| answers.next())
            };
            Ok(entries.iter().filter_map(answer).collect())
        }
        .boxed()
    }

    fn most(&self) -> usize {
        self.source.most()
    }

    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, now: Timestamp) -> Answer<'a, LaidDown> {
        async move {
            // What is laid over the plan is none of it.
            let Amendment { seen, plan, reason, reverses } = amendment;
            let (seen, plan) = (Arc::new(own(seen)), own(plan));
            let amendment = Amendment { seen, plan, reason: reason.clone(), reverses: *reverses };
            self.source.amend(&amendment, id, now).await
        }
        .boxed()
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        select(self.source.changed(), select(self.calendars.changed(), self.days())).boxed()
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
        let mut heard = self.source.heard();
        let notice = |said| Notice { grave: true, said };
        heard.notices.extend(self.calendars.said().into_iter().map(notice));
        heard
    }

    fn loading(&self) -> BoxStream<'static, Loading> {
        self.source.loading()
    }

    fn recall(&self) -> BoxFuture<'_, Option<sources::Remembered>> {
        async move {
            let sources::Remembered { snapshot, at } = self.source.recall().await?;
            Some(sources::Remembered { snapshot: self.lay(snapshot).await, at })
        }
        .boxed()
    }

    fn keep(&self) {
        self.source.keep();
    }

    fn reply<'a>(&'a self, id: EntryId, reply: &'a Reply) -> Answer<'a, Decided> {
        self.source.reply(id, reply)
    }

    fn origin(&self) -> Option<Origin> {
        self.source.origin()
    }
}
