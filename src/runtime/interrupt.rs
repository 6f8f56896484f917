//! Ctrl-C for a command without a screen that must not be broken off just anywhere: the first asks it to stop at the next
//! good place, a second one ends it.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

/// Set when the program is asked to stop. Until this is called, Ctrl-C ends it as usual.
#[cfg(unix)]
pub fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        flag,
    };
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: at the first signal the flag is not up yet when it is looked at.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Nothing asks here but what ends the program.
#[cfg(not(unix))]
pub fn asked_to_stop() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::new(AtomicBool::new(false)))
}
