//! Due dates: from the wording of a rule to the last on-time day, and rolling. What is late is in `status.rs`.

use jiff::{ToSpan, civil::Date};

use super::{
    calendar::Calendar,
    duty::{DueRule, Within},
};

/// The last on-time day of a rule, as written, in the month in which the figures close on `closing`.
///
/// "Trước ngày 20" (before the 20th) ends on the 19th; "chậm nhất ngày 20" (by the 20th) includes it. A day the month does
/// not have means its last day (Civil Code 2015 art. 148(3)).
pub fn written_due(rule: DueRule, closing: Date) -> Option<Date> {
    let (day, before) = match rule {
        DueRule::BeforeDay(day) => (day, 1),
        DueRule::ByDay(day) => (day, 0),
    };
    let named = closing.with().day(day.clamp(1, closing.days_in_month())).build().ok()?;
    named.checked_sub(before.days()).ok()
}

/// The last on-time day of a time that runs from an event on `from`; the event's day is not counted.
pub fn due_within(within: Within, from: Date, calendar: &Calendar) -> Option<Date> {
    match within {
        Within::WorkingDays(count) => Some(calendar.add_working_days(from, i32::from(count))),
        Within::Days(count) => from.checked_add(i64::from(count).days()).ok(),
    }
}

/// `written` as it is in force: on a rest day it moves to the next working day where `roll` says so
/// (Civil Code 2015 art. 148(5)). The last on-time day is found first and rolled then, also past a day the text names.
pub fn in_force(written: Date, roll: bool, calendar: &Calendar) -> Date {
    if roll { calendar.roll(written) } else { written }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn before_a_day_ends_the_day_before_and_by_a_day_includes_it() {
        assert_eq!(written_due(DueRule::BeforeDay(20), date(2023, 6, 14)), Some(date(2023, 6, 19)));
        assert_eq!(written_due(DueRule::ByDay(20), date(2023, 6, 14)), Some(date(2023, 6, 20)));
        assert_eq!(written_due(DueRule::BeforeDay(1), date(2023, 6, 14)), Some(date(2023, 5, 31)));
        assert_eq!(written_due(DueRule::ByDay(31), date(2023, 6, 14)), Some(date(2023, 6, 30)));
    }

    #[test]
    fn rolling_comes_after_the_wording() {
        let calendar = Calendar::default();
        let before_sunday = written_due(DueRule::BeforeDay(18), date(2023, 6, 14)).unwrap();
        assert_eq!(before_sunday, date(2023, 6, 17));
        assert_eq!(in_force(before_sunday, true, &calendar), date(2023, 6, 19));
        assert_eq!(in_force(before_sunday, false, &calendar), before_sunday);
    }

    #[test]
    fn a_time_runs_from_the_day_after_the_event() {
        let calendar = Calendar::default();
        assert_eq!(due_within(Within::WorkingDays(2), date(2023, 11, 16), &calendar), Some(date(2023, 11, 20)));
        assert_eq!(due_within(Within::Days(10), date(2023, 11, 16), &calendar), Some(date(2023, 11, 26)));
    }
}
