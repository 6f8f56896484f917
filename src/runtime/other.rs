//! Where there is no unix: the same functions by what crossterm offers, for a build to follow.
//!
//! Not tried yet on such a system. There is no job to stop and no signal to hear, and a write may wait.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use crossterm::event::{Event, poll, read};

use tokio::sync::oneshot;

use super::{
    input::{Happened, Input},
    interrupt::Ended,
};

/// The terminal.
#[derive(Debug)]
pub(super) struct Tty;

/// The terminal's modes as they were; crossterm keeps them.
pub(super) struct Modes;

pub(super) fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Nothing is asked of a terminal here: its answers cannot be waited for.
pub(super) fn is_in_front() -> bool {
    false
}

impl Tty {
    pub(super) fn output() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn input() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn wait_readable(&self, _within: Duration) -> io::Result<bool> {
        Ok(false)
    }

    pub(super) fn read_now(&self, _into: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }

    pub(super) fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(bytes.len())
    }

    pub(super) fn wait_writable(&self, _within: Option<Duration>) -> io::Result<bool> {
        Ok(true)
    }

    pub(super) fn size(&self) -> Option<(u16, u16)> {
        crossterm::terminal::size().ok()
    }

    pub(super) fn make_raw(&self) -> io::Result<Modes> {
        crossterm::terminal::enable_raw_mode()?;
        Ok(Modes)
    }

    pub(super) fn set_modes(&self, _modes: &Modes) -> io::Result<()> {
        crossterm::terminal::disable_raw_mode()
    }

    pub(super) fn discard_output(&self) {}

    pub(super) fn discard_input(&self) {}
}

pub(super) fn request_stop() {}

pub(super) fn stop_job() {}

pub(super) fn can_stop() -> bool {
    false
}

/// Nothing asks here but what ends the program.
pub(super) fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::new(AtomicBool::new(false)))
}

/// Nothing tells it here but what ends the program.
pub(super) fn end() -> io::Result<oneshot::Receiver<Ended>> {
    let (sender, receiver) = oneshot::channel();
    // Nobody ever sends, and it must not be taken for an end that nobody can.
    std::mem::forget(sender);
    Ok(receiver)
}

/// Where terminal events come from.
pub(super) struct Source;

impl Source {
    pub(super) fn open() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn wait(&mut self, keys: bool, within: Option<Duration>) -> Vec<Happened> {
        if !keys {
            std::thread::sleep(within.unwrap_or(Duration::from_secs(1)));
            return Vec::new();
        }
        match within.map_or(Ok(true), poll).and_then(|ready| ready.then(read).transpose()) {
            Ok(Some(Event::Key(key))) => vec![Happened::Typed(Input::Key(key))],
            Ok(Some(Event::Mouse(mouse))) => vec![Happened::Typed(Input::Mouse(mouse))],
            Ok(Some(Event::Paste(text))) => vec![Happened::Typed(Input::Paste(text))],
            Ok(Some(Event::Resize(..))) => vec![Happened::Resized],
            Ok(Some(Event::FocusGained | Event::FocusLost) | None) => Vec::new(),
            Err(_) => vec![Happened::HungUp],
        }
    }
}
