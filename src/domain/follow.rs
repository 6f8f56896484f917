//! Items that follow from an entry on something else: a case from an `open` on its duty, an `after_task` report from the
//! task's hand-in. The same functions serve the snapshot and the ledger.

use super::{
    entry::{Entry, Verb},
    id::{EntryId, ItemId, ItemName},
    item::{Event, Item, State, Subject},
    outline::Outline,
    plan::Plan,
    snapshot::Snapshot,
    status::Base,
    task::Task,
};

/// The case an `open` entry opens.
pub fn opened(entry: &Entry) -> Option<(ItemId, State)> {
    let Some(ItemName::Duty(duty)) = entry.item.name() else { return None };
    if entry.verb != Verb::Open {
        return None;
    }
    let id = ItemId::report(&duty.into(), &entry.id.to_string(), entry.agency.as_ref()?);
    Some((id, State::opened_by(Event { on: entry.on, title: entry.title.clone() })))
}

/// A case of the same duty, agency and day as `opening` would open. One that was called off is none: it may be opened anew.
pub fn same_case<'a>(snapshot: &'a Snapshot, opening: &Entry) -> Option<&'a Item> {
    let outline = &snapshot.outline;
    let Some(ItemName::Duty(duty)) = opening.item.name() else { return None };
    let duty = outline.duty(duty)?;
    let agency = outline.agency(opening.agency.as_ref()?.as_str())?;
    let is_same = |item: &&Item| {
        matches!(item.subject, Subject::Report { duty: of, .. } if of == duty)
            && item.agency == agency
            && item.state.base != Base::Cancelled
            && item.state.event.as_ref().is_some_and(|event| event.on == opening.on)
    };
    snapshot.items.iter().find(is_same)
}

/// The reports that follow the hand-in of `task`, whether it is handed in or not.
pub fn following(outline: &Outline, task: &ItemId) -> Vec<ItemId> {
    let Some(ItemName::Task(id)) = task.name() else { return Vec::new() };
    let task = outline.task(id).and_then(|index| outline.plan.tasks.get(index as usize));
    task.map_or_else(Vec::new, |task| reports_after(&outline.plan, task))
}

/// The reports its lead owes once `task` is handed in.
pub fn reports_after(plan: &Plan, task: &Task) -> Vec<ItemId> {
    let duties = plan.duties.iter().filter(|duty| duty.after_task.contains(&task.id));
    duties.map(|duty| ItemId::report(&duty.id, task.id.as_str(), &task.lead)).collect()
}

/// The same for a task as it stands, with the event they run from; no event while it is not handed in.
pub fn follow_ups(outline: &Outline, item: &Item) -> Vec<(ItemId, Option<Event>)> {
    let event = event_of(&item.state);
    following(outline, &item.id).into_iter().map(|report| (report, event.clone())).collect()
}

/// The last entry on one of `follow_ups` that is called off for want of its event: what took the event away would pull the
/// ground from under it.
pub fn resting(follow_ups: &[(ItemId, Option<Event>)], last: impl Fn(&ItemId) -> Option<EntryId>) -> Option<EntryId> {
    follow_ups.iter().filter(|(_, event)| event.is_none()).find_map(|(id, _)| last(id))
}

/// The task an `after_task` report follows; `None` for any other item, and where the plan lost the task.
pub fn leader(outline: &Outline, id: &ItemId) -> Option<ItemId> {
    let Some(ItemName::Report { duty, period, .. }) = id.name() else { return None };
    let duty = outline.plan.duties.get(outline.duty(duty)? as usize)?;
    outline.task(period)?;
    duty.after_task.iter().find(|task| task.as_str() == period).map(ItemId::task)
}

/// What a task's hand-in makes its following reports run from; none while it is not handed in.
pub fn event_of(task: &State) -> Option<Event> {
    task.handed_in.map(|on| Event { on, title: None })
}

/// The state of a following item: opened by its event, called off when the event is taken back before anything came.
pub fn followed(state: Option<State>, event: Option<Event>) -> Option<State> {
    match (state, event) {
        (None, None) => None,
        (None, Some(event)) => Some(State::opened_by(event)),
        (Some(state), None) => Some(called_off(state)),
        (Some(mut state), Some(event)) => {
            if state.base == Base::Cancelled {
                state.base = Base::NotStarted;
            }
            state.event = Some(event);
            Some(state)
        }
    }
}

/// A following item whose event is taken back: cancelled, unless something has come.
pub fn called_off(state: State) -> State {
    let base = if state.base == Base::NotStarted { Base::Cancelled } else { state.base };
    State { base, ..state }
}
