//! What changed since a look, and between two days: on a plan of two tasks, a report, a case's duty and a milestone.

use std::sync::Arc;

use jiff::{Timestamp, civil::date};
use serde_json::json;
use tiendo::domain::{
    changes::{Asked, Changes, Turn, between, since},
    entry::{Channel, Entry, Outcome, Verb},
    id::EntryId,
    look::Look,
    plan::Plan,
    snapshot::Snapshot,
    status::Today,
};
use uuid::Uuid;

const ME: &str = "me";

fn plan() -> Arc<Plan> {
    let plan = json!({
        "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
        "agencies": [{"id": "a", "kind": "department"}, {"id": "b", "kind": "district"}],
        "tasks": [
            {"id": "N1", "lead": "a", "due": "2023-05-10"},
            {"id": "N2", "lead": "b", "due": "2023-05-17"},
            {"id": "N3", "lead": "b"},
        ],
        "duties": [
            {"id": "R1", "owes": ["a"], "every": ["year"], "due": {"before_day": 20}},
            {"id": "R7", "owes": ["b"], "within": {"working_days": 2}},
            {"id": "R8", "after_task": ["N2"], "working_days": 10},
        ],
        "campaigns": [{"id": "C1", "from": "2023-11-15", "to": "2023-12-15", "lead": "a",
                       "milestones": [{"id": "M1", "due": "2023-10-26"}]}],
    });
    Arc::new(serde_json::from_value(plan).unwrap())
}

fn at(day: i8) -> Timestamp {
    format!("2023-05-{day:02}T09:00:00+07:00").parse().unwrap()
}

fn id(number: u64) -> EntryId {
    EntryId(Uuid::from_u128(number.into()))
}

/// The journal of these acts: who, on which day of May, on what.
fn journal(acts: &[(&str, i8, &str, Verb)]) -> Vec<Entry> {
    let entry = |(seq, (by, day, item, verb)): (u64, &(&str, i8, &str, Verb))| {
        let entry = Entry::new(id(seq), (*item).into(), verb.clone(), date(2023, 5, *day), at(*day));
        Entry { seq, by: Some((*by).into()), percent: (*verb == Verb::Progress).then_some(50), ..entry }
    };
    (1..).zip(acts).map(entry).collect()
}

fn day(day: i8, snapshot: &Snapshot) -> Today {
    Today::new(date(2023, 5, day), 3, &snapshot.outline.calendar)
}

/// What changed since the second of May, seen on the twelfth, as `turn item`.
fn told(journal: &[Entry]) -> Vec<String> {
    lines(&seen(journal, Look { at: at(2), cursor: None }, 12))
}

fn seen(journal: &[Entry], look: Look, on: i8) -> Changes {
    let snapshot = Snapshot::replay(plan(), journal);
    let me = ME.into();
    let today = day(on, &snapshot);
    since(&snapshot, journal, Asked { look, until: None, me: Some(&me), today, soon: 3 })
}

fn lines(changes: &Changes) -> Vec<String> {
    changes.all().iter().map(|change| format!("{} {}", change.turn.as_str(), change.item)).collect()
}

#[test]
fn what_time_did_is_told_once_and_only_of_what_was_not_so_before() {
    assert_eq!(told(&[]), ["overdue task:N1", "due-soon task:N2"]);
    let look = |day| Look { at: at(day), cursor: None };
    assert_eq!(lines(&seen(&[], look(11), 12)), ["due-soon task:N2"], "it was overdue at that look");
    assert_eq!(lines(&seen(&[], look(12), 12)), [""; 0], "it was due soon at that look");
    assert_eq!(lines(&seen(&[], look(12), 10)), [""; 0], "the day shown is before the look");
}

#[test]
fn others_acts_are_told_by_what_became_of_things_and_mine_are_not() {
    let acts = [
        ("b", 3, "report:R1/2023/a", Verb::Submit),
        ("o", 3, "task:N1", Verb::Extend),
        ("o", 4, "task:N2", Verb::Remind),
        ("o", 4, "milestone:C1/M1", Verb::Tick),
        ("o", 5, "task:N3", Verb::Note),
        ("o", 5, "task:N3", Verb::Snooze),
        (ME, 5, "task:N3", Verb::Progress),
    ];
    let mut journal = journal(&acts);
    journal[1].until = Some(date(2023, 6, 30));
    let told = told(&journal);
    let expected = [
        "arrived report:R1/2023/a",
        "settled milestone:C1/M1",
        "deadline task:N1",
        "chased task:N2",
        "noted task:N3",
        "due-soon task:N2",
    ];
    assert_eq!(told, expected);
}

