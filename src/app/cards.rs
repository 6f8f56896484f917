//! Cards: acts of mine that did not go through. What is known of each, and what is decided; nothing is overwritten or dropped
//! before that.

use super::{
    action::Action,
    choices::{Choice, Does, Label},
    dialog,
    effect::Effect,
    messages::{Level, Said},
    model::Model,
    results, triage,
};
use crate::domain::{
    answer::Page,
    entry::Entry,
    failure::Failure,
    fold::{live, refold},
    id::{EntryId, ItemId},
    item::Item,
    sentence::{Sentence, Word},
    text::fold_marks,
    waiting::{Card, Decided, Decision, Trouble},
};

/// Lists the cards; the journals of what they are about are asked for.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if !triage::may_act(model) {
        return Vec::new();
    }
    let mut items: Vec<ItemId> = model.pending.waiting.cards().map(|card| card.mine.item.clone()).collect();
    if items.is_empty() {
        model.say(Level::Info, Sentence::new("said-no-cards"));
        return Vec::new();
    }
    items.sort_unstable();
    items.dedup();
    dialog::open(model, dialog::Kind::Cards);
    model.pending.pages.retain(|item, _| items.contains(item));
    items.into_iter().map(|item| Effect::FetchHistory { item, until: None }).collect()
}

/// A journal came: it is kept where a card is about its item.
pub(super) fn history_fetched(model: &mut Model, item: &ItemId, result: &Result<Page, Failure>) {
    let pending = &mut model.pending;
    if let (Ok(page), true) = (result, pending.waiting.cards().any(|card| card.mine.item == *item)) {
        pending.pages.insert(item.clone(), page.clone());
    }
}

/// The card of that id.
pub fn card(model: &Model, id: EntryId) -> Option<Card<'_>> {
    model.pending.waiting.cards().find(|card| card.mine.id == id)
}

/// The journal of what a card is about, where it came.
pub fn page<'a>(model: &'a Model, card: Card<'_>) -> Option<&'a Page> {
    model.pending.pages.get(&card.mine.item)
}

/// The item as I had seen it, and the last entry on it that I knew; nothing while its journal has not come.
pub fn seen<'a>(model: &'a Model, card: Card<'_>) -> Option<(Item, Option<&'a Entry>)> {
    let (page, snapshot) = (page(model, card)?, model.snapshot.as_ref()?);
    let mut item = snapshot.item(&card.mine.item)?.clone();
    let last = card.mine.expects.and_then(|id| page.entries.iter().find(|entry| entry.id == id));
    let known = |entry: &&Entry| last.is_some_and(|last| entry.seq <= last.seq);
    let journal: Vec<&Entry> = page.entries.iter().rev().filter(known).collect();
    refold(&mut item, live(&journal), &snapshot.outline.calendar);
    Some((item, last))
}

/// A line for each card.
pub(super) fn cards(model: &Model) -> Vec<Choice> {
    let line = |card: Card<'_>| {
        let item = &card.mine.item;
        let sentence = Sentence::new(match card.trouble {
            Trouble::Conflict { .. } => "card-line-conflict",
            Trouble::Refused { .. } | Trouble::NotTaken { .. } => "card-line-refused",
        });
        let sentence = sentence.with("item", results::name(model, item));
        let said = Said { level: Level::Error, sentence, at: card.mine.at };
        let does = Does::Card(card.mine.id);
        Choice { label: Label::Said(said), search: fold_marks(item.as_str()), does, on: false }
    };
    model.pending.waiting.cards().map(line).collect()
}

/// What can be decided on a card; what leaves everything as it is stands first.
pub(super) fn answers(model: &Model, id: EntryId) -> Vec<Choice> {
    let Some(card) = card(model, id) else { return Vec::new() };
    let (keep, send) = match card.trouble {
        Trouble::Conflict { .. } => ("card-keep-theirs", "card-send-mine"),
        Trouble::Refused { .. } | Trouble::NotTaken { .. } => ("card-drop-mine", "card-send-again"),
    };
    let choice = |word, does| Choice { label: Label::Word(Word(word)), search: String::new(), does, on: false };
    vec![
        choice("card-later", Does::Nothing),
        choice(keep, Does::Decide(id, Decision::KeepTheirs)),
        choice(send, Does::Decide(id, Decision::SendMineAnyway)),
    ]
}

/// It was decided on.
pub(super) fn decided(model: &mut Model, decision: Decision, result: Result<Decided, Failure>) -> Vec<Effect> {
    let (level, said) = match (result, decision) {
        (Ok(Decided::Done), Decision::KeepTheirs) => (Level::Info, Sentence::new("said-card-dropped")),
        (Ok(Decided::Done), Decision::SendMineAnyway) => (Level::Info, Sentence::new("said-card-sent")),
        (Ok(Decided::Gone), _) => (Level::Info, Sentence::new("said-card-gone")),
        (Err(failure), _) => (Level::Error, failure.why().clone()),
    };
    model.say(level, said);
    Vec::new()
}

/// The way to the cards, first of what can be done where the row has one.
pub(super) fn first_deed(model: &Model, chosen: &[ItemId]) -> Option<Action> {
    let here = |card: Card<'_>| chosen.contains(&card.mine.item);
    model.pending.waiting.cards().any(here).then_some(Action::Cards)
}
