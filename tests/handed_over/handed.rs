//! What is handed over: by the command in every form, and by `E` from the screen, as it stands there.

#[cfg(unix)]
use std::{collections::BTreeSet, fs};

use crate::{desk::Desk, office::Office, screen::App};
use serde_json::Value;
use tiendo::{
    app::{
        effect::Effect,
        hand_over::{Offered, Order, Unwritten, Written},
        messages::Level,
        msg::{Msg, Ticket},
        settings::Settings,
        sheet::Slot,
    },
    domain::sentence::Sentence,
    export::{Format, Table},
    words::{LANGUAGES, Words},
};

const MARK: char = '\u{feff}';

#[test]
fn a_table_is_what_its_command_lists() {
    let office = Office::new();
    let commands = [
        (Table::Reports, "reports"),
        (Table::Tasks, "tasks"),
        (Table::Campaigns, "campaigns"),
        (Table::Agencies, "status"),
        (Table::Journal, "journal"),
        (Table::Trend, "trend"),
    ];
    assert_eq!(commands.len(), Table::ALL.len());
    let asked: [&[&str]; 2] = [&[], &["--at", "30/6/2023", "--filter", "agency:bdo,hccb,lhpn"]];
    for (number, asked) in asked.iter().enumerate() {
        for (table, command) in commands {
            let [csv, json] = ["csv", "json"].map(|ending| format!("{number}-{command}.{ending}"));
            for file in [&csv, &json] {
                office.run(&[&["export", file, "--table", table.as_str()], *asked].concat());
            }
            // The sample is laid down anew for each command: the entry that says so has another id each time.
            let same = |text: &str| {
                text.lines().filter(|line| !line.contains(",plan:")).map(str::to_owned).collect::<Vec<_>>()
            };
            let listed = office.run(&[&[command, "--format", "csv"], *asked].concat());
            let handed = office.read(&csv);
            let handed = handed.strip_prefix(MARK).expect("what spreadsheets know UTF-8 by");
            assert!(same(handed) == same(&listed), "{command} {asked:?}");
            let listed = office.run(&[&[command, "--format", "json"], *asked].concat());
            let listed: Value = serde_json::from_str(&listed).unwrap();
            let listed = if table == Table::Agencies { &listed["agencies"] } else { &listed };
            let same = |rows: &Value| {
                let of_the_plan = |row: &&Value| row["item"].as_str().is_some_and(|item| item.starts_with("plan:"));
                rows.as_array().unwrap().iter().filter(|row| !of_the_plan(row)).cloned().collect::<Vec<_>>()
            };
            let rows = same(&office.json(&json)["rows"]);
            assert!(rows == same(listed) && !rows.is_empty(), "{command} {asked:?}");
        }
    }
    let handed = office.json("1-tasks.json");
    let wanted = serde_json::json!({
        "plan": "kh95-2023", "number": "95/KH-UBND", "at": "2023-06-30T23:59:59+07:00",
        "filter": "agency:bdo,hccb,lhpn", "who": "van-thu", "sample": true, "table": "tasks",
    });
    for (named, value) in wanted.as_object().unwrap() {
        let same = if named == "at" {
            handed[named].as_str().unwrap().starts_with("2023-06-30T23:59")
        } else {
            &handed[named] == value
        };
        assert!(same || named == "plan", "{named}: {}", handed[named]);
    }
    assert!(handed["title"].as_str().is_some_and(|title| title.contains("bình đẳng giới")));
}

#[test]
fn reports_are_the_table_where_none_is_named() {
    let office = Office::new();
    office.run(&["export", "a.csv"]);
    office.run(&["export", "b.csv", "--table", "reports"]);
    assert_eq!(office.read("a.csv"), office.read("b.csv"));
}

#[test]
fn what_a_form_has_no_use_for_is_refused() {
    let office = Office::new();
    for line in [
        &["export", "a.html", "--table", "tasks"][..],
        &["export", "a.xlsx", "--size", "80x24"],
        &["export", "a.csv", "--view", "reports"],
        &["export", "a.html", "--template"],
        &["export", "a.svg", "--size", "5x5"],
        &["export", "a.svg", "--view", "reprots"],
        &["export", "a.pdf"],
        &["export", "a"],
    ] {
        let (code, _, said) = office.try_run(line);
        assert_eq!(code, 2, "{line:?}: {said}");
    }
    let (_, _, said) = office.try_run(&["export", "a.svg", "--view", "reprots"]);
    assert!(said.contains("reports"), "{said}");
    assert_eq!(fs::read_dir(office.home.path()).unwrap().count(), 0, "nothing is left behind");
    office.run(&["export", "a.html"]);
    assert_eq!(office.try_run(&["export", "a.html"]).0, 4, "what is there stays");
    office.run(&["export", "a.html", "--force"]);
}

