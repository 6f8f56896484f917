//! [`Problem`]: what can go wrong with a file, and which [`Failure`] it is to whoever asked.

use std::path::Path;

use thiserror::Error;

use super::Kept;
use crate::domain::{failure::Failure, sentence::Sentence};

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
    /// A row that must be there is not, or says what cannot be: its table and column.
    #[error("{0}")]
    Inconsistent(&'static str),
    /// It is to be told in these words.
    #[error("{0}")]
    Told(Failure),
    /// It was understood, and is not done; the sentence has places for the file and what is kept in it.
    #[error("{0}")]
    Refused(Sentence),
    /// The program is ending.
    #[error("reading was broken off")]
    Closed,
    /// Another file is in its place, or none.
    #[error("the file is not the one that was opened")]
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
        let of_file = |sentence: Sentence| sentence.with("file", path.display().to_string()).with("kept", kept.word());
        let said = |id| of_file(Sentence::new(id));
        let damaged = |what: String| Failure::Unreadable(said("file-damaged").with("detail", what));
        match self {
            Problem::Told(failure) => failure,
            Problem::Refused(why) => Failure::Refused(of_file(why)),
            Problem::Stored(error) => damaged(format!("JSON {}:{}", error.line(), error.column())),
            Problem::Inconsistent(what) => damaged(what.to_owned()),
            Problem::Replaced => Failure::Unreadable(said("file-replaced")),
            Problem::Closed => Failure::Offline(said("file-closed")),
            Problem::File(error) => Failure::Refused(said("file-unopened").with("detail", error.to_string())),
            Problem::Database(error) if is_unreadable(&error) => damaged(error.to_string()),
            Problem::Database(error) => {
                let detailed = |id| said(id).with("detail", error.to_string());
                match primary_code(&error) {
                    Some(code::BUSY | code::LOCKED) => Failure::Offline(said("file-busy")),
                    Some(code::FULL) => Failure::Refused(said("file-full")),
                    Some(code::READONLY | code::CANTOPEN) => Failure::Refused(detailed("file-unwritable")),
                    Some(code::IOERR) | Some(_) | None => Failure::Offline(detailed("file-unreached")),
                }
            }
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
