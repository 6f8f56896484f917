//! Who may do what on a shared ledger: roles, and the tokens that bear them. What each role may do at which address is the
//! server's table; that an agency hands in for itself only is said in `server` too.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    id::{ActorId, AgencyId},
    text::Text,
};

/// As what somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads everything.
    Viewer,
    /// Reads what one agency owes, leads or coordinates, and hands in for it.
    Agency,
    /// Acts.
    Coordinator,
    /// Lays down plans and gives tokens.
    Administrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Agency, Role::Coordinator, Role::Administrator];

    /// The word in files, on the command line and at the end of word ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Agency => "agency",
            Role::Coordinator => "coordinator",
            Role::Administrator => "administrator",
        }
    }
}

/// What a ledger keeps of a token. The token itself is shown once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Who bears it: what is handed in with it is signed so. Unique among those not revoked.
    pub name: ActorId,
    /// As what.
    pub role: Role,
    /// For which agency, with the role `agency`.
    pub agency: Option<AgencyId>,
    /// The SHA-256 of the token, in hexadecimal.
    pub hash: Text,
    /// When it was given.
    pub created: Timestamp,
    /// Until when it holds; for ever where none is said.
    pub expires: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl Token {
    /// Is its time over?
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}
