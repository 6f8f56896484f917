//! [`RedmineOptions`]: what of a Redmine server means what, as it is written in the config (`[source.redmine]`). Everything may be
//! left out: it is then guessed from the names on the server, see `mapping.rs`. Names are compared without marks and case; a
//! number is the server's own id.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::super::web::WebSettings;
use crate::domain::{id::PlanId, status::Base};

/// Where it is, and what of it means what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedmineSettings {
    /// The server, and whose key.
    pub web: WebSettings,
    /// The project, by its identifier.
    pub project: String,
    /// What the plan is called here; the project's identifier where it is not said.
    pub plan: Option<PlanId>,
    /// How often one looks what is new.
    pub interval: Duration,
    /// The rest.
    pub options: RedmineOptions,
}

/// What of a Redmine server means what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedmineOptions {
    /// The zone in which a day ends.
    pub timezone: String,
    /// The table of holidays; "" for none.
    pub holidays: String,
    /// Do due dates on a rest day move to the next working day? Redmine itself goes by the day as it is written.
    pub roll: bool,
    /// The language of the notes that acts leave; "" for that of the screen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// After so many minutes everything is read again: what was deleted is in no list of changes.
    pub full_every_min: u64,
    /// Are the notes of open issues read too (one question each, a few at a time)?
    pub journals: bool,
    /// Trackers whose issues are tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<String>,
    /// Trackers whose issues are reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<String>,
    /// Trackers whose issues are milestones of the version they stand in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<String>,
    /// Who answers for an issue.
    pub agencies: AgenciesFrom,
    /// What the statuses mean.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<String, Base>,
    /// Custom fields.
    pub fields: Fields,
    /// The body whose plan it is; "" for the project's own name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Short names of agencies, by project identifier or by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub short: BTreeMap<String, String>,
}

/// Who answers for an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgenciesFrom {
    /// The sub-project it stands in; whom it is assigned to where there are no sub-projects.
    #[default]
    Auto,
    /// The sub-project.
    Projects,
    /// The user or group it is assigned to.
    Assignees,
    /// What the custom field `agency` says.
    Field,
}

/// Custom fields of issues, and one of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The number an issue has in the plan.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The document it was given by.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Who helps.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub coordinating: String,
    /// The day it was handed in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub received: String,
    /// Has somebody seen to it?
    #[serde(skip_serializing_if = "String::is_empty")]
    pub acknowledged: String,
    /// How many times it was extended.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub extensions: String,
    /// The period of a report.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The duty of a report.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub duty: String,
    /// Who answers for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agency: String,
    /// Of a version: its first day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub campaign_start: String,
}

impl Default for RedmineOptions {
    fn default() -> Self {
        RedmineOptions {
            timezone: "Asia/Ho_Chi_Minh".into(),
            holidays: "vn".into(),
            roll: false,
            notes: String::new(),
            full_every_min: 30,
            journals: true,
            tasks: Vec::new(),
            reports: Vec::new(),
            milestones: Vec::new(),
            agencies: AgenciesFrom::default(),
            statuses: BTreeMap::new(),
            owner: String::new(),
            fields: Fields::default(),
            short: BTreeMap::new(),
        }
    }
}
