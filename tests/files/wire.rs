//! What is said over HTTP is read as it was said: snapshots, deltas, answers, problems; and what is not whole is told.

use crate::record::*;
use jiff::{Timestamp, civil::date};
use serde_json::{Value, json};
use tiendo::{
    domain::{
        answer::{Admission, Fetched},
        check::Refusal,
        entry::{Entry, Verb},
        id::PlanId,
        item::{ByDay, Event, Kept, Rare, Request, Rung, State},
        mailing::Mail,
        past::Past,
        plan::Plan,
        snapshot::Snapshot,
        status::Base,
    },
    ledger::{Ledger, memory::MemoryLedger},
    planfile,
    wire::{Answer, Answers, Counts, Entries, Line, Plans, Problem, ProblemKind, Received, Sent, Weeks},
};
use uuid::Uuid;

fn said(snapshot: &Snapshot) -> String {
    let mut text = Vec::new();
    Sent { snapshot, last: Some(id(7)), plan_tag: Some("3") }.write(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn read(text: &str) -> Result<Received, serde_json::Error> {
    serde_json::from_str(text)
}

/// The sample, and the small plan with cases, reversals and an amendment.
async fn ledgers() -> Vec<(MemoryLedger, PlanId)> {
    let sample = planfile::sample().unwrap();
    let (ledger, id_of_sample) = (MemoryLedger::new(), sample.plan.id.clone());
    ledger.lay_down(sample.plan, &me(), minute(0), id(1)).await.unwrap();
    ledger.import(&id_of_sample, sample.journal).await.unwrap();
    let small = MemoryLedger::new();
    laid_down(&small).await;
    for entry in [
        full(1, DUTY, Verb::Open),
        full(2, TASK, Verb::Submit),
        full(3, REPORT, Verb::Receive),
        reverse(4, REPORT, 3),
        full(5, MILESTONE, Verb::Note),
        full(6, "task:N2", Verb::Submit),
    ] {
        append(&small, entry).await;
    }
    small.lay_down(amended(), &me(), minute(9), id(9)).await.unwrap();
    append(&small, expecting(2, full(10, TASK, Verb::Confirm))).await;
    vec![(ledger, id_of_sample), (small, plan_id())]
}

/// The same in every respect that is looked at, also in the order of its items.
fn assert_same(one: &Snapshot, other: &Snapshot) {
    assert_eq!(truth(one), truth(other));
    assert_eq!(one.items, other.items);
    assert!(one.items.iter().all(|item| other.place(&item.id) == one.place(&item.id)));
}

#[tokio::test]
async fn a_snapshot_is_read_as_it_was_said() {
    for (ledger, plan) in ledgers().await {
        let snapshot = ledger.snapshot(&plan).await.unwrap();
        let received = read(&said(&snapshot)).unwrap();
        assert_same(&received.snapshot, &snapshot);
        assert_eq!((received.last, received.plan_tag.as_deref()), (Some(id(7)), Some("3")));
        assert_eq!(said(&received.snapshot), said(&snapshot));
    }
}

#[tokio::test]
async fn another_day_is_read_as_it_was_said() {
    for (ledger, plan) in ledgers().await {
        let instant: Timestamp = "2023-06-20T00:00:00Z".parse().unwrap();
        let snapshot = ledger.at(&plan, instant).await.unwrap();
        assert_same(&read(&said(&snapshot)).unwrap().snapshot, &snapshot);
    }
}

#[tokio::test]
async fn what_was_read_goes_on_with_the_journal_like_what_was_said() {
    for (ledger, plan) in ledgers().await {
        let head = ledger.snapshot(&plan).await.unwrap();
        for back in 1..head.cursor.min(40) {
            let after = head.cursor - back;
            let Fetched::Entries(delta) = ledger.delta(&plan, after).await.unwrap() else { continue };
            let refolded = delta.refolded.iter().map(|(id, state)| Line { id: id.clone(), state: state.clone() });
            let entries = Entries {
                refolded: refolded.collect(),
                cursor: delta.cursor,
                entries: delta.entries.clone(),
                last: None,
                more: false,
                whole: false,
            };
            let text = serde_json::to_string(&entries).unwrap();
            let read: Entries = serde_json::from_str(&text).unwrap();
            assert_eq!(read, entries);
            assert_eq!(read.delta().unwrap(), delta);
        }
    }
}

#[tokio::test]
async fn the_weeks_gone_by_are_read_as_they_were_said() {
    for (ledger, plan) in ledgers().await {
        let past = ledger.past(&plan, date(2023, 11, 20)).await.unwrap();
        assert!(past.histories().any(|(_, steps)| steps.len() > 1) && past.weeks.len() > 2);
        let text = serde_json::to_string(&Weeks::from(&past)).unwrap();
        let read: Weeks = serde_json::from_str(&text).unwrap();
        assert_eq!(Past::try_from(read).unwrap(), past);
    }
}

#[test]
fn weeks_that_cannot_have_been_are_not_taken() {
    let told = |weeks: Value, item: &str, steps: Value| {
        let told = json!({"weeks": weeks, "items": [{"id": item, "steps": steps}]});
        serde_json::from_value::<Weeks>(told).map_err(|_| ()).and_then(|told| Past::try_from(told).map_err(drop))
    };
    let weeks = || json!(["2023-01-08", "2023-01-15"]);
    assert!(told(weeks(), TASK, json!([[0, "open", 0], [1, "done", 100]])).is_ok());
    assert!(told(json!(["2023-01-15", "2023-01-08"]), TASK, json!([])).is_err(), "weeks out of order");
    assert!(told(weeks(), TASK, json!([[1, "open", 0], [1, "done", 100]])).is_err(), "a week told of twice");
    assert!(told(weeks(), TASK, json!([[2, "open", 0]])).is_err(), "a week that is not there");
    assert!(told(weeks(), TASK, json!([[0, "open", 101]])).is_err(), "more than all of it");
    assert!(told(weeks(), TASK, json!([[0, "lost", 0]])).is_err(), "no way to stand");
    assert!(told(weeks(), "nonsense", json!([])).is_err(), "no item");
}

#[test]
fn entries_that_do_not_tell_all_are_not_taken_in() {
    let entries: Entries = serde_json::from_value(json!({"entries": [], "cursor": 4, "whole": true})).unwrap();
    assert_eq!(entries.delta(), None);
}

#[tokio::test]
async fn the_dates_stand_beside_the_state_and_only_where_they_differ() {
    let (ledger, plan) = ledgers().await.remove(1);
    let snapshot = ledger.snapshot(&plan).await.unwrap();
    let value: Value = serde_json::from_str(&said(&snapshot)).unwrap();
    for item in &snapshot.items {
        let line = value["items"].as_array().unwrap().iter().find(|line| line["id"] == item.id.as_str()).unwrap();
        let due = serde_json::to_value(item.due).unwrap();
        let said = |field: &str| line.get(field).unwrap_or(&due).clone();
        assert_eq!(line.get("due").unwrap_or(&Value::Null), &due, "{}", item.id);
        assert_eq!(said("original_due"), serde_json::to_value(item.original_due).unwrap(), "{}", item.id);
        assert_eq!(said("written_due"), serde_json::to_value(item.written_due).unwrap(), "{}", item.id);
    }
    assert_eq!(value["plan"]["calendar"]["days_off"], json!(["2023-06-19"]));
    assert_eq!(value["count"], serde_json::to_value(Counts::of(&snapshot)).unwrap());
}

#[test]
fn every_field_of_a_state_is_read() {
    let day = DAY;
    let state = State {
        base: Base::Returned,
        progress: 40,
        handed_in: Some(day),
        document: Some("12/BC".into()),
        reminders: 2,
        last_reminded: Some(day),
        rungs: vec![Rung { step: 1, on: day }],
        acknowledged: vec![ByDay { by: me(), on: day }],
        notes: 3,
        last: Some(id(5)),
        rare: Rare {
            before_pause: Some(Base::InProgress),
            paused_on: Some(day),
            link: Some("https://example.vn/1".into()),
            extended_to: Some(day),
            extensions: 1,
            extension_reason: Some("chờ \"số liệu\"".into()),
            extension_document: Some("1/CV".into()),
            requested: Some(Request { until: day, reason: None }),
            escalation: 3,
            unsettled: vec![Mail { batch: Uuid::from_u128(4), level: 1, on: day, counted: true }],
            escalations: 2,
            snoozed: vec![ByDay { by: me(), on: day }],
            assigned: Some("VP".into()),
            promise: Some(day),
            reason: Some("thiếu".into()),
            returns: 1,
            event: Some(Event { on: day, title: Some("Vụ việc".into()) }),
            kept: Some(Kept { original_due: day, due: day, extended_to: None }),
        }
        .into(),
    };
    let line = Line { id: REPORT.into(), state };
    let value = serde_json::to_value(&line).unwrap();
    // Every field is said, so none that is not read goes unseen.
    assert_eq!(value.as_object().unwrap().len(), 1 + 10 + 18);
    assert_eq!(serde_json::from_str::<Line>(&value.to_string()).unwrap(), line);
}

#[tokio::test]
async fn what_is_not_a_whole_snapshot_is_told() {
    let (ledger, plan) = ledgers().await.remove(0);
    let text = said(&ledger.snapshot(&plan).await.unwrap());
    let step = text.len() / 97;
    for end in (0..text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
        assert!(read(&text[..end]).is_err(), "cut at {end}");
    }
    for text in ["{}", "[]", "<html><body>Sign in</body></html>", "null", "\"\""] {
        assert!(read(text).is_err(), "{text}");
    }
    let mut value: Value = serde_json::from_str(&text).unwrap();
    value["format"] = "tiendo-snapshot/2".into();
    assert!(read(&value.to_string()).is_err());
    value["format"] = "tiendo-snapshot/1".into();
    value["count"]["withdrawn"] = 5.into();
    assert!(read(&value.to_string()).is_err());
    value["count"]["withdrawn"] = 0.into();
    read(&value.to_string()).unwrap();
    value["plan"]["tasks"].as_array_mut().unwrap().pop();
    assert!(read(&value.to_string()).is_err(), "a task less");
}

#[tokio::test]
async fn its_fields_may_come_in_another_order_and_with_others_among_them() {
    let (ledger, plan) = ledgers().await.remove(1);
    let snapshot = ledger.snapshot(&plan).await.unwrap();
    let Value::Object(fields) = serde_json::from_str(&said(&snapshot)).unwrap() else { panic!() };
    let mut backwards = String::from("{\"later\":{\"a\":[1]}");
    for (name, value) in fields.iter().rev() {
        backwards += &format!(",{}:{value}", Value::from(name.as_str()));
    }
    backwards.push('}');
    assert_eq!(truth(&read(&backwards).unwrap().snapshot), truth(&snapshot));
}

#[test]
fn answers_say_what_became_of_each_entry() {
    let stands: Entry = full(3, REPORT, Verb::Receive);
    let results = [
        Admission::Applied { seq: 4 },
        Admission::Replayed { seq: 2 },
        Admission::Conflict { stands: Box::new(stands) },
        Admission::Refused(Refusal::IdReused),
        Admission::Refused(Refusal::NotAllowed { verb: "extend".into() }),
    ];
    let results = results.into_iter().map(|admission| Answer { id: id(1), admission, detail: Some("vì".into()) });
    let answers = Answers { results: results.collect() };
    let text = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), answers);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["results"][0], json!({"id": id(1), "result": "applied", "seq": 4, "detail": "vì"}));
    assert_eq!(value["results"][3]["why"], "id-reused");
}

