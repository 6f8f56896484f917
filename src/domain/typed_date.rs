//! [`read`]: a date as people type it, in Vietnamese or English, with or without marks.
//!
//! `30/11` · `30/11/2023` · `2023-11-30` · `today`, `hôm nay`, `mai` · `thứ 6`, `t6`, `cn`, `fri` · `+5` days from today ·
//! `+5lv` (`+5wd`) working days from today · `+5h` (`+5d`) days from the due date in force · `-2`, `-2lv` the same backwards.

use jiff::{ToSpan, civil::Date};

use super::{calendar::Calendar, text::fold_marks};

/// What a date is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A day to come: `30/11` is the next such day after the due date or, where there is none or it has passed, after today.
    ToCome,
    /// A day that has been: `30/11` is the last such day that is not after today.
    Past,
}

impl Sense {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Sense::ToCome => Sense::Past,
            Sense::Past => Sense::ToCome,
        }
    }
}

/// What a date is read against.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    /// Today, in the plan's zone.
    pub today: Date,
    /// The due date in force of what it is typed for.
    pub due: Option<Date>,
    /// The plan's calendar.
    pub calendar: &'a Calendar,
}

/// A day without a year is near: `31/12` typed in November for a day that has been is not that of a year ago, and `10/11` a
/// week later not that of next year. Such a day needs its year.
const NEAR: (i32, i32) = (183, 300);

/// Years on either side of today in which a day without a year is looked for: past a century there is a 29/2.
const YEARS: i16 = 8;

/// The day `typed` means; `None` where it means none.
pub fn read(typed: &str, sense: Sense, base: Base<'_>) -> Option<Date> {
    let typed = fold_marks(typed.trim());
    match typed.as_str() {
        "today" | "hom nay" | "homnay" | "nay" => return Some(base.today),
        "tomorrow" | "ngay mai" | "mai" => return base.today.tomorrow().ok(),
        "yesterday" | "hom qua" | "qua" => return base.today.yesterday().ok(),
        _ => {}
    }
    if let Some(count) = typed.strip_prefix('+') {
        return counted(count, 1, base);
    }
    if let Some(count) = typed.strip_prefix('-') {
        return counted(count, -1, base);
    }
    weekday(&typed).map_or_else(|| written(&typed, sense, base), |weekday| nearest_weekday(weekday, sense, base.today))
}

/// So many days from today, working days from today, or days from the due date.
fn counted(typed: &str, sign: i32, base: Base<'_>) -> Option<Date> {
    let end = typed.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(typed.len());
    let (count, unit) = typed.split_at_checked(end)?;
    let count = sign * count.parse::<i32>().ok().filter(|count| *count <= 3660)?;
    match unit.trim() {
        "" | "ng" | "ngay" => base.today.checked_add(count.days()).ok(),
        "lv" | "wd" => Some(base.calendar.add_working_days(base.today, count)),
        "h" | "d" => base.due?.checked_add(count.days()).ok(),
        _ => None,
    }
}

/// 1 for Monday to 7 for Sunday.
fn weekday(typed: &str) -> Option<i8> {
    const ENGLISH: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const VIETNAMESE: [&str; 6] = ["hai", "ba", "tu", "nam", "sau", "bay"];
    if matches!(typed, "cn" | "chu nhat") {
        return Some(7);
    }
    // `thu 6` is Friday; `thu` alone is English.
    let named = typed.strip_prefix("thu ").or_else(|| typed.strip_prefix('t')).map(str::trim);
    let counted = named.and_then(|day| match day.parse::<i8>() {
        Ok(day) => (2..=7).contains(&day).then_some(day - 1),
        Err(_) if typed.starts_with("thu ") => position(&VIETNAMESE, |name| name == day),
        Err(_) => None,
    });
    let letters = typed.len() >= 3 && typed.chars().all(|letter| letter.is_ascii_lowercase());
    let whole = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let english = || position(&ENGLISH, |name| letters && typed.starts_with(name));
    counted.or_else(|| english().filter(|day| whole[usize::from(day.unsigned_abs()) - 1].starts_with(typed)))
}

fn position(names: &[&str], is: impl Fn(&str) -> bool) -> Option<i8> {
    let place = names.iter().position(|name| is(name))?;
    i8::try_from(place + 1).ok()
}

fn nearest_weekday(weekday: i8, sense: Sense, today: Date) -> Option<Date> {
    let is = |day: &Date| day.weekday().to_monday_one_offset() == weekday;
    (0..7_i32)
        .filter_map(|days| match sense {
            Sense::ToCome => today.checked_add((days + 1).days()).ok(),
            Sense::Past => today.checked_sub(days.days()).ok(),
        })
        .find(is)
}

