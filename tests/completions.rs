//! Completions in the shells themselves: bash, zsh, fish. And the manual pages by the program that shows them. Where one of these
//! is missing it is said; with `TIENDO_PEERS=required` that is a failure.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "common/machine.rs"]
mod machine;
#[path = "common/pty.rs"]
mod pty;
#[path = "common/skip.rs"]
mod skip;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use pty::Pty;
use tempfile::TempDir;

fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let program_file = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file());
    program_file.or_else(|| skip::skipped(program, "it is not there"))
}

/// This program's folder before all others.
fn path() -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_tiendo")).parent().unwrap();
    format!("{}:{}", own.display(), std::env::var("PATH").unwrap())
}

struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Machine { home: tempfile::tempdir().unwrap() };
        let config = "[[source]]\nname = \"office\"\npath = \"ledger.db\"\n[[source]]\nname = \"server\"\nkind = \"http\"\nplan = \"p\"\nurl = \"http://127.0.0.1:9\"\n";
        fs::write(machine.home.path().join("two.toml"), config).unwrap();
        machine
    }

    fn command(&self, program: &str, line: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(line)
            .env_clear()
            .env("PATH", path())
            .env("HOME", self.home.path())
            .env("TIENDO_DATA", self.home.path().join("data"))
            .env("TIENDO_LANG", "en")
            .env("LC_ALL", "C.UTF-8")
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    /// What a bash with our script gives for a line with the cursor at its end; nothing may be said beside it.
    fn bash(&self, words: &[&str], line: &str) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let script = format!(
            "source <(tiendo completions bash)\nCOMP_WORDS=({})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\nCOMP_LINE='{line}'\n\
             COMP_POINT=${{#COMP_LINE}}\n_tiendo\n((${{#COMPREPLY[@]}})) && printf '%s\\n' \"${{COMPREPLY[@]}}\"\n:",
            words.join(" ")
        );
        let output = self.command("bash", &["--norc", "--noprofile", "-c", &script]).output().unwrap();
        read(output, line)
    }
}

fn read(output: Output, line: &str) -> Vec<String> {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}: nothing is said into the shell");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_what_the_plan_has_also_where_it_parts_words_at_signs() {
    if found("bash").is_none() {
        return;
    }
    let machine = Machine::new();
    let agencies = machine.bash(&["tiendo", "tasks", "--agency", "b"], "tiendo tasks --agency b");
    assert!(agencies.contains(&"bdo".to_owned()) && agencies.iter().all(|id| id.starts_with('b')), "{agencies:?}");
    let after_sign = machine.bash(&["tiendo", "tasks", "--agency", "=", "b"], "tiendo tasks --agency=b");
    assert_eq!(after_sign, agencies, "only what is new");
    let first = machine.bash(&["tiendo", "act", "done", ""], "tiendo act done ");
    let is_part = |id: &&String| id.contains('/') && !id.starts_with('-');
    assert!(first.contains(&"R2/".to_owned()) && first.iter().filter(is_part).all(|id| id.ends_with('/')), "{first:?}");
    assert_eq!(machine.bash(&["tiendo", "act", "done", "N1"], "tiendo act done N1").len(), 10, "N10 to N19");
    let items = machine.bash(&["tiendo", "journal", "--item", "task", ":", "N0"], "tiendo journal --item task:N0");
    assert!(items.contains(&"N06".to_owned()), "{items:?}");
    assert_eq!(machine.bash(&["tiendo", "act", "ex"], "tiendo act ex"), ["extend", "exempt"]);
    assert_eq!(
        machine.bash(&["tiendo", "tasks", "--format", ""], "tiendo tasks --format "),
        ["table", "json", "jsonl", "csv", "md"]
    );
    assert_eq!(
        machine.bash(&["tiendo", "tasks", "--columns", "id,du"], "tiendo tasks --columns id,du"),
        ["id,due", "id,due_text"]
    );
    let sources =
        machine.bash(&["tiendo", "--config", "two.toml", "--source", ""], "tiendo --config two.toml --source ");
    assert_eq!(sources, ["office", "server", "sample"]);
    let files = machine.bash(&["tiendo", "import", "tw"], "tiendo import tw");
    assert_eq!(files, ["two.toml"]);
    assert!(machine.bash(&["tiendo", "dig"], "tiendo dig").contains(&"digest".to_owned()));
}

#[test]
fn whatever_is_wrong_nothing_completes_and_nothing_is_said() {
    if found("bash").is_none() {
        return;
    }
    let machine = Machine::new();
    fs::write(machine.home.path().join("bad.toml"), "theme = [\n").unwrap();
    let none = |words: &[&str]| {
        let line = words.join(" ");
        assert_eq!(machine.bash(words, &line), [""; 0], "{line}");
    };
    none(&["tiendo", "tasks", "--config", "bad.toml", "--agency", "b"]);
    // A server is not asked, a ledger that is not there is not made.
    none(&["tiendo", "tasks", "--config", "two.toml", "--source", "server", "--agency", "b"]);
    none(&["tiendo", "tasks", "--config", "two.toml", "--agency", "b"]);
    assert!(!machine.home.path().join("ledger.db").exists() && !machine.home.path().join("data").exists());
    fs::create_dir(machine.home.path().join("data")).unwrap();
    fs::write(machine.home.path().join("data/ledger.db"), "this is no ledger\n".repeat(500)).unwrap();
    none(&["tiendo", "tasks", "--agency", "b"]);
    // Nobody asks for anything.
    let asked = machine.command("tiendo", &[]).env("_TIENDO_COMPLETE", "bash").output().unwrap();
    assert_eq!((asked.status.code(), asked.stdout.len(), asked.stderr.len()), (Some(0), 0, 0));
    let strange = machine.command("tiendo", &["--", "tiendo", ""]).env("_TIENDO_COMPLETE", "tcsh").output().unwrap();
    assert_eq!((strange.status.code(), strange.stdout.len(), strange.stderr.len()), (Some(0), 0, 0));
}

