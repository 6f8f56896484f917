//! The redmine source before a server that answers as a real one does, and slips as it is told to: what it reads, what it writes,
//! and that nothing is overwritten, done twice, or taken for done that is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, dead_code, unreachable_pub)]

#[path = "common/contract.rs"]
mod contract;
#[path = "common/proxy.rs"]
mod proxy;
#[path = "common/record.rs"]
mod record;
#[path = "common/skip.rs"]
mod skip;
#[path = "common/tracker.rs"]
mod tracker;

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, StreamExt};
use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};
use proxy::{Fault, Proxy};
use serde_json::{Value, json};
use tiendo::{
    domain::{
        answer::{Admission, Fetched, Filter},
        check::{Because, Refusal},
        entry::{Entry, Verb},
        failure::Failure,
        id::{EntryId, ItemId},
        item::Kind,
        snapshot::Snapshot,
        status::{Base, Cell, Today, cell},
    },
    runtime::{copied::Copied, history, recorder::Place},
    secret::Secret,
    sources::{
        Source,
        redmine::{Redmine, RedmineOptions, RedmineSettings, propose},
    },
    store::{cache::Cache, history::Address},
};
use tokio::time::{advance, timeout};
use tracker::*;
use uuid::Uuid;

const TASK: &str = "task:#1";
const REPORT: &str = "report:BCGN-2026-M11/2026-M11/so-tai-chinh";

/// Two tasks and two reports, of two agencies.
async fn office() -> (Tracker, Redmine) {
    let due = Some("2026-11-20");
    let tracker = Tracker::with(vec![
        issue(1, 4, 2, due),
        issue(2, 4, 4, Some("2026-12-20")),
        issue(3, 5, 2, due),
        issue(4, 5, 4, due),
    ]);
    let tracker = tracker.await;
    let source = source(settings(&tracker.url));
    (tracker, source)
}

async fn whole(source: &Redmine) -> Snapshot {
    match source.fetch(None).await.unwrap() {
        Fetched::Whole(snapshot) => *snapshot,
        other @ (Fetched::Unchanged | Fetched::Entries(_)) => panic!("{other:?}"),
    }
}

async fn why(source: &Redmine) -> Failure {
    source.fetch(None).await.unwrap_err()
}

fn entry(number: u128, item: &str, verb: Verb) -> Entry {
    let at: Timestamp = "2026-11-29T03:00:00Z".parse().unwrap();
    Entry::new(EntryId(Uuid::from_u128(number)), item.into(), verb, date(2026, 11, 29), at)
}

/// Said in view of how the item stands in `snapshot`.
fn seeing(snapshot: &Snapshot, entry: Entry) -> Entry {
    Entry { expects: snapshot.item(&entry.item).unwrap().state.last, ..entry }
}

async fn send(source: &Redmine, entry: Entry) -> Admission {
    source.send(&[entry], Timestamp::UNIX_EPOCH).await.unwrap().remove(0)
}

fn extend(number: u128, item: &str, until: Date) -> Entry {
    Entry { until: Some(until), reason: Some("mưa lũ".into()), ..entry(number, item, Verb::Extend) }
}

fn item<'a>(snapshot: &'a Snapshot, id: &str) -> &'a tiendo::domain::item::Item {
    snapshot.item(&ItemId::from(id)).unwrap_or_else(|| panic!("{id}"))
}

#[tokio::test]
async fn issues_are_tasks_and_reports_versions_campaigns_and_sub_projects_agencies() {
    let (tracker, source) = office().await;
    tracker.data.lock().unwrap().issue(1)["fixed_version"] = json!({"id": 2, "name": "x"});
    let snapshot = whole(&source).await;
    let plan = &snapshot.outline.plan;
    let agencies: Vec<_> = plan.agencies.iter().map(|agency| (agency.id.as_str(), agency.label("vi"))).collect();
    assert_eq!(
        agencies,
        [
            ("ke-hoach", "Kế hoạch năm 2026"),
            ("so-gd-dt", "Sở GD&ĐT"),
            ("so-tai-chinh", "Sở Tài chính"),
            ("so-y-te", "Sở Y tế")
        ]
    );
    let task = &plan.tasks[0];
    assert_eq!(
        (task.id.as_str(), task.lead.as_str(), task.source.as_deref()),
        ("#1", "so-tai-chinh", Some("NV-001 · 100/QĐ-UBND"))
    );
    assert_eq!(task.coordinating.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["so-y-te"]);
    assert_eq!((task.campaign.as_ref().unwrap().as_str(), task.due), ("v2", Some(date(2026, 11, 20))));
    let campaigns: Vec<_> = plan.campaigns.iter().map(|one| (one.id.as_str(), one.from, one.to)).collect();
    assert_eq!(campaigns, [("v2", date(2026, 11, 26), date(2026, 12, 11))], "one without any day is none yet");
    let reports: Vec<&str> =
        snapshot.items.iter().filter(|one| one.kind() == Kind::Report).map(|one| one.id.as_str()).collect();
    assert_eq!(reports, ["report:BCGN-2026-M11/2026-M11/so-gd-dt", REPORT], "one duty and period: one column");
    assert!(tracker.keys.lock().unwrap().iter().all(|key| key == CANARY));
    let can = source.capabilities();
    assert!(can.writes && can.remote && !can.journal && !can.at && !can.amends);
    let origin = source.origin().unwrap();
    assert!(origin.address.contains(&tracker.url) && origin.address.contains("ke-hoach"));
}

#[tokio::test]
async fn a_state_goes_by_the_status_alone_and_late_by_the_plans_own_day() {
    let (tracker, source) = office().await;
    {
        let mut data = tracker.data.lock().unwrap();
        data.issue(1)["closed_on"] = json!("2026-11-10T00:00:00Z");
        data.issue(2)["status"] = json!({"id": 3, "name": "Đã được giải quyết", "is_closed": false});
        let report = data.issue(3);
        report["status"] = json!({"id": 5, "name": "Đã đóng ", "is_closed": true});
        // Half past eleven of the 20th at the server, the 21st in Vietnam.
        report["closed_on"] = json!("2026-11-20T23:30:00Z");
        data.issue(4)["status"] = json!({"id": 6, "name": "Từ chối", "is_closed": true});
    }
    let snapshot = whole(&source).await;
    assert_eq!(item(&snapshot, TASK).state.base, Base::NotStarted, "it was reopened");
    assert_eq!(item(&snapshot, "task:#2").state.base, Base::AwaitingConfirmation);
    let report = item(&snapshot, REPORT);
    assert_eq!((report.state.base, report.state.handed_in), (Base::Done, Some(date(2026, 11, 21))));
    assert_eq!(
        item(&snapshot, "report:BCGN-2026-M11/2026-M11/so-gd-dt").state.base,
        Base::Exempt,
        "it is owed no more"
    );
    let today = |date| Today::new(date, 0, &snapshot.outline.calendar);
    assert_eq!(cell(item(&snapshot, TASK), today(date(2026, 11, 20))), Some(Cell::DueSoon));
    assert_eq!(cell(item(&snapshot, TASK), today(date(2026, 11, 21))), Some(Cell::Overdue));
    assert_eq!(snapshot.outline.zone, TimeZone::get("Asia/Ho_Chi_Minh").unwrap());
}

