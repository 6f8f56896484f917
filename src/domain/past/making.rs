//! A past in the making: how each item stands at the end of one week after another, kept where it changed.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{History, Past, Planned, Standing, Step};
use crate::domain::{
    calendar::Calendar,
    id::ItemId,
    item::{Item, Kind},
    snapshot::Snapshot,
    status::Today,
};

/// A past made of whole snapshots, where there is no journal to replay.
#[derive(Default)]
pub struct Observed {
    made: Making,
    weeks: Vec<Date>,
}

impl Observed {
    /// How it stood at the end of a week; they are looked at in order.
    pub fn look(&mut self, end: Date, snapshot: &Snapshot) {
        let Ok(week) = u16::try_from(self.weeks.len()) else { return };
        self.made.look(week, end, snapshot);
        self.weeks.push(end);
    }

    /// What was seen.
    pub fn past(self) -> Past {
        self.made.past(self.weeks)
    }
}

/// A past in the making.
#[derive(Default)]
pub(super) struct Making {
    items: Vec<Made>,
    by_id: HashMap<ItemId, u32>,
    /// By the place of an item in the snapshot last looked at.
    places: Vec<Option<u32>>,
    steps: Vec<(u32, Step)>,
}

struct Made {
    id: ItemId,
    kind: Kind,
    planned: Planned,
    last: Standing,
    seen: u16,
}

impl Making {
    pub(super) fn look(&mut self, week: u16, day: Date, snapshot: &Snapshot) {
        // How many working days are "soon" makes no difference here.
        let today = Today::new(day, 0, &Calendar::default());
        for (place, item) in snapshot.items.iter().enumerate() {
            if item.kind() == Kind::Milestone {
                continue;
            }
            let known = self.places.get(place).copied().flatten();
            let stands = |number: &u32| self.items.get(*number as usize).is_some_and(|made| made.id == item.id);
            let number = known.filter(stands).unwrap_or_else(|| self.meet(place, item));
            let Some(made) = self.items.get_mut(number as usize) else { continue };
            made.seen = week;
            made.planned = Planned::of(item, &snapshot.outline);
            let standing = Standing::of(item, today);
            if standing != made.last {
                made.last = standing;
                self.steps.push((number, Step { week, standing }));
            }
        }
        for (number, made) in (0..).zip(&mut self.items).filter(|(_, made)| made.seen != week) {
            if made.last != Standing::default() {
                made.last = Standing::default();
                self.steps.push((number, Step { week, standing: made.last }));
            }
        }
    }

    /// The number of an item that was not known to stand at that place.
    fn meet(&mut self, place: usize, item: &Item) -> u32 {
        let next = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let number = *self.by_id.entry(item.id.clone()).or_insert(next);
        if number == next {
            let (planned, last) = (Planned::default(), Standing::default());
            self.items.push(Made { id: item.id.clone(), kind: item.kind(), planned, last, seen: u16::MAX });
        }
        self.places.resize(self.places.len().max(place + 1), None);
        self.places[place] = Some(number);
        number
    }

    pub(super) fn past(mut self, weeks: Vec<Date>) -> Past {
        // Stable: the steps of each stay in their order.
        self.steps.sort_by_key(|(number, _)| *number);
        let mut end = 0;
        let mut ends = vec![0; self.items.len()];
        for (number, _) in &self.steps {
            end += 1;
            ends[*number as usize] = end;
        }
        let mut last = 0;
        let items = self.items.into_iter().zip(ends).map(|(made, end)| {
            last = last.max(end);
            History { id: made.id, kind: made.kind, planned: made.planned, end: last }
        });
        Past { weeks, items: items.collect(), steps: self.steps.into_iter().map(|(_, step)| step).collect() }
    }
}
