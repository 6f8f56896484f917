//! `tiendo act`: every deed from the command line, as one step that can be taken back; what it refuses, and how it says so.

#[cfg(unix)]
use crate::pty;
use crate::ran::Run;
use std::{
    fs,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A plan with tasks long overdue and to come, reports, an ad hoc duty, one that follows a task, and a milestone.
fn plan() -> Value {
    json!({
        "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh", "title": "Kế hoạch",
        "agencies": [
            {"id": "u", "kind": "owner", "name": "UBND tỉnh"},
            {"id": "a", "kind": "district", "reports": true, "name": "Bù Đốp"},
            {"id": "b", "kind": "district", "reports": true, "name": "Bù Gia Mập"},
        ],
        "tasks": [
            {"id": "N1", "lead": "a", "due": "2023-05-10", "title": "Tập huấn"},
            {"id": "N2", "lead": "b", "due": "2023-06-12", "title": "Kiểm tra"},
            {"id": "N3", "lead": "b", "title": "Không hạn"},
            {"id": "N4", "lead": "u", "due": "2098-06-23", "title": "Tổng kết"},
        ],
        "duties": [
            {"id": "R1", "owes": ["a", "b"], "title": "Báo cáo 6 tháng",
             "periods": [{"period": "2023-H1", "due": "2023-06-19"}]},
            {"id": "R7", "owes": ["a", "b"], "title": "Báo cáo vụ việc", "within": {"working_days": 2}},
            {"id": "R8", "title": "Báo cáo kết quả", "after_task": ["N2"], "working_days": 10},
        ],
        "campaigns": [{"id": "C1", "title": "Tháng hành động", "from": "2023-11-15", "to": "2023-12-15", "lead": "a",
                       "milestones": [{"id": "M1", "title": "Phát động", "due": "2023-11-15"}]}],
    })
}

struct Machine {
    home: TempDir,
}

impl Machine {
    /// A machine with nothing on it.
    fn bare() -> Self {
        Machine { home: tempfile::tempdir().unwrap() }
    }

    fn new() -> Self {
        let machine = Machine::bare();
        let file = machine.home.path().join("plan.json");
        fs::write(&file, plan().to_string()).unwrap();
        let run = machine.run(&["import", file.to_str().unwrap(), "--yes"]);
        assert_eq!(run.code, 0, "{}", run.err);
        machine
    }

    fn run_as(&self, me: &str, lang: &str, line: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(line)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("TIENDO_ME", me)
            .env("TIENDO_LANG", lang)
            .stdin(Stdio::null())
            .output();
        Run::of(output.unwrap())
    }

    fn run(&self, line: &[&str]) -> Run {
        self.run_as("dieu-phoi-1", "en", line)
    }

    /// What `act` answers, with its exit code.
    #[track_caller]
    fn act(&self, code: i32, line: &[&str]) -> Vec<Value> {
        let run = self.run(&[&["act"], line, &["--format", "json"]].concat());
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{line:?}: {}", run.out);
        let answer: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(answer["sample"], false);
        answer["results"].as_array().unwrap().clone()
    }

    /// A deed on one item, done.
    #[track_caller]
    fn did(&self, line: &[&str]) -> Value {
        let results = self.act(0, line);
        assert_eq!((results.len(), &results[0]["result"]), (1, &"applied".into()), "{line:?}");
        results[0].clone()
    }

    /// What is wrong with the line, in English; Vietnamese says it in other words.
    #[track_caller]
    fn wrong(&self, code: i32, line: &[&str]) -> String {
        let line = [&["act"], line].concat();
        let (en, vi) = (self.run(&line), self.run_as("dieu-phoi-1", "vi", &line));
        assert_eq!((en.code, vi.code), (code, code), "{line:?}: {}{}", en.err, en.out);
        assert!(
            !en.err.contains("{ $") && !vi.err.contains("{ $") && !vi.err.is_empty() && vi.err != en.err,
            "{}",
            vi.err
        );
        en.err
    }

    fn journal(&self) -> Vec<Value> {
        let run = self.run(&["journal", "--format", "json"]);
        serde_json::from_str::<Value>(&run.out).unwrap().as_array().unwrap().clone()
    }

    fn fact(&self, list: &str, item: &str) -> Value {
        let run = self.run(&[list, "--format", "json"]);
        let facts: Value = serde_json::from_str(&run.out).unwrap();
        let found = facts.as_array().unwrap().iter().find(|fact| fact["item"] == item);
        found.unwrap_or_else(|| panic!("no {item}")).clone()
    }

    fn state(&self, item: &str) -> String {
        let list = if item.starts_with("task:") { "tasks" } else { "reports" };
        self.fact(list, item)["state"].as_str().unwrap().to_owned()
    }
}

const R1A: &str = "report:R1/2023-H1/a";

#[test]
fn every_deed_is_done_once() {
    let machine = Machine::new();
    let after = |line: &[&str]| machine.did(line)["after"]["state"].as_str().unwrap().to_owned();
    machine.did(&["acknowledge", R1A]);
    machine.did(&["remind", R1A, "--level", "1", "--channel", "telephone", "--note", "hẹn tuần sau"]);
    machine.did(&["escalate", R1A, "--level", "3", "--to", "Lãnh đạo Sở", "--document", "9/TTr"]);
    machine.did(&["snooze", R1A, "--until", "+1lv"]);
    machine.did(&["note", R1A, "--note", "gọi lại", "--promise", "+3"]);
    machine.did(&["assign", R1A, "--to", "chị H."]);
    machine.did(&["request-extension", R1A, "--until", "+5lv", "--reason", "bận"]);
    machine.did(&["decline", R1A, "--reason", "đã quá hạn"]);
    let extended = machine.did(&["extend", R1A, "--until", "+5lv", "--reason", "bão", "--document", "112/CV"]);
    assert_eq!(extended["before"]["due"], "2023-06-19");
    assert_eq!(extended["before"]["time"], "overdue");
    assert_ne!(extended["after"]["time"], "overdue");
    let report = machine.fact("reports", R1A);
    assert_eq!((&report["reminders"], &report["escalation"], &report["extensions"]), (&1.into(), &3.into(), &1.into()));
    assert_eq!((&report["acknowledged_by"][0], &report["assigned"]), (&"dieu-phoi-1".into(), &"chị H.".into()));
    assert_eq!((&report["due"], &report["extension_reason"]), (&extended["after"]["due"], &"bão".into()));
    assert_eq!(after(&["submit", R1A, "--on", "-1"]), "awaiting-confirmation");
    assert_eq!(after(&["send-back", R1A, "--reason", "thiếu số liệu"]), "returned");
    assert_eq!(after(&["done", R1A, "--document", "5/BC", "--link", "https://mau.invalid/5"]), "done");
    assert_eq!(after(&["progress", "task:N1", "--percent", "40%"]), "in-progress");
    assert_eq!(after(&["pause", "task:N1", "--reason", "chờ kinh phí"]), "paused");
    assert_eq!(after(&["resume", "task:N1"]), "in-progress");
    assert_eq!(after(&["done", "task:N1"]), "done");
    assert_eq!(after(&["cancel", "task:N3", "--reason", "không còn phù hợp", "--yes"]), "cancelled");
    assert_eq!(after(&["exempt", "report:R1/2023-H1/b", "--reason", "sáp nhập", "--yes"]), "exempt");
    assert_eq!(after(&["done", "milestone:C1/M1"]), "done");
}

#[test]
fn verbs_of_the_journal_stand_for_their_deeds_where_these_come_to_them() {
    let machine = Machine::new();
    let refused = machine.act(4, &["confirm", R1A]);
    assert_eq!((&refused[0]["result"], &refused[0]["why"]["code"]), (&"refused".into(), &"not-in-state".into()));
    assert_eq!(machine.act(4, &["receive", "task:N1"])[0]["why"]["code"], "not-of-kind");
    assert_eq!(machine.act(4, &["confirm", "task:N1"])[0]["why"]["code"], "not-in-state");
    machine.did(&["receive", R1A]);
    assert_eq!(machine.did(&["return", R1A, "--reason", "sai"])["after"]["state"], "returned");
    machine.did(&["submit", R1A]);
    assert_eq!(machine.did(&["confirm", R1A])["entries"][0]["verb"], "confirm");
    machine.did(&["tick", "milestone:C1/M1"]);
}

#[test]
fn what_is_done_in_one_call_is_taken_back_and_brought_back_as_one_step() {
    let machine = Machine::new();
    let done = machine.act(0, &["done", "N1", "R1/2023-H1/a", "task:N1", "C1/M1"]);
    let items: Vec<&str> = done.iter().map(|one| one["item"].as_str().unwrap()).collect();
    assert_eq!(items, ["task:N1", R1A, "milestone:C1/M1"], "each once, in the order given");
    let journal = machine.journal();
    assert_eq!(journal.len(), 5, "the plan, a task in two entries, a report, a milestone");
    assert!(journal[..4].iter().all(|entry| entry["batch"] == journal[0]["batch"] && entry["by"] == "dieu-phoi-1"));
    assert_eq!((&done[0]["entries"][1]["seq"], &done[0]["seq"]), (&done[0]["seq"], &3.into()));
    assert_eq!(done[0]["entry"], done[0]["entries"][1]["id"]);

    let preview = machine.act(0, &["undo", "--dry-run"]);
    assert_eq!((preview.len(), machine.journal().len()), (3, 5));
    let of_task = preview.iter().find(|one| one["item"] == "task:N1").unwrap();
    assert_eq!((&of_task["result"], &of_task["after"]["state"]), (&"would-apply".into(), &"not-started".into()));
    let undone = machine.act(0, &["undo"]);
    assert!(undone.iter().all(|one| one["result"] == "applied" && one["after"]["state"] == "not-started"));
    assert_eq!((machine.state("task:N1"), machine.state(R1A)), ("not-started".into(), "not-started".into()));
    assert!(machine.wrong(4, &["undo"]).contains("nothing left to take back"));

    let again = machine.act(0, &["redo", "--dry-run"]);
    assert!(again.iter().all(|one| one["after"]["state"] == "done"), "{again:?}");
    machine.act(0, &["redo"]);
    assert_eq!((machine.state("task:N1"), machine.state(R1A)), ("done".into(), "done".into()));
    machine.wrong(4, &["redo"]);
    let run = machine.run_as("dieu-phoi-2", "en", &["act", "undo"]);
    assert_eq!(run.code, 4, "another person did nothing yet");
}

#[test]
fn what_others_rest_on_is_not_taken_back_and_the_preview_knows() {
    let machine = Machine::new();
    machine.did(&["done", "N2"]);
    let follows = "report:R8/N2/b";
    assert_eq!(machine.state(follows), "not-started");
    let run = machine.run_as("dieu-phoi-2", "en", &["act", "done", follows]);
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [&["undo", "--dry-run"][..], &["undo"]] {
        let answer = machine.act(4, line);
        assert_eq!(
            (&answer[0]["result"], &answer[0]["why"]["code"]),
            (&"refused".into(), &"depended".into()),
            "{line:?}"
        );
    }
}

#[test]
fn a_dry_run_shows_what_would_become_and_writes_nothing() {
    let machine = Machine::new();
    let before = machine.journal();
    let shown = machine.act(4, &["extend", "N4", "N3", "C1/M1", "--until", "+5h", "--reason", "bão", "--dry-run"]);
    assert_eq!(machine.journal(), before);
    let task = &shown[0];
    assert_eq!((&task["result"], &task["before"]["due"]), (&"would-apply".into(), &"2098-06-23".into()));
    assert_eq!((&task["entries"][0]["verb"], &task["entries"][0]["until"]), (&"extend".into(), &"2098-06-28".into()));
    assert_eq!(task["after"]["due"], "2098-06-30", "the 28th is a Saturday");
    assert!(task.get("entry").is_none() && task.get("seq").is_none() && task["entries"][0].get("id").is_none());
    assert_eq!((&shown[1]["result"], &shown[1]["why"]["code"]), (&"refused".into(), &"field-until".into()));
    assert!(shown[1]["why"]["text"].as_str().unwrap().contains("+5h"), "there is no due date to count from");
    let table = machine.run(&["act", "done", R1A, "--dry-run"]);
    assert_eq!(table.code, 0);
    for said in ["Nothing was written", R1A, "would be done", "not sent, overdue → done late"] {
        assert!(table.out.contains(said), "{said}: {}", table.out);
    }
    assert_eq!(machine.act(0, &["cancel", "N1", "--reason", "x", "--dry-run"])[0]["after"]["state"], "cancelled");
}

#[test]
fn a_filter_names_many_and_asks_first() {
    let machine = Machine::new();
    let line = ["note", "--filter", "agency:b", "--note", "họp giao ban"];
    assert!(machine.wrong(4, &line).contains("3 to be done, 0 not possible"));
    assert_eq!(machine.journal().len(), 1);
    let done = machine.act(0, &[&line[..], &["--yes"]].concat());
    assert_eq!(done.len(), 3);
    assert_eq!(machine.journal().len(), 4);
    assert_eq!(machine.act(0, &["undo"]).len(), 3);
    let some = machine.act(4, &["pause", "--filter", "agency:b", "--reason", "x", "--yes"]);
    let results: Vec<&str> = some.iter().map(|one| one["result"].as_str().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| **result == "applied").count(), 2, "two tasks, and not the report");
    assert!(machine.wrong(2, &["note", "--filter", "agency:zz", "--note", "x"]).contains("zz"));
    assert!(machine.wrong(4, &["cancel", "N1", "--reason", "x"]).contains("--yes"), "a dangerous deed asks too");
}

