//! The sample plan and its journal are whole: counted, complete in both languages, and made by their generator.

#[path = "../../examples/sample_journal/main.rs"]
#[allow(dead_code)]
mod sample_journal;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use jiff::{
    Timestamp,
    civil::{Date, Weekday, date},
};
use serde_json::Value;
use tiendo::domain::{
    check::{check, check_open},
    entry::{Entry, Verb},
    item::Kind,
    snapshot::Snapshot,
    status::{Cell, Today, cell},
};
use unicode_normalization::is_nfc;

const PLAN: &str = "config/plans/binh-phuoc-2023.toml";
const JOURNAL: &str = "config/plans/binh-phuoc-2023.journal.jsonl";

/// Each activity of the article, by section, and the records that stand for it.
const ACTIVITIES: [(&str, &str); 26] = [
    ("S3", "N01 N02 N03 N04"),
    ("S3", "N05 N06 N60"),
    ("S3", "N07 N08 N09 N10"),
    ("S4", "N11 N12 N13 N14 N15"),
    ("S5", "N16 N17"),
    ("S5", "N23 N28"),
    ("S5", "N24 N25"),
    ("S5", "N19"),
    ("S5", "N17 N18 N20 N35"),
    ("S5", "N21 N22 N62"),
    ("S5", "N26 N27 N28"),
    ("S5", "C1 N29 N30 N31 N32 N33 N34 R5"),
    ("S5", "N43"),
    ("S5", "C2 C3 C4 C5 C6 C7 C8 C9 C10"),
    ("S6", "N36 N46 N55"),
    ("S6", "N37 N38 N39"),
    ("S6", "N40 N41 N42"),
    ("S6", "N44 R7"),
    ("S7", "N45 N47 N48 N49"),
    ("S7", "N50"),
    ("S7", "N51 N52"),
    ("S7", "N53 N54"),
    ("S7", "N55 N56"),
    ("S8", "N57 N58 N61"),
    ("S8", "N59"),
    ("S8", "R1 R2 R3 R4 R5 R6 R7 R8 R9"),
];

#[test]
fn the_plan_holds_what_the_design_counts() {
    let plan = plan();
    let count = |kind: &str| list(&plan, kind).count();
    assert_eq!(count("agencies"), 39);
    assert_eq!(list(&plan, "agencies").filter(|agency| agency["reports"] == true).count(), 37);
    assert_eq!((count("tasks"), count("duties"), count("campaigns"), count("programmes")), (62, 9, 10, 9));
    assert!(list(&plan, "campaigns").all(|campaign| (2..=6).contains(&list(campaign, "milestones").count())));
}

#[test]
fn every_activity_of_the_article_is_found_by_its_section() {
    let plan = plan();
    let sources: BTreeMap<String, String> = ["tasks", "duties", "campaigns"]
        .iter()
        .flat_map(|kind| list(&plan, kind))
        .map(|record| (text(&record["id"]), text(&record["source"])))
        .collect();
    for (section, ids) in ACTIVITIES {
        for id in ids.split(' ') {
            assert!(sources[id].contains(section), "{id} has {}, not {section}", sources[id]);
        }
    }
}

