//! Cards: acts of mine that did not go through. What is known of each, and what is decided; nothing is overwritten or dropped
//! before that.

use super::{
    action::Action,
    choices::{Choice, Does, Label},
    dialog,
    effect::Effect,
    messages::{Level, Said},
    model::Model,
    results, sync, triage,
};
use crate::domain::{
    answer::Page,
    ask::{About, Ask, Reply},
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
    let of_asks = model.pending.asks.iter().filter_map(|ask| match &ask.about {
        About::Clash { item, .. } => Some(item.clone()),
        About::Renamed { .. } => None,
    });
    let mut items: Vec<ItemId> =
        model.pending.waiting.cards().map(|card| card.mine.item.clone()).chain(of_asks).collect();
    if model.pending.to_decide() == 0 {
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
    let is_wanted = pending.waiting.cards().any(|card| card.mine.item == *item)
        || pending.asks.iter().any(|ask| ask.is_about(item));
    if let (Ok(page), true) = (result, is_wanted) {
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

/// What the source asks is another thing than it was.
pub(super) fn asked(model: &mut Model, asks: Vec<Ask>) {
    let is_new = |ask: &&Ask| matches!(ask.about, About::Renamed { .. }) && !model.pending.asks.contains(ask);
    let new = asks.iter().filter(is_new).count();
    model.pending.asks = asks;
    // A clash is told by itself.
    if new > 0 {
        model.say(Level::Error, Sentence::new("said-asked").with("count", new));
    }
}

/// What is asked under that id.
pub fn ask(model: &Model, id: EntryId) -> Option<&Ask> {
    model.pending.asks.iter().find(|ask| ask.id == id)
}

/// The journal of the item of a clash, where it came.
pub fn page_of<'a>(model: &'a Model, item: &ItemId) -> Option<&'a Page> {
    model.pending.pages.get(item)
}

/// A line for each question.
fn asks(model: &Model) -> impl Iterator<Item = Choice> {
    model.pending.asks.iter().map(|ask| {
        let (sentence, at, search) = match &ask.about {
            About::Renamed { is, .. } => {
                (Sentence::new("ask-line-renamed").with("title", &is.title), model.now, is.title.to_string())
            }
            About::Clash { item, mine, .. } => {
                let said = Sentence::new("ask-line-clash").with("item", results::name(model, item));
                (said, mine.at, item.to_string())
            }
        };
        let said = Said { level: Level::Error, sentence, at };
        Choice { label: Label::Said(said), search: fold_marks(&search), does: Does::Ask(ask.id), on: false }
    })
}

/// What may be answered; what leaves everything as it is stands first.
pub(super) fn replies(model: &Model, id: EntryId) -> Vec<Choice> {
    let Some(ask) = ask(model, id) else { return Vec::new() };
    let choice = |label, does| Choice { label, search: String::new(), does, on: false };
    let reply = |word, reply| choice(Label::Word(Word(word)), Does::Reply(id, reply));
    let mut choices = vec![choice(Label::Word(Word("card-later")), Does::Nothing)];
    match &ask.about {
        About::Renamed { was, .. } => {
            choices.extend(was.iter().map(|row| {
                let label = Label::Named(Word("ask-former"), row.title.clone());
                choice(label, Does::Reply(id, Reply::Former(row.record.clone())))
            }));
            choices.push(reply("ask-new", Reply::New));
        }
        About::Clash { .. } => {
            choices.extend([reply("ask-keep-theirs", Reply::Theirs), reply("ask-mine-again", Reply::Mine)]);
        }
    }
    choices
}

/// It was answered.
pub(super) fn replied(model: &mut Model, id: EntryId, reply: &Reply, result: Result<Decided, Failure>) -> Vec<Effect> {
    let (level, said) = match (result, reply) {
        (Ok(Decided::Done), Reply::Former(_)) => (Level::Info, Sentence::new("said-ask-former")),
        (Ok(Decided::Done), Reply::New) => (Level::Info, Sentence::new("said-ask-new")),
        (Ok(Decided::Done), Reply::Theirs) => (Level::Info, Sentence::new("said-ask-theirs")),
        (Ok(Decided::Done), Reply::Mine) => (Level::Info, Sentence::new("said-ask-mine")),
        (Ok(Decided::Gone), _) => (Level::Info, Sentence::new("said-card-gone")),
        (Err(failure), _) => {
            model.say(Level::Error, failure.why().clone());
            return Vec::new();
        }
    };
    model.pending.asks.retain(|ask| ask.id != id);
    model.say(level, said);
    sync::refresh(model)
}

/// A line for each card, after what the source asks.
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
    asks(model).chain(model.pending.waiting.cards().map(line)).collect()
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
    let asked = || model.pending.asks.iter().any(|ask| chosen.iter().any(|item| ask.is_about(item)));
    (model.pending.waiting.cards().any(here) || asked()).then_some(Action::Cards)
}
