//! [`Problem`]: what can go wrong with the file, and which [`Failure`] it is to whoever asked.

use std::path::Path;

use thiserror::Error;

use super::super::no_such_plan;
use crate::domain::{failure::Failure, id::PlanId};

/// What went wrong.
#[derive(Debug, Error)]
pub(super) enum Problem {
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// What is stored does not read as what it should be.
    #[error("{0}")]
    Stored(#[from] serde_json::Error),
    /// A row that must be there is not, or says what cannot be.
    #[error("{0}")]
    Inconsistent(&'static str),
    #[error("there is no plan {0} here")]
    NoSuchPlan(PlanId),
    /// It was understood, and is not done.
    #[error("{0}")]
    Refused(String),
    #[error("reading was broken off")]
    Closed,
    #[error("was moved, deleted or replaced while it was open: close tiendo and open it again")]
    Replaced,
}

/// SQLite's primary result codes that have a remedy of their own.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

impl Problem {
    /// The same for whoever asked, with the file and the next step.
    pub(super) fn failure(self, path: &Path) -> Failure {
        let file = path.display();
        let damaged = |what: &str| {
            let next = "put it aside and restore a copy; nothing was written to it";
            Failure::Unreadable(format!("the ledger {file} is damaged ({what}): {next}").into())
        };
        match self {
            Problem::NoSuchPlan(plan) => no_such_plan(&plan),
            Problem::Refused(why) => Failure::Refused(format!("the ledger {file} {why}").into()),
            Problem::Stored(error) => damaged(&error.to_string()),
            Problem::Inconsistent(what) => damaged(what),
            Problem::Replaced => Failure::Unreadable(format!("the ledger {file} {self}").into()),
            Problem::Closed => Failure::Offline(format!("the ledger {file}: {self}").into()),
            Problem::File(error) => Failure::Refused(format!("the ledger {file} cannot be opened: {error}").into()),
            Problem::Database(error) => match primary_code(&error) {
                Some(code::BUSY | code::LOCKED) => {
                    Failure::Offline(format!("the ledger {file} is being written by another program").into())
                }
                Some(code::CORRUPT | code::NOTADB) => damaged(&error.to_string()),
                Some(code::FULL) => {
                    Failure::Refused(format!("the disk that holds the ledger {file} is full: make room").into())
                }
                Some(code::READONLY | code::CANTOPEN) => {
                    Failure::Refused(format!("the ledger {file} may not be written: {error}").into())
                }
                Some(code::IOERR) | Some(_) | None => Failure::Offline(format!("the ledger {file}: {error}").into()),
            },
        }
    }

    /// Is another connection in the way, so that trying again helps?
    pub(super) fn is_busy(&self) -> bool {
        match self {
            Problem::Database(error) => matches!(primary_code(error), Some(code::BUSY | code::LOCKED)),
            Problem::File(_)
            | Problem::Stored(_)
            | Problem::Inconsistent(_)
            | Problem::NoSuchPlan(_)
            | Problem::Refused(_)
            | Problem::Closed
            | Problem::Replaced => false,
        }
    }
}

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
