//! [`Outline`]: a plan made ready to use: its lists by index, and how its items are built.
//!
//! Expected reports are duty × agency × period; nothing happened is needed for them to exist. Reports that follow an
//! event (a case, a task's hand-in) are built from the event.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jiff::{civil::Date, tz::TimeZone};

use super::{
    agency::Agency,
    calendar::Calendar,
    deadline::{due_within, written_due},
    duty::Within,
    expect::{ReportPeriod, all_agencies, laid_out, owing},
    id::{AgencyId, ItemId, ItemName},
    item::{Event, Index, Item, State, Subject},
    place::Places,
    plan::Plan,
    text::Text,
};

/// A plan with everything looked up that its records refer to.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The plan as laid down.
    pub plan: Arc<Plan>,
    /// Its working days.
    pub calendar: Calendar,
    /// Its zone; UTC where the name is unknown.
    pub zone: TimeZone,
    /// The plan's agencies in its order, then those that are only named.
    pub agencies: Vec<Agency>,
    /// The periods reports are owed for, in the order of the duties.
    pub periods: Vec<ReportPeriod>,
    agency_index: HashMap<AgencyId, Index>,
    task_index: HashMap<Text, Index>,
    duty_index: HashMap<Text, Index>,
    campaign_index: HashMap<Text, Index>,
    programme_index: HashMap<Text, Index>,
    /// By duty.
    period_index: Vec<HashMap<Text, Index>>,
    owing: Vec<Vec<Index>>,
    pub(super) places: Places,
}

impl Outline {
    /// Looks everything up that `plan` refers to.
    pub fn new(plan: Arc<Plan>) -> Self {
        let agencies = all_agencies(&plan);
        let index_of = |ids: Vec<&Text>| ids.into_iter().zip(0..).map(|(id, index)| (id.clone(), index)).collect();
        let agency_index: HashMap<AgencyId, Index> =
            agencies.iter().zip(0..).map(|(agency, index)| (agency.id.clone(), index)).collect();
        let periods: Vec<ReportPeriod> =
            plan.duties.iter().zip(0..).flat_map(|(duty, index)| laid_out(duty, index, plan.year)).collect();
        let mut period_index = vec![HashMap::new(); plan.duties.len()];
        for (period, index) in periods.iter().zip(0..) {
            if let Some(of_duty) = period_index.get_mut(period.duty as usize) {
                of_duty.insert(period.id.clone(), index);
            }
        }
        let owing: Vec<Vec<Index>> = plan.duties.iter().map(|duty| owing(duty, &agencies, &agency_index)).collect();
        Outline {
            calendar: Calendar::new(plan.calendar.clone()),
            zone: TimeZone::get(&plan.timezone).unwrap_or(TimeZone::UTC),
            task_index: index_of(plan.tasks.iter().map(|task| task.id.as_text()).collect()),
            duty_index: index_of(plan.duties.iter().map(|duty| duty.id.as_text()).collect()),
            campaign_index: index_of(plan.campaigns.iter().map(|campaign| campaign.id.as_text()).collect()),
            programme_index: index_of(plan.programmes.iter().map(|programme| programme.id.as_text()).collect()),
            period_index,
            places: Places::new(&plan, &periods, &owing),
            owing,
            agencies,
            agency_index,
            periods,
            plan,
        }
    }

    /// The agency's place in `agencies`.
    pub fn agency(&self, id: &str) -> Option<Index> {
        self.agency_index.get(id).copied()
    }

    /// The duty's place in `Plan::duties`.
    pub fn duty(&self, id: &str) -> Option<Index> {
        self.duty_index.get(id).copied()
    }

    /// The campaign's place in `Plan::campaigns`.
    pub fn campaign(&self, id: &str) -> Option<Index> {
        self.campaign_index.get(id).copied()
    }

    /// The programme's place in `Plan::programmes`.
    pub fn programme(&self, id: &str) -> Option<Index> {
        self.programme_index.get(id).copied()
    }

    /// The task's place in `Plan::tasks`.
    pub fn task(&self, id: &str) -> Option<Index> {
        self.task_index.get(id).copied()
    }

    /// The place in `periods` of a duty's period.
    pub fn period(&self, duty: Index, id: &str) -> Option<Index> {
        self.period_index.get(duty as usize)?.get(id).copied()
    }