#[test]
fn a_filter_that_matches_nothing_says_so_and_nothing_was_to_be_done() {
    let machine = Machine::new();
    let before = machine.journal();
    for more in [&["--yes"][..], &[], &["--dry-run"]] {
        let line = [&["act", "note", "--filter", "late>99999", "--note", "x"], more].concat();
        let run = machine.run(&line);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{line:?}");
        assert!(run.err.contains("nothing matches --filter “late>99999”"), "{line:?}: {}", run.err);
        let vi = machine.run_as("dieu-phoi-1", "vi", &line);
        assert!(vi.err.contains("không có mục nào khớp"), "{}", vi.err);
        let json = machine.run(&[&line[..], &["--format", "json"]].concat());
        let answer: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!((json.code, &answer["results"]), (0, &json!([])), "{line:?}");
        assert!(json.err.contains("nothing matches"), "{}", json.err);
    }
    assert_eq!(machine.journal(), before);
}

#[test]
fn what_became_of_it_is_not_cut_off_where_no_terminal_says_how_wide_it_may_be() {
    let machine = Machine::new();
    let reason = "mưa lũ chia cắt tuyến đường liên xã, chưa thu được biểu số liệu của ba xã vùng biên giới, ".repeat(3);
    let table = machine.run(&["act", "pause", "N1", "--reason", &reason]);
    assert_eq!(table.code, 0, "{}", table.err);
    assert!(table.out.contains(reason.trim()) && !table.out.contains('…'), "{}", table.out);
}

