//! What a source tells unasked, passed on as facts: that it changed, and how far a large answer has come.

use std::{sync::Arc, time::Duration};

use futures::StreamExt as _;
use tokio::{sync::mpsc, time::sleep};

use crate::{app::msg::Msg, sources::Source};

/// How often it is shown how far an answer has come.
const GLANCE: Duration = Duration::from_millis(100);

/// Passes on that the source may have changed.
pub(super) fn watch(source: &Arc<dyn Source>, sender: mpsc::Sender<Msg>) {
    let mut changes = source.changed();
    tokio::spawn(async move {
        while changes.next().await.is_some() {
            if sender.send(Msg::SourceChanged).await.is_err() {
                return;
            }
        }
    });
}

/// Passes on how far a large answer has come, not more often than one can see.
pub(super) fn follow_loading(source: &Arc<dyn Source>, sender: mpsc::Sender<Msg>) {
    let mut loading = source.loading();
    tokio::spawn(async move {
        while let Some(loading) = loading.next().await {
            if sender.send(Msg::Loading(loading)).await.is_err() {
                return;
            }
            sleep(GLANCE).await;
        }
    });
}
