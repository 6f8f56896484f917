//! The settings of the server: where it listens, and the limits that keep one asker from harming the others.

use std::{fmt, net::SocketAddr};

use serde::Deserialize;

use crate::{domain::id::ActorId, words::Language};

/// The table `[serve]` of the config.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "each option is described in config/tiendo.toml")]
pub struct ServeSettings {
    pub listen: SocketAddr,
    pub store: Store,
    pub store_password_command: String,
    pub per_minute: u32,
    pub connections: usize,
    pub event_streams: usize,
    pub header_kb: usize,
    pub body_kb: usize,
    pub plan_kb: usize,
    pub slow_s: u64,
    pub drain_s: u64,
    pub look_ms: u64,
    pub beat_s: u64,
}

/// The port there is where none is said.
const PORT: u16 = 7095;

impl Default for ServeSettings {
    fn default() -> Self {
        ServeSettings {
            listen: SocketAddr::from(([127, 0, 0, 1], PORT)),
            store: Store::default(),
            store_password_command: String::new(),
            per_minute: 1_200,
            connections: 2_000,
            event_streams: 1_000,
            header_kb: 16,
            body_kb: 1_024,
            plan_kb: 65_536,
            slow_s: 30,
            drain_s: 20,
            look_ms: 250,
            beat_s: 10,
        }
    }
}

/// Where the ledger is that is shared, as it is written. A password may stand in it, which `Debug` does not say.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Store(String);

impl Store {
    /// It, with all that stands in it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is it a URL with a password?
    pub fn holds_password(&self) -> bool {
        let Some((_, rest)) = self.0.split_once("://") else { return false };
        let authority = rest.split('/').next().unwrap_or(rest);
        let of_user = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
        of_user || rest.contains("password=")
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.holds_password() { "a store with a password" } else { &self.0 })
    }
}

/// How a ledger is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The limits.
    pub limits: ServeSettings,
    /// Who everybody is on a loopback address while there is no token; without it a token is always needed.
    pub me: Option<ActorId>,
    /// The language of whoever asks for none.
    pub language: &'static Language,
}
