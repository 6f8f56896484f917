//! Undo and redo: which step is meant, and how it is taken back. What was not sent yet is withdrawn, as if it had never been;
//! what is in the journal is reversed.

use super::{
    act::Act,
    amend,
    effect::{Direction, Effect},
    messages::Level,
    model::Model,
    msg::Ticket,
    pending,
    results::{self, Became},
    triage,
};
use crate::domain::{
    answer::Page,
    check::Refusal,
    entry::{Entry, Verb},
    failure::Failure,
    fold::reversed,
    id::EntryId,
    sentence::Sentence,
    steps,
    waiting::Withdrawal,
};

/// Takes back the last step, or brings it back: what was done at this desk is asked for first, where the source can tell.
pub fn walk(model: &mut Model, direction: Direction) -> Vec<Effect> {
    if !triage::may_act(model) {
        return Vec::new();
    }
    if !model.triage.is_settled() || model.amendments.is_under_way() {
        model.triage.later.push_back(direction);
        return Vec::new();
    }
    if direction == Direction::Redo {
        let withdrawn = model.triage.withdrawn.pop().unwrap_or_default();
        if !withdrawn.is_empty() {
            return triage::hand_in(model, Act::Redo, again(withdrawn), Vec::new());
        }
    }
    let cut_off = model.feed.failure.is_some() || model.pending.waits.is_some();
    if cut_off && model.pending.waiting.count() > 0 {
        return take(model, direction, Page::default());
    }
    model.triage.asked = true;
    vec![Effect::FetchSteps { direction }]
}

/// What waited for what was handed in before it, once that is answered.
pub fn resume(model: &mut Model) -> Vec<Effect> {
    if !model.triage.is_settled() || model.amendments.is_under_way() {
        return Vec::new();
    }
    model.triage.later.pop_front().map(|direction| walk(model, direction)).unwrap_or_default()
}

/// What was done at this desk came: its last step is taken back or brought back.
pub fn steps_fetched(model: &mut Model, direction: Direction, result: Result<Page, Failure>) -> Vec<Effect> {
    model.triage.asked = false;
    match result {
        Ok(page) => {
            let amended = (direction == Direction::Undo).then(|| amend::undo(model, &page)).flatten();
            amended.unwrap_or_else(|| take(model, direction, page))
        }
        Err(Failure::Offline(_)) if model.pending.waiting.count() > 0 => take(model, direction, Page::default()),
        Err(failure) => {
            model.say(Level::Error, failure.why().clone());
            Vec::new()
        }
    }
}

fn take(model: &mut Model, direction: Direction, page: Page) -> Vec<Effect> {
    let page = with_waiting(page, model.pending.waiting.unanswered().cloned());
    let (what, nothing, drafts) = match direction {
        Direction::Undo => (Act::Undo, "said-nothing-to-undo", steps::undo(&page, model.today.date)),
        Direction::Redo => (Act::Redo, "said-nothing-to-redo", steps::redo(&page, model.today.date)),
    };
    if drafts.is_empty() {
        model.say(Level::Info, Sentence::new(nothing));
        return Vec::new();
    }
    let waits = |draft: &Entry| draft.reverses.and_then(|id| model.pending.waiting.act(id)).is_some();
    let (unsent, sent): (Vec<Entry>, Vec<Entry>) = drafts.into_iter().partition(waits);
    let ids: Vec<EntryId> = unsent.iter().filter_map(|draft| draft.reverses).collect();
    if ids.is_empty() {
        if what == Act::Undo {
            model.triage.withdrawn.push(Vec::new());
        }
        return triage::hand_in(model, what, sent, Vec::new());
    }
    vec![Effect::Withdraw { ticket: model.triage.begin(what, Vec::new(), sent), ids }]
}

/// What was done at this desk with what waits here: each where it belongs by the time it was made.
fn with_waiting(mut page: Page, waiting: impl DoubleEndedIterator<Item = Entry>) -> Page {
    let waiting: Vec<Entry> = waiting.collect();
    page.reversed.extend(reversed(&waiting));
    for entry in waiting {
        // One that arrived meanwhile is there already.
        if page.entries.iter().all(|known| known.id != entry.id) {
            let place = page.entries.iter().position(|known| known.at <= entry.at).unwrap_or(page.entries.len());
            page.entries.insert(place, entry);
        }
    }
    page
}

/// Acts were withdrawn, or were on their way already; what of the step is in the journal is reversed.
pub fn withdrawn(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Vec<(EntryId, Withdrawal)>, Failure>,
) -> Vec<Effect> {
    let Some((what, sent)) = model.triage.ended(ticket) else { return Vec::new() };
    let answers = match result {
        Ok(answers) => answers,
        Err(failure) => {
            model.say(Level::Error, failure.why().clone());
            return Vec::new();
        }
    };
    let (mut became, mut gone) = (Vec::new(), Vec::new());
    for (id, answer) in answers {
        let Some(entry) = model.pending.waiting.act(id).map(|act| act.entry.clone()) else { continue };
        let item = entry.item.clone();
        let result = match answer {
            Withdrawal::Withdrawn => {
                gone.push(entry);
                Became::Withdrawn
            }
            Withdrawal::Sent => Became::Uncertain,
            Withdrawal::Depended(by) => Became::Refused(Refusal::Depended { by }),
        };
        match became.iter_mut().find(|(known, _)| *known == item) {
            Some((_, first)) if *first == Became::Withdrawn => *first = result,
            Some(_) => {}
            None => became.push((item, result)),
        }
    }
    let ids: Vec<EntryId> = gone.iter().map(|entry| entry.id).collect();
    pending::withdrawn(model, &ids);
    if what == Act::Undo {
        model.triage.withdrawn.push(gone.into_iter().filter(|entry| entry.verb != Verb::Reverse).collect());
    }
    if sent.is_empty() {
        results::tell(model, what, became);
        return Vec::new();
    }
    triage::hand_in(model, what, sent, became)
}

/// Drafts of acts that were withdrawn: under new ids, one still in view of the other.
fn again(withdrawn: Vec<Entry>) -> Vec<Entry> {
    let ids: Vec<EntryId> = withdrawn.iter().map(|entry| entry.id).collect();
    let draft = |entry: Entry| Entry {
        expects: entry.expects.map(|seen| if ids.contains(&seen) { EntryId::UNMADE } else { seen }),
        id: EntryId::UNMADE,
        batch: None,
        by: None,
        ..entry
    };
    withdrawn.into_iter().map(draft).collect()
}