#[tokio::test]
async fn each_report_keeps_its_own_day_and_one_that_has_none_has_none() {
    let (tracker, source) = office().await;
    tracker.data.lock().unwrap().issue(4)["due_date"] = json!("2026-12-01");
    tracker.data.lock().unwrap().issues.push(issue(9, 5, 2, None));
    let snapshot = whole(&source).await;
    assert_eq!(item(&snapshot, REPORT).due, Some(date(2026, 11, 20)));
    assert_eq!(item(&snapshot, "report:BCGN-2026-M11/2026-M11/so-gd-dt").due, Some(date(2026, 12, 1)));
    let second = item(&snapshot, "report:#9/2026-M11/so-tai-chinh");
    assert_eq!((second.due, second.original_due), (None, None), "the second of one agency stands by itself");
}

#[tokio::test]
async fn a_list_that_moves_between_two_pages_is_read_again_and_each_issue_counts_once() {
    let issues = (1..=150).map(|id| issue(id, 4, 2, Some("2026-12-01"))).collect();
    let tracker = Tracker::with(issues).await;
    let source = source(settings(&tracker.url));
    // After the first page the first issue is deleted: the second page begins one too late.
    tracker.slips("GET", "/issues.json", Slip::Then(Box::new(|data| drop(data.issues.remove(0)))));
    let snapshot = whole(&source).await;
    assert_eq!(snapshot.items.len(), 149);
    assert!(snapshot.item(&"task:#101".into()).is_some(), "it stood between the pages");
    let pages = tracker.asked().iter().filter(|(_, path, _)| path.starts_with("/issues.json")).count();
    assert_eq!(pages, 4, "twice two");
    // One that never holds still is told, and what there was stays.
    let before = snapshot.cursor;
    for _ in 0..3 {
        let page = json!({"issues": [issue(1, 4, 2, None)], "total_count": 900}).to_string();
        tracker.slips(
            "GET",
            "/issues.json?project_id=ke-hoach&status_id=*&sort=id&limit=100&offset=0",
            Slip::Says("200 OK", "Content-Type: application/json", page),
        );
        let page = json!({"issues": [], "total_count": 899}).to_string();
        tracker.slips(
            "GET",
            "/issues.json?project_id=ke-hoach&status_id=*&sort=id&limit=100&offset=1",
            Slip::Says("200 OK", "Content-Type: application/json", page),
        );
    }
    let other = Redmine::new(settings(&tracker.url), None, Arc::new(|_| String::new())).unwrap();
    assert_eq!(why(&other).await.why().id, "redmine-restless");
    assert!(matches!(source.fetch(Some(before)).await.unwrap(), Fetched::Unchanged));
}

#[tokio::test]
async fn later_only_what_changed_is_asked_for_and_nothing_new_is_told_as_nothing() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.asked();
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    let asked: Vec<String> = tracker.asked().into_iter().map(|(_, path, _)| path).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(
        asked[1].ends_with("updated_on=%3E%3D2026-11-28T23%3A59%3A59Z"),
        "whole seconds, one more than needed: {}",
        asked[1]
    );
    tracker.change(2, "Sở Giáo dục", json!({"status_id": 2, "done_ratio": 40}));
    let Fetched::Whole(now) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything") };
    let task = item(&now, "task:#2");
    assert!(now.cursor > seen.cursor && task.state.base == Base::InProgress && task.state.progress == 40);
    // What is changed twice within one second is seen twice.
    tracker.data.lock().unwrap().issue(2)["done_ratio"] = json!(45);
    let Fetched::Whole(now) = source.fetch(Some(now.cursor)).await.unwrap() else { panic!("everything") };
    assert_eq!(item(&now, "task:#2").state.progress, 45);
    assert!(matches!(source.fetch(Some(now.cursor)).await.unwrap(), Fetched::Unchanged));
}

#[tokio::test]
async fn changes_that_came_in_part_only_are_asked_for_again() {
    let issues = (1..=150).map(|id| issue(id, 4, 2, Some("2026-12-01"))).collect();
    let tracker = Tracker::with(issues).await;
    let source = source(settings(&tracker.url));
    let seen = whole(&source).await;
    for id in 1..=150 {
        tracker.change(id, "Sở Tài chính", json!({"done_ratio": 10}));
    }
    // Of the two pages the second does not come; then what is asked for is given up while it is waited for.
    tracker.slips("GET", "/issues.json", Slip::Then(Box::new(|_| {})));
    tracker.slips("GET", "/issues.json", Slip::Then(Box::new(|_| {})));
    tracker.slips("GET", "/issues.json", Slip::LostReply);
    assert!(source.fetch(Some(seen.cursor)).await.is_err());
    assert!(timeout(Duration::ZERO, source.fetch(Some(seen.cursor))).await.is_err());
    let Fetched::Whole(now) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything") };
    assert!(now.cursor > seen.cursor && now.items.iter().all(|item| item.state.progress == 10));
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_is_found_when_everything_is_read_again() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.data.lock().unwrap().issues.remove(0);
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged), "no list of changes has it");
    advance(Duration::from_secs(30 * 60 + 1)).await;
    let Fetched::Whole(now) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything") };
    assert!(now.item(&TASK.into()).is_none() && now.items.len() + 1 == seen.items.len());
}

#[tokio::test]
async fn every_act_says_what_it_changes_and_whose_it_is() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let acts: [(Entry, Value); 6] = [
        (entry(1, TASK, Verb::Acknowledge), json!({"custom_fields": [{"id": 6, "value": "1"}]})),
        (Entry { note: Some("Đã gọi điện.".into()), ..entry(2, TASK, Verb::Note) }, json!({})),
        (
            seeing(&seen, extend(3, TASK, date(2026, 12, 15))),
            json!({"due_date": "2026-12-15", "custom_fields": [{"id": 7, "value": "1"}]}),
        ),
        (
            seeing(&seen, Entry { percent: Some(45), ..entry(4, "task:#2", Verb::Progress) }),
            json!({"done_ratio": 45, "status_id": 2}),
        ),
        (
            seeing(
                &seen,
                Entry { on: date(2026, 11, 23), document: Some("5/BC".into()), ..entry(5, REPORT, Verb::Receive) },
            ),
            json!({"status_id": 5, "done_ratio": 100, "custom_fields": [{"id": 5, "value": "2026-11-23"}]}),
        ),
        (
            seeing(&seen, entry(6, "report:BCGN-2026-M11/2026-M11/so-gd-dt", Verb::Submit)),
            json!({"status_id": 3, "custom_fields": [{"id": 5, "value": "2026-11-29"}]}),
        ),
    ];
    for (act, wanted) in acts {
        let verb = act.verb.clone();
        let mark = format!("tiendo {} {}", act.id, verb.as_str());
        let answer = send(&source, act).await;
        assert!(matches!(answer, Admission::Applied { .. }), "{verb:?}: {answer:?}");
        let mut put = tracker.put().remove(0);
        let note = put.as_object_mut().unwrap().remove("notes").unwrap();
        assert!(note.as_str().unwrap().ends_with(&mark), "{note}");
        assert_eq!(put, wanted, "{verb:?}");
    }
    let now = whole(&source).await;
    let task = item(&now, TASK);
    assert_eq!(
        (task.due, task.state.extensions, task.original_due),
        (Some(date(2026, 12, 15)), 1, Some(date(2026, 11, 20)))
    );
    assert!(task.state.acknowledged.len() == 1 && task.state.notes == 1);
    let report = item(&now, REPORT);
    assert_eq!((report.state.base, report.state.handed_in), (Base::Done, Some(date(2026, 11, 23))));
    // Sent back: the day it came is no more.
    let back = Entry { reason: Some("thiếu số liệu".into()), ..entry(7, REPORT, Verb::Return) };
    assert!(matches!(send(&source, seeing(&now, back)).await, Admission::Applied { .. }));
    let report = item(&whole(&source).await, REPORT).state.clone();
    assert_eq!((report.base, report.handed_in, report.returns), (Base::Returned, None, 1));
}

