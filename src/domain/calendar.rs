//! Working days: weekends, days off and make-up Saturdays, and counting by them. Which days are off is data.

use std::collections::BTreeSet;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{campaign::days_between, schema};

/// How many days a search for working days looks ahead: where a table is wrong, it ends all the same.
const HORIZON: usize = 4_000;

/// The days of a holiday table, resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DaysOff {
    /// Public holidays and days off in lieu.
    #[serde(default)]
    #[schemars(schema_with = "schema::dates")]
    pub days_off: BTreeSet<Date>,
    /// Weekend days that are worked instead.
    #[serde(default)]
    #[schemars(schema_with = "schema::dates")]
    pub make_up: BTreeSet<Date>,
}

/// Which days are worked. Saturday and Sunday are not, unless they are make-up days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: DaysOff,
}

impl Calendar {
    /// The calendar of a plan's resolved days.
    pub fn new(days: DaysOff) -> Self {
        Calendar { days }
    }

    /// Does the table say anything of `year`? Every year has days off.
    pub fn knows(&self, year: i16) -> bool {
        self.days.days_off.iter().any(|day| day.year() == year)
    }

    /// Is `date` worked?
    pub fn is_working(&self, date: Date) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        (!weekend || self.days.make_up.contains(&date)) && !self.days.days_off.contains(&date)
    }

    /// `date` itself where it is worked, else the next working day (Civil Code 2015 art. 148(5)).
    pub fn roll(&self, date: Date) -> Date {
        self.from(date, 1).find(|day| self.is_working(*day)).unwrap_or(date)
    }

    /// `date` itself where it is worked, else the working day before it.
    pub fn roll_back(&self, date: Date) -> Date {
        self.from(date, -1).find(|day| self.is_working(*day)).unwrap_or(date)
    }

    /// The working day that is `count` working days after `date` (before it where negative); `date` itself is not
    /// counted (Civil Code 2015 art. 147). For 0 the date itself.
    pub fn add_working_days(&self, date: Date, count: i32) -> Date {
        let Ok(nth) = usize::try_from(count.unsigned_abs()) else { return date };
        if nth == 0 {
            return date;
        }
        let worked = self.from(date, count.signum()).skip(1).filter(|day| self.is_working(*day));
        worked.take(nth).last().unwrap_or(date)
    }

    /// Working days from the day after `from` to `to` itself; negative where `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let days = days_between(from, to);
        let (weeks, rest) = (days / 7, days % 7);
        let first = from.weekday().to_monday_one_offset() as i32;
        let in_rest = (1..=rest).filter(|ahead| (first - 1 + ahead) % 7 < 5).count() as i32;
        let Some(begin) = from.tomorrow().ok().filter(|begin| *begin <= to) else { return 0 };
        let is_weekend = |day: &&Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let off =
            self.days.days_off.range(begin..=to).filter(|day| !is_weekend(day) || self.days.make_up.contains(day));
        let made_up = self.days.make_up.range(begin..=to).filter(is_weekend);
        weeks * 5 + in_rest - off.count() as i32 + made_up.count() as i32
    }

    /// Days from `date` on, forwards or backwards, `date` first.
    fn from(&self, date: Date, step: i32) -> impl Iterator<Item = Date> {
        let next = move |day: &Date| day.checked_add(step.days()).ok();
        std::iter::successors(Some(date), next).take(HORIZON)
    }
}

/// The last instant of `day` in `zone`: what a day given without a time means. None at the end of what can be counted.
pub fn end_of_day(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let zoned = day.to_datetime(Time::midnight()).to_zoned_datetime(zone.clone()).ok()?;
    Some(zoned.end_of_day().ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn calendar() -> Calendar {
        let days_off = [date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3), date(2024, 4, 29)];
        Calendar::new(DaysOff { days_off: days_off.into(), make_up: [date(2024, 5, 4)].into() })
    }

    #[test]
    fn a_due_date_on_a_rest_day_rolls_over_the_holidays_behind_it() {
        assert_eq!(calendar().roll(date(2023, 4, 30)), date(2023, 5, 4));
        assert_eq!(calendar().roll(date(2023, 6, 19)), date(2023, 6, 19));
        assert_eq!(calendar().roll_back(date(2023, 5, 3)), date(2023, 4, 28));
    }

    #[test]
    fn a_make_up_saturday_is_worked() {
        assert!(calendar().is_working(date(2024, 5, 4)));
        assert_eq!(calendar().roll(date(2024, 5, 4)), date(2024, 5, 4));
        assert_eq!(calendar().working_days_between(date(2024, 5, 3), date(2024, 5, 5)), 1);
    }

    #[test]
    fn working_days_do_not_count_the_day_of_the_event() {
        assert_eq!(calendar().add_working_days(date(2023, 5, 12), 2), date(2023, 5, 16));
        assert_eq!(calendar().add_working_days(date(2023, 10, 31), 10), date(2023, 11, 14));
        assert_eq!(calendar().add_working_days(date(2023, 5, 4), -1), date(2023, 4, 28));
    }

    proptest! {
        #[test]
        fn counting_agrees_with_walking(start in 0..900i32, length in 0..200i32) {
            let calendar = calendar();
            let from = date(2022, 12, 1).checked_add(start.days()).unwrap();
            let to = from.checked_add(length.days()).unwrap();
            let walked = calendar.from(from, 1).take(length as usize + 1).skip(1).filter(|day| calendar.is_working(*day)).count();
            prop_assert_eq!(calendar.working_days_between(from, to), walked as i32);
            prop_assert_eq!(calendar.working_days_between(to, from), -(walked as i32));
            if calendar.is_working(to) {
                prop_assert_eq!(calendar.add_working_days(from, walked as i32), to);
            }
        }
    }
}