#[test]
fn a_problem_of_a_newer_server_is_still_one() {
    let text = r#"{"type":"urn:tiendo:problem:cursor-unknown","title":"t","status":410,"detail":"d","next":"n"}"#;
    let problem: Problem = serde_json::from_str(text).unwrap();
    assert_eq!(problem.kind, ProblemKind::CursorUnknown);
    assert_eq!(serde_json::to_string(&problem).unwrap(), text);
    let other: Problem = serde_json::from_str(r#"{"type":"about:blank","status":502,"instance":"/x"}"#).unwrap();
    assert_eq!(other.kind, ProblemKind::Other("about:blank".into()));
}

#[test]
fn a_newer_list_of_plans_is_still_read() {
    let plans = json!({"plans": [{"id": "p", "number": null, "title": "P", "revision": 2, "seq": 9, "sample": false, "new": 1}],
                       "you": {"by": "me", "roles": ["viewer"]}, "version": "9.0"});
    let plans: Plans = serde_json::from_value(plans).unwrap();
    assert_eq!((plans.plans[0].seq, plans.you.agency), (9, None));
}

#[test]
fn a_plan_of_unknown_fields_keeps_them() {
    let plan: Plan = plan();
    let snapshot = Snapshot::new(plan.clone().into());
    assert_eq!(*read(&said(&snapshot)).unwrap().snapshot.outline.plan, plan);
}
