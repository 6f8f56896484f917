//! Handing in what was done: one act after the other, in the order they were made, through one task. What is under way when
//! the program is left is finished first. Where acts go through an outbox, everything about it passes through here too, so
//! that what is told of it comes in its order.

use std::{path::Path, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use uuid::Uuid;

use super::{
    delivery::{Delivery, Fact, Running, Waker},
    way::Way,
};
use crate::{
    app::{
        msg::{Delivered, Msg, Ticket},
        sync::Chance,
    },
    domain::{
        entry::Entry,
        failure::Failure,
        id::EntryId,
        sentence::Sentence,
        stamp::stamp,
        waiting::{Act, Decision, Waiting},
    },
    sources::Source,
    store::outbox::{Address, Holder, Opened, Outbox},
};

/// How long leaving waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(5);
/// Facts of the delivery that may wait.
const FACTS: usize = 64;

/// The outbox before a remote source, and who sends from it.
pub struct Post {
    /// Where acts wait.
    pub outbox: Arc<Outbox>,
    /// Where they go, and whose they are.
    pub address: Address,
    /// This instance.
    pub holder: Holder,
    /// The machine's clock.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Spreads retries.
    pub chance: Chance,
}

/// What is left when the program is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// So many acts wait to be sent.
    pub waiting: usize,
    /// So many wait for a decision.
    pub cards: usize,
}

/// The task that hands acts in, and the way to it.
pub(super) struct Acts {
    sender: UnboundedSender<Order>,
    waker: Option<Waker>,
    task: JoinHandle<Left>,
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
                let (way, delivery, told) = start(source, post);
                (way, Some(delivery), Some(told))
            }
        };
        let waker = match &way {
            Way::Direct(_) => None,
            Way::Outbox { waker, .. } => Some(waker.clone()),
        };
        let desk = Desk { way, facts };
        let task = tokio::spawn(async move {
            desk.work(orders, told).await;
            if let Some(delivery) = delivery {
                delivery.stop().await;
            }
            desk.left().await
        });
        Acts { sender, waker, task }
    }

    /// Gives the drafts their ids and hands them in after what was handed in before.
    pub(super) fn hand_in(&self, ticket: Ticket, mut drafts: Vec<Entry>, now: Timestamp) {
        stamp(&mut drafts, now, Uuid::now_v7);
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

    /// Waits until everything is handed in, though not for ever; says what is left.
    pub(super) async fn finish(self) -> Left {
        drop(self.sender);
        timeout(PATIENCE, self.task).await.ok().and_then(Result::ok).unwrap_or_default()
    }
}

/// The way through the outbox, with the delivery that runs.
fn start(source: Arc<dyn Source>, post: Post) -> (Way, Running, Receiver<Fact>) {
    let Post { outbox, address, holder, clock, chance } = post;
    let (facts, told) = channel(FACTS);
    let waker = Waker::default();
    let way = Way::Outbox { outbox: Arc::clone(&outbox), address: address.clone(), waker: waker.clone() };
    let delivery = Delivery { outbox, source, address, holder, clock, chance, facts, waker };
    (way, delivery.start(), told)
}

struct Desk {
    way: Way,
    facts: Sender<Msg>,
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
        match &self.way {
            Way::Direct(_) => None,
            Way::Outbox { outbox, address, .. } => Some(outbox.acts(address).await),
        }
    }

    async fn left(&self) -> Left {
        let acts = self.acts().await.and_then(Result::ok).unwrap_or_default();
        let waiting = Waiting::new(acts);
        Left { waiting: waiting.count(), cards: waiting.cards().count() }
    }

    async fn tell(&self, fact: Msg) {
        // Nobody listens any more while the program is left; what was handed in stands all the same.
        let _ = self.facts.send(fact).await;
    }
}

/// Opens the outbox in the file at `path`, for acts that go to `address`; with what is to be told of it.
///
/// # Errors
///
/// Where it cannot be used: another version's, another program's, or the file cannot be had.
pub async fn open(path: &Path, address: Address, seed: u64) -> Result<(Post, Option<Sentence>), Failure> {
    let Opened { outbox, damage } = Outbox::open(path, Timestamp::now()).await?;
    let said = damage.map(|damage| {
        let said = Sentence::new("said-outbox-damaged").with("file", damage.aside.display().to_string());
        said.with("count", damage.salvaged).with("what", damage.what)
    });
    let post = Post {
        outbox: Arc::new(outbox),
        address,
        holder: Holder(Uuid::now_v7()),
        clock: Arc::new(Timestamp::now),
        chance: Chance(seed),
    };
    Ok((post, said))
}
