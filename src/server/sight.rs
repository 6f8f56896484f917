//! [`Sight`]: what an agency sees of a plan: what it owes, leads or coordinates, without internal remarks. To who sees everything
//! nothing of this applies. Pure.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use crate::domain::{
    entry::{Entry, Verb},
    id::{ActorId, AgencyId, ItemId, ItemName},
    outline::Outline,
    past::Past,
    plan::Plan,
    snapshot::Snapshot,
    weeks,
};

/// What one agency sees of one revision of a plan.
#[derive(Debug)]
pub(super) struct Sight {
    agency: AgencyId,
    /// The plan without what it does not see.
    outline: Outline,
}

impl Sight {
    pub(super) fn of(agency: AgencyId, whole: &Outline) -> Self {
        let outline = Outline::new(Arc::new(narrowed(whole, &agency)));
        Sight { agency, outline }
    }

    /// Does it see this item?
    pub(super) fn sees(&self, item: &ItemId) -> bool {
        match item.name() {
            Some(ItemName::Report { agency, .. }) => agency == self.agency.as_str(),
            Some(ItemName::Task(task)) => self.outline.task(task).is_some(),
            Some(ItemName::Milestone { campaign, .. } | ItemName::Campaign(campaign)) => {
                self.outline.campaign(campaign).is_some()
            }
            // A duty's entries open cases of others too.
            Some(ItemName::Duty(_)) | None => false,
            Some(ItemName::Plan(_)) => true,
        }
    }

    /// Does it answer for this item: owe the report, lead the task?
    pub(super) fn answers(&self, item: &ItemId) -> bool {
        self.sees(item) && self.outline.answering(item) == Some(self.agency.as_str())
    }

    /// The day it is for the plan.
    pub(super) fn day(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.outline.zone.clone()).date()
    }

    /// An entry as it sees it; none where it does not.
    pub(super) fn entry(&self, entry: Entry, by: &ActorId) -> Option<Entry> {
        let opens_own = entry.verb == Verb::Open && entry.agency.as_ref() == Some(&self.agency);
        if !opens_own && !self.sees(&entry.item) {
            return None;
        }
        let internal = !entry.public && entry.by.as_ref() != Some(by);
        let note = entry.note.filter(|_| !internal);
        // What an amendment changed is told by the plan it sees.
        Some(Entry { note, changes: Vec::new(), ..entry })
    }

    /// The entries it sees, as it sees them.
    pub(super) fn entries(&self, entries: Vec<Entry>, by: &ActorId) -> Vec<Entry> {
        entries.into_iter().filter_map(|entry| self.entry(entry, by)).collect()
    }

    /// The weeks before `day` as it sees them.
    pub(super) fn past(&self, whole: &Past, day: Date) -> Past {
        whole.narrowed(|item| self.sees(item), weeks::span(&self.outline, day).0)
    }

    /// A snapshot as it sees it.
    pub(super) fn snapshot(&self, whole: Snapshot) -> Snapshot {
        let standing = whole.items.into_iter().map(|item| (item.id, item.state));
        let states = standing.chain(whole.withdrawn).filter(|(id, _)| self.sees(id));
        Snapshot::with_states(Arc::clone(&self.outline.plan), states, whole.cursor)
    }
}

/// The plan with only what concerns `agency`. Who else takes part stays, by name.
fn narrowed(whole: &Outline, agency: &AgencyId) -> Plan {
    let mut plan = Plan::clone(&whole.plan);
    let reports = whole.agencies.iter().any(|one| one.id == *agency && one.reports);
    let named = |agencies: &[AgencyId]| agencies.iter().any(|one| one == agency || (one.as_str() == "all" && reports));
    plan.tasks.retain(|task| task.lead == *agency || named(&task.coordinating));
    plan.campaigns.retain(|campaign| campaign.lead == *agency || named(&campaign.coordinating));
    let leads: Vec<_> = plan.tasks.iter().filter(|task| task.lead == *agency).map(|task| task.id.clone()).collect();
    let place = whole.agency(agency.as_str());
    let mut index = 0;
    plan.duties.retain_mut(|duty| {
        let owes = place.is_some_and(|place| whole.owing(index).contains(&place));
        index += 1;
        duty.owes = if owes { vec![agency.as_text().clone()] } else { Vec::new() };
        duty.after_task.retain(|task| leads.contains(task));
        owes || !duty.after_task.is_empty()
    });
    for other in plan.agencies.iter_mut().filter(|other| other.id != *agency) {
        (other.email, other.phone) = (None, None);
        other.unknown.clear();
    }
    plan
}
