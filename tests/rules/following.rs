//! Items that follow from something else: a case from its opening, a report from a task's hand-in.

use jiff::civil::{Date, date};
use tiendo::domain::{
    entry::{Entry, Verb},
    follow::same_case,
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
fn a_case_of_the_same_duty_agency_and_day_is_the_same_unless_it_was_called_off() {
    let open = |number, agency: &str, day| Entry {
        agency: Some(agency.into()),
        ..bare(number, "duty:R7", Verb::Open, date(2023, 4, day))
    };
    let first = open(1, "b", 28);
    let case = format!("report:R7/{}/b", first.id);
    let known = |journal: &[Entry], other: &Entry| same_case(&after(journal), other).map(|item| item.id.to_string());
    let journal = std::slice::from_ref(&first);
    assert_eq!(known(journal, &open(2, "b", 28)).as_ref(), Some(&case));
    assert_eq!(known(journal, &open(2, "a", 28)), None, "another agency");
    assert_eq!(known(journal, &open(2, "b", 27)), None, "another day");
    let exempt = full(3, case.as_str(), Verb::Exempt, date(2023, 4, 28));
    assert_eq!(known(&[first.clone(), exempt], &open(4, "b", 28)), Some(case.clone()), "it was opened all the same");
    let cancelled = full(3, case.as_str(), Verb::Cancel, date(2023, 4, 28));
    let taken_back = Entry { reverses: Some(first.id), ..bare(3, "duty:R7", Verb::Reverse, date(2023, 4, 28)) };
    for gone in [cancelled, taken_back] {
        let journal = [first.clone(), gone];
        let base = after(&journal).item(&case.as_str().into()).unwrap().state.base;
        assert_eq!((known(&journal, &open(4, "b", 28)), base), (None, Base::Cancelled));
    }
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
