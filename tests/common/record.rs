//! A small plan with one of everything, entries on it, and what two snapshots are compared by.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, civil::Date, civil::date};
use tiendo::domain::{
    answer::{Admission, Fetched, Filter},
    entry::{Entry, Verb},
    id::{ActorId, EntryId, ItemId, PlanId},
    item::State,
    plan::Plan,
    snapshot::Snapshot,
};
use tiendo::ledger::Ledger;
use uuid::Uuid;

pub const TASK: &str = "task:N1";
pub const REPORT: &str = "report:R1/2023-H1/a";
pub const AFTER_TASK: &str = "report:R8/N1/a";
pub const DUTY: &str = "duty:R7";
pub const MILESTONE: &str = "milestone:C1/M1";

pub fn plan() -> Plan {
    let plan = serde_json::json!({
        "format": "tiendo-plan/1", "id": "p", "number": "95/KH", "title": {"vi": "Kế hoạch", "en": "Plan"},
        "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "sample": true, "colour": "kept though unknown",
        "agencies": [
            {"id": "a", "kind": "department", "reports": true},
            {"id": "b", "kind": "district", "reports": true},
            {"id": "c", "kind": "owner"},
        ],
        "tasks": [
            {"id": "N1", "lead": "a", "due": "2023-05-10"},
            {"id": "N2", "lead": "b", "due": "2023-06-10"},
            {"id": "N3", "lead": "c"},
        ],
        "duties": [
            {"id": "R1", "owes": ["all"], "every": ["first-half", "year"], "due": {"before_day": 20}},
            {"id": "R7", "owes": ["all"], "within": {"working_days": 2}},
            {"id": "R8", "after_task": ["N1", "N2"], "working_days": 10},
        ],
        "campaigns": [{"id": "C1", "from": "2023-11-15", "to": "2023-12-15", "lead": "a",
                       "milestones": [{"id": "M1", "due": "2023-10-26"}]}],
    });
    serde_json::from_value(plan).unwrap()
}

/// The plan with other dates, a task and its following report gone, a day off more, and a new task.
pub fn amended() -> Plan {
    let mut plan = plan();
    plan.tasks.remove(1);
    plan.tasks[0].due = Some(date(2023, 5, 20));
    plan.tasks.push(serde_json::from_value(serde_json::json!({"id": "N4", "lead": "b", "due": "2023-07-01"})).unwrap());
    plan.calendar.days_off.insert(date(2023, 6, 19));
    plan
}

pub fn plan_id() -> PlanId {
    "p".into()
}

pub fn me() -> ActorId {
    "me".into()
}

pub fn id(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(number))
}

/// So many minutes after the plan was laid down.
pub fn minute(count: i64) -> Timestamp {
    let beginning: Timestamp = "2023-05-08T01:00:00Z".parse().unwrap();
    beginning + SignedDuration::from_mins(count)
}

pub const DAY: Date = date(2023, 5, 8);

pub fn entry(number: u128, item: &str, verb: Verb) -> Entry {
    Entry::new(id(number), item.into(), verb, DAY, minute(number as i64))
}

/// An entry with everything its verb needs.
pub fn full(number: u128, item: &str, verb: Verb) -> Entry {
    Entry {
        until: Some(date(2023, 12, 29)),
        percent: Some(40),
        level: Some(1),
        to: Some("VP UBND".into()),
        agency: Some("a".into()),
        title: Some("Vụ việc".into()),
        document: Some("12/BC".into()),
        reason: Some("thiếu biểu số liệu".into()),
        note: Some("hẹn nộp 14/7".into()),
        ..entry(number, item, verb)
    }
}

pub fn expecting(seen: u128, entry: Entry) -> Entry {
    Entry { expects: Some(id(seen)), ..entry }
}

pub fn reverse(number: u128, item: &str, reverses: u128) -> Entry {
    Entry { reverses: Some(id(reverses)), ..entry(number, item, Verb::Reverse) }
}

pub async fn laid_down(ledger: &dyn Ledger) {
    ledger.lay_down(plan(), &me(), minute(0), id(1_000_000)).await.unwrap();
}

pub async fn append(ledger: &dyn Ledger, entry: Entry) -> Admission {
    let now = entry.at;
    ledger.append(&plan_id(), &[entry], &me(), now).await.unwrap().remove(0)
}

pub async fn snapshot(ledger: &dyn Ledger) -> Snapshot {
    ledger.snapshot(&plan_id()).await.unwrap()
}

pub async fn state(ledger: &dyn Ledger, item: &str) -> State {
    snapshot(ledger).await.item(&item.into()).unwrap_or_else(|| panic!("no item {item}")).state.clone()
}

pub async fn journal(ledger: &dyn Ledger) -> Vec<Entry> {
    let mut entries = ledger.entries(&plan_id(), &Filter::default()).await.unwrap().entries;
    entries.reverse();
    entries
}

pub async fn caught_up(ledger: &dyn Ledger, mut snapshot: Snapshot) -> Snapshot {
    match ledger.delta(&plan_id(), snapshot.cursor).await.unwrap() {
        Fetched::Unchanged => snapshot,
        Fetched::Whole(whole) => *whole,
        Fetched::Entries(delta) => {
            snapshot.apply_delta(delta);
            snapshot
        }
    }
}

pub type Dates = [Option<Date>; 3];

/// What is true in a snapshot, in an order of its own: cases stand in the order they were opened or read.
#[derive(Debug, PartialEq)]
pub struct Truth {
    pub cursor: u64,
    pub items: Vec<(ItemId, Dates, State)>,
    pub withdrawn: BTreeMap<ItemId, State>,
    pub plan: Arc<Plan>,
}

pub fn truth(snapshot: &Snapshot) -> Truth {
    let dates = |item: &tiendo::domain::item::Item| [item.written_due, item.original_due, item.due];
    let items = snapshot.items.iter().map(|item| (item.id.clone(), dates(item), item.state.clone()));
    let mut items: Vec<_> = items.collect();
    items.sort_by(|one, other| one.0.cmp(&other.0));
    let withdrawn = snapshot.withdrawn.clone();
    Truth { cursor: snapshot.cursor, items, withdrawn, plan: Arc::clone(&snapshot.outline.plan) }
}
