//! What the generator needs of the plan file: who leads what, who owes what by when.

use super::calendar::Calendar;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Plan {
    pub(crate) agencies: Vec<Agency>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) duties: Vec<Duty>,
}

#[derive(Deserialize)]
pub(crate) struct Agency {
    pub(crate) id: String,
    kind: String,
    reports: bool,
}

#[derive(Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) lead: String,
    pub(crate) start: Date,
}

#[derive(Deserialize)]
pub(crate) struct Duty {
    pub(crate) id: String,
    #[serde(default)]
    owes: Vec<String>,
    #[serde(default)]
    pub(crate) periods: Vec<Period>,
}

#[derive(Deserialize)]
pub(crate) struct Period {
    pub(crate) period: String,
    due: Date,
}

impl Plan {
    /// The agencies that owe a duty, in the plan's order.
    pub(crate) fn owing<'a>(&'a self, duty: &'a Duty) -> impl Iterator<Item = &'a str> {
        self.agencies.iter().filter(|agency| duty.is_owed_by(agency)).map(|agency| agency.id.as_str())
    }
}

impl Duty {
    fn is_owed_by(&self, agency: &Agency) -> bool {
        let named = |term: &String| match term.split_once(':') {
            Some(("kind", kind)) => agency.kind == kind,
            _ => *term == agency.id || term == "all" && agency.reports,
        };
        self.owes.iter().any(named) && !self.owes.contains(&format!("-{}", agency.id))
    }
}

impl Period {
    /// The last on-time day, moved to a working day.
    pub(crate) fn due(&self, days: &Calendar) -> Date {
        days.roll(self.due)
    }
}
