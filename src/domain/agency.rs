//! An agency: a body that takes part in a plan.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{id::AgencyId, plan::Unknown, text::Text, title::Title};

/// An agency as laid down in the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// Its id, `ldtbxh`.
    pub id: AgencyId,
    /// The name in a table, `Sở LĐTBXH`.
    #[serde(default)]
    pub short: Title,
    /// The whole name.
    #[serde(default)]
    pub name: Title,
    /// Its place in the administration.
    pub kind: AgencyKind,
    /// The agency above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AgencyId>,
    /// Does it owe reports, and does `all` include it?
    #[serde(default)]
    pub reports: bool,
    /// Where reminders go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

impl Agency {
    /// The name for a table: the short one, else the whole one, else the id.
    pub fn label(&self, language: &str) -> &str {
        [self.short.get(language), self.name.get(language)]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or(self.id.as_str())
    }

    /// An agency that is named but not laid down: shown by its id, never dropped.
    pub fn unlisted(id: AgencyId) -> Self {
        Agency {
            short: Title::Plain(id.as_text().clone()),
            name: Title::default(),
            id,
            kind: AgencyKind::Other("unlisted".into()),
            parent: None,
            reports: false,
            email: None,
            phone: None,
            unknown: Unknown::new(),
        }
    }
}

/// What kind of body an agency is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub enum AgencyKind {
    /// The body whose plan it is.
    Owner,
    /// A standing committee.
    Committee,
    /// A department of the province (*sở*).
    Department,
    /// A branch of a central body (*ngành dọc*).
    Vertical,
    /// A public service unit (*sự nghiệp*).
    Service,
    /// A party body.
    Party,
    /// A mass organisation (*đoàn thể*).
    MassOrganisation,
    /// A district-level unit.
    District,
    /// A kind this version does not know: shown as it is.
    Other(Text),
}

impl AgencyKind {
    /// The kinds this version knows.
    pub const KNOWN: [AgencyKind; 8] = [
        AgencyKind::Owner,
        AgencyKind::Committee,
        AgencyKind::Department,
        AgencyKind::Vertical,
        AgencyKind::Service,
        AgencyKind::Party,
        AgencyKind::MassOrganisation,
        AgencyKind::District,
    ];

    /// The word used in files and filters.
    pub fn as_str(&self) -> &str {
        match self {
            AgencyKind::Owner => "owner",
            AgencyKind::Committee => "committee",
            AgencyKind::Department => "department",
            AgencyKind::Vertical => "vertical",
            AgencyKind::Service => "service",
            AgencyKind::Party => "party",
            AgencyKind::MassOrganisation => "mass-organisation",
            AgencyKind::District => "district",
            AgencyKind::Other(word) => word,
        }
    }
}

impl From<Text> for AgencyKind {
    fn from(word: Text) -> Self {
        AgencyKind::KNOWN.into_iter().find(|kind| kind.as_str() == word.as_str()).unwrap_or(AgencyKind::Other(word))
    }
}

impl From<AgencyKind> for Text {
    fn from(kind: AgencyKind) -> Text {
        Text::new(kind.as_str())
    }
}
