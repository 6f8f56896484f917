//! Handing in what was done: one act after the other, in the order they were made, through one task. What is under way when
//! the program is left is finished first.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::{Sender, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use uuid::Uuid;

use crate::{
    app::msg::{Msg, Ticket},
    domain::{entry::Entry, stamp::stamp},
    sources::Source,
};

/// How long leaving waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// The task that hands acts in, and the way to it.
pub(super) struct Acts {
    sender: UnboundedSender<Act>,
    task: JoinHandle<()>,
}

struct Act {
    ticket: Ticket,
    entries: Vec<Entry>,
    now: Timestamp,
}

impl Acts {
    pub(super) fn new(source: Arc<dyn Source>, facts: Sender<Msg>) -> Self {
        let (sender, mut waiting) = unbounded_channel::<Act>();
        let task = tokio::spawn(async move {
            while let Some(Act { ticket, entries, now }) = waiting.recv().await {
                let result = source.send(&entries, now).await;
                // Nobody listens any more while the program is left; what was handed in stands all the same.
                let _ = facts.send(Msg::Acted { ticket, entries, result }).await;
            }
        });
        Acts { sender, task }
    }

    /// Gives the drafts their ids and hands them in after what was handed in before.
    pub(super) fn hand_in(&self, ticket: Ticket, mut drafts: Vec<Entry>, now: Timestamp) {
        stamp(&mut drafts, now, Uuid::now_v7);
        // The task ends only with this sender.
        let _ = self.sender.send(Act { ticket, entries: drafts, now });
    }

    /// Waits until everything is handed in, though not for ever.
    pub(super) async fn finish(self) {
        drop(self.sender);
        let _ = timeout(PATIENCE, self.task).await;
    }
}
