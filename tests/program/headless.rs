//! Without a screen: columns, order, following a list, schemas against what is really printed, the digest, what check says.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::{
    post::{HangUp, Stub},
    ran::Run,
};
use boon::{Compiler, Schemas};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        Machine { home: tempfile::tempdir().unwrap() }
    }

    /// One with a plan laid down: a task long overdue, one due in years, one that is done.
    fn laid_down() -> Self {
        let machine = Machine::new();
        let plan = serde_json::json!({
            "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
            "title": {"vi": "Kế hoạch mẫu <b>", "en": "Sample plan <b>"},
            "agencies": [{"id": "a", "kind": "department", "short": {"vi": "Sở A", "en": "Office A"}}],
            "tasks": [
                {"id": "N1", "lead": "a", "due": "2023-05-10", "title": {"vi": "Tập huấn", "en": "Training"}},
                {"id": "N2", "lead": "a", "due": "2099-05-11", "title": {"vi": "Hội nghị", "en": "Meeting"}},
            ],
        });
        machine.write("plan.json", &plan.to_string());
        let file = machine.path("plan.json");
        assert_eq!(machine.run(&["import", &file, "--yes"]).code, 0);
        machine
    }

    fn path(&self, name: &str) -> String {
        self.home.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command
            .args(line)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("TIENDO_CONFIG", self.home.path().join("tiendo.toml"))
            .env("TIENDO_ME", "dieu-phoi-1")
            .env("TIENDO_LANG", "en")
            .env("MAIL_TOKEN", "x")
            .stdin(Stdio::null());
        if !self.home.path().join("tiendo.toml").exists() {
            command.env_remove("TIENDO_CONFIG");
        }
        command
    }

    fn run(&self, line: &[&str]) -> Run {
        Run::of(self.command(line).output().unwrap())
    }

    fn json(&self, line: &[&str]) -> Value {
        let run = self.run(line);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{line:?}: {error}: {}{}", run.out, run.err))
    }
}

const LISTS: [&str; 8] = ["status", "tasks", "reports", "overdue", "campaigns", "trend", "journal", "changes"];

