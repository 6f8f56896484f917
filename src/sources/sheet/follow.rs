//! [`Following`]: a workbook followed: looked at when it may have changed, and taken in when it has. What it cannot be read for is
//! remembered and told; what was read before stays.

use std::{
    mem,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    sync::Mutex as Turn,
    task::spawn_blocking,
    time::{sleep, timeout},
};

use super::{
    beside::Beside,
    file::{self, Stamp},
    limits::Limits,
    reading::{Reading, Unread},
    source::Understand,
    take::{Done, Taken, Taking, amended},
};
use crate::{
    domain::{
        failure::Failure,
        heard::{Behind, Heard, Notice},
        id::PlanId,
        sentence::Sentence,
        snapshot::Snapshot,
        text::Text,
    },
    ledger::{Ledger as _, sqlite::SqliteLedger},
};

/// A disk far away may not answer at all.
const SLOW: Duration = Duration::from_secs(10);
/// Nobody's workbook takes longer to be understood.
const LONG: Duration = Duration::from_secs(120);
/// How long one waits for another instance that takes something in, and how often one looks.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(50));
/// A file that could not be used is looked at again after so many glances, though nothing in it changed.
const AGAIN: u32 = 15;
/// So many places that could not be read are told one by one.
const PLACES: usize = 200;

/// A workbook's file that is followed.
pub(super) struct Following {
    pub(super) ledger: Arc<SqliteLedger>,
    pub(super) beside: Beside,
    pub(super) book: Text,
    pub(super) path: PathBuf,
    pub(super) understand: Understand,
    pub(super) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) state: Mutex<State>,
    /// Taken by who looks: one at a time.
    pub(super) turn: Turn<()>,
}

/// What is known of it.
#[derive(Default)]
pub(super) struct State {
    /// The plan that is kept of it; none before the first reading.
    pub(super) plan: Option<PlanId>,
    /// How the file was that was looked at last.
    stamp: Option<Stamp>,
    /// How it was when it was last begun to be looked at.
    tried: Option<Stamp>,
    /// Why it could not be used when it was looked at last.
    trouble: Option<Failure>,
    /// When it was read last.
    pub(super) read: Option<Timestamp>,
    /// What could not be read in it.
    unread: Vec<Unread>,
    held: Option<Held>,
    heard: Heard,
}

/// A reading with much gone in it, which is not taken in until somebody says that it is well so.
struct Held {
    reading: Reading,
    offer: Offer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Offer {
    Made,
    NotYet,
    Accepted,
}

/// What is to be shown although the ledger does not say it.
pub(super) enum Shown {
    /// As the ledger says.
    Ledger,
    /// What was offered is no longer so: the ledger's whole.
    Again,
    /// What the held reading would make of it.
    Offered(Box<Snapshot>),
}

impl Following {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at it, and takes it in where it is another than it was.
    pub(super) async fn look(&self) {
        let _turn = self.turn.lock().await;
        if let Err(failure) = self.looked().await {
            self.state().troubled(failure);
        }
    }

    async fn looked(&self) -> Result<(), Failure> {
        if self.state().held.as_ref().is_some_and(|held| held.offer == Offer::Accepted) {
            let Some(_lock) = self.lock().await? else { return Ok(()) };
            let held = self.state().held.take();
            return match held {
                Some(Held { reading, .. }) => self.take_in(reading, true).await,
                None => Ok(()),
            };
        }
        let stamp = self.stamp().await?;
        {
            let mut state = self.state();
            if state.is_known(&stamp) {
                return Ok(());
            }
            state.tried = Some(stamp);
        }
        let Some(_lock) = self.lock().await? else { return Ok(()) };
        let limits = Limits::default();
        let (path, most) = (self.path.clone(), limits.file);
        let read = timeout(SLOW * 3, spawn_blocking(move || file::read(&path, most)));
        let (bytes, stamp) = read.await.map_err(|_| self.slow())?.map_err(|_| self.slow())??;
        self.state().stamp = Some(stamp);
        let reading = self.understood(bytes, limits).await?;
        self.take_in(reading, false).await
    }

    async fn understood(&self, bytes: Vec<u8>, limits: Limits) -> Result<Reading, Failure> {
        let (understand, name, stop) = (Arc::clone(&self.understand), self.book.clone(), Arc::clone(&limits.stop));
        let reading = spawn_blocking(move || understand(&bytes, &name, &limits));
        let read = timeout(LONG, reading).await.map_err(|_| {
            stop.store(true, Ordering::Relaxed);
            Failure::Unreadable(Sentence::new("sheet-too-long"))
        })?;
        read.map_err(|_| self.slow())?.map_err(|why| {
            let said = Sentence::new("sheet-not-understood").with("book", &self.book).with("why", why.0);
            // Who has it open may be writing it just now.
            if file::is_open(&self.path) { Failure::Offline(said) } else { Failure::Unreadable(said) }
        })
    }

