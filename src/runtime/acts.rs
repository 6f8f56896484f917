//! Handing in what was done: one act after the other, in the order they were made, through one task. What is under way when
//! the program is left is finished first. Where acts go through an outbox, everything about it passes through here too, so
//! that what is told of it comes in its order.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use uuid::Uuid;

use super::{
    delivery::{Fact, Waker},
    post::Post,
    way::Way,
};
use crate::{
    app::msg::{Delivered, Msg, Ticket},
    domain::{
        entry::Entry,
        failure::Failure,
        id::EntryId,
        stamp::stamp,
        waiting::{Act, Decision, Mark},
    },
    sources::Source,
    words::Language,
};

/// How long leaving waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(5);
/// What is left when the program is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// So many acts wait to be sent.
    pub waiting: usize,
    /// So many wait for a decision.
    pub cards: usize,
    /// So many were handed in and not answered: what became of them is not known.
    pub unknown: usize,
    /// The language it was left in, where it was shown.
    pub language: Option<&'static Language>,
}

impl Left {
    /// What all of these left, once they have ended; in the language of the last.
    pub(super) async fn by(leaving: Vec<JoinHandle<Left>>) -> Left {
        let mut left = Left::default();
        for one in leaving {
            let other = one.await.unwrap_or_default();
            left.waiting += other.waiting;
            left.cards += other.cards;
            left.unknown += other.unknown;
            left.language = other.language.or(left.language);
        }
        left
    }
}

/// What would be left now, as far as it is known; kept apart from the task that may not come to tell.
#[derive(Clone, Debug, Default)]
struct Known(Arc<Mutex<Left>>);

impl Known {
    fn change(&self, how: impl FnOnce(&mut Left)) {
        how(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn left(&self) -> Left {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task that hands acts in, and the way to it.
pub(super) struct Acts {
    sender: UnboundedSender<Order>,
    waker: Option<Waker>,
    known: Known,
    task: JoinHandle<()>,
}

enum Order {
    HandIn { ticket: Ticket, entries: Vec<Entry>, now: Timestamp },
    Withdraw { ticket: Ticket, ids: Vec<EntryId> },
    Decide { id: EntryId, decision: Decision },
}

impl Acts {
    /// Acts go straight to `source`, or through the outbox to it.
    pub(super) fn new(source: Arc<dyn Source>, post: Option<Post>, facts: Sender<Msg>) -> Self {
        let (sender, orders) = unbounded_channel::<Order>();
        let (way, delivery, told) = match post {
            None => (Way::Direct(source), None, None),
            Some(post) => {
                let (way, delivery, told) = post.start(source);
                (way, Some(delivery), Some(told))
            }
        };
        let waker = match &way {
            Way::Direct(_) => None,
            Way::Outbox { waker, .. } => Some(waker.clone()),
        };
        let known = Known::default();
        let desk = Desk { way, facts, known: known.clone() };
        let task = tokio::spawn(async move {
            desk.work(orders, told).await;
            if let Some(delivery) = delivery {
                delivery.stop().await;
            }
            let _ = desk.acts().await;
        });
        Acts { sender, waker, known, task }
    }

    /// Gives the drafts their ids and hands them in after what was handed in before.
    pub(super) fn hand_in(&self, ticket: Ticket, mut drafts: Vec<Entry>, now: Timestamp) {
        stamp(&mut drafts, now, Uuid::now_v7);
        self.known.change(|left| left.unknown += drafts.len());
        self.order(Order::HandIn { ticket, entries: drafts, now });
    }

    /// Takes back what was not sent yet.
    pub(super) fn withdraw(&self, ticket: Ticket, ids: Vec<EntryId>) {
        self.order(Order::Withdraw { ticket, ids });
    }

    /// Decides on a card.
    pub(super) fn decide(&self, id: EntryId, decision: Decision) {
        self.order(Order::Decide { id, decision });
    }

    /// Sends what waits now.
    pub(super) fn send_now(&self) {
        self.waker.iter().for_each(Waker::try_now);
    }

    fn order(&self, order: Order) {
        // The task ends only with this sender.
        let _ = self.sender.send(order);
    }

    /// Waits until everything is handed in, though not for ever; says what is left, by what was known last where it takes too
    /// long.
    pub(super) async fn finish(self) -> Left {
        drop(self.sender);
        let _ = timeout(PATIENCE, self.task).await;
        self.known.left()
    }
}

struct Desk {
    way: Way,
    facts: Sender<Msg>,
    known: Known,
}

impl Desk {
    /// Carries out orders, and passes on what the delivery tells, until nobody can order any more.
    async fn work(&self, mut orders: UnboundedReceiver<Order>, mut told: Option<Receiver<Fact>>) {
        self.tell_what_waits().await;
        loop {
            let fact = async {
                match &mut told {
                    Some(told) => told.recv().await,
                    None => None,
                }
            };
            tokio::select! {
                biased;
                order = orders.recv() => match order {
                    Some(order) => self.carry_out(order).await,
                    None => return,
                },
                Some(fact) = fact => self.pass_on(fact).await,
            }
        }
    }

    async fn carry_out(&self, order: Order) {
        let fact = match order {
            Order::HandIn { ticket, entries, now } => {
                let result = self.way.act(&entries, now).await;
                self.known.change(|left| left.unknown -= entries.len());
                Msg::Acted { ticket, entries, result }
            }
            Order::Withdraw { ticket, ids } => Msg::Withdrawn { ticket, result: self.way.withdraw(&ids).await },
            Order::Decide { id, decision } => Msg::Decided { decision, result: self.way.decide(id, decision).await },
        };
        self.tell(fact).await;
        self.tell_what_waits().await;
    }

    async fn pass_on(&self, fact: Fact) {
        let delivered = match fact {
            Fact::Settled(answers) => Some(Delivered::Settled(answers)),
            Fact::Waits { failure, again } => Some(Delivered::Waits { failure, again }),
            Fact::Broken(failure) => Some(Delivered::Broken(failure)),
            Fact::AnotherSends => Some(Delivered::AnotherSends),
            Fact::Changed => None,
        };
        // What was settled is told with what is left, so that a card is there when it is spoken of.
        self.tell_what_waits().await;
        if let Some(delivered) = delivered {
            self.tell(Msg::Delivered(delivered)).await;
        }
    }

    /// Where acts go through an outbox, what it has now.
    async fn tell_what_waits(&self) {
        match self.acts().await {
            None => {}
            Some(Ok(acts)) => self.tell(Msg::WaitingRead(acts)).await,
            Some(Err(failure)) => self.tell(Msg::Delivered(Delivered::Broken(failure))).await,
        }
    }

    async fn acts(&self) -> Option<Result<Vec<Act>, Failure>> {
        let Way::Outbox { outbox, address, .. } = &self.way else { return None };
        let acts = outbox.acts(address).await;
        if let Ok(acts) = &acts {
            let cards = acts.iter().filter(|act| act.mark() == Mark::Card).count();
            self.known.change(|left| (left.cards, left.waiting) = (cards, acts.len() - cards));
        }
        Some(acts)
    }

    async fn tell(&self, fact: Msg) {
        // Nobody listens any more while the program is left; what was handed in stands all the same.
        let _ = self.facts.send(fact).await;
    }
}
