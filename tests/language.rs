//! Nothing is said in another language than the one asked for: every id used has its words, and whatever goes wrong on the
//! command line is told in Vietnamese.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;
use tiendo::{
    domain::access::Role,
    wire::ProblemKind,
    words::{LANGUAGES, Words},
};

/// What the ids of sentences begin with; a literal of the source that begins so is one.
const KINDS: [&str; 24] = [
    "book", "cli", "config", "digest", "exit", "export", "failure", "file", "filter", "found", "help", "init", "keys",
    "ledger", "problem", "refusal", "remark", "said", "source", "terminal", "theme", "type", "usage", "workbook",
];

/// Ids put together while it runs, or the beginnings of them.
const COMPOSED: [&str; 14] = [
    "init-language-",
    "init-source-",
    "init-template-",
    "init-kind-",
    "init-field-",
    "help-option-",
    "help-value-",
    "help-",
    "cli-record-",
    "cli-column-",
    "cli-token-column-",
    "problem-",
    "remark-what-",
    "filter-label",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The literals of the sources that are ids of sentences.
fn used() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    let code: String = texts.map(|text| text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned()).collect();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let is_id = |text: &&str| {
        let plain = text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
        plain && !text.ends_with('-') && text.split_once('-').is_some_and(|(kind, _)| KINDS.contains(&kind))
    };
    code.split('"').filter(is_id).map(ToOwned::to_owned).collect()
}

#[test]
fn every_id_used_has_its_words_and_no_words_are_left_over() {
    let used = used();
    assert!(used.len() > 150, "the ids were not found");
    for language in &LANGUAGES {
        let words = Words::new(language);
        let missing: Vec<&String> = used.iter().filter(|id| !words.has(id)).collect();
        assert_eq!(missing, [""; 0], "{}", language.tag);
    }
    let of_kind = |id: &&str| id.split_once('-').is_some_and(|(kind, _)| KINDS.contains(&kind));
    let composed = |id: &str| COMPOSED.iter().any(|beginning| id.starts_with(beginning));
    // Shorter words for the same stand beside the whole ones.
    let is_used = |id: &str| used.contains(id.strip_suffix("-short").unwrap_or(id)) || used.contains(id);
    let left_over: Vec<&str> =
        Words::new(&LANGUAGES[0]).ids().filter(of_kind).filter(|id| !composed(id) && !is_used(id)).collect();
    assert_eq!(left_over, [""; 0]);
}

#[test]
fn every_problem_of_a_request_says_what_it_is_and_what_to_do() {
    for language in &LANGUAGES {
        let words = Words::new(language);
        for kind in ProblemKind::KNOWN {
            let id = format!("problem-{}", kind.as_str());
            assert!(words.has(&id) && words.has(&format!("{id}-next")), "{} {id}", language.tag);
        }
        assert!(Role::ALL.iter().all(|role| words.has(&format!("role-{}", role.as_str()))));
    }
}

struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        Machine { home: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The exit code and what was said on both outputs.
    fn run(&self, line: &[&str], lang: &str) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(line)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("LANG", lang)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), out + &err)
    }
}

/// Words no Vietnamese sentence has.
const ENGLISH: [&str; 24] = [
    "the", "is", "are", "not", "cannot", "this", "expected", "unknown", "invalid", "missing", "found", "error",
    "usage", "options", "commands", "print", "help:", "for", "with", "should", "did", "you", "must", "required",
];

fn english(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic() && letter != '-' && letter != '_');
    words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).collect()
}

const PLAN: &str = "format = \"tiendo-plan/1\"\nid = \"p\"\nyear = 2023\ntimezone = \"Asia/Ho_Chi_Minh\"\n[[agencies]]\nid = \"ldtbxh\"\nkind = \"department\"\n";

/// Runs the line in both languages: it fails alike, in each with words of its own.
#[track_caller]
fn wrong(machine: &Machine, line: &[&str], code: i32) -> String {
    let (of_vi, vi) = machine.run(line, "vi_VN.UTF-8");
    let (of_en, en) = machine.run(line, "en_GB.UTF-8");
    assert_eq!((of_vi, of_en), (code, code), "{line:?}: {vi}{en}");
    assert!(!vi.trim().is_empty() && !vi.contains("{ $") && !en.contains("{ $"), "{line:?}: {vi}{en}");
    // A line of the file, drawn with its number, is the same in every language; so is an example.
    let drawn = |line: &&str| {
        let example = line.starts_with("  tiendo");
        example || line.trim().is_empty() || line.contains(" | ") || line.trim_end().ends_with(['|', '^'])
    };
    let said = |text: &str| text.lines().filter(|line| !drawn(line)).map(ToOwned::to_owned).collect::<BTreeSet<_>>();
    let shared: Vec<String> = said(&vi).intersection(&said(&en)).cloned().collect();
    assert_eq!(shared, [""; 0], "{line:?}");
    let names: Vec<&str> = line.iter().copied().filter(|argument| argument.contains('/')).collect();
    let said = said(&vi).into_iter().collect::<Vec<_>>().join("\n");
    let home = machine.home.path().to_str().unwrap();
    names.into_iter().fold(said, |said, name| said.replace(name, "FILE")).replace(home, "HOME")
}

