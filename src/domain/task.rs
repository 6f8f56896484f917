//! A task: an activity of the plan with one lead agency.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    id::{AgencyId, CampaignId, ProgrammeId, TaskId},
    plan::Unknown,
    schema,
    text::Text,
    title::Title,
};

/// A task as laid down in the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// Its id, `N14`.
    pub id: TaskId,
    /// What is to be done.
    #[serde(default)]
    pub title: Title,
    /// The agency that answers for it.
    pub lead: AgencyId,
    /// The agencies that help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coordinating: Vec<AgencyId>,
    /// The programme it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// The campaign it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// What sort of work it is: `communication`, `inspection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// Where in the source text it comes from: `S4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Text>,
    /// The planned first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub start: Option<Date>,
    /// The last on-time day as written, not rolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
    /// The wording of the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_text: Option<Text>,
    /// Does its due date roll to a working day? The plan's rule where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roll: Option<bool>,
    /// How often it comes back: `once`, `year`, `quarter`, `month`, `term`, `half`, `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurs: Option<Text>,
    /// A page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Text>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}
