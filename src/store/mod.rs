//! What we remember here: acts that wait to be sent ([`outbox`]), views kept under names ([`views`]).

pub mod outbox;
pub mod views;
