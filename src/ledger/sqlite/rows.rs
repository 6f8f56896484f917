//! How rows travel and numbers are stored; the statements are in `plans.rs`, `states.rs` and `journal.rs`.
//!
//! Many rows travel as one: the way from SQLite's thread to ours costs more than a row does.

use super::error::Problem;

/// Rows of one statement; SQLite takes 32,766 values at most.
pub(super) const ROWS: usize = 1_000;

/// Between the records, and between the parts, of rows that travel as one. No id and no JSON has them.
pub(super) const RECORD: char = '\u{1e}';

pub(super) const PART: char = '\u{1f}';

pub(super) fn unsigned(number: i64) -> Result<u64, Problem> {
    u64::try_from(number).map_err(|_| Problem::Inconsistent("seq < 0"))
}

pub(super) fn signed(number: u64) -> Result<i64, Problem> {
    i64::try_from(number).map_err(|_| Problem::Inconsistent("seq > 2^63"))
}
