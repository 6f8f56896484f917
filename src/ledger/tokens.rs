//! [`Tokens`]: who may use a ledger over HTTP, kept beside its plans. What a token may do is not decided here.

use jiff::Timestamp;

use super::{Answer, Ledger};
use crate::domain::{access::Token, failure::Failure, id::ActorId, sentence::Sentence};

/// The tokens of a ledger. Every call is one transaction; what one process writes, all others see with their next call.
pub trait Tokens: Send + Sync {
    /// Keeps a new one. Refused where another one of its name is not revoked.
    fn add_token<'a>(&'a self, token: &'a Token) -> Answer<'a, ()>;

    /// All of them, those revoked too, in the order they were given.
    fn tokens(&self) -> Answer<'_, Vec<Token>>;

    /// The one of this hash that is not revoked.
    fn token<'a>(&'a self, hash: &'a str) -> Answer<'a, Option<Token>>;

    /// Notes that it was used.
    fn token_used<'a>(&'a self, hash: &'a str, now: Timestamp) -> Answer<'a, ()>;

    /// Revokes the one of this name; says whether there was one.
    fn revoke_token<'a>(&'a self, name: &'a ActorId, now: Timestamp) -> Answer<'a, bool>;
}

/// A ledger that can be shared: plans, journals, and who may use them.
pub trait Shared: Ledger + Tokens {}

impl<L: Ledger + Tokens> Shared for L {}

/// Another token of that name holds.
pub(super) fn name_taken(name: &ActorId) -> Failure {
    Failure::Refused(Sentence::new("ledger-token-taken").with("name", name.as_str()))
}
