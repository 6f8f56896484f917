//! The terminal is taken and given back, whatever happens: the part of `runtime` that touches it,
//! in a pseudo-terminal, by way of `examples/terminal_probe.rs`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

#[path = "common/pty.rs"]
mod pty;

use std::io::{BufRead as _, BufReader};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use pty::Pty;
use rustix::process::Signal;

/// What is promised for every way out.
const SOON: Duration = Duration::from_secs(1);
/// For what no promise is made of.
const LONG: Duration = Duration::from_secs(20);

/// The example beside the tests. `cargo test` builds it with them, `cargo test --test terminal` does not.
fn probe() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let find = || {
        let tests = std::env::current_exe().unwrap();
        let dir = tests.ancestors().nth(2).unwrap();
        let probe = dir.join("examples/terminal_probe");
        if changed(&probe) < sources().filter_map(|path| changed(&path)).max() {
            let release = dir.ends_with("release").then_some("--release");
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
            let built = cargo.args(["build", "--quiet", "--example", "terminal_probe"]).args(release).status();
            assert!(built.unwrap().success());
        }
        probe
    };
    BUILT.get_or_init(find).clone()
}

/// What the probe is made of, as far as this part goes.
fn sources() -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = std::fs::read_dir(root.join("src/runtime")).unwrap().map(|entry| entry.unwrap().path());
    runtime.chain([root.join("examples/terminal_probe.rs")])
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

fn start() -> Pty {
    start_with(&[])
}

fn start_with(env: &[(&str, &str)]) -> Pty {
    let pty = Pty::start(&probe(), &[], env, (80, 24));
    pty.wait_for_text("count 0");
    pty
}

/// What the probe says it does, line by line.
struct Told {
    lines: BufReader<UnixStream>,
    _dir: tempfile::TempDir,
}

impl Told {
    fn start() -> (Pty, Self) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tell");
        let listener = UnixListener::bind(&path).unwrap();
        let pty = start_with(&[("PROBE_TELL", path.to_str().unwrap())]);
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        (pty, Self { lines: BufReader::new(stream), _dir: dir })
    }

    fn wait_for(&mut self, part: &str) {
        let until = Instant::now() + LONG;
        let mut line = String::new();
        while !line.contains(part) {
            assert!(Instant::now() < until, "it never told {part:?}");
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it never told {part:?}");
        }
    }
}

#[test]
fn the_terminal_is_taken_and_given_back() {
    let mut pty = start();
    pty.screen(|screen| {
        assert!(screen.alternate_screen() && screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::PressRelease);
        assert_eq!(screen.cursor_position(), (1, 2));
    });
    assert_ne!(pty.modes(), pty.modes_before());
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
    assert_eq!(pty.contents(), "");
}

#[test]
fn what_could_act_is_swept_from_cells_and_title() {
    let pty = start();
    pty.wait_for_text("tiến độ: ");
    // The parser behind the screen ignores U+FFFD: the bytes tell.
    let raw = String::from_utf8(pty.raw_output()).unwrap();
    assert!(!raw.contains('\u{202e}') && !raw.contains("\x1b[31m"), "{raw:?}");
    assert!(raw.contains("\x1b[31G\u{fffd}"), "{raw:?}");
    assert!(raw.contains("\x1b]2;probe \u{fffd}title\x1b\\"), "{raw:?}");
}

#[test]
fn keys_pastes_and_clicks_arrive() {
    let mut pty = start();
    for (typed, seen) in [
        ("\x1b[A", "last Up"),
        ("\x1b", "last Esc"),
        ("ệ", "last Char('ệ')"),
        ("\x1b[1;5C", "last Right KeyModifiers(CONTROL)"),
        ("\x1b[<0;11;6M", "mouse 10,5"),
        ("\x1b[200~q\r\x1b[201~", "pasted \"q\\r\""),
    ] {
        pty.send(typed);
        pty.wait_for_text(seen);
    }
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
}

#[test]
fn a_held_key_is_told_as_held() {
    let (mut pty, mut told) = Told::start();
    pty.send("xxy");
    told.wait_for("Char('x'), modifiers: KeyModifiers(0x0), kind: Press");
    told.wait_for("Char('x'), modifiers: KeyModifiers(0x0), kind: Repeat");
    told.wait_for("Char('y'), modifiers: KeyModifiers(0x0), kind: Press");
}

#[test]
fn keys_wait_and_none_is_lost_when_they_come_faster_than_they_are_taken() {
    let mut pty = start();
    pty.send("xy".repeat(1000));
    pty.wait_for_text("count 2000");
}

#[test]
fn a_storm_of_resizes_ends_in_the_last_size() {
    let mut pty = start();
    for step in 0..50 {
        pty.resize(40 + step, 10 + step % 20);
    }
    pty.resize(100, 30);
    pty.wait_for_text("size 100x30");
    pty.resize(7, 2);
    pty.resize(100, 30);
    pty.wait_for_text("tiến độ");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
}

#[test]
fn a_panic_anywhere_gives_the_terminal_back_and_is_reported() {
    for (key, place) in [("p", "the loop"), ("t", "a thread"), ("k", "a task"), ("w", "the writing thread")] {
        let mut pty = start();
        pty.send(key);
        assert_eq!(pty.exit_code_within(SOON), 101, "panic in {place}");
        pty.assert_given_back();
        assert!(pty.contents().contains("panicked at"), "panic in {place}: {}", pty.contents());
    }
}

