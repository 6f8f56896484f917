//! Linear mode: a conversation in lines, read as a screen reader reads it. Lines in, lines and the ledger out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/desk.rs"]
mod desk;
#[path = "common/pty.rs"]
mod pty;
#[path = "common/screen.rs"]
mod screen;

use std::{
    collections::BTreeSet,
    io::Write as _,
    process::{Command, Stdio},
    time::Duration,
};

use desk::{Desk, ME};
use screen::{App, now};
use tiendo::{
    app::{
        action::Action,
        effect::Effect,
        linear::{COMMANDS, What, numbered},
        mail::Preview,
        msg::{Msg, Ticket},
        settings::Settings,
    },
    domain::{
        deed::Deed,
        entry::{Entry, Verb},
        failure::Failure,
        heard::Loading,
        id::EntryId,
        sentence::Sentence,
        text::Text,
    },
    ui::{self, Looks, depth::Depth},
    words::{LANGUAGES, Words},
};

const BDO: &str = "report:R6/2023-H1/bdo";
/// The longest a line may be that only says what to do.
const SHORT: usize = 79;

struct Talk {
    desk: Desk,
    looks: Looks,
    /// What was told and typed, the latter after `>`.
    session: String,
    /// What was told last.
    told: Vec<String>,
    quits: bool,
}

impl Talk {
    fn new(language: usize) -> Self {
        Talk::with(language, |settings| settings)
    }

    fn with(language: usize, set: impl FnOnce(Settings) -> Settings) -> Self {
        let looks = Looks::new(&LANGUAGES[language], "dark", Depth::None, false).unwrap();
        let vocabularies = looks.vocabularies();
        let app = App::started_as((200, 60), |settings| set(Settings { vocabularies, ..settings }));
        let mut talk = Talk { desk: Desk::with(app), looks, session: String::new(), told: Vec::new(), quits: false };
        talk.tell();
        talk
    }

    /// A session of these lines.
    fn of(language: usize, lines: &[&str]) -> Self {
        let mut talk = Talk::new(language);
        lines.iter().for_each(|line| talk.types(line));
        talk
    }

    fn types(&mut self, line: &str) {
        self.session.push_str(&format!("> {line}\n"));
        self.desk.app.fact(Msg::Answered(line.to_owned()));
        self.quits |= self.desk.app.effects.contains(&Effect::Quit);
        self.desk.perform();
        self.tell();
    }

    fn tell(&mut self) {
        let app = &self.desk.app;
        let look = self.looks.of(&app.model, &app.bindings).unwrap();
        self.told = ui::linear::lines(&app.model, &look);
        self.told.iter().for_each(|line| check(line));
        self.session.push_str(&self.told.iter().map(|line| format!("{line}\n")).collect::<String>());
        self.desk.app.fact(Msg::Told);
    }

    fn told(&self) -> String {
        self.told.join("\n")
    }

    /// The number by which something is chosen whose words contain `words`.
    #[track_caller]
    fn choose(&mut self, words: &str) {
        let found =
            self.told.iter().find(|line| line.contains(words) && line.starts_with(|at: char| at.is_ascii_digit()));
        let line = found.unwrap_or_else(|| panic!("no {words} in {}", self.told()));
        let number = line.split('.').next().unwrap().to_owned();
        self.types(&number);
    }

    /// The list of deeds on the first row of the queue.
    fn at_deeds() -> Self {
        Talk::of(1, &["1", "1", "1"])
    }
}

/// Letters, digits and signs of ASCII in one line: nothing is drawn, nothing is a control.
#[track_caller]
fn check(line: &str) {
    let drawn: String =
        line.chars().filter(|letter| !(letter.is_alphanumeric() || (' '..='~').contains(letter))).collect();
    assert_eq!(drawn, "", "{line}");
    assert!(!line.is_empty() && line.trim() == line && !line.contains("  ") && !line.contains("linear-"), "{line:?}");
}

/// Where one is, everything that is read on the way of a reminder, a filter, another day, a word too many.
const SESSION: [&str; 30] = [
    "1",
    "1",
    "1",
    "2",
    "2",
    "x",
    "",
    "",
    "",
    "2",
    "0",
    "0",
    "gibberish",
    "6",
    "",
    "1",
    "0",
    "0",
    "4",
    "4",
    "1",
    "0",
    "0",
    "0",
    "/bu dop",
    "/",
    "=",
    "?",
    "",
    "q",
];

#[test]
fn a_session_is_read_in_vietnamese() {
    let talk = Talk::of(0, &SESSION);
    assert!(talk.quits);
    insta::assert_snapshot!("session-vi", talk.session);
}

