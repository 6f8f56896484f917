//! Plan files are read record by record: what is wrong is said with its place, the rest is used, nothing is lost.

use std::fs;

use proptest::prelude::*;
use rstest::rstest;
use tiendo::{
    domain::{item::Kind, sentence::Sentence, snapshot::Snapshot},
    planfile::{HolidayTables, Loaded, PlanError, Remark, Severity, plan_schema, read, read_file, sample, write_json},
    words::{LANGUAGES, Words},
};

/// Eleven lines: a plan with an agency, to which a test adds what it is about.
const HEAD: &str = r#"format = "tiendo-plan/1"
id = "p"
timezone = "Asia/Ho_Chi_Minh"
year = 2023
[[agencies]]
id = "ldtbxh"
kind = "department"
reports = true
[[tasks]]
id = "N1"
lead = "ldtbxh"
"#;

fn load(file: &str, text: &str) -> Result<Loaded, PlanError> {
    read(file, text, &HolidayTables::shipped())
}

/// A remark's severity, line, path, word, nearest.
type Said = (Severity, Option<u32>, String, &'static str, Option<String>);

fn remarks(loaded: &Loaded) -> Vec<Said> {
    let near = |problem: &Sentence| problem.nearest.as_ref().map(ToString::to_string);
    let remarks = loaded.remarks.iter();
    remarks.map(|it| (it.severity, it.line, it.path.to_string(), word(it), near(&it.problem))).collect()
}

fn word(remark: &Remark) -> &'static str {
    remark.problem.id.trim_start_matches("remark-")
}

/// A remark in words: file, line, field, what is wrong.
fn said(remark: &Remark) -> String {
    let words = Words::new(&LANGUAGES[1]);
    let line = remark.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}: {}: {}", remark.file, remark.path, words.say(&remark.problem))
}

#[test]
fn the_sample_is_read_without_a_remark() {
    let loaded = sample().unwrap();
    assert_eq!(loaded.remarks, []);
    assert_eq!((loaded.set_aside, loaded.warnings), (0, 0));
    assert_eq!(loaded.plan.tasks.len(), 62);
    assert!(loaded.journal.len() > 300);
    let path = "config/plans/binh-phuoc-2023.toml".as_ref();
    assert_eq!(loaded, read_file(path, &HolidayTables::shipped(), NOW.parse().unwrap()).unwrap());
}

