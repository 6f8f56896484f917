//! A report duty: who owes what to whom, and when. The rules of its due dates are in `deadline.rs`, `period.rs` and `expect.rs`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    id::{AgencyId, CampaignId, DutyId, ProgrammeId, TaskId},
    period::Recurrence,
    plan::Unknown,
    schema,
    text::Text,
    title::Title,
};

/// A report duty as laid down in the plan. It says when in one of four ways: `periods`, `every` with `due`, `within`
/// (ad hoc, each case opened by an entry), or `after_task` with `working_days`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// Its id, `R2`.
    pub id: DutyId,
    /// Its name.
    #[serde(default)]
    pub title: Title,
    /// `periodic`, `topical`, `ad-hoc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// Who owes it, a set: agency ids, `kind:K`, `all` (every reporting one), `-id` to leave one out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owes: Vec<Text>,
    /// Who receives it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<AgencyId>,
    /// The programme it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// The campaign it reports on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// Where in the source text it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// Does its due date roll to a working day? The plan's rule where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roll: Option<bool>,
    /// Given periods, each with its dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<GivenPeriod>,
    /// The recurrences it is owed for in the plan's year; needs `due`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub every: Vec<Recurrence>,
    /// The due date of `every`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DueRule>,
    /// Another due date for agencies of a kind: levels report one after the other.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub due_by_kind: BTreeMap<Text, DueRule>,
    /// The wording of the deadline where no period gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_text: Option<Text>,
    /// How soon a case is due after the day it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// Tasks whose lead owes it once the task is handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_task: Vec<TaskId>,
    /// Working days after that hand-in on which it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<u16>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A period given with its dates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GivenPeriod {
    /// Its id, `2023-H1`.
    pub period: Text,
    /// The last day its figures cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub closing: Option<Date>,
    /// The last on-time day as written, not rolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
    /// The wording of the deadline, "trước ngày 20/6/2023".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_text: Option<Text>,
    /// Agencies it is due from on another day.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub due_by_agency: BTreeMap<AgencyId, OwnDue>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

impl GivenPeriod {
    /// The deadline of that agency.
    pub fn due_of(&self, agency: &AgencyId) -> OwnDue {
        let usual = || OwnDue { due: self.due, due_text: self.due_text.clone(), ..OwnDue::default() };
        self.due_by_agency.get(agency).cloned().unwrap_or_else(usual)
    }

    /// Lays the deadline of that agency down: one of its own where it is another day than that of the period.
    pub fn lay_down(&mut self, agency: AgencyId, own: OwnDue) {
        if own.due == self.due {
            self.due_by_agency.remove(&agency);
        } else {
            self.due_by_agency.insert(agency, own);
        }
    }
}

/// The deadline one agency has for a period, in the place of the period's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnDue {
    /// The last on-time day as written, not rolled; without one it has no deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
    /// The wording of the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_text: Option<Text>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A due date as a day in the month in which the period's window closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueRule {
    /// "Trước ngày 20": the day before is the last on-time day.
    BeforeDay(i8),
    /// "Chậm nhất ngày 20": the day itself is the last on-time day.
    ByDay(i8),
}

/// A time to report in, counted from an event; the event's day is not counted (Civil Code 2015 art. 147).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// So many working days.
    WorkingDays(u16),
    /// So many calendar days; the last one rolls as the duty says.
    Days(u16),
}
