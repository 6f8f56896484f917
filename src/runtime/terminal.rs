//! The screen: frames go into a slot that holds the newest, a thread of its own writes them.
//!
//! Whoever shows a frame never waits. The thread keeps the buffer it wrote last, sweeps the new
//! one, writes what differs and hands the older allocation back. A terminal that stops reading
//! holds up this thread alone; frames it missed cost nothing. Taking the terminal and giving it
//! back is in `hold`.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use crossterm::{Command, clipboard::CopyToClipboard};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use super::hold;
use super::notification;
use super::platform::{self, Tty};
use super::screen::Screen;
use crate::app::notifications::How;

/// Where the terminal does not know its size.
const SIZE_UNKNOWN: (u16, u16) = (80, 24);
/// Buffers kept for reuse: one on its way to the caller, one coming back from the screen.
const SPARE_MAX: usize = 2;

/// Standard input or standard output is something else than a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this needs a terminal, and standard input and output are not both one")]
pub struct NotATerminal;

/// Whether there is a terminal to show anything on; asked before [`Terminal::enter`], writes nothing.
///
/// # Errors
///
/// When standard input or standard output is not a terminal.
pub fn require_terminal() -> Result<(), NotATerminal> {
    if platform::is_terminal() { Ok(()) } else { Err(NotATerminal) }
}

/// What is asked of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Clicks and the wheel are told; the terminal's own selection then needs Shift.
    pub mouse: bool,
    /// Frames may name the window; its name is put back on leaving.
    pub title: bool,
    /// What cannot be shown becomes `?` instead of U+FFFD.
    pub ascii: bool,
}

/// A finished picture of the whole screen.
#[derive(Debug, Default)]
pub struct Frame {
    /// Every cell, from the upper left corner.
    pub buffer: Buffer,
    /// Where the cursor is seen; nowhere by default.
    pub cursor: Option<Position>,
    /// The window's name; none leaves it as it is.
    pub title: Option<String>,
}

/// The terminal, held; given back by [`Terminal::leave`], by a drop, by a panic, by a signal.
#[derive(Debug)]
pub struct Terminal {
    tty: Arc<Tty>,
    slot: Arc<Slot>,
}

impl Terminal {
    /// Takes the terminal and starts the thread that writes to it.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or does not read. It is then as it was.
    pub fn enter(options: Options) -> io::Result<Self> {
        let tty = Arc::new(Tty::output()?);
        let slot = Arc::new(Slot::default());
        hold::acquire(Arc::clone(&tty), options, Arc::clone(&slot))?;
        let terminal = Self { tty, slot };
        let (tty, slot) = (Arc::clone(&terminal.tty), Arc::clone(&terminal.slot));
        std::thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || write_frames(&tty, &slot, Screen::new(options)))?;
        Ok(terminal)
    }

    /// Shows `frame` as soon as the terminal takes it, in place of any that still waits.
    ///
    /// Returns a buffer to draw the next one into: of any size, with anything in it, at best an
    /// older frame's. Never waits.
    #[must_use = "drawing into the buffer that comes back saves an allocation for every frame"]
    pub fn show(&self, frame: Frame) -> Buffer {
        let mut next = self.slot.lock();
        let unseen = next.frame.replace(frame);
        let spare = unseen.map(|frame| frame.buffer).or_else(|| next.spare.pop());
        drop(next);
        self.slot.ready.notify_one();
        spare.unwrap_or_default()
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> Size {
        self.tty.size().unwrap_or(SIZE_UNKNOWN).into()
    }

    /// Writes the whole screen again, for when something else wrote on it.
    pub fn redraw(&self) {
        self.slot.repaint();
    }

    /// Puts `text` into the clipboard through the terminal (OSC 52), which also works over SSH.
    pub fn copy(&self, text: &str) {
        let mut sequence = String::new();
        if CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).is_ok() {
            self.slot.lock().sequence.push_str(&sequence);
            self.slot.ready.notify_one();
        }
    }

    /// Has the terminal say `text` to whoever is not looking at it, or only ring.
    pub fn notify(&self, how: How, text: &str) {
        self.slot.lock().sequence.push_str(&notification::sequence(how, text));
        self.slot.ready.notify_one();
    }

    /// Stops the job as Ctrl-Z does elsewhere; returns at once. Where no shell could continue it,
    /// nothing happens. Afterwards there is an `Input::Resize`. Needs `listen`.
    pub fn suspend(&self) {
        platform::request_stop();
    }

    /// Gives the terminal back as it was, within a second even when it has stopped reading.
    pub fn leave(self) {
        drop(self);
    }

    /// Makes the writing thread fail, to show what happens then.
    #[doc(hidden)]
    pub fn fail_writing_thread(&self) {
        self.slot.lock().fail = true;
        self.slot.ready.notify_one();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        hold::release();
        self.slot.lock().closed = true;
        self.slot.ready.notify_one();
    }
}

