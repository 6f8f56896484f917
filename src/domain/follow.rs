//! Items that follow from an entry on something else: a case from an `open` on its duty, an `after_task` report from the
//! task's hand-in. The same three functions serve the snapshot and the ledger.

use super::{
    entry::{Entry, Verb},
    id::{ItemId, ItemName},
    item::{Event, Item, State, Subject},
    outline::Outline,
    status::Base,
};

/// The case an `open` entry opens.
pub fn opened(entry: &Entry) -> Option<(ItemId, State)> {
    let Some(ItemName::Duty(duty)) = entry.item.name() else { return None };
    if entry.verb != Verb::Open {
        return None;
    }
    let id = ItemId::report(&duty.into(), &entry.id.to_string(), entry.agency.as_ref()?);
    let event = Some(Event { on: entry.on, title: entry.title.clone() });
    Some((id, State { event, ..State::default() }))
}

/// The reports that follow the hand-in of a task, with the event they run from; no event while it is not handed in.
pub fn follow_ups(outline: &Outline, item: &Item) -> Vec<(ItemId, Option<Event>)> {
    let Subject::Task(index) = item.subject else { return Vec::new() };
    let task = outline.plan.tasks.get(index as usize);
    let Some((task, agency)) = task.zip(outline.agencies.get(item.agency as usize)) else { return Vec::new() };
    let event = item.state.handed_in.map(|on| Event { on, title: None });
    let report = |duty: &super::duty::Duty| ItemId::report(&duty.id, task.id.as_str(), &agency.id);
    outline.duties_after(index).map(|duty| (report(duty), event.clone())).collect()
}

/// The state of a following item: opened by its event, called off when the event is taken back before anything came.
pub fn followed(state: Option<State>, event: Option<Event>) -> Option<State> {
    match (state, event) {
        (None, None) => None,
        (None, Some(event)) => Some(State { event: Some(event), ..State::default() }),
        (Some(state), None) => Some(called_off(state)),
        (Some(state), Some(event)) => {
            let base = if state.base == Base::Cancelled { Base::NotStarted } else { state.base };
            Some(State { base, event: Some(event), ..state })
        }
    }
}

/// A following item whose event is taken back: cancelled, unless something has come.
pub fn called_off(state: State) -> State {
    let base = if state.base == Base::NotStarted { Base::Cancelled } else { state.base };
    State { base, ..state }
}
