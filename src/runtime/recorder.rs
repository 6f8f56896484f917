//! [`Recorder`]: the one task that has the local history's file: it opens it, writes and reads in order. The first picture of a day
//! is written at once; of later ones only the last, once in some minutes and before anything is read.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{Timestamp, civil::Date};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        oneshot,
    },
    time::{Instant, sleep_until, timeout},
};

use crate::{
    domain::{failure::Failure, past::Past, sentence::Sentence, snapshot::Snapshot},
    store::history::{Address, History, Opened, Picture},
};

/// Another picture of the same day is written no sooner than after so long.
pub const EVERY: Duration = Duration::from_secs(10 * 60);

/// How long leaving waits until what was seen last is written.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where days are kept, and how many.
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// Which plan of which source.
    pub address: Address,
    /// How many days back.
    pub days: u16,
    /// The machine's clock.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The way to the task that keeps days; what it has to tell.
pub struct Recorder {
    orders: UnboundedSender<Order>,
    told: Mutex<UnboundedReceiver<Sentence>>,
}

/// What is asked of it.
pub(super) enum Order {
    /// It stands so on that day.
    Keep(Date, Picture),
    /// It stands on that day as it did.
    Unchanged(Date),
    /// How did it stand on that day?
    Day(Date, oneshot::Sender<Result<Snapshot, Failure>>),
    /// How did it stand at the end of each week before that day?
    Past(Date, oneshot::Sender<Result<Past, Failure>>),
    /// Everything that was seen is to be on the disk.
    Settle(oneshot::Sender<()>),
}

impl Recorder {
    /// Starts the task.
    pub(super) fn start(place: Place) -> Self {
        let (orders, asked) = unbounded_channel();
        let (tell, told) = unbounded_channel();
        tokio::spawn(work(place, asked, tell));
        Recorder { orders, told: Mutex::new(told) }
    }

    /// The way to it.
    pub(super) fn orders(&self) -> UnboundedSender<Order> {
        self.orders.clone()
    }

    /// Waits until what was seen is written, though not for ever.
    pub async fn settle(&self) {
        let (sender, settled) = oneshot::channel();
        let _ = self.orders.send(Order::Settle(sender));
        let _ = timeout(PATIENCE, settled).await;
    }

    /// What there is to tell by now.
    pub fn told(&self) -> Vec<Sentence> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| told.try_recv().ok()).collect()
    }

    /// What there will be to tell, as it comes; [`Recorder::told`] has nothing any more.
    pub(super) fn telling(&self) -> UnboundedReceiver<Sentence> {
        let (_, empty) = unbounded_channel();
        std::mem::replace(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner), empty)
    }
}

/// Forgets what was kept: nothing is to be.
///
/// # Errors
///
/// Where the file cannot be written.
pub async fn forget(path: &Path) -> Result<(), Failure> {
    History::forget(path).await
}

async fn work(place: Place, mut asked: UnboundedReceiver<Order>, tell: UnboundedSender<Sentence>) {
    let Place { path, address, days, clock } = place;
    let lost = |failure: &Failure| Sentence::new("said-history-lost").with("why", failure.why().clone());
    let history = match History::open(&path, address, days, clock()).await {
        Ok(Opened { history, damage }) => {
            let damaged = damage.map(|damage| {
                let said = Sentence::new("said-history-damaged").with("what", damage.what);
                said.with("file", damage.aside.display().to_string())
            });
            damaged.into_iter().for_each(|said| drop(tell.send(said)));
            Ok(history)
        }
        Err(failure) => {
            let _ = tell.send(lost(&failure));
            Err(failure)
        }
    };
    let mut desk = Desk { history, waits: None, written: None, failed: None, tell };
    loop {
        let due = desk.waits.as_ref().and(desk.written).map(|(_, at)| at + EVERY);
        let order = tokio::select! {
            order = asked.recv() => order,
            () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                desk.write().await;
                continue;
            }
        };
        match order {
            Some(order) => desk.carry_out(order).await,
            None => return desk.write().await,
        }
    }
}

/// What the task has before it.
struct Desk {
    history: Result<History, Failure>,
    /// What was seen and is not written.
    waits: Option<(Date, Picture)>,
    /// The day that was written last, and when.
    written: Option<(Date, Instant)>,
    /// What writing last failed with: it is told once.
    failed: Option<Failure>,
    tell: UnboundedSender<Sentence>,
}

impl Desk {
    async fn carry_out(&mut self, order: Order) {
        match order {
            Order::Keep(day, picture) => {
                if self.waits.as_ref().is_some_and(|(of, _)| *of != day) {
                    self.write().await;
                }
                self.waits = Some((day, picture));
                let is_soon = self.written.is_some_and(|(of, at)| of == day && at.elapsed() < EVERY);
                if !is_soon {
                    self.write().await;
                }
            }
            Order::Unchanged(day) => {
                self.write().await;
                if let Ok(history) = &self.history {
                    let result = history.keep_unchanged(day).await;
                    self.note(result);
                }
            }
            Order::Day(day, answer) => {
                self.write().await;
                let result = match &self.history {
                    Ok(history) => history.at(day).await,
                    Err(failure) => Err(failure.clone()),
                };
                let _ = answer.send(result);
            }
            Order::Past(day, answer) => {
                self.write().await;
                let result = match &self.history {
                    Ok(history) => history.past(day).await,
                    Err(failure) => Err(failure.clone()),
                };
                let _ = answer.send(result);
            }
            Order::Settle(done) => {
                self.write().await;
                let _ = done.send(());
            }
        }
    }

    /// Writes what waits.
    async fn write(&mut self) {
        let Some((day, picture)) = self.waits.take() else { return };
        let Ok(history) = &self.history else { return };
        let result = history.keep(day, picture.clone()).await;
        self.written = Some((day, Instant::now()));
        if result.is_err() {
            // Tried again with the next one, or in some minutes.
            self.waits = Some((day, picture));
        }
        self.note(result);
    }

    fn note(&mut self, result: Result<(), Failure>) {
        let failed = result.err();
        if let Some(failure) = failed.as_ref().filter(|_| failed != self.failed) {
            let _ = self.tell.send(Sentence::new("said-history-lost").with("why", failure.why().clone()));
        }
        self.failed = failed;
    }
}
