//! [`Problem`]: what can go wrong with a file, and which [`Failure`] it is to whoever asked.

use std::path::Path;

use thiserror::Error;

use super::Kept;
use crate::domain::failure::Failure;

/// What went wrong.
#[derive(Debug, Error)]
pub enum Problem {
    /// The database says so.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// The file, its directory or its rights.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// What is stored does not read as what it should be.
    #[error("{0}")]
    Stored(#[from] serde_json::Error),
    /// A row that must be there is not, or says what cannot be.
    #[error("{0}")]
    Inconsistent(&'static str),
    /// It is to be told in these words.
    #[error("{0}")]
    Told(Failure),
    /// It was understood, and is not done.
    #[error("{0}")]
    Refused(String),
    /// The program is ending.
    #[error("reading was broken off")]
    Closed,
    /// Another file is in its place, or none.
    #[error("was moved, deleted or replaced while it was open: close tiendo and open it again")]
    Replaced,
}

/// SQLite's primary result codes that have a remedy of their own.
mod code {
    pub(super) const ERROR: i32 = 1;
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
    pub fn failure(self, kept: Kept, path: &Path) -> Failure {
        let file = path.display();
        let damaged = |what: &str| {
            let next = "put it aside and restore a copy; nothing was written to it";
            Failure::Unreadable(format!("the {kept} {file} is damaged ({what}): {next}").into())
        };
        match self {
            Problem::Told(failure) => failure,
            Problem::Refused(why) => Failure::Refused(format!("the {kept} {file} {why}").into()),
            Problem::Stored(error) => damaged(&error.to_string()),
            Problem::Inconsistent(what) => damaged(what),
            Problem::Replaced => Failure::Unreadable(format!("the {kept} {file} {self}").into()),
            Problem::Closed => Failure::Offline(format!("the {kept} {file}: {self}").into()),
            Problem::File(error) => Failure::Refused(format!("the {kept} {file} cannot be opened: {error}").into()),
            Problem::Database(error) if is_unreadable(&error) => damaged(&error.to_string()),
            Problem::Database(error) => match primary_code(&error) {
                Some(code::BUSY | code::LOCKED) => {
                    Failure::Offline(format!("the {kept} {file} is being written by another program").into())
                }
                Some(code::FULL) => {
                    Failure::Refused(format!("the disk that holds the {kept} {file} is full: make room").into())
                }
                Some(code::READONLY | code::CANTOPEN) => {
                    Failure::Refused(format!("the {kept} {file} may not be written: {error}").into())
                }
                Some(code::IOERR) | Some(_) | None => Failure::Offline(format!("the {kept} {file}: {error}").into()),
            },
        }
    }

    /// Is another connection in the way, so that trying again helps?
    pub fn is_busy(&self) -> bool {
        match self {
            Problem::Database(error) => matches!(primary_code(error), Some(code::BUSY | code::LOCKED)),
            Problem::File(_)
            | Problem::Stored(_)
            | Problem::Inconsistent(_)
            | Problem::Told(_)
            | Problem::Refused(_)
            | Problem::Closed
            | Problem::Replaced => false,
        }
    }
}

impl Problem {
    /// Is what is in the file not what was written to it?
    pub fn is_damage(&self) -> bool {
        match self {
            Problem::Database(error) => is_unreadable(error),
            Problem::Stored(_) | Problem::Inconsistent(_) => true,
            Problem::File(_) | Problem::Told(_) | Problem::Refused(_) | Problem::Closed | Problem::Replaced => false,
        }
    }
}

/// Does it say that the file holds what nobody wrote to it? A statement that is wrong is, too: ours are right for the tables
/// we made.
fn is_unreadable(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound)
        || matches!(primary_code(error), Some(code::ERROR | code::CORRUPT | code::NOTADB))
}

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
