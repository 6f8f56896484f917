//! The real program in a pseudo-terminal: what a user types, what the screen then shows, and every way out.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/pty.rs"]
mod pty;

use std::{path::Path, process::Command, time::Duration};

use pty::Pty;
use rustix::process::Signal;

const LARGE: (u16, u16) = (120, 36);
const SOON: Duration = Duration::from_secs(1);

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tiendo"))
}

/// The program with a data and a config directory of its own.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn env(&self) -> [(&str, &str); 4] {
        let path = self.0.path().to_str().unwrap();
        [("TIENDO_DATA", path), ("XDG_CONFIG_HOME", path), ("HOME", path), ("TIENDO_LANG", "en")]
    }

    fn dashboard(&self, args: &[&str]) -> Pty {
        Pty::start(binary(), args, &self.env(), LARGE)
    }

    fn run(&self, args: &[&str]) {
        let output = Command::new(binary()).args(args).envs(self.env()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn on_the_sample() -> (Home, Pty) {
    let home = Home::new();
    let pty = home.dashboard(&["demo"]);
    pty.wait_for_text("Tasks by agency");
    pty.wait_for_text("4 overdue");
    (home, pty)
}

#[test]
fn with_nothing_configured_it_opens_on_the_sample_and_says_so() {
    let home = Home::new();
    let mut pty = home.dashboard(&[]);
    pty.wait_for_text("20/11/2023 08:0");
    pty.wait_for_text("sample data");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
}

#[test]
fn one_moves_drills_filters_comes_back_and_is_seen_off_in_the_language_of_the_screen() {
    let (_home, mut pty) = on_the_sample();
    pty.send("\t");
    pty.wait_for_text("Project 8 report");
    pty.send("2");
    pty.wait_for_text("Half-year report (H1)");
    pty.send("/");
    pty.send("bu dop");
    pty.wait_for("only Bù Đốp is left", |screen| {
        let text = screen.contents();
        text.contains("Bù Đốp") && !text.contains("Veterans")
    });
    pty.send("\x1b");
    pty.wait_for_text("Veterans");
    pty.send("L");
    pty.wait_for_text("Hội CCB");
    pty.send("?");
    pty.wait_for_text("Trợ giúp");
    pty.send("\x1b");
    pty.wait_for("the help is closed", |screen| !screen.contents().contains("Trợ giúp"));
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
    pty.wait_for_text("Đây là dữ liệu minh họa");
}

#[test]
fn a_storm_of_resizes_ends_in_a_whole_screen() {
    let (_home, mut pty) = on_the_sample();
    for step in 0..50 {
        pty.resize(20 + step * 3, 5 + step);
    }
    pty.resize(30, 8);
    pty.wait_for("a polite word on a small screen", |screen| !screen.contents().contains("Tasks by agency"));
    pty.resize(LARGE.0, LARGE.1);
    pty.wait_for_text("Tasks by agency");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
}

#[test]
fn signals_end_it_and_give_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let (_home, mut pty) = on_the_sample();
        pty.signal(signal);
        assert_eq!(pty.exit_code_within(SOON), code);
        pty.assert_given_back();
    }
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let (_home, mut pty) = on_the_sample();
    pty.close_master();
    assert!(pty.ended_within(SOON).is_some(), "it runs on without a terminal");
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let home = Home::new();
    let mut env = home.env().to_vec();
    env.push(("TIENDO_FAULT", "panic"));
    let mut pty = Pty::start(binary(), &["demo"], &env, LARGE);
    assert_eq!(pty.exit_code_within(Duration::from_secs(5)), 101);
    pty.assert_given_back();
}

#[test]
fn what_another_process_writes_shows_within_an_interval() {
    let home = Home::new();
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/plans/binh-phuoc-2023.toml");
    home.run(&["import", plan.to_str().unwrap(), "--yes"]);
    let mut pty = home.dashboard(&[]);
    pty.wait_for_text("Tasks by agency");
    pty.send("j");
    let amended = std::fs::read_to_string(&plan).unwrap().replacen("en = \"", "en = \"AMENDED ", 1);
    let file = home.0.path().join("amended.toml");
    std::fs::write(&file, amended).unwrap();
    home.run(&["import", file.to_str().unwrap(), "--yes"]);
    pty.wait_for_text("AMENDED");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
}

/// Waiting is what is looked at here: idle is idle for a while.
#[test]
fn with_nothing_to_do_it_writes_nothing_and_sleeps() {
    let (_home, pty) = on_the_sample();
    let settled = (0..20).any(|_| {
        let written = pty.raw_output().len();
        assert!(pty.ended_within(Duration::from_millis(500)).is_none());
        written == pty.raw_output().len()
    });
    assert!(settled, "it does not stop writing");
    // A quiet stretch in which its minute does not change; one that does change it is let pass.
    let quiet = (0..3).find_map(|_| {
        let (minute, written) = (minute(&pty), pty.raw_output().len());
        let (slept, used) = (pty::times_slept(pty.pid()), pty::time_used(pty.pid()));
        assert!(pty.ended_within(Duration::from_secs(3)).is_none());
        let (woken, used) =
            (pty::times_slept(pty.pid()).saturating_sub(slept), pty::time_used(pty.pid()).saturating_sub(used));
        (minute == self::minute(&pty)).then(|| (pty.raw_output().len() - written, woken, used))
    });
    let (written, woken, used) = quiet.expect("its minute changes once a minute");
    assert_eq!(written, 0, "bytes with nothing to do");
    // The poll, once a second, and what takes part in it.
    assert!(woken <= 30, "woken {woken} times");
    assert!(used < Duration::from_millis(15), "{used:?} of CPU with nothing to do");
}

/// The clock in the header.
fn minute(pty: &Pty) -> String {
    pty.screen(|screen| screen.contents().lines().next().unwrap_or_default().to_owned())
}

#[test]
fn without_a_terminal_it_says_so_in_one_line() {
    let home = Home::new();
    let output = Command::new(binary()).arg("demo").envs(home.env()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains('\u{1b}') && output.stdout.is_empty());
}

/// What the ledger has of an item, as JSON.
fn journal_of(home: &Home, item: &str) -> serde_json::Value {
    let args = ["journal", "--item", item, "--format", "json"];
    let output = Command::new(binary()).args(args).envs(home.env()).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_is_said_to_be_done_is_in_the_ledger_whatever_ends_the_program_and_undo_works_after_a_restart() {
    const LATE: &str = "report:R6/2023-H1/bdo";
    let home = Home::new();
    home.run(&["import", "--yes", "config/plans/binh-phuoc-2023.toml"]);
    let before = journal_of(&home, LATE).as_array().unwrap().len();
    let mut pty = home.dashboard(&[]);
    pty.wait_for_text("to deal with");
    pty.send("\t");
    pty.wait_for_text("Project 8 report");
    pty.send("a");
    pty.wait_for_text("Acknowledged: Bù Đốp");
    pty.signal(Signal::KILL);
    drop(pty);
    let journal = journal_of(&home, LATE);
    assert_eq!((journal.as_array().unwrap().len(), &journal[0]["verb"]), (before + 1, &"acknowledge".into()));
    let mut pty = home.dashboard(&[]);
    pty.wait_for_text("to deal with");
    pty.send("u");
    pty.wait_for_text("Taken back (acknowledged): Bù Đốp");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    assert_eq!(journal_of(&home, LATE)[0]["verb"], "reverse");
}
