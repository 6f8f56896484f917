//! A program in a pseudo-terminal, as its user has it before them: the screen, keys, signals, the end.
//!
//! Nothing here sleeps: whoever waits is woken by the thread that reads the terminal or by the one
//! that waits for the program's end. Take it in with `#[path = "common/pty.rs"] mod pty;`.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

/// How long anything may take on a machine with better things to do.
const DEADLINE: Duration = Duration::from_secs(20);
/// No program writes it, no terminal draws it: written by us, it says that all before it was read.
const MARK: u8 = 0;

/// A running program, its terminal, and what it has shown.
pub struct Pty {
    shared: Arc<Shared>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// The program's side, open so that it can be asked and woken.
    slave: File,
    modes_before: String,
    pid: Pid,
}

/// How a program ended.
#[derive(Debug, Clone)]
pub struct Ended {
    pub status: ExitStatus,
    /// User and system time it used in all.
    pub cpu: Duration,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// The terminal does not read what is written to it.
    stalled: bool,
    closing: bool,
    closed: bool,
    marks: usize,
    ended: Option<Ended>,
}

impl Pty {
    /// Starts `program` in a terminal of that size, with only these variables besides `PATH`,
    /// `HOME` and `TERM`.
    pub fn start(program: &Path, args: &[&str], env: &[(&str, &str)], (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let name = pair.master.tty_name().unwrap();
        let slave = open(&name, OFlags::NOCTTY);
        let modes_before = modes(&slave);
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for kept in ["PATH", "HOME"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("TERM", "xterm-256color");
        env.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        let pid = Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap();
        let shared = Arc::new(Shared::new(columns, rows));
        let (reading, waiting) = (Arc::clone(&shared), Arc::clone(&shared));
        let reader = pair.master.try_clone_reader().unwrap();
        std::thread::spawn(move || reading.read(reader));
        std::thread::spawn(move || waiting.wait_for_end(child, pid));
        let writer = pair.master.take_writer().ok();
        Self { shared, master: Some(pair.master), writer, slave, modes_before, pid }
    }

    /// Waits until the screen is as wanted; shows it when it never is.
    #[track_caller]
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let seen = self.shared.wait(DEADLINE, |state| wanted(state.parser.screen()));
        assert!(seen, "never seen: {what}\n{}", self.contents());
    }

    /// Waits until the text stands somewhere on the screen.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// The text on the screen.
    pub fn contents(&self) -> String {
        self.shared.lock().parser.screen().contents()
    }

    /// Looks at the screen as it is now.
    pub fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shared.lock().parser.screen())
    }

    /// Every byte written to the terminal so far.
    pub fn raw_output(&self) -> Vec<u8> {
        self.shared.lock().raw.clone()
    }

    /// Waits until what was written is as wanted, byte by byte.
    #[track_caller]
    pub fn wait_for_raw(&self, what: &str, wanted: impl Fn(&[u8]) -> bool) {
        let seen = self.shared.wait(DEADLINE, |state| wanted(&state.raw));
        assert!(seen, "never written: {what}\n{}", self.contents());
    }

    /// Types.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// Makes the terminal another size; the program is told by the system.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut state = self.shared.lock();
        state.parser.set_size(side(rows), side(columns));
        drop(state);
        self.master.as_ref().unwrap().resize(pty_size(columns, rows)).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid, signal).unwrap();
    }

    pub const fn pid(&self) -> Pid {
        self.pid
    }

    /// From now on the terminal does not read what is written to it.
    pub fn stall(&self) {
        self.shared.lock().stalled = true;
    }

    /// It reads again.
    pub fn unstall(&self) {
        self.shared.lock().stalled = false;
        self.shared.changed.notify_all();
    }

    /// Leaves no room for even a few bytes: a full terminal takes some when they are few.
    pub fn fill(&self) {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let mut room = open(&name, OFlags::NOCTTY | OFlags::NONBLOCK);
        while room.write(b" ").is_ok() {}
    }

    /// The terminal's window is closed.
    pub fn close_master(&mut self) {
        self.shared.lock().closing = true;
        self.shared.changed.notify_all();
        // The reader holds the terminal open while it reads.
        self.slave.write_all(&[MARK]).unwrap();
        assert!(self.shared.wait(DEADLINE, |state| state.closed), "the reader did not stop");
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end, at most so long; none when it runs on.
    pub fn ended_within(&self, patience: Duration) -> Option<Ended> {
        self.shared.wait(patience, |state| state.ended.is_some());
        self.shared.lock().ended.clone()
    }

    /// The same; then waits until all the program wrote was read, and returns the exit code.
    #[track_caller]
    pub fn exit_code_within(&mut self, patience: Duration) -> u32 {
        let ended = self.ended_within(patience);
        let Some(ended) = ended else { panic!("it runs on after {patience:?}\n{}", self.contents()) };
        self.unstall();
        self.settle();
        ended.status.exit_code()
    }

    /// Waits until everything written up to now was read.
    #[track_caller]
    pub fn settle(&mut self) {
        let marks = self.shared.lock().marks;
        self.slave.write_all(&[MARK]).unwrap();
        assert!(self.shared.wait(DEADLINE, |state| state.marks > marks), "the terminal was not read to the end");
    }

    /// The terminal is as the program found it.
    #[track_caller]
    pub fn assert_given_back(&self) {
        self.screen(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen was left on");
            assert!(!screen.hide_cursor(), "the cursor was left hidden");
            assert!(!screen.bracketed_paste(), "bracketed paste was left on");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert_eq!((screen.fgcolor(), screen.bgcolor()), (vt100::Color::Default, vt100::Color::Default));
            assert!(!screen.inverse() && !screen.bold() && !screen.underline(), "an attribute was left on");
        });
        let raw = String::from_utf8_lossy(&self.raw_output()).into_owned();
        assert!(raw.rfind("\x1b[?2026h") <= raw.rfind("\x1b[?2026l"), "a frame was left open");
        assert_eq!(self.modes(), self.modes_before, "the terminal's modes were not put back");
    }

    /// The terminal's modes (termios), to be compared.
    pub fn modes(&self) -> String {
        modes(&self.slave)
    }

    pub fn modes_before(&self) -> &str {
        &self.modes_before
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.shared.lock().ended.is_none() {
            let _ = rustix::process::kill_process(self.pid, Signal::KILL);
        }
        // Wakes a reader that would hold on to the terminal.
        self.shared.lock().closing = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn new(columns: u16, rows: u16) -> Self {
        let state = State {
            parser: vt100::Parser::new(side(rows), side(columns), 0),
            raw: Vec::new(),
            stalled: false,
            closing: false,
            closed: false,
            marks: 0,
            ended: None,
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn wait(&self, patience: Duration, done: impl Fn(&State) -> bool) -> bool {
        let until = Instant::now() + patience;
        let mut state = self.lock();
        while !done(&state) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
        true
    }

    fn read(&self, mut reader: Box<dyn Read + Send>) {
        let mut bytes = [0; 16384];
        loop {
            let mut state = self.lock();
            while state.stalled && !state.closing {
                state = self.changed.wait(state).unwrap();
            }
            drop(state);
            let count = reader.read(&mut bytes).unwrap_or(0);
            let mut state = self.lock();
            if count == 0 || state.closing {
                break;
            }
            let (marks, text): (Vec<u8>, Vec<u8>) = bytes[..count].iter().partition(|&&byte| byte == MARK);
            state.marks += marks.len();
            state.parser.process(&text);
            state.raw.extend(text);
            drop(state);
            self.changed.notify_all();
        }
        drop(reader);
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn wait_for_end(&self, mut child: Box<dyn Child + Send + Sync>, pid: Pid) {
        // Not yet taken away, it can still be asked what it used.
        let _ = rustix::process::waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
        let cpu = cpu_used(pid);
        let status = child.wait().unwrap();
        self.lock().ended = Some(Ended { status, cpu });
        self.changed.notify_all();
    }
}

/// User and system time of a process, ended or not. Zero where there is no /proc.
pub fn cpu_used(pid: Pid) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// How often the threads of a process went to sleep: nothing else says so surely that it idles.
pub fn times_slept(pid: Pid) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let statuses = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
    statuses.filter_map(|status| count_in(&status)).sum()
}

/// The CPU time its threads used so far, to the nanosecond.
#[allow(dead_code, reason = "not every test looks at it")]
pub fn time_used(pid: Pid) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let stats = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok());
    stats.filter_map(|stat| stat.split(' ').next()?.parse().ok()).map(Duration::from_nanos).sum()
}

fn count_in(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")?.trim().parse().ok())
}

fn open(tty: &Path, flags: OFlags) -> File {
    let flags = flags.bits().cast_signed();
    File::options().read(true).write(true).custom_flags(flags).open(tty).unwrap()
}

fn modes(tty: &File) -> String {
    format!("{:?}", rustix::termios::tcgetattr(tty).unwrap())
}

const fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}
