//! [`Following`]: a workbook followed: looked at when it may have changed, and taken in when it has. What it cannot be read for is
//! remembered and told; what was read before stays.

use std::{
    mem,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    patience::{LONG, within},
    reading::Reading,
    source::Understand,
    state::{Held, Offer, State},
    take::{Done, Taken, Taking, amended},
    web::{Got, Web},
};
use crate::{
    domain::{failure::Failure, heard::Notice, sentence::Sentence, snapshot::Snapshot, text::Text},
    ledger::{Ledger as _, sqlite::SqliteLedger},
};

/// A disk far away may not answer at all.
const SLOW: Duration = Duration::from_secs(10);
/// How long one waits for another instance that takes something in, and how often one looks.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(50));

/// Where a workbook is.
pub(super) enum Place {
    /// In a file.
    File(PathBuf),
    /// At a URL.
    Url(Web),
}

/// A workbook that is followed.
pub(super) struct Following {
    pub(super) ledger: Arc<SqliteLedger>,
    pub(super) beside: Beside,
    pub(super) book: Text,
    pub(super) place: Place,
    pub(super) understand: Understand,
    pub(super) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) state: Mutex<State>,
    /// Taken by who looks: one at a time.
    pub(super) turn: Turn<()>,
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
        let (bytes, name, _lock) = match &self.place {
            Place::File(path) => {
                let stamp = self.stamp(path).await?;
                if !self.state().tries(stamp) {
                    return Ok(());
                }
                let Some(lock) = self.lock().await? else { return Ok(()) };
                let (read, most) = (path.clone(), Limits::default().file);
                let read = timeout(SLOW * 3, spawn_blocking(move || file::read(&read, most)));
                let (bytes, stamp) = read.await.map_err(|_| slow(path))?.map_err(|_| slow(path))??;
                self.state().stamp = Some(stamp);
                (bytes, self.book.clone(), lock)
            }
            Place::Url(web) => {
                let Some(lock) = self.lock().await? else { return Ok(()) };
                let tag = self.state().tag.clone();
                let Some(Got { bytes, ending, tag }) = web.get(tag.as_ref(), Limits::default().file).await? else {
                    self.state().unchanged((self.clock)());
                    return Ok(());
                };
                self.state().tag = Some(tag);
                let has = self.book.to_lowercase().ends_with(ending);
                let name = if has { self.book.clone() } else { Text::new(&format!("{}{ending}", self.book)) };
                (bytes, name, lock)
            }
        };
        let reading = self.understood(bytes, name).await?;
        self.take_in(reading, false).await
    }

    async fn understood(&self, bytes: Vec<u8>, name: Text) -> Result<Reading, Failure> {
        let understand = Arc::clone(&self.understand);
        within(LONG, move |limits| understand(&bytes, &name, limits)).await.map_err(|why| {
            let said = Sentence::new("book-not-understood").with("book", &self.book).with("why", why.0);
            match &self.place {
                // Who has it open may be writing it just now.
                Place::File(path) if file::is_open(path) => Failure::Offline(said),
                Place::File(_) | Place::Url(_) => Failure::Unreadable(said),
            }
        })
    }

    async fn take_in(&self, mut reading: Reading, may: bool) -> Result<(), Failure> {
        let unread = mem::take(&mut reading.unread);
        let now = (self.clock)();
        let taking = Taking { ledger: &*self.ledger, beside: &self.beside, book: &self.book, now };
        let taken = taking.take(reading.clone(), may).await?;
        let mut state = self.state();
        state.reached();
        match taken {
            Taken::Held(percent) => {
                let said = Sentence::new("book-held").with("book", &self.book).with("percent", usize::from(percent));
                state.heard.notices.push(Notice { grave: true, said });
                state.held = Some(Held { reading, offer: Offer::NotYet });
            }
            Taken::Done(Done { plan, notices, asks, again }) => {
                state.ask(asks);
                state.held = None;
                state.plan = Some(plan);
                state.read = Some(now);
                state.heard.notices.extend(notices);
                state.unread(unread, &self.book);
                if again {
                    (state.stamp, state.tried, state.tag) = (None, None, None);
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

    /// How its file is now.
    pub(super) async fn stamp(&self, path: &Path) -> Result<Stamp, Failure> {
        let looked = path.to_owned();
        let found = timeout(SLOW, spawn_blocking(move || file::stamp(&looked)));
        found.await.map_err(|_| slow(path))?.map_err(|_| slow(path))?
    }

    pub(super) async fn lock(&self) -> Result<Option<std::fs::File>, Failure> {
        for _ in 0..PATIENCE.0 {
            if let Some(lock) = self.beside.lock()? {
                return Ok(Some(lock));
            }
            sleep(PATIENCE.1).await;
        }
        Ok(None)
    }
}

fn slow(path: &Path) -> Failure {
    Failure::Offline(Sentence::new("book-slow").with("file", path.display().to_string()))
}
