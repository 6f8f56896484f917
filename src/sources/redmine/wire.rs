//! What Redmine's REST API says, as far as it is used. Everything that is text is cleaned and trimmed where it enters: upstream's
//! own Vietnamese names end in a space.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::domain::text::Text;

/// Something with a number and a name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Named {
    pub(super) id: u64,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) name: Text,
}

/// An issue of a list, or one by itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Issue {
    pub(super) id: u64,
    pub(super) project: Named,
    pub(super) tracker: Named,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) assigned_to: Option<Named>,
    #[serde(default)]
    pub(super) fixed_version: Option<Named>,
    #[serde(default)]
    pub(super) parent: Option<Named>,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) subject: Text,
    #[serde(default)]
    pub(super) start_date: Option<Date>,
    #[serde(default)]
    pub(super) due_date: Option<Date>,
    #[serde(default)]
    pub(super) done_ratio: Option<u8>,
    #[serde(default)]
    pub(super) custom_fields: Vec<Custom>,
    pub(super) created_on: Timestamp,
    pub(super) updated_on: Timestamp,
    #[serde(default)]
    pub(super) closed_on: Option<Timestamp>,
}

/// A status; of an issue before Redmine 5 without `is_closed`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Status {
    pub(super) id: u64,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) name: Text,
    #[serde(default)]
    pub(super) is_closed: Option<bool>,
}

/// A custom field with what it says: nothing, one value, or several.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Custom {
    pub(super) id: u64,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) name: Text,
    #[serde(default, rename = "value", deserialize_with = "values")]
    pub(super) values: Vec<Text>,
}

/// A page of issues.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) issues: Vec<Issue>,
    pub(super) total_count: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct One {
    pub(super) issue: Whole,
}

/// An issue with what only it by itself tells.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    pub(super) issue: Issue,
    #[serde(default)]
    pub(super) journals: Vec<Journal>,
    /// What this user may make of it now; none where the server does not tell (before Redmine 5).
    #[serde(default)]
    pub(super) allowed_statuses: Vec<Status>,
    #[serde(default)]
    pub(super) children: Vec<Child>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Child {}

/// What somebody did to an issue in one go.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Journal {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) user: Option<Named>,
    /// As it was written, lines and all.
    #[serde(default)]
    pub(super) notes: Option<String>,
    pub(super) created_on: Timestamp,
    #[serde(default)]
    pub(super) details: Vec<Detail>,
}

/// One field that changed. Values of statuses and persons are their numbers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Detail {
    #[serde(default)]
    pub(super) property: Text,
    #[serde(default)]
    pub(super) name: Text,
    #[serde(default, deserialize_with = "optional")]
    pub(super) old_value: Option<Text>,
    #[serde(default, deserialize_with = "optional")]
    pub(super) new_value: Option<Text>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Statuses {
    pub(super) issue_statuses: Vec<Status>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Trackers {
    pub(super) trackers: Vec<Named>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Projects {
    pub(super) projects: Vec<Project>,
    #[serde(default)]
    pub(super) total_count: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct OneProject {
    pub(super) project: Project,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Project {
    pub(super) id: u64,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) name: Text,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) identifier: Text,
    #[serde(default)]
    pub(super) parent: Option<Named>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Versions {
    pub(super) versions: Vec<Version>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Version {
    pub(super) id: u64,
    #[serde(default, deserialize_with = "trimmed")]
    pub(super) name: Text,
    #[serde(default)]
    pub(super) due_date: Option<Date>,
    #[serde(default)]
    pub(super) project: Option<Named>,
    #[serde(default)]
    pub(super) custom_fields: Vec<Custom>,
    pub(super) created_on: Timestamp,
}

/// Why it refuses, in the language of the key's user.
#[derive(Debug, Deserialize)]
pub(super) struct Errors {
    #[serde(default)]
    pub(super) errors: Vec<Text>,
}

impl Issue {
    /// What the custom field of this number says; none where the issue has no such field.
    pub(super) fn field(&self, id: Option<u64>) -> Option<&Custom> {
        self.custom_fields.iter().find(|field| Some(field.id) == id)
    }

    /// The same as one text; none where it says nothing.
    pub(super) fn said(&self, id: Option<u64>) -> Option<&Text> {
        self.field(id)?.values.first()
    }

    /// The same as a date.
    pub(super) fn day(&self, id: Option<u64>) -> Option<Date> {
        self.said(id)?.parse().ok()
    }
}

fn trim(raw: &str) -> Text {
    Text::new(Text::new(raw).trim())
}

fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(|raw| trim(&raw)).unwrap_or_default())
}

fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Ok(text(&Value::deserialize(deserializer)?))
}

fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Text>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(several) => several.iter().filter_map(text).collect(),
        one @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            text(&one).into_iter().collect()
        }
    })
}

/// A value as text; nothing for what says nothing.
fn text(value: &Value) -> Option<Text> {
    let said = match value {
        Value::String(said) => trim(said),
        Value::Number(number) => Text::from(number.to_string()),
        Value::Bool(yes) => Text::new(if *yes { "1" } else { "0" }),
        Value::Array(several) => {
            Text::from(several.iter().filter_map(text).map(|one| one.to_string()).collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Object(_) => return None,
    };
    (!said.is_empty()).then_some(said)
}
