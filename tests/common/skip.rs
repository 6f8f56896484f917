//! A test against a real peer that cannot be had is passed over aloud; with `TIENDO_PEERS=required` it fails.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{Write as _, stderr};

/// Says that the test against `what` is passed over, and `why`.
pub(crate) fn skipped<T>(what: &str, why: &str) -> Option<T> {
    assert!(std::env::var("TIENDO_PEERS").as_deref() != Ok("required"), "{what} is required: {why}");
    // Past the harness: what a passed test prints it keeps to itself.
    let _ = stderr().write_all(format!("SKIPPED: {what}: {why}\n").as_bytes());
    None
}

/// Is a peer that takes long asked for? Where it is not, it is passed over.
pub(crate) fn is_asked_for(what: &str) -> bool {
    std::env::var_os("TIENDO_PEERS").is_some()
        || skipped(what, "it takes long and is not asked for (TIENDO_PEERS=required)").unwrap_or_default()
}