#[rstest]
// A record that cannot be read is set aside.
#[case("[[tasks]]\nid = 'N2'\nlaed = 'ldtbxh'", Severity::SetAside, 12, "tasks.N2", "missing", Some("laed"))]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ndue = '2023-02-30'",
    Severity::SetAside,
    15,
    "tasks.N2.due",
    "not-a-date",
    None
)]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ndue = '31/10/2023'",
    Severity::SetAside,
    15,
    "tasks.N2.due",
    "not-a-date",
    Some("2023-10-31")
)]
#[case("[[tasks]]\nid = 'N2'\nlead = 7", Severity::SetAside, 14, "tasks.N2.lead", "wrong-type", None)]
#[case("[[tasks]]\nlead = 'ldtbxh'", Severity::SetAside, 12, "tasks[1]", "missing", None)]
#[case("[[tasks]]\nid = ''\nlead = 'ldtbxh'", Severity::SetAside, 13, "tasks[1].id", "unusable-id", None)]
#[case("[[tasks]]\nid = 'N1'\nlead = 'ldtbxh'", Severity::SetAside, 13, "tasks[1].id", "duplicate-id-on-line", None)]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ntitle = 7",
    Severity::SetAside,
    15,
    "tasks.N2.title",
    "wrong-type",
    None
)]
#[case("[[agencies]]\nid = 'a/b'\nkind = 'district'", Severity::SetAside, 13, "agencies[1].id", "unusable-id", None)]
#[case("[[agencies]]\nid = 'all'\nkind = 'district'", Severity::SetAside, 13, "agencies[1].id", "unusable-id", None)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['yaer']\ndue = {by_day = 20}",
    Severity::SetAside,
    15,
    "duties.R1.every[0]",
    "unknown-word",
    Some("year")
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['year']\ndue = {befor_day = 20}",
    Severity::SetAside,
    16,
    "duties.R1.due",
    "unknown-word",
    Some("before_day")
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\n[[duties.periods]]\nperiod = '2023'\n[[duties.periods]]\nperiod = '2023-H1'\ndue = 'soon'",
    Severity::SetAside,
    19,
    "duties.R1.periods.2023-H1.due",
    "not-a-date",
    None
)]
#[case(
    "[[campaigns]]\nid = 'C1'\nlead = 'ldtbxh'\nfrom = 2023-11-15\nto = 2023-12-15\n[[campaigns.milestones]]\ntitle = 'x'",
    Severity::SetAside,
    17,
    "campaigns.C1.milestones[0]",
    "missing",
    None
)]
#[case(
    "[[ladder]]\nstep = 1\nverb = 'remnd'\nafter_working_days = 1",
    Severity::SetAside,
    14,
    "ladder[0].verb",
    "unknown-word",
    Some("remind")
)]
#[case("[programmes]\nid = 'P'", Severity::SetAside, 12, "programmes", "wrong-type", None)]
// What is only strange is a warning.
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ndeu = '2023-10-31'",
    Severity::Warning,
    15,
    "tasks.N2.deu",
    "unknown-field",
    Some("due")
)]
#[case("[[tasks]]\nid = 'N2'\nlead = 'ldtbhx'", Severity::Warning, 12, "tasks.N2.lead", "no-such", Some("ldtbxh"))]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\nprogramme = 'P-CL'",
    Severity::Warning,
    12,
    "tasks.N2.programme",
    "no-such",
    None
)]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ncampaign = 'C1'",
    Severity::Warning,
    12,
    "tasks.N2.campaign",
    "no-such",
    None
)]
#[case(
    "[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\nstart = 2023-05-02\ndue = 2023-05-01",
    Severity::Warning,
    12,
    "tasks.N2.due",
    "due-before-start",
    None
)]
#[case(
    "[[agencies]]\nid = 'dx'\nkind = 'distict'",
    Severity::Warning,
    12,
    "agencies.dx.kind",
    "no-such",
    Some("district")
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['kind:deparment']\nwithin = {days = 2}",
    Severity::Warning,
    12,
    "duties.R1.owes",
    "no-such",
    Some("department")
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all', '-dx']\nwithin = {days = 2}",
    Severity::Warning,
    12,
    "duties.R1.owes",
    "no-such",
    None
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['year']",
    Severity::Warning,
    12,
    "duties.R1",
    "every-without-due",
    None
)]
#[case("[[duties]]\nid = 'R1'\nowes = ['all']", Severity::Warning, 12, "duties.R1", "no-way", None)]
#[case("[[duties]]\nid = 'R1'\nwithin = {days = 2}", Severity::Warning, 12, "duties.R1", "nobody-owes", None)]
#[case(
    "[[duties]]\nid = 'R1'\nafter_task = ['N1']",
    Severity::Warning,
    12,
    "duties.R1",
    "after-task-without-days",
    None
)]
#[case(
    "[[duties]]\nid = 'R1'\nafter_task = ['N2']\nworking_days = 3",
    Severity::Warning,
    12,
    "duties.R1.after_task",
    "no-such",
    Some("N1")
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nwithin = {days = 2}\nperiods = [{period = '2023'}]",
    Severity::Warning,
    12,
    "duties.R1",
    "several-ways",
    None
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['year']\ndue = {before_day = 32}",
    Severity::Warning,
    12,
    "duties.R1.due",
    "no-such-day",
    None
)]
#[case(
    "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['year', 'year']\ndue = {by_day = 20}",
    Severity::SetAside,
    12,
    "duties.R1.every",
    "repeated-period",
    None
)]
#[case(
    "[[campaigns]]\nid = 'C1'\nlead = 'ldtbxh'\nfrom = 2023-11-15\nto = 2023-11-14",
    Severity::Warning,
    12,
    "campaigns.C1.to",
    "end-before-begin",
    None
)]
#[case(
    "[[campaigns]]\nid = 'C1'\nlead = 'ldtbxh'\nfrom = 2023-11-15\nto = 2023-11-16\nmilestones = [{id = 'M1', item = 'task:N2'}]",
    Severity::Warning,
    12,
    "campaigns.C1.milestones.M1.item",
    "no-such",
    Some("N1")
)]
#[case(
    "[[programmes]]\nid = 'P'\nfrom = 2025\nto = 2021",
    Severity::Warning,
    12,
    "programmes.P.to",
    "end-before-begin",
    None
)]
fn what_is_wrong_in_a_record_is_said_with_its_place(
    #[case] added: &str,
    #[case] severity: Severity,
    #[case] line: u32,
    #[case] path: &str,
    #[case] word: &str,
    #[case] nearest: Option<&str>,
) {
    let loaded = load("p.toml", &format!("{HEAD}{added}\n")).unwrap();
    let said = remarks(&loaded);
    assert_eq!(said, [(severity, Some(line), path.into(), said[0].3, nearest.map(Into::into))], "{:?}", loaded.remarks);
    assert_eq!(said[0].3, word);
    assert_eq!((loaded.set_aside, loaded.warnings), if severity == Severity::SetAside { (1, 0) } else { (0, 1) });
    assert_eq!(loaded.plan.tasks[0].id.as_str(), "N1", "the rest is used");
}

