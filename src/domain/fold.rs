//! [`fold`]: what an admitted entry does to its item. Total: it never refuses, and a verb it does not know is history only.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{
    calendar::Calendar,
    entry::{Entry, Verb},
    id::{ActorId, EntryId},
    item::{ByDay, Item, Rare, Request, Rung, State},
    mailing,
    status::Base,
};

/// Applies `entry` to `item`. A `reverse` is not folded: its item is the fold of its other live entries, see [`refold`].
pub fn fold(item: &mut Item, entry: &Entry, calendar: &Calendar) {
    let state = &mut item.state;
    match &entry.verb {
        Verb::Receive => hand_in(state, entry, Base::Done),
        Verb::Submit => hand_in(state, entry, Base::AwaitingConfirmation),
        Verb::Confirm => {
            state.base = Base::Done;
            state.requested = None;
        }
        Verb::Tick => hand_in(state, entry, Base::Done),
        Verb::Return => send_back(state, entry),
        Verb::Progress => {
            state.progress = entry.percent.unwrap_or(state.progress).min(100);
            state.base = Base::InProgress;
        }
        Verb::Extend => extend(state, entry),
        Verb::RequestExtension => {
            state.requested = entry.until.map(|until| Request { until, reason: entry.reason.clone() });
        }
        Verb::Decline => state.requested = None,
        Verb::Acknowledge => set_for(&mut state.acknowledged, entry, entry.on),
        Verb::Snooze => set_for(&mut state.snoozed, entry, entry.until.unwrap_or(entry.on)),
        Verb::Note => {
            state.notes = state.notes.saturating_add(1);
            state.promise = entry.promise.or(state.promise);
        }
        Verb::Assign => state.assigned.clone_from(&entry.to),
        Verb::Remind => remind(state, entry),
        Verb::Escalate => {
            state.escalation = state.escalation.max(entry.level.unwrap_or(1));
            stand_on(state, entry);
            state.escalations = state.escalations.saturating_add(1);
        }
        Verb::Exempt => end(state, entry, Base::Exempt),
        Verb::Cancel => end(state, entry, Base::Cancelled),
        Verb::Pause => {
            state.before_pause = Some(state.base);
            state.paused_on = Some(entry.on);
            end(state, entry, Base::Paused);
        }
        Verb::Resume => {
            state.base = state.before_pause.take().unwrap_or_default();
            state.paused_on = None;
        }
        Verb::Open | Verb::Reverse | Verb::Plan | Verb::Unknown(_) => return,
    }
    if !entry.verb.commutes() {
        item.state.last = Some(entry.id);
    }
    item.state.rare.tidy();
    item.settle(calendar);
}

/// The item as the fold of its live entries, in order, from nothing done; what opened it or called it off stays.
pub fn refold<'a>(item: &mut Item, live: impl IntoIterator<Item = &'a Entry>, calendar: &Calendar) {
    let (event, kept) = (item.state.event.take(), item.state.kept.take());
    // No entry cancels a report: only the loss of its event does.
    let called_off = event.is_some() && item.state.base == Base::Cancelled;
    item.state = State { rare: Rare { event, kept, ..Rare::default() }.into(), ..State::default() };
    item.settle(calendar);
    for entry in live {
        fold(item, entry, calendar);
    }
    if called_off {
        item.state = super::follow::called_off(std::mem::take(&mut item.state));
    }
}

/// The ids of the entries that are taken back, of one item's journal or of a whole one, in order. Taking back a reversal
/// brings back what it reversed; the reversal itself then is among them.
pub fn reversed<'a>(journal: impl IntoIterator<Item = &'a Entry, IntoIter: DoubleEndedIterator>) -> HashSet<EntryId> {
    // A reversal comes after what it reverses: from the end, each is known to stand or not when it is met.
    let mut reversed = HashSet::new();
    for entry in journal.into_iter().rev().filter(|entry| entry.verb == Verb::Reverse) {
        if !reversed.contains(&entry.id) {
            reversed.extend(entry.reverses);
        }
    }
    reversed
}

/// What is left of one item's journal, in order: neither reversals nor what they took back.
pub fn live<'a>(journal: &[&'a Entry]) -> Vec<&'a Entry> {
    let reversed = reversed(journal.iter().copied());
    let stands = |entry: &&&Entry| entry.verb != Verb::Reverse && !reversed.contains(&entry.id);
    journal.iter().filter(stands).copied().collect()
}

fn hand_in(state: &mut State, entry: &Entry, base: Base) {
    state.base = base;
    state.handed_in = Some(entry.on);
    state.document.clone_from(&entry.document);
    state.link.clone_from(&entry.link);
    state.requested = None;
}

fn send_back(state: &mut State, entry: &Entry) {
    state.base = Base::Returned;
    state.handed_in = None;
    state.returns = state.returns.saturating_add(1);
    state.reason.clone_from(&entry.reason);
}

fn end(state: &mut State, entry: &Entry, base: Base) {
    state.base = base;
    state.reason.clone_from(&entry.reason);
}

fn extend(state: &mut State, entry: &Entry) {
    state.extended_to = entry.until.or(state.extended_to);
    state.extensions = state.extensions.saturating_add(1);
    state.extension_reason.clone_from(&entry.reason);
    state.extension_document.clone_from(&entry.document);
    state.requested = None;
}

fn remind(state: &mut State, entry: &Entry) {
    if mailing::counts(state, entry) {
        state.reminders = state.reminders.saturating_add(1);
        state.last_reminded = state.last_reminded.max(Some(entry.on));
        stand_on(state, entry);
    }
}

fn stand_on(state: &mut State, entry: &Entry) {
    let step = entry.level.unwrap_or(1);
    match state.rungs.iter_mut().find(|rung| rung.step == step) {
        Some(rung) => rung.on = rung.on.max(entry.on),
        None => state.rungs.push(Rung { step, on: entry.on }),
    }
}

/// One record per person, the latest.
fn set_for(records: &mut Vec<ByDay>, entry: &Entry, on: Date) {
    let by = entry.by.clone().unwrap_or_else(|| ActorId::from(""));
    records.retain(|record| record.by != by);
    records.push(ByDay { by, on });
}
