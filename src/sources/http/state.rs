//! [`State`]: what is known of a server between requests: how far its journal was followed, whether it answers, when it may be
//! asked again, and what was heard beside. No clock is read: a wait is a timer.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
use crate::{
    domain::{
        failure::Failure,
        heard::{Heard, Loading, Signed},
        id::EntryId,
        plan::Plan,
        text::Text,
    },
    wire::Received,
};

/// Does it answer?
#[derive(Clone, Debug, Default)]
pub(super) enum Reach {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    /// It answered last.
    Up,
    /// It did not, so many times by now.
    Down(u64, Failure),
}

#[derive(Debug)]
pub(super) struct State {
    known: Mutex<Known>,
    reach: watch::Sender<Reach>,
    /// Taken by who asks while it is down: one at a time.
    turn: Turn<()>,
    loading: watch::Sender<Loading>,
}

#[derive(Debug, Default)]
struct Known {
    cursor: Option<u64>,
    /// The entry at the cursor: that it is the same journal still.
    last: Option<EntryId>,
    /// The tag of the snapshot at the cursor, where it is one.
    etag: Option<String>,
    plan: Option<Arc<Plan>>,
    plan_tag: Option<Text>,
    signed: Option<Signed>,
    heard: Heard,
    rests: Option<Pin<Box<Sleep>>>,
}

/// Where a journal was followed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) last: Option<EntryId>,
    pub(super) etag: Option<String>,
}

impl State {
    pub(super) fn new() -> Self {
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

    /// A snapshot came.
    pub(super) fn remember(&self, received: &Received, etag: Option<String>) {
        let mut known = self.known();
        (known.cursor, known.last, known.etag) = (Some(received.snapshot.cursor), received.last, etag);
        known.plan = Some(Arc::clone(&received.snapshot.outline.plan));
        known.plan_tag.clone_from(&received.plan_tag);
    }

    /// Entries came, up to that one.
    pub(super) fn went_to(&self, cursor: u64, last: Option<EntryId>) {
        let mut known = self.known();
        if known.cursor != Some(cursor) {
            known.etag = None;
        }
        (known.cursor, known.last) = (Some(cursor), last.or(known.last));
    }

    pub(super) fn cursor(&self) -> Option<u64> {
        self.known().cursor
    }

    /// What is known of the place `cursor`.
    pub(super) fn place(&self, cursor: u64) -> Place {
        let known = self.known();
        if known.cursor != Some(cursor) {
            return Place::default();
        }
        Place { last: known.last, etag: known.etag.clone() }
    }

    /// What the revision of the plan is called whose wording is `seen`, where that is the one that came last.
    pub(super) fn revision(&self, seen: &Plan) -> Option<Text> {
        let known = self.known();
        known.plan_tag.clone().filter(|_| known.plan.as_deref() == Some(seen))
    }

    pub(super) fn signed(&self) -> Option<Signed> {
        self.known().signed.clone()
    }

    pub(super) fn sign(&self, signed: Signed) {
        let mut known = self.known();
        known.heard.signed = Some(signed.clone());
        known.signed = Some(signed);
    }

    /// The token was not taken: who signs with another one is to be asked again.
    pub(super) fn forget_signed(&self) {
        self.known().signed = None;
    }

    pub(super) fn went_back(&self) {
        self.known().heard.went_back = true;
    }

    pub(super) fn clock(&self, clock: Timestamp) {
        self.known().heard.clock = Some(clock);
    }

    /// It wants to be left alone for so long. Needs a tokio runtime.
    pub(super) fn rest(&self, time: Duration) {
        let mut known = self.known();
        known.heard.rests = Some(time);
        known.rests = Some(Box::pin(sleep(time)));
    }

    /// Does it want to be left alone still?
    pub(super) fn rests(&self) -> bool {
        let mut known = self.known();
        let rests = known.rests.as_mut().is_some_and(|wait| wait.now_or_never().is_none());
        if !rests {
            known.rests = None;
        }
        rests
    }

    pub(super) fn heard(&self) -> Heard {
        std::mem::take(&mut self.known().heard)
    }

    /// While it is down, waits until nobody else asks; answers why not to ask, where another has just found that out.
    pub(super) async fn turn(&self) -> Result<Option<Taken<'_, ()>>, Failure> {
        let Reach::Down(before, _) = *self.reach.borrow() else { return Ok(None) };
        let turn = self.turn.lock().await;
        match &*self.reach.borrow() {
            Reach::Down(count, failure) if *count != before => Err(failure.clone()),
            Reach::Down(..) | Reach::Up | Reach::Unknown => Ok(Some(turn)),
        }
    }

    pub(super) fn answered(&self) {
        self.reach.send_if_modified(|reach| {
            let changes = !matches!(reach, Reach::Up);
            *reach = Reach::Up;
            changes
        });
    }

    pub(super) fn failed(&self, failure: &Failure) {
        self.reach.send_modify(|reach| {
            let count = if let Reach::Down(count, _) = reach { *count } else { 0 };
            *reach = Reach::Down(count + 1, failure.clone());
        });
    }

    /// Waits until it answers.
    pub(super) async fn up(&self) {
        // The sender is here: it is not closed.
        let _ = self.reach.subscribe().wait_for(|reach| matches!(reach, Reach::Up)).await;
    }

    /// A large answer begins to come.
    pub(super) fn comes(&self, packed: bool, told: usize) -> Coming {
        self.loading.send_replace(Loading::default());
        Coming::new(packed, told, self.loading.clone())
    }

    /// So many bytes of it have come.
    pub(super) fn load(&self, bytes: u64, of: Option<u64>) {
        self.loading.send_modify(|loading| {
            (loading.bytes, loading.of, loading.reads) = (bytes, of, of == Some(bytes));
        });
    }

    pub(super) fn loading(&self) -> BoxStream<'static, Loading> {
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
