//! [`Caller`]: who asks, found by the token; and whether there is one.

use std::sync::PoisonError;

use axum::http::{HeaderMap, header};
use jiff::{SignedDuration, Timestamp};

use super::{
    Server,
    board::Board,
    routes::{Reach, Rule},
    secret,
    trouble::Trouble,
};
use crate::{
    domain::{
        access::{Role, Token},
        id::{ActorId, AgencyId},
        text::Text,
    },
    wire::{ProblemKind, You},
};

/// A use is noted when the last one is so long ago.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// Who signs what is handed in.
    pub(super) by: ActorId,
    pub(super) roles: Vec<Role>,
    agency: Option<AgencyId>,
    expires: Option<Timestamp>,
    /// Of the token; empty where there is none.
    pub(super) hash: Text,
}

impl Caller {
    /// How far this one reaches where `rule` is in force.
    pub(super) fn reach(&self, rule: &Rule) -> Reach {
        self.roles.iter().map(|role| rule.access.reach(*role)).max().unwrap_or(Reach::Nothing)
    }

    /// May this one still be told of what happens?
    pub(super) fn holds(&self, board: &Board) -> bool {
        if self.hash.is_empty() {
            return board.tokens.is_empty();
        }
        board.tokens.contains_key(&self.hash) && self.expires.is_none_or(|expires| expires > Timestamp::now())
    }

    /// The agency beyond which this one sees nothing; none for who sees everything.
    pub(super) fn confined(&self) -> Option<AgencyId> {
        if self.roles != [Role::Agency] {
            return None;
        }
        // An agency's token without an agency is confined to nothing.
        Some(self.agency.clone().unwrap_or_else(|| AgencyId::from("")))
    }

    pub(super) fn you(&self) -> You {
        You { by: self.by.clone(), roles: self.roles.clone(), agency: self.agency.clone(), expires: self.expires }
    }

    fn of(token: Token) -> Self {
        Caller {
            by: token.name,
            roles: vec![token.role],
            agency: token.agency,
            expires: token.expires,
            hash: token.hash,
        }
    }

    /// Before it is known who asks.
    pub(super) fn nobody() -> Self {
        Caller { by: ActorId::from(""), roles: Vec::new(), agency: None, expires: None, hash: Text::default() }
    }

    /// Whoever asks on this machine, while nobody has a token.
    fn of_this_machine(by: ActorId) -> Self {
        let roles = vec![Role::Coordinator, Role::Administrator];
        Caller { by, roles, agency: None, expires: None, hash: Text::default() }
    }
}

/// Finds out who asks. Who only reads is let in by what the board says, which is a moment old at most; who `writes` by the ledger
/// alone: what was revoked, by whatever program, writes nothing more.
pub(super) async fn caller(server: &Server, headers: &HeaderMap, writes: bool) -> Result<Caller, Trouble> {
    let Some(said) = headers.get(header::AUTHORIZATION) else { return without_token(server, headers) };
    let bearer = said.to_str().ok().and_then(|said| said.split_once(' '));
    let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = bearer else { return Err(Trouble::new(ProblemKind::TokenMissing)) };
    let hash = secret::hash(token.trim());
    let known = server.board.borrow().token(&hash).filter(|_| !writes).cloned();
    let found = match known {
        Some(token) => Some(token),
        None => server.ledger.token(&hash).await?,
    };
    let token = found.ok_or_else(|| Trouble::new(ProblemKind::TokenUnknown))?;
    if token.is_expired(Timestamp::now()) {
        return Err(Trouble::new(ProblemKind::TokenExpired));
    }
    note_use(server, &token);
    Ok(Caller::of(token))
}

fn without_token(server: &Server, headers: &HeaderMap) -> Result<Caller, Trouble> {
    let me = server.me.as_ref().filter(|_| server.board.borrow().tokens.is_empty() && is_this_machine(headers));
    me.map(|me| Caller::of_this_machine(me.clone())).ok_or_else(|| Trouble::new(ProblemKind::TokenMissing))
}

/// Is the server asked for under a name of this machine? A page in a browser here may have a name point to it.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let name = if host.ends_with(']') { host } else { name }.trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

fn note_use(server: &Server, token: &Token) {
    let now = Timestamp::now();
    {
        // What the board says of it may be older.
        let mut noted = server.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let last = token.last_used.max(noted.get(&token.hash).copied());
        if last.is_some_and(|used| now.duration_since(used) < NOTED) {
            return;
        }
        noted.insert(token.hash.clone(), now);
    }
    let (ledger, hash) = (server.ledger.clone(), token.hash.clone());
    tokio::spawn(async move {
        if let Err(failure) = ledger.token_used(&hash, now).await {
            tracing::warn!(%failure, "the use of a token is not noted");
        }
    });
}