#[tokio::test]
async fn a_success_that_changed_nothing_is_none() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.slips("PUT", "/issues/1.json", Slip::Nothing);
    let answer = send(&source, seeing(&seen, extend(1, TASK, date(2026, 12, 15)))).await;
    let Admission::Refused(Refusal::NotTaken { because: Because::NoEffect, said, .. }) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(said.as_str(), "due_date");
    tracker.slips("PUT", "/issues/1.json", Slip::Nothing);
    let note = Entry { note: Some("x".into()), ..entry(2, TASK, Verb::Note) };
    assert!(matches!(
        send(&source, note).await,
        Admission::Refused(Refusal::NotTaken { because: Because::NoEffect, .. })
    ));
    assert!(tracker.notes(1).is_empty());
}

#[tokio::test]
async fn what_was_sent_and_not_answered_is_found_by_its_note_and_done_once() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let note = Entry { note: Some("Đã gọi điện.".into()), ..entry(1, TASK, Verb::Note) };
    let extended = seeing(&seen, extend(2, TASK, date(2026, 12, 15)));
    for act in [note, extended] {
        tracker.slips("PUT", "/issues/1.json", Slip::LostReply);
        assert!(matches!(
            source.send(std::slice::from_ref(&act), Timestamp::UNIX_EPOCH).await,
            Err(Failure::Offline(_))
        ));
        // Also by a program that was started anew.
        let other = self::source(settings(&tracker.url));
        assert!(matches!(send(&other, act.clone()).await, Admission::Replayed { .. }));
        assert!(matches!(send(&source, act).await, Admission::Replayed { .. }));
    }
    // The change arrived, what followed it did not.
    let third = Entry { note: Some("x".into()), ..entry(3, TASK, Verb::Note) };
    let break_the_look = Box::new(|_: &mut Data| {});
    tracker.slips("PUT", "/issues/1.json", Slip::Then(break_the_look));
    tracker.slips("GET", "/issues/1.json", Slip::Then(Box::new(|_| {})));
    tracker.slips("GET", "/issues/1.json", Slip::LostReply);
    assert!(source.send(std::slice::from_ref(&third), Timestamp::UNIX_EPOCH).await.is_err());
    assert!(matches!(send(&source, third).await, Admission::Replayed { .. }));
    assert_eq!(tracker.notes(1).len(), 3, "{:?}", tracker.notes(1));
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.change(1, "Sở Tài chính", json!({"notes": "Đang làm."}));
    assert!(
        matches!(send(&source, seeing(&seen, extend(1, TASK, date(2026, 12, 15)))).await, Admission::Applied { .. }),
        "a note is in nobody's way"
    );
    let seen = whole(&source).await;
    tracker.change(1, "Sở Tài chính", json!({"due_date": "2026-12-24", "notes": "Xin lùi."}));
    let mine = seeing(&seen, extend(2, TASK, date(2026, 12, 20)));
    let answer = send(&source, mine.clone()).await;
    let Admission::Conflict { stands } = answer else { panic!("{answer:?}") };
    assert_eq!((stands.verb.clone(), stands.until), (Verb::Extend, Some(date(2026, 12, 24))));
    assert_eq!((stands.by.unwrap().as_str(), stands.reason.as_deref()), ("Sở Tài chính", Some("Xin lùi.")));
    assert!(matches!(send(&source, mine.clone()).await, Admission::Conflict { .. }), "and so it stays");
    assert_eq!(item(&whole(&source).await, TASK).due, Some(date(2026, 12, 24)));
    // On top of theirs, as it is sent from a card; and said in view of it.
    let later = Entry { until: Some(date(2026, 12, 28)), expects: Some(stands.id), ..mine };
    assert!(matches!(send(&source, later).await, Admission::Applied { .. }));
    let seen = whole(&source).await;
    assert!(matches!(send(&source, seeing(&seen, extend(3, TASK, date(2027, 1, 5)))).await, Admission::Applied { .. }));
}

#[tokio::test]
async fn an_act_said_in_view_of_an_own_one_goes_after_it_and_not_after_another() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let submit = seeing(&seen, entry(1, TASK, Verb::Submit));
    let confirm = Entry { expects: Some(submit.id), ..entry(2, TASK, Verb::Confirm) };
    let answers = source.send(&[submit, confirm], Timestamp::UNIX_EPOCH).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Admission::Applied { .. })), "{answers:?}");
    assert_eq!(item(&whole(&source).await, TASK).state.base, Base::Done);
    let second = seeing(&seen, Entry { percent: Some(30), ..entry(3, "task:#2", Verb::Progress) });
    let third = Entry { expects: Some(second.id), percent: Some(50), ..entry(4, "task:#2", Verb::Progress) };
    assert!(matches!(send(&source, second).await, Admission::Applied { .. }));
    tracker.change(2, "Sở Giáo dục", json!({"done_ratio": 90}));
    assert!(matches!(send(&source, third).await, Admission::Conflict { .. }));
}

/// A task handed in and confirmed in view of that, as one deed makes it.
fn done(seen: &Snapshot, numbers: [u128; 2], item: &str) -> [Entry; 2] {
    let submit = seeing(seen, entry(numbers[0], item, Verb::Submit));
    let submit = Entry { document: Some("5/BC".into()), batch: Some(Uuid::from_u128(9)), ..submit };
    let confirm = Entry { id: EntryId(Uuid::from_u128(numbers[1])), verb: Verb::Confirm, ..submit.clone() };
    [submit.clone(), Entry { expects: Some(submit.id), ..confirm }]
}

