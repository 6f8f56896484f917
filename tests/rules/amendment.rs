//! An amended plan: states stay with their items, passed deadlines stay where only the calendar moves them, what leaves
//! the plan is withdrawn.

use jiff::civil::{Date, date};
use tiendo::domain::{
    entry::{Entry, Verb},
    fold::refold,
    plan::Plan,
    snapshot::Snapshot,
    status::Base,
};

use super::acts::{bare, full, plan, snapshot};

/// The plan with days off that were not known when it was laid down: 31/10, 14/11 and 25/11, 19/12/2023.
fn with_days_off() -> Plan {
    let mut amended = plan();
    amended.calendar.days_off.extend([date(2023, 10, 31), date(2023, 11, 14), date(2023, 12, 19)]);
    amended
}

fn due(snapshot: &Snapshot, id: &str) -> Option<Date> {
    snapshot.item(&id.into()).unwrap_or_else(|| panic!("no {id}")).due
}

#[test]
fn a_deadline_that_has_passed_stays_and_one_to_come_moves() {
    let mut snapshot = snapshot();
    snapshot.amend(with_days_off().into(), date(2023, 11, 20));
    assert_eq!(due(&snapshot, "task:N1"), Some(date(2023, 10, 31)), "passed");
    assert_eq!(due(&snapshot, "report:R1/2023/a"), Some(date(2023, 12, 20)), "to come");
    let mut early = super::acts::snapshot();
    early.amend(with_days_off().into(), date(2023, 10, 31));
    assert_eq!(due(&early, "task:N1"), Some(date(2023, 11, 1)), "not passed on its own day");
}

#[test]
fn it_stays_through_another_amendment_and_when_the_days_off_are_taken_back() {
    let mut snapshot = snapshot();
    snapshot.amend(with_days_off().into(), date(2023, 11, 20));
    snapshot.amend(with_days_off().into(), date(2023, 11, 21));
    assert_eq!(due(&snapshot, "task:N1"), Some(date(2023, 10, 31)));
    snapshot.amend(plan().into(), date(2023, 11, 22));
    assert_eq!(due(&snapshot, "task:N1"), Some(date(2023, 10, 31)));
    assert_eq!(snapshot.item(&"task:N1".into()).unwrap().state.kept, None, "nothing moves it any more");
}

#[test]
fn the_deadline_of_a_case_stays_too() {
    let open = Entry { agency: Some("b".into()), ..bare(1, "duty:R7", Verb::Open, date(2023, 10, 27)) };
    let id = format!("report:R7/{}/b", open.id);
    let mut snapshot = Snapshot::replay(plan().into(), &[open]);
    assert_eq!(due(&snapshot, &id), Some(date(2023, 10, 31)));
    snapshot.amend(with_days_off().into(), date(2023, 11, 20));
    assert_eq!(due(&snapshot, &id), Some(date(2023, 10, 31)));
}

#[test]
fn a_new_rule_is_in_force_even_for_what_had_passed() {
    let mut amended = with_days_off();
    amended.tasks[0].due = Some(date(2023, 11, 30));
    let mut snapshot = snapshot();
    snapshot.amend(amended.into(), date(2023, 11, 20));
    assert_eq!(due(&snapshot, "task:N1"), Some(date(2023, 11, 30)));
    let mut again = with_days_off();
    again.tasks[0].due = Some(date(2023, 12, 1));
    snapshot.amend(again.into(), date(2023, 12, 15));
    assert_eq!(due(&snapshot, "task:N1"), Some(date(2023, 12, 1)));
}

#[test]
fn an_extension_goes_over_what_was_kept_and_taken_back_leaves_it_as_it_was() {
    let mut snapshot = snapshot();
    snapshot.amend(with_days_off().into(), date(2023, 11, 20));
    let before = snapshot.item(&"task:N1".into()).unwrap().clone();
    snapshot.apply(&Entry { until: Some(date(2023, 11, 26)), ..full(1, "task:N1", Verb::Extend, date(2023, 11, 20)) });
    let mut item = snapshot.item(&"task:N1".into()).unwrap().clone();
    assert_eq!((item.original_due, item.due), (Some(date(2023, 10, 31)), Some(date(2023, 11, 27))));
    refold(&mut item, [], &snapshot.outline.calendar);
    assert_eq!(item, before);
}

#[test]
fn what_leaves_the_plan_is_withdrawn_with_its_history_and_comes_back_with_it() {
    let journal = [
        full(1, "task:N1", Verb::Progress, date(2023, 6, 1)),
        full(2, "milestone:C1/M1", Verb::Note, date(2023, 6, 1)),
    ];
    let mut snapshot = Snapshot::replay(plan().into(), &journal);
    let state = snapshot.item(&"task:N1".into()).unwrap().state.clone();
    let mut amended = plan();
    amended.tasks.truncate(0);
    amended.campaigns.truncate(0);
    snapshot.amend(amended.into(), date(2023, 11, 20));
    let withdrawn: Vec<&str> = snapshot.withdrawn.keys().map(|id| id.as_str()).collect();
    assert_eq!(withdrawn, ["milestone:C1/M1", "task:N1"], "N2 and N3 had no history");
    assert!(snapshot.item(&"task:N1".into()).is_none());
    assert_eq!(snapshot.cursor, 2);
    snapshot.amend(plan().into(), date(2023, 11, 20));
    assert_eq!(snapshot.item(&"task:N1".into()).map(|item| item.state.clone()), Some(state));
    assert!(snapshot.withdrawn.is_empty());
}

#[test]
fn an_agency_that_no_longer_owes_a_report_has_it_withdrawn() {
    let journal = [full(1, "report:R1/2023/b", Verb::Receive, date(2023, 12, 1))];
    let mut snapshot = Snapshot::replay(plan().into(), &journal);
    let mut amended = plan();
    amended.duties[0].owes.push("-b".into());
    snapshot.amend(amended.into(), date(2023, 12, 2));
    assert!(snapshot.item(&"report:R1/2023/b".into()).is_none());
    assert_eq!(snapshot.withdrawn.len(), 1);
    assert_eq!(snapshot.item(&"report:R1/2023/a".into()).unwrap().state.base, Base::NotStarted);
}

#[test]
fn a_report_after_a_task_goes_to_the_tasks_new_lead() {
    let journal = [full(1, "task:N1", Verb::Submit, date(2023, 10, 31))];
    let mut snapshot = Snapshot::replay(plan().into(), &journal);
    let mut amended = plan();
    amended.tasks[0].lead = "b".into();
    snapshot.amend(amended.into(), date(2023, 11, 1));
    assert!(snapshot.item(&"report:R8/N1/a".into()).is_none());
    assert_eq!(due(&snapshot, "report:R8/N1/b"), Some(date(2023, 11, 14)));
}