#[test]
fn every_id_named_in_the_plan_exists() {
    let plan = plan();
    let (agencies, programmes, tasks) = (ids(&plan, "agencies"), ids(&plan, "programmes"), ids(&plan, "tasks"));
    let (campaigns, duties) = (ids(&plan, "campaigns"), ids(&plan, "duties"));
    let kinds: BTreeSet<String> = list(&plan, "agencies").map(|agency| text(&agency["kind"])).collect();
    let is_set = |term: &str| match term.strip_prefix("kind:") {
        Some(kind) => kinds.contains(kind),
        None => term == "all" || agencies.contains(term.trim_start_matches('-')),
    };
    assert!(agencies.contains(&text(&plan["owner"])));
    assert_eq!(toml_file("config/holidays/vn.toml")["id"], plan["holidays"]);
    for record in ["agencies", "tasks", "duties", "campaigns"].iter().flat_map(|kind| list(&plan, kind)) {
        for (key, known) in
            [("parent", &agencies), ("lead", &agencies), ("programme", &programmes), ("campaign", &campaigns)]
        {
            let named = record[key].as_str();
            assert!(named.is_none_or(|id| known.contains(id)), "{}: {key} = {named:?}", record["id"]);
        }
        for term in ["coordinating", "owes", "to"].iter().flat_map(|key| list(record, key)) {
            assert!(is_set(&text(term)), "{}: {term}", record["id"]);
        }
        assert!(list(record, "after_task").all(|task| tasks.contains(&text(task))));
        for item in list(record, "milestones").filter_map(|milestone| milestone["item"].as_str()) {
            let (kind, id) = item.split_once(':').unwrap();
            assert!(if kind == "task" { &tasks } else { &duties }.contains(id), "{item}");
        }
    }
}

#[test]
fn every_title_stands_in_both_languages() {
    let plan = plan();
    let milestones = list(&plan, "campaigns").flat_map(|campaign| list(campaign, "milestones"));
    let titled = ["programmes", "tasks", "duties", "campaigns", "ladder"].iter().flat_map(|kind| list(&plan, kind));
    let agencies = list(&plan, "agencies").flat_map(|agency| [&agency["short"], &agency["name"]]);
    for title in titled.chain(milestones).map(|record| &record["title"]).chain(agencies).chain([&plan["title"]]) {
        for language in ["vi", "en"] {
            assert!(title[language].as_str().is_some_and(|words| !words.trim().is_empty()), "{language}: {title}");
        }
    }
}

#[test]
fn files_are_composed_and_addresses_are_sample_addresses() {
    for file in [PLAN, JOURNAL, "examples/sample_journal/story.toml", "config/holidays/vn.toml"] {
        assert!(is_nfc(&read(file)), "{file}");
    }
    for agency in list(&plan(), "agencies").filter(|agency| agency["reports"] == true) {
        assert!(text(&agency["email"]).ends_with("@mau.invalid"), "{agency}");
    }
}

#[test]
fn days_off_fall_on_weekdays_and_make_up_days_on_saturdays() {
    let holidays = toml_file("config/holidays/vn.toml");
    let years: Vec<i64> = list(&holidays, "year").map(|year| year["year"].as_i64().unwrap()).collect();
    assert_eq!(years, [2023, 2024, 2025, 2026, 2027]);
    for year in list(&holidays, "year") {
        let weekday = |day: &Value| {
            let day: Date = text(day).parse().unwrap();
            assert_eq!(i64::from(day.year()), year["year"].as_i64().unwrap());
            day.weekday()
        };
        let weekend = [Weekday::Saturday, Weekday::Sunday];
        assert!(list(year, "days_off").all(|day| !weekend.contains(&weekday(day))), "{year}");
        assert!(list(year, "make_up").all(|day| weekday(day) == Weekday::Saturday), "{year}");
        assert_eq!(year["verified"] == false, text(&year["source"]).starts_with("projection"), "{year}");
    }
}

#[test]
fn the_journal_is_what_its_generator_writes() {
    let made = sample_journal::journal(&root());
    let kept = read(JOURNAL);
    let differs = made.lines().zip(kept.lines()).position(|(made, kept)| made != kept);
    assert!(made == kept, "line {differs:?} differs: run `cargo run --example sample_journal > {JOURNAL}`");
}

