//! [`Failure`]: what went wrong outside, sorted by what helps.

use thiserror::Error;

use super::sentence::Sentence;

/// A failure of a source, a ledger or a file, by its remedy, with what happened. `Display` is for logs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// It could not be reached: trying again may help.
    #[error("offline: {0}")]
    Offline(Sentence),
    /// It wants to know who asks: signing in helps.
    #[error("denied: {0}")]
    Denied(Sentence),
    /// It understood and refused: telling the user helps.
    #[error("refused: {0}")]
    Refused(Sentence),
    /// What it gave cannot be read: saying where helps.
    #[error("unreadable: {0}")]
    Unreadable(Sentence),
}

impl Failure {
    /// What happened.
    pub fn why(&self) -> &Sentence {
        match self {
            Failure::Offline(why) | Failure::Denied(why) | Failure::Refused(why) | Failure::Unreadable(why) => why,
        }
    }

    /// What happened to a source that is polled, and what becomes of it.
    pub fn while_polling(&self) -> Sentence {
        let id = match self {
            Failure::Offline(_) => "failure-offline",
            Failure::Denied(_) => "failure-denied",
            Failure::Refused(_) => "failure-refused",
            Failure::Unreadable(_) => "failure-unreadable",
        };
        Sentence::new(id).with("detail", self.why().clone())
    }
}
