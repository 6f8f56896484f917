//! [`Desk`]: where `tiendo act` acts from: the way acts go, and what of earlier ones is not confirmed, seen as done.

use std::{collections::HashMap, sync::Arc};

use crate::{
    cli::{outbox, output, session::Session, view::View},
    domain::{
        answer::Filter,
        entry::{Entry, Verb},
        id::ItemId,
        overlay::Unconfirmed,
        snapshot::Snapshot,
        waiting::{Act, Waiting},
    },
    runtime::errand::Errand,
    sources::Source,
};

/// Where it is acted from.
pub(super) struct Desk {
    /// The way acts go.
    pub errand: Errand,
    /// What is not confirmed.
    pub waiting: Waiting,
}

impl Desk {
    /// Opens the outbox before a remote source and lays what waits there over what the source says. Where it is only to be
    /// looked (`dry`), no outbox is made.
    pub(super) async fn open(session: &Session, view: &mut View, dry: bool) -> anyhow::Result<Desk> {
        let source = Arc::clone(&view.opened.source);
        let goes = source.capabilities().writes && (!dry || outbox::is_there(session));
        let (post, found) = if goes { outbox::post(session, source.as_ref()).await? } else { None }.unzip();
        if let Some(damage) = found.and_then(|found| found.damage) {
            output::complain(&format!("tiendo: {}", session.words.say(&damage)));
        }
        let errand = Errand::new(source, post);
        let waiting = Waiting::new(errand.waiting().await?);
        lay(view.opened.source.as_ref(), &mut view.snapshot, waiting.acts()).await?;
        Ok(Desk { errand, waiting })
    }
}

/// Lays acts that are not confirmed over a snapshot.
pub(super) async fn lay<'a>(
    source: &dyn Source,
    snapshot: &mut Snapshot,
    acts: impl IntoIterator<Item = &'a Act>,
) -> anyhow::Result<()> {
    let mut unconfirmed = Unconfirmed::default();
    acts.into_iter().filter(|act| act.is_shown()).for_each(|act| unconfirmed.queued(act.entry.clone()));
    let histories = histories(source, unconfirmed.acts()).await?;
    let overlay = unconfirmed.over(snapshot, |item| histories.get(item).cloned());
    let _ = snapshot.lay(overlay);
    Ok(())
}

/// The journals of the items on which something is taken back, in order.
pub(super) async fn histories(source: &dyn Source, entries: &[Entry]) -> anyhow::Result<HashMap<ItemId, Vec<Entry>>> {
    let mut histories = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.verb == Verb::Reverse) {
        if !histories.contains_key(&entry.item) {
            let filter = Filter { item: Some(entry.item.clone()), ..Filter::default() };
            let mut journal = source.entries(&filter).await?.entries;
            journal.reverse();
            histories.insert(entry.item.clone(), journal);
        }
    }
    Ok(histories)
}
