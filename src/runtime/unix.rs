//! Everything that is particular to unix: the terminal's descriptor, modes and job control.
//!
//! The terminal is opened anew, so that "do not wait" is said of our own description of it and
//! not of the one the shell and every child share. Signals and keys are in `unix_events`.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::Signal;
use rustix::termios::{OptionalActions, QueueSelector, Termios};

pub(super) use super::unix_events::Source;

/// Bytes of one write where a write may wait: about what "writable" stands for.
const WRITE_THAT_MAY_WAIT: usize = 256;

/// The terminal, for reading or for writing.
#[derive(Debug)]
pub(super) struct Tty {
    fd: OwnedFd,
    /// It could not be opened anew: a write may wait.
    shared: bool,
}

/// The terminal's modes as they were.
pub(super) struct Modes(Termios);

/// Both ends of the conversation are a terminal.
pub(super) fn is_terminal() -> bool {
    rustix::termios::isatty(rustix::stdio::stdin()) && rustix::termios::isatty(rustix::stdio::stdout())
}

impl Tty {
    pub(super) fn output() -> io::Result<Self> {
        Self::open(rustix::stdio::stdout())
    }

    pub(super) fn input() -> io::Result<Self> {
        Self::open(rustix::stdio::stdin())
    }

    fn open(standard: BorrowedFd<'_>) -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        // By its own name first: polling /dev/tty does not work everywhere. After `su` only that one opens.
        let own = rustix::termios::ttyname(standard, Vec::new())
            .and_then(|name| rustix::fs::open(name, flags, Mode::empty()))
            .or_else(|_| rustix::fs::open("/dev/tty", flags, Mode::empty()));
        match own {
            Ok(fd) => Ok(Self { fd, shared: false }),
            Err(_) => Ok(Self { fd: standard.try_clone_to_owned()?, shared: true }),
        }
    }

    /// Writes what the terminal takes at once; `WouldBlock` when that is nothing.
    pub(super) fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        if !self.shared {
            return Ok(rustix::io::write(&self.fd, bytes)?);
        }
        if !self.wait_writable(Some(Duration::ZERO))? {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let some = bytes.len().min(WRITE_THAT_MAY_WAIT);
        Ok(rustix::io::write(&self.fd, bytes.get(..some).unwrap_or(bytes))?)
    }

    /// Waits until a write can go on, or has failed; false when the time is over.
    pub(super) fn wait_writable(&self, within: Option<Duration>) -> io::Result<bool> {
        let mut polled = [PollFd::new(&self.fd, PollFlags::OUT)];
        wait(&mut polled, within)
    }

    /// Writes all of it, or gives up: true when everything was taken in time.
    pub(super) fn write_within(&self, mut bytes: &[u8], within: Duration) -> bool {
        let until = Instant::now() + within;
        while !bytes.is_empty() {
            match self.write_now(bytes) {
                Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let left = until.saturating_duration_since(Instant::now());
                    if !self.wait_writable(Some(left)).unwrap_or(false) {
                        return false;
                    }
                }
                Err(_) => return false,
            }
        }
        true
    }

    /// Reads what has come; nothing when there is nothing, an error when the terminal is gone.
    pub(super) fn read_now(&self, into: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.fd, into) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => Ok(count),
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Columns and rows; none where the terminal does not know.
    pub(super) fn size(&self) -> Option<(u16, u16)> {
        let size = rustix::termios::tcgetwinsize(&self.fd).ok()?;
        (size.ws_col > 0 && size.ws_row > 0).then_some((size.ws_col, size.ws_row))
    }

    /// Every key at once and as it is; returns the modes as they were.
    pub(super) fn make_raw(&self) -> io::Result<Modes> {
        let before = rustix::termios::tcgetattr(&self.fd)?;
        let mut raw = before.clone();
        raw.make_raw();
        rustix::termios::tcsetattr(&self.fd, OptionalActions::Now, &raw)?;
        Ok(Modes(before))
    }

    /// Never waits for output to drain: the terminal may have stopped reading.
    pub(super) fn set_modes(&self, modes: &Modes) -> io::Result<()> {
        Ok(rustix::termios::tcsetattr(&self.fd, OptionalActions::Now, &modes.0)?)
    }

    /// Drops what was written and not yet taken.
    pub(super) fn discard_output(&self) {
        let _ = rustix::termios::tcflush(&self.fd, QueueSelector::OFlush);
    }

    /// Drops what was typed and not yet read.
    pub(super) fn discard_input(&self) {
        let _ = rustix::termios::tcflush(&self.fd, QueueSelector::IFlush);
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// poll(2), begun again when a signal interrupts it; false when the time is over.
pub(super) fn wait(polled: &mut [PollFd<'_>], within: Option<Duration>) -> io::Result<bool> {
    let until = within.map(|within| Instant::now() + within);
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        match poll(polled, left.as_ref()) {
            Ok(ready) => return Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Asks for what Ctrl-Z asks for, by the way every other such request comes.
pub(super) fn request_stop() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), Signal::TSTP);
}

/// Stops the job, soon. The shell must see the whole group stopped.
pub(super) fn stop_job() {
    let _ = rustix::process::kill_current_process_group(Signal::STOP);
}

/// Somebody is there to continue a stopped job: a shell with job control.
///
/// In a group without one (a terminal emulator's only program) a stop would be for ever; the
/// kernel refuses it there for SIGTSTP, but not for SIGSTOP, which is all a process that catches
/// SIGTSTP has left.
pub(super) fn can_stop() -> bool {
    // Not rustix here: in a PID namespace a parent's session and group from outside it are 0,
    // and its `Pid` takes 0 for impossible.
    use nix::unistd::{getpgid, getpgrp, getppid, getsid};
    let outside = nix::unistd::Pid::from_raw(0);
    let parent = getppid();
    let (Ok(session), Ok(parents_session)) = (getsid(None), getsid(Some(parent))) else {
        return false;
    };
    if parent == outside || session == outside || session != parents_session {
        return false;
    }
    // A parent in our group that leads the session has nobody above it in the session.
    let together = getpgid(Some(parent)) == Ok(getpgrp());
    !(together && parent == session)
}
