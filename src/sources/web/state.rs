//! [`State`]: what is known of a server between requests: whether it answers, when it may be asked again, whom it takes us for,
//! and what was heard beside. No clock is read: a wait is a timer.

use std::{
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{
    FutureExt,
    stream::{BoxStream, StreamExt, unfold},
};
use jiff::Timestamp;
use tokio::{
    sync::{Mutex as Turn, MutexGuard as Taken, watch},
    time::{Sleep, sleep},
};

use super::body::Coming;
use crate::domain::{
    failure::Failure,
    heard::{Heard, Loading, Signed},
};

/// Does it answer?
#[derive(Clone, Debug, Default)]
pub(in crate::sources) enum Reach {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    /// It answered last.
    Up,
    /// It did not, so many times by now.
    Down(u64, Failure),
}

#[derive(Debug)]
pub(in crate::sources) struct State {
    known: Mutex<Known>,
    reach: watch::Sender<Reach>,
    /// Taken by who asks while it is down: one at a time.
    turn: Turn<()>,
    loading: watch::Sender<Loading>,
}

#[derive(Debug, Default)]
struct Known {
    signed: Option<Signed>,
    heard: Heard,
    rests: Option<Pin<Box<Sleep>>>,
}

impl State {
    pub(in crate::sources) fn new() -> Self {
        State {
            known: Mutex::default(),
            reach: watch::Sender::new(Reach::Unknown),
            turn: Turn::new(()),
            loading: watch::Sender::new(Loading::default()),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::sources) fn signed(&self) -> Option<Signed> {
        self.known().signed.clone()
    }

    pub(in crate::sources) fn sign(&self, signed: Signed) {
        let mut known = self.known();
        known.heard.signed = Some(signed.clone());
        known.signed = Some(signed);
    }

    /// The token was not taken: who signs with another one is to be asked again.
    pub(in crate::sources) fn forget_signed(&self) {
        self.known().signed = None;
    }

    pub(in crate::sources) fn went_back(&self) {
        self.known().heard.went_back = true;
    }

    pub(in crate::sources) fn clock(&self, clock: Timestamp) {
        self.known().heard.clock = Some(clock);
    }

    /// It wants to be left alone for so long. Needs a tokio runtime.
    pub(in crate::sources) fn rest(&self, time: Duration) {
        let mut known = self.known();
        known.heard.rests = Some(time);
        known.rests = Some(Box::pin(sleep(time)));
    }

    /// Does it want to be left alone still?
    pub(in crate::sources) fn rests(&self) -> bool {
        let mut known = self.known();
        let rests = known.rests.as_mut().is_some_and(|wait| wait.now_or_never().is_none());
        if !rests {
            known.rests = None;
        }
        rests
    }

    pub(in crate::sources) fn heard(&self) -> Heard {
        std::mem::take(&mut self.known().heard)
    }

    /// While it is down, waits until nobody else asks; answers why not to ask, where another has just found that out.
    pub(in crate::sources) async fn turn(&self) -> Result<Option<Taken<'_, ()>>, Failure> {
        let Reach::Down(before, _) = *self.reach.borrow() else { return Ok(None) };
        let turn = self.turn.lock().await;
        match &*self.reach.borrow() {
            Reach::Down(count, failure) if *count != before => Err(failure.clone()),
            Reach::Down(..) | Reach::Up | Reach::Unknown => Ok(Some(turn)),
        }
    }

    pub(in crate::sources) fn answered(&self) {
        self.reach.send_if_modified(|reach| {
            let changes = !matches!(reach, Reach::Up);
            *reach = Reach::Up;
            changes
        });
    }

    pub(in crate::sources) fn failed(&self, failure: &Failure) {
        self.reach.send_modify(|reach| {
            let count = if let Reach::Down(count, _) = reach { *count } else { 0 };
            *reach = Reach::Down(count + 1, failure.clone());
        });
    }

    /// Waits until it answers.
    pub(in crate::sources) async fn up(&self) {
        // The sender is here: it is not closed.
        let _ = self.reach.subscribe().wait_for(|reach| matches!(reach, Reach::Up)).await;
    }

    /// A large answer begins to come.
    pub(super) fn comes(&self, packed: bool, told: usize) -> Coming {
        self.loading.send_replace(Loading::default());
        Coming::new(packed, told, self.loading.clone())
    }

    /// So many bytes of it have come.
    pub(in crate::sources) fn load(&self, bytes: u64, of: Option<u64>) {
        self.loading.send_modify(|loading| {
            (loading.bytes, loading.of, loading.reads) = (bytes, of, of == Some(bytes));
        });
    }

    pub(in crate::sources) fn loading(&self) -> BoxStream<'static, Loading> {
        unfold(self.loading.subscribe(), |mut loading| async move {
            if loading.changed().await.is_err() {
                futures::future::pending::<()>().await;
            }
            let now = *loading.borrow_and_update();
            Some((now, loading))
        })
        .boxed()
    }
}
