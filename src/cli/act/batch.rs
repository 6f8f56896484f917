//! [`Batch`]: what is handed in by one call, in one step: shown beforehand, agreed to, handed in, told item by item.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Arguments,
    desk::{Desk, lay},
    fact::{ActFact, Telling, show},
    rehearse::rehearse,
};
use crate::{
    app::results::{Became, became, withdrawn},
    cli::{
        arguments::Shape,
        exit::{Exit, Stop},
        output,
        session::Session,
        view::{View, whole},
    },
    domain::{
        answer::Admission,
        entry::Entry,
        id::{EntryId, ItemId},
        sentence::{Sentence, Word},
        snapshot::Snapshot,
        stamp::stamp,
        text::clean_lines,
        waiting::{Act, Acted},
    },
};

/// Where a batch is carried out.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub session: &'a Session,
    pub view: &'a View,
    pub desk: &'a Desk,
}

/// What is to be handed in.
#[derive(Debug)]
pub(super) struct Batch {
    /// The id of the words that say what it is.
    pub what: Word,
    /// The items, in the order they are told.
    pub order: Vec<ItemId>,
    /// The entries it comes to, their ids still to be made.
    pub drafts: Vec<Entry>,
    /// What is taken back before it is sent.
    pub unsent: Vec<Entry>,
    /// What is refused beforehand.
    pub refused: Vec<(ItemId, Became)>,
    /// Why what was filled in does not fit an item.
    pub unfit: HashMap<ItemId, Sentence>,
    /// What reversals take back, down to the entries that are none.
    pub targets: HashMap<EntryId, Entry>,
    /// The question to be answered first, where there is one.
    pub question: Option<String>,
}

/// What became of a batch.
pub(super) struct Outcome {
    pub became: HashMap<ItemId, Became>,
    /// The places of what is in the journal.
    pub seqs: HashMap<EntryId, u64>,
    /// The entries with their ids, by item.
    pub entries: HashMap<ItemId, Vec<Entry>>,
    /// How many of them wait to be sent.
    pub queued: usize,
}

impl Batch {
    /// `what`, told of these items in this order.
    pub(super) fn new(what: Word, order: Vec<ItemId>) -> Self {
        Batch {
            what,
            order,
            drafts: Vec::new(),
            unsent: Vec::new(),
            refused: Vec::new(),
            unfit: HashMap::new(),
            targets: HashMap::new(),
            question: None,
        }
    }

    /// Does it, or only shows what it would be.
    pub(super) async fn carry_out(self, place: &Place<'_>, arguments: &Arguments) -> anyhow::Result<Exit> {
        let Place { session, view, .. } = place;
        if !arguments.dry_run {
            may_write(session, view)?;
        }
        if let (true, Some(filter)) = (self.order.is_empty(), &arguments.filter) {
            let said = session.words.with("cli-act-nothing", &[("filter", filter.as_str().into())]);
            output::complain(&clean_lines(&format!("tiendo: {said}")));
            if arguments.format == Shape::Table {
                return Ok(Exit::Done);
            }
        }
        let asks = self.question.as_ref().filter(|_| !arguments.yes && !arguments.dry_run && !self.drafts.is_empty());
        if let Some(question) = asks {
            if !output::is_somebody_there() {
                let nobody = session.words.with("cli-act-nobody", &[("question", question.as_str().into())]);
                return Err(Stop::with(Exit::Refused, nobody));
            }
            if arguments.format == Shape::Table {
                self.rehearsed(place, arguments.format).await?;
            }
            let question = session.words.with("cli-act-go-on", &[("question", question.as_str().into())]);
            if !output::agreed(&question)? {
                return Err(Stop::with(Exit::Refused, session.words.get("cli-act-declined")));
            }
        }
        if arguments.dry_run {
            return self.rehearsed(place, arguments.format).await;
        }
        self.handed_in(place, arguments.format).await
    }

    async fn rehearsed(&self, place: &Place<'_>, shape: Shape) -> anyhow::Result<Exit> {
        let Place { session, view, desk } = *place;
        let entries = self.stamped(view.opened.now);
        let rehearsal = rehearse(session, view, &entries).await?;
        let acted = rehearsal.answers.into_iter().map(Acted::Answered).collect();
        let gone = self.unsent.iter().map(|entry| (entry.item.clone(), Became::Withdrawn)).collect();
        let outcome = self.outcome(entries, acted, gone);
        let stays = |act: &&Act| self.unsent.iter().all(|entry| entry.id != act.entry.id);
        let without = match self.unsent.as_slice() {
            [] => None,
            _ => Some(seen(view, desk.waiting.acts().iter().filter(stays)).await?),
        };
        let snapshot = without.as_ref().unwrap_or(&view.snapshot);
        let after = |id: &ItemId| rehearsal.overlay.item(id).or_else(|| snapshot.item(id)).cloned();
        let telling = Telling { session, view, batch: self, outcome: &outcome, after: &after, dry: true };
        finish(&telling, shape)
    }

