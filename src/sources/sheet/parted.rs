//! Reports that go on under another duty: rows of one title are one duty, so that a title changed in some of them parts these
//! from the others. [`former`] finds the duty they had, [`join`] puts them back into it.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, Standing, Told};
use crate::domain::{
    duty::Duty,
    id::{AgencyId, DutyId, ItemId, ItemName},
    item::State,
    plan::Plan,
    snapshot::Snapshot,
    text::Text,
    title::Title,
};

/// What is owed of a duty: for which period, by whom.
type Owed = BTreeSet<(Text, AgencyId)>;

/// A duty some of whose reports went.
#[derive(Debug, PartialEq)]
pub(super) struct Former {
    pub(super) duty: DutyId,
    pub(super) title: Title,
    /// All of those that came were among them.
    pub(super) had_all: bool,
    /// Something was done about one that may have come back.
    pub(super) has_history: bool,
}

/// The duties that lost reports which `came`, a duty of `reading`, has now; `told` is what was said before.
pub(super) fn former(before: &Snapshot, told: &BTreeMap<ItemId, Told>, reading: &Reading, came: &str) -> Vec<Former> {
    let Some(came) = reading.plan.duties.iter().find(|duty| duty.id.as_str() == came) else { return Vec::new() };
    let came = owed(came, &reading.told);
    let of_duty = |was: &Duty| {
        let now = reading.plan.duties.iter().find(|duty| duty.id == was.id);
        let now = now.map(|now| owed(now, &reading.told)).unwrap_or_default();
        let mut gone = owed(was, told);
        gone.retain(|one| came.contains(one) && !now.contains(one));
        let item = |(period, agency): &(Text, AgencyId)| before.item(&ItemId::report(&was.id, period, agency));
        (!gone.is_empty()).then(|| Former {
            duty: was.id.clone(),
            title: was.title.clone(),
            had_all: gone.len() == came.len(),
            has_history: gone.iter().filter_map(item).any(|item| item.state != State::default()),
        })
    };
    before.outline.plan.duties.iter().filter_map(of_duty).collect()
}

/// Can a record go on under another one that is there? Only a duty under one that does not ask for the same reports; records as
/// `duty:R2`.
pub(super) fn may_join(plan: &Plan, told: &BTreeMap<ItemId, Told>, is: &str, was: &str) -> bool {
    let find = |record: &str| {
        let id = record.strip_prefix("duty:")?;
        plan.duties.iter().find(|duty| duty.id.as_str() == id).map(|duty| owed(duty, told))
    };
    find(is).zip(find(was)).is_some_and(|(is, was)| is.is_disjoint(&was))
}

/// Puts the reports of the duty `is` into the duty `was`, which the plan has; it is called what most of its reports are called.
pub(super) fn join(plan: &mut Plan, told: &mut BTreeMap<ItemId, Told>, is: &DutyId, was: &DutyId) {
    let Some(place) = plan.duties.iter().position(|duty| duty.id == *is) else { return };
    if !plan.duties.iter().any(|duty| duty.id == *was) {
        return;
    }
    let came = plan.duties.remove(place);
    let Some(duty) = plan.duties.iter_mut().find(|duty| duty.id == *was) else { return };
    let (of_came, mut all) = (owed(&came, told), owed(duty, told));
    if of_came.len() > all.len() {
        duty.title = came.title.clone();
    }
    for (period, agency) in &of_came {
        take(duty, &came, period, agency);
        let said = told.remove(&ItemId::report(is, period, agency));
        let item = ItemId::report(was, period, agency);
        match said {
            Some(said) => told.insert(item, said),
            None => told.remove(&item),
        };
    }
    told.retain(|item, _| !matches!(item.name(), Some(ItemName::Report { duty, .. }) if duty == is.as_str()));
    all.extend(of_came);
    for period in &duty.periods {
        for agency in &duty.owes {
            let agency = AgencyId::from(agency.as_str());
            if !all.contains(&(period.period.clone(), agency.clone())) {
                let exempt = Told { standing: Some(Standing::Exempt), ..Told::default() };
                told.insert(ItemId::report(was, &period.period, &agency), exempt);
            }
        }
    }
}

/// The report of that period and agency, with its deadline.
fn take(duty: &mut Duty, came: &Duty, period: &Text, agency: &AgencyId) {
    if !duty.owes.contains(agency.as_text()) {
        duty.owes.push(agency.as_text().clone());
    }
    let Some(is) = came.periods.iter().find(|one| one.period == *period) else { return };
    let Some(known) = duty.periods.iter_mut().find(|one| one.period == *period) else {
        let mut given = is.clone();
        given.due_by_agency.retain(|one, _| one == agency);
        return duty.periods.push(given);
    };
    known.lay_down(agency.clone(), is.due_of(agency));
}

/// What a sheet's duty asks for, without what it only seems to ask for.
fn owed(duty: &Duty, told: &BTreeMap<ItemId, Told>) -> Owed {
    let all = duty
        .periods
        .iter()
        .flat_map(|period| duty.owes.iter().map(|agency| (period.period.clone(), AgencyId::from(agency.as_str()))));
    let exempt = |period: &Text, agency: &AgencyId| {
        told.get(&ItemId::report(&duty.id, period, agency)).is_some_and(|told| told.standing == Some(Standing::Exempt))
    };
    all.filter(|(period, agency)| !exempt(period, agency)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(duties: &serde_json::Value) -> Plan {
        let plan = serde_json::json!({"format": "tiendo/1", "id": "p", "title": "P", "year": 2023,
            "timezone": "Asia/Ho_Chi_Minh", "duties": duties});
        serde_json::from_value(plan).unwrap()
    }

    #[test]
    fn a_report_that_is_put_back_keeps_its_deadline_and_brings_nothing_with_it() {
        let mut plan = plan(&serde_json::json!([
            {"id": "R", "title": "Cũ", "owes": ["a", "b"], "periods": [{"period": "2023-H1", "due": "2023-06-19"}]},
            {"id": "S", "title": "Mới", "owes": ["c", "d"],
             "periods": [{"period": "2023-H1", "due": "2023-06-26"}, {"period": "2023", "due": "2023-11-14"}]},
        ]));
        let exempt = Told { standing: Some(Standing::Exempt), ..Told::default() };
        let done = Told { done: true, ..Told::default() };
        let mut told: BTreeMap<ItemId, Told> = BTreeMap::new();
        told.insert("report:S/2023/d".into(), exempt.clone());
        told.insert("report:S/2023-H1/c".into(), done.clone());
        join(&mut plan, &mut told, &"S".into(), &"R".into());
        let [duty] = plan.duties.as_slice() else { panic!("one duty") };
        assert_eq!(duty.title.get("vi"), "Mới", "three of five are called so");
        assert_eq!(duty.owes, ["a", "b", "c", "d"].map(Text::new));
        let own: Vec<_> = duty.periods[0].due_by_agency.iter().map(|(id, own)| (id.as_str(), own.due)).collect();
        assert_eq!(own, ["c", "d"].map(|id| (id, Some(jiff::civil::date(2023, 6, 26)))));
        let said: Vec<_> = told.iter().map(|(item, told)| (item.as_str(), told)).collect();
        let expected = [
            ("report:R/2023-H1/c", &done),
            ("report:R/2023/a", &exempt),
            ("report:R/2023/b", &exempt),
            ("report:R/2023/d", &exempt),
        ];
        assert_eq!(said, expected);
    }
}
