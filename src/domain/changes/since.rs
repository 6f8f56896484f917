//! What changed since a look: what others did, by the entries recorded since, and what time made of the rest. Nothing here
//! needs to know how things stood then: no journal is replayed for it.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};

use super::{Change, Changes, Turn};
use crate::domain::{
    difference::{Change as Amended, Difference, Record},
    entry::{Entry, Verb},
    fold::reversed,
    follow::{following, opened},
    id::{ActorId, EntryId, ItemId},
    item::Item,
    look::Look,
    mailing::{is_claim, shown},
    snapshot::Snapshot,
    status::{Cell, Today, cell},
};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Since when.
    pub look: Look,
    /// Only what was recorded by then, where another day is shown.
    pub until: Option<Timestamp>,
    /// Whose own acts are no news.
    pub me: Option<&'a ActorId>,
    /// The day shown.
    pub today: Today,
    /// Working days before a due date that count as soon.
    pub soon: u16,
}

/// What changed in `snapshot` since a look. `entries` are those since then, in order; older ones among them are left out.
///
/// An entry that was taken back since, and what took it back, come to nothing. What an act made overdue (sent back, taken up
/// again) is told by that act.
pub fn since(snapshot: &Snapshot, entries: &[Entry], asked: Asked<'_>) -> Changes {
    let day = snapshot.outline.zone.to_datetime(asked.look.at).date();
    if day > asked.today.date {
        return Changes::default();
    }
    let mut found = Found { changes: Vec::new(), places: HashMap::new() };
    acts(snapshot, entries, asked, &mut found);
    let then = Today::new(day, asked.soon, &snapshot.outline.calendar);
    // Most are far from both days.
    let near = |item: &&Item| item.due.is_some_and(|due| day <= due && asked.today.is_near(due));
    for item in snapshot.items.iter().filter(near) {
        if let Some((turn, on)) = by_time(snapshot, item, then, asked)
            && !found.has(&item.id, Turn::New)
        {
            // Each stands once: there is nothing newer to look for.
            let on = Some(on);
            found.changes.push(Change { item: item.id.clone(), turn, on, entry: None, was: None });
        }
    }
    Changes::new(found.changes, snapshot)
}

/// Was `entry` recorded after the look, and by the time asked about?
pub fn fresh(entry: &Entry, look: Look, until: Option<Timestamp>) -> bool {
    let is_later = match look.cursor {
        Some(cursor) => entry.seq > cursor,
        None => entry.recorded_at() > look.at,
    };
    is_later && until.is_none_or(|until| entry.recorded_at() <= until)
}

/// The newest change of each sort on each item.
struct Found {
    changes: Vec<Change>,
    places: HashMap<(ItemId, Turn), usize>,
}

impl Found {
    fn has(&self, item: &ItemId, turn: Turn) -> bool {
        self.places.contains_key(&(item.clone(), turn))
    }

    fn add(&mut self, change: Change) {
        let place = self.places.entry((change.item.clone(), change.turn)).or_insert(self.changes.len());
        match self.changes.get_mut(*place) {
            Some(earlier) => *earlier = change,
            None => self.changes.push(change),
        }
    }
}

fn acts(snapshot: &Snapshot, entries: &[Entry], asked: Asked<'_>, found: &mut Found) {
    let fresh: Vec<&Entry> = entries.iter().filter(|entry| fresh(entry, asked.look, asked.until)).collect();
    let gone = reversed(fresh.iter().copied());
    let by_id: HashMap<EntryId, &Entry> = fresh.iter().map(|entry| (entry.id, *entry)).collect();
    let is_mine = |entry: &Entry| asked.me.is_some() && entry.by.as_ref() == asked.me;
    for entry in &fresh {
        // What somebody else did and took back again is as if it had never been; not what they took back of mine.
        let undoes = entry.reverses.and_then(|id| by_id.get(&id)).is_some_and(|entry| !is_mine(entry));
        let is_said = !is_claim(entry) || shown(entries, entry).is_some();
        if is_mine(entry) || gone.contains(&entry.id) || undoes || !is_said {
            continue;
        }
        let Some(turn) = Turn::of(&entry.verb) else { continue };
        let mut add = |item: ItemId, turn| {
            let (on, entry) = (Some(entry.on), Some(Box::new((*entry).clone())));
            found.add(Change { item, turn, on, entry, was: None });
        };
        if turn == Turn::Arrived {
            let follows = |id: &ItemId| snapshot.item(id).is_some_and(|item| !item.is_called_off());
            let following = following(&snapshot.outline, &entry.item).into_iter().filter(follows);
            following.for_each(|id| add(id, Turn::New));
        }
        if entry.verb == Verb::Plan {
            amended(snapshot, entry).into_iter().for_each(|(item, turn)| add(item, turn));
        } else {
            add(opened(entry).map_or_else(|| entry.item.clone(), |(case, _)| case), turn);
        }
    }
}

/// The tasks an amendment says something of; the plan itself where it is about something else.
fn amended(snapshot: &Snapshot, entry: &Entry) -> Vec<(ItemId, Turn)> {
    let task = |difference: &Difference| {
        let id = ItemId::task(&difference.id.as_str().into());
        let is_there = difference.record == Record::Task && snapshot.item(&id).is_some();
        let turn = if difference.change == Amended::Added { Turn::New } else { Turn::Amended };
        is_there.then_some((id, turn))
    };
    let tasks: Vec<(ItemId, Turn)> = entry.changes.iter().filter_map(task).collect();
    if tasks.is_empty() || tasks.len() < entry.changes.len() {
        return tasks.into_iter().chain([(entry.item.clone(), Turn::Amended)]).collect();
    }
    tasks
}

/// What time made of an item since `then`, and on which day.
fn by_time(snapshot: &Snapshot, item: &Item, then: Today, asked: Asked<'_>) -> Option<(Turn, Date)> {
    let due = item.due?;
    match cell(item, asked.today)? {
        Cell::Overdue => Some((Turn::Overdue, due.tomorrow().ok()?)),
        Cell::DueSoon if cell(item, then) == Some(Cell::InTime) => {
            let near = snapshot.outline.calendar.add_working_days(due, -i32::from(asked.soon));
            Some((Turn::DueSoon, near.max(then.date)))
        }
        Cell::DueSoon
        | Cell::OnTime
        | Cell::Late
        | Cell::DoneNoDeadline
        | Cell::InTime
        | Cell::AwaitingConfirmation
        | Cell::Paused
        | Cell::NoDeadline => None,
    }
}