/// `30/11`, `30/11/2023`, `2023-11-30`.
fn written(typed: &str, sense: Sense, base: Base<'_>) -> Option<Date> {
    let parts: Vec<&str> = typed.split(['/', '-', '.']).map(str::trim).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    let date = |year: i16, month: &str, day: &str| Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(number(year)?, month, day),
        [day, month, year] if year.len() == 4 => date(number(year)?, month, day),
        [day, month, year] if year.len() == 2 => date(2000 + number(year)?, month, day),
        [day, month] => {
            let today = base.today;
            let first = base.due.map_or(today, |due| due.max(today));
            let years = |from: i16, by: i16| (0..=YEARS).filter_map(move |step| from.checked_add(step * by));
            let found = match sense {
                Sense::ToCome => {
                    years(first.year(), 1).filter_map(|year| date(year, month, day)).find(|day| *day > first)
                }
                Sense::Past => {
                    years(today.year(), -1).filter_map(|year| date(year, month, day)).find(|day| *day <= today)
                }
            };
            let apart = |day: Date| today.until(day).map_or(i32::MAX, |span| span.get_days());
            found.filter(|day| match sense {
                Sense::ToCome => apart(*day) <= NEAR.1 || base.due.is_some_and(|due| due >= today),
                Sense::Past => -apart(*day) <= NEAR.0,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Monday 20/11/2023, due on 5/12.
    fn to_come(typed: &str) -> Option<Date> {
        let calendar = Calendar::default();
        read(
            typed,
            Sense::ToCome,
            Base { today: date(2023, 11, 20), due: Some(date(2023, 12, 5)), calendar: &calendar },
        )
    }

    fn past(typed: &str) -> Option<Date> {
        let calendar = Calendar::default();
        read(typed, Sense::Past, Base { today: date(2023, 11, 20), due: None, calendar: &calendar })
    }

    #[test]
    fn days_are_counted_from_today_or_from_the_due_date() {
        assert_eq!(to_come("+5"), Some(date(2023, 11, 25)));
        assert_eq!(to_come("+5lv"), Some(date(2023, 11, 27)));
        assert_eq!(to_come("+5 lv"), Some(date(2023, 11, 27)));
        assert_eq!(to_come("+5wd"), Some(date(2023, 11, 27)));
        assert_eq!(to_come("+5h"), Some(date(2023, 12, 10)));
        assert_eq!(past("-3"), Some(date(2023, 11, 17)));
        assert_eq!(past("-1lv"), Some(date(2023, 11, 17)));
        assert_eq!(past("+5h"), None, "there is no due date");
    }

    #[test]
    fn a_day_without_a_year_is_the_next_after_the_due_date_or_the_last_that_was() {
        assert_eq!(to_come("30/11"), Some(date(2024, 11, 30)), "the due date is later");
        assert_eq!(to_come("10/12"), Some(date(2023, 12, 10)));
        assert_eq!(to_come("5/12"), Some(date(2024, 12, 5)));
        assert_eq!(past("20/11"), Some(date(2023, 11, 20)));
        assert_eq!(past("21/11"), None, "a year ago needs its year");
        assert_eq!(past("31/12"), None);
        assert_eq!(past("1/6"), Some(date(2023, 6, 1)));
    }

    #[test]
    fn weekdays_are_known_in_both_languages() {
        for typed in ["thứ 6", "thu 6", "t6", "T6", "Thứ sáu", "fri", "Friday"] {
            assert_eq!(to_come(typed), Some(date(2023, 11, 24)), "{typed}");
            assert_eq!(past(typed), Some(date(2023, 11, 17)), "{typed}");
        }
        assert_eq!(to_come("cn"), Some(date(2023, 11, 26)));
        assert_eq!(to_come("chủ nhật"), Some(date(2023, 11, 26)));
        assert_eq!(to_come("thứ 2"), Some(date(2023, 11, 27)), "today is one");
        assert_eq!(past("thứ 2"), Some(date(2023, 11, 20)));
        assert_eq!(to_come("thu"), Some(date(2023, 11, 23)));
        assert_eq!(to_come("thứ tư"), Some(date(2023, 11, 22)));
    }

    #[test]
    fn whole_dates_are_read_as_they_are() {
        for typed in ["14/6/2023", "14/06/2023", "2023-06-14", "14-6-2023", "14.6.2023", "14/6/23", " 14/6/2023 "] {
            assert_eq!(to_come(typed), Some(date(2023, 6, 14)), "{typed}");
        }
        assert_eq!(to_come("hôm nay"), Some(date(2023, 11, 20)));
        assert_eq!(to_come("mai"), Some(date(2023, 11, 21)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for typed in
            ["", "x", "31/2", "thứ 8", "t1", "+", "+5x", "1/2/2023/4", "2023-13-01", "+99999999999", "fry", "m"]
        {
            assert_eq!(to_come(typed), None, "{typed}");
        }
    }
}
