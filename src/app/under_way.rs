//! [`UnderWay`]: what was handed over and is not answered, each under its ticket: acts, acts to be taken back before they are
//! sent, amendments.

use std::sync::Arc;

use super::{act::Act, msg::Ticket, results::Became, sheet::Sheet};
use crate::domain::{
    entry::{Entry, Verb},
    id::ItemId,
    plan::Plan,
};

/// What is not answered.
#[derive(Clone, Debug, Default)]
pub struct UnderWay {
    works: Vec<(Ticket, Work)>,
    last: Ticket,
}

#[derive(Clone, Debug)]
enum Work {
    Step(Box<Step>),
    Amending(Amending),
}

/// Acts handed in, or to be withdrawn.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) what: Act,
    /// What is taken back or brought back, where it is one verb.
    pub(super) of: Option<Verb>,
    /// What became of those that were not handed in.
    pub(super) refused: Vec<(ItemId, Became)>,
    /// The acts to be withdrawn; of what is handed in after that, those that were.
    pub(super) unsent: Vec<Entry>,
    /// What is to be handed in once this is answered.
    pub(super) then: Vec<Entry>,
}

/// An amendment handed in.
#[derive(Clone, Debug)]
pub(super) struct Amending {
    pub(super) before: Arc<Plan>,
    /// What was filled in, to try again; none where it takes back.
    pub(super) sheet: Option<Sheet>,
}

impl Step {
    /// Nothing of it was refused, and nothing comes after it.
    pub(super) fn new(what: Act) -> Self {
        Step { what, of: None, refused: Vec::new(), unsent: Vec::new(), then: Vec::new() }
    }
}

impl UnderWay {
    /// Is everything answered?
    pub(super) fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// Acts are handed over; their answer bears this ticket.
    pub(super) fn begin(&mut self, step: Step) -> Ticket {
        self.add(Work::Step(Box::new(step)))
    }

    /// An amendment is handed over; its answer bears this ticket.
    pub(super) fn amend(&mut self, amending: Amending) -> Ticket {
        self.add(Work::Amending(amending))
    }

    /// The answer to acts came.
    pub(super) fn ended(&mut self, ticket: Ticket) -> Option<Step> {
        match self.take(ticket, |work| matches!(work, Work::Step(_)))? {
            Work::Step(step) => Some(*step),
            Work::Amending(_) => None,
        }
    }

    /// The answer to an amendment came.
    pub(super) fn amended(&mut self, ticket: Ticket) -> Option<Amending> {
        match self.take(ticket, |work| matches!(work, Work::Amending(_)))? {
            Work::Amending(amending) => Some(amending),
            Work::Step(_) => None,
        }
    }

    fn add(&mut self, work: Work) -> Ticket {
        self.last = Ticket(self.last.0 + 1);
        self.works.push((self.last, work));
        self.last
    }

    fn take(&mut self, ticket: Ticket, is: impl Fn(&Work) -> bool) -> Option<Work> {
        let place = self.works.iter().position(|(of, work)| *of == ticket && is(work))?;
        Some(self.works.remove(place).1)
    }
}
