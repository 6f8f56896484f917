//! Items that follow from something else: a case from its opening, a report from a task's hand-in.

use jiff::civil::{Date, date};
use tiendo::domain::{
    entry::{Entry, Verb},
    item::Item,
    snapshot::Snapshot,
    status::Base,
};

use super::acts::{bare, entry_id, full, plan};

const REPORT: &str = "report:R8/N1/a";

fn after(journal: &[Entry]) -> Snapshot {
    Snapshot::replay(plan().into(), journal)
}

fn report(journal: &[Entry]) -> Option<Item> {
    after(journal).item(&REPORT.into()).cloned()
}

fn stands(journal: &[Entry]) -> Option<(Base, Option<Date>)> {
    report(journal).map(|item| (item.state.base, item.due))
}

#[test]
fn a_report_follows_the_hand_in_of_its_task_and_runs_from_it() {
    let mut journal = vec![full(1, "task:N1", Verb::Progress, date(2023, 10, 2))];
    assert_eq!(stands(&journal), None, "not expected while the task is not handed in");
    journal.push(full(2, "task:N1", Verb::Submit, date(2023, 10, 31)));
    assert_eq!(stands(&journal), Some((Base::NotStarted, Some(date(2023, 11, 14)))));
    journal.push(full(3, "task:N1", Verb::Confirm, date(2023, 11, 3)));
    assert_eq!(stands(&journal), Some((Base::NotStarted, Some(date(2023, 11, 14)))), "confirming moves nothing");
    journal.push(full(4, "task:N1", Verb::Return, date(2023, 11, 6)));
    assert_eq!(stands(&journal).map(|it| it.0), Some(Base::Cancelled), "sent back, its report is not owed");
    journal.push(full(5, "task:N1", Verb::Submit, date(2023, 11, 8)));
    assert_eq!(stands(&journal), Some((Base::NotStarted, Some(date(2023, 11, 22)))), "it runs from the last hand-in");
}

#[test]
fn a_report_that_came_stays_when_its_task_is_sent_back() {
    let journal = [
        full(1, "task:N1", Verb::Submit, date(2023, 10, 31)),
        full(2, REPORT, Verb::Receive, date(2023, 11, 1)),
        full(3, "task:N1", Verb::Return, date(2023, 11, 6)),
    ];
    assert_eq!(stands(&journal).map(|it| it.0), Some(Base::Done));
}

#[test]
fn taking_the_hand_in_back_calls_the_report_off() {
    let submit = full(1, "task:N1", Verb::Submit, date(2023, 10, 31));
    let reverse = Entry { reverses: Some(entry_id(1)), ..bare(2, "task:N1", Verb::Reverse, date(2023, 11, 1)) };
    let again = Entry { reverses: Some(entry_id(2)), ..bare(3, "task:N1", Verb::Reverse, date(2023, 11, 2)) };
    let journal = [submit, reverse, again];
    assert_eq!(stands(&journal[..2]).map(|it| it.0), Some(Base::Cancelled));
    assert_eq!(stands(&journal), Some((Base::NotStarted, Some(date(2023, 11, 14)))));
}

#[test]
fn a_case_is_due_by_the_rule_of_its_duty() {
    let open = Entry {
        agency: Some("b".into()),
        title: Some("vụ việc".into()),
        ..bare(1, "duty:R7", Verb::Open, date(2023, 4, 28))
    };
    let id = format!("report:R7/{}/b", open.id);
    let snapshot = after(&[open]);
    let case = snapshot.item(&id.as_str().into()).unwrap();
    assert_eq!(case.due, Some(date(2023, 5, 5)), "two working days after a Friday before the holidays");
    assert_eq!(case.state.event.as_ref().unwrap().title.as_deref(), Some("vụ việc"));
    assert_eq!(snapshot.items.last().map(|item| item.id.as_str()), Some(id.as_str()));
}

#[test]
fn an_extension_of_a_report_that_follows_rolls_too() {
    let journal = [
        full(1, "task:N1", Verb::Submit, date(2023, 10, 31)),
        Entry { until: Some(date(2023, 11, 19)), ..full(2, REPORT, Verb::Extend, date(2023, 11, 1)) },
    ];
    let report = report(&journal).unwrap();
    assert_eq!((report.original_due, report.due), (Some(date(2023, 11, 14)), Some(date(2023, 11, 20))));
}
