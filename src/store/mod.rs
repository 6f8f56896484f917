//! What we remember here: acts that wait to be sent ([`outbox`]).

pub mod cache;
pub mod outbox;
