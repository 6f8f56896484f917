//! What we remember here: acts that wait to be sent ([`outbox`]), when somebody last looked ([`seen`]), views kept under names
//! ([`views`]).

pub mod cache;
pub mod outbox;
pub mod seen;
pub mod views;
