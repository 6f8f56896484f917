//! Carries effects out: each in a task whose only way back is a fact.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::Sender,
    task::{AbortHandle, JoinHandle},
    time::timeout,
};
use uuid::Uuid;

use super::{
    acts::{Acts, Left},
    listener::Listener,
    post::Post,
    recorder::Recorder,
};
use crate::{
    app::{
        action::Action,
        effect::Effect,
        msg::{Msg, Ticket},
    },
    domain::{
        answer::Filter,
        id::{ActorId, EntryId},
        steps,
        text::Text,
    },
    sources::{Remembered, Source},
    store::{first_steps, seen::Seen},
};

/// How many entries of an item's history are shown.
const HISTORY: u32 = 200;

/// How long leaving waits for an amendment or a look under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// Has what effects need.
pub struct Performer {
    source: Arc<dyn Source>,
    me: Option<ActorId>,
    acts: Acts,
    /// Where looks are kept; none where they are not.
    seen: Option<Arc<Seen>>,
    /// Where days are kept; none where the source can tell them.
    recorder: Option<Recorder>,
    /// The file that says that the first steps need not be shown again.
    first_steps: Option<PathBuf>,
    /// Amendments under way, and looks that are being kept.
    under_way: Mutex<Vec<JoinHandle<()>>>,
    /// The fetch under way.
    fetching: Mutex<Option<AbortHandle>>,
    listener: Arc<Listener>,
    facts: Sender<Msg>,
}

impl Performer {
    /// Effects are about `source`; what is done goes there through `post`, where there is one. Needs a tokio runtime.
    pub fn new(source: Arc<dyn Source>, me: Option<ActorId>, post: Option<Post>, facts: Sender<Msg>) -> Self {
        let acts = Acts::new(Arc::clone(&source), post, facts.clone());
        Performer {
            source,
            me,
            acts,
            seen: None,
            recorder: None,
            first_steps: None,
            under_way: Mutex::default(),
            fetching: Mutex::default(),
            listener: Arc::default(),
            facts,
        }
    }

    /// Looks are kept there.
    pub fn keeping(self, seen: Option<Seen>) -> Self {
        Performer { seen: seen.map(Arc::new), ..self }
    }

    /// That the first steps need not be shown again is kept there.
    pub fn teaching(self, first_steps: Option<PathBuf>) -> Self {
        Performer { first_steps, ..self }
    }

    /// Days are kept there; what it has to tell is passed on.
    pub fn recording(self, recorder: Option<Recorder>) -> Self {
        if let Some(recorder) = &recorder {
            let (mut telling, facts) = (recorder.telling(), self.facts.clone());
            tokio::spawn(async move {
                while let Some(said) = telling.recv().await {
                    let _ = facts.send(Msg::HistoryTold(said)).await;
                }
            });
        }
        Performer { recorder, ..self }
    }

    /// Waits until what was done is handed in; says what of it was not sent.
    pub async fn finish(self) -> Left {
        let left = self.acts.finish().await;
        let under_way = self.under_way.into_inner().unwrap_or_else(PoisonError::into_inner);
        for work in under_way {
            let _ = timeout(PATIENCE, work).await;
        }
        if let Some(recorder) = self.recorder {
            recorder.settle().await;
        }
        left
    }

