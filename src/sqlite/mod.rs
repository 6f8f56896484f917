//! Our own SQLite files: how one is opened, what it must be before it is written to, and what can go wrong with it. What is
//! kept in them is said where it is kept: `ledger`, `store`.

mod network;
pub mod open;
pub mod problem;
pub mod schema;
pub mod short;

use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::domain::sentence::Word;

/// The files there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Plans and journals.
    Ledger,
    /// Acts that are not confirmed.
    Outbox,
    /// When somebody last looked.
    Looks,
    /// How a source that cannot tell other days stood on each.
    History,
}

impl Kept {
    /// The id of its name in messages.
    pub fn word(self) -> Word {
        Word(match self {
            Kept::Ledger => "kept-ledger",
            Kept::Outbox => "kept-outbox",
            Kept::Looks => "kept-looks",
            Kept::History => "kept-history",
        })
    }
}

/// What makes a file one of ours.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Which one.
    pub kept: Kept,
    /// The application id in its header.
    pub application: i32,
    /// The steps that brought its tables to their present form. A step that was handed out is never changed; a new one is
    /// added behind it.
    pub steps: &'static [Step],
}

/// A step of a file's form.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What it brings.
    pub what: &'static str,
    /// Its statements.
    pub sql: &'static str,
    /// What has to be done to what is stored, after the statements and in their transaction.
    pub then: Option<Rewrite>,
}

/// Rewrites what is stored.
pub type Rewrite = fn(&mut SqliteConnection) -> BoxFuture<'_, Result<(), problem::Problem>>;

/// A count as SQLite stores it.
pub fn signed(number: u64) -> Result<i64, problem::Problem> {
    i64::try_from(number).map_err(|_| problem::Problem::Inconsistent("seq > 2^63"))
}

/// A stored count.
pub fn unsigned(number: i64) -> Result<u64, problem::Problem> {
    u64::try_from(number).map_err(|_| problem::Problem::Inconsistent("seq < 0"))
}
