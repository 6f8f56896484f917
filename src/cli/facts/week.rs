//! [`WeekFact`]: how it stood at the end of a week, as `tiendo trend` lists it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::trend::{Point, Trend, whole},
    words::Words,
};

use super::count;

/// A week by its last day; the last one gone by ends today, those to come have a plan only.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct WeekFact {
    #[schemars(schema_with = "crate::domain::schema::date")]
    pub day: Date,
    /// Shares from 0 to 1 of the tasks that day.
    pub planned: f64,
    pub actual: Option<f64>,
    /// In percentage points; behind the plan where negative.
    pub ahead: Option<i64>,
    pub tasks: Option<CountsFact>,
    /// Tasks whose planned due date had come.
    pub tasks_due: Option<u32>,
    pub reports: Option<CountsFact>,
}

/// How many were there, done and overdue.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct CountsFact {
    pub assigned: u32,
    pub done: u32,
    pub overdue: u32,
}

impl WeekFact {
    pub(in crate::cli) fn all(trend: &Trend) -> Vec<Self> {
        let coming = trend.coming.iter().map(|(day, planned)| WeekFact::planned(*day, *planned));
        trend.points.iter().map(WeekFact::of).chain(coming).collect()
    }

    fn of(point: &Point) -> Self {
        let counts = |counts: crate::domain::trend::Counts| {
            Some(CountsFact { assigned: counts.assigned, done: counts.done, overdue: counts.overdue })
        };
        WeekFact {
            day: point.day,
            planned: rounded(point.planned),
            actual: Some(rounded(point.actual)),
            ahead: Some(point.ahead()),
            tasks: counts(point.tasks),
            tasks_due: Some(point.due),
            reports: counts(point.reports),
        }
    }

    fn planned(day: Date, planned: f64) -> Self {
        let planned = rounded(planned);
        WeekFact { day, planned, actual: None, ahead: None, tasks: None, tasks_due: None, reports: None }
    }

    /// Ahead of the plan or behind it, in a sentence.
    pub(in crate::cli) fn answer(today: &Point, words: &Words) -> String {
        let ahead = today.ahead();
        let id = match ahead {
            ..0 => "trend-behind",
            0 => "trend-even",
            1.. => "trend-ahead",
        };
        let said = words.with(id, &[("points", ahead.abs().into())]);
        let shares =
            [("actual", percent(today.actual, words).into()), ("planned", percent(today.planned, words).into())];
        format!("{said}: {}", words.with("trend-shares", &shares))
    }
}

/// Four places: what follows them is an artefact of adding up.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn percent(share: f64, words: &Words) -> String {
    words.percent(whole(share) as f64 / 100.0, 0)
}

impl Fact for WeekFact {
    const KEY: &'static [&'static str] = &["day"];
    const FIELDS: &'static [&'static str] = &[
        "day",
        "planned",
        "actual",
        "ahead",
        "tasks/assigned",
        "tasks/done",
        "tasks_due",
        "tasks/overdue",
        "reports/assigned",
        "reports/done",
        "reports/overdue",
    ];

    fn columns() -> Vec<Column<Self>> {
        let column = |heading, cell| Column::<Self>::new(heading, Align::Right, false, cell);
        vec![
            column("cli-column-to", |week, words| words.date(week.day)),
            column("cli-column-planned", |week, words| percent(week.planned, words)),
            column("cli-column-actual", |week, words| {
                week.actual.map(|actual| percent(actual, words)).unwrap_or_default()
            }),
            column("cli-column-ahead", |week, _| week.ahead.map(|ahead| format!("{ahead:+}")).unwrap_or_default()),
            column("cli-column-tasks-done", |week, _| done(week.tasks)),
            column("cli-column-tasks-overdue", |week, words| late(week.tasks, words)),
            column("cli-column-reports-in", |week, _| done(week.reports)),
            column("cli-column-reports-overdue", |week, words| late(week.reports, words)),
        ]
    }
}

fn done(counts: Option<CountsFact>) -> String {
    counts.map(|counts| format!("{}/{}", counts.done, counts.assigned)).unwrap_or_default()
}

fn late(counts: Option<CountsFact>, words: &Words) -> String {
    counts.map(|counts| count(words, counts.overdue)).unwrap_or_default()
}