/// Every object may have no more than is said of it: what is printed and not in the schema is found too.
fn closed(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(closed);
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".into(), false.into());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(closed),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The fault of `value`, where it is none of what the schema says.
fn fault(machine: &Machine, schema: &[&str], values: &[Value]) -> Option<String> {
    let mut schema = machine.json(&[&["schema"], schema].concat());
    closed(&mut schema);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("http://schema/it.json", schema).unwrap();
    let it = compiler.compile("http://schema/it.json", &mut schemas).unwrap();
    values.iter().find_map(|value| schemas.validate(value, it).err().map(|error| format!("{error:#}")))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_every_command_prints_as_json_is_what_its_schema_says() {
    let machine = Machine::new();
    for list in LISTS {
        let whole = machine.json(&[list, "--format", "json"]);
        assert_eq!(fault(&machine, &[list], std::slice::from_ref(&whole)), None, "{list}");
        let rows = lines(&machine.run(&[list, "--format", "jsonl"]).out);
        assert!(!rows.is_empty(), "{list}");
        assert_eq!(fault(&machine, &[list, "--lines"], &rows), None, "{list}");
    }
    for line in [&["digest", "--since", "30d", "--due-within", "20"][..], &["digest", "--agency", "ctk"]] {
        let digest = machine.json(&[line, &["--format", "json"]].concat());
        assert_eq!(fault(&machine, &["digest"], &[digest]), None);
    }
    assert_eq!(fault(&machine, &["check"], &[machine.json(&["check", "--json"])]), None);
    let acts = machine.json(&["act", "note", "N14", "--note", "x", "--dry-run", "--format", "json"]);
    assert_eq!(fault(&machine, &["act"], &[acts]), None);
    assert_eq!(fault(&machine, &["remind"], &[machine.json(&["remind", "--format", "json"])]), None);
    let own = Machine::laid_down();
    assert_eq!(own.run(&["token", "add", "mau", "--role", "viewer"]).code, 0);
    assert_eq!(fault(&own, &["token"], &[own.json(&["token", "list", "--format", "json"])]), None);
    let done = own.json(&["act", "progress", "N2", "--percent", "40", "--format", "json"]);
    assert_eq!(fault(&own, &["act"], &[done]), None);
    let asked = followed_and_renamed();
    assert_eq!(fault(&asked, &["questions"], &[asked.json(&["questions", "--json"])]), None);
    // The guard is one: what is not said of a row is found.
    let mut row = lines(&machine.run(&["overdue", "--format", "jsonl"]).out).remove(0);
    row["more"] = 1.into();
    assert!(fault(&machine, &["overdue", "--lines"], &[row]).is_some());
}

/// A machine that follows a workbook in which a row, of which something was done, is called altogether otherwise now.
fn followed_and_renamed() -> Machine {
    let machine = Machine::new();
    let file = |name: &str| machine.home.path().join(name);
    let config = format!("[[source]]\nname = \"a\"\nkind = \"sheet\"\npath = {:?}\n", file("a.csv"));
    fs::write(file("tiendo.toml"), config).unwrap();
    let rows = "Nhiệm vụ;Chủ trì;Hạn\nRà soát quy hoạch;Sở Nội vụ;20/6/2023\nTập huấn;Sở Tư pháp;20/7/2023\n";
    fs::write(file("a.csv"), rows).unwrap();
    let tasks = machine.json(&["tasks", "--format", "json"]);
    let of_review = tasks.as_array().unwrap().iter().find(|task| task["title"] == "Rà soát quy hoạch").unwrap();
    assert_eq!(machine.run(&["act", "note", of_review["id"].as_str().unwrap(), "--note", "x"]).code, 0);
    fs::write(file("a.csv"), rows.replace("Rà soát quy hoạch", "Việc khác hẳn")).unwrap();
    machine
}

#[test]
fn what_a_workbook_asks_is_listed_and_answered_without_a_screen() {
    let machine = followed_and_renamed();
    let asked = machine.json(&["questions", "--json"]);
    let [ask] = asked.as_array().unwrap().as_slice() else { panic!("{asked}") };
    let (question, former) = (ask["question"].as_str().unwrap(), ask["answers"][0]["answer"].as_str().unwrap());
    assert!(ask["asked"].as_str().unwrap().contains("Việc khác hẳn"), "{ask}");
    let listed = machine.run(&["questions"]).out;
    assert!(listed.contains(question) && listed.contains(&format!("--answer {former}")), "{listed}");
    let wrong = machine.run(&["questions", question, "--answer", "yes"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains(former) && wrong.err.contains("new"), "{}", wrong.err);
    assert_eq!(machine.run(&["questions", "00000000", "--answer", "new"]).code, 2);
    assert_eq!(machine.run(&["questions", question, "--answer", "new", "--read-only"]).code, 4);
    assert_eq!(machine.run(&["questions", question, "--answer", former]).code, 0);
    assert_eq!(machine.json(&["questions", "--json"]), Value::Array(Vec::new()));
    let tasks = machine.json(&["tasks", "--format", "json"]);
    assert!(tasks.as_array().unwrap().iter().any(|task| task["id"] == former.trim_start_matches("task:")));
}

#[test]
fn columns_are_chosen_named_alike_in_every_format_and_strange_ones_told_with_the_nearest() {
    let machine = Machine::new();
    let chosen = ["overdue", "--columns", "item,status,days_late", "--agency", "bgm"];
    let rows = machine.json(&[&chosen[..], &["--format", "json"]].concat());
    let fields: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["days_late", "item", "status"]);
    assert_eq!((&rows[0]["item"], &rows[0]["days_late"]), (&"report:R4/2023-Q3/bgm".into(), &62.into()));
    let csv = machine.run(&[&chosen[..], &["--format", "csv"]].concat()).out;
    assert!(csv.starts_with("item,status,days_late\r\nreport:R4/2023-Q3/bgm,"), "{csv}");
    let table = machine.run(&chosen).out;
    assert!(table.lines().any(|line| line.starts_with("report:R4/2023-Q3/bgm  ")), "{table}");
    let status = machine.json(&["status", "--columns", "id,tasks_overdue", "--agency", "bdo", "--format", "json"]);
    assert_eq!(status["agencies"], serde_json::json!([{"id": "bdo", "tasks_overdue": 1}]));
    assert_eq!(status["tasks"]["total"], 1, "what stands around the rows stays");
    let wrong = machine.run(&["overdue", "--columns", "agecy,titel,due", "--sort", "-days_lat"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    for said in
        ["“agecy”; did you mean “agency”?", "“titel”; did you mean “title”?", "did you mean “days_late”?", "columns: "]
    {
        assert!(wrong.err.contains(said), "{said}: {}", wrong.err);
    }
}

#[test]
fn a_list_is_sorted_by_values_texts_as_the_language_has_them_and_what_has_none_last() {
    let machine = Machine::new();
    let column = |line: &[&str], name: &str| {
        let rows = machine.json(&[line, &["--columns", name, "--format", "json"]].concat());
        rows.as_array().unwrap().iter().map(|row| row[name].clone()).collect::<Vec<Value>>()
    };
    let late: Vec<i64> =
        column(&["overdue", "--sort", "days_late"], "days_late").iter().map(|n| n.as_i64().unwrap()).collect();
    assert!(late.len() == 11 && late.is_sorted(), "{late:?}");
    let back: Vec<i64> =
        column(&["overdue", "--sort", "-days_late"], "days_late").iter().map(|n| n.as_i64().unwrap()).collect();
    assert!(back.iter().rev().is_sorted(), "{back:?}");
    for by in ["due", "-due"] {
        let dues = column(&["tasks", "--sort", by], "due");
        let first_none = dues.iter().position(Value::is_null).unwrap();
        assert!(first_none > 0 && dues[first_none..].iter().all(Value::is_null), "{by}");
    }
    let agencies = column(&["overdue", "--sort", "agency,-days_late", "--lang", "vi"], "agency");
    let names: Vec<&str> = agencies.iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["bda", "bdo", "bdo", "bdo", "bgm", "bgm", "hccb", "lhpn", "ln", "mttq", "ldtbxh"],
        "by name: Bù Đăng before Bù Đốp, Hội before Lộc"
    );
}

#[test]
fn a_table_is_whole_in_a_pipe_and_never_has_an_escape_byte() {
    let machine = Machine::new();
    for list in LISTS {
        let table = machine.run(&[list, "--lang", "vi"]).out;
        assert!(!table.contains('…') && !table.contains('\u{1b}'), "{list}: {table}");
    }
}

/// A program that goes on until it is told, and what it prints.
struct Watching {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Watching {
    fn start(machine: &Machine, line: &[&str]) -> Self {
        let mut child = machine.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Watching { child, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended");
        line
    }

    fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.child.id().cast_signed()).unwrap(), signal).unwrap();
    }

    /// The code it ends with, by itself.
    fn ended(mut self) -> (Option<i32>, String) {
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), err)
    }
}

