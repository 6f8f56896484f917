//! Issues as a plan and what has come of it. An item's id is made of what stays: the issue's number, and of a report its duty and
//! period as its subject says them. Reports of one duty and period stand in one column of the matrix; every report there is is an
//! issue, and none is expected that is none.

use std::collections::{BTreeMap, HashMap};

use jiff::{civil::Date, tz::TimeZone};

use super::{
    agencies::Agencies,
    book::Known,
    mapping::Mapping,
    options::RedmineOptions,
    reports::{Codes, Group},
    wire::{Issue, Version},
};
use crate::{
    domain::{
        calendar::{Calendar, DaysOff},
        campaign::{Campaign, Milestone},
        id::{AgencyId, CampaignId, ItemId, PlanId},
        item::{Kind, State},
        plan::{FORMAT, Plan, Unknown},
        snapshot::Snapshot,
        task::Task,
        text::Text,
        title::Title,
    },
    planfile::HolidayTables,
};

/// What a layout is made by.
pub(super) struct Frame<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) options: &'a RedmineOptions,
    /// Where issues are looked at in a browser.
    pub(super) address: &'a str,
}

/// A plan, its items' states, and which issue each item is.
pub(super) struct Laid {
    pub(super) snapshot: Snapshot,
    pub(super) issues: HashMap<ItemId, u64>,
}

/// A layout as it is made.
pub(super) struct Laying<'a> {
    pub(super) known: &'a Known,
    pub(super) mapping: &'a Mapping,
    pub(super) frame: &'a Frame<'a>,
    pub(super) zone: TimeZone,
    pub(super) calendar: Calendar,
    pub(super) states: Vec<(ItemId, State)>,
    issues: HashMap<ItemId, u64>,
}

/// Lays out all that is known.
pub(super) fn lay(known: &Known, mapping: &Mapping, frame: &Frame<'_>, cursor: u64) -> Laid {
    let options = frame.options;
    let zone = TimeZone::get(&options.timezone).unwrap_or(TimeZone::UTC);
    let days = days_off(&options.holidays);
    let calendar = Calendar::new(days.clone());
    let mut agencies = Agencies::new(options, mapping, &known.root, &known.projects);
    let laying = Laying { known, mapping, frame, zone, calendar, states: Vec::new(), issues: HashMap::new() };
    let (plan, states, issues) = laying.all(&mut agencies);
    let plan = Plan {
        id: frame.plan.clone(),
        title: Title::Plain(known.root.name.clone()),
        owner: Some(agencies.owner()),
        timezone: Text::new(&options.timezone),
        holidays: (!options.holidays.is_empty()).then(|| Text::new(&options.holidays)),
        calendar: days,
        roll: options.roll,
        agencies: agencies.list(),
        ..plan
    };
    Laid { snapshot: Snapshot::with_states(plan.into(), states, cursor), issues }
}

fn days_off(table: &str) -> DaysOff {
    static SHIPPED: std::sync::LazyLock<HolidayTables> = std::sync::LazyLock::new(HolidayTables::shipped);
    let years = || SHIPPED.get(table).into_iter().flat_map(|table| table.years.values());
    DaysOff {
        days_off: years().flat_map(|year| year.days_off.iter().copied()).collect(),
        make_up: years().flat_map(|year| year.make_up.iter().copied()).collect(),
    }
}