#[rstest]
#[case("number = 7", 5, "number", "wrong-type", None)]
#[case("holidays = 'vm'", 5, "holidays", "no-such", Some("vn"))]
#[case("sampel = true", 5, "sampel", "unknown-field", Some("sample"))]
#[case("owner = 'ubnd'", 5, "owner", "no-such", None)]
#[case("roll = 'no'", 5, "roll", "wrong-type", None)]
fn what_is_wrong_in_the_head_is_said_with_its_place(
    #[case] added: &str,
    #[case] line: u32,
    #[case] path: &str,
    #[case] word: &str,
    #[case] nearest: Option<&str>,
) {
    let loaded = load("p.toml", &HEAD.replacen("[[agencies]]", &format!("{added}\n[[agencies]]"), 1)).unwrap();
    let said = remarks(&loaded);
    assert_eq!(said.len(), 1, "{:?}", loaded.remarks);
    assert_eq!((said[0].1, said[0].2.as_str(), said[0].3), (Some(line), path, word));
    assert_eq!(said[0].4.as_deref(), nearest);
}

#[test]
fn what_may_be_a_sample_sends_nothing() {
    let text = HEAD.replacen("year", "sample = 'yes'\nyear", 1);
    assert!(load("p.toml", &text).unwrap().plan.sample);
}

#[rstest]
#[case("format = \"tiendo-plan/1\"", "", "p.toml: format: “format” is missing.")]
#[case(
    "tiendo-plan/1",
    "tiendo-plan/2",
    "p.toml:1: format: “tiendo-plan/2” is not a format this version reads; did you mean “tiendo-plan/1”?."
)]
#[case("id = \"p\"", "id = 7", "p.toml:2: id: 7 stands where a text in quotation marks is wanted.")]
#[case("id = \"p\"", "id = ' '", "p.toml:2: id: the id “ ” cannot be used")]
#[case(
    "Ho_Chi_Minh",
    "Ho_Chi_Min",
    "p.toml:3: timezone: “Asia/Ho_Chi_Min” is not a time zone of the IANA database; did you mean “Asia/Ho_Chi_Minh”?."
)]
#[case("timezone", "timezon", "p.toml: timezone: “timezone” is missing; did you mean “timezon”?.")]
#[case("kind = ", "kind ", "p.toml:7: ")]
fn what_a_plan_cannot_be_used_without_refuses_it(#[case] good: &str, #[case] bad: &str, #[case] wanted: &str) {
    let PlanError(wrong) = load("p.toml", &HEAD.replacen(good, bad, 1)).unwrap_err();
    assert!(said(&wrong).starts_with(wanted), "{}", said(&wrong));
}

