//! The clock: what time it is here and for the plan, whether the source's clock and its journal say the same, and whether
//! the plan knows which days of this year are off.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    findings::{Findings, What},
    origin::Clock,
};

/// Clocks may differ by so many seconds: deadlines are days.
const MOST_APART: i64 = 120;

pub(super) fn look(findings: &mut Findings<'_>, clock: Option<&Clock>) {
    let (words, now) = (findings.words, Timestamp::now());
    let written = |zone: &TimeZone| {
        let at = now.to_zoned_datetime(zone.clone());
        format!("{} {}", words.date(at.date()), at.strftime("%H:%M:%S %:z"))
    };
    let Some(clock) = clock else {
        return findings.good(What::Clock, &written(&TimeZone::system()));
    };
    let here = TimeZone::system();
    let is_same = here.to_offset(now) == clock.zone.to_offset(now);
    let of_plan = written(&clock.zone);
    let said = match is_same {
        true => of_plan,
        false => words.with("cli-clock-zones", &[("plan", of_plan.into()), ("here", written(&here).into())]),
    };
    findings.good(What::Clock, &said);
    if clock.built_in {
        return;
    }
    if let Some((told, at)) = clock.told {
        let apart = at.duration_since(told).as_secs();
        let seconds = [("seconds", apart.abs().into())];
        if apart.abs() > MOST_APART {
            let id = if apart < 0 { "cli-clock-slow" } else { "cli-clock-fast" };
            findings.doubtful(What::Clock, &words.with(id, &seconds)).mend("cli-mend-clock");
        }
    }
    if let Some(newest) = clock.newest.filter(|newest| newest.duration_since(now).as_secs() > MOST_APART) {
        let at = newest.to_zoned_datetime(clock.zone.clone());
        let at = format!("{} {}", words.date(at.date()), at.strftime("%H:%M"));
        findings.doubtful(What::Clock, &words.with("cli-clock-behind", &[("when", at.into())])).mend("cli-mend-clock");
    }
    let year = now.to_zoned_datetime(clock.zone.clone()).year();
    let args = [("year", i64::from(year).to_string().into())];
    match clock.calendar.knows(year) {
        true => findings.good(What::Calendar, &words.with("cli-calendar-known", &args)),
        false => {
            findings.doubtful(What::Calendar, &words.with("cli-calendar-unknown", &args)).mend("cli-mend-calendar")
        }
    }
}
