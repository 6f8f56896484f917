//! Everything that is particular to unix: the terminal's descriptor and modes, job control, signals; the twin of `other`.
//!
//! The terminal is opened anew, so that "do not wait" is said of our own description of it and not of the one the shell and
//! every child share. Keys, a hang-up and signals are waited for in one poll(2); crossterm's reader is not used: on a closed
//! terminal it reads for ever, inside a call that cannot be left, and with input waiting behind a partial sequence it blocks.
//! Here nothing is read unless poll(2) says so, and after a hang-up never again.

mod ended;

use std::io::{self, Read as _};
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    process::Signal,
    termios::{OptionalActions, QueueSelector, Termios},
};
use signal_hook::{
    consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    flag, low_level,
};

use super::{decode::Decoder, input::Happened};

pub(super) use ended::{asked_to_stop, end, is_in_front};

/// Bytes of one write where a write may wait: about what "writable" stands for.
const WRITE_THAT_MAY_WAIT: usize = 256;

/// How many bytes are read at once; more stay in the kernel until these are dealt with.
const READ_SIZE: usize = 4096;

/// Signals listened to, and what each is.
const SIGNALS: [(i32, Happened); 7] = [
    (SIGTERM, Happened::Ended(128 + 15)),
    (SIGINT, Happened::Ended(128 + 2)),
    (SIGQUIT, Happened::Ended(128 + 3)),
    (SIGHUP, Happened::Ended(128 + 1)),
    (SIGWINCH, Happened::Resized),
    (SIGTSTP, Happened::StopAsked),
    (SIGCONT, Happened::Continued),
];

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

    /// Waits until there is something to read, or it has failed; false when the time is over.
    pub(super) fn wait_readable(&self, within: Duration) -> io::Result<bool> {
        let mut polled = [PollFd::new(&self.fd, PollFlags::IN)];
        wait(&mut polled, Some(within))
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

/// poll(2), begun again when a signal interrupts it; false when the time is over.
fn wait(polled: &mut [PollFd<'_>], within: Option<Duration>) -> io::Result<bool> {
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

/// Where terminal events come from.
pub(super) struct Source {
    /// None once it has hung up.
    tty: Option<Tty>,
    decoder: Decoder,
    wakes: UnixStream,
    raised: Vec<(Arc<AtomicBool>, Happened)>,
}

impl Source {
    /// From now on the listed signals no longer end or stop the process by themselves.
    pub(super) fn open() -> io::Result<Self> {
        let (wakes, waker) = UnixStream::pair()?;
        wakes.set_nonblocking(true)?;
        let mut raised = Vec::with_capacity(SIGNALS.len());
        for (signal, meaning) in SIGNALS {
            let flag = Arc::new(AtomicBool::new(false));
            // In this order, and handlers run in it: who is woken finds the flag up.
            flag::register(signal, Arc::clone(&flag))?;
            low_level::pipe::register(signal, waker.try_clone()?)?;
            raised.push((flag, meaning));
        }
        Ok(Self { tty: Some(Tty::input()?), decoder: Decoder::default(), wakes, raised })
    }

    /// Waits for something to happen, at most for `within`. With `read` false keys are left
    /// where they are; signals and a hang-up are always told.
    pub(super) fn wait(&mut self, read: bool, within: Option<Duration>) -> Vec<Happened> {
        let patience = self.decoder.patience();
        let soonest = [within, patience].into_iter().flatten().min();
        let mut happened = Vec::new();
        match self.poll(read, soonest) {
            Ok(Ready { typed, gone, signalled }) => {
                if signalled {
                    self.take_signals(&mut happened);
                }
                if gone || (typed && self.read(&mut happened).is_err()) {
                    self.hang_up(&mut happened);
                }
                if !typed && patience.is_some() && patience == soonest {
                    self.decoder.give_up_waiting(&mut |input| happened.push(Happened::Typed(input)));
                }
            }
            // Nothing can be learnt of the terminal any more.
            Err(_) => self.hang_up(&mut happened),
        }
        happened
    }

    fn poll(&self, read: bool, within: Option<Duration>) -> io::Result<Ready> {
        let wanted = if read { PollFlags::IN } else { PollFlags::empty() };
        let signals = PollFd::new(&self.wakes, PollFlags::IN);
        let Some(tty) = &self.tty else {
            let signalled = wait(&mut [signals], within)?;
            return Ok(Ready { typed: false, gone: false, signalled });
        };
        let mut polled = [PollFd::new(&tty.fd, wanted), signals];
        wait(&mut polled, within)?;
        let [tty, signals] = polled;
        let lost = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        Ok(Ready {
            typed: tty.revents().contains(PollFlags::IN),
            gone: tty.revents().intersects(lost),
            signalled: !signals.revents().is_empty(),
        })
    }

    fn read(&mut self, happened: &mut Vec<Happened>) -> io::Result<()> {
        let Some(tty) = &self.tty else {
            return Ok(());
        };
        let mut bytes = [0; READ_SIZE];
        let count = tty.read_now(&mut bytes)?;
        let typed = bytes.get(..count).unwrap_or_default();
        self.decoder.feed(typed, &mut |input| happened.push(Happened::Typed(input)));
        Ok(())
    }

    fn take_signals(&self, happened: &mut Vec<Happened>) {
        let mut drained = [0; 64];
        while matches!((&self.wakes).read(&mut drained), Ok(count) if count > 0) {}
        for (flag, meaning) in &self.raised {
            if flag.swap(false, Ordering::SeqCst) {
                happened.push(meaning.clone());
            }
        }
    }

    /// Told once; the terminal is not asked again, for it would answer at once for ever.
    fn hang_up(&mut self, happened: &mut Vec<Happened>) {
        if self.tty.take().is_some() {
            happened.push(Happened::HungUp);
        }
    }
}

struct Ready {
    typed: bool,
    gone: bool,
    signalled: bool,
}