impl Laying<'_> {
    fn all(mut self, agencies: &mut Agencies<'_>) -> (Plan, Vec<(ItemId, State)>, HashMap<ItemId, u64>) {
        let mut campaigns = self.campaigns(agencies);
        let mut tasks = Vec::new();
        let mut groups: BTreeMap<(String, Text), Group> = BTreeMap::new();
        let mut years = BTreeMap::<i16, usize>::new();
        let mut codes = Codes::default();
        for (id, issue) in &self.known.issues {
            let Some(kind) = self.mapping.kinds.get(&issue.tracker.id) else { continue };
            let agency = agencies.answering(issue);
            for date in issue.due_date.into_iter().chain(issue.start_date) {
                *years.entry(date.year()).or_default() += 1;
            }
            let campaign = issue.fixed_version.as_ref().map(|version| campaign_id(version.id));
            let place = campaign.as_ref().and_then(|id| campaigns.iter().position(|campaign| campaign.id == *id));
            let campaign = place.and_then(|place| campaigns.get_mut(place));
            if let Some(campaign) = &campaign
                && campaign.lead != agency
                && !campaign.coordinating.contains(&agency)
                && let Some(campaign) = place.and_then(|place| campaigns.get_mut(place))
            {
                campaign.coordinating.push(agency.clone());
            }
            match (kind, place.and_then(|place| campaigns.get_mut(place))) {
                (Kind::Milestone, Some(campaign)) => {
                    let milestone = Milestone {
                        id: number(*id).as_str().into(),
                        title: Title::Plain(issue.subject.clone()),
                        due: self.original(issue),
                        item: None,
                        unknown: Unknown::new(),
                    };
                    self.put(ItemId::milestone(&campaign.id, &milestone.id), issue, Kind::Milestone);
                    campaign.milestones.push(milestone);
                }
                (Kind::Report, _) => self.group(&mut groups, issue, agency, agencies, &mut codes),
                (Kind::Task | Kind::Milestone, campaign) => {
                    let campaign = campaign.map(|campaign| campaign.id.clone());
                    let task = self.task(issue, agency, campaign, agencies);
                    self.put(ItemId::task(&task.id), issue, Kind::Task);
                    tasks.push(task);
                }
            }
        }
        let mut groups: Vec<((String, Text), Group)> = groups.into_iter().collect();
        groups.sort_by_cached_key(|(_, group)| group.dues.iter().flatten().min().copied());
        let duties = groups.into_iter().map(|((id, _), group)| self.duty(&id, group)).collect();
        let year = years.into_iter().rev().max_by_key(|(_, count)| *count).map_or(0, |(year, _)| year);
        let plan = Plan {
            format: FORMAT.into(),
            id: self.frame.plan.clone(),
            number: None,
            title: Title::default(),
            issued: None,
            owner: None,
            year,
            timezone: Text::default(),
            holidays: None,
            calendar: DaysOff::default(),
            roll: false,
            sample: false,
            programmes: Vec::new(),
            agencies: Vec::new(),
            tasks,
            duties,
            campaigns,
            ladder: Vec::new(),
            unknown: Unknown::new(),
        };
        (plan, self.states, self.issues)
    }

    fn campaigns(&self, agencies: &mut Agencies<'_>) -> Vec<Campaign> {
        let campaign = |version: &Version| {
            let start = version.custom_fields.iter().find(|field| Some(field.id) == self.mapping.campaign_start);
            let start: Option<Date> = start.and_then(|field| field.values.first()?.parse().ok());
            // One with a single day is a day long; one with none is no campaign yet.
            let from = start.or(version.due_date)?;
            let to = version.due_date.unwrap_or(from).max(from);
            let lead = agencies.owner();
            Some(Campaign {
                id: campaign_id(version.id),
                title: Title::Plain(version.name.clone()),
                from,
                to,
                lead,
                coordinating: Vec::new(),
                programme: None,
                source: None,
                milestones: Vec::new(),
                unknown: Unknown::new(),
            })
        };
        self.known.versions.iter().filter_map(campaign).collect()
    }

    fn task(&self, issue: &Issue, lead: AgencyId, campaign: Option<CampaignId>, agencies: &mut Agencies<'_>) -> Task {
        let coordinating = issue.field(self.mapping.coordinating);
        let coordinating = coordinating.map_or(&[][..], |field| &field.values);
        let coordinating = coordinating.iter().map(|name| agencies.named(name, false)).collect();
        let source: Vec<&str> = [self.mapping.code, self.mapping.document]
            .into_iter()
            .filter_map(|field| issue.said(field).map(Text::as_str))
            .collect();
        Task {
            id: number(issue.id).as_str().into(),
            title: Title::Plain(issue.subject.clone()),
            lead,
            coordinating,
            programme: None,
            campaign,
            kind: None,
            source: (!source.is_empty()).then(|| Text::from(source.join(" · "))),
            audience: Vec::new(),
            start: issue.start_date,
            due: self.original(issue),
            due_text: None,
            roll: None,
            recurs: None,
            link: Some(self.link(issue)),
            unknown: Unknown::new(),
        }
    }

    pub(super) fn put(&mut self, id: ItemId, issue: &Issue, kind: Kind) {
        self.issues.insert(id.clone(), issue.id);
        self.states.push((id, self.state(issue, kind)));
    }

    fn link(&self, issue: &Issue) -> Text {
        link(self.frame.address, issue)
    }
}

pub(super) fn link(address: &str, issue: &Issue) -> Text {
    Text::from(format!("{}/issues/{}", address.trim_end_matches('/'), issue.id))
}

pub(super) fn number(issue: u64) -> String {
    format!("#{issue}")
}

fn campaign_id(version: u64) -> CampaignId {
    CampaignId::from(format!("v{version}").as_str())
}
