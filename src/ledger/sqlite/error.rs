//! [`Problem`]: what can go wrong with the file, and which [`Failure`] it is to whoever asked.

use std::path::Path;

use thiserror::Error;

use super::super::no_such_plan;
use crate::domain::{failure::Failure, id::PlanId, sentence::Sentence};

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
    /// A row that must be there is not, or says what cannot be: its table and column.
    #[error("{0}")]
    Inconsistent(&'static str),
    #[error("there is no plan {0} here")]
    NoSuchPlan(PlanId),
    /// It was understood, and is not done; the sentence has a place for the file.
    #[error("{0}")]
    Refused(Sentence),
    #[error("reading was broken off")]
    Closed,
    #[error("the file is not the one that was opened")]
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
        let of_file = |sentence: Sentence| sentence.with("file", path.display().to_string());
        let said = |id| of_file(Sentence::new(id));
        let damaged = |what: String| Failure::Unreadable(said("ledger-damaged").with("detail", what));
        match self {
            Problem::NoSuchPlan(plan) => no_such_plan(&plan),
            Problem::Refused(why) => Failure::Refused(of_file(why)),
            Problem::Stored(error) => damaged(format!("JSON {}:{}", error.line(), error.column())),
            Problem::Inconsistent(what) => damaged(what.to_owned()),
            Problem::Replaced => Failure::Unreadable(said("ledger-replaced")),
            Problem::Closed => Failure::Offline(said("ledger-closed")),
            Problem::File(error) => Failure::Refused(said("ledger-unopened").with("detail", error.to_string())),
            Problem::Database(error) => {
                let detailed = |id| said(id).with("detail", error.to_string());
                match primary_code(&error) {
                    Some(code::BUSY | code::LOCKED) => Failure::Offline(said("ledger-busy")),
                    Some(code::CORRUPT | code::NOTADB) => damaged(error.to_string()),
                    Some(code::FULL) => Failure::Refused(said("ledger-full")),
                    Some(code::READONLY | code::CANTOPEN) => Failure::Refused(detailed("ledger-unwritable")),
                    Some(code::IOERR) | Some(_) | None => Failure::Offline(detailed("ledger-unreached")),
                }
            }
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
