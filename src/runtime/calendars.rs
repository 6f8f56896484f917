//! [`Calendars`]: the shared calendars of a source, each looked at by a task of its own: at once, then every few minutes. The last
//! good copy stays whatever happens to the calendar, and is kept for the next start. What goes wrong is told once.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{
    StreamExt as _,
    stream::{BoxStream, unfold},
};
use tokio::{
    sync::watch,
    task::{JoinHandle, spawn_blocking},
    time::{sleep, timeout},
};

use crate::{
    domain::{failure::Failure, sentence::Sentence, text::Text},
    sources::calendar::Calendar,
    store::calendars::KeptCalendar,
};

/// How often a file of this machine is looked at.
const FILE: Duration = Duration::from_secs(2);

/// Calendars that are watched for as long as this is there.
pub struct Calendars {
    shared: Arc<Shared>,
    tasks: Vec<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    /// How often anything came; and how many have been looked at once.
    came: watch::Sender<(u64, usize)>,
}

#[derive(Default)]
struct State {
    names: Vec<Text>,
    copies: Vec<Option<Arc<Vec<u8>>>>,
    said: Vec<Sentence>,
}

impl Calendars {
    /// Watches each calendar, every `interval`; its last copy is where it is kept. Needs a tokio runtime.
    pub fn watch(calendars: Vec<(Calendar, Option<KeptCalendar>)>, interval: Duration) -> Self {
        let names = calendars.iter().map(|(calendar, _)| calendar.name.clone()).collect();
        let copies =
            calendars.iter().map(|(_, kept)| kept.as_ref().and_then(KeptCalendar::read).map(Arc::new)).collect();
        let state = Mutex::new(State { names, copies, said: Vec::new() });
        let shared = Arc::new(Shared { state, came: watch::Sender::new((0, 0)) });
        let watch = |(place, (calendar, kept)): (usize, (Calendar, Option<KeptCalendar>))| {
            tokio::spawn(watch(place, calendar, kept, interval, Arc::clone(&shared)))
        };
        let tasks = calendars.into_iter().enumerate().map(watch).collect();
        Calendars { shared, tasks }
    }

    /// Waits until each was looked at once, for so long at most.
    pub(super) async fn settled(&self, patience: Duration) {
        let all = self.tasks.len();
        let mut came = self.shared.came.subscribe();
        let _ = timeout(patience, came.wait_for(|(_, looked)| *looked >= all)).await;
    }

    /// How often anything came.
    pub(super) fn generation(&self) -> u64 {
        self.shared.came.borrow().0
    }

    /// The copies there are, each with its calendar's name.
    pub(super) fn copies(&self) -> Vec<(Text, Arc<Vec<u8>>)> {
        let state = self.shared.state();
        let both = state.names.iter().zip(&state.copies);
        both.filter_map(|(name, copy)| Some((name.clone(), Arc::clone(copy.as_ref()?)))).collect()
    }

    /// What there is to tell, since this was last called.
    pub(super) fn said(&self) -> Vec<Sentence> {
        std::mem::take(&mut self.shared.state().said)
    }

    /// There is something to tell.
    pub(super) fn say(&self, said: Vec<Sentence>) {
        self.shared.state().said.extend(said);
    }

    /// Says when anything came or there is something to tell.
    pub(super) fn changed(&self) -> BoxStream<'static, ()> {
        unfold(self.shared.came.subscribe(), |mut came| async move {
            if came.changed().await.is_err() {
                futures::future::pending::<()>().await;
            }
            came.borrow_and_update();
            Some(((), came))
        })
        .boxed()
    }
}

impl Drop for Calendars {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another copy came.
    fn take(&self, place: usize, copy: Vec<u8>) -> bool {
        let mut state = self.state();
        let Some(known) = state.copies.get_mut(place) else { return false };
        // Some servers know no tags: what came may be what there is.
        if known.as_ref().is_some_and(|known| **known == copy) {
            return false;
        }
        *known = Some(Arc::new(copy));
        true
    }
}

async fn watch(place: usize, calendar: Calendar, kept: Option<KeptCalendar>, interval: Duration, shared: Arc<Shared>) {
    let mut failure: Option<Failure> = None;
    let mut first = true;
    loop {
        let looked = calendar.look().await;
        let mut news = false;
        match looked {
            Ok(copy) => {
                failure = None;
                if let Some(copy) = copy {
                    let to_keep = kept.clone().map(|kept| (kept, copy.clone()));
                    if shared.take(place, copy) {
                        news = true;
                        if let Some((kept, copy)) = to_keep {
                            spawn_blocking(move || {
                                if let Err(error) = kept.write(&copy) {
                                    tracing::warn!(%error, "a calendar is not kept");
                                }
                            });
                        }
                    }
                }
            }
            Err(why) => {
                if failure.as_ref().map(Failure::why).map(|why| why.id) != Some(why.why().id) {
                    let has_copy = shared.state().copies.get(place).is_some_and(Option::is_some);
                    shared.state().said.push(told(&calendar.name, &why, has_copy));
                    news = true;
                }
                failure = Some(why);
            }
        }
        shared.came.send_if_modified(|(generation, looked)| {
            *generation += u64::from(news);
            *looked += usize::from(first);
            news
        });
        if first && !news {
            // Who waits for the first look is not woken by what changes nothing.
            shared.came.send_modify(|_| {});
        }
        first = false;
        sleep(if calendar.is_file() { FILE.min(interval) } else { interval }).await;
    }
}

/// What went wrong with a calendar, what stays, and what to do.
fn told(name: &Text, failure: &Failure, has_copy: bool) -> Sentence {
    let next = match failure {
        Failure::Offline(_) => "calendar-next-offline",
        Failure::Denied(_) => "calendar-next-denied",
        Failure::Refused(_) | Failure::Unreadable(_) => "calendar-next-refused",
    };
    Sentence::new(if has_copy { "calendar-failed-kept" } else { "calendar-failed" })
        .with("name", name)
        .with("why", failure.why().clone())
        .with("next", Sentence::new(next))
}
