//! [`Moment`]: when something begins, as a calendar says it: a day, or a time somewhere. What counts here is which day that is
//! where the plan is carried out.

use std::collections::HashMap;

use icalendar::parser::Property;
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, DateTime},
    tz::{Offset, TimeZone},
};

use super::remarks::{Remark, Remarks};

/// A day or a time as it is written.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// By the clock there; midnight of a day.
    pub(super) at: DateTime,
    /// Where that clock is; of a day it does not matter.
    zone: TimeZone,
    /// Is it a whole day?
    pub(super) is_day: bool,
}

/// How long something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Days(i32),
    Time(SignedDuration),
}

/// The zones of a calendar: the plan's, for what has none, and those it describes itself.
pub(super) struct Zones {
    pub(super) plan: TimeZone,
    pub(super) described: HashMap<String, TimeZone>,
}

impl Zones {
    fn named(&self, name: &str, remarks: &mut Remarks) -> TimeZone {
        // Some programs put their own name before that of the zone: `/mozilla.org/…/Asia/Ho_Chi_Minh`.
        let parts: Vec<&str> = name.rsplitn(3, '/').collect();
        let bare = |count: usize| parts.iter().take(count).rev().copied().collect::<Vec<_>>().join("/");
        let known = [name.to_owned(), bare(2), bare(1)].into_iter().find_map(|name| TimeZone::get(&name).ok());
        known.or_else(|| self.described.get(name).cloned()).unwrap_or_else(|| {
            remarks.add(Remark::Zone);
            self.plan.clone()
        })
    }
}

/// `+0700`, `-033000`.
pub(super) fn offset(written: &str) -> Option<TimeZone> {
    let (sign, digits) = match written.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let two = |at: usize| digits.get(at..at + 2)?.parse::<i32>().ok();
    let seconds = two(0)? * 3_600 + two(2)? * 60 + two(4).unwrap_or(0);
    Some(TimeZone::fixed(Offset::from_seconds(sign * seconds).ok()?))
}

impl Moment {
    /// What `property` says: the first of them, where it has several.
    pub(super) fn of(property: &Property<'_>, zones: &Zones, remarks: &mut Remarks) -> Option<Moment> {
        Moment::all(property, zones, remarks, 1).pop()
    }

    /// All that `property` says, as in a list of exceptions; so many at most. Of a period it is the beginning.
    pub(super) fn all(property: &Property<'_>, zones: &Zones, remarks: &mut Remarks, most: usize) -> Vec<Moment> {
        let named = property.params.iter().find(|param| param.key.as_ref().eq_ignore_ascii_case("TZID"));
        let named = named.and_then(|param| param.val.as_ref()).map(|name| name.as_ref().trim_matches('"').to_owned());
        let written = property.val.as_ref().split(',').take(most);
        let local = written.filter_map(|one| time(one.split('/').next()?.trim()));
        let moments: Vec<(DateTime, bool, bool)> = local.collect();
        let needs_zone = moments.iter().any(|(_, is_day, is_utc)| !is_day && !is_utc);
        let zone = match named {
            Some(name) if needs_zone => zones.named(&name, remarks),
            Some(_) | None => zones.plan.clone(),
        };
        let of = |(at, is_day, is_utc): (DateTime, bool, bool)| {
            let zone = if is_utc { TimeZone::UTC } else { zone.clone() };
            Moment { at, zone, is_day }
        };
        moments.into_iter().map(of).collect()
    }

    /// The same at another time by the clock there.
    pub(super) fn moved(&self, at: DateTime) -> Moment {
        Moment { at, ..self.clone() }
    }

    /// By the clock of `other`, where `other` is a time; else the time as it is written.
    pub(super) fn beside(&self, other: &Moment) -> DateTime {
        if self.is_day || other.is_day {
            return self.at;
        }
        self.at.to_zoned_datetime(self.zone.clone()).map_or(self.at, |at| other.zone.to_datetime(at.timestamp()))
    }

    /// A time in UTC by the clock there; of a day, which has no clock, it is as it is written.
    pub(super) fn of_utc(&self, at: DateTime) -> DateTime {
        if self.is_day {
            return at;
        }
        at.to_zoned_datetime(TimeZone::UTC).map_or(at, |at| self.zone.to_datetime(at.timestamp()))
    }

    /// Which day it is in `zone`.
    pub(super) fn day(&self, zone: &TimeZone) -> Date {
        if self.is_day {
            return self.at.date();
        }
        let instant = self.at.to_zoned_datetime(self.zone.clone());
        instant.map_or(self.at.date(), |at| zone.to_datetime(at.timestamp()).date())
    }

    /// The last day in `zone` of something that begins then and takes so long.
    pub(super) fn last_day(&self, length: Length, zone: &TimeZone) -> Date {
        let first = self.day(zone);
        let last = match length {
            Length::Days(days) => first.checked_add((days.max(1) - 1).days()).unwrap_or(first),
            Length::Time(time) => {
                // What ends at midnight does not last into the day that begins.
                let before = time.saturating_sub(SignedDuration::from_nanos(1)).max(SignedDuration::ZERO);
                let instant = self.at.to_zoned_datetime(self.zone.clone()).ok();
                let end = instant.and_then(|at| at.timestamp().checked_add(before).ok());
                end.map_or(first, |end| zone.to_datetime(end).date())
            }
        };
        last.max(first)
    }

    /// How long it takes from then to `end`.
    pub(super) fn until(&self, end: &Moment) -> Option<Length> {
        if self.is_day {
            return Some(Length::Days((end.at.date() - self.at.date()).get_days()));
        }
        let instant = |moment: &Moment| moment.at.to_zoned_datetime(moment.zone.clone()).ok().map(|at| at.timestamp());
        Some(Length::Time(instant(end)?.duration_since(instant(self)?)))
    }

    /// `P1D`, `PT1H30M`, `P2W`.
    pub(super) fn lasting(&self, written: &str) -> Option<Length> {
        let span: jiff::Span = written.trim().parse().ok()?;
        let days = span.get_weeks().checked_mul(7)?.checked_add(span.get_days())?;
        if self.is_day {
            return Some(Length::Days(days));
        }
        let seconds = i64::from(span.get_hours()) * 3_600 + span.get_minutes() * 60 + span.get_seconds();
        Some(Length::Time(SignedDuration::from_secs(i64::from(days) * 86_400 + seconds)))
    }
}

/// `20231120`, `20231120T080000`, `20231120T010000Z`: the time, whether it is a day, whether it is in UTC.
pub(super) fn time(written: &str) -> Option<(DateTime, bool, bool)> {
    let (written, is_utc) = written.strip_suffix('Z').map_or((written, false), |local| (local, true));
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |text: &str, from: usize| i8::try_from(number(text, from, from + 2)?).ok();
    let (day, clock) = written.split_once('T').map_or((written, None), |(day, clock)| (day, Some(clock)));
    if day.len() != 8 || !written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T') {
        return None;
    }
    let date = Date::new(number(day, 0, 4)?, small(day, 4)?, small(day, 6)?).ok()?;
    let Some(clock) = clock else { return Some((date.at(0, 0, 0, 0), true, false)) };
    // A leap second is the one before it.
    let time = jiff::civil::Time::new(small(clock, 0)?, small(clock, 2)?, small(clock, 4)?.min(59), 0).ok()?;
    Some((date.to_datetime(time), false, is_utc))
}