#[test]
fn a_wrong_command_line_is_told_in_the_language_asked_for() {
    let machine = Machine::new();
    for line in [
        &["stauts"][..],
        &["status", "--formt", "json"],
        &["status", "--format", "jsn"],
        &["status", "--format"],
        &["journal", "--limit", "x"],
        &["import"],
        &["check", "a.toml", "--plan-file", "b.toml"],
        &["status", "more"],
        &["status", "--ascii", "--ascii"],
        &["tasks", "--agency", "hcb"],
        &["tasks", "--filter", "stauts:overdue"],
        &["tasks", "--filter", "agency:zzz"],
        &["tasks", "--at", "31/2/2023"],
        &["tasks", "--plan", "kh96-2023"],
        &["tasks", "--source", "sampel"],
        &["tasks", "--theme", "drak"],
        &["tasks", "--columns", "titel"],
        &["tasks", "--watch", "--format", "csv"],
        &["digest", "--since", "31/2"],
        &["man", "statsu"],
        &["journal", "--verb", "remid"],
        &["journal", "--item", "task:N999"],
        &["act", "extned", "N14"],
        &["act", "done"],
        &["act", "done", "N999"],
        &["act", "undo", "N14"],
        &["act", "open", "R7", "R8", "--agency", "dx"],
        &["act", "open", "R99", "--agency", "dx"],
        &["act", "open", "R7", "--agency", "dx", "--on", "+1"],
        &["act", "extend", "N14", "--until", "+5"],
        &["act", "extend", "N14", "--until", "31/2", "--reason", "x"],
        &["act", "extend", "N14", "--percent", "5"],
        &["act", "acknowledge", "N14", "--reason", "x"],
        &["act", "progress", "N14", "--percent", "140"],
        &["act", "remind", "N14", "--level", "9"],
        &["act", "remind", "N14", "--level", "1", "--channel", "leter"],
        &["demo", "--at", "soon"],
        &["demo"],
    ] {
        let said = wrong(&machine, line, 2);
        assert_eq!(english(&said), [""; 0], "{line:?}: {said}");
    }
}

#[test]
fn a_wrong_config_is_told_in_the_language_asked_for() {
    let machine = Machine::new();
    for (name, text) in [
        ("broken.toml", "x = \n"),
        ("unknown.toml", "langauge = \"vi\"\n"),
        ("type.toml", "due_soon_working_days = \"x\"\n"),
        ("table.toml", "theme = [1]\n"),
        ("value.toml", "language = \"fr\"\n"),
        ("source.toml", "[[source]]\nkind = \"embedded\"\n"),
        ("scope.toml", "[keys.panel]\n\"x\" = \"quit\"\n"),
        ("key.toml", "[keys.panels]\n\"hyper-x\" = \"quit\"\n"),
        ("action.toml", "[keys.panels]\n\"x\" = \"quitt\"\n"),
        ("twice.toml", "[keys.panels]\n\"x\" = \"quit\"\n\"shift-x\" = \"open\"\n"),
        ("agency.toml", "agency = \"nobody\"\n"),
    ] {
        let path = machine.file(name, text);
        let said = wrong(&machine, &["check", "--config", &path], 2);
        assert_eq!(english(&said), [""; 0], "{name}: {said}");
    }
    wrong(&machine, &["tasks", "--config", "/nonexistent.toml"], 2);
}