#[rstest]
#[case("issued = 2022-12-30", "", 2022)]
#[case("", "due = 2024-01-31\nstart = 2023-12-01\n[[tasks]]\nid = 'N2'\nlead = 'ldtbxh'\ndue = 2024-03-01", 2024)]
#[case("year = 99999", "due = 2024-01-31", 2024)]
#[case("", "", 0)]
fn the_year_may_be_left_out(#[case] head: &str, #[case] task: &str, #[case] year: i16) {
    let loaded = load("p.toml", &(HEAD.replacen("year = 2023", head, 1) + task)).unwrap();
    assert_eq!((loaded.plan.year, loaded.warnings), (year, 0));
    let ruled = "\n[[duties]]\nid = 'R1'\nowes = ['ldtbxh']\nevery = ['year']\ndue = {by_day = 20}";
    let loaded = load("p.toml", &(HEAD.replacen("year = 2023", head, 1) + task + ruled)).unwrap();
    let last = loaded.remarks.iter().map(word).find(|word| word.ends_with("-year")).unwrap();
    assert_eq!(last, if year == 0 { "no-year" } else { "derived-year" }, "{:?}", loaded.remarks);
    let _ = Snapshot::new(loaded.plan.into());
}

const JSON: &str = r#"{
  "format": "tiendo-plan/1", "id": "p", "timezone": "Asia/Ho_Chi_Minh", "year": 2023,
  "agencies": [{"id": "ldtbxh", "kind": "department"}],
  "tasks": [
    {"id": "N1", "lead": "ldtbxh", "campaign": null},
    {"id": "N2", "lead": "ldtbxh",
     "due": "2023-13-01"},
    {"id": "N3", "lead": "ldtbxh", "id": "N4"},
    {"id": "N5", "lead": "ldtbxh",
     "deu": 5},
    7
  ],
  "journal": [
    {"id": "01871263-e7b0-7000-8000-000000000001", "item": "task:N1", "verb": "submit", "on": "2023-03-24", "at": "2023-03-24T13:52:30+07:00"},
    {"id": "01871263-e7b0-7000-8000-000000000001", "item": "task:N1", "verb": "note", "on": "2023-03-24", "at": "2023-03-24T13:52:30+07:00"},
    {"id": "01871263-e7b0-7000-8000-000000000002", "item": "task:N9", "verb": "confrm", "on": "2023-03-24", "at": "2023-03-24T13:52:30+07:00"},
    {"id": "18", "item": "task:N1", "verb": "note", "on": "2023-03-24", "at": "2023-03-24T13:52:30+07:00"},
    {"id": "01871263-e7b0-7000-8000-000000000003", "item": "task:N1", "verb": "note", "on": "2023-03-24",
     "at": "yesterday"}
  ]
}"#;

