//! Tests of the filter language on the sample plan.

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::domain::{
    entry::Entry,
    lookup::Lookup,
    plan::Plan,
    queue::needs_dealing_with,
    sentence::Sentence,
    snapshot::Snapshot,
    status::{Cell, Today, cell},
    summary::days_late,
};

struct Sample {
    snapshot: Snapshot,
    lookup: Lookup,
    today: Today,
    desk: Desk,
}

impl Sample {
    fn new() -> Self {
        let plan: Plan = toml::from_str(include_str!("../../../config/plans/binh-phuoc-2023.toml")).unwrap();
        let journal: Vec<Entry> = include_str!("../../../config/plans/binh-phuoc-2023.journal.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let snapshot = Snapshot::replay(Arc::new(plan), &journal);
        let lookup = Lookup::new(&snapshot.outline, "vi");
        let today = Today::new(date(2023, 11, 20), 3, &snapshot.outline.calendar);
        let agency = snapshot.outline.agency("ldtbxh");
        Sample { snapshot, lookup, today, desk: Desk { agency, me: Some("dieu-phoi-1".into()) } }
    }

    fn found(&self, typed: &str) -> Vec<&str> {
        let query = Query::parse(typed);
        assert_eq!(query.problems, [], "{typed}");
        self.matching(&query)
    }

    fn matching(&self, query: &Query) -> Vec<&str> {
        let matcher = Matcher::new(query, &self.snapshot.outline, &self.lookup, &self.desk, self.today);
        self.snapshot.items.iter().filter(|item| matcher.item(item)).map(|item| item.id.as_str()).collect()
    }

    fn ids(&self, wanted: impl Fn(&crate::domain::item::Item) -> bool) -> Vec<&str> {
        self.snapshot.items.iter().filter(|item| wanted(item)).map(|item| item.id.as_str()).collect()
    }
}

#[test]
fn words_are_found_anywhere_without_marks_in_either_normal_form() {
    let sample = Sample::new();
    let found = sample.found("bao cao 6 thang bu dop");
    assert!(found.contains(&"report:R2/2023-H1/bdo"), "{found:?}");
    let composed = "Báo cáo Bù Đốp";
    let decomposed: String = composed.nfd().collect();
    for typed in [composed, &decomposed, "BAO CAO BU DOP"] {
        assert_eq!(sample.found(typed), sample.found("bao cao bu dop"));
    }
    assert!(sample.found("khong co gi nhu the").is_empty());
}

#[test]
fn a_phrase_stands_together_and_an_open_one_is_still_being_typed() {
    let sample = Sample::new();
    let phrase = sample.found("\"bù đốp\" kind:report");
    assert!(phrase.iter().all(|id| id.ends_with("/bdo")), "{phrase:?}");
    assert_eq!(sample.found("kind:report \"bù đốp"), phrase);
    assert_eq!(sample.found("kind:report “bù đốp”"), phrase);
    assert!(sample.found("\"gia bu\"").is_empty());
    assert!(!sample.found("gia bu").is_empty());
}

#[test]
fn parts_are_named_by_id_or_by_words() {
    let sample = Sample::new();
    let of_bdo = sample.ids(|item| sample.snapshot.outline.agencies[item.agency as usize].id.as_str() == "bdo");
    assert_eq!(sample.found("agency:bdo"), of_bdo);
    assert_eq!(sample.found("coquan:\"bù đốp\""), of_bdo);
    let both = sample.found("agency:bdo,bgm");
    assert_eq!(both.len(), of_bdo.len() + sample.found("agency:bgm").len());
    assert_eq!(sample.found("duty:R6 period:2023-H1").len(), 10);
    assert_eq!(sample.found("-duty:R2 kind:report").len(), sample.found("kind:report").len() - 36);
    assert!(sample.found("programme:P-DA8").contains(&"task:N11"));
    assert!(sample.found("campaign:C1").contains(&"task:N29"));
    // An id that is the beginning of another means itself alone.
    assert_eq!(sample.found("agency:td").len(), sample.found("agency:\"tinh doan\"").len());
}

#[test]
fn items_are_named_by_their_ids_whole_or_in_part() {
    let sample = Sample::new();
    assert_eq!(sample.found("id:N14"), ["task:N14"]);
    assert_eq!(sample.found("task:n14"), ["task:N14"]);
    assert_eq!(sample.found("report:R2/2023-H1/hq"), ["report:R2/2023-H1/hq"]);
    assert_eq!(sample.found("id:R2/2023-H1").len(), 36);
}

#[test]
fn statuses_are_those_of_the_partition() {
    let sample = Sample::new();
    let overdue = sample.ids(|item| cell(item, sample.today) == Some(Cell::Overdue));
    assert!(!overdue.is_empty());
    for typed in ["status:overdue", "trangthai:quahan", "trạng-thái:quá-hạn", "status:\"quá hạn\""] {
        assert_eq!(sample.found(typed), overdue, "{typed}");
    }
    assert_eq!(sample.found("status:paused"), ["task:N54"]);
    assert_eq!(sample.found("status:returned"), ["task:N55"]);
    assert!(sample.found("kind:report status:untouched status:overdue").contains(&"report:R4/2023-Q3/bgm"));
    let (done, open, left) = ("status:done", "status:open", "status:cancelled,exempt");
    let sum: usize = [done, open, left].iter().map(|typed| sample.found(typed).len()).sum();
    assert_eq!(sum, sample.snapshot.items.len());
    assert_eq!(sample.found("status:done,open").len() + sample.found(left).len(), sum);
}

#[test]
fn numbers_are_compared_and_only_tasks_have_a_progress() {
    let sample = Sample::new();
    let late = |least: i32| sample.ids(|item| days_late(item, sample.today).unwrap_or(0) >= least);
    assert_eq!(sample.found("late>30"), late(31));
    assert_eq!(sample.found("tre>=30"), late(30));
    assert_eq!(sample.found("late:>30"), late(31));
    assert_eq!(sample.found("-late<=30"), late(31));
    assert!(sample.found("reminders:2,3 kind:report").contains(&"report:R2/2023-H1/hccb"));
    assert!(sample.found("progress<50 status:in-progress").contains(&"task:N49"));
    assert!(sample.found("progress<50 kind:report").is_empty());
}

#[test]
fn flags_and_roles_are_the_desks() {
    let sample = Sample::new();
    let (today, desk, outline) = (sample.today, &sample.desk, &sample.snapshot.outline);
    let queue = sample.ids(|item| needs_dealing_with(item, outline, today, desk));
    assert_eq!(sample.found("queue"), queue);
    assert_eq!(sample.found("canxuly"), queue);
    assert_eq!(sample.found("-queue").len() + queue.len(), sample.snapshot.items.len());
    assert_eq!(sample.found("queue:no"), sample.found("-queue"));
    assert_eq!(sample.found("-queue:no"), queue);
    assert!(sample.found("acked").contains(&"task:N06"));
    assert!(sample.found("extended").contains(&"report:R2/2023-H1/hq"));
    assert!(sample.found("role:coordinating").contains(&"task:N45"));
    assert!(sample.found("role:owing").contains(&"task:N40"));
    assert!(sample.found("role:receiving kind:report").contains(&"report:R2/2023-H1/hccb"));
    assert!(!sample.found("role:receiving kind:report").contains(&"report:R6/2023-H1/bdo"));
    // In quotes it is a word to look for.
    assert!(sample.found("\"queue\"").is_empty());
}

#[test]
fn what_is_not_understood_is_said_with_the_nearest_name_and_the_rest_is_used() {
    let query = Query::parse("agecny:bdo bù status:overdeu,done late>x kind:");
    assert_eq!(
        query.problems,
        [
            Sentence::new("filter-no-field").with("field", "agecny").near(Some("agency")),
            term::no_value("status", "overdeu").near(Some("overdue")),
            term::no_value("late", "x"),
        ]
    );
    assert!(!query.is_empty());
    assert!(Query::parse("  ").is_empty());
    assert!(Query::parse("status:").is_empty());
}

#[test]
fn agencies_and_campaigns_hold_by_their_own_texts() {
    let sample = Sample::new();
    let outline = &sample.snapshot.outline;
    let query = Query::parse("bù late>30 duty:R2");
    let matcher = Matcher::new(&query, outline, &sample.lookup, &sample.desk, sample.today);
    let agencies: Vec<&str> = (0..)
        .zip(&outline.agencies)
        .filter(|(index, _)| matcher.agency(*index))
        .map(|(_, agency)| agency.id.as_str())
        .collect();
    assert_eq!(agencies, ["bda", "bdo", "bgm"]);
    let query = Query::parse("agency:lhpn phu nu");
    let matcher = Matcher::new(&query, outline, &sample.lookup, &sample.desk, sample.today);
    assert!(matcher.campaign(outline.campaign("C7").unwrap()));
    assert!(!matcher.campaign(outline.campaign("C1").unwrap()));
}

#[test]
fn one_letter_or_one_term_more_narrows() {
    let narrows = |later: &str, earlier: &str| Query::parse(later).narrows(&Query::parse(earlier));
    for (later, earlier) in [
        ("b", ""),
        ("bù", "b"),
        ("bù đốp", "bù đ"),
        ("late>30", "late>3"),
        ("late>3", "late>"),
        ("late<5", "late<=5"),
        ("agency:bdo", "agency:bdo,bgm"),
        ("-agency:bdo,bgm", "-agency:bdo"),
        ("-b", "-bu"),
        ("status:overdue bù", "status:overdue"),
    ] {
        assert!(narrows(later, earlier), "{later} / {earlier}");
    }
    for (later, earlier) in
        [("b", "bu"), ("acked", "acke"), ("-bu", "-b"), ("late<30", "late<3"), ("-acked", "acked"), ("x", "y")]
    {
        assert!(!narrows(later, earlier), "{later} / {earlier}");
    }
}

/// Filters made of pieces of the language, in and out of order.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        "bù",
        "đốp",
        "b",
        "bao cao",
        "\"",
        "-",
        " ",
        " ",
        " ",
        "agency:",
        "duty:R2",
        "late>",
        "3",
        "0",
        "status:overdue",
        "status:",
        "open",
        ",",
        "acked",
        "-queue",
        "kind:task",
        "n1",
        "period:2023",
        "progress<",
        "5",
        ":",
        ">",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_typed(raw in "\\PC{0,60}|[a-z:<>=,\" -]{0,40}") {
        let query = Query::parse(&raw);
        prop_assert!(query.narrows(&query));
    }

    #[test]
    fn what_narrows_leaves_a_subset(later in typed(), earlier in typed()) {
        thread_local!(static SAMPLE: Sample = Sample::new());
        SAMPLE.with(|sample| {
            let typed_on = format!("{earlier}{later}");
            let before = Query::parse(&earlier);
            let left = sample.matching(&before);
            for query in [Query::parse(&later), Query::parse(&typed_on)] {
                if query.narrows(&before) {
                    for id in sample.matching(&query) {
                        prop_assert!(left.contains(&id), "{} / {}: {}", typed_on, earlier, id);
                    }
                }
            }
            Ok(())
        })?;
    }
}