/// Between those who show frames and the thread that writes them.
#[derive(Debug, Default)]
pub(super) struct Slot {
    next: Mutex<Next>,
    ready: Condvar,
}

#[derive(Debug, Default)]
struct Next {
    frame: Option<Frame>,
    /// What goes to the terminal beside the frames.
    sequence: String,
    spare: Vec<Buffer>,
    /// What the terminal shows is not known any more: the next frame is written whole.
    forgotten: bool,
    /// Do not wait for the next frame to write it.
    repaint: bool,
    fail: bool,
    closed: bool,
}

impl Slot {
    /// The next frame is to be written whole.
    pub(super) fn forget(&self) {
        self.lock().forgotten = true;
    }

    /// The last frame is to be written again, whole.
    pub(super) fn repaint(&self) {
        let mut next = self.lock();
        next.forgotten = true;
        next.repaint = true;
        drop(next);
        self.ready.notify_one();
    }

    /// Waits for something to write; none when there will be nothing more.
    fn wait(&self) -> Option<Work> {
        let mut next = self.lock();
        loop {
            if next.closed {
                return None;
            }
            assert!(!next.fail, "asked to fail");
            if next.frame.is_some() || next.repaint || !next.sequence.is_empty() {
                return Some(Work {
                    paints: std::mem::take(&mut next.repaint) || next.frame.is_some(),
                    frame: next.frame.take(),
                    sequence: std::mem::take(&mut next.sequence),
                    forgotten: std::mem::take(&mut next.forgotten),
                });
            }
            next = self.ready.wait(next).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    fn hand_back(&self, spare: Buffer) {
        let mut next = self.lock();
        if next.spare.len() < SPARE_MAX {
            next.spare.push(spare);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

struct Work {
    frame: Option<Frame>,
    sequence: String,
    /// Is there a frame to write, a new one or the last one again?
    paints: bool,
    forgotten: bool,
}

fn write_frames(tty: &Tty, slot: &Slot, mut screen: Screen) {
    while let Some(work) = slot.wait() {
        // Before the bytes are made: what they rest on must not change hands unnoticed.
        let turn = hold::turn();
        if work.forgotten {
            screen.forget();
        }
        if let Some(spare) = work.paints.then(|| screen.take(work.frame)).flatten() {
            slot.hand_back(spare);
        }
        let painted = if work.paints { screen.bytes() } else { &[] };
        let written =
            turn.is_some_and(|turn| write_all(tty, turn, painted) && write_all(tty, turn, work.sequence.as_bytes()));
        if !written {
            screen.forget();
        }
    }
}

/// False when the terminal changed hands or failed before all was written.
fn write_all(tty: &Tty, turn: u64, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        match hold::write(turn, bytes) {
            Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if tty.wait_writable(None).is_err() {
                    return false;
                }
            }
            Err(_) => return false,
        }
    }
    true
}