#[test]
fn in_json_the_lines_are_right_too() {
    let loaded = load("p.json", JSON).unwrap();
    assert_eq!(
        loaded.remarks.iter().map(said).collect::<Vec<_>>(),
        [
            "p.json:7: tasks.N2.due: \"2023-13-01\" is not a date (YYYY-MM-DD)",
            "p.json:8: tasks.N4: the field “id” is given twice",
            "p.json:10: tasks.N5.deu: the field “deu” is not known; did you mean “due”?",
            "p.json:11: tasks[4]: 7 stands where a table is wanted",
            "p.json:15: journal[1].id: the id “01871263-e7b0-7000-8000-000000000001” is used already, on line 14",
            "p.json:17: journal.18.id: \"18\" is not a UUID",
            "p.json:19: journal.01871263-e7b0-7000-8000-000000000003.at: \"yesterday\" is not an instant (2023-06-28T09:02:11+07:00)",
            "p.json:16: journal.01871263-e7b0-7000-8000-000000000002.item: there is no task “N9”; did you mean “N1”?",
        ]
    );
    assert_eq!((loaded.plan.tasks.len(), loaded.journal.len()), (2, 1));
    assert_eq!((loaded.set_aside, loaded.warnings), (7, 1));
    let PlanError(error) = load("p.json", &JSON[..200]).unwrap_err();
    assert!(said(&error).starts_with("p.json:5: : EOF while parsing"), "{}", said(&error));
}

