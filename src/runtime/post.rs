//! [`Post`]: the outbox before a remote source, opened; with what is to be told of what was in it.

use std::{path::Path, sync::Arc};

use jiff::Timestamp;
use tokio::sync::mpsc::{Receiver, channel};
use uuid::Uuid;

use super::{
    delivery::{Delivery, Fact, Running, Waker},
    way::Way,
};
use crate::{
    app::sync::Chance,
    domain::{failure::Failure, sentence::Sentence},
    sources::Source,
    store::outbox::{Address, Damage, Holder, Opened, Outbox},
};

/// Facts of the delivery that may wait.
const FACTS: usize = 64;

/// The outbox before a remote source, and who sends from it.
#[derive(Clone)]
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

/// What is to be told of an outbox that was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// It was damaged.
    pub damage: Option<Sentence>,
    /// Acts wait in it that are not sent from here: they were made for another source or by another person.
    pub elsewhere: Vec<(Address, u64)>,
    /// So many wait for the source and the person of here.
    pub here: u64,
}

impl Found {
    /// What is to be told in a line each, what weighs most last.
    pub fn notices(&self) -> Vec<Sentence> {
        self.sentences("said-waits-elsewhere")
    }

    /// The same with what to do about acts that wait for others.
    pub fn told(&self) -> Vec<Sentence> {
        self.sentences("cli-outbox-elsewhere")
    }

    fn sentences(&self, elsewhere: &'static str) -> Vec<Sentence> {
        let of_others = self.elsewhere.iter().map(|(address, count)| {
            let said = Sentence::new(elsewhere).with("count", usize::try_from(*count).unwrap_or(usize::MAX));
            said.with("source", &address.source).with("plan", address.plan.as_str()).with("by", address.by.as_str())
        });
        of_others.chain(self.damage.clone()).collect()
    }

    async fn new(outbox: &Outbox, damage: Option<Damage>, here: Option<&Address>) -> Result<Self, Failure> {
        let mut found = Found { damage: damage.map(damaged), ..Found::default() };
        for (address, count) in outbox.addresses().await? {
            if Some(&address) == here {
                found.here = count;
            } else {
                found.elsewhere.push((address, count));
            }
        }
        Ok(found)
    }
}

impl Post {
    /// The way of acts through the outbox.
    pub fn way(&self) -> Way {
        Way::Outbox { outbox: Arc::clone(&self.outbox), address: self.address.clone(), waker: Waker::default() }
    }

    /// The same with a delivery that runs, and what it tells.
    pub fn start(self, source: Arc<dyn Source>) -> (Way, Running, Receiver<Fact>) {
        let Post { outbox, address, holder, clock, chance } = self;
        let (facts, told) = channel(FACTS);
        let waker = Waker::default();
        let way = Way::Outbox { outbox: Arc::clone(&outbox), address: address.clone(), waker: waker.clone() };
        let delivery = Delivery { outbox, source, address, holder, clock, chance, facts, waker };
        (way, delivery.start(), told)
    }
}

/// Opens the outbox in the file at `path`, for acts that go to `address`; with what is to be told of it.
///
/// # Errors
///
/// Where it cannot be used: another version's, another program's, or the file cannot be had.
pub async fn open(path: &Path, address: Address, seed: u64) -> Result<(Post, Found), Failure> {
    let Opened { outbox, damage } = Outbox::open(path, Timestamp::now()).await?;
    let found = Found::new(&outbox, damage, Some(&address)).await?;
    let post = Post {
        outbox: Arc::new(outbox),
        address,
        holder: Holder(Uuid::now_v7()),
        clock: Arc::new(Timestamp::now),
        chance: Chance(seed),
    };
    Ok((post, found))
}

/// What is to be told of the outbox in the file at `path` where nothing is sent, or only what goes to `here`. Where there is no
/// such file none is made.
///
/// # Errors
///
/// Where it cannot be used.
pub async fn look(path: &Path, here: Option<&Address>) -> Result<Option<Found>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let Opened { outbox, damage } = Outbox::open(path, Timestamp::now()).await?;
    Found::new(&outbox, damage, here).await.map(Some)
}

fn damaged(damage: Damage) -> Sentence {
    let said = Sentence::new("said-outbox-damaged").with("file", damage.aside.display().to_string());
    said.with("count", damage.salvaged).with("what", damage.what)
}