    async fn handed_in(&self, place: &Place<'_>, shape: Shape) -> anyhow::Result<Exit> {
        let Place { session, view, desk } = *place;
        // Later than when the plan was read, where somebody thought about the question.
        let now = Timestamp::now().max(view.opened.now);
        let gone = self.withdrawn(desk).await?;
        let entries = self.stamped(now);
        let acted = match entries.as_slice() {
            [] => Vec::new(),
            entries => desk.errand.hand_in(entries, now).await?,
        };
        let outcome = self.outcome(entries, acted, gone);
        // It is done, whether it can be read back or not.
        let waiting = desk.errand.waiting().await.unwrap_or_default();
        let snapshot = seen(view, &waiting).await.ok();
        let after = |id: &ItemId| snapshot.as_ref().and_then(|snapshot| snapshot.item(id)).cloned();
        let telling = Telling { session, view, batch: self, outcome: &outcome, after: &after, dry: false };
        finish(&telling, shape)
    }

    /// Takes back what was not sent; says what became of it, item by item.
    async fn withdrawn(&self, desk: &Desk) -> anyhow::Result<Vec<(ItemId, Became)>> {
        let ids: Vec<EntryId> = self.unsent.iter().map(|entry| entry.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let answers = desk.errand.withdraw(&ids).await?.into_iter();
        let item = |id: EntryId| self.unsent.iter().find(|entry| entry.id == id).map(|entry| entry.item.clone());
        Ok(withdrawn(answers.filter_map(|(id, answer)| Some((item(id)?, answer)))))
    }

    fn stamped(&self, now: Timestamp) -> Vec<Entry> {
        let mut entries = self.drafts.clone();
        stamp(&mut entries, now, Uuid::now_v7);
        entries
    }

    fn outcome(&self, entries: Vec<Entry>, acted: Vec<Acted>, gone: Vec<(ItemId, Became)>) -> Outcome {
        let seq = |(entry, acted): (&Entry, &Acted)| match acted {
            Acted::Answered(Admission::Applied { seq } | Admission::Replayed { seq }) => Some((entry.id, *seq)),
            Acted::Answered(Admission::Conflict { .. } | Admission::Refused(_)) => None,
            Acted::Queued | Acted::NotTaken(_) | Acted::Withdrawn => None,
        };
        let seqs = entries.iter().zip(&acted).filter_map(seq).collect();
        let (of_entries, queued) = became(entries.clone(), Ok(acted));
        let mut became: HashMap<ItemId, Became> = HashMap::new();
        for (item, result) in gone.into_iter().chain(of_entries).chain(self.refused.iter().cloned()) {
            if became.get(&item).is_none_or(Became::is_good) {
                became.insert(item, result);
            }
        }
        let mut by_item: HashMap<ItemId, Vec<Entry>> = HashMap::new();
        for entry in entries {
            by_item.entry(entry.item.clone()).or_default().push(entry);
        }
        Outcome { became, seqs, entries: by_item, queued: queued.len() }
    }
}

/// The plan as its source has it now, with what waits seen as done.
async fn seen<'a>(view: &View, waiting: impl IntoIterator<Item = &'a Act>) -> anyhow::Result<Snapshot> {
    let (mut snapshot, _) = whole(&view.opened).await?;
    lay(view.opened.source.as_ref(), &mut snapshot, waiting).await?;
    Ok(snapshot)
}

fn finish(telling: &Telling<'_>, shape: Shape) -> anyhow::Result<Exit> {
    let facts: Vec<ActFact> = telling.batch.order.iter().map(|id| ActFact::new(telling, id)).collect();
    show(telling, &facts, shape)?;
    let queued = telling.outcome.queued;
    if queued > 0 {
        output::complain(&telling.session.words.with("cli-act-left", &[("count", queued.into())]));
    }
    let is_done = facts.iter().all(ActFact::is_done);
    Ok(match (is_done, queued) {
        (false, _) => Exit::Refused,
        (true, 0) => Exit::Done,
        (true, _) => Exit::Queued,
    })
}

/// Can anything be done to this plan from here?
fn may_write(session: &Session, view: &View) -> anyhow::Result<()> {
    let refused = |id: &str| Err(Stop::with(Exit::Refused, session.words.get(id)));
    if view.opened.built_in {
        return refused("cli-sample-refuses");
    }
    if !view.opened.source.capabilities().writes {
        return refused("cli-act-cannot");
    }
    Ok(())
}
