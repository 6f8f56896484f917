//! Load on a shared ledger: `cargo run --release --example load -- STORE` starts `tiendo serve` on a ledger that holds a large plan
//! (see `large_plan`), opens dashboards and writers on it, and says how long everything took and what memory the server took.
//! STORE is a file or a URL, as for `tiendo serve --store`; what is written are remarks, signed `load-…`.
//!
//! A dashboard fetches the snapshot, opens an event stream, fetches the journal after its cursor at each event, and asks for the
//! snapshot again, by its tag, at intervals. A writer hands in one remark at a time. A slow reader asks for the snapshot and takes a
//! KiB a second of it, and opens an event stream it does not read.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a tool for measuring: what goes wrong ends it"
)]

mod dashboard;
mod figures;
mod server;
mod slow;
mod writer;

use std::{sync::Arc, time::Duration};

use figures::Figures;
use server::{Ending, Server};
use tokio::time::sleep;

const USAGE: &str = "usage: load STORE [--dashboards 50] [--writers 10] [--seconds 15] [--slow 10] [--ramp]";

/// Remarks of one writer in a second, where it is not flat out.
const PACE: u64 = 2;

struct Wanted {
    store: String,
    dashboards: usize,
    writers: usize,
    seconds: u64,
    slow: usize,
    ramp: bool,
}

fn main() {
    let Some(wanted) = wanted(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        std::process::exit(2);
    };
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(load(&wanted));
    // What waits on an event stream is not waited for.
    runtime.shutdown_background();
}

fn wanted(mut arguments: impl Iterator<Item = String>) -> Option<Wanted> {
    let store = arguments.next().filter(|store| !store.starts_with('-'))?;
    let mut wanted = Wanted { store, dashboards: 50, writers: 10, seconds: 15, slow: 10, ramp: false };
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next()?.parse::<usize>().ok();
        match argument.as_str() {
            "--dashboards" => wanted.dashboards = number()?,
            "--writers" => wanted.writers = number()?,
            "--seconds" => wanted.seconds = number()? as u64,
            "--slow" => wanted.slow = number()?,
            "--ramp" => wanted.ramp = true,
            _ => return None,
        }
    }
    Some(wanted)
}

async fn load(wanted: &Wanted) {
    let server = Arc::new(Server::start(&wanted.store));
    let _ending = Ending(&server);
    let profile = if cfg!(debug_assertions) { "not optimised" } else { "optimised" };
    println!("{} on {} ({profile}); the server takes {}", server.plan(), wanted.store, server.memory());
    if wanted.ramp {
        ramp(&server, wanted).await;
        return;
    }
    let figures = Arc::new(Figures::default());
    let dashboards = dashboard::open(&server, &figures, wanted.dashboards).await;
    figures.say(&format!("{} dashboards, all opened at once", wanted.dashboards), &server, None);

    let quiet = Duration::from_secs(wanted.seconds.min(5));
    figures.poll_every(Some(Duration::from_millis(100)));
    sleep(quiet).await;
    figures.poll_every(None);
    figures.say("nothing new, the snapshot asked for by its tag ten times a second", &server, Some(quiet));

    let lasting = Duration::from_secs(wanted.seconds);
    writer::write(&server, &figures, wanted.writers, Some(PACE), lasting).await;
    figures.say(&format!("{} writers, {PACE} remarks a second each", wanted.writers), &server, Some(lasting));

    let slow = slow::open(&server, wanted.slow).await;
    sleep(Duration::from_secs(1)).await;
    figures.forget();
    writer::write(&server, &figures, wanted.writers, Some(PACE), lasting).await;
    figures.say(&format!("the same, with {} slow readers", wanted.slow), &server, Some(lasting));
    slow.iter().for_each(tokio::task::JoinHandle::abort);

    writer::write(&server, &figures, wanted.writers, None, lasting).await;
    figures.say(&format!("{} writers, flat out", wanted.writers), &server, Some(lasting));
    dashboards.iter().for_each(tokio::task::JoinHandle::abort);
}

/// More and more dashboards, until what is written is on most screens only after a second.
async fn ramp(server: &Arc<Server>, wanted: &Wanted) {
    let figures = Arc::new(Figures::default());
    let mut open = Vec::new();
    for dashboards in [25, 50, 100, 200, 400, 800, 1_600] {
        open.extend(dashboard::open(server, &figures, dashboards - open.len()).await);
        figures.forget();
        let lasting = Duration::from_secs(wanted.seconds.min(8));
        writer::write(server, &figures, wanted.writers, Some(PACE), lasting).await;
        let late = figures.median("told");
        figures.say(&format!("{dashboards} dashboards, {} writers", wanted.writers), server, Some(lasting));
        if late > Duration::from_secs(1) {
            println!(
                "it bends at {dashboards} dashboards: half of them are told after {:.1} s or later",
                late.as_secs_f64()
            );
            break;
        }
    }
    open.iter().for_each(tokio::task::JoinHandle::abort);
}
