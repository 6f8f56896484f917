//! What is different between two days, by how everything stood on each: one change for each item, the one that matters most.

use super::{Change, Changes, Standing, Turn};
use crate::domain::{
    item::{Item, Kind},
    snapshot::Snapshot,
    status::{Base, Cell, Today},
};

/// What is different in `now` from `then`, each with its day.
pub fn between(then: (&Snapshot, Today), now: (&Snapshot, Today)) -> Changes {
    let mut list = Vec::new();
    for (place, item) in now.0.items.iter().enumerate() {
        // Most stand where they stood.
        let old = then.0.items.get(place).filter(|old| old.id == item.id).or_else(|| then.0.item(&item.id));
        let is = Standing::of(item, now.1);
        let was = old.map(|old| (old, Standing::of(old, then.1)));
        if let Some(turn) = turned(was, item, is) {
            let was = was.map(|(_, was)| was).filter(|was| was.base.is_counted());
            list.push(Change { item: item.id.clone(), turn, on: None, entry: None, was });
        }
    }
    for old in then.0.items.iter().filter(|old| old.state.base.is_counted() && now.0.item(&old.id).is_none()) {
        let was = Some(Standing::of(old, then.1));
        list.push(Change { item: old.id.clone(), turn: Turn::Gone, on: None, entry: None, was });
    }
    Changes::new(list, now.0)
}

fn turned(was: Option<(&Item, Standing)>, item: &Item, is: Standing) -> Option<Turn> {
    let was = was.filter(|(_, was)| was.base.is_counted());
    let Some((old, was)) = was else { return is.base.is_counted().then_some(Turn::New) };
    let became = |base: Base| is.base == base && was.base != base;
    let chased = (item.state.reminders, item.state.escalation) != (old.state.reminders, old.state.escalation);
    if !is.base.is_counted() {
        Some(Turn::Gone)
    } else if became(Base::AwaitingConfirmation) || (became(Base::Done) && item.kind() == Kind::Report) {
        Some(Turn::Arrived)
    } else if became(Base::Done) {
        Some(Turn::Settled)
    } else if became(Base::Returned) {
        Some(Turn::Returned)
    } else if is.cell == Some(Cell::Overdue) && was.cell != Some(Cell::Overdue) {
        Some(Turn::Overdue)
    } else if was.base == Base::Done && is.base != Base::Done {
        Some(Turn::TakenBack)
    } else if is.due != was.due {
        Some(Turn::Deadline)
    } else if chased {
        Some(Turn::Chased)
    } else if (is.base, is.progress) != (was.base, was.progress) {
        Some(Turn::Progress)
    } else if is.cell == Some(Cell::DueSoon) && was.cell != Some(Cell::DueSoon) {
        Some(Turn::DueSoon)
    } else {
        None
    }
}
