//! [`differences`]: what an amendment would change in a plan, to be looked at before it is applied. Data only: which words
//! and which colours it is shown in is decided elsewhere, and so is what it means for items.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    campaign::{Campaign, Milestone},
    plan::{Plan, Step},
    text::Text,
};

/// One record that is not the same in two plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What sort of record it is.
    pub record: Record,
    /// Its id; a milestone's with its campaign (`C1/M1`), a rung's number, a day's date, the plan's own.
    pub id: Text,
    /// What becomes of it.
    pub change: Change,
}

/// The sorts of records a plan has, in the order differences are told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// The plan's own fields.
    Plan,
    /// A programme.
    Programme,
    /// An agency.
    Agency,
    /// A task.
    Task,
    /// A report duty.
    Duty,
    /// A campaign, without its milestones.
    Campaign,
    /// A milestone.
    Milestone,
    /// A rung of the ladder.
    Step,
    /// A day off.
    DayOff,
    /// A weekend day that is worked.
    MakeUpDay,
}

impl Record {
    /// The word in JSON and at the end of word ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Record::Plan => "plan",
            Record::Programme => "programme",
            Record::Agency => "agency",
            Record::Task => "task",
            Record::Duty => "duty",
            Record::Campaign => "campaign",
            Record::Milestone => "milestone",
            Record::Step => "step",
            Record::DayOff => "day-off",
            Record::MakeUpDay => "make-up-day",
        }
    }
}

/// What becomes of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Only the new plan has it.
    Added,
    /// Only the old plan has it.
    Removed,
    /// Both have it; these fields differ.
    Changed(Vec<FieldChange>),
}

/// A field whose value differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    /// Its name as in the plan file, with a dot where it lies deeper: `due`, `title.vi`.
    pub field: Text,
    /// Its old value as it is written; none where it was not said. A list of words has commas between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Text>,
    /// Its new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Text>,
}

/// What is different in `new`: sort by sort, in the new plan's order, what is gone at the end of each. The order of records
/// itself makes no difference.
pub fn differences(old: &Plan, new: &Plan) -> Vec<Difference> {
    let mut found = own(old, new);
    let both = [old, new];
    compare(&mut found, Record::Programme, both.map(|plan| named(&plan.programmes, |it| it.id.to_string())));
    compare(&mut found, Record::Agency, both.map(|plan| named(&plan.agencies, |it| it.id.to_string())));
    compare(&mut found, Record::Task, both.map(|plan| named(&plan.tasks, |it| it.id.to_string())));
    compare(&mut found, Record::Duty, both.map(|plan| named(&plan.duties, |it| it.id.to_string())));
    let campaigns = both.map(bare);
    compare(&mut found, Record::Campaign, campaigns.each_ref().map(|bare| named(bare, |it| it.id.to_string())));
    compare(&mut found, Record::Milestone, both.map(milestones));
    compare(&mut found, Record::Step, both.map(|plan| named(&plan.ladder, rung)));
    compare(&mut found, Record::DayOff, both.map(|plan| named(&plan.calendar.days_off, ToString::to_string)));
    compare(&mut found, Record::MakeUpDay, both.map(|plan| named(&plan.calendar.make_up, ToString::to_string)));
    found
}

/// What names a rung: its step; a notice has none of its own, only its day.
fn rung(step: &Step) -> String {
    if step.step == 0 { format!("{:+}", step.after_working_days) } else { step.step.to_string() }
}

/// Records with their ids.
type Named<'a, T> = Vec<(String, &'a T)>;

fn named<'a, T>(records: impl IntoIterator<Item = &'a T>, id: impl Fn(&T) -> String) -> Named<'a, T> {
    records.into_iter().map(|record| (id(record), record)).collect()
}

/// The plan's own fields: all but the lists of records.
fn own(old: &Plan, new: &Plan) -> Vec<Difference> {
    let fields = |plan: &Plan| {
        let mut value = serde_json::to_value(plan).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| !LISTS.contains(&name.as_str()));
        }
        value
    };
    let changed = changed_fields(&fields(old), &fields(new));
    let difference =
        Difference { record: Record::Plan, id: new.id.as_text().clone(), change: Change::Changed(changed) };
    Some(difference).filter(|difference| difference.change != Change::Changed(Vec::new())).into_iter().collect()
}

const LISTS: [&str; 7] = ["programmes", "agencies", "tasks", "duties", "campaigns", "ladder", "calendar"];

fn bare(plan: &Plan) -> Vec<Campaign> {
    plan.campaigns.iter().map(|campaign| Campaign { milestones: Vec::new(), ..campaign.clone() }).collect()
}

fn milestones(plan: &Plan) -> Named<'_, Milestone> {
    let of = |campaign: &Campaign, milestone: &Milestone| format!("{}/{}", campaign.id, milestone.id);
    let campaigns = plan.campaigns.iter();
    campaigns.flat_map(|campaign| campaign.milestones.iter().map(move |it| (of(campaign, it), it))).collect()
}

