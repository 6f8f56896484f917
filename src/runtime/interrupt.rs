//! Ctrl-C for a command without a screen that must not be broken off just anywhere: the first asks it to stop at the next
//! good place, a second one ends it.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

use tokio::sync::oneshot;

use super::platform;

/// Set when the program is asked to stop. Until this is called, Ctrl-C ends it as usual.
pub fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    platform::asked_to_stop()
}

/// Why a command that would go on for ever is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// A signal came; with the exit code of that.
    Signal(u8),
    /// Whoever read the output has gone.
    Unread,
}

/// Hears of the end of a command that goes on until it is told: a signal, or nobody who reads what it prints. From here on a
/// signal no longer ends the program by itself.
///
/// # Errors
///
/// When signals cannot be listened to.
pub fn end() -> io::Result<oneshot::Receiver<Ended>> {
    platform::end()
}