    /// Starts what `effect` asks for. What concerns the terminal is the loop's own.
    pub fn perform(&self, effect: Effect, now: Timestamp) {
        match effect {
            Effect::Fetch { ticket, cursor } => self.fetch(ticket, cursor),
            Effect::StopFetch => {
                let fetch = self.fetching.lock().unwrap_or_else(PoisonError::into_inner).take();
                fetch.iter().for_each(AbortHandle::abort);
            }
            Effect::Recall => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let remembered = source.recall().await;
                    Some(Msg::Recalled(remembered.map(|Remembered { snapshot, at }| (Box::new(snapshot), at))))
                });
            }
            Effect::Keep => self.source.keep(),
            Effect::FetchDay { ticket, instant } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let result = source.at(instant).await.map(Box::new);
                    Some(Msg::DayFetched { ticket, result })
                });
            }
            Effect::FetchPast { ticket, day } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let result = source.past(day).await.map(Box::new);
                    Some(Msg::PastFetched { ticket, result })
                });
            }
            Effect::FetchHistory { item, until } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let filter = Filter { item: Some(item.clone()), until, limit: Some(HISTORY), ..Filter::default() };
                    let result = source.entries(&filter).await;
                    Some(Msg::HistoryFetched { item, result })
                });
            }
            Effect::FetchJournal { ticket, filter } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let result = source.entries(&filter).await;
                    Some(Msg::JournalFetched { ticket, result })
                });
            }
            Effect::FetchChanges { ticket, filter } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let result = source.entries(&filter).await;
                    Some(Msg::ChangesFetched { ticket, result })
                });
            }
            Effect::KeepLook(look) => {
                let Some(seen) = self.seen.clone() else { return };
                let facts = self.facts.clone();
                self.outlast(async move {
                    if let Err(failure) = seen.keep(look).await {
                        let _ = facts.send(Msg::LookLost(failure)).await;
                    }
                });
            }
            Effect::KeepFirstSteps => {
                if let Some(path) = self.first_steps.clone() {
                    self.outlast(async move {
                        let made = tokio::task::spawn_blocking(move || first_steps::keep(&path)).await;
                        if let Ok(Err(error)) = made {
                            tracing::warn!(%error, "the first steps will be shown again");
                        }
                    });
                }
            }
            Effect::Act { ticket, drafts } => self.acts.hand_in(ticket, drafts, now),
            Effect::Withdraw { ticket, ids } => self.acts.withdraw(ticket, ids),
            Effect::Decide { id, decision } => self.acts.decide(id, decision),
            Effect::Reply { id, reply } => {
                let (source, facts) = (Arc::clone(&self.source), self.facts.clone());
                self.outlast(async move {
                    let result = source.reply(id, &reply).await;
                    // Nobody listens any more while the program is left; what was decided is.
                    let _ = facts.send(Msg::Replied { id, reply, result }).await;
                });
            }
            Effect::SendNow => self.acts.send_now(),
            Effect::Amend { ticket, amendment } => {
                let (source, facts) = (Arc::clone(&self.source), self.facts.clone());
                self.outlast(async move {
                    let result = source.amend(&amendment, EntryId(Uuid::now_v7()), now).await;
                    // Nobody listens any more while the program is left; what was laid down stands all the same.
                    let _ = facts.send(Msg::Amended { ticket, amendment, result }).await;
                });
            }
            Effect::FetchSteps { direction } => {
                let (source, by) = (Arc::clone(&self.source), self.source.signs().or_else(|| self.me.clone()));
                self.tell(async move {
                    let filter = Filter { by, limit: Some(steps::BACK), ..Filter::default() };
                    let result = source.entries(&filter).await;
                    Some(Msg::StepsFetched { direction, result })
                });
            }
            Effect::OpenLink(link) => self.tell(async move {
                let opened = tokio::task::spawn_blocking(move || open::that_detached(link)).await;
                let failure = match opened {
                    Ok(Ok(())) => return None,
                    Ok(Err(error)) => error.to_string(),
                    Err(error) => error.to_string(),
                };
                Some(Msg::Failed { what: Action::OpenLink, why: Text::from(failure) })
            }),
            Effect::HandOver { .. }
            | Effect::KeepView { .. }
            | Effect::LookAround { .. }
            | Effect::SwitchTo(_)
            | Effect::ComposeMail { .. }
            | Effect::SendMail
            | Effect::StopMail
            | Effect::Copy(_)
            | Effect::Notify(_)
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    /// Runs `work`, which leaving waits for.
    fn outlast(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|work| !work.is_finished());
        under_way.push(tokio::spawn(work));
    }

    fn fetch(&self, ticket: Ticket, cursor: Option<u64>) {
        let (source, facts, listener) = (Arc::clone(&self.source), self.facts.clone(), Arc::clone(&self.listener));
        let task = tokio::spawn(async move {
            let result = source.fetch(cursor).await;
            // What is heard comes first: when to try again is decided with it.
            if let Some(news) = listener.news(source.heard(), Timestamp::now()) {
                let _ = facts.send(Msg::Heard(news)).await;
            }
            let _ = facts.send(Msg::Fetched { ticket, result }).await;
        });
        *self.fetching.lock().unwrap_or_else(PoisonError::into_inner) = Some(task.abort_handle());
    }

    /// Runs `work`, and passes the fact it ends with back. A panic in it is reported as any other and ends the program.
    fn tell(&self, work: impl Future<Output = Option<Msg>> + Send + 'static) {
        let facts = self.facts.clone();
        tokio::spawn(async move {
            if let Some(fact) = work.await {
                // Nobody listens any more: the program is ending.
                let _ = facts.send(fact).await;
            }
        });
    }
}