#[test]
fn what_is_kept_of_a_server_completes_while_it_is_away() {
    let machine = machine::Machine::new();
    assert_eq!(machine.run(&["import", "plan.toml", "--yes"]).0, 0);
    let (server, url, _said) = machine.serve();
    let config = format!("[[source]]\nname = \"s\"\nkind = \"http\"\nplan = \"p\"\nurl = \"{url}\"\n");
    fs::write(machine.home.path().join("tiendo.toml"), config).unwrap();
    let complete = || {
        let mut command = machine.command(&["--", "tiendo", "tasks", "--agency", "l"]);
        command.env("TIENDO_CONFIG", "tiendo.toml").env("_TIENDO_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "3");
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert_eq!(complete(), "", "nothing is kept, and the server is not asked");
    let tasks = machine.command(&["tasks"]).env("TIENDO_CONFIG", "tiendo.toml").output().unwrap();
    assert_eq!(tasks.status.code(), Some(0));
    drop(server);
    assert_eq!(complete(), "ldtbxh");
}

/// A shell in a terminal, where Tab is pressed.
fn interactive(machine: &Machine, program: &Path, arguments: &[&str]) -> Pty {
    let (home, path) = (machine.home.path().to_str().unwrap(), path());
    let data = machine.home.path().join("data");
    let env = [
        ("PATH", path.as_str()),
        ("HOME", home),
        ("TIENDO_DATA", data.to_str().unwrap()),
        ("PS1", "> "),
        ("LC_ALL", "C.UTF-8"),
        ("TIENDO_LANG", "en"),
    ];
    Pty::start(program, arguments, &env, (100, 30))
}

#[test]
fn tab_in_a_bash_gives_agencies() {
    let Some(bash) = found("bash") else { return };
    let machine = Machine::new();
    let mut pty = interactive(&machine, &bash, &["--norc", "--noprofile", "-i"]);
    pty.send("source <(tiendo completions bash); echo re''ady\n");
    pty.wait_for_text("ready");
    pty.send("tiendo tasks --agency b\t\t");
    pty.wait_for("the agencies", |screen| ["bda", "bdo", "bgm"].iter().all(|id| screen.contents().contains(id)));
    pty.send("do\t--li\t");
    pty.wait_for_text("--agency bdo --linear ");
    pty.send("\x03exit\n");
}

#[test]
fn tab_in_a_zsh_gives_agencies() {
    let Some(zsh) = found("zsh") else { return };
    let machine = Machine::new();
    let mut pty = interactive(&machine, &zsh, &["-f", "-i"]);
    pty.send("autoload -U compinit; compinit -u -D; source <(tiendo completions zsh); echo re''ady\n");
    pty.wait_for_text("ready");
    pty.send("tiendo tasks --agency b\t");
    pty.wait_for("the agencies", |screen| ["bda", "bdo", "bgm"].iter().all(|id| screen.contents().contains(id)));
    pty.send("\x03exit\n");
}

#[test]
fn fish_gives_agencies_with_their_names() {
    if found("fish").is_none() {
        return;
    }
    let machine = Machine::new();
    let script = "tiendo completions fish | source; complete -C 'tiendo tasks --agency b'";
    let output = machine.command("fish", &["--no-config", "-c", script]).env("TIENDO_LANG", "vi").output().unwrap();
    let agencies = read(output, script);
    assert!(agencies.contains(&"bdo\tBù Đốp".to_owned()), "{agencies:?}");
    assert!(agencies.iter().all(|line| line.starts_with('b')), "{agencies:?}");
}

#[test]
fn every_manual_page_is_shown_without_a_warning_in_both_languages() {
    if found("man").is_none() {
        return;
    }
    let machine = Machine::new();
    for (lang, examples) in [("vi", "VÍ DỤ"), ("en", "EXAMPLES")] {
        let folder = machine.home.path().join(lang);
        let written =
            machine.command("tiendo", &["man", "--lang", lang, "--into", folder.to_str().unwrap()]).output().unwrap();
        assert_eq!(written.status.code(), Some(0));
        let pages: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(pages.len() > 20, "{pages:?}");
        for page in pages {
            let page = page.to_str().unwrap();
            let mut command = machine.command("man", &["--warnings", "-E", "UTF-8", "-P", "cat", "-l", page]);
            let shown = command.env("MANWIDTH", "80").env("TERM", "dumb").output().unwrap();
            assert_eq!(String::from_utf8_lossy(&shown.stderr), "", "{page}");
            let shown = String::from_utf8(shown.stdout).unwrap().replace('\u{8}', "");
            assert!(shown.contains("143") && shown.contains("tiendo"), "{page}: {shown}");
            let plain = fs::read_to_string(page).unwrap();
            assert!(plain.contains(&format!(".SH \"{examples}\"")), "{page}");
        }
    }
    let of_act = machine.command("tiendo", &["man", "act"]).output().unwrap();
    let of_act = String::from_utf8(of_act.stdout).unwrap();
    assert!(of_act.contains(".TH tiendo-act 1") && of_act.contains("tiendo act extend N14"), "{of_act}");
    assert_eq!(machine.command("tiendo", &["man", "atc"]).output().unwrap().status.code(), Some(2));
}