/// The letters of a picture, line by line.
fn text(svg: &str) -> String {
    let lines = svg.split("<text ").skip(1).map(|line| line.split("</text>").next().unwrap());
    let line = |line: &str| {
        line.split("<tspan")
            .skip(1)
            .map(|part| part.split('>').nth(1).unwrap().split('<').next().unwrap())
            .collect::<String>()
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_view_is_a_picture_of_the_size_asked_for() {
    let office = Office::new();
    let views = [
        ("overview", "154"),
        ("reports", "Báo"),
        ("tasks", "Nhiệm"),
        ("campaigns", "Tháng"),
        ("matrix", "LĐTBXH"),
        ("trend", "kế"),
        ("journal", "dieu-phoi"),
    ];
    let mut seen = BTreeSet::new();
    for (view, part) in views {
        let file = format!("{view}.svg");
        office.run(&["export", &file, "--view", view, "--size", "140x40"]);
        let svg = office.read(&file);
        assert!(svg.starts_with("<svg xmlns") && svg.contains(&format!("width=\"{}\"", (140 * 16 + 48) / 2)), "{view}");
        assert!(text(&svg).contains(part), "{view}: {}", text(&svg));
        assert!(svg.contains("<title>95/KH-UBND") && svg.contains("20/11/2023 08:00 · Dữ liệu minh họa"), "{view}");
        assert!(seen.insert(svg), "{view} is another one's picture");
    }
    office.run(&["export", "past.svg", "--view", "reports", "--at", "14/6/2023", "--filter", "agency:bdo"]);
    let past = office.read("past.svg");
    assert!(past.contains("14/06/2023") && past.contains("agency:bdo"), "{}", text(&past));
    office.run(&["export", "light.svg", "--theme", "light"]);
    assert!(office.read("light.svg").contains("fill=\"#faf9f6\""));
    assert_eq!(office.try_run(&["export", "x.svg", "--filter", "agency:nobody"]).0, 2);
}

#[test]
fn every_form_has_an_ending_and_words_of_its_own() {
    let endings: BTreeSet<&str> = Format::ALL.iter().map(|format| format.ending()).collect();
    assert_eq!(endings.len(), Format::ALL.len());
    for language in &LANGUAGES {
        let words = Words::new(language);
        let names: BTreeSet<String> =
            Format::ALL.iter().map(|format| words.get(format.word().0).into_owned()).collect();
        assert_eq!(names.len(), Format::ALL.len(), "{names:?}");
    }
}

fn forms() -> Vec<Offered> {
    let names = |format: Format| {
        LANGUAGES.iter().map(|language| Words::new(language).get(format.word().0).as_ref().into()).collect()
    };
    let offered = |format: Format| Offered {
        ending: format.ending(),
        names: names(format),
        of_a_view: format.is_of_a_view(),
        is_picture: format == Format::Picture,
    };
    Format::ALL.into_iter().map(offered).collect()
}

fn desk() -> Desk {
    Desk::with(App::started_as((120, 36), |settings| Settings { forms: forms(), ..settings }))
}

/// The files that are to be written, the last one first.
fn orders(desk: &Desk) -> impl Iterator<Item = (Ticket, Order)> {
    desk.app.effects.iter().rev().filter_map(|effect| {
        if let Effect::HandOver { ticket, order } = effect { Some((*ticket, order.clone())) } else { None }
    })
}

/// What these keys have written.
fn order(desk: &mut Desk, keys: &str) -> Option<Order> {
    desk.app.effects.clear();
    desk.app.keys(keys);
    orders(desk).next().map(|(_, order)| order)
}

/// What becomes of it.
fn answered(desk: &mut Desk, result: Result<Written, Unwritten>) {
    let (ticket, _) = orders(desk).next().unwrap();
    desk.app.fact(Msg::HandedOver { ticket, result });
}

fn value(desk: &Desk, slot: Slot) -> String {
    desk.app.model.sheet.as_ref().unwrap().value(slot).to_string()
}

#[test]
fn the_dialog_proposes_a_form_and_a_name_and_each_follows_the_other() {
    let mut desk = desk();
    desk.keys("2 E");
    assert_eq!(value(&desk, Slot::Form), "xlsx");
    let plan = desk.plan().id.to_string();
    assert_eq!(value(&desk, Slot::File), format!("{plan}-2023-11-20.xlsx"));
    desk.keys("right");
    assert_eq!(
        (value(&desk, Slot::Form), value(&desk, Slot::File)),
        ("html".into(), format!("{plan}-2023-11-20.html"))
    );
    desk.keys("right right right");
    assert_eq!(value(&desk, Slot::File), format!("{plan}-reports-2023-11-20.svg"), "of one view");
    desk.keys("tab").retype("họp giao ban.csv");
    assert_eq!(value(&desk, Slot::Form), "csv", "an ending that is typed asks for its form");
    desk.keys("shift-tab right");
    assert_eq!(value(&desk, Slot::File), "họp giao ban.json", "a name of one's own keeps its stem");
    let order = order(&mut desk, "enter").unwrap();
    assert_eq!(order, Order { ending: "json", file: "họp giao ban.json".into(), over: false });
    assert!(desk.app.model.sheet.is_none());
}

#[test]
fn a_file_that_is_there_is_asked_about_and_no_leaves_it() {
    let mut desk = desk();
    desk.keys("3 E");
    assert!(!order(&mut desk, "enter").unwrap().over);
    answered(&mut desk, Err(Unwritten::Exists));
    assert_eq!(desk.fault(), Some((Slot::Sure, "said-file-exists")));
    assert_eq!(order(&mut desk, "enter"), None, "No is the first answer");
    desk.keys("E");
    order(&mut desk, "enter").unwrap();
    answered(&mut desk, Err(Unwritten::Exists));
    assert!(order(&mut desk, "right enter").unwrap().over);
    answered(&mut desk, Ok(Written { path: "/a/b.xlsx".into(), whole: true }));
    assert_eq!(desk.said(), "said-handed-over");
    // Another name needs no answer.
    desk.keys("E");
    order(&mut desk, "enter").unwrap();
    answered(&mut desk, Err(Unwritten::Exists));
    desk.keys("shift-tab");
    desk.types("2");
    assert!(!order(&mut desk, "enter").unwrap().over);
}

#[test]
fn a_picture_shows_the_screen_and_not_that_it_is_written() {
    let mut desk = desk();
    desk.keys("E right right right right");
    assert_eq!(order(&mut desk, "enter").unwrap().ending, "svg");
    assert!(!desk.app.model.messages.showing);
}

#[test]
fn one_file_is_written_at_a_time_and_what_went_wrong_is_said() {
    let mut desk = desk();
    desk.keys("E");
    order(&mut desk, "enter").unwrap();
    assert_eq!(desk.said(), "said-handing-over");
    let effects = std::mem::take(&mut desk.app.effects);
    desk.app.keys("E");
    assert!(desk.app.model.sheet.is_none());
    assert_eq!(desk.said(), "said-still-handing-over");
    desk.app.effects = effects;
    answered(&mut desk, Err(Unwritten::Failed(Sentence::new("file-no-folder").with("folder", "/x"))));
    let said = desk.app.model.messages.all().next().unwrap().clone();
    assert_eq!((said.level, said.sentence.id), (Level::Error, "said-not-handed-over"));
    desk.app.keys("E");
    assert!(desk.app.model.sheet.is_some(), "one can try again");
}

#[test]
fn a_name_is_needed_and_a_wall_writes_nothing() {
    let mut desk = desk();
    desk.keys("E tab").retype("");
    assert_eq!(order(&mut desk, "enter"), None);
    assert_eq!(desk.fault(), Some((Slot::File, "said-needed")));
    let wall = |settings| Settings { forms: forms(), wall: Some(Default::default()), ..settings };
    let mut desk = Desk::with(App::started_as((120, 36), wall));
    desk.keys("E");
    assert!(desk.app.model.sheet.is_none());
}

/// The real program: keys in, a file out.
#[cfg(unix)]
mod on_the_screen {
    use std::{path::Path, time::Duration};

    use super::*;
    use crate::pty::Pty;

    fn open(office: &Office, line: &[&str]) -> Pty {
        let variables = office.variables();
        let mut variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        variables.push(("TERM", "xterm-256color"));
        let pty = Pty::start(Path::new(env!("CARGO_BIN_EXE_tiendo")), line, &variables, (120, 36));
        pty.wait_for_text("95/KH-UBND");
        pty
    }

    /// Has `file` written from what is on the screen.
    fn hand_over(pty: &mut Pty, file: &str) {
        pty.send("E");
        pty.wait_for_text("Tệp");
        pty.send("\t\x15");
        pty.send(file);
        pty.wait_for_text(Path::new(file).file_name().unwrap().to_str().unwrap());
        pty.send("\r");
    }

    fn leave(mut pty: Pty) {
        pty.send("q");
        assert_eq!(pty.exit_code_within(Duration::from_secs(20)), 0);
    }

    #[test]
    fn what_is_on_the_screen_is_in_the_file_in_its_order_and_on_its_day() {
        let office = Office::new();
        let mut pty = open(&office, &["demo"]);
        pty.send("2/");
        pty.send("duty:R2 agency:bdo,hccb,bgm\r");
        pty.wait_for_text("3/185");
        pty.send(":");
        pty.send("at 30/6/2023\r");
        pty.wait_for_text("30/06/2023");
        let path = |name: &str| office.file(name).display().to_string();
        hand_over(&mut pty, &path("a.json"));
        pty.wait_for_text("Đã ghi");
        let handed = office.json("a.json");
        assert_eq!(handed["filter"], "duty:R2 agency:bdo,hccb,bgm");
        assert_eq!(handed["table"], "reports");
        assert_eq!((handed["sample"].clone(), handed["who"].as_str()), (true.into(), Some("van-thu")));
        assert!(handed["at"].as_str().unwrap().starts_with("2023-06-30T23:59"));
        let agencies = |handed: &Value| -> Vec<String> {
            handed["rows"].as_array().unwrap().iter().map(|row| row["agency"].as_str().unwrap().to_owned()).collect()
        };
        let by_lateness = agencies(&handed);
        assert_eq!(by_lateness.len(), 3);
        let listed = office.run(&[
            "reports",
            "--source",
            "sample",
            "--at",
            "30/6/2023",
            "--filter",
            "duty:R2 agency:bdo,hccb,bgm",
            "--format",
            "json",
        ]);
        let mut listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
        let mut rows = handed["rows"].as_array().unwrap().clone();
        let key = |row: &Value| row["item"].to_string();
        listed.sort_by_key(key);
        rows.sort_by_key(key);
        assert_eq!(rows, listed, "the same rows as without a screen");
        // Another order on the screen is another one in the file.
        pty.send("s");
        pty.send("co quan\r");
        pty.send("S");
        hand_over(&mut pty, &path("b.json"));
        pty.wait_for_text("b.json");
        let until = std::time::Instant::now() + Duration::from_secs(20);
        while !office.file("b.json").exists() {
            assert!(std::time::Instant::now() < until, "it was never written");
            std::thread::yield_now();
        }
        assert_eq!(agencies(&office.json("b.json")), ["hccb", "bgm", "bdo"]);
        leave(pty);
    }

    #[test]
    fn every_form_is_written_and_a_file_that_is_there_is_kept() {
        let office = Office::new();
        let mut pty = open(&office, &["demo"]);
        for format in Format::ALL {
            let name = format!("x.{}", format.ending());
            hand_over(&mut pty, &office.file(&name).display().to_string());
            pty.wait_for("the file", |_| office.file(&name).exists());
            pty.wait_for("the notice", |screen| screen.contents().contains("Đã ghi"));
        }
        let before = office.read("x.json");
        pty.send("3");
        hand_over(&mut pty, &office.file("x.json").display().to_string());
        pty.wait_for_text("Ghi đè?");
        pty.send("\r");
        pty.wait_for("the sheet gone", |screen| !screen.contents().contains("Ghi đè?"));
        assert_eq!(office.read("x.json"), before);
        hand_over(&mut pty, &office.file("x.json").display().to_string());
        pty.wait_for_text("Ghi đè?");
        pty.send("\x1b[C\r");
        pty.wait_for("the tasks", |_| office.json("x.json")["table"] == "tasks");
        hand_over(&mut pty, &office.file("nowhere/x.csv").display().to_string());
        pty.wait_for_text("không có thư mục");
        // The picture is the screen without what is asked over it.
        let svg = office.read("x.svg");
        assert!(text(&svg).contains("95/KH-UBND") && !text(&svg).contains("Tệp"), "{}", text(&svg));
        let page = office.read("x.html");
        assert!(page.contains("van-thu") && page.contains("95/KH-UBND"));
        leave(pty);
    }

    #[test]
    fn it_is_handed_over_in_lines_too() {
        use std::{
            io::{BufRead as _, BufReader, Write as _},
            process::{Command, Stdio},
        };
        let office = Office::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(["--linear", "--lang", "en"])
            .current_dir(office.home.path())
            .env_clear()
            .envs(office.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut types = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut told = |part: &str| lines.find(|line| line.contains(part)).unwrap_or_else(|| panic!("never {part:?}"));
        types.write_all(b"m\n").unwrap();
        let line = told("hand over what is on the screen");
        let number = line.split('.').next().unwrap();
        types.write_all(format!("{number}\n2\nlines.html\n").as_bytes()).unwrap();
        told("Written: ");
        types.write_all(b"q\n").unwrap();
        child.wait().unwrap();
        assert!(office.read("lines.html").contains("<html lang=\"en\">"));
    }
}
