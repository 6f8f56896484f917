//! A campaign with its milestones, and where in it a day stands.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    id::{AgencyId, CampaignId, ItemId, MilestoneId, ProgrammeId},
    plan::Unknown,
    schema,
    text::Text,
    title::Title,
};

/// A campaign as laid down in the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Campaign {
    /// Its id, `C1`.
    pub id: CampaignId,
    /// Its name.
    #[serde(default)]
    pub title: Title,
    /// Its first day.
    #[schemars(schema_with = "schema::date")]
    pub from: Date,
    /// Its last day.
    #[schemars(schema_with = "schema::date")]
    pub to: Date,
    /// The agency that leads it.
    pub lead: AgencyId,
    /// The agencies that take part; `all` means every reporting one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coordinating: Vec<AgencyId>,
    /// The programme it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// Where in the source text it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// Its milestones, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A point on the way to, in or after a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Milestone {
    /// Its id within the campaign, `M1`.
    pub id: MilestoneId,
    /// What is to be reached.
    #[serde(default)]
    pub title: Title,
    /// The last on-time day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
    /// The task or duty whose completion is this milestone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Where a day stands to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It has begun and not ended.
    Running,
    /// It is still to begin.
    Coming,
    /// It has ended.
    Past,
}

/// A campaign's countdown on a day. Day counts are in calendar days unless they say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// Before, in or after it.
    pub phase: Phase,
    /// Which day of it this is, from 1; `None` before and after.
    pub day: Option<i32>,
    /// How many days it lasts.
    pub days: i32,
    /// Days to its beginning while it is coming, to its end while it runs, 0 afterwards.
    pub days_left: i32,
    /// The same in working days.
    pub working_days_left: i32,
}

impl Campaign {
    /// Where `today` stands to this campaign.
    pub fn countdown(&self, today: Date, calendar: &Calendar) -> Countdown {
        let days = days_between(self.from, self.to) + 1;
        let left = |until: Date| (days_between(today, until), calendar.working_days_between(today, until));
        if today < self.from {
            let (days_left, working_days_left) = left(self.from);
            Countdown { phase: Phase::Coming, day: None, days, days_left, working_days_left }
        } else if today <= self.to {
            let (days_left, working_days_left) = left(self.to);
            let day = Some(days_between(self.from, today) + 1);
            Countdown { phase: Phase::Running, day, days, days_left, working_days_left }
        } else {
            Countdown { phase: Phase::Past, day: None, days, days_left: 0, working_days_left: 0 }
        }
    }
}

/// Calendar days from `from` to `to`; negative where `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
