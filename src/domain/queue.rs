//! The desk's queue (*cần xử lý*): what somebody there has to deal with today. Not the same number as what is overdue.

use jiff::civil::Date;

use super::{
    item::{Index, Item, Kind, Subject},
    outline::Outline,
    query::Desk,
    status::{Base, Cell, Today, cell},
};

/// Does `item` stand in the desk's queue? Overdue, awaiting confirmation, sent back, due today, a promise broken, a longer
/// time asked for; where the desk has an agency, only what is owed to it; minus what the person there snoozed.
pub fn needs_dealing_with(item: &Item, outline: &Outline, today: Today, desk: &Desk) -> bool {
    let owed = desk.agency.is_none_or(|agency| is_owed_to(item, outline, agency));
    let snoozed = || desk.me.as_ref().is_some_and(|me| item.state.is_snoozed_for(me, today.date));
    item.kind() != Kind::Milestone && calls(item, today) && owed && !snoozed()
}

/// Is `item` owed to `agency` by another one? A report to those its duty names, a task to whoever watches over the plan.
pub fn is_owed_to(item: &Item, outline: &Outline, agency: Index) -> bool {
    let receives = |duty: Index| {
        let id = outline.agencies.get(agency as usize).map(|agency| &agency.id);
        let duty = outline.plan.duties.get(duty as usize);
        duty.zip(id).is_some_and(|(duty, id)| duty.to.is_empty() || duty.to.contains(id))
    };
    item.agency != agency
        && match item.subject {
            Subject::Report { duty, .. } => receives(duty),
            Subject::Task(_) | Subject::Milestone { .. } => true,
        }
}

/// Does `item` call for somebody, whoever it is?
pub fn calls(item: &Item, today: Today) -> bool {
    let Some(cell) = cell(item, today).filter(|cell| *cell != Cell::Paused) else { return false };
    let due_today = item.due == Some(today.date) && item.state.base.is_open();
    matches!(cell, Cell::Overdue | Cell::AwaitingConfirmation)
        || item.state.base == Base::Returned
        || due_today
        || (item.state.requested.is_some() && item.state.base.is_open())
        || is_promise_broken(item, today.date)
}

/// Was it promised for a day that has passed, and is still not in?
pub fn is_promise_broken(item: &Item, today: Date) -> bool {
    item.state.base.is_open()
        && item.state.handed_in.is_none()
        && item.state.promise.is_some_and(|promised| promised < today)
}
