//! [`PlanError`]: why a whole file is refused. What is wrong with one record only is a `Remark`.

use thiserror::Error;

use crate::domain::text::Text;

use super::remark::Remark;

/// A file that gives no plan at all: which one, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PlanError {
    /// It could not be opened or read.
    #[error("{file}: {reason}. Check the path, and that you may read the file")]
    Unopened {
        /// The file.
        file: Text,
        /// What the system said.
        reason: Text,
    },
    /// It is larger than what is read.
    #[error("{file}: larger than {most_mib} MiB. Split the plan, or import it into a ledger in parts")]
    TooLarge {
        /// The file.
        file: Text,
        /// The limit in MiB.
        most_mib: u64,
    },
    /// It is no text.
    #[error("{file}, line {line}: not UTF-8. Save the file as UTF-8")]
    NotUtf8 {
        /// The file.
        file: Text,
        /// The first line that is not.
        line: u32,
    },
    /// Its TOML or JSON is broken.
    #[error("{file}, line {line}: {reason}. Mend this line and read the file again")]
    Syntax {
        /// The file.
        file: Text,
        /// The line from 1.
        line: u32,
        /// What the parser said, in English.
        reason: Text,
    },
    /// A field without which a plan cannot be used: `format`, `id`, `timezone`, `year`.
    #[error("{0}. The plan is not used until this field is right")]
    Refused(Box<Remark>),
}
