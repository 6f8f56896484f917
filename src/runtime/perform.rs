//! Carries effects out: each in a task whose only way back is a fact.

use std::sync::Arc;

use tokio::sync::mpsc::Sender;

use crate::{
    app::{action::Action, effect::Effect, msg::Msg},
    domain::{answer::Filter, text::Text},
    sources::Source,
};

/// How many entries of an item's history are shown.
const HISTORY: u32 = 200;

/// Has what effects need.
pub(super) struct Performer {
    source: Arc<dyn Source>,
    facts: Sender<Msg>,
}

impl Performer {
    pub(super) fn new(source: Arc<dyn Source>, facts: Sender<Msg>) -> Self {
        Performer { source, facts }
    }

    /// Starts what `effect` asks for. What concerns the terminal is the loop's own.
    pub(super) fn perform(&self, effect: Effect) {
        match effect {
            Effect::Fetch { ticket, cursor } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let result = source.fetch(cursor).await;
                    Some(Msg::Fetched { ticket, result })
                });
            }
            Effect::FetchHistory { item } => {
                let source = Arc::clone(&self.source);
                self.tell(async move {
                    let filter = Filter { item: Some(item.clone()), limit: Some(HISTORY), ..Filter::default() };
                    let result = source.entries(&filter).await;
                    Some(Msg::HistoryFetched { item, result })
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
            Effect::Copy(_) | Effect::Suspend | Effect::Quit => {}
        }
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
