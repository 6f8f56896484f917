//! [`Problem`]: what can go wrong with a database, whether it may pass, and which [`Failure`] it is to whoever asked.

use thiserror::Error;

use crate::domain::{failure::Failure, sentence::Sentence};

/// What went wrong.
#[derive(Debug, Error)]
pub(super) enum Problem {
    /// The database says so, or the way to it.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// There is no way to it; that was tried for a while.
    #[error("{0}")]
    Unconnected(sqlx::Error),
    /// What is stored does not read as what it should be.
    #[error("{0}")]
    Stored(#[from] serde_json::Error),
    /// A row that must be there is not, or says what cannot be: its table and column.
    #[error("{0}")]
    Inconsistent(&'static str),
    /// It is to be told in these words.
    #[error("{0}")]
    Told(Failure),
    /// It was understood, and is not done; the sentence has a place for the database.
    #[error("{0}")]
    Refused(Sentence),
    /// No answer came.
    #[error("the database says nothing")]
    Silent,
    /// The program is ending.
    #[error("reading was broken off")]
    Closed,
}

/// How often a transaction is begun where others are in the way.
const TRIES: u32 = 8;

/// Codes of PostgreSQL (its appendix A) that have a remedy of their own.
mod code {
    pub(super) const UNIQUE_VIOLATION: &str = "23505";
    pub(super) const READ_ONLY: &str = "25006";
    pub(super) const IDLE_IN_TRANSACTION: &str = "25P03";
    pub(super) const SERIALIZATION_FAILURE: &str = "40001";
    pub(super) const DEADLOCK: &str = "40P01";
    pub(super) const DUPLICATE_TABLE: &str = "42P07";
    pub(super) const NOT_PERMITTED: &str = "42501";
    pub(super) const UNKNOWN_FUNCTION: &str = "42883";
    pub(super) const SYNTAX: &str = "42601";
    pub(super) const DISK_FULL: &str = "53100";
    pub(super) const LOCK_NOT_AVAILABLE: &str = "55P03";
    pub(super) const NO_DATABASE: &str = "3D000";
}

impl Problem {
    fn code(&self) -> Option<String> {
        match self {
            Problem::Database(error) | Problem::Unconnected(error) => {
                Some(error.as_database_error()?.code()?.into_owned())
            }
            Problem::Stored(_)
            | Problem::Inconsistent(_)
            | Problem::Told(_)
            | Problem::Refused(_)
            | Problem::Silent
            | Problem::Closed => None,
        }
    }

    /// May the same succeed when it is begun anew at once? Others were in the way, or the connection was lost in the middle. Who
    /// could not connect at all has waited already.
    pub(super) fn may_pass(&self) -> bool {
        self.tries() > 1
    }

    /// How often the same is tried in all.
    pub(super) fn tries(&self) -> u32 {
        match self.code().as_deref() {
            // On a new connection, which may lead to another server.
            Some(code::READ_ONLY) => 2,
            _ if self.passes() => TRIES,
            _ => 1,
        }
    }

    fn passes(&self) -> bool {
        if matches!(self, Problem::Unconnected(_) | Problem::Silent) {
            return false;
        }
        match self.code().as_deref() {
            Some(
                code::SERIALIZATION_FAILURE
                | code::DEADLOCK
                | code::UNIQUE_VIOLATION
                | code::DUPLICATE_TABLE
                | code::LOCK_NOT_AVAILABLE,
            ) => true,
            Some(_) | None => self.is_lost(),
        }
    }

    /// Was the connection lost in the middle?
    pub(super) fn is_lost(&self) -> bool {
        if let Some(code) = self.code() {
            // Connection exceptions; shut down or crashed.
            return code.starts_with("08") || code.starts_with("57P") || code == code::IDLE_IN_TRANSACTION;
        }
        let Problem::Database(error) = self else { return matches!(self, Problem::Silent) };
        matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed)
    }

    /// Does this server take no writes? Another one may by now.
    pub(super) fn is_of_this_server(&self) -> bool {
        self.code().as_deref() == Some(code::READ_ONLY)
    }

    /// Does the engine not have what was asked for?
    pub(super) fn is_unknown_to_it(&self) -> bool {
        let code = self.code().unwrap_or_default();
        code.starts_with("0A") || [code::UNKNOWN_FUNCTION, code::SYNTAX].contains(&code.as_str())
    }

    /// The same for whoever asked, with the database and the next step.
    pub(super) fn failure(self, name: &str) -> Failure {
        let said = |id| Sentence::new(id).with("store", name);
        let damaged = |what: String| Failure::Unreadable(said("store-damaged").with("detail", what));
        let code = self.code();
        let error = match self {
            Problem::Told(failure) => return failure,
            Problem::Refused(why) => return Failure::Refused(why.with("store", name)),
            Problem::Stored(error) => return damaged(format!("JSON {}:{}", error.line(), error.column())),
            Problem::Inconsistent(what) => return damaged(what.to_owned()),
            Problem::Silent | Problem::Closed => return Failure::Offline(said("store-silent")),
            Problem::Database(error) | Problem::Unconnected(error) => error,
        };
        let detailed = |id| said(id).with("detail", error.to_string());
        match code.as_deref() {
            Some(code::READ_ONLY) => Failure::Offline(said("store-read-only")),
            Some(code::SERIALIZATION_FAILURE | code::DEADLOCK | code::LOCK_NOT_AVAILABLE | code::UNIQUE_VIOLATION) => {
                Failure::Offline(said("store-busy"))
            }
            Some(code::DISK_FULL) => Failure::Offline(said("store-full")),
            Some(code::NOT_PERMITTED | code::NO_DATABASE) => Failure::Denied(detailed("store-denied")),
            Some(code) if code.starts_with("28") => Failure::Denied(detailed("store-denied")),
            // A statement that does not fit the tables: they are not those that were made.
            Some(code) if code.starts_with("42") || code.starts_with("XX") => damaged(error.to_string()),
            Some(_) => Failure::Offline(detailed("store-unreached")),
            None if is_unreadable(&error) => damaged(error.to_string()),
            None => Failure::Offline(detailed("store-unreached")),
        }
    }
}

fn is_unreadable(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound)
}
