//! [`Act`]: something done that its source has not confirmed, how far it has come, and what can become of it. Plain data; an
//! outbox keeps them, [`Waiting`] shows them, `overlay.rs` shows what they do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    answer::Admission,
    check::Refusal,
    entry::Entry,
    id::{EntryId, ItemId},
    text::Text,
};

/// An act that is not confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What is to be said.
    pub entry: Entry,
    /// How far it has come.
    pub standing: Standing,
}

/// How far an act has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It was not handed over yet.
    Waiting,
    /// It was handed over and no answer came: it may have arrived. It is sent again under its id, which tells.
    Uncertain,
    /// Somebody has to decide.
    Card(Trouble),
    /// It waits until this card is decided on: it is about the same item, or one that follows from it.
    Behind(EntryId),
}

/// Why an act did not go through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "trouble")]
pub enum Trouble {
    /// Somebody else acted on the item meanwhile.
    Conflict {
        /// Their entry.
        stands: Box<Entry>,
    },
    /// The rules do not let it.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The source did not take it at all, in its words.
    NotTaken {
        /// What it said.
        why: Text,
    },
}

/// What is now known of an act that was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The source answered.
    Answered(Admission),
    /// The source did not take the request it was in, and it was alone in it.
    NotTaken(Text),
    /// It certainly did not arrive: it waits as before.
    NotSent,
}

/// What became of an act that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Acted {
    /// It was answered: done, or why not.
    Answered(Admission),
    /// It is on disk and will be sent.
    Queued,
    /// The source did not take it at all, in its words.
    NotTaken(Text),
    /// It was taken back before it was sent.
    Withdrawn,
}

/// What to do about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Mine is dropped. What waits behind it goes on; what was made on top of it will come back as a card of its own.
    KeepTheirs,
    /// Mine is sent again, knowing what stands (`expects` becomes that entry); what was refused is sent as it is.
    SendMineAnyway,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is done.
    Done,
    /// There is no such card any more: it was decided on before, here or in another instance.
    Gone,
}

/// What became of an act that was to be taken back before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// It is gone; nobody ever saw it.
    Withdrawn,
    /// It is, or was, on its way: what takes it back is an entry that reverses it.
    Sent,
    /// This act, which stays, was made on top of it.
    Depended(EntryId),
}

/// The sign an item or an entry bears while something about it is not confirmed; what weighs more comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It waits to be sent.
    Waiting,
    /// It was sent, and no answer came.
    Uncertain,
    /// Somebody has to decide.
    Card,
}

/// The acts that are not confirmed, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    acts: Vec<Act>,
    marks: BTreeMap<ItemId, Mark>,
}

/// A card: an act that did not go through.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The act.
    pub mine: &'a Entry,
    /// Why it did not.
    pub trouble: &'a Trouble,
}

impl Act {
    /// How it is marked.
    pub fn mark(&self) -> Mark {
        match self.standing {
            Standing::Waiting | Standing::Behind(_) => Mark::Waiting,
            Standing::Uncertain => Mark::Uncertain,
            Standing::Card(_) => Mark::Card,
        }
    }

    /// Is it shown as if it had been done? What has to be decided on is not, nor what was made on top of that.
    pub fn is_shown(&self) -> bool {
        match self.standing {
            Standing::Waiting | Standing::Uncertain => true,
            Standing::Card(_) | Standing::Behind(_) => false,
        }
    }
}

impl Waiting {
    /// These acts.
    pub fn new(acts: Vec<Act>) -> Self {
        let mut marks = BTreeMap::new();
        for act in &acts {
            let mark = marks.entry(act.entry.item.clone()).or_insert(Mark::Waiting);
            *mark = act.mark().max(*mark);
        }
        Waiting { acts, marks }
    }

    /// All of them.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// How an item is marked.
    pub fn mark(&self, item: &ItemId) -> Option<Mark> {
        self.marks.get(item).copied()
    }

    /// Those on an item, the newest first.
    pub fn on<'a>(&'a self, item: &'a ItemId) -> impl Iterator<Item = &'a Act> {
        let any = self.marks.contains_key(item);
        self.acts.iter().rev().filter(move |act| any && act.entry.item == *item)
    }

    /// The act of that id.
    pub fn act(&self, id: EntryId) -> Option<&Act> {
        self.acts.iter().find(|act| act.entry.id == id)
    }

    /// How many wait to be sent, or for an answer; cards do not.
    pub fn count(&self) -> usize {
        self.acts.iter().filter(|act| act.mark() != Mark::Card).count()
    }

    /// What has to be decided on.
    pub fn cards(&self) -> impl Iterator<Item = Card<'_>> {
        self.acts.iter().filter_map(|act| match &act.standing {
            Standing::Card(trouble) => Some(Card { mine: &act.entry, trouble }),
            Standing::Waiting | Standing::Uncertain | Standing::Behind(_) => None,
        })
    }

    /// What waits until that card is decided on.
    pub fn behind(&self, card: EntryId) -> impl Iterator<Item = &Entry> {
        self.acts.iter().filter(move |act| act.standing == Standing::Behind(card)).map(|act| &act.entry)
    }

    /// The deeds and reversals among them that were not answered.
    pub fn unanswered(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.acts.iter().filter(|act| act.mark() != Mark::Card).map(|act| &act.entry)
    }
}
