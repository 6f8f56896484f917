//! Issues as a plan and what has come of it. An item's id is made of what stays: the issue's number, and of a report its duty and
//! period as its subject says them. Reports of one duty and period stand in one column of the matrix; every report there is is an
//! issue, and none is expected that is none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{civil::Date, tz::TimeZone};

use super::{
    agencies::{Agencies, slug},
    book::{Known, Token},
    history::Details,
    mapping::Mapping,
    options::RedmineOptions,
    subject,
    wire::{Issue, Version},
};
use crate::{
    domain::{
        calendar::{Calendar, DaysOff},
        campaign::{Campaign, Milestone},
        deadline::in_force,
        duty::{Duty, GivenPeriod},
        id::{ActorId, AgencyId, CampaignId, ItemId, PlanId},
        item::{ByDay, Kept, Kind, Rare, State},
        plan::{FORMAT, Plan, Unknown},
        snapshot::Snapshot,
        status::Base,
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

/// Reports of one duty for one period.
struct Group {
    title: Text,
    period: Text,
    /// By agency.
    reports: BTreeMap<AgencyId, u64>,
    dues: BTreeSet<Option<Date>>,
}

/// What duties are called in ids: the first letters of their names; of two with the same the one met later its whole name.
#[derive(Default)]
struct Codes(HashMap<String, String>);

impl Codes {
    fn of(&mut self, title: &str) -> String {
        let name = slug(title);
        let letters: String = name.split('-').filter_map(|word| word.chars().next()).collect();
        let code = letters.to_uppercase();
        let owner = self.0.entry(code.clone()).or_insert_with(|| name.clone());
        if *owner == name { code } else { name }
    }
}

struct Laying<'a> {
    known: &'a Known,
    mapping: &'a Mapping,
    frame: &'a Frame<'a>,
    zone: TimeZone,
    calendar: Calendar,
    states: Vec<(ItemId, State)>,
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

    /// Into the reports of its duty and period; where one of the agency stands there already, or no period is told, by itself.
    fn group(
        &self,
        groups: &mut BTreeMap<(String, Text), Group>,
        issue: &Issue,
        agency: AgencyId,
        agencies: &Agencies<'_>,
        codes: &mut Codes,
    ) {
        let year = self.day(issue.created_on).year();
        let names = agencies.names(&agency);
        let told = subject::read(&issue.subject, &names, year);
        let by_field = issue.said(self.mapping.period).and_then(|said| subject::period_of(said, year));
        let title = issue.said(self.mapping.duty).cloned().unwrap_or(told.duty);
        let alone = number(issue.id);
        let key = match by_field.or(told.period) {
            Some(period) => {
                let key = (format!("{}-{period}", codes.of(&title)), period.clone());
                let taken = groups.get(&key).is_some_and(|group| group.reports.contains_key(&agency));
                if taken { (alone, period) } else { key }
            }
            None => (alone.clone(), Text::from(alone)),
        };
        let period = key.1.clone();
        let group = groups.entry(key).or_insert_with(|| Group {
            title,
            period,
            reports: BTreeMap::new(),
            dues: BTreeSet::new(),
        });
        group.reports.insert(agency, issue.id);
        group.dues.insert(self.original(issue));
    }

    fn duty(&mut self, id: &str, group: Group) -> Duty {
        // A day that not all of them have is no day of the period.
        let due = if group.dues.len() == 1 { group.dues.iter().copied().next().flatten() } else { None };
        let duty = Duty {
            id: id.into(),
            title: Title::Plain(group.title),
            kind: None,
            owes: group.reports.keys().map(|agency| agency.as_text().clone()).collect(),
            to: Vec::new(),
            programme: None,
            campaign: None,
            source: None,
            roll: None,
            periods: vec![GivenPeriod {
                period: group.period.clone(),
                closing: None,
                due,
                due_text: None,
                unknown: Unknown::new(),
            }],
            every: Vec::new(),
            due: None,
            due_by_kind: BTreeMap::new(),
            due_text: None,
            within: None,
            after_task: Vec::new(),
            working_days: None,
            unknown: Unknown::new(),
        };
        for (agency, issue) in group.reports {
            let Some(issue) = self.known.issues.get(&issue) else { continue };
            let id = ItemId::report(&duty.id, &group.period, &agency);
            self.put(id, issue, Kind::Report);
            let kept = self.kept(issue, due);
            if let Some((_, state)) = self.states.last_mut() {
                state.link = Some(link(self.frame.address, issue));
                state.kept = kept;
            }
        }
        duty
    }

    /// The days of a report whose own are not those of its period.
    fn kept(&self, issue: &Issue, of_period: Option<Date>) -> Option<Kept> {
        let rolled = |day| in_force(day, self.frame.options.roll, &self.calendar);
        let (original, due) = (self.original(issue)?, issue.due_date?);
        let extended_to = self.extended_to(issue);
        (Some(original) != of_period).then(|| Kept { original_due: rolled(original), due: rolled(due), extended_to })
    }

    fn put(&mut self, id: ItemId, issue: &Issue, kind: Kind) {
        self.issues.insert(id.clone(), issue.id);
        self.states.push((id, self.state(issue, kind)));
    }

    fn state(&self, issue: &Issue, kind: Kind) -> State {
        let mapping = self.mapping;
        let base = mapping.base(&issue.status, kind);
        let details = self.details(issue);
        let handed_in = matches!(base, Base::Done | Base::AwaitingConfirmation).then(|| {
            let closed = issue.closed_on.filter(|_| mapping.is_closed(&issue.status)).map(|at| self.day(at));
            let told = issue.day(mapping.received).or_else(|| details?.handed_in.map(|at| self.day(at)));
            told.or(closed).unwrap_or_else(|| self.day(issue.updated_on))
        });
        let has_children = self.known.parents.contains(&issue.id);
        let mut state = State {
            base,
            progress: issue.done_ratio.unwrap_or_default().min(100),
            handed_in,
            acknowledged: self.acknowledged(issue),
            notes: details.map_or(0, |details| details.notes),
            last: Some(Token::of(issue, mapping, has_children).id()),
            ..State::default()
        };
        let extensions = self.extensions(issue);
        if extensions > 0 {
            let reason = details.and_then(|details| details.extension_reason.clone());
            let extended_to = self.extended_to(issue);
            state.rare = Rare { extensions, extended_to, extension_reason: reason, ..Rare::default() }.into();
        }
        if let Some(details) = details.filter(|details| details.returns > 0) {
            (state.returns, state.reason) = (details.returns, details.reason.clone());
        }
        state
    }

    fn acknowledged(&self, issue: &Issue) -> Vec<ByDay> {
        let by_day = |by: &str, at| ByDay { by: ActorId::from(by), on: self.day(at) };
        let told = self.details(issue).and_then(|details| details.acknowledged.clone());
        match issue.said(self.mapping.acknowledged).map(Text::as_str) {
            Some("1") => vec![told.map_or_else(|| by_day("Redmine", issue.created_on), |(by, at)| by_day(&by, at))],
            // Where there is no such field the note of whoever saw to it tells.
            None => told.map(|(by, at)| by_day(&by, at)).into_iter().collect(),
            Some(_) => Vec::new(),
        }
    }

    fn details(&self, issue: &Issue) -> Option<&Details> {
        self.known.details.get(&issue.id)
    }

    fn extensions(&self, issue: &Issue) -> u16 {
        let counted = issue.said(self.mapping.extensions).and_then(|said| said.parse().ok());
        counted.or_else(|| self.details(issue).map(|details| details.extensions)).unwrap_or(0)
    }

    fn extended_to(&self, issue: &Issue) -> Option<Date> {
        issue.due_date.filter(|_| self.extensions(issue) > 0)
    }

    /// The day it was due at first, as far as that is known.
    fn original(&self, issue: &Issue) -> Option<Date> {
        let first = self.details(issue).and_then(|details| details.first_due);
        if self.extensions(issue) > 0 { first.or(issue.due_date) } else { issue.due_date }
    }

    fn day(&self, at: jiff::Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    fn link(&self, issue: &Issue) -> Text {
        link(self.frame.address, issue)
    }
}

fn link(address: &str, issue: &Issue) -> Text {
    Text::from(format!("{}/issues/{}", address.trim_end_matches('/'), issue.id))
}

fn number(issue: u64) -> String {
    format!("#{issue}")
}

fn campaign_id(version: u64) -> CampaignId {
    CampaignId::from(format!("v{version}").as_str())
}