#[test]
fn a_list_that_is_followed_tells_each_change_in_a_line_and_ends_as_it_is_told() {
    let machine = Machine::laid_down();
    let mut watching = Watching::start(&machine, &["tasks", "--watch", "--format", "jsonl"]);
    let first = [watching.json(), watching.json()];
    assert!(first.iter().all(|line| line["change"] == "present"), "{first:?}");
    assert_eq!(machine.run(&["act", "progress", "N2", "--percent", "40"]).code, 0);
    let changed = watching.json();
    assert_eq!(
        (&changed["change"], &changed["row"]["id"], &changed["row"]["progress"]),
        (&"changed".into(), &"N2".into(), &40.into())
    );
    assert_eq!(fault(&machine, &["tasks", "--watch"], &[first[0].clone(), changed]), None);
    watching.signal(Signal::TERM);
    assert_eq!(watching.ended(), (Some(143), String::new()));

    let mut overdue = Watching::start(&machine, &["overdue", "--watch", "--format", "jsonl", "--columns", "item"]);
    assert_eq!(overdue.json()["row"], serde_json::json!({"item": "task:N1"}));
    assert_eq!(machine.run(&["act", "done", "N1"]).code, 0);
    assert_eq!(overdue.json()["change"], "removed");
    overdue.signal(Signal::INT);
    assert_eq!(overdue.ended().0, Some(130));
}

