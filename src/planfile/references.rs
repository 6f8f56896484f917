//! Do the records of a plan name what is there? What they name and is not is a warning: it is shown by its id, never
//! dropped. What the entries of a journal name is looked at in `entries.rs`.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    agency::AgencyKind,
    campaign::Campaign,
    duty::Duty,
    id::{AgencyId, CampaignId, ItemId, ItemName, ProgrammeId},
    plan::Plan,
    sentence::Sentence,
    task::Task,
};

use super::{
    plan::Places,
    remark::{Remarks, no_such},
};

/// The ids a plan has.
pub(super) struct Known<'p> {
    agencies: HashSet<&'p str>,
    kinds: HashSet<&'p str>,
    programmes: HashSet<&'p str>,
    campaigns: HashMap<&'p str, HashSet<&'p str>>,
    tasks: HashSet<&'p str>,
    duties: HashMap<&'p str, Periods<'p>>,
    plan: &'p str,
}

/// The periods of a duty, or that events make them.
struct Periods<'p> {
    given: HashSet<&'p str>,
    ruled: HashSet<String>,
    by_event: bool,
}

/// Where a reference stands.
struct Spot<'s> {
    at: Option<usize>,
    record: &'s str,
}

impl<'p> Known<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let milestones = |campaign: &'p Campaign| campaign.milestones.iter().map(|point| point.id.as_str()).collect();
        Known {
            agencies: plan.agencies.iter().map(|agency| agency.id.as_str()).collect(),
            kinds: plan.agencies.iter().map(|agency| agency.kind.as_str()).collect(),
            programmes: plan.programmes.iter().map(|programme| programme.id.as_str()).collect(),
            campaigns: plan.campaigns.iter().map(|campaign| (campaign.id.as_str(), milestones(campaign))).collect(),
            tasks: plan.tasks.iter().map(|task| task.id.as_str()).collect(),
            duties: plan.duties.iter().map(|duty| (duty.id.as_str(), Periods::of(duty, plan.year))).collect(),
            plan: plan.id.as_str(),
        }
    }

    /// Looks at everything the plan's records name.
    pub(super) fn check_plan(&self, plan: &Plan, places: &Places, remarks: &mut Remarks<'_>) {
        let head = Spot { at: places.owner, record: "" };
        self.agency(plan.owner.as_ref(), "owner", &head, remarks);
        for (agency, at) in plan.agencies.iter().zip(&places.agencies) {
            let record = format!("agencies.{}.", agency.id);
            let spot = Spot { at: Some(*at), record: &record };
            self.agency(agency.parent.as_ref(), "parent", &spot, remarks);
            self.own_kind(&agency.kind, &spot, remarks);
        }
        for (task, at) in plan.tasks.iter().zip(&places.tasks) {
            self.task(task, *at, remarks);
        }
        for (duty, at) in plan.duties.iter().zip(&places.duties) {
            self.duty(duty, *at, remarks);
        }
        for (campaign, at) in plan.campaigns.iter().zip(&places.campaigns) {
            self.campaign(campaign, *at, remarks);
        }
    }

    fn task(&self, task: &Task, at: usize, remarks: &mut Remarks<'_>) {
        let record = format!("tasks.{}.", task.id);
        let spot = Spot { at: Some(at), record: &record };
        self.agency(Some(&task.lead), "lead", &spot, remarks);
        self.coordinating(&task.coordinating, &spot, remarks);
        self.programme(task.programme.as_ref(), &spot, remarks);
        self.campaign_of(task.campaign.as_ref(), &spot, remarks);
    }

    fn duty(&self, duty: &Duty, at: usize, remarks: &mut Remarks<'_>) {
        let record = format!("duties.{}.", duty.id);
        let spot = Spot { at: Some(at), record: &record };
        for word in &duty.owes {
            let id = word.strip_prefix('-').unwrap_or(word);
            match id.strip_prefix("kind:") {
                Some(kind) => self.kind(kind, "owes", &spot, remarks),
                None if id == "all" => {}
                None => self.agency(Some(&id.into()), "owes", &spot, remarks),
            }
        }
        for agency in &duty.to {
            self.agency(Some(agency), "to", &spot, remarks);
        }
        for kind in duty.due_by_kind.keys() {
            self.kind(kind, "due_by_kind", &spot, remarks);
        }
        for period in &duty.periods {
            for agency in period.due_by_agency.keys() {
                self.agency(Some(agency), &format!("periods.{}.due_by_agency", period.period), &spot, remarks);
            }
        }
        for task in duty.after_task.iter().filter(|task| !self.tasks.contains(task.as_str())) {
            let near = remarks.nearest(task.as_str(), self.tasks.iter().copied());
            warn("remark-what-task", task.as_str(), near, &spot, "after_task", remarks);
        }
        self.programme(duty.programme.as_ref(), &spot, remarks);
        self.campaign_of(duty.campaign.as_ref(), &spot, remarks);
    }

    fn campaign(&self, campaign: &Campaign, at: usize, remarks: &mut Remarks<'_>) {
        let record = format!("campaigns.{}.", campaign.id);
        let spot = Spot { at: Some(at), record: &record };
        self.agency(Some(&campaign.lead), "lead", &spot, remarks);
        self.coordinating(&campaign.coordinating, &spot, remarks);
        self.programme(campaign.programme.as_ref(), &spot, remarks);
        for point in &campaign.milestones {
            if let Some(problem) = point.item.as_ref().and_then(|item| self.stranger(item, remarks)) {
                remarks.warn(spot.at, format!("{record}milestones.{}.item", point.id), problem);
            }
        }
    }

    /// What an item's id names and the plan does not have, and the nearest it has.
    pub(super) fn stranger(&self, item: &ItemId, remarks: &Remarks<'_>) -> Option<Sentence> {
        let missing = |what, id: &str, known: Vec<&str>| Some(no_such(what, id).near(remarks.nearest(id, known)));
        match item.name() {
            None => missing("remark-what-item", item.as_str(), Vec::new()),
            Some(ItemName::Plan(plan)) if plan != self.plan => missing("remark-what-item", item.as_str(), Vec::new()),
            Some(ItemName::Task(task)) if !self.tasks.contains(task) => {
                missing("remark-what-task", task, self.tasks.iter().copied().collect())
            }
            Some(ItemName::Campaign(campaign) | ItemName::Milestone { campaign, .. })
                if !self.campaigns.contains_key(campaign) =>
            {
                missing("remark-what-campaign", campaign, self.campaigns.keys().copied().collect())
            }
            Some(ItemName::Milestone { campaign, milestone }) => {
                let points = self.campaigns.get(campaign).filter(|points| !points.contains(milestone))?;
                missing("remark-what-milestone", milestone, points.iter().copied().collect())
            }
            Some(ItemName::Duty(duty) | ItemName::Report { duty, .. }) if !self.duties.contains_key(duty) => {
                missing("remark-what-duty", duty, self.duties.keys().copied().collect())
            }
            Some(ItemName::Report { agency, .. }) if !self.agencies.contains(agency) => {
                missing("remark-what-agency", agency, self.agencies.iter().copied().collect())
            }
            Some(ItemName::Report { duty, period, .. }) => {
                let periods = self.duties.get(duty).filter(|periods| !periods.has(period))?;
                missing("remark-what-period", period, periods.all())
            }
            Some(ItemName::Plan(_) | ItemName::Task(_) | ItemName::Campaign(_) | ItemName::Duty(_)) => None,
        }
    }

    fn agency(&self, id: Option<&AgencyId>, field: &str, spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        if let Some(id) = id.filter(|id| !self.agencies.contains(id.as_str())) {
            let near = remarks.nearest(id.as_str(), self.agencies.iter().copied());
            warn("remark-what-agency", id.as_str(), near, spot, field, remarks);
        }
    }

    fn coordinating(&self, agencies: &[AgencyId], spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        for agency in agencies.iter().filter(|agency| agency.as_str() != "all") {
            self.agency(Some(agency), "coordinating", spot, remarks);
        }
    }

    /// An unknown kind is shown as it is; only one that is nearly a known one is worth a word.
    fn own_kind(&self, kind: &AgencyKind, spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        if let AgencyKind::Other(word) = kind
            && let Some(near) = remarks.nearest(word, AgencyKind::KNOWN.iter().map(AgencyKind::as_str))
        {
            warn("remark-what-agency-kind", word, Some(near), spot, "kind", remarks);
        }
    }

    /// A kind that chooses agencies must be one that some agency has.
    fn kind(&self, kind: &str, field: &str, spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        if !self.kinds.contains(kind) {
            let near = remarks.nearest(kind, self.kinds.iter().copied());
            warn("remark-what-agency-kind", kind, near, spot, field, remarks);
        }
    }

    fn programme(&self, id: Option<&ProgrammeId>, spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        if let Some(id) = id.filter(|id| !self.programmes.contains(id.as_str())) {
            let near = remarks.nearest(id.as_str(), self.programmes.iter().copied());
            warn("remark-what-programme", id.as_str(), near, spot, "programme", remarks);
        }
    }

    fn campaign_of(&self, id: Option<&CampaignId>, spot: &Spot<'_>, remarks: &mut Remarks<'_>) {
        if let Some(id) = id.filter(|id| !self.campaigns.contains_key(id.as_str())) {
            let near = remarks.nearest(id.as_str(), self.campaigns.keys().copied());
            warn("remark-what-campaign", id.as_str(), near, spot, "campaign", remarks);
        }
    }
}

impl<'p> Periods<'p> {
    fn of(duty: &'p Duty, year: i16) -> Self {
        let ruled = duty.every.iter().flat_map(|recurrence| recurrence.periods(year));
        Periods {
            given: duty.periods.iter().map(|period| period.period.as_str()).collect(),
            ruled: ruled.map(|period| period.to_string()).collect(),
            by_event: duty.within.is_some() || !duty.after_task.is_empty(),
        }
    }

    fn has(&self, period: &str) -> bool {
        self.by_event || self.given.contains(period) || self.ruled.contains(period)
    }

    fn all(&self) -> Vec<&str> {
        self.given.iter().copied().chain(self.ruled.iter().map(String::as_str)).collect()
    }
}

fn warn(what: &'static str, id: &str, near: Option<&str>, spot: &Spot<'_>, field: &str, remarks: &mut Remarks<'_>) {
    remarks.warn(spot.at, format!("{}{field}", spot.record), no_such(what, id).near(near));
}
