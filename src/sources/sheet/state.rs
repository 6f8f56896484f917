//! [`State`]: what is known of a workbook between two looks at it, and what is to be told of it.

use std::mem;

use jiff::Timestamp;

use super::{
    file::Stamp,
    reading::{Reading, Unread},
    web::Tag,
};
use crate::domain::{
    ask::Ask,
    failure::Failure,
    heard::{Behind, Heard, Notice},
    id::PlanId,
    sentence::Sentence,
    text::Text,
};

/// A file that could not be used is looked at again after so many glances, though nothing in it changed.
const AGAIN: u32 = 15;
/// So many places that could not be read are told one by one.
const PLACES: usize = 200;

/// What is known of it.
#[derive(Default)]
pub(super) struct State {
    /// The plan that is kept of it; none before the first reading.
    pub(super) plan: Option<PlanId>,
    /// How the file was that was looked at last.
    pub(super) stamp: Option<Stamp>,
    /// What was fetched last bears that.
    pub(super) tag: Option<Tag>,
    /// So many times in a row it could not be reached.
    failures: u32,
    /// How it was when it was last begun to be looked at.
    pub(super) tried: Option<Stamp>,
    /// Why it could not be used when it was looked at last.
    trouble: Option<Failure>,
    /// When it was read last.
    pub(super) read: Option<Timestamp>,
    /// What could not be read in it.
    unread: Vec<Unread>,
    pub(super) held: Option<Held>,
    pub(super) heard: Heard,
    /// What was told that is asked.
    asks: Vec<Ask>,
}

/// A reading with much gone in it, which is not taken in until somebody says that it is well so.
pub(super) struct Held {
    pub(super) reading: Reading,
    pub(super) offer: Offer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    Made,
    NotYet,
    Accepted,
}

impl State {
    /// Is it worth looking at, it being as `found`, and having been so for so many glances?
    pub(super) fn is_worth(&self, found: &Result<Stamp, Failure>, settled: u32) -> bool {
        match found {
            // Nobody is writing any more; what did not work is tried again now and then.
            Ok(stamp) => {
                let due = self.tried.as_ref() != Some(stamp) || settled.is_multiple_of(AGAIN);
                settled > 0 && due && !self.is_known(stamp)
            }
            Err(failure) => self.trouble.as_ref() != Some(failure),
        }
    }

    /// Read last at that time, with that plan.
    pub(super) fn known(plan: Option<PlanId>, read: Option<Timestamp>) -> Self {
        State { plan, read, ..State::default() }
    }

    /// Was it looked at as it is?
    pub(super) fn is_known(&self, stamp: &Stamp) -> bool {
        let reached = !matches!(self.trouble, Some(Failure::Offline(_)));
        reached && self.stamp.as_ref() == Some(stamp)
    }

    pub(super) fn troubled(&mut self, failure: Failure) {
        self.failures = self.failures.saturating_add(1);
        self.heard.behind = Some(Behind::Unread { why: failure.clone(), last: self.read });
        self.trouble = Some(failure);
    }

    pub(super) fn reached(&mut self) {
        (self.trouble, self.failures) = (None, 0);
        self.heard.behind = Some(Behind::Read);
    }

    /// It is as it was; what was wrong with what it says still is.
    pub(super) fn unchanged(&mut self, now: Timestamp) {
        if !matches!(self.trouble, Some(Failure::Unreadable(_))) {
            self.reached();
            self.read = Some(now);
        }
    }

    /// It is begun to be looked at, being so; not where that is known.
    pub(super) fn tries(&mut self, stamp: Stamp) -> bool {
        let known = self.is_known(&stamp);
        self.tried = Some(stamp);
        !known
    }

    /// How many times in a row it could not be reached.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    /// Why it could not be used when it was looked at last.
    pub(super) fn trouble(&self) -> Option<Failure> {
        self.trouble.clone()
    }

    /// This is asked: told where it is something else than was.
    pub(super) fn ask(&mut self, asks: Vec<Ask>) {
        if asks != self.asks {
            self.heard.asks = Some(asks.clone());
            self.asks = asks;
        }
    }

    pub(super) fn heard(&mut self) -> Heard {
        mem::take(&mut self.heard)
    }

    /// What could not be read, where that is something else than was told.
    pub(super) fn unread(&mut self, unread: Vec<Unread>, book: &Text) {
        if unread == self.unread {
            return;
        }
        let count = unread.len();
        let places = unread.iter().take(PLACES).map(|place| Notice { grave: true, said: place.sentence() });
        self.heard.notices.extend(places);
        let id = if count == 0 { "book-all-read" } else { "book-unread" };
        let said = Sentence::new(id).with("book", book).with("count", count);
        self.heard.notices.push(Notice { grave: count > 0, said });
        self.unread = unread;
    }
}