#[test]
fn a_contained_panic_is_a_result() {
    let mut pty = start();
    pty.send("c");
    pty.wait_for_text("Err(\"broken on purpose\")");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
}

#[test]
fn signals_end_it_with_their_code_and_give_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut pty = start();
        pty.signal(signal);
        assert_eq!(pty.exit_code_within(SOON), code);
        pty.assert_given_back();
    }
}

#[test]
fn an_end_nobody_acts_on_comes_all_the_same() {
    let mut pty = start_with(&[("PROBE_DEAF", "1")]);
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_code_within(SOON + SOON / 2), 143);
    pty.assert_given_back();
}

#[test]
fn it_ends_and_does_not_spin_when_the_terminal_goes() {
    for deaf in [false, true] {
        let mut pty = if deaf { start_with(&[("PROBE_DEAF", "1")]) } else { start() };
        pty.close_master();
        let ended = pty.ended_within(SOON + SOON / 2).unwrap();
        assert!(ended.cpu < Duration::from_millis(300), "deaf: {deaf}, {ended:?}");
    }
}

#[test]
fn ctrl_z_stops_the_job_and_fg_brings_it_back() {
    let mut pty = Pty::start("/bin/sh".as_ref(), &["-i"], &[("PS1", "ready> "), ("ENV", "")], (80, 24));
    pty.wait_for_text("ready>");
    pty.send(format!("{}\n", probe().display()));
    pty.wait_for_text("count 0");
    let taken = pty.modes();
    pty.send("s");
    pty.wait_for("the shell", |screen| !screen.alternate_screen() && screen.contents().contains("Stopped"));
    pty.wait_for("the cursor", |screen| !screen.hide_cursor() && !screen.bracketed_paste());
    pty.resize(90, 20);
    pty.send("fg\n");
    pty.wait_for("the probe", |screen| screen.alternate_screen() && screen.contents().contains("size 90x20"));
    assert_eq!(pty.modes(), taken);
    pty.wait_for("its modes", vt100::Screen::bracketed_paste);
    pty.send("x");
    pty.wait_for_text("last Char('x')");
    pty.send("q");
    pty.wait_for("the prompt", |screen| !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready>"));
    pty.send("exit\n");
    assert_eq!(pty.exit_code_within(LONG), 0);
}

#[test]
fn with_nobody_to_continue_it_ctrl_z_does_not_freeze_it() {
    let wrapped = format!("{}; true", probe().display());
    let wrapper = Pty::start("/bin/sh".as_ref(), &["-c", &wrapped], &[], (80, 24));
    for mut pty in [start(), wrapper] {
        pty.wait_for_text("count 0");
        pty.send("s");
        pty.wait_for_text("count 1");
        pty.send("x");
        pty.wait_for_text("last Char('x')");
        assert!(pty.screen(vt100::Screen::alternate_screen));
    }
}

#[test]
fn continued_by_others_it_takes_the_terminal_again() {
    let mut pty = start();
    let written = pty.raw_output().len();
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.wait_for_text("count 1");
    // What was kept at the start is what will be put back.
    let again = String::from_utf8(pty.raw_output().split_off(written)).unwrap();
    assert!(again.contains("\x1b[?2004h") && !again.contains("\x1b[?1049h"), "{again:?}");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_stops_reading_stalls_nothing_else() {
    let (mut pty, mut told) = Told::start();
    flood_a_stalled(&mut pty, &mut told);
    pty.send("z");
    told.wait_for("Char('z')");
    // It reads again: what is new is shown, what was missed is not missed.
    pty.unstall();
    pty.send("f");
    told.wait_for("Char('f')");
    pty.wait_for_text("tiến độ");
    pty.send("y");
    pty.wait_for_text("last Char('y')");
    pty.send("q");
    assert_eq!(pty.exit_code_within(SOON), 0);
    pty.assert_given_back();
}

#[test]
fn every_way_out_works_while_the_terminal_does_not_read() {
    for (way, code, full) in [("q", 0, false), ("q", 0, true), ("p", 101, true), ("", 143, true)] {
        let (mut pty, mut told) = Told::start();
        flood_a_stalled(&mut pty, &mut told);
        if full {
            pty.fill();
        }
        if way.is_empty() {
            pty.signal(Signal::TERM);
        } else {
            pty.send(way);
        }
        let ended = pty.ended_within(SOON);
        assert!(ended.is_some(), "by {way:?} it did not end in time");
        assert_eq!(pty.exit_code_within(SOON), code, "by {way:?}");
        pty.assert_given_back();
    }
}

/// Floods a terminal that does not read until nothing goes through any more.
fn flood_a_stalled(pty: &mut Pty, told: &mut Told) {
    pty.stall();
    pty.send("f");
    told.wait_for("Char('f')");
    // Frames of some 20 kB every 5 ms into a pipe of 64 kB.
    for _ in 0..60 {
        told.wait_for("beat");
    }
}

#[test]
fn idle_it_sleeps() {
    let pty = start();
    let (slept, written) = (pty::times_slept(pty.pid()), pty.raw_output().len());
    assert!(pty.ended_within(Duration::from_millis(400)).is_none());
    let woken = pty::times_slept(pty.pid()) - slept;
    assert!(woken <= 4, "woken {woken} times with nothing to do");
    assert_eq!(pty.raw_output().len(), written);
}

#[test]
fn without_a_terminal_there_is_one_line_and_no_escape() {
    let output = Command::new(probe()).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said:?}");
    assert!(!said.contains('\x1b'));
}
