//! [`Figures`]: how long what took, and when what was handed in was told.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::server::Server;

#[derive(Default)]
pub(crate) struct Figures {
    took: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    /// When the entries were handed in, by their places.
    posted: Mutex<HashMap<u64, Instant>>,
    polls: watch::Sender<Option<Duration>>,
}

impl Figures {
    pub(crate) fn took(&self, what: &'static str, since: Instant) {
        self.add(what, since.elapsed());
    }

    fn add(&self, what: &'static str, took: Duration) {
        self.lock().entry(what).or_default().push(took);
    }

    /// The entry at that place was handed in then.
    pub(crate) fn posted(&self, seq: u64, since: Instant) {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).insert(seq, since);
    }

    /// A dashboard has the entries after `seen` up to `cursor` by now.
    pub(crate) fn told(&self, seen: u64, cursor: u64) {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Duration> =
            (seen + 1..=cursor).filter_map(|seq| posted.get(&seq)).map(Instant::elapsed).collect();
        drop(posted);
        known.into_iter().for_each(|took| self.add("told", took));
    }

    /// How often dashboards ask for the snapshot by its tag.
    pub(crate) fn poll_every(&self, every: Option<Duration>) {
        self.polls.send_replace(every);
    }

    pub(crate) fn polls(&self) -> watch::Receiver<Option<Duration>> {
        self.polls.subscribe()
    }

    pub(crate) fn forget(&self) {
        self.lock().clear();
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn median(&self, what: &str) -> Duration {
        let mut took = self.lock().get(what).cloned().unwrap_or_default();
        took.sort_unstable();
        at(&took, 50)
    }

    /// Says what there is and forgets it.
    pub(crate) fn say(&self, when: &str, server: &Server, lasting: Option<Duration>) {
        println!("\n{when} · server {}", server.memory());
        for (what, took) in self.lock().iter_mut() {
            took.sort_unstable();
            let per_second = lasting.map_or(String::new(), |lasting| {
                format!("{:>9.1} a second", took.len() as f64 / lasting.as_secs_f64())
            });
            let [half, most, all] = [50, 99, 100].map(|part| at(took, part).as_secs_f64() * 1_000.0);
            let count = took.len();
            println!(
                "  {what:<12}{count:>8}  p50 {half:>9.2} ms  p99 {most:>9.2} ms  longest {all:>9.2} ms{per_second}"
            );
        }
        self.forget();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<&'static str, Vec<Duration>>> {
        self.took.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn at(sorted: &[Duration], part: usize) -> Duration {
    sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}