#[test]
fn a_wrong_plan_file_is_told_in_the_language_asked_for() {
    let machine = Machine::new();
    let entry = |more: &str| {
        let id = "01871263-e7b0-7000-8000-000000000001";
        format!(r#"{{"id":"{id}","item":"task:N1","verb":"note","on":"2023-03-24","at":"2023-03-24T06:52:30Z"{more}}}"#)
    };
    let tasks = |more: &str| format!("{PLAN}[[tasks]]\nid = \"N1\"\nlead = \"ldtbxh\"\n{more}\n");
    for (name, text, journal) in [
        ("broken.toml", format!("{PLAN}kind ldtbxh\n"), String::new()),
        ("broken.json", "{\"format\": \"tiendo-plan/1\", \"id\": ".into(), String::new()),
        ("format.toml", PLAN.replace("plan/1", "plan/2"), String::new()),
        ("zone.toml", PLAN.replace("Minh", "Min"), String::new()),
        ("missing.toml", PLAN.replace("id = \"p\"\n", ""), String::new()),
        ("date.toml", tasks("due = \"31/10/2023\""), String::new()),
        ("list.toml", tasks("due = [1]"), String::new()),
        ("kind.toml", PLAN.replace("id = \"ldtbxh\"", "id = {a = 1}"), String::new()),
        ("number.toml", PLAN.replace("2023\n", "\"x\"\n"), String::new()),
        ("twice.toml", tasks("[[tasks]]\nid = \"N1\"\nlead = \"ldtbxh\""), String::new()),
        ("item.toml", tasks(""), entry("").replace("N1", "N2")),
        ("agency.toml", tasks(""), entry(",\"agency\":\"ldtbhx\"")),
        ("time.toml", tasks(""), entry("").replace("2023-03-24\"", "1970-01-01\"")),
        ("uuid.toml", tasks(""), entry("").replace("01871263", "x")),
        ("instant.toml", tasks(""), entry("").replace("T06:52:30Z", "")),
        ("line.toml", tasks(""), "note".into()),
    ] {
        let path = machine.file(name, &text);
        if !journal.is_empty() {
            machine.file(&name.replace(".toml", ".journal.jsonl"), &journal);
        }
        let said = wrong(&machine, &["check", &path], 1);
        assert_eq!(english(&said), [""; 0], "{name}: {said}");
    }
    let unknown = machine.file("unknown.toml", &tasks("deu = 2023-10-31"));
    let said = wrong(&machine, &["check", &unknown], 0);
    assert_eq!(english(&said), [""; 0], "{said}");
    wrong(&machine, &["import", "/nonexistent.toml", "--yes"], 1);
    wrong(&machine, &["check", "/nonexistent.toml"], 1);
}

#[test]
fn a_damaged_or_foreign_ledger_is_told_in_the_language_asked_for() {
    let machine = Machine::new();
    fs::create_dir(machine.home.path().join("data")).unwrap();
    machine.file("data/ledger.db", &"this is no ledger\n".repeat(500));
    wrong(&machine, &["status"], 1);
    let config = machine.file("c.toml", "[[source]]\nname = \"office\"\npath = \"/nonexistent/ledger.db\"\n");
    wrong(&machine, &["status", "--config", &config], 3);
}

#[test]
fn help_is_in_the_language_asked_for() {
    let machine = Machine::new();
    let of = |command| [command, "--help"];
    let commands = ["status", "journal", "import", "act"].map(of);
    for line in [&["--help"][..], &["-h"]].into_iter().chain(commands.iter().map(<[&str; 2]>::as_slice)) {
        let said = wrong(&machine, line, 0);
        assert_eq!(english(&said), [""; 0], "{line:?}: {said}");
    }
    // A flag, and the config, are heard too.
    let config = machine.file("en.toml", "language = \"en\"\n");
    for line in [["--help", "--lang=en"], ["--config", &config], ["--lang", "en"]] {
        let (_, said) = machine.run(&[&line[..], &["--help"]].concat(), "vi_VN.UTF-8");
        assert!(said.contains("Usage: tiendo [OPTIONS] [COMMAND]"), "{said}");
    }
    let (_, manual) = machine.run(&["man"], "vi_VN.UTF-8");
    assert!(manual.contains("CÚ PHÁP") && !manual.contains("SYNOPSIS"), "{manual}");
}

#[test]
fn what_is_wrong_with_mail_is_said_in_each_language() {
    use tiendo::{
        letters::{Problem, Wrong},
        words::template::Misplaced,
    };
    let template = |wrong| Problem::Template { file: "letters/remind-1.vi.txt".into(), line: 3, wrong };
    let problems = [
        template(Wrong::NoSubject),
        template(Wrong::NoItems),
        template(Wrong::ItemsWithin),
        template(Wrong::Place(Misplaced::Brace)),
        template(Wrong::Place(Misplaced::Unknown { name: "agencyy".into(), nearest: Some("agency".into()) })),
        Problem::Unread { file: "a.txt".into(), reason: "ENOENT".into() },
        Problem::Missing("from"),
        Problem::NotAnAddress { option: "reply_to", value: "x".into() },
        Problem::NoLanguage("xx".into()),
        Problem::Unencrypted { host: "mau.example".into() },
        Problem::Readable { file: "secret".into() },
        Problem::SecretSource,
        Problem::NoVariable("MAIL".into()),
        Problem::Command("exit 3".into()),
        Problem::Tls("x509".into()),
    ];
    let [vi, en] = [&LANGUAGES[0], &LANGUAGES[1]].map(Words::new);
    for problem in problems {
        let sentence = problem.sentence();
        let [said, other] = [vi.say(&sentence), en.say(&sentence)];
        assert_eq!(english(&said), [""; 0], "{said}");
        assert!(said != other && vi.has(sentence.id) && !said.contains("{ $"), "{said} {other}");
    }
    let place = en.say(&template(Wrong::NoItems).sentence());
    assert!(place.starts_with("letters/remind-1.vi.txt:3: "), "{place}");
}
