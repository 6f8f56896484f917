//! When something recurs (RFC 5545, 3.3.10), within a year and within limits. Rules are worked out by the clock they are written
//! for, as if that were UTC: neither this machine's zone nor a change of summer time has a say in it.

use icalendar::rrule::RRuleSet;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::{
    moment::{self, Moment},
    remarks::{Remark, Remarks},
};

/// So long a rule may be.
const LONGEST: usize = 200;
/// What a rule may say of days. Times within a day do not matter here.
const PARTS: [&str; 10] =
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"];
/// How often it may recur.
const OFTEN: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
/// So many steps one rule may take: a hundred years of days.
const STEPS: usize = 40_000;

/// How much is still worked out for a calendar.
pub(super) struct Patience {
    /// So many steps in all.
    steps: usize,
    /// So many rules.
    rules: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { steps: 400_000, rules: 300 }
    }
}

/// The times at which `rule` has it recur that lie between `from` and `to` by the clock of `start`.
pub(super) fn times(
    rule: &str,
    start: &Moment,
    (from, to): (DateTime, DateTime),
    patience: &mut Patience,
    remarks: &mut Remarks,
) -> Option<Vec<DateTime>> {
    if start.at > to {
        return Some(Vec::new());
    }
    if patience.rules == 0 || patience.steps == 0 {
        remarks.add(Remark::Endless);
        return None;
    }
    patience.rules -= 1;
    let written = cleaned(rule, start);
    let set = written.and_then(|rule| format!("DTSTART:{}\nRRULE:{rule}", stamp(start.at)).parse::<RRuleSet>().ok());
    let Some(set) = set else {
        remarks.add(Remark::Rule);
        return None;
    };
    let (mut times, mut steps, most) = (Vec::new(), 0, STEPS.min(patience.steps));
    for at in &set.limit() {
        steps += 1;
        let Ok(at) = Timestamp::from_second(at.timestamp()) else { break };
        let at = TimeZone::UTC.to_datetime(at);
        if at > to {
            break;
        }
        if at >= from {
            times.push(at);
        }
        if steps >= most {
            remarks.add(Remark::Endless);
            break;
        }
    }
    patience.steps -= steps;
    Some(times)
}

/// The rule with only what is understood of it, its end by the clock of `start`.
fn cleaned(rule: &str, start: &Moment) -> Option<String> {
    if rule.len() > LONGEST {
        return None;
    }
    let mut kept = Vec::new();
    for part in rule.to_ascii_uppercase().split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b',' | b'+' | b'-')) {
            return None;
        }
        match name {
            "FREQ" if !OFTEN.contains(&value) => return None,
            "UNTIL" => kept.push(format!("UNTIL={}", stamp(until(value, start)?))),
            "WKST" => kept.push(part.to_owned()),
            _ if PARTS.contains(&name) => kept.push(part.to_owned()),
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {}
            _ => return None,
        }
    }
    Some(kept.join(";"))
}

fn until(value: &str, start: &Moment) -> Option<DateTime> {
    let (at, is_day, is_utc) = moment::time(value)?;
    let end = if is_day {
        at.date().at(23, 59, 59, 0)
    } else if is_utc {
        start.of_utc(at)
    } else {
        at
    };
    // What ends before it begins happens once.
    Some(end.max(start.at))
}

fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
