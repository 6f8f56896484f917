//! [`Batch`]: what is handed in by one call, in one step: shown beforehand, agreed to, handed in, told item by item.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Arguments,
    fact::{ActFact, Telling, show},
    rehearse::rehearse,
};
use crate::{
    app::results::{Became, became},
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
        stamp::stamp,
        waiting::Acted,
    },
};

/// What is to be handed in.
#[derive(Debug)]
pub(super) struct Batch {
    /// The id of the words that say what it is.
    pub what: Word,
    /// The items, in the order they are told.
    pub order: Vec<ItemId>,
    /// The entries it comes to, their ids still to be made.
    pub drafts: Vec<Entry>,
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
}

impl Batch {
    /// `what`, told of these items in this order.
    pub(super) fn new(what: Word, order: Vec<ItemId>) -> Self {
        Batch {
            what,
            order,
            drafts: Vec::new(),
            refused: Vec::new(),
            unfit: HashMap::new(),
            targets: HashMap::new(),
            question: None,
        }
    }

    /// Does it, or only shows what it would be.
    pub(super) async fn carry_out(self, session: &Session, view: &View, arguments: &Arguments) -> anyhow::Result<Exit> {
        if !arguments.dry_run {
            may_write(session, view)?;
        }
        let asks = self.question.as_ref().filter(|_| !arguments.yes && !arguments.dry_run && !self.drafts.is_empty());
        if let Some(question) = asks {
            if !output::is_somebody_there() {
                let nobody = session.words.with("cli-act-nobody", &[("question", question.as_str().into())]);
                return Err(Stop::with(Exit::Refused, nobody));
            }
            if arguments.format == Shape::Table {
                self.rehearsed(session, view, arguments.format).await?;
            }
            let question = session.words.with("cli-act-go-on", &[("question", question.as_str().into())]);
            if !output::agreed(&question)? {
                return Err(Stop::with(Exit::Refused, session.words.get("cli-act-declined")));
            }
        }
        if arguments.dry_run {
            return self.rehearsed(session, view, arguments.format).await;
        }
        self.handed_in(session, view, arguments.format).await
    }

    async fn rehearsed(&self, session: &Session, view: &View, shape: Shape) -> anyhow::Result<Exit> {
        let entries = self.stamped(view.opened.now);
        let rehearsal = rehearse(session, view, &entries).await?;
        let outcome = self.outcome(entries, rehearsal.answers);
        let after = |id: &ItemId| rehearsal.overlay.item(id).or_else(|| view.snapshot.item(id)).cloned();
        let telling = Telling { session, view, batch: self, outcome: &outcome, after: &after, dry: true };
        finish(&telling, shape)
    }

    async fn handed_in(&self, session: &Session, view: &View, shape: Shape) -> anyhow::Result<Exit> {
        // Later than when the plan was read, where somebody thought about the question.
        let now = Timestamp::now().max(view.opened.now);
        let entries = self.stamped(now);
        let answers = match entries.as_slice() {
            [] => Vec::new(),
            entries => view.opened.source.send(entries, now).await?,
        };
        let outcome = self.outcome(entries, answers);
        // It is done, whether it can be read back or not.
        let snapshot = whole(&view.opened).await.ok();
        let after = |id: &ItemId| snapshot.as_ref().and_then(|snapshot| snapshot.item(id)).cloned();
        let telling = Telling { session, view, batch: self, outcome: &outcome, after: &after, dry: false };
        finish(&telling, shape)
    }

    fn stamped(&self, now: Timestamp) -> Vec<Entry> {
        let mut entries = self.drafts.clone();
        stamp(&mut entries, now, Uuid::now_v7);
        entries
    }

    fn outcome(&self, entries: Vec<Entry>, answers: Vec<Admission>) -> Outcome {
        let seq = |(entry, answer): (&Entry, &Admission)| match answer {
            Admission::Applied { seq } | Admission::Replayed { seq } => Some((entry.id, *seq)),
            Admission::Conflict { .. } | Admission::Refused(_) => None,
        };
        let seqs = entries.iter().zip(&answers).filter_map(seq).collect();
        let answers = answers.into_iter().map(Acted::Answered).collect();
        let (became, _) = became(entries.clone(), Ok(answers));
        let became = became.into_iter().chain(self.refused.iter().cloned()).collect();
        let mut by_item: HashMap<ItemId, Vec<Entry>> = HashMap::new();
        for entry in entries {
            by_item.entry(entry.item.clone()).or_default().push(entry);
        }
        Outcome { became, seqs, entries: by_item }
    }
}

fn finish(telling: &Telling<'_>, shape: Shape) -> anyhow::Result<Exit> {
    let facts: Vec<ActFact> = telling.batch.order.iter().map(|id| ActFact::new(telling, id)).collect();
    show(telling, &facts, shape)?;
    Ok(if facts.iter().all(ActFact::is_done) { Exit::Done } else { Exit::Refused })
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