#[test]
fn a_session_is_read_in_english() {
    let talk = Talk::of(1, &SESSION);
    assert!(talk.quits);
    insta::assert_snapshot!("session-en", talk.session);
}

#[test]
fn a_deed_done_through_it_is_in_the_journal_and_its_result_is_said() {
    let mut talk = Talk::at_deeds();
    talk.choose("remind");
    for line in ["2", "3", "12/CV", "called the office"] {
        talk.types(line);
    }
    let last = talk.desk.last(BDO);
    assert_eq!((&last.verb, last.level, last.by.as_ref().map(|by| by.as_str())), (&Verb::Remind, Some(2), Some(ME)));
    assert_eq!((last.document.as_deref(), last.note.as_deref()), (Some("12/CV"), Some("called the office")));
    assert!(talk.told[0].starts_with("Reminder recorded: Bù Đốp"), "{}", talk.told());
    talk.types("undo");
    assert_eq!(talk.desk.last(BDO).verb, Verb::Reverse);
    assert!(talk.told[0].starts_with("Taken back (reminded): Bù Đốp"), "{}", talk.told());
}

#[test]
fn every_deed_is_listed_by_number_or_with_the_reason_why_not() {
    let mut talk = Talk::at_deeds();
    let mut read: Vec<String> = Vec::new();
    loop {
        read.extend(talk.told.iter().filter(|line| line.starts_with(|at: char| at.is_ascii_digit())).cloned());
        talk.types("");
        if talk.told[0] == "There is no more." {
            break;
        }
    }
    let words = Words::new(&LANGUAGES[1]);
    for deed in Deed::ALL {
        let word = words.get(Action::begin(deed).word().0).into_owned();
        let line = read.iter().find(|line| line.contains(&word)).unwrap_or_else(|| panic!("{deed:?}: {read:#?}"));
        let number = line.split('.').next().unwrap();
        let mut talk = Talk::at_deeds();
        let before = talk.desk.journal().len();
        talk.types(number);
        if line.contains("not possible") {
            let why = line.split(": not possible, ").nth(1).unwrap();
            assert_eq!(talk.told[0], why, "{deed:?}");
        } else {
            let asks = talk.desk.app.model.form.is_some();
            assert!(asks || talk.desk.journal().len() == before + 1, "{deed:?}: {}", talk.told());
        }
    }
}

#[test]
fn wrong_input_is_told_and_asked_again_and_does_nothing() {
    let mut talk = Talk::at_deeds();
    let before = talk.desk.journal().len();
    talk.types("99");
    assert_eq!(talk.told[0], "\"99\" is not understood here.");
    talk.types("no such deed");
    assert_eq!(talk.told[0], "No line has \"no such deed\".");
    talk.choose_after_again("extend the deadline");
    talk.types("soon");
    talk.types("because");
    talk.types("");
    assert!(talk.told[0].contains("not a usable date") && talk.told[1].contains("Question 1 of 3"), "{}", talk.told());
    talk.types("+5");
    talk.types("");
    talk.types("");
    assert_eq!(talk.desk.journal().len(), before + 1, "{}", talk.told());
    let mut talk = Talk::of(1, &["1", "1", "1"]);
    talk.choose("extend the deadline");
    talk.types("leave");
    assert_eq!((talk.told[0].as_str(), talk.desk.journal().len()), ("Given up: nothing was recorded.", before));
}

impl Talk {
    /// Chooses from the dialog told once more.
    #[track_caller]
    fn choose_after_again(&mut self, words: &str) {
        self.types(".");
        self.choose(words);
    }
}

#[test]
fn what_needs_a_yes_is_not_done_by_enter_alone() {
    let mut talk = Talk::of(1, &["3", "1", "1"]);
    let before = talk.desk.journal().len();
    talk.types("");
    talk.choose("cancel");
    for _ in 0..4 {
        talk.types("");
        talk.types("reason");
    }
    assert_eq!(talk.desk.journal().len(), before, "{}", talk.session);
}

