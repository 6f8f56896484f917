//! The command line without a screen: the facts of the sample plan as they were counted by hand, exit codes, messages.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::ran::Run;

use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tiendo::{
    domain::look::Look,
    store::{outbox::Address, seen::Seen},
};

/// A machine on which nothing is configured.
struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        Machine { home: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command
            .args(line)
            .env_clear()
            .env("HOME", self.path())
            .env("TIENDO_DATA", self.path().join("data"))
            .env("TIENDO_ME", "dieu-phoi-1")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, line: &[&str]) -> Run {
        Run::of(self.command(line).output().unwrap())
    }

    fn json(&self, line: &[&str]) -> Value {
        let run = self.run(&[line, &["--format", "json"]].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line:?}");
        serde_json::from_str(&run.out).unwrap()
    }

    fn items(&self, line: &[&str]) -> Vec<String> {
        let list = self.json(line);
        list.as_array().unwrap().iter().map(|fact| fact["item"].as_str().unwrap().to_owned()).collect()
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn find<'a>(list: &'a Value, item: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|fact| fact["item"] == item).unwrap_or_else(|| panic!("no {item}"))
}

fn sum(counts: &Value) -> u64 {
    counts.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum()
}

#[test]
fn what_is_overdue_on_the_samples_day() {
    let machine = Machine::new();
    let overdue = machine.json(&["overdue"]);
    let mut items: Vec<&str> = overdue.as_array().unwrap().iter().map(|fact| fact["item"].as_str().unwrap()).collect();
    assert_eq!(items[0], "task:N49", "the latest first");
    items.sort_unstable();
    assert_eq!(
        items,
        [
            "report:R2/2023-H1/hccb",
            "report:R4/2023-Q3/bdo",
            "report:R4/2023-Q3/bgm",
            "report:R6/2023-H1/bdo",
            "task:N06",
            "task:N14",
            "task:N15",
            "task:N22",
            "task:N49",
            "task:N51",
            "task:N55",
        ]
    );
    let hccb = find(&overdue, "report:R2/2023-H1/hccb");
    assert_eq!(
        (&hccb["due"], &hccb["days_late"], &hccb["working_days_late"]),
        (&"2023-06-19".into(), &154.into(), &108.into())
    );
    assert_eq!(
        (&hccb["reminders"], &hccb["state"], &hccb["time"]),
        (&2.into(), &"not-started".into(), &"overdue".into())
    );
    assert!(hccb["escalation"].as_u64().unwrap() > 0);
    assert_eq!((&hccb["kind"], &hccb["duty"], &hccb["period"]), (&"report".into(), &"R2".into(), &"2023-H1".into()));
    assert_eq!(find(&overdue, "report:R6/2023-H1/bdo")["snoozed_until"], "2023-07-31");
    let bdo = find(&overdue, "report:R4/2023-Q3/bdo");
    assert_eq!((&bdo["acknowledged"], &bdo["acknowledged_by"][0]), (&true.into(), &"dieu-phoi-1".into()));
    let task = find(&overdue, "task:N55");
    assert_eq!((&task["kind"], &task["duty"], &task["state"]), (&"task".into(), &Value::Null, &"returned".into()));
}

