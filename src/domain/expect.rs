//! What a plan expects: the periods its duties are owed for, from given dates or from rules, and by whom.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::{
    agency::{Agency, AgencyKind},
    deadline::written_due,
    duty::{Duty, GivenPeriod, OwnDue},
    id::{AgencyId, ItemId, ItemName},
    item::{Event, Index},
    outline::Outline,
    period::Period,
    plan::Plan,
    text::Text,
};

/// A period of one duty.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPeriod {
    /// The duty, of `Plan::duties`.
    pub duty: Index,
    /// Its id, the middle part of the report's id.
    pub id: Text,
    /// The calendar period the id says, where it says one.
    pub period: Option<Period>,
    /// The first and the last day its figures cover.
    pub opens: Option<Date>,
    /// The last of them.
    pub closing: Option<Date>,
    /// The last on-time day as written; agencies of some kinds may have another.
    pub due: Option<Date>,
    /// The wording of the deadline.
    pub due_text: Option<Text>,
    /// The deadlines of agencies that have one of their own.
    pub own: BTreeMap<AgencyId, OwnDue>,
    /// What opened it, for a case or an `after_task` report.
    pub event: Option<Event>,
}

/// The plan's agencies, then every other one it names, so that nothing named is dropped.
pub(super) fn all_agencies(plan: &Plan) -> Vec<Agency> {
    let mut agencies = plan.agencies.clone();
    let mut known: HashSet<AgencyId> = agencies.iter().map(|agency| agency.id.clone()).collect();
    let tasks = plan.tasks.iter().map(|task| task.lead.clone());
    let campaigns = plan.campaigns.iter().map(|campaign| campaign.lead.clone());
    let duties = plan.duties.iter().flat_map(|duty| duty.owes.iter().filter_map(|word| single(word)));
    for id in tasks.chain(campaigns).chain(duties) {
        if known.insert(id.clone()) {
            agencies.push(Agency::unlisted(id));
        }
    }
    agencies
}

impl Outline {
    /// Can entries be said of this? Of the plan, its duties and campaigns, of what it foresees, and of reports that an event
    /// opens: a case of an agency that may have one, what is owed after a task.
    pub fn admits(&self, item: &ItemId) -> bool {
        let plan = &self.plan;
        match item.name() {
            None => false,
            Some(ItemName::Plan(id)) => id == plan.id.as_str(),
            Some(ItemName::Task(id)) => self.task(id).is_some(),
            Some(ItemName::Duty(id)) => self.duty(id).is_some(),
            Some(ItemName::Campaign(id)) => self.campaign(id).is_some(),
            Some(ItemName::Milestone { campaign, milestone }) => {
                let campaign = self.campaign(campaign).and_then(|index| plan.campaigns.get(index as usize));
                campaign.is_some_and(|campaign| campaign.milestones.iter().any(|one| one.id.as_str() == milestone))
            }
            Some(ItemName::Report { duty, period, agency }) => {
                let (Some(index), Some(agency)) = (self.duty(duty), self.agency(agency)) else { return false };
                let Some(duty) = plan.duties.get(index as usize) else { return false };
                let after_task = duty.after_task.iter().any(|task| task.as_str() == period);
                let laid_out = || self.period(index, period).is_some() || duty.within.is_some();
                after_task || (laid_out() && self.owing(index).contains(&agency))
            }
        }
    }
}

/// The agency a word of `owes` names by itself, if it is neither a set nor an exception.
fn single(word: &str) -> Option<AgencyId> {
    (word != "all" && !word.starts_with("kind:") && !word.starts_with('-')).then(|| AgencyId::from(word))
}

/// The agencies a duty's `owes` names, in the plan's order.
pub(super) fn owing(duty: &Duty, agencies: &[Agency], index: &HashMap<AgencyId, Index>) -> Vec<Index> {
    let mut chosen = HashSet::new();
    for word in &duty.owes {
        if let Some(kind) = word.strip_prefix("kind:") {
            let kind = AgencyKind::from(Text::new(kind));
            chosen.extend((0..).zip(agencies).filter(|(_, agency)| agency.kind == kind).map(|(index, _)| index));
        } else if word.as_str() == "all" {
            chosen.extend((0..).zip(agencies).filter(|(_, agency)| agency.reports).map(|(index, _)| index));
        } else if let Some(id) = single(word) {
            chosen.extend(index.get(&id));
        }
    }
    let left_out = duty.owes.iter().filter_map(|word| word.strip_prefix('-')).filter_map(|id| index.get(id));
    for agency in left_out {
        chosen.remove(agency);
    }
    let mut chosen: Vec<Index> = chosen.into_iter().collect();
    chosen.sort_unstable();
    chosen
}

/// The periods of a duty that are known beforehand.
pub(super) fn laid_out(duty: &Duty, index: Index, year: i16) -> Vec<ReportPeriod> {
    let given = duty.periods.iter().map(|period| given(period, index, duty));
    let ruled = duty.every.iter().flat_map(|recurrence| recurrence.periods(year));
    given.chain(ruled.map(|period| ruled_period(period, index, duty))).collect()
}

fn given(laid_down: &GivenPeriod, index: Index, duty: &Duty) -> ReportPeriod {
    let period: Option<Period> = laid_down.period.parse().ok();
    let window = period.and_then(Period::window);
    ReportPeriod {
        duty: index,
        id: laid_down.period.clone(),
        period,
        opens: window.map(|(opens, _)| opens),
        closing: laid_down.closing.or(window.map(|(_, closing)| closing)),
        due: laid_down.due,
        due_text: laid_down.due_text.clone().or_else(|| duty.due_text.clone()),
        own: laid_down.due_by_agency.clone(),
        event: None,
    }
}

fn ruled_period(period: Period, index: Index, duty: &Duty) -> ReportPeriod {
    let window = period.window();
    ReportPeriod {
        duty: index,
        id: Text::new(&period.to_string()),
        period: Some(period),
        opens: window.map(|(opens, _)| opens),
        closing: window.map(|(_, closing)| closing),
        due: duty.due.zip(window).and_then(|(rule, (_, closing))| written_due(rule, closing)),
        due_text: duty.due_text.clone(),
        own: BTreeMap::new(),
        event: None,
    }
}
