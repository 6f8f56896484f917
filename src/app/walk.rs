//! Undo and redo: which step is meant, and how it is taken back. What was not sent yet is withdrawn, as if it had never been;
//! what is in the journal is reversed. A step may be partly the one and partly the other: it goes and comes back whole.

use std::collections::HashSet;

use super::{
    act::Act,
    amend, did,
    effect::{Direction, Effect},
    messages::Level,
    model::Model,
    msg::Ticket,
    pending, results, triage,
    under_way::Step,
};
use crate::domain::{
    answer::Page,
    entry::{Entry, Verb},
    failure::Failure,
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
    if !model.triage.is_settled() {
        model.triage.later.push_back(direction);
        return Vec::new();
    }
    let known = waiting(model);
    let cut_off = model.feed.failure.is_some() || model.pending.waits.is_some();
    let here = match direction {
        Direction::Undo if cut_off => take(model, direction, Page::default(), &known),
        Direction::Undo => None,
        Direction::Redo => brought_back_here(model),
    };
    here.unwrap_or_else(|| ask(model, direction, known))
}

/// What waited for what was handed in before it, once that is answered.
pub fn resume(model: &mut Model) -> Vec<Effect> {
    if !model.triage.is_settled() {
        return Vec::new();
    }
    model.triage.later.pop_front().map(|direction| walk(model, direction)).unwrap_or_default()
}

fn ask(model: &mut Model, direction: Direction, known: Vec<EntryId>) -> Vec<Effect> {
    model.triage.asked = Some(known);
    vec![Effect::FetchSteps { direction }]
}

/// The acts that can be taken back before they are answered, or whose answer is not known here.
fn waiting(model: &Model) -> Vec<EntryId> {
    model.pending.waiting.unanswered().map(|entry| entry.id).collect()
}

/// What was done at this desk came: its last step is taken back or brought back.
pub fn steps_fetched(model: &mut Model, direction: Direction, result: Result<Page, Failure>) -> Vec<Effect> {
    let Some(known) = model.triage.asked.take() else { return Vec::new() };
    match result {
        Ok(page) => {
            let there: HashSet<EntryId> = page.entries.iter().map(|entry| entry.id).collect();
            let (still, settled): (Vec<EntryId>, Vec<EntryId>) =
                known.into_iter().partition(|id| model.pending.waiting.act(*id).is_some());
            // One that arrived after the source had read its journal is in neither: the journal is read anew.
            if settled.iter().any(|id| !there.contains(id)) {
                return ask(model, direction, still);
            }
            take(model, direction, page, &still).unwrap_or_else(|| nothing(model, direction))
        }
        Err(failure) => {
            let is_offline = matches!(failure, Failure::Offline(_)) && direction == Direction::Undo;
            let here = is_offline.then(|| take(model, direction, Page::default(), &known)).flatten();
            here.unwrap_or_else(|| {
                model.say(Level::Error, failure.why().clone());
                Vec::new()
            })
        }
    }
}

fn nothing(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let said = match direction {
        Direction::Undo => "said-nothing-to-undo",
        Direction::Redo => "said-nothing-to-redo",
    };
    if direction == Direction::Redo {
        // What this desk took back last cannot come back, or is back.
        model.triage.taken_back.pop();
    }
    model.say(Level::Info, Sentence::new(said));
    Vec::new()
}

/// Takes the last step back, or brings it back; none where there is none. Of the acts that wait only those of `known` count:
/// what was done after the key was pressed is not what it was pressed for.
fn take(model: &mut Model, direction: Direction, page: Page, known: &[EntryId]) -> Option<Vec<Effect>> {
    let arrived: HashSet<EntryId> = page.entries.iter().map(|entry| entry.id).collect();
    let waiting = model.pending.waiting.unanswered().filter(|entry| known.contains(&entry.id));
    let page = steps::with_waiting(page, waiting.cloned());
    let unsent = |id: EntryId| {
        let act = model.pending.waiting.act(id).filter(|_| !arrived.contains(&id));
        act.map(|act| act.entry.clone())
    };
    let on = model.today.date;
    let drafts = match direction {
        Direction::Undo => {
            if steps::amendment(&page).is_some() {
                return amend::undo(model, &page);
            }
            let drafts = steps::undo(&page, on).into_iter();
            let sooner = |draft: Entry| {
                let redo = unsent_redo(&page, &draft).filter(|redo| unsent(redo.id).is_some());
                redo.map_or(draft, |redo| steps::reversal(redo, on))
            };
            drafts.map(sooner).collect()
        }
        Direction::Redo => steps::redo(&page, on),
    };
    if drafts.is_empty() {
        return None;
    }
    let of = one_verb(&page, &drafts);
    let (mut step, mut sent) = (Step { of, ..Step::new(act(direction)) }, Vec::new());
    for draft in drafts {
        match draft.reverses.and_then(unsent) {
            Some(entry) => step.unsent.push(entry),
            None => sent.push(draft),
        }
    }
    if direction == Direction::Redo {
        sent.extend(model.triage.taken_back.last().into_iter().flat_map(|last| again(&last.withdrawn)));
    }
    Some(go(model, step, sent))
}

