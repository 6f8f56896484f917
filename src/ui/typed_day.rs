//! The day a typed date means, beside the line it is typed into.

use jiff::civil::Date;

use super::{Look, theme::Role};

/// `date` with its weekday; where it falls on a day of rest and another is `in_force`, that it does and which.
pub(super) fn said(date: Date, in_force: Option<Date>, this_year: i16, look: &Look<'_>) -> (String, Role) {
    let words = look.words;
    match in_force.filter(|rolled| *rolled != date) {
        Some(rolled) => {
            let day = format!("{} {}", words.weekday(date.weekday()), words.short_date(date, this_year));
            let said = words.with("form-rolls", &[("day", day.into()), ("rolled", words.day(rolled).into())]);
            (said, Role::DueSoon)
        }
        None => (words.day(date), Role::Text),
    }
}