#[test]
fn a_case_is_opened_once_a_day_unless_one_means_it() {
    let machine = Machine::new();
    let line = ["open", "R7", "--agency", "a", "--on", "-1", "--title", "Vụ việc tại xã"];
    let shown = machine.act(0, &[&line[..], &["--dry-run"]].concat());
    assert_eq!((&shown[0]["item"], &shown[0]["after"]["state"]), (&"duty:R7".into(), &"not-started".into()));
    assert_eq!(machine.journal().len(), 1);
    let case = machine.did(&line)["opened"].as_str().unwrap().to_owned();
    assert_eq!(machine.fact("reports", &case)["case_title"], "Vụ việc tại xã");
    assert!(machine.wrong(4, &line).contains(&case));
    machine.did(&["open", "duty:R7", "--agency", "b", "--on", "-1"]);
    machine.did(&[&line[..], &["--yes"]].concat());
    machine.act(0, &["undo"]);
    assert_eq!(machine.act(4, &["open", "R1", "--agency", "a"])[0]["why"]["code"], "not-owed");
    assert!(machine.wrong(2, &["open", "R7"]).contains("--agency"));
    assert!(machine.wrong(2, &["open", "R6", "--agency", "a"]).contains("R6"));
    assert!(machine.wrong(2, &["open", "R7", "--agency", "aa"]).contains("“a”"));
    assert!(machine.wrong(2, &["open", "R7", "--agency", "a", "--on", "+1"]).contains("still to come"));
}