#[tokio::test]
async fn a_task_that_is_done_is_one_change_that_bears_the_marks_of_both_acts() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let acts = done(&seen, [1, 2], TASK);
    // The reply is lost: it was done, and is found by either mark.
    tracker.slips("PUT", "/issues/1.json", Slip::LostReply);
    assert!(matches!(source.send(&acts, Timestamp::UNIX_EPOCH).await, Err(Failure::Offline(_))));
    for again in [&acts[..], &acts[..1], &acts[1..]] {
        let answers = source.send(again, Timestamp::UNIX_EPOCH).await.unwrap();
        assert!(answers.iter().all(|answer| matches!(answer, Admission::Replayed { .. })), "{answers:?}");
    }
    let put = tracker.put();
    assert_eq!((put.len(), &put[0]["status_id"], &put[0]["done_ratio"]), (1, &json!(5), &json!(100)), "{put:?}");
    let notes = tracker.notes(1);
    let marks = format!("\n\ntiendo {} submit\ntiendo {} confirm", acts[0].id, acts[1].id);
    assert!(notes.len() == 1 && notes[0].ends_with(&marks) && notes[0].matches("5/BC").count() == 1, "{notes:?}");
    let now = whole(&source).await;
    assert_eq!((item(&now, TASK).state.base, item(&now, TASK).state.notes), (Base::Done, 0));
    let filter = Filter { item: Some(TASK.into()), ..Filter::default() };
    let told = source.entries(&filter).await.unwrap().entries;
    assert_eq!((told.len(), told[0].id, told[0].verb.clone()), (1, acts[1].id, Verb::Confirm));
    // What is said in view of either is said in view of what stands.
    let back = Entry { reason: Some("thiếu".into()), expects: Some(acts[0].id), ..entry(3, TASK, Verb::Return) };
    assert!(matches!(send(&source, back).await, Admission::Applied { .. }));
}

#[tokio::test]
async fn where_the_workflow_leads_through_the_hand_in_a_done_task_is_two_changes() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.data.lock().unwrap().barred = vec![(1, 5)];
    let answers = source.send(&done(&seen, [1, 2], TASK), Timestamp::UNIX_EPOCH).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Admission::Applied { .. })), "{answers:?}");
    let statuses: Vec<Value> = tracker.put().into_iter().map(|put| put["status_id"].clone()).collect();
    assert_eq!(statuses, [json!(3), json!(5)]);
    assert_eq!(item(&whole(&source).await, TASK).state.base, Base::Done);
}

#[tokio::test]
async fn a_done_task_that_somebody_changed_meanwhile_is_changed_by_neither_act() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    tracker.change(1, "Sở Tài chính", json!({"done_ratio": 30}));
    let answers = source.send(&done(&seen, [1, 2], TASK), Timestamp::UNIX_EPOCH).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Admission::Conflict { .. })), "{answers:?}");
    assert!(tracker.put().is_empty());
}

#[tokio::test]
async fn what_the_server_has_no_place_for_or_will_not_do_is_refused_with_its_reason() {
    let (tracker, source) = office().await;
    {
        let mut data = tracker.data.lock().unwrap();
        data.issues.push(issue(8, 4, 2, Some("2026-12-01")));
        data.issue(8)["parent"] = json!({"id": 1});
    }
    let seen = whole(&source).await;
    let because = |answer: Admission| {
        let Admission::Refused(Refusal::NotTaken { because, said, source }) = answer else { panic!("{answer:?}") };
        assert_eq!(source.as_str(), "Redmine");
        (because, said.to_string())
    };
    let exempt = Entry { reason: Some("x".into()), ..entry(1, REPORT, Verb::Exempt) };
    assert_eq!(because(send(&source, seeing(&seen, exempt)).await).0, Because::NoPlace);
    assert!(
        source.capabilities().takes.check(&Verb::Exempt).is_err()
            && source.capabilities().takes.check(&Verb::Note).is_ok()
    );
    let parent = seeing(&seen, extend(2, TASK, date(2026, 12, 15)));
    assert_eq!(because(send(&source, parent).await).0, Because::Derived);
    assert!(tracker.put().is_empty(), "nothing was sent");
    let json = "Content-Type: application/json; charset=utf-8";
    let wrong = json!({"errors": ["Hết hạn phải đi sau ngày bắt đầu", "a\u{7}b\u{202e}"]}).to_string();
    tracker.slips("PUT", "/issues/2.json", Slip::Says("422 Unprocessable Entity", json, wrong));
    let act = |number| seeing(&seen, extend(number, "task:#2", date(2027, 1, 5)));
    let (why, said) = because(send(&source, act(3)).await);
    assert_eq!((why, said.as_str()), (Because::Said, "Hết hạn phải đi sau ngày bắt đầu · a\u{fffd}b\u{fffd}"));
    tracker.slips("PUT", "/issues/2.json", Slip::Says("403 Forbidden", json, String::new()));
    assert_eq!(because(send(&source, act(4)).await).0, Because::Forbidden);
    tracker.slips("GET", "/issues/2.json", Slip::Says("404 Not Found", json, String::new()));
    assert!(matches!(send(&source, act(5)).await, Admission::Refused(Refusal::NoSuchItem { .. })));
    tracker.slips(
        "PUT",
        "/issues/2.json",
        Slip::Says("500 Internal Server Error", "Content-Type: text/html", "<html>".into()),
    );
    assert!(matches!(source.send(&[act(6)], Timestamp::UNIX_EPOCH).await, Err(Failure::Offline(_))));
    let out_of_range = seeing(&seen, Entry { percent: Some(150), ..entry(7, "task:#2", Verb::Progress) });
    assert!(matches!(send(&source, out_of_range).await, Admission::Refused(Refusal::Needs { .. })));
    let gone = entry(8, "task:#99", Verb::Acknowledge);
    assert!(matches!(send(&source, gone).await, Admission::Refused(Refusal::NoSuchItem { .. })));
}

#[tokio::test]
async fn what_is_no_answer_is_told_for_what_it_is_and_harms_nothing() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let json = "Content-Type: application/json";
    let mut said = String::new();
    for (slip, id) in [
        (Slip::Says("401 Unauthorized", json, String::new()), "redmine-denied"),
        (Slip::Says("403 Forbidden", json, String::new()), "redmine-forbidden"),
        (Slip::Says("404 Not Found", "Content-Type: text/html", "<html>".into()), "redmine-none-there"),
        (Slip::Says("422 Unprocessable Entity", json, "{\"errors\":[]}".into()), "redmine-invalid"),
        (Slip::Says("500 Internal Server Error", json, String::new()), "source-troubled"),
        (Slip::Says("200 OK", "Content-Type: text/html", "<html>Sign in".into()), "source-login-page"),
        (Slip::Says("200 OK", json, "{}".into()), "source-unreadable"),
        (Slip::Says("200 OK", json, "{\"versions\":[{\"id\":-1}]}".into()), "source-unreadable"),
        (
            Slip::Says("302 Found", "Location: https://elsewhere.example/login?back=x", String::new()),
            "source-elsewhere",
        ),
        (Slip::LostReply, "source-cut"),
    ] {
        tracker.slips("GET", "/projects/ke-hoach/versions.json", slip);
        let failure = source.fetch(Some(seen.cursor)).await.unwrap_err();
        assert_eq!(failure.why().id, id);
        said += &format!("{failure} {failure:?}");
        assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged), "{id}");
    }
    assert!(!said.contains(CANARY));
    let other = Redmine::new(
        RedmineSettings { project: "khac".into(), ..settings(&tracker.url) },
        None,
        Arc::new(|_| String::new()),
    );
    assert_eq!(why(&other.unwrap()).await.why().id, "redmine-no-project");
}

