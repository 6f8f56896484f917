//! Dates as they are given on the command line: a DATE is the end of that day in the plan's time zone, not later than now.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::domain::calendar::end_of_day;

/// The end of the day `typed` means, in `zone`, not later than `now`; `None` where it is no date.
///
/// `2023-06-14`, `14/6/2023`, `today`, or `14/6`: the last such day that is not after today.
pub(super) fn end_of(typed: &str, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let day = date(typed, today)?;
    Some(end_of_day(day, zone)?.min(now))
}

/// The beginning of the day `typed` means, in `zone`; `None` where it is no date.
pub(super) fn beginning_of(typed: &str, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let day = date(typed, now.to_zoned_datetime(zone.clone()).date())?;
    Some(day.to_datetime(Time::midnight()).to_zoned_datetime(zone.clone()).ok()?.timestamp())
}

/// The day `typed` means.
pub(super) fn date(typed: &str, today: Date) -> Option<Date> {
    let typed = typed.trim();
    if matches!(typed.to_lowercase().as_str(), "today" | "hôm nay" | "homnay") {
        return Some(today);
    }
    if let Ok(day) = typed.parse() {
        return Some(day);
    }
    let mut parts = typed.split('/').map(str::trim);
    let (day, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year: Option<i16> = match parts.next() {
        Some(year) => Some(year.parse().ok().filter(|year| *year >= 1000)?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        // Eight years back there is a 29/2 even across a century.
        None => (0..=8).filter_map(|back| Date::new(today.year() - back, month, day).ok()).find(|day| *day <= today),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;

    use super::*;

    #[test]
    fn days_are_read_in_every_way_they_are_written() {
        let today = on(2023, 11, 20);
        for typed in ["2023-06-14", "14/6/2023", "14/06/2023", "14/6", " 14/6 "] {
            assert_eq!(date(typed, today), Some(on(2023, 6, 14)), "{typed}");
        }
        assert_eq!(date("20/11", today), Some(today));
        assert_eq!(date("21/11", today), Some(on(2022, 11, 21)));
        assert_eq!(date("29/2", today), Some(on(2020, 2, 29)));
        assert_eq!(date("today", today), Some(today));
        for typed in ["", "x", "31/2", "14/6/23", "1/2/2023/4", "2023-13-01"] {
            assert_eq!(date(typed, today), None, "{typed}");
        }
    }

    #[test]
    fn a_day_ends_at_midnight_in_the_plans_zone_and_is_not_after_now() {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let now: Timestamp = "2023-11-20T08:00:00+07:00".parse().unwrap();
        let end = end_of("14/6", &zone, now).unwrap();
        assert_eq!(end.to_zoned_datetime(zone.clone()).date(), on(2023, 6, 14));
        assert!(end > "2023-06-14T23:59:59+07:00".parse().unwrap());
        assert_eq!(end_of("2024-01-01", &zone, now), Some(now));
        assert_eq!(end_of("today", &zone, now), Some(now));
    }
}
