//! Killed at any moment, nothing is lost that was said to be done or queued, and nothing is done twice.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code, unreachable_pub)]

#[path = "common/probe.rs"]
mod probe;
#[path = "common/record.rs"]
mod record;
#[path = "common/remote.rs"]
mod remote;

use std::{
    collections::HashSet,
    io::Read as _,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};

use probe::{probe, quick_directory};
use record::*;
use remote::{address, doubled, holder, open_outbox};
use tiendo::app::sync::Chance;
use tiendo::ledger::{Ledger, sqlite::SqliteLedger};
use tiendo::runtime::delivery::{Delivery, Round};
use tiendo::sources::embedded::Embedded;
use tiendo::store::outbox::Outbox;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Ledger,
    Outbox,
    Deliver,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Way::Ledger => "ledger",
            Way::Outbox => "outbox",
            Way::Deliver => "deliver",
        }
    }
}

fn seed() -> u64 {
    let seed = std::env::var("TIENDO_SEED");
    let seed = seed.map_or_else(|_| uuid::Uuid::now_v7().as_u64_pair().1, |seed| seed.parse().unwrap());
    println!("TIENDO_SEED={seed}");
    seed
}

/// What a child said before it was killed, so many microseconds after it was ready.
fn killed(way: Way, directory: &Path, first: u128, delay: Duration) -> Vec<u128> {
    let mut child = Command::new(probe())
        .args([way.word(), directory.to_str().unwrap(), &first.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let (ready, is_ready) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let (mut said, mut some) = (Vec::new(), [0; 4096]);
        while let Ok(count @ 1..) = out.read(&mut some) {
            said.extend_from_slice(&some[..count]);
            let _ = ready.send(());
        }
        String::from_utf8(said).unwrap()
    });
    // The moment of the kill is what is tried here: it has to be a moment of the real clock.
    let _ = is_ready.recv_timeout(Duration::from_secs(20));
    std::thread::park_timeout(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    let said = reader.join().unwrap();
    let mut lines = said.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::trim_end);
    assert_eq!(lines.next(), Some("ready"));
    let number = |line: &str| {
        let (number, what) = line.split_once(' ').unwrap();
        assert!(matches!(what, "done" | "queued"), "{line}");
        number.parse().unwrap()
    };
    lines.map(number).collect()
}

async fn laid_down_at(path: &Path) {
    laid_down(&SqliteLedger::open(path).await.unwrap()).await;
}

/// The numbers in a ledger's journal; each has one line and one effect.
async fn recorded(path: &Path) -> Vec<u128> {
    let ledger = SqliteLedger::open(path).await.unwrap();
    let journal: Vec<u128> = journal(&ledger).await.iter().skip(1).map(|entry| entry.id.0.as_u128()).collect();
    assert_eq!(doubled(&journal), []);
    let snapshot = snapshot(&ledger).await;
    let effects: usize = snapshot.items.iter().map(|item| usize::from(item.state.notes)).sum();
    assert_eq!(effects, journal.len(), "one effect for each line");
    journal
}

async fn waiting(outbox: &Outbox) -> Vec<u128> {
    outbox.acts(&address()).await.unwrap().iter().map(|act| act.entry.id.0.as_u128()).collect()
}

/// Sends what is left over a network that works.
async fn delivered(outbox: &Arc<Outbox>, remote: &Path) {
    let ledger: Arc<dyn Ledger> = Arc::new(SqliteLedger::open(remote).await.unwrap());
    let (facts, mut heard) = tokio::sync::mpsc::channel(64);
    tokio::spawn(async move { while heard.recv().await.is_some() {} });
    let mut delivery = Delivery {
        outbox: Arc::clone(outbox),
        source: Arc::new(Embedded::new(ledger, plan_id(), me(), Duration::from_secs(2))),
        address: address(),
        holder: holder(1),
        clock: Arc::new(|| minute(0)),
        chance: Chance(1),
        facts,
        waker: Default::default(),
    };
    loop {
        match delivery.round(100).await {
            Round::Idle => return,
            Round::Sent => {}
            other @ (Round::NotOurs | Round::Down(_) | Round::SignIn(_) | Round::Broken(_)) => panic!("{other:?}"),
        }
    }
}

async fn rounds(way: Way, count: u64) {
    let seed = seed();
    let mut chance = Chance(seed);
    let (mut done, mut acts) = (0, 0);
    while done < count {
        let directory = quick_directory();
        let path = directory.path();
        let record = path.join(if way == Way::Ledger { "ledger.db" } else { "remote.db" });
        laid_down_at(&record).await;
        let (mut said, mut first): (HashSet<u128>, u128) = (HashSet::new(), 1);
        // A few on the same files, the later ones on what the earlier ones left.
        for _ in 0..(count - done).min(20) {
            done += 1;
            // Often while it opens, seldom late.
            let longest = [1_000, 6_000, 20_000][usize::try_from(chance.below(3)).unwrap()];
            let delay = Duration::from_micros(chance.below(longest));
            let told = killed(way, path, first, delay);
            acts += told.len();
            first = told.iter().max().map_or(first, |last| *last + 1);
            said.extend(told);
            let there: HashSet<u128> = match way {
                Way::Ledger => recorded(&record).await.into_iter().collect(),
                Way::Outbox => waiting(&*open_outbox(path).await).await.into_iter().collect(),
                Way::Deliver => {
                    let waiting = waiting(&*open_outbox(path).await).await;
                    recorded(&record).await.into_iter().chain(waiting).collect()
                }
            };
            let lost: Vec<&u128> = said.difference(&there).collect();
            assert!(lost.is_empty(), "lost {lost:?} of {}: seed {seed}, round {done}", said.len());
            // What it had no time to say is done again under its id, by the next one: `first` is not moved past it.
        }
        if way != Way::Ledger {
            let outbox = open_outbox(path).await;
            delivered(&outbox, &record).await;
            let there: HashSet<u128> = recorded(&record).await.into_iter().collect();
            assert!(said.is_subset(&there) && waiting(&outbox).await.is_empty(), "seed {seed}");
        }
    }
    println!("{way:?}: {done} kills, {acts} acts");
    assert!(acts > 0);
}

#[tokio::test]
async fn a_hundred_kills_lose_and_double_nothing_in_the_ledger() {
    rounds(Way::Ledger, 100).await;
}

#[tokio::test]
async fn a_hundred_kills_lose_and_double_nothing_in_the_outbox() {
    rounds(Way::Outbox, 100).await;
}

#[tokio::test]
async fn a_hundred_kills_lose_and_double_nothing_on_the_way() {
    rounds(Way::Deliver, 100).await;
}

#[tokio::test]
#[ignore = "long"]
async fn ten_thousand_kills_lose_and_double_nothing() {
    for (way, count) in [(Way::Ledger, 3_000), (Way::Outbox, 3_000), (Way::Deliver, 4_000)] {
        rounds(way, count).await;
    }
}
