//! Weeks of a plan: from the first day it names to its last, each by the Sunday it ends with.

use jiff::{ToSpan, civil::Date};

use super::{outline::Outline, plan::NO_YEAR};

/// More weeks than these are not looked at: a date mistyped by a century must not make a chart of it.
const MOST: i32 = 530;

/// The first and the last day `plan` is about, seen from `day`, which is within them: of its issue (where it
/// has no such day, of its year), its tasks and reports.
pub fn span(outline: &Outline, day: Date) -> (Date, Date) {
    let plan = &outline.plan;
    let of_tasks = plan.tasks.iter().flat_map(|task| [task.start, task.due]).flatten();
    let of_reports =
        outline.periods.iter().flat_map(|period| period.own.values().map(|own| own.due).chain([period.due])).flatten();
    let (begins, ends) = year(plan.year).unwrap_or((day, day));
    let (mut from, mut to) = (plan.issued.unwrap_or(begins).min(day), ends.max(day));
    for date in of_tasks.chain(of_reports) {
        (from, to) = (from.min(date), to.max(date));
    }
    let most = (MOST * 7).days();
    let (first, last) = (day.checked_sub(most).unwrap_or(from), day.checked_add(most).unwrap_or(to));
    (from.max(first), to.min(last))
}

/// The last days of the weeks from the one `from` is in, up to the last that ends before `day`.
pub fn ends_before(from: Date, day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(end_of_week(from), next).take_while(move |end| *end < day)
}

/// The last day of the last week that ends before `day`.
pub fn last_before(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(day.weekday().to_monday_one_offset()).days()).ok()
}

/// The last days of the weeks after `day`, up to `to`, and `to` itself.
pub fn ends_after(day: Date, to: Date) -> impl Iterator<Item = Date> {
    let ends = std::iter::successors(day.tomorrow().ok().and_then(end_of_week), next);
    ends.take_while(move |end| *end < to).chain((to > day).then_some(to))
}

fn end_of_week(day: Date) -> Option<Date> {
    let left = 7 - day.weekday().to_monday_one_offset();
    day.checked_add(i32::from(left).days()).ok()
}

fn next(end: &Date) -> Option<Date> {
    end.checked_add(7.days()).ok()
}

/// The first and the last day of a plan's year, where it has one.
fn year(year: i16) -> Option<(Date, Date)> {
    let days = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
    days.filter(|_| year != NO_YEAR)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_end_on_sundays_and_the_one_that_runs_has_not_ended() {
        let monday = date(2023, 11, 20);
        let ends: Vec<Date> = ends_before(date(2023, 11, 8), monday).collect();
        assert_eq!(ends, [date(2023, 11, 12), date(2023, 11, 19)]);
        assert_eq!(ends_before(date(2023, 11, 8), date(2023, 11, 12)).count(), 0);
        assert_eq!(last_before(monday), Some(date(2023, 11, 19)));
        assert_eq!(last_before(date(2023, 11, 19)), Some(date(2023, 11, 12)));
        let ends: Vec<Date> = ends_after(date(2023, 12, 17), date(2023, 12, 31)).collect();
        assert_eq!(ends, [date(2023, 12, 24), date(2023, 12, 31)]);
        assert_eq!(ends_after(monday, monday).count(), 0);
    }
}