#[test]
fn a_table_that_is_followed_is_printed_whole_again_and_ends_quietly_when_nobody_reads_it() {
    let machine = Machine::laid_down();
    let mut watching = Watching::start(&machine, &["tasks", "--watch"]);
    let read = |watching: &mut Watching, wanted: &str| while !watching.line().contains(wanted) {};
    read(&mut watching, "N2");
    assert_eq!(machine.run(&["act", "progress", "N2", "--percent", "40"]).code, 0);
    read(&mut watching, "N1");
    read(&mut watching, "40%");
    let Watching { mut child, out } = watching;
    // Nothing changes any more: that the reader is gone has to be seen by itself.
    drop(out);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn what_is_followed_costs_nothing_while_nothing_changes() {
    let machine = Machine::laid_down();
    let mut watching = Watching::start(&machine, &["tasks", "--watch", "--format", "jsonl"]);
    watching.json();
    let stat = format!("/proc/{}/stat", watching.child.id());
    let ticks = || {
        let stat = fs::read_to_string(&stat).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    };
    if !std::path::Path::new(&stat).exists() {
        return;
    }
    let before = ticks();
    // While others work for some seconds, it has next to nothing to do.
    for _ in 0..10 {
        assert_eq!(machine.run(&["status"]).code, 0);
    }
    assert!(ticks() - before < 20, "a fifth of a second of work for nothing");
    watching.signal(Signal::TERM);
    watching.ended();
}

#[test]
fn following_takes_no_other_day_and_no_format_that_cannot_be_told_again() {
    let machine = Machine::new();
    for line in [
        &["tasks", "--watch", "--format", "json"][..],
        &["tasks", "--watch", "--format", "csv"],
        &["tasks", "--watch", "--at", "14/6"],
    ] {
        let run = machine.run(line);
        assert!(run.code == 2 && run.out.is_empty() && run.err.starts_with("tiendo: "), "{line:?}: {}", run.err);
    }
}

#[test]
fn the_digest_of_the_samples_day_is_what_was_counted_by_hand() {
    let machine = Machine::new();
    let digest = machine.json(&["digest", "--since", "15/11", "--due-within", "5", "--format", "json"]);
    let items = |part: &str| -> Vec<String> {
        digest[part].as_array().unwrap().iter().map(|row| row["item"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(items("overdue"), ["task:N15"], "due on the 15th, late since the 16th");
    assert_eq!(digest["overdue"][0]["days_late"], 5);
    assert!(items("arrived").contains(&"milestone:C9/M2".to_owned()), "{:?}", items("arrived"));
    assert_eq!(digest["until"], "2023-11-27");
    assert!(
        digest["due"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| ("2023-11-20"..="2023-11-27").contains(&row["due"].as_str().unwrap()))
    );
    assert!(items("due").contains(&"report:R7/018bd5d6-7a88-7000-8000-000000000168/dx".to_owned()));
    let hccb = digest["steps"].as_array().unwrap().iter().find(|row| row["item"] == "report:R2/2023-H1/hccb").unwrap();
    assert_eq!((&hccb["verb"], &hccb["days_late"]), (&"escalate".into(), &154.into()));
    let all = machine.json(&["overdue", "--format", "json"]);
    let all: Vec<&Value> = all.as_array().unwrap().iter().map(|row| &row["item"]).collect();
    assert!(
        items("steps").iter().all(|item| all.contains(&&Value::from(item.as_str()))),
        "only what is overdue is chased"
    );
    assert!(items("steps").len() < all.len(), "what stands on the last rung, or whose day has not come, is not");
}

#[test]
fn the_digest_is_text_markdown_and_a_page_fit_for_mail_in_both_languages() {
    let machine = Machine::new();
    for (lang, overdue, none) in [("vi", "Mới quá hạn", ": không có"), ("en", "Newly overdue", ": none")] {
        let of =
            |format: &str, since: &str| machine.run(&["digest", "--lang", lang, "--since", since, "--format", format]);
        let text = of("text", "15/11").out;
        assert!(text.contains(&format!("\n{overdue}: 1\n- ")), "{text}");
        let markdown = of("md", "15/11").out;
        assert!(markdown.starts_with("# ") && markdown.contains(&format!("\n## {overdue}: 1\n")), "{markdown}");
        let page = of("html", "15/11").out;
        assert!(page.starts_with("<!DOCTYPE html>\n") && page.contains(&format!("<html lang=\"{lang}\">")), "{page}");
        for forbidden in ["<script", "<style", "<link", "<img", "http://", "https://", "class=", "digest-", "cli-"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        let quiet = machine.run(&["digest", "--lang", lang, "--since", "0h", "--due-within", "0", "--agency", "ctk"]);
        assert_eq!(quiet.out.matches(none).count(), 4, "each empty part in a line: {}", quiet.out);
    }
    let sent = |more: &[&str]| {
        let line = [&["digest", "--since", "0h", "--due-within", "0", "--agency", "ctk"][..], more].concat();
        let run = machine.run(&line);
        (run.code, run.out.is_empty())
    };
    assert_eq!(sent(&["--quiet-if-nothing"]), (0, true));
    assert_eq!(sent(&["--quiet-if-nothing", "--fail-if-any"]), (0, true));
    assert_eq!(machine.run(&["digest", "--since", "15/11", "--fail-if-any"]).code, 6);
    assert_eq!(machine.run(&["digest", "--since", "31/2"]).code, 2);
    assert_eq!(machine.run(&["digest", "--mail", "a@mau.invalid"]).code, 4, "the sample is mailed to nobody");
}

#[test]
fn the_digest_tells_ones_own_acts_too_and_is_mailed_once_through_the_mail_that_is_set_up() {
    let machine = Machine::laid_down();
    assert_eq!(machine.run(&["act", "done", "N1"]).code, 0);
    let digest = machine.json(&["digest", "--since", "1h", "--format", "json"]);
    assert_eq!(
        (&digest["arrived"][0]["item"], &digest["arrived"][0]["by"]),
        (&"task:N1".into(), &"dieu-phoi-1".into())
    );
    let post = |hang_up| {
        let stub = Stub::start(hang_up);
        let mail = format!(
            "[mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"so@mau.invalid\"\nreply_s = 30\n",
            stub.port
        );
        machine.write("tiendo.toml", &mail);
        let run = machine.run(&["digest", "--since", "1h", "--mail", "office@mau.invalid"]);
        (run.code, run.err, run.out, stub.mails())
    };
    let (code, err, out, mails) = post(HangUp::Never);
    assert_eq!((code, out.as_str(), mails), (0, "", 1), "{err}");
    assert!(err.contains("office@mau.invalid"), "{err}");
    let (code, err, _, mails) = post(HangUp::Rcpt);
    assert_eq!((code, mails), (1, 0), "{err}");
    let (code, err, ..) = post(HangUp::FinalDot);
    assert!(code == 1 && err.contains("not certain"), "{err}");
    assert_eq!(machine.run(&["digest", "--since", "1h", "--mail", "no address"]).code, 2);
}

#[test]
fn check_says_the_worst_with_a_remedy_for_each_thing_that_is_not_good() {
    let machine = Machine::new();
    let good = machine.json(&["check", "--json"]);
    assert_eq!(good["worst"], "good", "{good}");
    let whats: Vec<&str> =
        good["findings"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    for what in ["config", "data", "source", "plan", "mail", "clock", "terminal"] {
        assert!(whats.contains(&what), "{what}: {whats:?}");
    }
    assert!(machine.run(&["check"]).out.contains("✓ terminal: not run in a terminal"), "it says so and goes on");
    let ascii = machine.run(&["check", "--ascii"]).out;
    assert!(ascii.lines().all(|line| line.starts_with(['+', '!', 'x', ' '])), "{ascii}");
    for (config, code, what) in [
        ("agency = \"nobody\"\n", 2, "config"),
        ("[mail]\nhost = \"mail.invalid\"\ntls = \"none\"\nfrom = \"a@mau.invalid\"\n", 2, "mail"),
        ("[[source]]\nname = \"office\"\npath = \"/nonexistent/ledger.db\"\n", 3, "source"),
        ("[[source]]\nname = \"s\"\nkind = \"http\"\nplan = \"p\"\nurl = \"http://127.0.0.1:9\"\n", 3, "source"),
    ] {
        machine.write("tiendo.toml", config);
        let run = machine.run(&["check", "--json"]);
        let found: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((run.code, &found["worst"]), (code, &"bad".into()), "{config}: {found}");
        let bad = found["findings"].as_array().unwrap().iter().filter(|one| one["order"] == "bad");
        for one in bad {
            assert!(one["what"] == what && one["remedy"].is_string(), "{config}: {one}");
        }
        let table = machine.run(&["check"]).out;
        let (at, _) = table.lines().enumerate().find(|(_, line)| line.starts_with("✗ ")).unwrap();
        assert!(table.lines().nth(at + 1).unwrap().starts_with("  → "), "{table}");
    }
    machine.write("tiendo.toml", "");
    let own = Machine::laid_down();
    let year = own.json(&["check", "--json"]);
    let calendar = year["findings"].as_array().unwrap().iter().find(|one| one["what"] == "calendar").unwrap();
    assert_eq!(calendar["order"], "doubtful", "the plan names no days off: {calendar}");
    assert_eq!((own.run(&["check"]).code, own.run(&["check", "--fail-if-any"]).code), (0, 6));
}

#[test]
fn the_docs_name_every_column_and_every_exit_code() {
    let machine = Machine::new();
    let docs = fs::read_to_string("docs/headless.md").unwrap();
    for list in LISTS {
        let row = docs
            .lines()
            .find(|line| line.starts_with("| `") && line.contains(&format!("`{list}`")) && line.contains(" id"))
            .unwrap_or_else(|| docs.lines().find(|line| line.starts_with(&format!("| `{list}` |"))).unwrap());
        let said = row.split('|').nth(2).unwrap().replace("\\*", "");
        let mut said: Vec<&str> = said.split_whitespace().collect();
        let known = machine.run(&[list, "--columns", "none"]).err;
        let known = known.lines().find_map(|line| line.strip_prefix("columns: ")).unwrap().to_owned();
        let mut known: Vec<&str> = known.split(", ").collect();
        said.sort_unstable();
        known.sort_unstable();
        assert_eq!(said, known, "{list}");
    }
    let help = machine.run(&["--help"]).out;
    let codes = help.lines().skip_while(|line| *line != "Exit codes:").skip(1).filter(|line| !line.trim().is_empty());
    let mut count = 0;
    for line in codes {
        let (code, what) = line.trim().split_once("  ").unwrap();
        let what = what.replace("(--fail-if-any)", "(`--fail-if-any`)");
        assert!(docs.contains(&format!("| {code} | {what} |")), "{line}");
        count += 1;
    }
    assert_eq!(count, 9);
}