#[test]
fn the_tasks_and_reports_of_the_sample() {
    let machine = Machine::new();
    let tasks = machine.json(&["tasks", "--lang", "en"]);
    assert_eq!(tasks.as_array().unwrap().len(), 62);
    let due = |id: &str| find(&tasks, id)["due"].as_str().map(ToOwned::to_owned);
    assert_eq!(due("task:N10").as_deref(), Some("2023-05-04"));
    assert_eq!(find(&tasks, "task:N10")["written_due"], "2023-04-30");
    assert_eq!(find(&tasks, "task:N10")["time"], "on-time");
    assert_eq!(due("task:N32").as_deref(), Some("2023-11-25"));
    assert_eq!(due("task:N61"), None);
    let n40 = find(&tasks, "task:N40");
    assert_eq!(
        (&n40["state"], &n40["time"], &n40["handed_in"]),
        (&"awaiting-confirmation".into(), &"on-time".into(), &"2023-10-31".into())
    );
    assert_eq!(find(&tasks, "task:N54")["state"], "paused");
    let n45 = find(&tasks, "task:N45");
    assert_eq!(
        (&n45["lead"], &n45["title"], &n45["days_late"]),
        (&"nv".into(), &"Consolidate the provincial Committee".into(), &0.into())
    );
    assert_eq!((&n45["coordinating"][0], &n45["progress"]), (&"ldtbxh".into(), &100.into()));

    let reports = machine.json(&["reports"]);
    // 4 × 36 + 15 + 2 × 10 + 2, three cases, and the report on N40; the one on N55 was called off.
    assert_eq!(reports.as_array().unwrap().len(), 185);
    let hq = find(&reports, "report:R2/2023-H1/hq");
    assert_eq!(
        (&hq["due"], &hq["original_due"], &hq["received"]),
        (&"2023-07-05".into(), &"2023-06-19".into(), &"2023-07-10".into())
    );
    assert_eq!((&hq["extensions"], &hq["time"], &hq["days_late"]), (&1.into(), &"late".into(), &5.into()));
    let ln = find(&reports, "report:R4/2023-Q3/ln");
    assert_eq!((&ln["received"], &ln["handed_in"]), (&Value::Null, &"2023-09-19".into()));
    assert_eq!(find(&reports, "report:R8/N40/ldtbxh")["received"], "2023-11-13");
    let r6 = find(&reports, "report:R6/2023-H1/bgm");
    assert_eq!(
        (&r6["written_due"], &r6["due"], &r6["title"]),
        (&"2023-06-17".into(), &"2023-06-19".into(), &"Báo cáo Dự án 8".into())
    );
}

#[test]
fn the_figures_are_a_partition() {
    let machine = Machine::new();
    for day in [None, Some("14/6/2023"), Some("2023-10-01")] {
        let at: Vec<&str> = day.iter().flat_map(|day| ["--at", day]).collect();
        let status = machine.json(&[&["status"], &at[..]].concat());
        assert_eq!(status["sample"], true);
        for kind in ["tasks", "reports"] {
            let figures = &status[kind];
            let total = figures["total"].as_u64().unwrap();
            for split in ["states", "times", "cells"] {
                assert_eq!(sum(&figures[split]), total, "{day:?} {kind} {split}");
            }
            let by_agency = |field: &str| -> u64 {
                status["agencies"].as_array().unwrap().iter().map(|one| one[kind][field].as_u64().unwrap()).sum()
            };
            assert_eq!(by_agency("assigned"), total);
            assert_eq!(by_agency("reached"), figures["reached"].as_u64().unwrap());
            assert_eq!(by_agency("done") + by_agency("open"), total);
            for agency in status["agencies"].as_array().unwrap() {
                assert_eq!(sum(&agency[kind]["cells"]), agency[kind]["assigned"].as_u64().unwrap(), "{}", agency["id"]);
            }
        }
        let overdue = |kind: &str| status[kind]["cells"]["overdue"].as_u64().unwrap();
        let aged: u64 = status["ageing"].as_array().unwrap().iter().map(|age| age["count"].as_u64().unwrap()).sum();
        assert_eq!(aged, overdue("tasks") + overdue("reports"));
    }
}

#[test]
fn the_figures_of_the_sample_now_and_in_june() {
    let machine = Machine::new();
    let now = machine.json(&["status"]);
    assert_eq!((&now["at"], &now["plan"]), (&"2023-11-20T08:00:00+07:00".into(), &"kh95-2023".into()));
    let tasks = &now["tasks"];
    assert_eq!((&tasks["total"], &tasks["done"], &tasks["cells"]["late"]), (&62.into(), &35.into(), &7.into()));
    assert_eq!((&tasks["cells"]["overdue"], &tasks["cells"]["paused"]), (&7.into(), &1.into()));
    let reports = &now["reports"];
    assert_eq!((&reports["total"], &reports["done"], &reports["cells"]["late"]), (&185.into(), &96.into(), &15.into()));
    assert_eq!((&reports["cells"]["overdue"], &reports["cancelled"]), (&4.into(), &1.into()));
    let june = machine.json(&["status", "--at", "14/6"]);
    assert_eq!(june["at"], "2023-06-14T23:59:59+07:00");
    // Every plan of a unit, three of them late, and the case of May; nothing overdue but N49.
    let (tasks, reports) = (&june["tasks"], &june["reports"]);
    assert_eq!((&reports["total"], &reports["done"], &reports["cells"]["late"]), (&182.into(), &37.into(), &3.into()));
    assert_eq!((&tasks["cells"]["overdue"], &reports["cells"]["overdue"]), (&1.into(), &0.into()));
    assert_eq!(machine.items(&["overdue", "--at", "14/6/2023"]), ["task:N49"]);
}

