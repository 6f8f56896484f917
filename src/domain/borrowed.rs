//! [`Borrowed`]: campaigns of a shared calendar, laid over a plan that knows nothing of them. They are shown and counted as the
//! plan's own; what is done about them is done in the calendar.

use std::sync::Arc;

use super::{
    campaign::Campaign,
    id::{ItemId, ItemName},
    item::State,
    plan::Plan,
    snapshot::Snapshot,
};

/// What the id of a campaign begins with that is no plan's own.
pub const MARK: &str = "ics~";

/// Campaigns that are no plan's own, and how their milestones stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Borrowed {
    /// The campaigns; the id of each begins with [`MARK`].
    pub campaigns: Vec<Campaign>,
    /// The states of those milestones to which something happened.
    pub states: Vec<(ItemId, State)>,
}

/// Does `id` name a campaign, or a milestone of one, that is no plan's own?
pub fn is_borrowed(id: &ItemId) -> bool {
    match id.name() {
        Some(ItemName::Milestone { campaign, .. } | ItemName::Campaign(campaign)) => campaign.starts_with(MARK),
        Some(ItemName::Task(_) | ItemName::Report { .. } | ItemName::Duty(_) | ItemName::Plan(_)) | None => false,
    }
}

/// Has `plan` campaigns that would be taken for borrowed ones, or has it some laid over it?
pub fn has_borrowed(plan: &Plan) -> bool {
    plan.campaigns.iter().any(|campaign| campaign.id.as_str().starts_with(MARK))
}

/// `plan` without what was laid over it.
pub fn own(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.campaigns.retain(|campaign| !campaign.id.as_str().starts_with(MARK));
    plan
}

impl Snapshot {
    /// The same with what is borrowed laid over it, behind the plan's own campaigns.
    pub fn with_borrowed(self, borrowed: &Borrowed) -> Snapshot {
        if borrowed.campaigns.is_empty() {
            return self;
        }
        let mut plan = Plan::clone(&self.outline.plan);
        plan.campaigns.extend_from_slice(&borrowed.campaigns);
        let mut laid = Snapshot::new(Arc::new(plan));
        (laid.cursor, laid.kept_on) = (self.cursor, self.kept_on);
        let touched = self.items.into_iter().filter(|item| item.state != State::default());
        let states = touched.map(|item| (item.id, item.state)).chain(self.withdrawn);
        for (id, state) in states.chain(borrowed.states.iter().cloned()) {
            laid.put(id, state);
        }
        laid
    }
}
