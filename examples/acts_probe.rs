//! Way without a screen, for the tests that kill it: it says every act on its output once it is durable, and does the next.
//!
//! `acts_probe ledger|outbox|deliver DIRECTORY FIRST [COUNT]`: acts FIRST, FIRST + 1 and so on, each a remark on one of
//! three tasks; a line `1 done`, `1 queued` or `1 failed …` for each. `deliver` queues and sends to a ledger beside it,
//! over a network that loses answers. With `PROBE_LIMIT` no file of it may grow beyond so many bytes, which the system then
//! refuses as a failing disk would.

use std::{
    io::Write as _,
    path::Path,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, stream::BoxStream};
use jiff::{Timestamp, civil::date};
use tiendo::{
    app::sync::Chance,
    domain::{
        answer::{Admission, Fetched, Filter, Page},
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        snapshot::Snapshot,
    },
    ledger::sqlite::SqliteLedger,
    runtime::{
        delivery::{Delivery, Round},
        way::{Acted, Way},
    },
    sources::{Answer, Capabilities, Source, embedded::Embedded},
    store::outbox::{Address, Holder, Outbox},
};
use tokio::sync::mpsc;
use uuid::Uuid;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [way, directory, first, rest @ ..] = arguments.as_slice() else { return ExitCode::from(2) };
    let (Ok(first), count) = (first.parse(), rest.first().and_then(|count| count.parse().ok())) else {
        return ExitCode::from(2);
    };
    limit_files();
    let Ok(tokio) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return ExitCode::FAILURE;
    };
    match tokio.block_on(run(way, Path::new(directory), first, count.unwrap_or(u128::MAX))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("failed: {failure}"));
            ExitCode::FAILURE
        }
    }
}

#[cfg(unix)]
fn limit_files() {
    let limit = std::env::var("PROBE_LIMIT").ok().and_then(|limit| limit.parse().ok());
    if limit.is_some() {
        // Without somebody to hear it, the signal would end the program before the error is seen.
        let heard = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let _ = signal_hook::flag::register(25, heard);
        let limit = rustix::process::Rlimit { current: limit, maximum: limit };
        let _ = rustix::process::setrlimit(rustix::process::Resource::Fsize, limit);
    }
}

#[cfg(not(unix))]
fn limit_files() {}

async fn run(way: &str, directory: &Path, first: u128, count: u128) -> Result<(), Failure> {
    let acts = match way {
        "ledger" => Way::Direct(Arc::new(ledger(&directory.join("ledger.db")).await?)),
        _ => {
            let outbox = Arc::new(Outbox::open(&directory.join("outbox.db"), Timestamp::now()).await?.outbox);
            Way::Outbox { outbox, address: address(), waker: Default::default() }
        }
    };
    let mut delivery = match &acts {
        Way::Outbox { outbox, .. } if way == "deliver" => Some(delivery(directory, outbox, first).await?),
        Way::Outbox { .. } | Way::Direct(_) => None,
    };
    say("ready");
    for number in (first..).take(usize::try_from(count).unwrap_or(usize::MAX)) {
        let said = match acts.act(&[remark(number)], Timestamp::now()).await.as_deref() {
            Ok([Acted::Queued]) => format!("{number} queued"),
            Ok([Acted::Answered(Admission::Applied { .. } | Admission::Replayed { .. })]) => format!("{number} done"),
            Ok(other) => format!("{number} failed {other:?}"),
            Err(failure) => format!("{number} failed {failure}"),
        };
        say(&said);
        if let Some(delivery) = &mut delivery {
            while matches!(delivery.round(3).await, Round::Sent) {}
        }
    }
    Ok(())
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn remark(number: u128) -> Entry {
    let id = EntryId(Uuid::from_u128(number));
    let item = format!("task:N{}", number % 3 + 1);
    let at = Timestamp::UNIX_EPOCH;
    let note = Some("một ghi chú".into());
    Entry { note, ..Entry::new(id, item.as_str().into(), Verb::Note, date(2023, 5, 8), at) }
}

fn address() -> Address {
    Address { source: "remote https://tiendo.example".into(), plan: "p".into(), by: "me".into() }
}

async fn ledger(path: &Path) -> Result<Embedded, Failure> {
    let ledger = Arc::new(SqliteLedger::open(path).await?);
    Ok(Embedded::new(ledger, "p".into(), "me".into(), Duration::from_secs(2)))
}

async fn delivery(directory: &Path, outbox: &Arc<Outbox>, seed: u128) -> Result<Delivery, Failure> {
    let remote = ledger(&directory.join("remote.db")).await?;
    let (facts, mut heard) = mpsc::channel(64);
    tokio::spawn(async move { while heard.recv().await.is_some() {} });
    let seed = u64::try_from(seed).unwrap_or(1);
    Ok(Delivery {
        outbox: Arc::clone(outbox),
        source: Arc::new(Lossy { remote, requests: AtomicU64::new(seed) }),
        address: address(),
        // The same one each time: the one before it was killed and its lease is still there.
        holder: Holder(Uuid::from_u128(1)),
        clock: Arc::new(Timestamp::now),
        chance: Chance(seed),
        facts,
        waker: Default::default(),
    })
}

/// Takes what it is sent; every third answer is lost.
struct Lossy {
    remote: Embedded,
    requests: AtomicU64,
}

impl Source for Lossy {
    fn send<'a>(&'a self, entries: &'a [Entry], now: Timestamp) -> Answer<'a, Vec<Admission>> {
        async move {
            let answers = self.remote.send(entries, now).await;
            let number = self.requests.fetch_add(1, Ordering::Relaxed);
            if number % 3 == 2 {
                Err(Failure::Offline(tiendo::domain::sentence::Sentence::new("source-silent")))
            } else {
                answers
            }
        }
        .boxed()
    }

    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        self.remote.fetch(cursor)
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        self.remote.at(instant)
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        self.remote.entries(filter)
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        self.remote.changed()
    }

    fn capabilities(&self) -> Capabilities {
        self.remote.capabilities()
    }

    fn label(&self) -> String {
        self.remote.label()
    }
}
