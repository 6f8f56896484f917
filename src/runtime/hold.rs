//! The hold on the terminal: taken once, paused while the job is stopped, released on every way out.
//!
//! It is global because every way out must find it: the end of the program, a panic in any thread,
//! a signal. All of them write with a time limit; none waits for a terminal that has stopped
//! reading. What is on the screen is not known here.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

use super::platform::{Modes, Tty};
use super::terminal::{Options, Slot};
use crate::domain::sentence::Sentence;

/// How long one attempt to write the way out may take; there are two.
const WRITE_PATIENCE: Duration = Duration::from_millis(250);
/// How long another thread's attempt is waited for.
const LOCK_PATIENCE: Duration = Duration::from_millis(700);

/// Abandons a control sequence cut in two, and ends a synchronised frame left open.
const ABANDON: &str = "\x18\x1b[?2026l";

static HOLD: Mutex<Option<Hold>> = Mutex::new(None);

struct Hold {
    tty: Arc<Tty>,
    before: Modes,
    options: Options,
    state: State,
    /// Counts how often the terminal was taken: a frame begun before a pause must not go on after it.
    turn: u64,
    /// Part of a frame is written, the rest not.
    midway: bool,
    slot: Arc<Slot>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Held,
    Paused,
    Released,
}

/// Takes the terminal: raw mode, the alternate screen, the mouse, bracketed paste.
pub(super) fn acquire(tty: Arc<Tty>, options: Options, slot: Arc<Slot>) -> io::Result<()> {
    let before = tty.make_raw()?;
    let mut hold = Hold { tty, before, options, state: State::Held, turn: 1, midway: false, slot };
    let entered = write_within(&hold.tty, hold.way_in(true).as_bytes(), 2 * WRITE_PATIENCE);
    if !entered {
        hold.give_back();
        return Err(io::Error::new(io::ErrorKind::TimedOut, Sentence::new("terminal-not-reading")));
    }
    *lock() = Some(hold);
    Ok(())
}

/// Gives the terminal back for good, as it was. Any thread may call it, at any time, more than
/// once; it takes at most a second, and has happened when it returns.
pub(super) fn release() {
    let Some(mut guard) = lock_within(LOCK_PATIENCE) else {
        return;
    };
    if let Some(hold) = guard.as_mut() {
        if hold.state == State::Held {
            hold.give_back();
        }
        hold.state = State::Released;
    }
}

/// Gives the terminal back for a while; false when it is not held.
pub(super) fn pause() -> bool {
    let mut guard = lock();
    let Some(hold) = guard.as_mut().filter(|hold| hold.state == State::Held) else {
        return false;
    };
    hold.give_back();
    hold.state = State::Paused;
    true
}

/// Takes the terminal again, whoever had it meanwhile; false when it was released for good.
pub(super) fn resume() -> bool {
    let mut guard = lock();
    let Some(hold) = guard.as_mut().filter(|hold| hold.state != State::Released) else {
        return false;
    };
    let anew = hold.state == State::Paused;
    hold.turn += 1;
    hold.midway = false;
    hold.state = State::Held;
    // The modes to give back stay those found at the start: these may be ours.
    let _ = hold.tty.make_raw();
    let _ = write_within(&hold.tty, hold.way_in(anew).as_bytes(), WRITE_PATIENCE);
    hold.slot.repaint();
    true
}

/// Columns and rows now; whatever is known of the screen no longer holds.
pub(super) fn resized() -> Option<(u16, u16)> {
    let guard = lock();
    let hold = guard.as_ref()?;
    hold.slot.forget();
    hold.tty.size()
}

/// The terminal is ours at the moment.
pub(super) fn is_held() -> bool {
    lock().as_ref().is_some_and(|hold| hold.state == State::Held)
}

/// What a frame begun now is to be written under; none while the terminal is not ours.
pub(super) fn turn() -> Option<u64> {
    lock().as_ref().filter(|hold| hold.state == State::Held).map(|hold| hold.turn)
}

/// Writes what the terminal takes at once, unless it changed hands since `turn`.
pub(super) fn write(turn: u64, bytes: &[u8]) -> io::Result<usize> {
    let mut guard = lock();
    let held = guard.as_mut().filter(|hold| hold.state == State::Held && hold.turn == turn);
    let hold = held.ok_or(io::ErrorKind::BrokenPipe)?;
    let written = hold.tty.write_now(bytes);
    match written {
        Ok(count) => hold.midway = count < bytes.len(),
        Err(_) => hold.midway = true,
    }
    written
}

impl Hold {
    fn give_back(&mut self) {
        let out = self.way_out();
        let start = if self.midway { ABANDON } else { "" };
        if !write_within(&self.tty, format!("{start}{out}").as_bytes(), WRITE_PATIENCE) {
            // It has stopped reading: what waits before these bytes is worth less than they are.
            self.tty.discard_output();
            write_within(&self.tty, format!("{ABANDON}{out}").as_bytes(), WRITE_PATIENCE);
        }
        // Reports of the mouse still under way, or the tail of a paste, must not reach the shell.
        self.tty.discard_input();
        let _ = self.tty.set_modes(&self.before);
        self.midway = false;
    }

    /// No wrapping at the edge: while a resize is under way a row may be longer than the terminal.
    /// `anew`: the terminal was given back since, so what will be put back is still to be kept;
    /// otherwise the title and the cursor kept would now be our own.
    fn way_in(&self, anew: bool) -> String {
        let mouse = if self.options.mouse { "\x1b[?1000h\x1b[?1006h" } else { "" };
        let title = if self.options.title && anew { "\x1b[22;2t" } else { "" };
        let screen = if anew { "\x1b[?1049h" } else { "\x1b[?47h" };
        format!("{title}{screen}\x1b[?25l\x1b[?7l\x1b[?2004h{mouse}")
    }

    fn way_out(&self) -> String {
        let mouse = if self.options.mouse { "\x1b[?1006l\x1b[?1000l" } else { "" };
        let title = if self.options.title { "\x1b[23;2t" } else { "" };
        format!("\x1b[m{mouse}\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l{title}")
    }
}

/// Writes all of it, or gives up: true when everything was taken in time.
fn write_within(tty: &Tty, mut bytes: &[u8], within: Duration) -> bool {
    let until = Instant::now() + within;
    while !bytes.is_empty() {
        match tty.write_now(bytes) {
            Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let left = until.saturating_duration_since(Instant::now());
                if !tty.wait_writable(Some(left)).unwrap_or(false) {
                    return false;
                }
            }
            Err(_) => return false,
        }
    }
    true
}

/// A thread that panicked with the lock has left nothing half done that matters here.
fn lock() -> MutexGuard<'static, Option<Hold>> {
    HOLD.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A way out may start in a thread that has the lock already: it must not wait for itself.
fn lock_within(patience: Duration) -> Option<MutexGuard<'static, Option<Hold>>> {
    let until = Instant::now() + patience;
    loop {
        match HOLD.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}