#[test]
fn campaigns_count_down() {
    let machine = Machine::new();
    let campaigns = machine.json(&["campaigns"]);
    let order: Vec<&str> = campaigns.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(order, ["C1", "C9", "C10", "C8", "C7", "C6", "C5", "C2", "C4", "C3"]);
    let running = find(&campaigns, "campaign:C1");
    assert_eq!((&running["phase"], &running["day"], &running["days"]), (&"running".into(), &6.into(), &31.into()));
    assert_eq!((&running["days_left"], &running["from"]), (&25.into(), &"2023-11-15".into()));
    let coming = find(&campaigns, "campaign:C9");
    assert_eq!((&coming["phase"], &coming["day"]), (&"coming".into(), &Value::Null));
    assert_eq!((&coming["days_left"], &coming["working_days_left"]), (&5.into(), &4.into()));
    let milestones = coming["milestones"].as_array().unwrap();
    assert!(milestones.iter().any(|milestone| milestone["done_on"] == "2023-11-17" && milestone["done"] == true));
    assert_eq!(machine.items(&["campaigns", "--agency", "tp"]), ["campaign:C8"]);
}

#[test]
fn the_journal_is_newest_first_and_can_be_narrowed() {
    let machine = Machine::new();
    let journal = machine.json(&["journal"]);
    let places: Vec<u64> = journal.as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
    assert!(places.len() > 300 && places.is_sorted_by(|a, b| a > b));
    let of_hq = machine.json(&["journal", "--item", "report:R2/2023-H1/hq", "--by", "dieu-phoi-1"]);
    let verbs: Vec<&str> = of_hq.as_array().unwrap().iter().map(|entry| entry["verb"].as_str().unwrap()).collect();
    assert!(verbs.ends_with(&["extend", "remind", "remind"]), "{verbs:?}");
    let extend = machine.json(&["journal", "--verb", "extend", "--limit", "1"]);
    assert_eq!((&extend[0]["until"], &extend[0]["document"]), (&"2023-07-05".into(), &"112/LĐTBXH-BĐG".into()));
    let until_june = machine.json(&["journal", "--at", "14/6/2023"]);
    assert!(until_june.as_array().unwrap().iter().all(|entry| entry["at"].as_str().unwrap() < "2023-06-14T17:00:00Z"));
    let of_june = machine.json(&["journal", "--since", "1/6/2023", "--at", "30/6/2023"]);
    let days = of_june.as_array().unwrap().iter().map(|entry| entry["at"].as_str().unwrap().to_owned());
    assert!(!of_june.as_array().unwrap().is_empty());
    assert!(days.into_iter().all(|at| ("2023-05-31T17:00:00Z".."2023-06-30T17:00:00Z").contains(&at.as_str())));
    let led: Vec<String> = machine.items(&["tasks", "--agency", "hccb"]);
    let of_hccb = machine.items(&["journal", "--agency", "hccb"]);
    assert!(!of_hccb.is_empty() && of_hccb.iter().all(|item| item.ends_with("/hccb") || led.contains(item)));
}

