//! Our own SQLite files: how one is opened, what it must be before it is written to, and what can go wrong with it. What is
//! kept in them is said where it is kept: `ledger`, `store`.

mod network;
pub mod open;
pub mod problem;
pub mod schema;

use std::fmt;

/// The files there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Plans and journals.
    Ledger,
    /// Acts that are not confirmed.
    Outbox,
}

impl Kept {
    /// Its name in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Kept::Ledger => "ledger",
            Kept::Outbox => "outbox",
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What makes a file one of ours.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Which one.
    pub kept: Kept,
    /// The application id in its header.
    pub application: i32,
    /// The steps that brought its tables to their present form: a description and the statements. A step that was handed
    /// out is never changed; a new one is added behind it.
    pub steps: &'static [(&'static str, &'static str)],
}

/// A count as SQLite stores it.
pub fn signed(number: u64) -> Result<i64, problem::Problem> {
    i64::try_from(number).map_err(|_| problem::Problem::Inconsistent("a sequence number is too large"))
}

/// A stored count.
pub fn unsigned(number: i64) -> Result<u64, problem::Problem> {
    u64::try_from(number).map_err(|_| problem::Problem::Inconsistent("a sequence number is negative"))
}