#[test]
fn of_several_of_a_sort_on_one_item_the_newest_is_told() {
    let acts = [("o", 3, "task:N3", Verb::Progress), ("o", 4, "task:N3", Verb::Progress)];
    let changes = seen(&journal(&acts), Look { at: at(2), cursor: None }, 4);
    assert_eq!(lines(&changes), ["progress task:N3"]);
    assert_eq!(changes.all()[0].on, Some(date(2023, 5, 4)));
}

#[test]
fn what_was_taken_back_since_comes_to_nothing_and_what_was_taken_back_of_before_is_told() {
    let reversing = |target: u64, acts: &[(&str, i8, &str, Verb)]| {
        let mut journal = journal(acts);
        journal.last_mut().unwrap().reverses = Some(id(target));
        lines(&seen(&journal, Look { at: at(2), cursor: None }, 4))
    };
    let theirs = [("o", 3, "task:N3", Verb::Progress), ("o", 4, "task:N3", Verb::Reverse)];
    assert_eq!(reversing(1, &theirs), [""; 0]);
    let earlier = [("o", 1, "task:N3", Verb::Progress), ("o", 4, "task:N3", Verb::Reverse)];
    assert_eq!(reversing(1, &earlier), ["taken-back task:N3"]);
    let mine = [(ME, 3, "task:N3", Verb::Progress), ("o", 4, "task:N3", Verb::Reverse)];
    assert_eq!(reversing(1, &mine), ["taken-back task:N3"], "somebody else took back what I did");
    let by_me = [("o", 3, "task:N3", Verb::Progress), (ME, 4, "task:N3", Verb::Reverse)];
    assert_eq!(reversing(1, &by_me), [""; 0]);
}

#[test]
fn a_case_and_a_report_that_follows_are_new() {
    let mut journal = journal(&[("o", 3, "duty:R7", Verb::Open), ("b", 4, "task:N2", Verb::Submit)]);
    journal[0].agency = Some("b".into());
    let case = format!("new report:R7/{}/b", id(1));
    let changes = seen(&journal, Look { at: at(2), cursor: None }, 4);
    assert_eq!(lines(&changes), ["new report:R8/N2/b", &case, "arrived task:N2"]);
}

#[test]
fn a_mail_is_told_once() {
    let mut journal = journal(&[("o", 3, "task:N3", Verb::Remind), ("o", 3, "task:N3", Verb::Remind)]);
    for (entry, outcome) in journal.iter_mut().zip([Outcome::Claimed, Outcome::Sent]) {
        (entry.channel, entry.outcome, entry.batch) = (Some(Channel::Email), Some(outcome), Some(Uuid::from_u128(9)));
    }
    let changes = seen(&journal, Look { at: at(2), cursor: None }, 4);
    assert_eq!(lines(&changes), ["chased task:N3"]);
    assert_eq!(changes.all()[0].entry.as_ref().unwrap().outcome, Some(Outcome::Sent));
}

#[test]
fn the_last_entry_seen_counts_rather_than_the_clocks() {
    let journal = journal(&[("o", 3, "task:N3", Verb::Note), ("o", 3, "task:N1", Verb::Note)]);
    // By a clock that is ahead both were recorded before the look.
    let look = Look { at: at(9), cursor: Some(1) };
    assert_eq!(lines(&seen(&journal, look, 9)), ["noted task:N1"]);
}

#[test]
fn two_days_are_compared_by_how_everything_stood() {
    let before = journal(&[("o", 1, "task:N3", Verb::Progress)]);
    let acts = [
        ("o", 1, "task:N3", Verb::Progress),
        ("b", 3, "task:N2", Verb::Submit),
        ("o", 4, "task:N2", Verb::Confirm),
        ("b", 5, "report:R1/2023/a", Verb::Receive),
    ];
    let (then, now) = (Snapshot::replay(plan(), &before), Snapshot::replay(plan(), &journal(&acts)));
    let changes = between((&then, day(2, &then)), (&now, day(12, &now)));
    let expected = ["overdue task:N1", "new report:R8/N2/b", "arrived report:R1/2023/a", "settled task:N2"];
    assert_eq!(lines(&changes), expected);
    let was = |place: usize| changes.all()[place].was.map(|was| (was.base.as_str(), was.due));
    assert_eq!(was(0), Some(("not-started", Some(date(2023, 5, 10)))));
    assert_eq!(was(1), None, "it was not there");
    let back = between((&now, day(12, &now)), (&then, day(2, &then)));
    let of = |item: &str| back.on(&item.into()).map(|change| change.turn).collect::<Vec<_>>();
    assert_eq!(of("task:N2"), [Turn::TakenBack]);
    assert_eq!(of("report:R8/N2/b"), [Turn::Gone]);
    assert!(between((&now, day(12, &now)), (&now, day(12, &now))).is_empty());
}