#[test]
fn a_number_means_the_row_that_was_read_though_the_list_moved_meanwhile() {
    let mut talk = Talk::of(1, &["1"]);
    let second = talk.told[2].clone();
    assert!(second.starts_with("2. Veterans"), "{second}");
    let received = Entry::new(EntryId::UNMADE, BDO.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
    talk.desk.acted_elsewhere(received);
    talk.desk.app.fact(Msg::SourceChanged);
    talk.desk.perform();
    talk.types("2");
    assert!(talk.told().contains("Veterans"), "{}", talk.told());
    let mut talk = Talk::of(1, &["1"]);
    let received = Entry::new(EntryId::UNMADE, BDO.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
    talk.desk.acted_elsewhere(received);
    talk.desk.app.fact(Msg::SourceChanged);
    talk.desk.perform();
    talk.types("1");
    assert_eq!(talk.told[0], "That row is not in the list any more.");
}

#[test]
fn what_happened_is_told_with_the_next_answer() {
    let mut talk = Talk::of(1, &["1"]);
    let ticket = talk
        .desk
        .app
        .fact(Msg::SourceChanged)
        .effects
        .iter()
        .find_map(|effect| if let Effect::Fetch { ticket, .. } = effect { Some(*ticket) } else { None });
    talk.desk.app.effects.clear();
    let gone = Failure::Offline(Sentence::new("ledger-busy"));
    talk.desk.app.fact(Msg::Fetched { ticket: ticket.unwrap_or(Ticket(0)), result: Err(gone) });
    talk.types("1");
    assert!(talk.told[0].starts_with("Attention: The source cannot be reached"), "{}", talk.told());
    talk.types("0");
    assert!(!talk.told().contains("Attention"), "told once: {}", talk.told());
}

#[test]
fn while_the_first_data_are_on_their_way_each_answer_says_how_far_they_are() {
    let mut talk = Talk::new(1);
    talk.desk.app.model.snapshot = None;
    talk.desk.app.fact(Msg::SourceChanged).effects.clear();
    talk.desk.app.fact(Msg::Loading(Loading { bytes: 3 << 20, of: Some(6 << 20), ..Loading::default() }));
    talk.types("");
    assert!(talk.told[0].starts_with("Loading... 3.0 of 6.0 MB"), "{}", talk.told());
}

#[test]
fn rows_are_marked_and_dealt_with_together_and_it_is_said_to_how_many() {
    let mut talk = Talk::of(1, &["1", "3", "2", "+", "2", "+", "1"]);
    assert!(talk.told[1].starts_with("This is done to the 2 that are marked."), "{}", talk.told());
    let before = talk.desk.journal().len();
    talk.choose("note, or a promised day");
    assert!(talk.told().contains("2 items"), "{}", talk.told());
    talk.types("seen together");
    talk.types("");
    assert_eq!(talk.desk.journal().len(), before + 2, "{}", talk.told());
}

#[test]
fn letters_that_arrived_are_recorded_line_by_line() {
    let mut talk = Talk::of(1, &["m"]);
    talk.choose("letters that arrived");
    for line in ["bu", "2", "12/BC", "", "", ""] {
        talk.types(line);
    }
    let last = talk.desk.last("report:R4/2023-Q3/bgm");
    assert_eq!((&last.verb, last.document.as_deref()), (&Verb::Receive, Some("12/BC")));
    talk.types("leave");
    assert!(talk.told[0].contains("1 letter"), "{}", talk.told());
}

#[test]
fn a_task_is_amended_question_by_question() {
    let mut talk = Talk::of(1, &["3", "1", "1", "amend the task"]);
    talk.choose("amend the task");
    let title = talk.told().contains("Question 1 of");
    assert!(title, "{}", talk.told());
    talk.types("Another title");
    for _ in 0..8 {
        let reason = talk.told().contains(": Reason");
        talk.types(if reason { "as decided" } else { "" });
    }
    assert!(talk.desk.plan().tasks.iter().any(|task| task.title.get("en") == "Another title"), "{}", talk.session);
}

#[test]
fn letters_by_mail_are_read_whole_and_go_out_only_after_a_yes() {
    let mut talk = Talk::with(1, |settings| Settings { mails: true, ..settings });
    let letter = ["To: a@example.invalid", "", "Please send the report."].map(Text::new).to_vec();
    let preview = Preview { letters: vec![letter], items: 1, ..Preview::default() };
    talk.desk.app.fact(Msg::MailComposed(preview.clone()));
    talk.types("0");
    talk.desk.app.fact(Msg::MailComposed(preview));
    talk.tell();
    assert!(talk.told().contains("Letter 1 of 1\nTo: a@example.invalid\nPlease send the report."), "{}", talk.told());
    talk.desk.app.fact(Msg::Answered("2".into()));
    assert!(talk.desk.app.effects.contains(&Effect::SendMail));
}

#[test]
fn another_day_is_told_and_nothing_can_be_done_there() {
    let mut talk = Talk::of(1, &["day", "14/6"]);
    assert!(talk.told().contains("Not today: as it stood on Wednesday 14/06/2023"), "{}", talk.told());
    talk.types("3");
    talk.types("1");
    talk.types("1");
    assert!(talk.told().contains("not possible"), "{}", talk.told());
    talk.types("0");
    talk.types("=");
    talk.types("home");
    assert!(talk.told().contains("Monday 20/11/2023"), "{}", talk.told());
}

#[test]
fn every_row_of_every_list_is_read_without_a_drawn_sign() {
    for language in [0, 1] {
        for list in ["1", "2", "3", "4", "5", "6"] {
            let mut talk = Talk::of(language, &[list]);
            let mut seen = BTreeSet::new();
            loop {
                let rows = numbered(&talk.desk.app.model);
                if let Some(first) = rows.first() {
                    let number = first.number.to_string();
                    talk.types(&number);
                    talk.types("0");
                }
                talk.types("");
                if !seen.insert(talk.told()) || seen.len() > 8 {
                    break;
                }
            }
        }
    }
}

#[test]
fn what_only_says_what_to_do_is_short() {
    for language in &LANGUAGES {
        let words = Words::new(language);
        let says = ["linear-ask-", "linear-help-", "linear-form-ways", "linear-command-", "linear-enter-blank"];
        for id in words.ids().filter(|id| says.iter().any(|kind| id.starts_with(kind))) {
            let length = words.get(id).chars().count();
            assert!(length <= SHORT, "{id} in {}: {length}", language.tag);
        }
    }
}

#[test]
fn no_word_that_is_typed_means_two_things() {
    for language in &LANGUAGES {
        let words = Words::new(language);
        let typed = COMMANDS.iter().flat_map(|(_, id)| {
            let of: Vec<String> =
                words.get(id).split(',').map(|word| tiendo::domain::text::fold_marks(word.trim())).collect();
            of
        });
        let typed: Vec<String> = typed.collect();
        let distinct: BTreeSet<&String> = typed.iter().collect();
        assert_eq!(typed.len(), distinct.len(), "{}: {typed:?}", language.tag);
        assert!(!typed.iter().any(|word| word.is_empty() || word.parse::<usize>().is_ok()), "{typed:?}");
    }
}

#[test]
fn where_nothing_may_be_done_the_reason_is_read() {
    let read_only = Some(tiendo::panels::cell::Word("read-only-asked"));
    let mut talk = Talk::with(1, |settings| Settings { read_only, ..settings });
    for line in ["1", "1", "1"] {
        talk.types(line);
    }
    let rows = numbered(&talk.desk.app.model);
    assert!(rows.iter().any(|of| matches!(of.what, What::Choice(_))));
    assert!(talk.told().contains("--read-only"), "{}", talk.told());
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn env(&self) -> [(&str, &str); 5] {
        let path = self.0.path().to_str().unwrap();
        [("TIENDO_DATA", path), ("XDG_CONFIG_HOME", path), ("HOME", path), ("TIENDO_LANG", "en"), ("TIENDO_ME", ME)]
    }

    /// The exit code and what was told, after these lines and the end of the input.
    fn piped(&self, arguments: &[&str], lines: &str) -> (i32, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(arguments)
            .envs(self.env())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }
}

#[test]
fn piped_lines_are_answered_and_the_end_of_the_input_leaves() {
    let home = Home::new();
    for arguments in [&["demo", "--linear"][..], &["demo", "--linear", "--ascii"]] {
        let (code, told) = home.piped(arguments, "1\n2\n");
        assert_eq!(code, 0, "{told}");
        told.lines().for_each(check);
        assert!(told.contains("To deal with: 6") && told.trim_end().ends_with("back to the list."), "{told}");
    }
    // Nothing typed at all, an unfinished last line, bytes that are no text.
    assert_eq!(home.piped(&["demo", "--linear"], "").0, 0);
    assert_eq!(home.piped(&["demo", "--linear"], "1\n\u{1b}[31m\u{202e}x").0, 0);
}

#[test]
fn what_was_done_by_lines_is_on_the_disk() {
    let home = Home::new();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/config/plans/binh-phuoc-2023.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_tiendo")).args(["import", plan, "--yes"]).envs(home.env()).output();
    assert!(output.unwrap().status.success());
    let (code, told) = home.piped(&["--linear"], "2\n1\n1\n7\nby lines\n\n");
    assert_eq!(code, 0, "{told}");
    let (_, journal) = home.piped(&["journal", "--limit", "1", "--format", "json"], "");
    assert!(journal.contains("by lines"), "{journal}\n{told}");
}

#[cfg(unix)]
#[test]
fn a_terminal_is_left_as_it_is_and_no_escape_is_written() {
    let home = Home::new();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tiendo"));
    let mut pty = pty::Pty::start(program, &["demo", "--linear"], &home.env(), (80, 24));
    pty.wait_for_text("quit to leave.");
    assert_eq!(pty.modes(), pty.modes_before());
    pty.send("1\n");
    pty.wait_for_text("0: back.");
    pty.send("q\n");
    assert_eq!(pty.exit_code_within(Duration::from_secs(2)), 0);
    let written = pty.raw_output();
    assert!(!written.contains(&0x1b), "{}", String::from_utf8_lossy(&written));
}
