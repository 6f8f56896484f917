//! [`recognise`]: rows that have no id of their own bear one made of what they say; where that was changed they go on under the
//! former one, with their history. Which row is which former one is decided where it can be only one; else it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::domain::{
    id::{CampaignId, DutyId, ItemId, ItemName, TaskId},
    plan::Plan,
    text::Text,
    title::Title,
};

/// A row that goes on under the id of a former one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Renamed {
    /// What it was called.
    pub(super) was: Title,
    /// What it is called now.
    pub(super) is: Title,
}

/// A record that bears an id and a title.
#[derive(Clone, Debug)]
struct Row {
    /// `task:N14`, `duty:R2`, `campaign:C1`.
    key: Text,
    title: Title,
    /// What it has in common with what it was before, but for the title.
    place: String,
}

/// Gives the rows of `reading` the ids they had in `before`; `former` remembers which those are.
pub(super) fn recognise(
    reading: &mut Reading,
    before: Option<&Plan>,
    former: &mut BTreeMap<Text, Text>,
) -> Vec<Renamed> {
    let present: BTreeSet<Text> = rows(&reading.plan).into_iter().map(|row| row.key).collect();
    let known: Vec<(Text, Text)> = former.iter().map(|(is, was)| (is.clone(), was.clone())).collect();
    for (is, was) in known.into_iter().filter(|(is, was)| present.contains(is) && !present.contains(was)) {
        rename(reading, &is, &was);
    }
    let Some(before) = before else { return Vec::new() };
    let mut renamed = Vec::new();
    for (was, is) in pairs(before, reading) {
        rename(reading, &is.key, &was.key);
        former.insert(is.key, was.key);
        renamed.push(Renamed { was: was.title, is: is.title });
    }
    renamed
}

/// Rows that came, each with the only one of its place that went.
fn pairs(before: &Plan, reading: &Reading) -> Vec<(Row, Row)> {
    let (old, new) = (rows(before), rows(&reading.plan));
    let keys = |rows: &[Row]| rows.iter().map(|row| row.key.clone()).collect::<BTreeSet<Text>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let mut places: BTreeMap<String, [Vec<Row>; 2]> = BTreeMap::new();
    for (side, row) in old.into_iter().map(|row| (0, row)).chain(new.into_iter().map(|row| (1, row))) {
        let stays = if side == 0 { new_keys.contains(&row.key) } else { old_keys.contains(&row.key) };
        let is_made = side == 0 || reading.made.contains(&row.key);
        if !stays && is_made {
            places.entry(row.place.clone()).or_default()[side].push(row);
        }
    }
    let only = |[went, came]: [Vec<Row>; 2]| match (<[Row; 1]>::try_from(went), <[Row; 1]>::try_from(came)) {
        (Ok([was]), Ok([is])) => Some((was, is)),
        (Ok(_) | Err(_), _) => None,
    };
    places.into_values().filter_map(only).collect()
}

fn rows(plan: &Plan) -> Vec<Row> {
    let row = |kind: &str, id: &str, title: &Title, place: String| Row {
        key: Text::new(&format!("{kind}:{id}")),
        title: title.clone(),
        place: format!("{kind}\n{place}"),
    };
    let tasks =
        plan.tasks.iter().map(|it| row("task", it.id.as_str(), &it.title, format!("{}\n{:?}", it.lead, it.due)));
    let duties = plan.duties.iter().map(|it| {
        let when = (&it.periods, &it.every, &it.due, &it.within);
        row("duty", it.id.as_str(), &it.title, format!("{:?}\n{when:?}", it.owes))
    });
    let campaigns = plan
        .campaigns
        .iter()
        .map(|it| row("campaign", it.id.as_str(), &it.title, format!("{}\n{}\n{}", it.lead, it.from, it.to)));
    tasks.chain(duties).chain(campaigns).collect()
}

/// Puts the id of `was` in the place of that of `is`, wherever it stands.
fn rename(reading: &mut Reading, is: &str, was: &str) {
    let (Some((kind, is_id)), Some((_, was_id))) = (is.split_once(':'), was.split_once(':')) else { return };
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