    /// The agency that answers for the item `id` names, by its name alone: also where the plan no longer has the item.
    pub fn answering(&self, id: &ItemId) -> Option<&str> {
        match id.name()? {
            ItemName::Task(task) => self.plan.tasks.get(self.task(task)? as usize).map(|task| task.lead.as_str()),
            ItemName::Report { agency, .. } => {
                self.agencies.get(self.agency(agency)? as usize).map(|one| one.id.as_str())
            }
            ItemName::Milestone { campaign, .. } | ItemName::Campaign(campaign) => {
                self.plan.campaigns.get(self.campaign(campaign)? as usize).map(|campaign| campaign.lead.as_str())
            }
            ItemName::Duty(_) | ItemName::Plan(_) => None,
        }
    }

    /// The wording of an item's deadline, where the plan gives one.
    pub fn due_text(&self, item: &Item) -> Option<&Text> {
        match item.subject {
            Subject::Task(task) => self.plan.tasks.get(task as usize)?.due_text.as_ref(),
            Subject::Report { period, .. } => {
                let period = self.periods.get(period as usize)?;
                let own = self.agencies.get(item.agency as usize).and_then(|agency| period.own.get(&agency.id));
                own.map_or(period.due_text.as_ref(), |own| own.due_text.as_ref())
            }
            Subject::Milestone { .. } => None,
        }
    }

    /// The agencies that owe a duty's regular reports; for an ad hoc duty those that may have a case.
    pub fn owing(&self, duty: Index) -> &[Index] {
        self.owing.get(duty as usize).map_or(&[], Vec::as_slice)
    }

    /// Every item the plan itself foresees: tasks, expected reports, milestones, in the plan's order, nothing done.
    pub fn expected(&self) -> Vec<Item> {
        let plan = &self.plan;
        let reports: usize = self.periods.iter().map(|period| self.owing(period.duty).len()).sum();
        let milestones: usize = plan.campaigns.iter().map(|campaign| campaign.milestones.len()).sum();
        // Items are large and many: their place is made once.
        let mut items = Vec::with_capacity(plan.tasks.len() + reports + milestones);
        let mut room = String::new();
        items.extend((0..).zip(&plan.tasks).filter_map(|(index, _)| self.task_item(index)));
        for (index, period) in (0..).zip(&self.periods) {
            let owing = self.owing(period.duty).iter();
            items.extend(owing.filter_map(|agency| self.report_item(index, *agency, &mut room)));
        }
        for (index, campaign) in (0..).zip(&plan.campaigns) {
            let milestones = (0..).zip(&campaign.milestones);
            items.extend(milestones.filter_map(|(milestone, _)| self.milestone_item(index, milestone)));
        }
        items
    }

    /// The item `id` names, with `state`; a case's or `after_task` report's period is taken into `periods`. `None` where
    /// the plan has no such item (it never had, or it was withdrawn).
    pub fn item(&mut self, id: &ItemId, state: State) -> Option<Item> {
        let mut item = match id.name()? {
            ItemName::Task(task) => self.task_item(self.task(task)?)?,
            ItemName::Milestone { campaign, milestone } => {
                let campaign = self.campaign(campaign)?;
                let milestones = &self.plan.campaigns.get(campaign as usize)?.milestones;
                let place = milestones.iter().position(|laid_down| laid_down.id.as_str() == milestone)?;
                self.milestone_item(campaign, Index::try_from(place).ok()?)?
            }
            ItemName::Report { duty, period, agency } => {
                let (duty, agency) = (self.duty(duty)?, self.agency(agency)?);
                let period = match self.period(duty, period) {
                    Some(period) => self.rerun_period(period, state.event.as_ref()),
                    None => self.open_period(duty, period, state.event.clone()?)?,
                };
                let regular = self.periods.get(period as usize)?.event.is_none();
                let is_owed =
                    if regular { self.owing(duty).contains(&agency) } else { self.follows(duty, period, agency) };
                if !is_owed {
                    return None;
                }
                self.report_item(period, agency, &mut String::new())?
            }
            ItemName::Campaign(_) | ItemName::Duty(_) | ItemName::Plan(_) => return None,
        };
        item.state = state;
        item.settle(&self.calendar);
        Some(item)
    }

