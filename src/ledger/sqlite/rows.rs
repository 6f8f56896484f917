//! How rows travel and numbers are stored; the statements are in `plans.rs`, `states.rs` and `journal.rs`.
//!
//! Many rows travel as one: the way from SQLite's thread to ours costs more than a row does.

pub(super) use crate::sqlite::short::{PART, RECORD};

/// Rows of one statement; SQLite takes 32,766 values at most.
pub(super) const ROWS: usize = 1_000;
