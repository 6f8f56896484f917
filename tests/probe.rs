//! The terminal that `tiendo check` asks: one that answers, one that does not. It is given back as it was either way.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/pty.rs"]
mod pty;

use std::{path::Path, time::Duration};

use pty::Pty;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

fn start(home: &TempDir, more: &[(&str, &str)]) -> Pty {
    let home = home.path().to_str().unwrap();
    let env = [&[("HOME", home), ("TIENDO_DATA", home), ("TIENDO_LANG", "en")][..], more].concat();
    Pty::start(Path::new(env!("CARGO_BIN_EXE_tiendo")), &["check"], &env, (120, 40))
}

/// The last question has been written.
fn asked(pty: &Pty) {
    pty.wait_for_raw("the last question", |raw| raw.windows(3).any(|three| three == b"\x1b[c"));
}

#[test]
fn a_terminal_that_answers_is_believed() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(&home, &[]);
    asked(&pty);
    pty.send(b"\x1b[5;8R\x1b[5;8R\x1b[5;6R\x1b[?1006;2$y\x1b[?62;52c");
    assert_eq!(pty.exit_code_within(PATIENCE), 0);
    let shown = pty.contents();
    for said in [
        "✓ Vietnamese letters: drawn as wide as they are",
        "✓ mouse: it is told",
        "✓ clipboard: it takes",
        "120 columns × 40 rows",
        "256 colours",
    ] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_draws_marks_apart_is_told_of_with_a_remedy() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(&home, &[]);
    asked(&pty);
    pty.send(b"\x1b[5;8R\x1b[5;12R\x1b[5;6R\x1b[?1006;0$y\x1b[?6c");
    assert_eq!(pty.exit_code_within(PATIENCE), 0);
    let shown = pty.contents();
    for said in
        ["! Vietnamese letters: marks written apart", "! mouse: the terminal does not tell", "→ write composed letters"]
    {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_never_answers_is_not_waited_for_and_is_given_back() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(&home, &[]);
    assert_eq!(pty.exit_code_within(PATIENCE), 0);
    assert!(pty.contents().contains("! Vietnamese letters: the terminal did not answer"), "{}", pty.contents());
    pty.assert_given_back();
}

#[test]
fn a_console_that_does_not_know_the_questions_is_not_asked_any() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(&home, &[("TERM", "dumb")]);
    assert_eq!(pty.exit_code_within(PATIENCE), 0);
    assert!(!pty.raw_output().contains(&0x1b), "not an escape byte");
}