#[tokio::test]
async fn the_key_is_shown_to_no_other_server() {
    let (tracker, source) = office().await;
    let elsewhere = Tracker::with(vec![]).await;
    let location = format!("Location: {}/projects/ke-hoach.json", elsewhere.url).leak();
    tracker.slips("GET", "/projects/ke-hoach.json", Slip::Says("302 Found", location, String::new()));
    assert_eq!(why(&source).await.why().id, "source-elsewhere");
    assert!(elsewhere.asked().is_empty() && elsewhere.keys.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nothing_a_stranger_wrote_acts_on_the_terminal() {
    let (tracker, source) = office().await;
    {
        let mut data = tracker.data.lock().unwrap();
        data.issue(1)["subject"] = json!("a\u{1b}[31m\u{7}b\r\nc\u{202e}d");
        data.issue(1)["custom_fields"][1]["value"] = json!("x\u{9b}y  ");
        data.change(1, "\u{1b}]0;x\u{7}", &json!({"notes": "\u{1b}[2Jtiendo not-an-id\r\nhai dòng"}));
    }
    let snapshot = whole(&source).await;
    let task = &snapshot.outline.plan.tasks[0];
    let page = source.entries(&Filter { item: Some(TASK.into()), ..Filter::default() }).await.unwrap();
    let entry = &page.entries[0];
    let all = format!(
        "{}{}{}{}",
        task.title.get("vi"),
        task.source.as_ref().unwrap(),
        entry.note.as_ref().unwrap(),
        entry.by.as_ref().unwrap()
    );
    assert!(!all.chars().any(char::is_control) && !all.contains('\u{202e}'), "{all:?}");
    assert_eq!(entry.verb, Verb::Note);
    // A note that looks like the mark of another act is none.
    let seen = snapshot;
    let forged = format!("tiendo {} note", EntryId(Uuid::from_u128(77)));
    let act = Entry { note: Some(forged.as_str().into()), ..seeing(&seen, self::entry(8, TASK, Verb::Note)) };
    assert!(matches!(send(&source, act).await, Admission::Applied { .. }));
    let other = Entry { note: Some("y".into()), ..self::entry(77, TASK, Verb::Note) };
    assert!(matches!(send(&source, other).await, Admission::Applied { .. }));
}

#[tokio::test]
async fn the_history_of_an_issue_tells_who_did_what() {
    let (tracker, source) = office().await;
    tracker.change(1, "Sở Tài chính", json!({"due_date": "2026-12-24", "notes": "Xin lùi."}));
    tracker.change(1, "Sở Tài chính", json!({"status_id": 2}));
    tracker.change(1, "Sở Tài chính", json!({"status_id": 3, "notes": "Đã nộp."}));
    let seen = whole(&source).await;
    let back = Entry { reason: Some("thiếu".into()), ..entry(5, TASK, Verb::Return) };
    assert!(matches!(send(&source, seeing(&seen, back)).await, Admission::Applied { .. }));
    let filter = Filter { item: Some(TASK.into()), ..Filter::default() };
    let page = source.entries(&filter).await.unwrap();
    let told: Vec<(Verb, &str)> =
        page.entries.iter().map(|entry| (entry.verb.clone(), entry.by.as_ref().unwrap().as_str())).collect();
    let finance = "Sở Tài chính";
    assert_eq!(
        told,
        [(Verb::Return, "Giám sát"), (Verb::Submit, finance), (Verb::Progress, finance), (Verb::Extend, finance)]
    );
    assert_eq!(page.entries[0].id, EntryId(Uuid::from_u128(5)));
    assert_eq!(page.entries[3].until, Some(date(2026, 12, 24)));
    let limited = source.entries(&Filter { limit: Some(1), verbs: vec![Verb::Extend], ..filter }).await.unwrap();
    assert_eq!(limited.entries.len(), 1);
    assert_eq!(source.entries(&Filter::default()).await.unwrap_err().why().id, "redmine-no-journal");
}

#[tokio::test(start_paused = true)]
async fn it_is_looked_at_every_minute_and_right_after_an_act_and_not_while_it_is_down() {
    let (tracker, source) = office().await;
    let seen = whole(&source).await;
    let mut changes = source.changed();
    assert!(timeout(Duration::from_secs(59), changes.next()).await.is_err());
    assert!(timeout(Duration::from_secs(2), changes.next()).await.is_ok());
    let note = Entry { note: Some("x".into()), ..entry(1, TASK, Verb::Note) };
    assert!(matches!(send(&source, note).await, Admission::Applied { .. }));
    assert!(timeout(Duration::from_secs(2), changes.next()).await.is_ok(), "what came of it is fetched at once");
    tracker.slips(
        "GET",
        "/projects/ke-hoach/versions.json",
        Slip::Says("503 Service Unavailable", "Retry-After: 7", String::new()),
    );
    assert!(source.fetch(Some(seen.cursor)).await.is_err());
    assert_eq!(source.heard().rests, Some(Duration::from_secs(7)));
    assert!(
        timeout(Duration::from_secs(600), changes.next()).await.is_err(),
        "who asks finds out when it is there again"
    );
}

#[tokio::test]
async fn a_mapping_is_proposed_from_what_there_is_and_taken_as_it_is_written() {
    let (tracker, source) = office().await;
    let proposal = propose(&tracker.url, Secret::new(CANARY), "ke-hoach").await.unwrap();
    assert_eq!(
        (proposal.title.as_str(), proposal.found[0], proposal.found[1]),
        ("Kế hoạch năm 2026", (Kind::Task, 2), (Kind::Report, 2))
    );
    let options = &proposal.options;
    assert_eq!(
        (options.tasks.as_slice(), options.reports.as_slice()),
        (&["Nhiệm vụ".to_owned()][..], &["Báo cáo".to_owned()][..])
    );
    assert_eq!(
        (options.fields.received.as_str(), options.fields.extensions.as_str()),
        ("Ngày nhận báo cáo", "Số lần gia hạn")
    );
    assert_eq!(options.statuses.get("Đã đóng"), Some(&Base::Done));
    let written = toml::to_string(options).unwrap();
    let read: RedmineOptions = toml::from_str(&written).unwrap();
    assert_eq!(read, *options);
    let same =
        self::source(RedmineSettings { options: RedmineOptions { journals: false, ..read }, ..settings(&tracker.url) });
    assert_eq!(whole(&same).await.outline.plan, whole(&source).await.outline.plan);
    let mut wrong = settings(&tracker.url);
    wrong.options.fields.received = "Ngày khác".into();
    let failure = why(&self::source(wrong)).await;
    assert_eq!((failure.why().id, failure.why().text("name")), ("redmine-no-field", Some("Ngày khác")));
    let refused = propose(&tracker.url, Secret::new(CANARY), "khac").await.unwrap_err();
    assert!(!format!("{refused:?}").contains(CANARY));
}

#[tokio::test]
async fn notes_and_first_days_are_read_out_of_the_journals_of_open_issues() {
    let (tracker, _) = office().await;
    tracker.change(
        1,
        "Sở Tài chính",
        json!({"due_date": "2026-12-24", "notes": "Xin lùi.", "custom_fields": [{"id": 7, "value": "1"}]}),
    );
    tracker.change(2, "Giám sát", json!({"notes": "Đã đôn đốc qua điện thoại."}));
    let mut settings = settings(&tracker.url);
    settings.options.journals = true;
    let source = source(settings);
    let first = whole(&source).await;
    let task = item(&first, TASK);
    assert_eq!(
        (task.original_due, task.due),
        (Some(date(2026, 11, 20)), Some(date(2026, 12, 24))),
        "at once, as dates hang on it"
    );
    assert_eq!(item(&first, "task:#2").state.notes, 0);
    let Fetched::Whole(second) = source.fetch(Some(first.cursor)).await.unwrap() else { panic!("more is known") };
    assert_eq!(item(&second, "task:#2").state.notes, 1);
    tracker.asked();
    assert!(matches!(source.fetch(Some(second.cursor)).await.unwrap(), Fetched::Unchanged));
    assert_eq!(tracker.asked().len(), 2, "each is read once");
}

#[tokio::test]
async fn the_day_that_was_in_force_first_is_known_of_what_is_closed_too() {
    let (tracker, _) = office().await;
    tracker.change(3, "Sở Tài chính", json!({"due_date": "2026-12-24", "custom_fields": [{"id": 7, "value": "1"}]}));
    tracker.change(3, "Giám sát", json!({"status_id": 5, "custom_fields": [{"id": 5, "value": "2026-12-01"}]}));
    tracker.change(2, "Giám sát", json!({"status_id": 5}));
    let source = source(RedmineSettings { options: RedmineOptions::default(), ..settings(&tracker.url) });
    let snapshot = whole(&source).await;
    let report = item(&snapshot, REPORT);
    assert_eq!((report.original_due, report.due), (Some(date(2026, 11, 20)), Some(date(2026, 12, 24))));
    assert_eq!(report.state.base, Base::Done);
    let journals = tracker.asked().into_iter().filter(|(_, path, _)| path.contains("include=journals")).count();
    assert_eq!(journals, 1, "what else is closed is not asked about");
}

#[tokio::test]
async fn what_was_seen_last_is_there_at_the_next_start_before_the_server_answers() {
    let (tracker, source) = office().await;
    let folder = tempfile::tempdir().unwrap();
    let before = |source: &Redmine| {
        let origin = source.origin().unwrap();
        let address = Address { source: origin.address, plan: origin.plan };
        let clock = Arc::new(|| "2026-11-29T03:00:00Z".parse().unwrap());
        history::before(
            Arc::new(source.clone()),
            Place { path: folder.path().join("history.db"), address, days: 9, clock },
        )
    };
    let (kept, recorder) = before(&source);
    assert!(kept.recall().await.is_none(), "nothing was seen yet");
    let seen = kept.fetch(None).await.unwrap();
    recorder.unwrap().settle().await;
    let other = self::source(settings(&tracker.url));
    let (kept, _recorder) = before(&other);
    let remembered = kept.recall().await.unwrap();
    let Fetched::Whole(seen) = seen else { panic!("everything") };
    assert_eq!(remembered.at, "2026-11-28T17:00:00Z".parse().unwrap(), "the day began then");
    let dates = |snapshot: &Snapshot| snapshot.items.iter().map(|item| (item.id.clone(), item.due)).collect::<Vec<_>>();
    assert_eq!(dates(&remembered.snapshot), dates(&seen));
    assert!(
        matches!(kept.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Whole(_)),
        "it may have been made by other options"
    );
}

#[tokio::test]
async fn a_copy_of_what_was_seen_last_says_when_that_was() {
    const NINE: fn() -> Timestamp = || "2026-11-29T02:00:00Z".parse().unwrap();
    const TEN: fn() -> Timestamp = || "2026-11-29T03:00:00Z".parse().unwrap();
    let (tracker, _) = office().await;
    tracker.change(3, "Sở Tài chính", json!({"due_date": "2026-12-24", "custom_fields": [{"id": 7, "value": "1"}]}));
    let folder = tempfile::tempdir().unwrap();
    let cache = |key: &str| Cache::new(folder.path(), &tracker.url, None, Some(&Secret::new(key)));
    let open = |clock: fn() -> Timestamp, key: &str| {
        let source = Arc::new(self::source(settings(&tracker.url)));
        Copied::new(source, "ke-hoach".into(), cache(key), Arc::new(clock))
    };
    let first = open(NINE, CANARY);
    assert!(first.recall().await.is_none(), "nothing was seen yet");
    let Fetched::Whole(seen) = first.fetch(None).await.unwrap() else { panic!("everything") };
    let kept = || async {
        while cache(CANARY).read().is_none() {
            tokio::task::yield_now().await;
        }
    };
    assert!(cache(CANARY).read().is_none(), "only what was taken for good is kept");
    first.keep();
    timeout(Duration::from_secs(60), kept()).await.unwrap();
    let second = open(TEN, CANARY);
    let remembered = second.recall().await.unwrap();
    assert_eq!(remembered.at, NINE());
    assert_eq!(remembered.snapshot.items, seen.items, "to the last day and state");
    // The program was started anew: what was kept may have been made by other options.
    let Fetched::Whole(again) = second.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything") };
    second.keep();
    // Nothing is new: an hour later that is written down too.
    let third = open(TEN, CANARY);
    let later = || async {
        while third.recall().await.is_none_or(|remembered| remembered.at != TEN()) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(60), later()).await.unwrap();
    assert_eq!(again.items, seen.items);
    assert!(open(TEN, "another key").recall().await.is_none(), "who may see less is not shown what another saw");
}

#[tokio::test]
async fn that_nothing_is_new_is_written_down_now_and_then() {
    static MINUTES: AtomicI64 = AtomicI64::new(0);
    const CLOCK: fn() -> Timestamp =
        || Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(MINUTES.load(Ordering::SeqCst));
    let (tracker, source) = office().await;
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path(), &tracker.url, None, None);
    let copied = Copied::new(Arc::new(source), "ke-hoach".into(), cache.clone(), Arc::new(CLOCK));
    let Fetched::Whole(seen) = copied.fetch(None).await.unwrap() else { panic!("everything") };
    copied.keep();
    let says = async |at: Timestamp| {
        while cache.read().is_none_or(|kept| kept.head.at != at) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(60), says(CLOCK())).await.unwrap();
    let length = cache.length();
    MINUTES.store(3, Ordering::SeqCst);
    assert!(matches!(copied.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    assert_eq!(cache.length(), length, "not at every look");
    MINUTES.store(9, Ordering::SeqCst);
    assert!(matches!(copied.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    timeout(Duration::from_secs(60), says(CLOCK())).await.unwrap();
}

#[tokio::test]
async fn a_thousand_issues_are_a_dozen_questions_and_what_is_new_among_them_two() {
    let made = |id: u64| {
        let mut issue = issue(id, 4, if id.is_multiple_of(2) { 2 } else { 4 }, Some("2026-12-01"));
        // One a minute.
        let at = Timestamp::from_second(1_790_000_000 + 60 * i64::try_from(id).unwrap()).unwrap().to_string();
        (issue["created_on"], issue["updated_on"]) = (json!(at), json!(at));
        issue
    };
    let tracker = Tracker::with((1..=1_000).map(made).collect()).await;
    let source = source(RedmineSettings { options: RedmineOptions::default(), ..settings(&tracker.url) });
    let mut seen = whole(&source).await;
    assert_eq!(seen.items.len(), 1_000);
    let paths = |asked: Vec<(String, String, Value)>| asked.into_iter().map(|(_, path, _)| path).collect::<Vec<_>>();
    let first = paths(tracker.asked());
    assert_eq!(first.len(), 15, "project, statuses, trackers, projects, versions, and ten pages: {first:?}");
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    assert_eq!(paths(tracker.asked()).len(), 2, "versions, and what changed");
    tracker.change(500, "Sở Tài chính", json!({"done_ratio": 10}));
    let Fetched::Whole(now) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("something is new") };
    assert_eq!(paths(tracker.asked()).len(), 3, "and the journal of the one that changed");
    seen = *now;
    assert_eq!(item(&seen, "task:#500").state.progress, 10);
}

/// A real one, which `tests/peers/redmine.sh` starts; none, said aloud, where it is not asked for (it takes minutes: `.ci/long`) or
/// this machine has not got it.
struct Real {
    child: Child,
    said: Vec<(String, String)>,
}

impl Real {
    fn start() -> Option<Self> {
        let skipped = |why| skip::skipped("a real Redmine", why);
        if !skip::is_asked_for("a real Redmine") {
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/redmine.sh");
        let child = Command::new("/usr/bin/env")
            .arg("bash")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else { return skipped("there is no bash") };
        let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .take_while(|line| line != "ready")
            .collect();
        if lines.is_empty() {
            assert_eq!(child.wait().unwrap().code(), Some(77), "Redmine did not start");
            return skipped("it cannot be had (Debian: ruby-bundler redmine-sqlite redmine puma; as root)");
        }
        let said =
            lines.iter().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.into(), value.into()));
        Some(Real { said: said.collect(), child })
    }

    fn said(&self, name: &str) -> &str {
        &self.said.iter().find(|(said, _)| said == name).unwrap().1
    }

    fn source(&self, url: &str, key: &str) -> Redmine {
        let key = Some(Secret::new(self.said(key)));
        Redmine::new(settings(url), key, Arc::new(|sentence| sentence.to_string())).unwrap()
    }

    /// What the server itself says of an issue, past the source.
    async fn journals(&self, id: &str) -> Vec<Value> {
        let client = reqwest::Client::new();
        let url = format!("{}/issues/{id}.json?include=journals", self.said("URL"));
        let response = client.get(url).header("X-Redmine-API-Key", self.said("MONITOR")).send().await.unwrap();
        let said: Value = response.json().await.unwrap();
        said["issue"]["journals"].as_array().unwrap().clone()
    }

    /// A new issue of that tracker, in the project of that body: its number.
    async fn post(&self, tracker: &str, subject: &str) -> u64 {
        let client = reqwest::Client::new();
        let get = async |path: &str| -> Value {
            let url = format!("{}/{path}", self.said("URL"));
            let request = client.get(url).header("X-Redmine-API-Key", self.said("MONITOR"));
            request.send().await.unwrap().json().await.unwrap()
        };
        let (trackers, projects) = (get("trackers.json").await, get("projects.json").await);
        let named = |list: &Value, key: &str, said: &str| {
            list.as_array().unwrap().iter().find(|one| one[key] == said).unwrap()["id"].clone()
        };
        let issue = json!({
            "project_id": named(&projects["projects"], "identifier", "so-tai-chinh"),
            "tracker_id": named(&trackers["trackers"], "name", tracker),
            "subject": subject, "start_date": "2023-01-02", "due_date": "2023-05-10",
        });
        let url = format!("{}/issues.json", self.said("URL"));
        let request = client.post(url).header("X-Redmine-API-Key", self.said("MONITOR"));
        let made = request.json(&json!({ "issue": issue })).send().await.unwrap();
        assert_eq!(made.status().as_u16(), 201);
        made.json::<Value>().await.unwrap()["issue"]["id"].as_u64().unwrap()
    }

    /// The contract's place on it: a task and a report of their own, two programs that watch them, and somebody who works on the
    /// task in a browser.
    async fn place(&self, number: u16) -> contract::Place {
        let task = self.post("Nhiệm vụ", &format!("Nhiệm vụ của hợp đồng {number}")).await;
        // Each for a year of its own.
        let year = 2030 + number;
        self.post("Báo cáo", &format!("Báo cáo tiến độ tháng 11/{year} - Sở Tài chính")).await;
        let open = async || {
            let mut settings = settings(self.said("URL"));
            settings.interval = Duration::from_millis(5);
            settings.options = RedmineOptions::default();
            let key = Some(Secret::new(self.said("MONITOR")));
            let source = Redmine::new(settings, key, Arc::new(|sentence| sentence.to_string())).unwrap();
            let mut seen = whole(&source).await;
            while let Fetched::Whole(more) = source.fetch(Some(seen.cursor)).await.unwrap() {
                seen = *more;
            }
            source
        };
        let (url, key) = (self.said("URL").to_owned(), self.said("MONITOR").to_owned());
        let change = move |number: u128| {
            let url = format!("{url}/issues/{task}.json");
            let request = reqwest::Client::new().put(url).header("X-Redmine-API-Key", key.clone());
            let request = request.json(&json!({"issue": {"done_ratio": number % 100}}));
            async move { assert_eq!(request.send().await.unwrap().status().as_u16(), 204) }.boxed()
        };
        contract::Place {
            source: Arc::new(open().await),
            another: Arc::new(open().await),
            task: format!("task:#{task}").as_str().into(),
            report: format!("report:BCTD-{year}-M11/{year}-M11/so-tai-chinh").as_str().into(),
            change: Box::new(change),
            truth: None,
            knows_ids: false,
            clock: Timestamp::now,
            keeps: Vec::new(),
        }
    }

    async fn put(&self, id: &str, key: &str, issue: Value) {
        let client = reqwest::Client::new();
        let url = format!("{}/issues/{id}.json", self.said("URL"));
        let request = client.put(url).header("X-Redmine-API-Key", self.said(key)).json(&json!({ "issue": issue }));
        assert_eq!(request.send().await.unwrap().status().as_u16(), 204);
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_real_redmine_shows_every_act_in_its_own_journal() {
    let Some(real) = Real::start() else { return };
    acts_are_in_its_journals(&real).await;
    #[cfg(unix)]
    is_found_by_init(&real);
    let number = AtomicI64::new(0);
    let place = || real.place(u16::try_from(number.fetch_add(1, Ordering::SeqCst)).unwrap());
    contract! { each place }
}

/// The program itself: what `init` finds there becomes a config by which the figures are those of the server.
#[cfg(unix)]
fn is_found_by_init(real: &Real) {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let (key, config) = (home.path().join("key"), home.path().join("tiendo.toml"));
    std::fs::write(&key, real.said("MONITOR")).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    let run = |line: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(line).env_clear().env("HOME", home.path()).env("TIENDO_DATA", home.path().join("data"));
        let output = command.env("TIENDO_CONFIG", &config).stdin(Stdio::null()).output().unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(output.status.success(), "{line:?}: {out}{err}");
        out
    };
    let said = run(&[
        "init",
        "--source",
        "redmine",
        "--url",
        real.said("URL"),
        "--project",
        "ke-hoach",
        "--path",
        key.to_str().unwrap(),
        "--lang",
        "vi",
        "--yes",
    ]);
    assert!(said.contains("Kế hoạch thử") && said.contains("6 nhiệm vụ · 2 báo cáo"), "{said}");
    assert!(!said.contains(real.said("MONITOR")));
    let status: Value = serde_json::from_str(&run(&["status", "--format", "json"])).unwrap();
    let figures = |kind: &str| ["total", "done", "open"].map(|name| status[kind][name].as_u64().unwrap());
    // One report was received, one task done; nothing was cancelled.
    assert_eq!((figures("tasks"), figures("reports")), ([6, 1, 5], [2, 1, 1]), "{status}");
}

async fn acts_are_in_its_journals(real: &Real) {
    let source = real.source(real.said("URL"), "MONITOR");
    let seen = whole(&source).await;
    let plan = &seen.outline.plan;
    assert_eq!((plan.tasks.len(), plan.duties.len(), plan.campaigns.len()), (6, 1, 1));
    let of_kind =
        |kind| seen.items.iter().filter(|item| item.kind() == kind).map(|item| item.id.to_string()).collect::<Vec<_>>();
    let (tasks, reports) = (of_kind(Kind::Task), of_kind(Kind::Report));
    assert_eq!(reports.len(), 2);
    let number = |item: &str| item.rsplit_once('#').unwrap().1.to_owned();
    let due = seen.item(&tasks[0].as_str().into()).unwrap().due.unwrap();
    let until = due.saturating_add(jiff::Span::new().days(30));
    let tell = |number: u128, item: &str, verb| Entry {
        note: Some("Đã gọi điện.".into()),
        ..entry(number, item, verb)
    };
    // Each act, and what its journal must say of fields.
    let acts: Vec<(Entry, Vec<&str>)> = vec![
        (tell(1, &tasks[0], Verb::Note), vec![]),
        (tell(2, &tasks[0], Verb::Acknowledge), vec!["cf"]),
        (seeing(&seen, extend(3, &tasks[0], until)), vec!["cf", "due_date"]),
        (
            seeing(&seen, Entry { percent: Some(45), ..entry(4, &tasks[1], Verb::Progress) }),
            vec!["done_ratio", "status_id"],
        ),
    ];
    for (act, wanted) in acts {
        let (id, mark) = (number(act.item.as_str()), format!("tiendo {} {}", act.id, act.verb.as_str()));
        let answer = send(&source, act).await;
        assert!(matches!(answer, Admission::Applied { .. }), "{answer:?}");
        let journal = real.journals(&id).await.pop().unwrap();
        assert!(journal["notes"].as_str().unwrap().ends_with(&mark), "{journal}");
        let mut fields: Vec<&str> = journal["details"]
            .as_array()
            .unwrap()
            .iter()
            .map(|detail| if detail["property"] == "cf" { "cf" } else { detail["name"].as_str().unwrap() })
            .collect();
        fields.sort_unstable();
        assert_eq!(fields, wanted, "{journal}");
        assert_eq!(journal["user"]["name"], "sát Giám");
    }
    // A report, received on its day; a task, handed in and confirmed.
    let receive = seeing(&seen, Entry { on: date(2026, 11, 1), ..entry(5, &reports[0], Verb::Receive) });
    let submit = seeing(&seen, entry(6, &tasks[2], Verb::Submit));
    let confirm = Entry { expects: Some(submit.id), ..entry(7, &tasks[2], Verb::Confirm) };
    let answers = source.send(&[receive, submit, confirm], Timestamp::UNIX_EPOCH).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Admission::Applied { .. })), "{answers:?}");
    let Fetched::Whole(now) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything") };
    let report = item(&now, &reports[0]);
    assert_eq!((report.state.base, report.state.handed_in), (Base::Done, Some(date(2026, 11, 1))));
    assert_eq!(item(&now, &tasks[2]).state.base, Base::Done);
    assert_eq!(item(&now, &tasks[0]).due, Some(until));
    // What an agency does there is seen here, and is in the way of who has not seen it.
    let agency = number(&tasks[1]);
    real.put(&agency, "AGENCY", json!({"done_ratio": 80, "notes": "Sắp xong."})).await;
    let late = seeing(&now, Entry { percent: Some(50), ..entry(8, &tasks[1], Verb::Progress) });
    let Admission::Conflict { stands } = send(&source, late).await else { panic!("a conflict") };
    assert_eq!(
        (stands.verb.clone(), stands.percent, stands.note.as_deref()),
        (Verb::Progress, Some(80), Some("Sắp xong."))
    );
    let page = source.entries(&Filter { item: Some(tasks[1].as_str().into()), ..Filter::default() }).await.unwrap();
    assert_eq!(page.entries.len(), 2);
    // What it does not do: a parent's day, a day before the first one, anything for who may only read.
    let Fetched::Whole(now) = source.fetch(None).await.unwrap() else { panic!("everything") };
    let because = |answer: Admission| {
        let Admission::Refused(Refusal::NotTaken { because, .. }) = answer else { panic!("{answer:?}") };
        because
    };
    let parent = now.outline.plan.tasks.iter().find(|task| task.title.get("vi") == "Nhiệm vụ có việc con").unwrap();
    let parent = ItemId::task(&parent.id).to_string();
    let far = date(2027, 6, 1);
    assert_eq!(because(send(&source, seeing(&now, extend(9, &parent, far))).await), Because::Derived);
    real.put(&number(&tasks[3]), "MONITOR", json!({"start_date": "2027-05-01", "due_date": "2027-05-10"})).await;
    let Fetched::Whole(now) = source.fetch(None).await.unwrap() else { panic!("everything") };
    real.put(&number(&tasks[3]), "MONITOR", json!({"start_date": "2027-07-01", "due_date": null})).await;
    let Fetched::Whole(after) = source.fetch(Some(now.cursor)).await.unwrap() else { panic!("everything") };
    assert_eq!(because(send(&source, seeing(&after, extend(10, &tasks[3], far))).await), Because::Said);
    let reader = real.source(real.said("URL"), "READER");
    let theirs = whole(&reader).await;
    assert_eq!(because(send(&reader, tell(11, &tasks[0], Verb::Note)).await), Because::Forbidden);
    assert_eq!(theirs.items.len(), now.items.len());
    let nobody =
        Redmine::new(settings(real.said("URL")), Some(Secret::new("0000")), Arc::new(|_| String::new())).unwrap();
    assert!(matches!(why(&nobody).await, Failure::Denied(_)));
    // A reply that is lost on the way: sent again, and there once.
    let address = real.said("URL").strip_prefix("http://").unwrap().to_owned();
    let proxy = Proxy::before(address).await;
    let far_away = real.source(&proxy.url, "MONITOR");
    whole(&far_away).await;
    let before = real.journals(&number(&tasks[0])).await.len();
    let act = tell(12, &tasks[0], Verb::Note);
    for faults in [vec![Fault::None, Fault::LostReply], vec![Fault::Twice], vec![]] {
        proxy.close();
        proxy.fails(faults);
        let _ = far_away.send(std::slice::from_ref(&act), Timestamp::UNIX_EPOCH).await;
    }
    let answer = send(&far_away, act).await;
    assert!(matches!(answer, Admission::Replayed { .. } | Admission::Applied { .. }), "{answer:?}");
    assert_eq!(real.journals(&number(&tasks[0])).await.len(), before + 1);
}
