//! Ctrl-C for a command without a screen that must not be broken off just anywhere: the first asks it to stop at the next
//! good place, a second one ends it.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

use super::platform;

/// Set when the program is asked to stop. Until this is called, Ctrl-C ends it as usual.
pub fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    platform::asked_to_stop()
}
