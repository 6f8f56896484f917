//! [`Plan`]: what was laid down, in the native form of plan files (`tiendo-plan/1`). What became of it is in `snapshot.rs`.
//!
//! The types serialise as the files are written, unknown fields included, so that a plan written back loses nothing.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    agency::Agency,
    calendar::DaysOff,
    campaign::Campaign,
    duty::Duty,
    entry::Verb,
    id::{AgencyId, PlanId, ProgrammeId},
    schema,
    task::Task,
    text::Text,
    title::Title,
};

/// Fields a file has and this version does not know: kept and written back.
pub type Unknown = serde_json::Map<String, serde_json::Value>;

/// The `format` of a plan file this version reads.
pub const FORMAT: &str = "tiendo-plan/1";

/// The `year` of a plan that does not say one, and has no date that would.
pub const NO_YEAR: i16 = 0;

/// A plan as laid down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// `tiendo-plan/1`.
    pub format: Text,
    /// Which plan.
    pub id: PlanId,
    /// The number of the issuing document, `95/KH-UBND`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// Its name.
    #[serde(default)]
    pub title: Title,
    /// The day it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub issued: Option<Date>,
    /// The agency that issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<AgencyId>,
    /// The year its rules (`every`) are laid out in; a file may leave it out, it is then that of its dates.
    #[serde(default)]
    pub year: i16,
    /// An IANA zone, `Asia/Ho_Chi_Minh`: a day ends at midnight here, whatever zone the machine is in.
    pub timezone: Text,
    /// The holiday table it goes by (`vn`), or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<Text>,
    /// The days of that table, resolved when the plan was laid down.
    #[serde(default)]
    pub calendar: DaysOff,
    /// Do due dates on a rest day move to the next working day (Civil Code 2015 art. 148(5))? A record may say otherwise.
    #[serde(default = "yes")]
    pub roll: bool,
    /// Is it sample data? Such a plan never sends anything.
    #[serde(default)]
    pub sample: bool,
    /// The programmes it carries out.
    #[serde(default)]
    pub programmes: Vec<Programme>,
    /// The bodies that take part.
    #[serde(default)]
    pub agencies: Vec<Agency>,
    /// The activities, each with a lead agency.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// The reports that are owed.
    #[serde(default)]
    pub duties: Vec<Duty>,
    /// The campaigns.
    #[serde(default)]
    pub campaigns: Vec<Campaign>,
    /// The ladder of reminders, lowest step first.
    #[serde(default)]
    pub ladder: Vec<Step>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A programme, project or law the plan carries out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Programme {
    /// Its id, `P-DA8`.
    pub id: ProgrammeId,
    /// Its name.
    #[serde(default)]
    pub title: Title,
    /// The deciding document's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// Its first year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i16>,
    /// Its last year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i16>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// One rung of the ladder of reminders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The level a reminder or escalation names, from the lowest; 0 for what is only shown.
    pub step: u8,
    /// `remind` or `escalate`; `notice` for what is only shown.
    pub verb: StepVerb,
    /// Working days after the due date on which it is reached; negative before it.
    pub after_working_days: i32,
    /// Its name.
    #[serde(default)]
    pub title: Title,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// What a rung asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepVerb {
    /// Shown on the screen, nothing is sent.
    Notice,
    /// A reminder.
    Remind,
    /// A proposal to the leadership.
    Escalate,
}

impl StepVerb {
    /// The verb that records it; none for a notice.
    pub fn verb(self) -> Option<Verb> {
        match self {
            StepVerb::Notice => None,
            StepVerb::Remind => Some(Verb::Remind),
            StepVerb::Escalate => Some(Verb::Escalate),
        }
    }
}

fn yes() -> bool {
    true
}