#[test]
fn the_journal_of_a_day_knows_no_later_reversal_and_reads_no_more_than_is_asked_for() {
    let machine = Machine::new();
    let plan = "format = \"tiendo-plan/1\"\nid = \"p\"\ntimezone = \"UTC\"\n[[agencies]]\nid = \"a\"\nkind = \"department\"\n[[tasks]]\nid = \"N1\"\nlead = \"a\"\ndue = 2023-10-31\n";
    let file = machine.file("p.toml", plan);
    let entry = |number: u8, day: u8, more: &str| {
        format!(
            r#"{{"id":"01871263-e7b0-7000-8000-00000000000{number}","item":"task:N1","on":"2023-03-{day}","at":"2023-03-{day}T06:00:00Z",{more}}}"#
        )
    };
    let journal = [
        entry(1, 10, r#""verb":"submit""#),
        entry(2, 20, r#""verb":"reverse","reverses":"01871263-e7b0-7000-8000-000000000001""#),
        entry(3, 21, r#""verb":"note","note":"x","nots":1"#),
        entry(4, 22, r#""verb":"note""#).replace("N1", "N2"),
    ];
    machine.file("p.journal.jsonl", &journal.join("\n"));
    let imported = machine.run(&["import", &file, "--yes", "--lang", "en"]);
    assert_eq!((imported.code, imported.err.as_str()), (0, ""), "a plan needs no year");
    for said in [
        "p.journal.jsonl:3: ",
        "“nots” is not known; did you mean “note”?",
        "p.journal.jsonl:4: ",
        "1 records set aside",
        "3 entries taken in",
    ] {
        assert!(imported.out.contains(said), "{said}: {}", imported.out);
    }
    let journal = |line: &[&str]| machine.run(&[&["journal", "--lang", "en"], line].concat()).out;
    assert!(journal(&[]).contains("(taken back)"), "{}", journal(&[]));
    assert!(!journal(&["--at", "15/3/2023"]).contains("(taken back)"), "{}", journal(&["--at", "15/3/2023"]));
    assert!(journal(&["--at", "20/3/2023"]).contains("(taken back)"));
    let newest = |line: &[&str]| {
        let list = machine.json(&[&["journal"], line].concat());
        list.as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((newest(&["--limit", "2"]), newest(&["--limit", "2", "--agency", "a"])), (vec![4, 3], vec![4, 3]));
    assert_eq!(newest(&["--limit", "0"]), [0; 0]);
    assert_eq!(newest(&["--item", "task:N1", "--verb", "extend"]), [0; 0], "it is there, and nothing was said");
}

#[test]
fn ascii_tables_have_no_signs_but_those_of_ascii() {
    let machine = Machine::new();
    for list in ["status", "tasks", "reports", "overdue", "campaigns", "journal"] {
        for format in ["table", "md"] {
            let table = machine.run(&[list, "--ascii", "--format", format]).out;
            let signs: String = table.chars().filter(|letter| !letter.is_ascii() && !letter.is_alphabetic()).collect();
            assert_eq!(signs, "", "{list} {format}");
        }
    }
}

#[test]
fn a_filter_and_an_agency_narrow_every_list() {
    let machine = Machine::new();
    assert_eq!(machine.items(&["overdue", "--agency", "bgm", "--filter", "kind:report"]), ["report:R4/2023-Q3/bgm"]);
    assert_eq!(machine.items(&["reports", "--filter", "bù đốp tre>100"]), ["report:R6/2023-H1/bdo"]);
    assert_eq!(machine.items(&["reports", "--filter", "\"bù đốp\" status:overdue acked"]), ["report:R4/2023-Q3/bdo"]);
    let status = machine.json(&["status", "--agency", "bdo"]);
    let agencies = status["agencies"].as_array().unwrap();
    assert_eq!((agencies.len(), &agencies[0]["id"]), (1, &"bdo".into()));
    assert_eq!(status["tasks"]["total"], 1);
}

#[test]
fn exit_codes_say_how_it_ended() {
    let machine = Machine::new();
    let code = |line: &[&str]| machine.run(line).code;
    assert_eq!(code(&["overdue", "--fail-if-any"]), 6);
    assert_eq!(code(&["overdue", "--fail-if-any", "--agency", "ctk"]), 0);
    assert_eq!(code(&["status", "--fail-if-any"]), 6);
    assert_eq!(code(&["status", "--fail-if-any", "--at", "2023-04-01"]), 0);
    assert_eq!(code(&["--version"]), 0);
    assert_eq!(code(&["stauts"]), 2);
    assert_eq!(code(&["status", "--lang", "fr"]), 2);
    assert_eq!(code(&["import", "/nonexistent.toml", "--yes"]), 1);
    assert_eq!(code(&["import", "/nonexistent.toml", "--yes", "--read-only"]), 4);
    let config = machine.file("c.toml", "[[source]]\nname = \"office\"\npath = \"/nonexistent/ledger.db\"\n");
    assert_eq!(code(&["status", "--config", &config]), 3);
    assert_eq!(code(&["status", "--config", &config, "--source", "sample"]), 0);
}

#[test]
fn a_ledger_that_cannot_be_looked_at_is_never_taken_for_the_sample() {
    let machine = Machine::new();
    std::fs::write(machine.path().join("data"), "a file where the directory should be").unwrap();
    let run = machine.command(&["status"]).output().unwrap();
    assert_ne!(run.status.code(), Some(0));
    assert!(run.stdout.is_empty(), "no figures of the sample");
}

#[test]
fn what_is_not_understood_is_told_with_the_nearest_and_exits_with_2() {
    let machine = Machine::new();
    let config = machine.file("bad.toml", "theme = \"dark\"\nlangauge = \"vi\"\n");
    for (line, said) in [
        (&["tasks", "--agency", "hcb"][..], "hccb"),
        (&["tasks", "--filter", "stauts:overdue"], "status"),
        (&["tasks", "--filter", "status:overdeu"], "overdue"),
        (&["tasks", "--filter", "late>x"], "late"),
        (&["tasks", "--at", "31/2/2023"], "31/2/2023"),
        (&["tasks", "--plan", "kh96-2023"], "kh95-2023"),
        (&["tasks", "--source", "sampel"], "sample"),
        (&["tasks", "--theme", "drak"], "dark"),
        (&["journal", "--verb", "remid"], "remind"),
        (&["journal", "--item", "N14"], "task:N14"),
        (&["journal", "--item", "task:N999"], "task:N999"),
        (&["journal", "--item", "report:R2/2023-H1/hqq"], "report:R2/2023-H1/hq"),
        (&["journal", "--filter", "agency:hcb"], "hccb"),
        (&["tasks", "--filter", "agency:zzz"], "zzz"),
        (&["reports", "--filter", "-duty:R44"], "R4"),
        (&["reports", "--filter", "period:2023-H3"], "2023-h3"),
        (&["tasks", "--filter", "programme:P-CLL"], "P-CL"),
        (&["tasks", "--filter", "campaign:c11x"], "c11x"),
        (&["tasks", "--filter", "id:task:N999"], "n999"),
        (&["journal", "--since", "31/2"], "31/2"),
        (&["tasks", "--filter", "by:me"], "journal only"),
        (&["demo", "--at", "soon"], "soon"),
        (&["tasks", "--config", &config], "bad.toml:2: there is no option “langauge”; did you mean “language”?"),
        (&["tasks", "--config", "/nonexistent.toml"], "/nonexistent.toml"),
    ] {
        let run = machine.run(&[line, &["--lang", "en"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line:?}");
        assert!(run.err.starts_with("tiendo: ") && run.err.contains(said), "{line:?}: {}", run.err);
    }
}

#[test]
fn tables_say_that_the_data_are_a_sample() {
    let machine = Machine::new();
    for (lang, sample) in [("vi", "dữ liệu minh họa"), ("en", "sample data")] {
        for list in ["status", "tasks", "reports", "overdue", "campaigns", "journal"] {
            let table = machine.run(&[list, "--lang", lang]).out;
            assert!(table.lines().any(|line| line == sample), "{list}");
            assert!(!table.contains('\u{1b}') && !table.contains("cli-"), "{list}");
            let markdown = machine.run(&[list, "--lang", lang, "--format", "md"]).out;
            assert!(markdown.starts_with("# ") && markdown.contains(sample), "{list}");
            assert!(markdown.lines().filter(|line| line.starts_with('|')).count() > 2, "{list}");
        }
    }
}

#[test]
fn csv_has_the_fields_of_json_and_does_not_run() {
    let machine = Machine::new();
    for list in ["tasks", "reports", "overdue", "campaigns"] {
        let csv = machine.run(&[list, "--format", "csv"]).out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let mut headings: Vec<String> = reader.headers().unwrap().iter().map(ToOwned::to_owned).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let json = machine.json(&[list]);
        assert_eq!(rows.len(), json.as_array().unwrap().len(), "{list}");
        let mut fields: Vec<String> = json[0].as_object().unwrap().keys().cloned().collect();
        headings.sort();
        fields.sort();
        assert_eq!(headings, fields, "{list}");
    }
    let csv = machine.run(&["status", "--format", "csv"]).out;
    assert!(csv.starts_with("id,name,tasks_assigned,tasks_reached,") && csv.contains(",tasks_on_time,"));
    assert_eq!(csv.lines().count(), 38);
    let journal = machine.run(&["journal", "--format", "csv"]).out;
    assert!(journal.starts_with("seq,id,item,verb,on,at,by,") && journal.contains("\r\n"));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let machine = Machine::new();
    let mut child = machine.command(&["journal", "--format", "json"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_plan_is_imported_amended_and_then_shown_instead_of_the_sample() {
    let machine = Machine::new();
    let plan = fs::read_to_string("config/plans/binh-phuoc-2023.toml").unwrap();
    let own = plan.replace("id = \"kh95-2023\"", "id = \"own-2023\"").replace("sample = true", "sample = false");
    let file = machine.file("own.toml", &own);
    fs::copy("config/plans/binh-phuoc-2023.journal.jsonl", machine.path().join("own.journal.jsonl")).unwrap();
    let asked = machine.run(&["import", &file]);
    assert_eq!(asked.code, 4, "nobody is there to say yes");
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    let imported = machine.run(&["import", &file, "--yes", "--lang", "en"]);
    assert_eq!((imported.code, imported.err.as_str()), (0, ""));
    assert!(imported.out.contains("own-2023: laid down."), "{}", imported.out);
    let status = machine.json(&["status", "--at", "20/11/2023"]);
    assert_eq!((&status["plan"], &status["sample"]), (&"own-2023".into(), &false.into()));
    assert_eq!((&status["tasks"]["done"], &status["reports"]["cells"]["overdue"]), (&35.into(), &4.into()));

    let amended = own.replace("id = \"N62\"", "id = \"N63\"");
    let again = machine.run(&["import", &machine.file("own.toml", &amended), "--yes", "--lang", "en"]);
    assert!(again.out.contains("  + task N63\n  - task N62\n"), "{}", again.out);
    assert!(again.out.contains("own-2023: amended. Journal: 0 entries taken in"), "{}", again.out);
    let tasks = machine.items(&["tasks"]);
    assert!(tasks.contains(&"task:N63".into()) && !tasks.contains(&"task:N62".into()));
}

#[test]
fn what_changed_since_the_samples_last_look() {
    let machine = Machine::new();
    let case = "report:R7/018bd5d6-7a88-7000-8000-000000000168/dx";
    let all = ["task:N15", case, "milestone:C9/M2", "task:N30", "task:N17", "task:N60"];
    assert_eq!(machine.items(&["changes"]), all);
    assert_eq!(machine.items(&["changes", "--since", "2023-11-15T16:30"]), all);
    assert_eq!(machine.items(&["changes", "--since", "2023-11-15T09:30:00Z"]), all);
    assert_eq!(machine.items(&["changes", "--since", "1d"]), ["task:N60"]);
    assert_eq!(machine.items(&["changes", "--since", "17/11", "--by", "dau-moi-bptv"]), ["task:N17"]);
    assert_eq!(machine.items(&["changes", "--agency", "dx"]), [case]);
    assert_eq!(machine.items(&["changes", "--filter", "status:overdue"]), ["task:N15"]);
    assert_eq!(machine.items(&["changes", "--at", "16/11"]), ["task:N15", "milestone:C9/M2", case, "task:N30"]);
    assert_eq!(machine.items(&["changes", "--at", "14/11"]), [""; 0]);
    let code = |line: &[&str]| machine.run(line).code;
    assert_eq!(code(&["changes", "--fail-if-any"]), 6);
    assert_eq!(code(&["changes", "--since", "0h", "--fail-if-any"]), 0);
    assert_eq!(code(&["changes", "--since", "31/2"]), 2);
    assert!(machine.run(&["changes", "--format", "csv"]).out.starts_with("change,item,kind,agency,title,on,recorded,"));
    assert!(!machine.path().join("data").exists(), "reading makes no file");
}

#[tokio::test]
async fn what_changed_since_ones_own_last_look() {
    let machine = Machine::new();
    let plan = fs::read_to_string("config/plans/binh-phuoc-2023.toml").unwrap();
    let file = machine.file("own.toml", &plan.replace("sample = true", "sample = false"));
    assert_eq!(machine.run(&["import", &file, "--yes"]).code, 0);
    let never = machine.run(&["changes", "--lang", "en", "--format", "json"]);
    assert_eq!((never.code, never.out.trim()), (0, "[]"));
    assert!(never.err.contains("there was no look yet"), "{}", never.err);
    let ledger = machine.path().join("data/ledger.db").canonicalize().unwrap();
    let address =
        |by: &str| Address { source: ledger.to_str().unwrap().into(), plan: "kh95-2023".into(), by: by.into() };
    let look = Look { at: Timestamp::now(), cursor: Some(1) };
    for by in ["dieu-phoi-1", "dieu-phoi-2"] {
        let seen = Seen::open(&machine.path().join("data/seen.db"), address(by)).await.unwrap();
        seen.keep(look).await.unwrap();
    }
    assert_eq!(machine.items(&["changes"]), [""; 0]);
    assert_eq!(machine.run(&["act", "note", "N14", "--note", "một"]).code, 0);
    assert_eq!(machine.items(&["changes"]), [""; 0], "my own act is no news");
    let other = machine.command(&["changes", "--format", "csv"]).env("TIENDO_ME", "dieu-phoi-2").output().unwrap();
    let other = String::from_utf8(other.stdout).unwrap();
    assert!(other.contains("noted,task:N14,task,lhpn,"), "{other}");
}

#[test]
fn check_says_what_is_wrong_and_how_to_mend_it() {
    let machine = Machine::new();
    let good = machine.run(&["check", "--lang", "en"]);
    assert_eq!(good.code, 0, "{}", good.out);
    assert!(good.out.contains("the sample plan") && good.out.contains("39 agencies, 62 tasks"), "{}", good.out);
    let config = machine.file("bad.toml", "due_soon_working_days = \"x\"\n");
    let bad = machine.run(&["check", "--config", &config, "--lang", "en"]);
    assert_eq!(bad.code, 2);
    assert!(
        bad.out.contains("bad.toml:1: “due_soon_working_days” is \"x\", and should be a whole number"),
        "{}",
        bad.out
    );
    assert!(bad.out.contains("1 | due_soon_working_days") && bad.out.contains("^^^"), "{}", bad.out);
    let agency = machine.file("agency.toml", "agency = \"nobody\"\n");
    assert_eq!(machine.run(&["check", "--config", &agency]).code, 2);
    let plan = machine.file("plan.toml", "format = \"tiendo-plan/1\"\nid = \"x\"\nyear = 2023\ntimezone = \"UTC\"\n\n[[tasks]]\nid = \"N1\"\ntitle = \"T\"\n");
    for line in [["check", plan.as_str()].to_vec(), ["check", "--plan-file", plan.as_str()].to_vec()] {
        let run = machine.run(&[&line[..], &["--lang", "en"]].concat());
        assert_eq!(run.code, 1);
        assert!(run.out.contains("plan.toml:6: tasks.N1") && run.out.contains("“lead” is missing"), "{}", run.out);
    }
    assert_eq!(machine.run(&["check", "/nonexistent.toml"]).code, 1);
}

#[test]
fn completions_and_the_manual_are_made_from_the_command_line_itself() {
    let machine = Machine::new();
    for shell in ["bash", "zsh", "fish"] {
        let run = machine.run(&["completions", shell]);
        assert!(run.code == 0 && run.out.contains("tiendo"), "{shell}");
    }
    let manual = machine.run(&["man"]);
    assert!(manual.code == 0 && manual.out.contains(".TH tiendo 1"), "{}", manual.out);
}
