//! Remarks on a plan file in the language asked for: file:line, field, what is wrong, what would be right.

use super::session::did_you_mean;
use crate::{
    planfile::{Problem, Remark},
    words::{Arg, Words},
};

/// What a remark says, in one line.
pub(super) fn in_words(words: &Words, remark: &Remark) -> String {
    let line = remark.line.map(|line| format!(":{line}")).unwrap_or_default();
    let path = if remark.path.is_empty() { String::new() } else { format!("{}: ", remark.path) };
    let near = did_you_mean(words, remark.nearest.as_deref());
    format!("{}{line}: {path}{}{near}", remark.file, problem(words, &remark.problem))
}

fn problem(words: &Words, problem: &Problem) -> String {
    let id = format!("remark-{}", problem.word());
    let said = |args: &[(&str, Arg<'_>)]| words.with(&id, args);
    match problem {
        Problem::Missing { field } | Problem::UnknownField { field } | Problem::RepeatedField { field } => {
            said(&[("field", field.as_str().into())])
        }
        Problem::WrongType { found, expected } => {
            said(&[("found", found.as_str().into()), ("expected", expected.as_str().into())])
        }
        Problem::NotADate { found } | Problem::NotAnInstant { found } | Problem::NotAUuid { found } => {
            said(&[("found", found.as_str().into())])
        }
        Problem::UnknownWord { word } => said(&[("word", word.as_str().into())]),
        Problem::Malformed { reason } => said(&[("reason", reason.as_str().into())]),
        Problem::DuplicateId { id, .. } | Problem::UnusableId { id } => said(&[("id", id.as_str().into())]),
        Problem::NoSuch { what, id } => {
            let what = words.get(&format!("remark-what-{}", what.as_str())).into_owned();
            said(&[("what", what.into()), ("id", id.as_str().into())])
        }
        Problem::UnknownFormat { format } => said(&[("format", format.as_str().into())]),
        Problem::UnknownZone { zone } => said(&[("zone", zone.as_str().into())]),
        Problem::NoHolidays { table, year } | Problem::ProjectedHolidays { table, year } => {
            said(&[("table", table.as_str().into()), ("year", i32::from(*year).into())])
        }
        Problem::UncertainHolidays { table, year, days } => {
            said(&[("table", table.as_str().into()), ("year", i32::from(*year).into()), ("days", days.as_str().into())])
        }
        Problem::NoWay | Problem::EveryWithoutDue | Problem::AfterTaskWithoutDays | Problem::NobodyOwes => said(&[]),
        Problem::SeveralWays { first, second } => {
            said(&[("first", first.as_str().into()), ("second", second.as_str().into())])
        }
        Problem::NoSuchDay { day } => said(&[("day", i32::from(*day).into())]),
        Problem::RepeatedPeriod { period } => said(&[("period", period.as_str().into())]),
        Problem::DueBeforeStart { start, due } => {
            said(&[("start", words.date(*start).into()), ("due", words.date(*due).into())])
        }
        Problem::EndBeforeBegin { from, to } => said(&[("from", from.as_str().into()), ("to", to.as_str().into())]),
    }
}