#[test]
fn entries_stand_in_order_and_are_admitted_by_the_rules() {
    let mut snapshot = Snapshot::new(sample_journal::plan(&root()));
    let mut last = None;
    for (seq, entry) in (1..).zip(journal()) {
        assert_eq!((entry.seq, entry.recorded), (seq, Some(entry.at)));
        assert!(Some(entry.at) > last, "{entry:?}");
        last = Some(entry.at);
        assert_eq!(entry.id.0.get_version_num(), 7);
        let admitted = if entry.verb == Verb::Open {
            check_open(&snapshot.outline, &entry)
        } else {
            check(snapshot.item(&entry.item).unwrap_or_else(|| panic!("no {}", entry.item)), &entry)
        };
        assert_eq!(admitted, Ok(()), "{entry:?}");
        snapshot.apply(&entry);
    }
}

#[test]
fn on_the_demo_day_everything_stands_as_told() {
    let plan = sample_journal::plan(&root());
    let snapshot = Snapshot::replay(plan, &journal());
    let today = Today::new(date(2023, 11, 20), 3, &snapshot.outline.calendar);
    let in_cell = |wanted: Cell, kind: Kind| -> Vec<&str> {
        let items = snapshot.items.iter().filter(|item| item.kind() == kind && cell(item, today) == Some(wanted));
        items.map(|item| item.id.as_str().split_once(':').unwrap().1).collect()
    };
    let overdue = ["R2/2023-H1/hccb", "R4/2023-Q3/bdo", "R4/2023-Q3/bgm", "R6/2023-H1/bdo"];
    assert_eq!(in_cell(Cell::Overdue, Kind::Report), overdue);
    assert_eq!(in_cell(Cell::AwaitingConfirmation, Kind::Report), ["R4/2023-Q3/ln"]);
    assert_eq!(in_cell(Cell::DueSoon, Kind::Report).len(), 1, "the case of dx is due today");
    assert_eq!(in_cell(Cell::OnTime, Kind::Report).len() + in_cell(Cell::Late, Kind::Report).len(), 96);
    assert_eq!(in_cell(Cell::Overdue, Kind::Task), ["N06", "N14", "N15", "N22", "N49", "N51", "N55"]);
    assert_eq!(in_cell(Cell::Late, Kind::Task), ["N05", "N09", "N13", "N19", "N25", "N39", "N47"]);
    assert_eq!(in_cell(Cell::AwaitingConfirmation, Kind::Task), ["N40"]);
    assert_eq!(in_cell(Cell::Paused, Kind::Task), ["N54"]);
    assert_eq!(in_cell(Cell::NoDeadline, Kind::Task), ["N35", "N61"]);
    assert_eq!(in_cell(Cell::Overdue, Kind::Milestone).len(), 0);
}

#[test]
fn since_the_last_look_four_things_happened() {
    let after = |instant: &str| {
        let instant: Timestamp = instant.parse().unwrap();
        journal().into_iter().filter(move |entry| entry.at > instant)
    };
    let happened = |entry: Entry| format!("{} {} {}", entry.on, entry.verb.as_str(), entry.item);
    let since: BTreeSet<String> = after("2023-11-15T16:30:00+07:00").map(happened).collect();
    let told = [
        "2023-11-16 confirm task:N30",
        "2023-11-16 open duty:R7",
        "2023-11-17 progress task:N17",
        "2023-11-17 tick milestone:C9/M2",
    ];
    assert_eq!(since, told.map(Into::into).into());
    assert_eq!(after("2023-11-15T16:30:00+07:00").count(), told.len());
    assert_eq!(after("2023-11-20T08:00:00+07:00").count(), 0);
}

fn plan() -> Value {
    toml_file(PLAN)
}

fn journal() -> Vec<Entry> {
    read(JOURNAL).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn toml_file(path: &str) -> Value {
    toml::from_str(&read(path)).expect(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

/// The ids of one kind of record; each stands once.
fn ids(plan: &Value, kind: &str) -> BTreeSet<String> {
    let unique: BTreeSet<String> = list(plan, kind).map(|record| text(&record["id"])).collect();
    assert_eq!(unique.len(), list(plan, kind).count(), "an id of {kind} stands twice");
    unique
}

fn list<'a>(record: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    record[key].as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().into()
}
