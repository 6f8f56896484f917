//! Working days: Saturdays and Sundays off, the days off of the year off, make-up Saturdays on.

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use std::collections::HashSet;

/// `config/holidays/vn.toml`.
#[derive(Deserialize)]
pub(crate) struct Years {
    year: Vec<Year>,
}

#[derive(Deserialize)]
struct Year {
    days_off: Vec<Date>,
    make_up: Vec<Date>,
}

pub(crate) struct Calendar {
    off: HashSet<Date>,
    on: HashSet<Date>,
}

impl From<Years> for Calendar {
    fn from(years: Years) -> Self {
        Self {
            off: years.year.iter().flat_map(|year| year.days_off.iter().copied()).collect(),
            on: years.year.iter().flat_map(|year| year.make_up.iter().copied()).collect(),
        }
    }
}

impl Calendar {
    pub(crate) fn is_working(&self, day: Date) -> bool {
        let weekend = day.weekday().to_monday_zero_offset() >= 5;
        self.on.contains(&day) || !weekend && !self.off.contains(&day)
    }

    /// The day itself, or the first working day after it.
    pub(crate) fn roll(&self, day: Date) -> Date {
        self.from(day, 1)
    }

    /// The last working day before.
    pub(crate) fn before(&self, day: Date) -> Date {
        self.from(day - 1.day(), -1)
    }

    /// The first working day after.
    pub(crate) fn after(&self, day: Date) -> Date {
        self.from(day + 1.day(), 1)
    }

    fn from(&self, mut day: Date, step: i64) -> Date {
        while !self.is_working(day) {
            day += step.days();
        }
        day
    }
}
