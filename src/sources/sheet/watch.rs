//! [`watch`]: says when a workbook, or the ledger beside it, may have changed.

use futures::stream::{BoxStream, StreamExt, unfold};
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::JoinSet,
    time::sleep,
};

use super::{file::Stamp, follow::Place, source::Sheet};
use crate::sources::Source as _;

/// Says when `sheet` is worth asking. Never ends.
pub(super) fn watch(sheet: Sheet) -> BoxStream<'static, ()> {
    let watch = Watch { sheet, ledger: JoinSet::new(), written: None, glanced: None, settled: 0 };
    unfold(watch, |mut watch| async move {
        watch.wait().await;
        Some(((), watch))
    })
    .boxed()
}

/// Waits for something to be worth asking.
struct Watch {
    sheet: Sheet,
    /// Hears what others write into the ledger. It goes on while nobody listens: halfway in a question it would hold up others.
    ledger: JoinSet<()>,
    written: Option<Receiver<()>>,
    /// How the file was when it was glanced at last, and for how many glances it has been so.
    glanced: Option<Stamp>,
    settled: u32,
}

impl Watch {
    fn listen(&mut self) {
        if let (None, Ok(kept)) = (&self.written, self.sheet.kept()) {
            let (sender, written) = channel(1);
            self.written = Some(written);
            self.ledger.spawn(async move {
                let mut changes = kept.changed();
                while changes.next().await.is_some() && sender.send(()).await.is_ok() {}
            });
        }
    }

    async fn wait(&mut self) {
        loop {
            self.listen();
            let written = async {
                match &mut self.written {
                    Some(written) => written.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = written => return,
                () = sleep(self.sheet.rest()) => {}
            }
            let Place::File(path) = &self.sheet.following.place else { return };
            let found = self.sheet.following.stamp(path).await;
            let before = std::mem::replace(&mut self.glanced, found.as_ref().ok().cloned());
            self.settled = if before == self.glanced { self.settled.saturating_add(1) } else { 0 };
            if self.sheet.following.state().is_worth(&found, self.settled) {
                return;
            }
        }
    }
}
