//! [`CampaignFact`]: a campaign as `tiendo campaigns` lists it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Seen;
use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::{
        campaign::{Campaign, Milestone, Phase},
        id::{AgencyId, CampaignId, ItemId, MilestoneId, ProgrammeId},
        status::Base,
        text::Text,
    },
    words::Words,
};

/// A campaign.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct CampaignFact {
    pub item: ItemId,
    pub id: CampaignId,
    /// In the language asked for.
    pub title: String,
    #[schemars(schema_with = "crate::domain::schema::date")]
    pub from: Date,
    #[schemars(schema_with = "crate::domain::schema::date")]
    pub to: Date,
    pub lead: AgencyId,
    #[serde(skip)]
    lead_name: String,
    pub coordinating: Vec<AgencyId>,
    pub programme: Option<ProgrammeId>,
    pub source: Option<Text>,
    pub phase: Phase,
    /// Which day of it this is, from 1; null before and after.
    pub day: Option<i32>,
    /// How many days it lasts.
    pub days: i32,
    /// Days to its beginning while it is coming, to its end while it runs, else 0.
    pub days_left: i32,
    /// The same in working days.
    pub working_days_left: i32,
    pub milestones_done: usize,
    pub milestones: Vec<MilestoneFact>,
}

/// A milestone of a campaign.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct MilestoneFact {
    pub id: MilestoneId,
    pub item: ItemId,
    pub title: String,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub due: Option<Date>,
    pub done: bool,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub done_on: Option<Date>,
}

impl CampaignFact {
    pub(in crate::cli) fn of(seen: Seen<'_>, campaign: &Campaign, tag: &str) -> Self {
        let outline = &seen.snapshot.outline;
        let countdown = campaign.countdown(seen.today.date, &outline.calendar);
        let lead = outline.agency(campaign.lead.as_str());
        let milestones: Vec<MilestoneFact> =
            campaign.milestones.iter().map(|milestone| MilestoneFact::of(seen, campaign, milestone, tag)).collect();
        CampaignFact {
            item: ItemId::campaign(&campaign.id),
            id: campaign.id.clone(),
            title: campaign.title.get(tag).to_owned(),
            from: campaign.from,
            to: campaign.to,
            lead: campaign.lead.clone(),
            lead_name: lead.map_or_else(|| campaign.lead.to_string(), |lead| seen.agency(lead, tag).1),
            coordinating: campaign.coordinating.clone(),
            programme: campaign.programme.clone(),
            source: campaign.source.clone(),
            phase: countdown.phase,
            day: countdown.day,
            days: countdown.days,
            days_left: countdown.days_left,
            working_days_left: countdown.working_days_left,
            milestones_done: milestones.iter().filter(|milestone| milestone.done).count(),
            milestones,
        }
    }

    fn in_words(&self, words: &Words) -> String {
        match self.phase {
            Phase::Running => words.with(
                "cli-campaign-running",
                &[("day", self.day.unwrap_or_default().into()), ("days", self.days.into())],
            ),
            Phase::Coming => words.with(
                "cli-campaign-coming",
                &[("days", self.days_left.into()), ("working", self.working_days_left.into())],
            ),
            Phase::Past => words.get("cli-campaign-past").into_owned(),
        }
    }
}

impl MilestoneFact {
    fn of(seen: Seen<'_>, campaign: &Campaign, milestone: &Milestone, tag: &str) -> Self {
        let id = ItemId::milestone(&campaign.id, &milestone.id);
        let item = seen.snapshot.item(&id);
        MilestoneFact {
            id: milestone.id.clone(),
            title: milestone.title.get(tag).to_owned(),
            due: item.map_or(milestone.due, |item| item.due),
            done: item.is_some_and(|item| item.state.base == Base::Done),
            done_on: item.and_then(|item| item.state.handed_in),
            item: id,
        }
    }
}

impl Fact for CampaignFact {
    const FIELDS: &'static [&'static str] = &[
        "item",
        "id",
        "title",
        "from",
        "to",
        "lead",
        "coordinating",
        "programme",
        "source",
        "phase",
        "day",
        "days",
        "days_left",
        "working_days_left",
        "milestones_done",
        "milestones",
    ];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-id", Align::Left, false, |campaign, _| campaign.id.to_string()),
            column("cli-column-campaign", Align::Left, true, |campaign, _| campaign.title.clone()),
            column("cli-column-lead", Align::Left, false, |campaign, _| campaign.lead_name.clone()),
            column("cli-column-from", Align::Right, false, |campaign, words| words.date(campaign.from)),
            column("cli-column-to", Align::Right, false, |campaign, words| words.date(campaign.to)),
            column("cli-column-countdown", Align::Left, true, |campaign, words| campaign.in_words(words)),
            column("cli-column-milestones", Align::Right, false, |campaign, _| {
                format!("{}/{}", campaign.milestones_done, campaign.milestones.len())
            }),
        ]
    }
}
