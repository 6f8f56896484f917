//! A small plan to act on, and entries in short.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde_json::json;
use tiendo::domain::{
    calendar::Calendar,
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
    item::{Item, Kind},
    plan::Plan,
    snapshot::Snapshot,
};
use uuid::Uuid;

/// Three agencies, three tasks, a yearly report, cases, a report after a task, a campaign. Days off: 1/5 to 3/5.
pub(crate) fn plan() -> Plan {
    serde_json::from_value(json!({
        "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
        "calendar": {"days_off": ["2023-05-01", "2023-05-02", "2023-05-03"], "make_up": []},
        "agencies": [
            {"id": "own", "kind": "owner"},
            {"id": "a", "kind": "department", "reports": true},
            {"id": "b", "kind": "district", "reports": true},
        ],
        "tasks": [
            {"id": "N1", "lead": "a", "due": "2023-10-31"},
            {"id": "N2", "lead": "b"},
            {"id": "N3", "lead": "b", "due": "2023-11-25", "roll": false},
        ],
        "duties": [
            {"id": "R1", "owes": ["all"], "every": ["year"], "due": {"before_day": 20}},
            {"id": "R7", "owes": ["all"], "within": {"working_days": 2}},
            {"id": "R8", "after_task": ["N1"], "working_days": 10},
        ],
        "campaigns": [{
            "id": "C1", "lead": "a", "from": "2023-11-15", "to": "2023-12-15",
            "milestones": [{"id": "M1", "due": "2023-11-14"}],
        }],
    }))
    .unwrap()
}

pub(crate) fn snapshot() -> Snapshot {
    Snapshot::new(Arc::new(plan()))
}

pub(crate) fn calendar() -> Calendar {
    Calendar::new(plan().calendar)
}

/// An item of that kind with a due date: 31/10, 19/12, 14/11/2023.
pub(crate) fn item(kind: Kind) -> Item {
    let id = match kind {
        Kind::Task => "task:N1",
        Kind::Report => "report:R1/2023/a",
        Kind::Milestone => "milestone:C1/M1",
    };
    snapshot().item(&id.into()).unwrap().clone()
}

pub(crate) fn entry_id(number: u64) -> EntryId {
    EntryId(Uuid::from_u128(u128::from(number)))
}

/// Entry `number`, which says only what it must.
pub(crate) fn bare(number: u64, item: impl Into<ItemId>, verb: Verb, on: Date) -> Entry {
    Entry { seq: number, ..Entry::new(entry_id(number), item.into(), verb, on, Timestamp::UNIX_EPOCH) }
}

/// The same with everything a verb could need: until 31/12/2024.
pub(crate) fn full(number: u64, item: impl Into<ItemId>, verb: Verb, on: Date) -> Entry {
    Entry {
        until: Some(Date::constant(2024, 12, 31)),
        percent: Some(50),
        level: Some(1),
        to: Some("ubnd".into()),
        document: Some("1/BC".into()),
        link: Some("https://example.invalid/1".into()),
        reason: Some("why".into()),
        note: Some("what".into()),
        by: Some("me".into()),
        ..bare(number, item, verb, on)
    }
}
