//! [`Heard`]: what a source that answers tells beside what it was asked; and [`Loading`]: how far a large answer has come.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{access::Role, ask::Ask, failure::Failure, id::ActorId, sentence::Sentence};

/// What was heard since one last listened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// The source's clock when it answered last, to the second.
    pub clock: Option<Timestamp>,
    /// It wants to be left alone for so long from its last answer on.
    pub rests: Option<Duration>,
    /// Its journal is another one than it was: it was restored from an older backup.
    pub went_back: bool,
    /// Whom it takes us for; said when it is learned.
    pub signed: Option<Signed>,
    /// What a person is to be told.
    pub notices: Vec<Notice>,
    /// How it stands with what it is fed from, where that is something else than itself: said when that changes.
    pub behind: Option<Behind>,
    /// What it asks, said when that changes.
    pub asks: Option<Vec<Ask>>,
}

/// Something a source has to tell a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Does it want to be looked at?
    pub grave: bool,
    /// What.
    pub said: Sentence,
}

/// How it stands with what a source is fed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It was read, and what is shown is what it says.
    Read,
    /// It cannot be read; what is shown is what it said before.
    Unread {
        /// Why.
        why: Failure,
        /// When it was read last; none where it never was.
        last: Option<Timestamp>,
    },
}

/// Whom a source takes somebody for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who signs what is handed in.
    pub by: ActorId,
    /// As what.
    pub roles: Vec<Role>,
}

impl Signed {
    /// May anything be handed in?
    pub fn writes(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::Agency | Role::Coordinator))
    }

    /// May the plan be amended?
    pub fn amends(&self) -> bool {
        self.roles.contains(&Role::Administrator)
    }
}

/// How far a large answer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// So many bytes, as they are sent.
    pub bytes: u64,
    /// Of so many, where that is known.
    pub of: Option<u64>,
    /// All are there; they are being read.
    pub reads: bool,
    /// So many items have come.
    pub records: u64,
    /// Of so many, where that is known.
    pub of_records: Option<u64>,
}