/// A journal line on `item` with other fields.
fn line(number: u8, item: &str, more: &str) -> String {
    let id = format!("01871263-e7b0-7000-8000-0000000000{number:02}");
    let day = if more.contains("\"on\"") { "" } else { r#","on":"2023-03-24""# };
    format!(r#"{{"id":"{id}","item":"{item}","at":"2023-03-24T06:52:30Z"{day}{more}}}"#)
}

#[rstest]
#[case("task:N1", r#","verb":"note","nots":"x""#, Severity::Warning, "unknown-field", Some("note"))]
#[case("task:N1", r#","verb":"confrm""#, Severity::Warning, "no-such", Some("confirm"))]
#[case("task:N2", r#","verb":"note""#, Severity::SetAside, "no-such", Some("N1"))]
#[case("N1", r#","verb":"note""#, Severity::SetAside, "no-such", None)]
#[case("report:R1/2023/ldtbxx", r#","verb":"note""#, Severity::SetAside, "no-such", Some("ldtbxh"))]
#[case("report:R1/2024/ldtbxh", r#","verb":"note""#, Severity::SetAside, "no-such", Some("2023"))]
#[case("report:R1/2023/ubnd", r#","verb":"note""#, Severity::SetAside, "refusal-not-owed", None)]
#[case("duty:R7", r#","verb":"open","agency":"ldtbhx""#, Severity::SetAside, "no-such", Some("ldtbxh"))]
#[case("task:N1", r#","verb":"note","on":"1970-01-01""#, Severity::SetAside, "far-from-plan", None)]
#[case("task:N1", r#","verb":"note","on":"2026-01-01""#, Severity::SetAside, "not-yet", None)]
fn entries_that_do_not_fit_the_plan_are_set_aside(
    #[case] item: &str,
    #[case] more: &str,
    #[case] severity: Severity,
    #[case] wanted: &str,
    #[case] nearest: Option<&str>,
) {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let duties = "[[duties]]\nid = 'R1'\nowes = ['all']\nevery = ['year']\ndue = {by_day = 20}\n[[duties]]\nid = 'R7'\nowes = ['all']\nwithin = {working_days = 2}\n[[agencies]]\nid = 'ubnd'\nkind = 'owner'\nreports = false\n";
    fs::write(&plan, format!("{HEAD}{duties}")).unwrap();
    let good = [
        line(1, "report:R1/2023/ldtbxh", r#","verb":"note""#),
        line(3, "duty:R7", r#","verb":"open","agency":"ldtbxh""#),
    ];
    let lines = [good[0].clone(), line(2, item, more), good[1].clone()];
    fs::write(folder.path().join("plan.journal.jsonl"), lines.join("\n")).unwrap();
    let loaded = read_file(&plan, &HolidayTables::shipped(), NOW.parse().unwrap()).unwrap();
    let found = remarks(&loaded);
    assert_eq!(found.len(), 1, "{:?}", loaded.remarks);
    assert_eq!((found[0].0, found[0].1, found[0].3, found[0].4.as_deref()), (severity, Some(2), wanted, nearest));
    let aside = usize::from(severity == Severity::SetAside);
    assert_eq!((loaded.set_aside, loaded.journal.len()), (aside, 3 - aside));
}

/// When files are read in these tests.
const NOW: &str = "2024-01-31T08:00:00+07:00";

#[test]
fn a_journal_beside_the_plan_is_read_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    fs::write(&plan, HEAD).unwrap();
    let entry = |number: u8, seq: u8| {
        format!(
            r#"{{"id":"01871263-e7b0-7000-8000-00000000000{number}","item":"task:N1","verb":"note","note":"x","on":"2023-03-24","at":"2023-03-24T06:52:30Z","seq":{seq}}}"#
        )
    };
    let lines = [entry(2, 2), String::new(), entry(1, 1), "{\"id\":".into(), "{} {}".into(), entry(2, 3), "{}".into()];
    fs::write(folder.path().join("plan.journal.jsonl"), lines.join("\r\n")).unwrap();
    let loaded = read_file(&plan, &HolidayTables::shipped(), NOW.parse().unwrap()).unwrap();
    let said: Vec<(Option<u32>, &str)> = loaded.remarks.iter().map(|it| (it.line, word(it))).collect();
    assert_eq!(
        said,
        [(Some(4), "not-an-entry"), (Some(5), "not-an-entry"), (Some(6), "duplicate-id-on-line"), (Some(7), "missing")]
    );
    assert!(loaded.remarks[0].file.ends_with("plan.journal.jsonl"));
    assert_eq!(
        loaded.journal.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        [1, 2],
        "in the order of their numbers"
    );
}

#[test]
fn a_file_that_is_not_there_or_not_text_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = |name: &str| {
        let path = folder.path().join(name);
        let PlanError(wrong) = read_file(&path, &HolidayTables::shipped(), NOW.parse().unwrap()).unwrap_err();
        assert!(wrong.file.ends_with(name));
        (wrong.problem.id, wrong.line)
    };
    assert_eq!(wrong("no.toml"), ("file-unopened", None));
    fs::write(folder.path().join("latin.toml"), b"format = 'x'\nid = '\xe0'\n").unwrap();
    assert_eq!(wrong("latin.toml"), ("file-not-utf8", Some(2)));
    fs::File::create(folder.path().join("huge.json")).unwrap().set_len(513 << 20).unwrap();
    assert_eq!(wrong("huge.json"), ("file-too-large", None));
}

#[test]
fn toml_and_json_give_the_same_plan_and_what_is_written_is_read_again() {
    let mut loaded = sample().unwrap();
    let again = load("again.json", &write_json(&loaded.plan)).unwrap();
    assert_eq!((&again.plan, again.remarks), (&loaded.plan, Vec::new()));

    let strange = HEAD.replacen(
        "[[agencies]]",
        "$schema = 'x'\nstrange = {a = [1, 2.5], b = 2023-01-02}\n[[agencies]]\nchief = 'x'",
        1,
    );
    let strange = strange.replacen("$schema", "\"$schema\"", 1);
    loaded = load("p.toml", &strange).unwrap();
    assert_eq!(loaded.warnings, 2, "$schema is for editors");
    let written = write_json(&loaded.plan);
    assert!(written.contains("\"b\": \"2023-01-02\"") && written.contains("\"chief\": \"x\""), "{written}");
    assert_eq!(load("p.json", &written).unwrap().plan, loaded.plan);
}

#[test]
fn days_off_come_from_the_table_unless_they_stand_in_the_file() {
    let with = |head: &str| load("p.toml", &HEAD.replacen("year = 2023", head, 1)).unwrap();
    let days = |loaded: &Loaded| (loaded.plan.calendar.days_off.len(), loaded.plan.calendar.make_up.len());
    let plain = with("year = 2023\nholidays = 'vn'");
    assert_eq!((days(&plain), plain.warnings), ((days(&sample().unwrap())), 0));
    let own = with("year = 2023\nholidays = 'vn'\ncalendar = {days_off = [2023-07-01]}");
    assert_eq!((days(&own), own.warnings), ((1, 0), 0));
    let words = |loaded: &Loaded| loaded.remarks.iter().map(word).collect::<Vec<_>>();
    assert_eq!(words(&with("year = 2026\nholidays = 'vn'")), ["uncertain-holidays", "projected-holidays"]);
    assert_eq!(words(&with("year = 2027\nholidays = 'vn'")), ["projected-holidays", "no-holidays"]);
    assert_eq!(words(&with("year = 2023")), [""; 0]);
}

#[test]
fn the_sample_expects_its_reports() {
    let snapshot = Snapshot::new(sample().unwrap().plan.into());
    let expected = |duty: &str| {
        let reports = snapshot.items.iter().filter(|item| item.kind() == Kind::Report);
        reports.filter(|item| item.id.as_str().starts_with(&format!("report:{duty}/"))).count()
    };
    let counts: Vec<usize> = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9"].map(expected).into();
    assert_eq!(counts, [36, 36, 36, 15, 36, 20, 0, 0, 2]);
}

#[test]
fn remarks_without_end_are_counted_and_not_kept() {
    let bad: String = (0..5_000).map(|_| "[[tasks]]\nid = 'N2'\n").collect();
    let loaded = load("p.toml", &format!("{HEAD}{bad}")).unwrap();
    assert_eq!((loaded.set_aside, loaded.remarks.len()), (5_000, 1_000));
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let in_record = JSON.replacen("\"deu\": 5", &format!("\"deu\": {deep}"), 1);
    assert_eq!(load("p.json", &in_record).unwrap().plan.tasks.len(), 1);
    let _ = load("p.json", &JSON.replacen('7', &deep, 1));
    assert!(load("p.json", &deep).is_err());
    assert!(load("p.toml", &format!("{HEAD}x = {deep}")).is_err());
    assert!(load("p.toml", &format!("{HEAD}{}.x = 1", "a.".repeat(100_000))).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_cut_and_no_flipped_byte_makes_it_panic(cut in 0..40_000_usize, at in 0..40_000_usize, byte: u8, json: bool) {
        let toml = fs::read("config/plans/binh-phuoc-2023.toml").unwrap();
        let mut bytes = if json { JSON.as_bytes().to_vec() } else { toml };
        let length = bytes.len();
        bytes[at % length] ^= byte;
        bytes.truncate(length.saturating_sub(cut % length));
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(loaded) = load(if json { "p.json" } else { "p.toml" }, &text) {
            for remark in &loaded.remarks {
                let said = said(remark);
                prop_assert!(!said.chars().any(char::is_control), "{said:?}");
            }
            let written = write_json(&loaded.plan);
            prop_assert_eq!(load("again.json", &written).unwrap().plan, loaded.plan);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}|[\\[\\]{}\",:a-z0-9=\n]{0,200}", json: bool) {
        let _ = load(if json { "p.json" } else { "p.toml" }, &text);
    }
}

#[test]
fn the_schema_beside_the_plans_is_the_one_the_types_make() {
    let made = serde_json::to_string_pretty(&plan_schema()).unwrap() + "\n";
    let standing = fs::read_to_string("config/plan.schema.json").unwrap();
    assert!(standing == made, "run: cargo run --example plan_schema > config/plan.schema.json");
}

#[test]
fn the_schema_knows_what_is_needed_and_what_else_there_is() {
    let schema = plan_schema().to_value();
    assert_eq!(schema["required"], serde_json::json!(["format", "id", "timezone"]));
    let task = &schema["$defs"]["Task"];
    assert_eq!(task["required"], serde_json::json!(["id", "lead"]));
    assert_eq!(task["properties"]["due"]["format"], "date");
    assert_ne!(task["additionalProperties"], false, "what is not known is kept");
    assert_eq!(schema["properties"]["journal"]["type"], "array");
}
