//! What a unix terminal and the system say: bytes typed, a hang-up, signals; waited for in one poll(2).
//!
//! crossterm's reader is not used: on a closed terminal it reads for ever, inside a call that
//! cannot be left, and with input waiting behind a partial sequence it blocks. Here nothing is
//! read unless poll(2) says so, and after a hang-up never again.

use std::io::{self, Read as _};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use super::decode::Decoder;
use super::input::Happened;
use super::unix::{Tty, wait};

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
            signal_hook::flag::register(signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(signal, waker.try_clone()?)?;
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
        let mut polled = [PollFd::new(tty, wanted), signals];
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
