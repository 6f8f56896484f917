//! What is true of the sample plan at its demo clock, Monday 20/11/2023: rolled due dates, who is overdue, what waits.

use jiff::civil::{Date, date};
use rstest::rstest;
use tiendo::{
    domain::{
        item::{Item, Kind},
        snapshot::Snapshot,
        status::{Base, Cell, Time, Today, cell, time},
        summary::{Summary, days_late},
    },
    planfile::sample,
};

fn snapshot() -> Snapshot {
    let loaded = sample().unwrap();
    Snapshot::replay(loaded.plan.into(), &loaded.journal)
}

fn today(snapshot: &Snapshot) -> Today {
    Today::new(date(2023, 11, 20), 3, &snapshot.outline.calendar)
}

fn item<'a>(snapshot: &'a Snapshot, id: &str) -> &'a Item {
    snapshot.item(&id.into()).unwrap_or_else(|| panic!("no {id}"))
}

/// The ids of a kind in a cell, sorted.
fn in_cell(snapshot: &Snapshot, kind: Kind, wanted: Cell) -> Vec<&str> {
    let of_kind = snapshot.items.iter().filter(|item| item.kind() == kind);
    let mut ids: Vec<&str> =
        of_kind.filter(|item| cell(item, today(snapshot)) == Some(wanted)).map(|item| item.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[rstest]
#[case("task:N10", date(2023, 4, 30), date(2023, 5, 4))]
#[case("task:N36", date(2023, 9, 30), date(2023, 10, 2))]
#[case("task:N62", date(2023, 7, 30), date(2023, 7, 31))]
#[case("task:N31", date(2023, 12, 10), date(2023, 12, 11))]
#[case("task:N32", date(2023, 11, 25), date(2023, 11, 25))]
#[case("report:R6/2023-H1/bgm", date(2023, 6, 17), date(2023, 6, 19))]
#[case("report:R6/2023/bgm", date(2023, 12, 17), date(2023, 12, 18))]
#[case("report:R9/2023-H1/ldtbxh", date(2023, 6, 24), date(2023, 6, 26))]
#[case("report:R9/2023/ldtbxh", date(2023, 12, 24), date(2023, 12, 25))]
#[case("report:R2/2023-H1/hccb", date(2023, 6, 19), date(2023, 6, 19))]
fn due_dates_roll_to_working_days(#[case] id: &str, #[case] written: Date, #[case] rolled: Date) {
    let snapshot = snapshot();
    let item = item(&snapshot, id);
    assert_eq!((item.written_due, item.original_due, item.due), (Some(written), Some(rolled), Some(rolled)));
}

#[test]
fn an_extension_moves_the_due_date_and_keeps_the_first_one() {
    let snapshot = snapshot();
    let report = item(&snapshot, "report:R2/2023-H1/hq");
    assert_eq!((report.original_due, report.due), (Some(date(2023, 6, 19)), Some(date(2023, 7, 5))));
    assert_eq!((report.state.extensions, report.state.reminders), (1, 2));
    assert_eq!(report.state.extension_document.as_deref(), Some("112/LĐTBXH-BĐG"));
    assert_eq!((report.state.handed_in, cell(report, today(&snapshot))), (Some(date(2023, 7, 10)), Some(Cell::Late)));
}

#[test]
fn exactly_these_are_overdue() {
    let snapshot = snapshot();
    assert_eq!(
        in_cell(&snapshot, Kind::Report, Cell::Overdue),
        ["report:R2/2023-H1/hccb", "report:R4/2023-Q3/bdo", "report:R4/2023-Q3/bgm", "report:R6/2023-H1/bdo"]
    );
    let tasks = ["N06", "N14", "N15", "N22", "N49", "N51", "N55"].map(|id| format!("task:{id}"));
    assert_eq!(in_cell(&snapshot, Kind::Task, Cell::Overdue), tasks);
    assert_eq!(item(&snapshot, "task:N55").state.base, Base::Returned);
    assert_eq!(days_late(item(&snapshot, "task:N49"), today(&snapshot)), Some(173));
}

#[test]
fn exactly_these_were_handed_in_late() {
    let snapshot = snapshot();
    let late = |duty: &str| -> Vec<String> {
        let ids = in_cell(&snapshot, Kind::Report, Cell::Late).into_iter();
        ids.filter_map(|id| id.strip_prefix(&format!("report:{duty}/")))
            .map(|id| id.rsplit('/').next().unwrap().into())
            .collect()
    };
    assert_eq!(late("R1"), ["bdo", "bptv", "hccb"]);
    assert_eq!(late("R2"), ["bdbp", "bdo", "bptv", "ct", "hq", "nnptnt", "pr"]);
    assert_eq!(late("R4"), ["dp", "yt"]);
    assert_eq!(late("R6"), ["bgm"]);
    assert_eq!(late("R9"), ["ldtbxh"]);
    assert_eq!(late("R7"), ["bda"]);
    let tasks: Vec<&str> = in_cell(&snapshot, Kind::Task, Cell::Late).into_iter().collect();
    assert_eq!(tasks, ["task:N05", "task:N09", "task:N13", "task:N19", "task:N25", "task:N39", "task:N47"]);
}

#[test]
fn what_waits_for_confirmation_is_judged_by_its_hand_in() {
    let snapshot = snapshot();
    assert_eq!(in_cell(&snapshot, Kind::Task, Cell::AwaitingConfirmation), ["task:N40"]);
    assert_eq!(in_cell(&snapshot, Kind::Report, Cell::AwaitingConfirmation), ["report:R4/2023-Q3/ln"]);
    assert_eq!(time(item(&snapshot, "task:N40"), today(&snapshot)), Time::OnTime);
    assert_eq!(in_cell(&snapshot, Kind::Task, Cell::Paused), ["task:N54"]);
    assert_eq!(item(&snapshot, "task:N54").state.paused_on, Some(date(2023, 11, 13)));
    assert_eq!(in_cell(&snapshot, Kind::Task, Cell::NoDeadline), ["task:N35", "task:N61"]);
}

#[test]
fn reports_that_follow_an_event_run_from_it() {
    let snapshot = snapshot();
    let inspection = item(&snapshot, "report:R8/N40/ldtbxh");
    assert_eq!((inspection.due, cell(inspection, today(&snapshot))), (Some(date(2023, 11, 14)), Some(Cell::OnTime)));
    let of = |duty: &str| -> Vec<&Item> {
        let begin = format!("report:{duty}/");
        let items = snapshot.items.iter().filter(|item| item.id.as_str().starts_with(&begin));
        items.filter(|item| item.state.base.is_counted()).collect()
    };
    assert_eq!(of("R8"), [inspection], "the other inspections have not ended");
    let called_off = item(&snapshot, "report:R8/N55/mttq");
    assert_eq!(called_off.state.base, Base::Cancelled, "N55 was handed in and sent back");
    let case = |case: &Item| (case.state.event.as_ref().unwrap().on, case.due.unwrap(), cell(case, today(&snapshot)));
    let mut cases: Vec<_> = of("R7").into_iter().map(case).collect();
    cases.sort_by_key(|case| case.0);
    assert_eq!(
        cases,
        [
            (date(2023, 5, 12), date(2023, 5, 16), Some(Cell::OnTime)),
            (date(2023, 8, 3), date(2023, 8, 7), Some(Cell::Late)),
            (date(2023, 11, 16), date(2023, 11, 20), Some(Cell::DueSoon)),
        ]
    );
    assert!(snapshot.withdrawn.is_empty());
}

#[test]
fn the_sums_are_whole() {
    let snapshot = snapshot();
    let summary = Summary::of(&snapshot, today(&snapshot));
    assert_eq!((summary.tasks.assigned(), summary.reports.assigned()), (62, 36 * 4 + 15 + 20 + 2 + 3 + 1));
    assert_eq!((summary.tasks.overdue(), summary.reports.overdue()), (7, 4));
    assert_eq!(summary.ageing, [1, 4, 1, 2, 3]);
    for figures in [summary.tasks, summary.reports, summary.milestones] {
        assert_eq!(figures.assigned(), figures.done() + figures.open());
        assert!(figures.reached() <= figures.assigned());
    }
}

#[test]
fn every_entry_of_the_sample_would_be_admitted() {
    use tiendo::domain::{
        check::{check, check_open},
        entry::Verb,
    };
    let loaded = sample().unwrap();
    let mut snapshot = Snapshot::new(loaded.plan.into());
    for entry in &loaded.journal {
        let admitted = match (&entry.verb, snapshot.item(&entry.item)) {
            (Verb::Open, _) => check_open(&snapshot.outline, entry),
            (_, Some(item)) => check(item, entry),
            (_, None) => panic!("no item {}", entry.item),
        };
        assert_eq!(admitted, Ok(()), "{entry:?}");
        snapshot.apply(entry);
    }
}
