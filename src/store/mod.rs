//! What we remember here: acts that wait to be sent ([`outbox`]), when somebody last looked ([`seen`]).

pub mod outbox;
pub mod seen;