#[test]
fn what_is_not_understood_is_a_usage_error_with_the_nearest() {
    let machine = Machine::new();
    for (line, said) in [
        (&["extned", "N1"][..], "did you mean “extend”"),
        (&["done", "N11"], "did you mean"),
        (&["done", "zzzzzz"], "has no item “zzzzzz”"),
        (&["done"], "--filter"),
        (&["undo", "N1"], "your last step"),
        (&["extend", "N1", "--until", "+5"], "“extend” needs --reason"),
        (&["extend", "N1", "--until", "+5", "--reason", " "], "needs --reason"),
        (&["extend", "N1", "--percent", "5"], "it takes: --until, --reason, --document"),
        (&["acknowledge", "N1", "--note", "x"], "takes nothing more"),
        (&["extend", "N1", "--untl", "+5"], "did you mean “--until”"),
        (&["extend", "N1", "--until", "31/2", "--reason", "x"], "--until: “31/2” cannot be read as a date"),
        (&["note", "N1", "--note", "x", "--promise", "thứ 9"], "--promise: “thứ 9”"),
        (&["done", "N1", "--on", "+1"], "still to come"),
        (&["extend", "N1", "--until", "1/6/2023", "--reason", "x"], "which has passed"),
        (&["extend", "N1", "--until", "+5h", "--reason", "x"], "which has passed"),
        (&["snooze", "N1", "--until", "1/6/2023"], "which has passed"),
        (&["progress", "N1", "--percent", "140"], "from 0 to 100"),
        (&["remind", "N1", "--level", "7"], "it has: 1, 2"),
        (&["remind", "N1", "--level", "1", "--channel", "leter"], "did you mean “letter”"),
        (&["done", "N1", "--filter", "kind:task"], "does not go with"),
    ] {
        let err = machine.wrong(2, line);
        assert!(err.contains(said), "{line:?}: {err}");
    }
    let vi = machine.run_as("x", "vi", &["act", "extend", "N1", "--until", "31/2", "--reason", "x"]);
    assert!(vi.err.contains("--until: “31/2” không phải là ngày dùng được ở đây"), "{}", vi.err);
    assert_eq!(machine.journal().len(), 1);
}

