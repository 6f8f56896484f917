//! [`Failure`]: what went wrong outside, sorted by what helps.

use thiserror::Error;

use super::text::Text;

/// A failure of a source, a ledger or a file, by its remedy. The details are already clean to show.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// It could not be reached: trying again may help.
    #[error("could not be reached: {0}")]
    Offline(Text),
    /// It wants to know who asks: signing in helps.
    #[error("sign-in needed: {0}")]
    Denied(Text),
    /// It understood and refused: telling the user helps.
    #[error("refused: {0}")]
    Refused(Text),
    /// What it gave cannot be read: saying where helps.
    #[error("cannot be read: {0}")]
    Unreadable(Text),
}