    async fn take_in(&self, mut reading: Reading, may: bool) -> Result<(), Failure> {
        let unread = mem::take(&mut reading.unread);
        let now = (self.clock)();
        let taking = Taking { ledger: &*self.ledger, beside: &self.beside, book: &self.book, now };
        let taken = taking.take(reading.clone(), may).await?;
        let mut state = self.state();
        state.trouble = None;
        state.heard.behind = Some(Behind::Read);
        match taken {
            Taken::Held(percent) => {
                let said = Sentence::new("sheet-held").with("book", &self.book).with("percent", usize::from(percent));
                state.heard.notices.push(Notice { grave: true, said });
                state.held = Some(Held { reading, offer: Offer::NotYet });
            }
            Taken::Done(Done { plan, notices, again }) => {
                state.plan = Some(plan);
                state.read = Some(now);
                state.heard.notices.extend(notices);
                state.unread(unread, &self.book);
                if again {
                    state.stamp = None;
                }
            }
        }
        Ok(())
    }

    /// What is to be shown, now that it was looked at; `offers` where somebody is there to accept it.
    pub(super) async fn shown(&self, offers: bool, was_offered: bool) -> Result<Shown, Failure> {
        let plan = match &self.state().held {
            None if was_offered => return Ok(Shown::Again),
            Some(held) if offers && held.offer == Offer::NotYet => held.reading.plan.clone(),
            Some(_) | None => return Ok(Shown::Ledger),
        };
        let before = self.ledger.snapshot(&plan.id).await?;
        let after = amended(&before, &plan);
        if let Some(held) = &mut self.state().held {
            held.offer = Offer::Made;
        }
        Ok(Shown::Offered(Box::new(after)))
    }

    /// Is something offered that was not accepted?
    pub(super) fn offers(&self) -> bool {
        self.state().held.as_ref().is_some_and(|held| held.offer == Offer::Made)
    }

    /// What was offered is well so.
    pub(super) fn accept(&self) -> bool {
        match &mut self.state().held {
            Some(held) if held.offer == Offer::Made => {
                held.offer = Offer::Accepted;
                true
            }
            Some(_) | None => false,
        }
    }

    /// How the file is now.
    pub(super) async fn stamp(&self) -> Result<Stamp, Failure> {
        let path = self.path.clone();
        let found = timeout(SLOW, spawn_blocking(move || file::stamp(&path)));
        found.await.map_err(|_| self.slow())?.map_err(|_| self.slow())?
    }

    /// Is it worth looking at, it being as `found`, and having been so for so many glances?
    pub(super) fn is_worth(&self, found: &Result<Stamp, Failure>, settled: u32) -> bool {
        let state = self.state();
        match found {
            // Nobody is writing any more; what did not work is tried again now and then.
            Ok(stamp) => {
                let due = state.tried.as_ref() != Some(stamp) || settled.is_multiple_of(AGAIN);
                settled > 0 && due && !state.is_known(stamp)
            }
            Err(failure) => state.trouble.as_ref() != Some(failure),
        }
    }

    async fn lock(&self) -> Result<Option<std::fs::File>, Failure> {
        for _ in 0..PATIENCE.0 {
            if let Some(lock) = self.beside.lock()? {
                return Ok(Some(lock));
            }
            sleep(PATIENCE.1).await;
        }
        Ok(None)
    }

    fn slow(&self) -> Failure {
        Failure::Offline(Sentence::new("sheet-slow").with("file", self.path.display().to_string()))
    }
}

impl State {
    /// Read last at that time, with that plan.
    pub(super) fn known(plan: Option<PlanId>, read: Option<Timestamp>) -> Self {
        State { plan, read, ..State::default() }
    }

    /// Was it looked at as it is?
    fn is_known(&self, stamp: &Stamp) -> bool {
        let reached = !matches!(self.trouble, Some(Failure::Offline(_)));
        reached && self.stamp.as_ref() == Some(stamp)
    }

    fn troubled(&mut self, failure: Failure) {
        self.heard.behind = Some(Behind::Unread { why: failure.clone(), last: self.read });
        self.trouble = Some(failure);
    }

    /// Why it could not be used when it was looked at last.
    pub(super) fn trouble(&self) -> Option<Failure> {
        self.trouble.clone()
    }

    pub(super) fn heard(&mut self) -> Heard {
        mem::take(&mut self.heard)
    }

    /// What could not be read, where that is something else than was told.
    fn unread(&mut self, unread: Vec<Unread>, book: &Text) {
        if unread == self.unread {
            return;
        }
        let count = unread.len();
        let places = unread.iter().take(PLACES).map(place);
        self.heard.notices.extend(places);
        let id = if count == 0 { "sheet-all-read" } else { "sheet-unread" };
        let said = Sentence::new(id).with("book", book).with("count", count);
        self.heard.notices.push(Notice { grave: count > 0, said });
        self.unread = unread;
    }
}

fn place(unread: &Unread) -> Notice {
    let column = unread.column.clone().unwrap_or_default();
    let said = Sentence::new("sheet-unread-place").with("sheet", &unread.sheet).with("row", unread.row);
    let said = said.with("column", column).with("value", &unread.value).with("why", unread.why.clone());
    Notice { grave: true, said }
}
