//! Names of things: newtypes over short shared strings, and the wire form of an item's id.

use std::{borrow::Borrow, fmt, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::Text;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        #[schemars(inline)]
        pub struct $name(Text);

        impl $name {
            /// The id as it is written in files and on the wire.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The id as text that is safe to show.
            pub fn as_text(&self) -> &Text {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(raw: &str) -> Self {
                $name(Text::new(raw))
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )*};
}

id! {
    /// A plan: `kh95-2023`.
    PlanId,
    /// An agency: `ldtbxh`.
    AgencyId,
    /// A programme the plan carries out: `P-DA8`.
    ProgrammeId,
    /// A task: `N14`.
    TaskId,
    /// A report duty: `R2`.
    DutyId,
    /// A campaign: `C1`.
    CampaignId,
    /// A campaign's milestone: `M1`.
    MilestoneId,
    /// The person or program an entry is signed with: `me` of the config, or the token's owner.
    ActorId,
}

/// One entry of the journal. A UUID (version 7), made once by whoever acts, unique for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub Uuid);

impl EntryId {
    /// Stands for an id that is still to be made, in drafts.
    pub const UNMADE: EntryId = EntryId(Uuid::nil());
}

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// An item on the wire: `task:N14`, `report:R2/2023-H1/hq`, `milestone:C1/M1`, `campaign:C1`, `duty:R7`, `plan:kh95-2023`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(Arc<str>);

/// What an [`ItemId`] names, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemName<'a> {
    /// `task:N14`
    Task(&'a str),
    /// `report:R2/2023-H1/hq`; the period of a case is its opening entry, of an `after_task` report the task.
    Report {
        /// The duty's id.
        duty: &'a str,
        /// The period's id.
        period: &'a str,
        /// The agency that owes it.
        agency: &'a str,
    },
    /// `milestone:C1/M1`
    Milestone {
        /// The campaign's id.
        campaign: &'a str,
        /// The milestone's id within it.
        milestone: &'a str,
    },
    /// `campaign:C1`
    Campaign(&'a str),
    /// `duty:R7`, the item of an `open` entry.
    Duty(&'a str),
    /// `plan:kh95-2023`, the item of a `plan` entry.
    Plan(&'a str),
}

impl ItemId {
    /// The record that lays it down: `task:N14`, `duty:R2`, `campaign:C1`; none for the plan itself.
    pub fn record(&self) -> Option<Text> {
        let record = match self.name()? {
            ItemName::Task(id) => format!("task:{id}"),
            ItemName::Duty(id) | ItemName::Report { duty: id, .. } => format!("duty:{id}"),
            ItemName::Campaign(id) | ItemName::Milestone { campaign: id, .. } => format!("campaign:{id}"),
            ItemName::Plan(_) => return None,
        };
        Some(Text::from(record))
    }

    /// The id of a task.
    pub fn task(task: &TaskId) -> Self {
        ItemId(format!("task:{task}").into())
    }

    /// The id of the report `agency` owes for `period` of `duty`.
    pub fn report(duty: &DutyId, period: &str, agency: &AgencyId) -> Self {
        ItemId::report_by(&mut String::new(), duty, period, agency)
    }

    /// The same, put together in `room`: for many of them.
    pub(super) fn report_by(room: &mut String, duty: &DutyId, period: &str, agency: &AgencyId) -> Self {
        room.clear();
        for part in ["report:", duty.as_str(), "/", period, "/", agency.as_str()] {
            room.push_str(part);
        }
        ItemId(room.as_str().into())
    }

    /// The id of a campaign's milestone.
    pub fn milestone(campaign: &CampaignId, milestone: &MilestoneId) -> Self {
        ItemId(format!("milestone:{campaign}/{milestone}").into())
    }

    /// The id of a campaign.
    pub fn campaign(campaign: &CampaignId) -> Self {
        ItemId(format!("campaign:{campaign}").into())
    }

    /// The id of a duty, on which cases are opened.
    pub fn duty(duty: &DutyId) -> Self {
        ItemId(format!("duty:{duty}").into())
    }

    /// The id of the plan itself.
    pub fn plan(plan: &PlanId) -> Self {
        ItemId(format!("plan:{plan}").into())
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it names; `None` where it has no known form.
    pub fn name(&self) -> Option<ItemName<'_>> {
        ItemName::of(&self.0)
    }
}

impl<'a> ItemName<'a> {
    /// What `id` names; `None` where it has no known form.
    pub fn of(id: &'a str) -> Option<Self> {
        let (kind, rest) = id.split_once(':')?;
        match kind {
            "task" => Some(ItemName::Task(rest)),
            "campaign" => Some(ItemName::Campaign(rest)),
            "duty" => Some(ItemName::Duty(rest)),
            "plan" => Some(ItemName::Plan(rest)),
            "milestone" => {
                let (campaign, milestone) = rest.split_once('/')?;
                Some(ItemName::Milestone { campaign, milestone })
            }
            "report" => {
                let (duty, rest) = rest.split_once('/')?;
                let (period, agency) = rest.rsplit_once('/')?;
                Some(ItemName::Report { duty, period, agency })
            }
            _ => None,
        }
    }
}

impl From<&str> for ItemId {
    fn from(raw: &str) -> Self {
        ItemId(Text::new(raw).as_str().into())
    }
}

impl Borrow<str> for ItemId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl fmt::Debug for ItemId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_items_id_is_taken_apart_as_it_was_put_together() {
        let id = ItemId::report(&"R2".into(), "2023-H1", &"hq".into());
        assert_eq!(id.as_str(), "report:R2/2023-H1/hq");
        assert_eq!(id.name(), Some(ItemName::Report { duty: "R2", period: "2023-H1", agency: "hq" }));
        assert_eq!(
            ItemId::from("milestone:C1/M1").name(),
            Some(ItemName::Milestone { campaign: "C1", milestone: "M1" })
        );
        assert_eq!(ItemId::from("nonsense").name(), None);
        assert_eq!(ItemId::from("report:R2").name(), None);
    }
}