#[test]
fn what_is_refused_ends_with_4() {
    let machine = Machine::new();
    let twice = ["done", R1A, "N1"];
    machine.act(0, &twice);
    assert!(machine.act(4, &twice).iter().all(|one| one["why"]["code"] == "not-in-state" && one["why"]["text"] != ""));
    let earlier = ["extend", "N4", "--until", "22/6/2098", "--reason", "x"];
    assert_eq!(machine.act(4, &earlier)[0]["why"]["code"], "not-later");
    assert!(machine.wrong(4, &["remind", "N2", "--level", "1", "--channel", "email"]).contains("tiendo remind --send"));
    assert!(machine.wrong(4, &["done", "N2", "--read-only"]).contains("--read-only"));
    let sample = Machine::bare();
    assert!(sample.wrong(4, &["done", "N14"]).contains("sample plan"));
    let shown = sample.run(&["act", "note", "N14", "--note", "x", "--dry-run", "--format", "json"]);
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(
        (&shown["sample"], &shown["dry_run"], &shown["results"][0]["result"]),
        (&true.into(), &true.into(), &"would-apply".into())
    );
}

#[test]
fn the_help_lists_every_verb_with_what_it_takes() {
    let machine = Machine::new();
    let help = machine.run(&["act", "--help"]).out;
    for said in [
        "extend             extend the deadline: --until --reason [--document]",
        "acknowledge        acknowledge: I am on it\n",
        "return             the same as send-back",
        "open               open a case of an ad hoc report duty: --agency [--on] [--title]",
    ] {
        assert!(help.contains(said), "{said}: {help}");
    }
    let vi = machine.run_as("x", "vi", &["act", "--help"]).out;
    assert!(vi.contains("extend             gia hạn: --until --reason [--document]"), "{vi}");
}

#[cfg(unix)]
#[test]
fn somebody_at_a_terminal_is_asked_and_what_others_did_meanwhile_is_a_conflict() {
    use std::{path::Path, time::Duration};

    let machine = Machine::new();
    let data = machine.home.path().join("data");
    let env = [("TIENDO_DATA", data.to_str().unwrap()), ("TIENDO_ME", "dieu-phoi-1"), ("TIENDO_LANG", "en")];
    let ask = || {
        let line = ["act", "cancel", "N1", "--reason", "x"];
        let asking = pty::Pty::start(Path::new(env!("CARGO_BIN_EXE_tiendo")), &line, &env, (140, 30));
        asking.wait_for_text("Go on? [y/N]");
        assert!(asking.contents().contains("cancel the task: 1 to be done, 0 not possible"), "{}", asking.contents());
        asking
    };
    let patience = Duration::from_secs(20);
    let mut asking = ask();
    asking.send("\r");
    assert_eq!((asking.exit_code_within(patience), machine.journal().len()), (4, 1), "no is the default");

    let mut asking = ask();
    assert_eq!(machine.run_as("dieu-phoi-2", "en", &["act", "progress", "N1", "--percent", "50"]).code, 0);
    asking.send("y\r");
    assert_eq!(asking.exit_code_within(patience), 4);
    assert!(asking.contents().contains("conflict"), "{}", asking.contents());
    assert_eq!((machine.state("task:N1").as_str(), machine.journal().len()), ("in-progress", 2));

    let mut asking = ask();
    asking.send("y\r");
    assert_eq!(asking.exit_code_within(patience), 0);
    assert_eq!(machine.state("task:N1"), "cancelled");
}