/// Withdraws what can be, and hands in the rest after it.
fn go(model: &mut Model, step: Step, sent: Vec<Entry>) -> Vec<Effect> {
    if step.unsent.is_empty() {
        return triage::hand_in_step(model, step, sent);
    }
    let ids = step.unsent.iter().map(|entry| entry.id).collect();
    vec![Effect::Withdraw { ticket: model.triage.under_way.begin(Step { then: sent, ..step }), ids }]
}

fn act(direction: Direction) -> Act {
    match direction {
        Direction::Undo => Act::Undo,
        Direction::Redo => Act::Redo,
    }
}

/// Where the step taken back last has left nothing in the journal yet, it comes back without asking there.
fn brought_back_here(model: &mut Model) -> Option<Vec<Effect>> {
    let last = model.triage.taken_back.last()?;
    let waits = |entry: &Entry| model.pending.waiting.act(entry.id).is_some();
    if !last.reversals.iter().all(waits) {
        return None;
    }
    let (unsent, sent) = (last.reversals.clone(), again(&last.withdrawn));
    Some(go(model, Step { unsent, ..Step::new(Act::Redo) }, sent))
}

/// The redo that brought back what `draft` is to take back, where that stands.
fn unsent_redo<'a>(page: &'a Page, draft: &Entry) -> Option<&'a Entry> {
    let brings_back = |entry: &&Entry| {
        let took_back = page.took_back(entry).filter(|_| entry.verb == Verb::Reverse);
        let of_deed = took_back.is_some_and(|took_back| took_back.again && Some(took_back.entry.id) == draft.reverses);
        of_deed && !page.reversed.contains(&entry.id)
    };
    page.entries.iter().filter(|entry| entry.item == draft.item).find(brings_back)
}

/// Acts were withdrawn, or were on their way already; what of the step is in the journal is reversed.
pub fn withdrawn(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Vec<(EntryId, Withdrawal)>, Failure>,
) -> Vec<Effect> {
    let Some(Step { what, of, unsent, then, .. }) = model.triage.under_way.ended(ticket) else { return Vec::new() };
    let answers = match result {
        Ok(answers) => answers,
        Err(failure) => {
            model.say(Level::Error, failure.why().clone());
            return Vec::new();
        }
    };
    let (mut answered, mut gone, mut settled) = (Vec::new(), Vec::new(), Vec::new());
    for (id, answer) in answers {
        let Some(entry) = unsent.iter().find(|entry| entry.id == id).cloned() else { continue };
        let item = entry.item.clone();
        match answer {
            // It was answered between the key and now: it is in the journal, and is reversed there.
            Withdrawal::Sent if model.pending.waiting.act(id).is_none() => {
                settled.push(steps::reversal(&entry, model.today.date));
                continue;
            }
            Withdrawal::Withdrawn => gone.push(entry),
            Withdrawal::Sent | Withdrawal::Depended(_) => {}
        }
        answered.push((item, answer));
    }
    let became = results::withdrawn(answered);
    let ids: Vec<EntryId> = gone.iter().map(|entry| entry.id).collect();
    pending::withdrawn(model, &ids);
    if what == Act::Redo {
        model.triage.taken_back.iter_mut().for_each(|step| step.reversals.retain(|entry| !ids.contains(&entry.id)));
        // No half of a step comes back: the rest waits until it is known what became of this.
        if became.iter().any(|(_, became)| !became.is_good()) {
            results::tell(model, what, did::walked(what, of.as_ref()), became);
            return Vec::new();
        }
    }
    let drafts: Vec<Entry> = settled.into_iter().chain(then).collect();
    if !drafts.is_empty() {
        return triage::hand_in_step(model, Step { what, of, refused: became, unsent: gone, then: Vec::new() }, drafts);
    }
    if !gone.is_empty() {
        model.triage.went(what, gone, Vec::new());
    }
    results::tell(model, what, did::walked(what, of.as_ref()), became);
    Vec::new()
}

/// The verb of what `drafts` take back or bring back, where it is the same of all.
fn one_verb(page: &Page, drafts: &[Entry]) -> Option<Verb> {
    let verb = |draft: &Entry| {
        let reversed = page.entries.iter().find(|entry| Some(entry.id) == draft.reverses)?;
        match page.took_back(reversed).filter(|_| reversed.verb == Verb::Reverse) {
            Some(took_back) => Some(took_back.entry.verb.clone()),
            None => Some(reversed.verb.clone()),
        }
    };
    let first = verb(drafts.first()?)?;
    drafts.iter().all(|draft| verb(draft).as_ref() == Some(&first)).then_some(first)
}

/// Drafts of acts that were withdrawn: under new ids, one still in view of the other.
fn again(withdrawn: &[Entry]) -> Vec<Entry> {
    let ids: Vec<EntryId> = withdrawn.iter().map(|entry| entry.id).collect();
    let draft = |entry: &Entry| Entry {
        expects: entry.expects.map(|seen| if ids.contains(&seen) { EntryId::UNMADE } else { seen }),
        id: EntryId::UNMADE,
        batch: None,
        by: None,
        ..entry.clone()
    };
    withdrawn.iter().map(draft).collect()
}
