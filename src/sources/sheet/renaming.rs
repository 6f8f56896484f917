//! [`rename`]: a record bears the id of a former one, with all that is said of it.

use super::{
    parted::{join, may_join},
    reading::Reading,
};
use crate::domain::{
    id::{CampaignId, DutyId, ItemId, ItemName, TaskId},
    plan::Plan,
};

/// Puts the id of `was` in the place of that of `is`, wherever it stands; records as `duty:R2`. Nothing is done where `was` is
/// there beside it and both cannot be one.
pub(super) fn rename(reading: &mut Reading, is: &str, was: &str) {
    let (Some((kind, is_id)), Some((_, was_id))) = (is.split_once(':'), was.split_once(':')) else { return };
    let there = has(&reading.plan, kind, was_id);
    if there && !may_join(&reading.plan, &reading.told, is, was) {
        return;
    }
    let plan = &mut reading.plan;
    match kind {
        "task" => {
            let (is_id, was_id) = (TaskId::from(is_id), TaskId::from(was_id));
            let all = plan.tasks.iter_mut().map(|task| &mut task.id);
            let all = all.chain(plan.duties.iter_mut().flat_map(|duty| duty.after_task.iter_mut()));
            all.filter(|id| **id == is_id).for_each(|id| *id = was_id.clone());
        }
        "duty" => {
            let (is_id, was_id) = (DutyId::from(is_id), DutyId::from(was_id));
            join(plan, &mut reading.told, &is_id, &was_id);
            plan.duties.iter_mut().map(|it| &mut it.id).filter(|id| **id == is_id).for_each(|id| *id = was_id.clone());
        }
        _ => {
            let (is_id, was_id) = (CampaignId::from(is_id), CampaignId::from(was_id));
            let tasks = plan.tasks.iter_mut().filter_map(|task| task.campaign.as_mut());
            let duties = plan.duties.iter_mut().filter_map(|duty| duty.campaign.as_mut());
            let all = plan.campaigns.iter_mut().map(|it| &mut it.id).chain(tasks).chain(duties);
            all.filter(|id| **id == is_id).for_each(|id| *id = was_id.clone());
        }
    }
    let milestones = plan.campaigns.iter_mut().flat_map(|it| it.milestones.iter_mut());
    for item in milestones.filter_map(|milestone| milestone.item.as_mut()) {
        *item = renamed(item, kind, is_id, was_id);
    }
    let told = std::mem::take(&mut reading.told);
    reading.told = told.into_iter().map(|(item, told)| (renamed(&item, kind, is_id, was_id), told)).collect();
}

/// What an item is called where the record of that kind and id has another one.
fn renamed(item: &ItemId, kind: &str, is: &str, was: &str) -> ItemId {
    match item.name() {
        Some(ItemName::Task(id)) if kind == "task" && id == is => ItemId::task(&was.into()),
        Some(ItemName::Duty(id)) if kind == "duty" && id == is => ItemId::duty(&was.into()),
        Some(ItemName::Campaign(id)) if kind == "campaign" && id == is => ItemId::campaign(&was.into()),
        Some(ItemName::Report { duty, period, agency }) if kind == "duty" && duty == is => {
            ItemId::report(&was.into(), period, &agency.into())
        }
        Some(ItemName::Milestone { campaign, milestone }) if kind == "campaign" && campaign == is => {
            ItemId::milestone(&was.into(), &milestone.into())
        }
        Some(
            ItemName::Task(_)
            | ItemName::Duty(_)
            | ItemName::Campaign(_)
            | ItemName::Report { .. }
            | ItemName::Milestone { .. }
            | ItemName::Plan(_),
        )
        | None => item.clone(),
    }
}

fn has(plan: &Plan, kind: &str, id: &str) -> bool {
    match kind {
        "task" => plan.tasks.iter().any(|task| task.id.as_str() == id),
        "duty" => plan.duties.iter().any(|duty| duty.id.as_str() == id),
        _ => plan.campaigns.iter().any(|campaign| campaign.id.as_str() == id),
    }
}
