//! How rows travel and numbers are stored; the statements are in `plans.rs`, `states.rs` and `journal.rs`.
//!
//! Many rows travel as one: the way from SQLite's thread to ours costs more than a row does.

/// Rows of one statement; SQLite takes 32,766 values at most.
pub(super) const ROWS: usize = 1_000;

/// Between the records of rows that travel as one. No id and no JSON has it.
pub(super) const RECORD: char = '\u{1e}';
