//! What ends a command without a screen: a signal, or nobody who reads what it prints; and whether the terminal listens to it.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rustix::event::{PollFd, PollFlags};
use signal_hook::{
    consts::signal::{SIGHUP, SIGINT, SIGTERM},
    flag, low_level,
};
use tokio::sync::oneshot;

use super::super::interrupt::Ended;

/// The program is the one the terminal listens to: another one would be stopped for changing its modes.
pub(in crate::runtime) fn is_in_front() -> bool {
    rustix::termios::tcgetpgrp(rustix::stdio::stdin()).is_ok_and(|front| front == rustix::process::getpgrp())
}

/// Set when the program is asked to stop; a second time ends it.
pub(in crate::runtime) fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: at the first signal the flag is not up yet when it is looked at.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Tells once that a signal came, or that nobody reads the standard output any more.
pub(in crate::runtime) fn end() -> io::Result<oneshot::Receiver<Ended>> {
    let (wakes, waker) = UnixStream::pair()?;
    let mut raised = Vec::new();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        let flag = Arc::new(AtomicBool::new(false));
        flag::register(signal, Arc::clone(&flag))?;
        low_level::pipe::register(signal, waker.try_clone()?)?;
        raised.push((flag, 128 + signal));
    }
    let (sender, receiver) = oneshot::channel();
    std::thread::Builder::new().name("end".to_owned()).spawn(move || {
        // The way into the pipe stays open as long as it is waited at.
        let _waker = waker;
        let ended = loop {
            // Of the output nothing is asked but whether it is lost, which is always told.
            let output = rustix::stdio::stdout();
            let mut polled = [PollFd::new(&output, PollFlags::empty()), PollFd::new(&wakes, PollFlags::IN)];
            if super::wait(&mut polled, None).is_err() {
                break Ended::Unread;
            }
            let signal = raised.iter().find(|(flag, _)| flag.load(Ordering::SeqCst)).map(|(_, code)| *code);
            if let Some(code) = signal.and_then(|code| u8::try_from(code).ok()) {
                break Ended::Signal(code);
            }
            if polled[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                break Ended::Unread;
            }
        };
        let _ = sender.send(ended);
    })?;
    Ok(receiver)
}
