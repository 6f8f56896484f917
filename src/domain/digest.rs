//! [`Digest`]: what is worth a mail a day: what became overdue, what arrived, what is due within so many working days, what
//! the ladder proposes today. Pure: what changed, the day and the ladder come as arguments.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use jiff::civil::Date;

use super::{
    calendar::Calendar,
    changes::{Change, Changes, Turn},
    id::ItemId,
    item::{Index, Item},
    ladder::{NextStep, next_step},
    plan::Step,
    status::{Cell, Today, cell},
};

/// What a digest tells of the items it was asked about.
#[derive(Clone, Debug, Default)]
pub struct Digest<'a> {
    /// What became overdue, and since which day; the longest first.
    pub overdue: Vec<(&'a Item, Option<Date>)>,
    /// What was handed in, confirmed or ticked; the newest first.
    pub arrived: Vec<(&'a Item, &'a Change)>,
    /// What is open and due in time, from today on; the soonest first.
    pub due: Vec<&'a Item>,
    /// What stands before a rung whose day has come; the highest rung first.
    pub steps: Vec<(&'a Item, NextStep)>,
}

/// What goes into a digest.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What changed since the day it begins.
    pub changes: &'a Changes,
    /// The day it is made for.
    pub today: Today,
    /// So many working days from today are looked ahead.
    pub within: u16,
    /// The ladder of the plan.
    pub ladder: &'a [Step],
    /// Whose own items no step is proposed for: nobody writes to themselves.
    pub seat: Option<Index>,
}

impl<'a> Digest<'a> {
    /// The digest of `items`.
    pub fn of(items: &[&'a Item], calendar: &Calendar, asked: Asked<'a>) -> Self {
        let mut digest = Digest::default();
        let mut came = HashSet::new();
        let by_id: HashMap<&ItemId, &Item> = items.iter().map(|item| (&item.id, *item)).collect();
        let find = |id: &ItemId| by_id.get(id).copied();
        for change in asked.changes.all() {
            match change.turn {
                Turn::Overdue => digest.overdue.extend(find(&change.item).map(|item| (item, change.on))),
                // What was handed in and confirmed since is told once.
                Turn::Arrived | Turn::Settled if came.insert(&change.item) => {
                    digest.arrived.extend(find(&change.item).map(|item| (item, change)));
                }
                Turn::Arrived
                | Turn::Settled
                | Turn::New
                | Turn::Returned
                | Turn::Deadline
                | Turn::Chased
                | Turn::Progress
                | Turn::Gone
                | Turn::TakenBack
                | Turn::Amended
                | Turn::Noted
                | Turn::DueSoon => {}
            }
        }
        digest.overdue.sort_by_key(|(item, _)| item.due);
        digest.arrived.sort_by_key(|(_, change)| Reverse(change.entry.as_ref().map(|entry| entry.recorded_at())));
        let today = asked.today.date;
        let until = until(calendar, today, asked.within);
        let is_soon = |item: &&&Item| {
            let in_time = matches!(cell(item, asked.today), Some(Cell::InTime | Cell::DueSoon));
            in_time && item.due.is_some_and(|due| today <= due && due <= until)
        };
        digest.due = items.iter().filter(is_soon).copied().collect();
        digest.due.sort_by_key(|item| item.due);
        let step = |item: &&'a Item| {
            let next = next_step(item, calendar, asked.ladder).filter(|next| next.is_due(today))?;
            (asked.seat != Some(item.agency)).then_some((*item, next))
        };
        digest.steps = items.iter().filter_map(step).collect();
        digest.steps.sort_by_key(|(item, next)| (Reverse(next.step), item.due));
        digest
    }

    /// Is there nothing to tell?
    pub fn is_empty(&self) -> bool {
        self.overdue.is_empty() && self.arrived.is_empty() && self.due.is_empty() && self.steps.is_empty()
    }
}

/// The last day that is looked ahead to.
pub fn until(calendar: &Calendar, today: Date, within: u16) -> Date {
    calendar.add_working_days(today, i32::from(within))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        changes::{self, since},
        entry::{Entry, Verb},
        id::EntryId,
        ladder::ladder,
        look::Look,
        plan::Plan,
        snapshot::Snapshot,
    };

    fn plan() -> Arc<Plan> {
        let plan = serde_json::json!({
            "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
            "agencies": [{"id": "a", "kind": "department"}, {"id": "us", "kind": "department"}],
            "tasks": [
                {"id": "Late", "lead": "a", "due": "2023-11-17"},
                {"id": "Later", "lead": "a", "due": "2023-10-16"},
                {"id": "Ours", "lead": "us", "due": "2023-10-16"},
                {"id": "Soon", "lead": "a", "due": "2023-11-24"},
                {"id": "Far", "lead": "a", "due": "2023-11-29"},
                {"id": "Done", "lead": "a", "due": "2023-11-21"},
            ],
        });
        Arc::new(serde_json::from_value(plan).unwrap())
    }

    fn entry(number: u128, verb: Verb, task: &str, at: &str) -> Entry {
        let at: Timestamp = at.parse().unwrap();
        let on = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        Entry::new(EntryId(Uuid::from_u128(number)), format!("task:{task}").as_str().into(), verb, on, at)
    }

    #[test]
    fn each_part_tells_its_own_and_nothing_twice() {
        let journal = [
            entry(1, Verb::Submit, "Done", "2023-11-18T02:00:00Z"),
            entry(2, Verb::Confirm, "Done", "2023-11-19T02:00:00Z"),
        ];
        let snapshot = Snapshot::replay(plan(), &journal);
        let outline = &snapshot.outline;
        let today = Today::new(date(2023, 11, 20), 5, &outline.calendar);
        let look = Look { at: "2023-11-17T01:00:00Z".parse().unwrap(), cursor: None };
        let asked = changes::Asked { look, until: None, me: None, today, soon: 5 };
        let changes = since(&snapshot, &journal, asked);
        let ladder = ladder(&outline.plan);
        let items: Vec<&Item> = snapshot.items.iter().collect();
        let of = |within| {
            let seat = outline.agency("us");
            let asked = Asked { changes: &changes, today, within, ladder: &ladder, seat };
            Digest::of(&items, &outline.calendar, asked)
        };
        let names = |items: &mut dyn Iterator<Item = &Item>| {
            items.map(|item| item.id.as_str().trim_start_matches("task:").to_owned()).collect::<Vec<_>>()
        };
        let digest = of(4);
        assert_eq!(names(&mut digest.overdue.iter().map(|(item, _)| *item)), ["Late"], "the other one was before");
        assert_eq!(names(&mut digest.arrived.iter().map(|(item, _)| *item)), ["Done"], "once");
        assert_eq!(names(&mut digest.due.iter().copied()), ["Soon"]);
        assert_eq!(names(&mut of(7).due.iter().copied()), ["Soon", "Far"]);
        assert!(of(3).due.is_empty(), "the 24th is four working days away");
        let steps: Vec<(&str, u8)> = digest.steps.iter().map(|(item, next)| (item.id.as_str(), next.step)).collect();
        assert_eq!(steps, [("task:Later", 1), ("task:Late", 1)], "nobody reminds themselves");
        assert!(!digest.is_empty() && Digest::default().is_empty());
    }
}