fn compare<T: Serialize + PartialEq>(found: &mut Vec<Difference>, record: Record, [old, new]: [Named<'_, T>; 2]) {
    // Where an id stands twice the first one counts.
    let mut gone: HashMap<&str, &T> = old.iter().rev().map(|(id, it)| (id.as_str(), *it)).collect();
    let mut tell = |id: &str, change| found.push(Difference { record, id: id.into(), change });
    for (id, it) in &new {
        match gone.remove(id.as_str()) {
            None => tell(id, Change::Added),
            Some(was) if was != *it => tell(id, Change::Changed(fields_of(was, it))),
            Some(_) => {}
        }
    }
    for (id, _) in &old {
        if gone.remove(id.as_str()).is_some() {
            tell(id, Change::Removed);
        }
    }
}

fn fields_of<T: Serialize>(old: &T, new: &T) -> Vec<FieldChange> {
    let value = |record: &T| serde_json::to_value(record).unwrap_or_default();
    changed_fields(&value(old), &value(new))
}

fn changed_fields(old: &Value, new: &Value) -> Vec<FieldChange> {
    let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
    flatten("", old, &mut was);
    flatten("", new, &mut is);
    let mut names: Vec<&String> = was.keys().chain(is.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differing = names.into_iter().filter(|name| was.get(*name) != is.get(*name));
    let change =
        |name: &String| FieldChange { field: Text::new(name), old: was.get(name).cloned(), new: is.get(name).cloned() };
    differing.map(change).collect()
}

/// The values of an object by their path.
fn flatten(path: &str, value: &Value, fields: &mut BTreeMap<String, Text>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, fields);
            }
        }
        Value::Null => {}
        Value::Array(periods) if !periods.is_empty() && periods.iter().all(|one| one["period"].is_string()) => {
            for period in periods {
                let path = format!("{path}.{}", period["period"].as_str().unwrap_or_default());
                flatten(&path, period, fields);
            }
        }
        Value::Array(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            fields.insert(path.to_owned(), written(value).into());
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn plan() -> Plan {
        serde_json::from_value(json!({
            "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
            "agencies": [{"id": "a", "kind": "department"}, {"id": "b", "kind": "district"}],
            "tasks": [
                {"id": "N1", "lead": "a", "due": "2023-05-10", "title": {"vi": "Một", "en": "One"}},
                {"id": "N2", "lead": "b"},
            ],
            "duties": [{"id": "R1", "owes": ["a"], "every": ["year"], "due": {"before_day": 20}}],
            "campaigns": [{"id": "C1", "from": "2023-11-15", "to": "2023-12-15", "lead": "a",
                           "milestones": [{"id": "M1", "due": "2023-10-26"}]}],
            "ladder": [{"step": 1, "verb": "remind", "after_working_days": 1}],
        }))
        .unwrap()
    }

    fn told(new: &Plan) -> Vec<String> {
        let line = |difference: &Difference| {
            let change = match &difference.change {
                Change::Added => "added".to_owned(),
                Change::Removed => "removed".to_owned(),
                Change::Changed(fields) => {
                    let value = |value: &Option<Text>| value.as_deref().unwrap_or("–").to_owned();
                    let field = |it: &FieldChange| format!("{} {} → {}", it.field, value(&it.old), value(&it.new));
                    fields.iter().map(field).collect::<Vec<_>>().join("; ")
                }
            };
            format!("{} {}: {change}", difference.record.as_str(), difference.id)
        };
        differences(&plan(), new).iter().map(line).collect()
    }

    #[test]
    fn the_same_plan_in_another_order_is_no_difference() {
        let mut new = plan();
        new.tasks.reverse();
        new.agencies.reverse();
        assert_eq!(told(&new), Vec::<String>::new());
    }

    #[test]
    fn added_removed_and_changed_records_are_told_with_their_fields() {
        let mut new = plan();
        new.number = Some("95/KH".into());
        new.tasks.remove(1);
        new.tasks[0].due = Some(date(2023, 5, 20));
        new.tasks[0].title = serde_json::from_value(json!({"vi": "Hai", "en": "One"})).unwrap();
        new.tasks.insert(0, serde_json::from_value(json!({"id": "N3", "lead": "a"})).unwrap());
        new.duties[0].owes = vec!["a".into(), "b".into()];
        new.duties[0].due = None;
        new.campaigns[0].milestones[0].due = None;
        new.campaigns[0].milestones.push(serde_json::from_value(json!({"id": "M2"})).unwrap());
        new.ladder[0].after_working_days = 2;
        new.calendar.days_off.insert(date(2023, 9, 1));
        assert_eq!(
            told(&new),
            [
                "plan p: number – → 95/KH",
                "task N3: added",
                "task N1: due 2023-05-10 → 2023-05-20; title.vi Một → Hai",
                "task N2: removed",
                "duty R1: due.before_day 20 → –; owes a → a, b",
                "milestone C1/M1: due 2023-10-26 → –",
                "milestone C1/M2: added",
                "step 1: after_working_days 1 → 2",
                "day-off 2023-09-01: added",
            ]
        );
    }

    #[test]
    fn fields_this_version_does_not_know_are_told_clean() {
        let mut new = plan();
        new.agencies[0].unknown.insert("colour".to_owned(), json!("red\u{1b}[31m"));
        assert_eq!(told(&new), ["agency a: colour – → red\u{fffd}[31m"]);
    }
}