    /// May `agency` owe a report of this duty that an event opened? After a task only its lead does.
    fn follows(&self, duty: Index, period: Index, agency: Index) -> bool {
        let duty = self.plan.duties.get(duty as usize).filter(|duty| !duty.after_task.is_empty());
        let Some((duty, period)) = duty.zip(self.periods.get(period as usize)) else { return true };
        let task = self.task(&period.id).and_then(|task| self.plan.tasks.get(task as usize));
        task.is_some_and(|task| duty.after_task.contains(&task.id) && self.agency(task.lead.as_str()) == Some(agency))
    }

    fn open_period(&mut self, duty: Index, id: &str, event: Event) -> Option<Index> {
        let due = self.due_after(duty, &event)?;
        let period = ReportPeriod {
            duty,
            id: Text::new(id),
            period: None,
            opens: None,
            closing: None,
            due,
            due_text: self.plan.duties.get(duty as usize)?.due_text.clone(),
            own: BTreeMap::new(),
            event: Some(event),
        };
        let index = Index::try_from(self.periods.len()).ok()?;
        self.period_index.get_mut(duty as usize)?.insert(period.id.clone(), index);
        self.periods.push(period);
        Some(index)
    }

    /// A period that runs from another event now, as when the task was handed in again.
    fn rerun_period(&mut self, index: Index, event: Option<&Event>) -> Index {
        let standing = self.periods.get(index as usize).filter(|period| period.event.is_some());
        let other = standing.zip(event).filter(|(standing, event)| standing.event.as_ref() != Some(*event));
        let due = other.and_then(|(standing, event)| self.due_after(standing.duty, event));
        if let Some((due, period)) = due.zip(self.periods.get_mut(index as usize)) {
            (period.due, period.event) = (due, event.cloned());
        }
        index
    }

    /// The last on-time day of a duty's report that runs from `event`; `None` where the duty has no such reports.
    fn due_after(&self, duty: Index, event: &Event) -> Option<Option<Date>> {
        let laid_down = self.plan.duties.get(duty as usize)?;
        let within = laid_down.within.or_else(|| laid_down.working_days.map(Within::WorkingDays))?;
        Some(due_within(within, event.on, &self.calendar))
    }

    fn task_item(&self, index: Index) -> Option<Item> {
        let task = self.plan.tasks.get(index as usize)?;
        let agency = self.agency(task.lead.as_str())?;
        let programme = task.programme.as_ref().and_then(|id| self.programme(id.as_str()));
        let roll = task.roll.unwrap_or(self.plan.roll);
        Some(self.fresh(ItemId::task(&task.id), Subject::Task(index), agency, programme, task.due, roll))
    }

    fn report_item(&self, period_index: Index, agency: Index, room: &mut String) -> Option<Item> {
        let period = self.periods.get(period_index as usize)?;
        let duty = self.plan.duties.get(period.duty as usize)?;
        let owes = self.agencies.get(agency as usize)?;
        let by_kind = duty.due_by_kind.get(owes.kind.as_str()).zip(period.closing);
        let due = by_kind.and_then(|(rule, closing)| written_due(*rule, closing)).or(period.due);
        let due = period.own.get(&owes.id).map_or(due, |own| own.due);
        let programme = duty.programme.as_ref().and_then(|id| self.programme(id.as_str()));
        let subject = Subject::Report { duty: period.duty, period: period_index };
        let id = ItemId::report_by(room, &duty.id, &period.id, &owes.id);
        Some(self.fresh(id, subject, agency, programme, due, duty.roll.unwrap_or(self.plan.roll)))
    }

    fn milestone_item(&self, campaign: Index, milestone: Index) -> Option<Item> {
        let laid_down = self.plan.campaigns.get(campaign as usize)?;
        let point = laid_down.milestones.get(milestone as usize)?;
        let agency = self.agency(laid_down.lead.as_str())?;
        let programme = laid_down.programme.as_ref().and_then(|id| self.programme(id.as_str()));
        let subject = Subject::Milestone { campaign, milestone };
        let id = ItemId::milestone(&laid_down.id, &point.id);
        Some(self.fresh(id, subject, agency, programme, point.due, false))
    }

    fn fresh(
        &self,
        id: ItemId,
        subject: Subject,
        agency: Index,
        programme: Option<Index>,
        written_due: Option<Date>,
        roll: bool,
    ) -> Item {
        let state = State::default();
        let mut item = Item { id, subject, agency, programme, written_due, original_due: None, due: None, roll, state };
        item.settle(&self.calendar);
        item
    }
}
