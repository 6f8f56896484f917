//! What happened to each item up to the last day: handed in on time or late, sent back, reminded of, extended, taken back.
//! An event says little; it becomes an entry of the journal in `writing.rs`.

use jiff::civil::{Date, date};
use tiendo::domain::{
    calendar::Calendar,
    item::{Item, Kind},
};

use super::chance::Chance;

/// The day the story is told on, at 8:00; nothing happens on it.
pub(crate) const TODAY: Date = date(2023, 11, 20);

/// One thing that happened.
#[derive(Clone, Copy)]
pub(crate) struct Event {
    /// The day; the hour is chosen when it is written, events of one item on one day keep their order.
    pub(crate) on: Date,
    /// The item's place.
    pub(crate) item: u32,
    pub(crate) act: Act,
}

#[derive(Clone, Copy)]
pub(crate) enum Act {
    Receive,
    Submit,
    Confirm,
    Return,
    Tick,
    Progress(u8),
    RequestExtension(Date),
    Extend(Date),
    Acknowledge,
    Note,
    Remind(u8),
    Escalate(u8),
    /// Takes back the item's last entry.
    Reverse,
}

/// Tells the story of every item.
pub(crate) struct Teller<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) chance: &'a mut Chance,
    pub(crate) events: Vec<Event>,
}

impl Teller<'_> {
    pub(crate) fn tell(&mut self, place: u32, item: &Item, start: Option<Date>) {
        let mut days = Days { on: date(2023, 1, 9), place };
        match (item.kind(), item.due) {
            (Kind::Report, Some(due)) if due < TODAY => self.report(&mut days, due),
            (Kind::Report, Some(due)) => self.early(&mut days, due),
            (Kind::Task, due) => self.task(&mut days, start.unwrap_or(TODAY), due),
            (Kind::Milestone, Some(due)) if due < TODAY => {
                days.on = due;
                if !self.chance.happens(40) {
                    self.act(&mut days, 0, Act::Tick);
                }
            }
            (Kind::Report | Kind::Milestone, _) => {}
        }
    }

    /// A report whose day has come.
    fn report(&mut self, days: &mut Days, due: Date) {
        let fate = self.chance.below(1_000);
        if fate < 880 {
            days.on = self.calendar.add_working_days(due, -self.chance.between(1, 4));
            if self.chance.happens(500) {
                self.act(days, 0, Act::Acknowledge);
            }
            self.hand_in(days);
        } else if fate < 910 {
            self.extended(days, due);
        } else if fate < 972 {
            self.late(days, due);
        } else {
            days.on = due;
            self.chased(days, 4);
        }
    }

    /// A report that is not due yet may have come all the same.
    fn early(&mut self, days: &mut Days, due: Date) {
        days.on = self.calendar.add_working_days(due, -8);
        if days.on < TODAY && self.chance.happens(150) {
            self.act(days, 0, Act::Submit);
            self.act(days, 1, Act::Confirm);
        }
    }

    fn late(&mut self, days: &mut Days, due: Date) {
        days.on = due;
        let rungs = self.chance.between(1, 3);
        self.chased(days, rungs);
        self.hand_in(days);
    }

    fn extended(&mut self, days: &mut Days, due: Date) {
        days.on = self.calendar.add_working_days(due, -3);
        let until = self.calendar.add_working_days(due, 8);
        if self.chance.happens(600) {
            self.act(days, 0, Act::RequestExtension(until));
        }
        self.act(days, 1, Act::Extend(until));
        let after = self.chance.between(3, 9);
        self.act(days, after, Act::Note);
        self.hand_in(days);
    }

    /// Up the ladder, so many rungs, one after the other.
    fn chased(&mut self, days: &mut Days, rungs: i32) {
        for rung in 1..=rungs {
            let after = [1, 4, 5, 10][(rung - 1) as usize];
            let level = rung as u8;
            self.act(days, after, if rung <= 2 { Act::Remind(level) } else { Act::Escalate(level) });
            if self.chance.happens(300) {
                self.act(days, 0, Act::Note);
            }
        }
    }

    /// Received by the coordinator, or handed in by the agency and confirmed; now and then sent back or a mistake.
    fn hand_in(&mut self, days: &mut Days) {
        if self.chance.happens(10) {
            self.act(days, 0, Act::Receive);
            self.act(days, 0, Act::Reverse);
        }
        if self.chance.happens(150) {
            self.act(days, 0, Act::Receive);
        } else {
            self.act(days, 0, Act::Submit);
            if self.chance.happens(60) {
                self.act(days, 1, Act::Return);
                self.act(days, 1, Act::Submit);
            }
            let after = self.chance.between(0, 2);
            self.act(days, after, Act::Confirm);
        }
        if self.chance.happens(550) {
            self.act(days, 0, Act::Note);
        }
    }

    fn task(&mut self, days: &mut Days, start: Date, due: Option<Date>) {
        let end = due.unwrap_or(TODAY);
        days.on = self.calendar.roll(start);
        for percent in [20, 40, 60, 80] {
            let after = self.chance.between(5, 15);
            if self.calendar.add_working_days(days.on, after) >= end {
                break;
            }
            self.act(days, after, Act::Progress(percent));
        }
        if due.is_none() || self.chance.happens(30) {
            return;
        }
        let days_off = if self.chance.happens(100) { self.chance.between(1, 20) } else { -self.chance.between(0, 3) };
        days.on = days.on.max(self.calendar.add_working_days(end, days_off));
        self.act(days, 0, Act::Submit);
        let after = self.chance.between(0, 3);
        self.act(days, after, Act::Confirm);
    }

    /// So many working days after the last event; what would come on the last day or later has not happened.
    fn act(&mut self, days: &mut Days, after: i32, act: Act) {
        days.on = self.calendar.add_working_days(days.on, after);
        if days.on < TODAY {
            self.events.push(Event { on: days.on, item: days.place, act });
        }
    }
}

/// Where the story of an item has come to.
struct Days {
    on: Date,
    place: u32,
}
