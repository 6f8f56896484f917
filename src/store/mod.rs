//! What we remember here: acts that wait to be sent ([`outbox`]), when somebody last looked ([`seen`]), how a source that cannot
//! tell other days stood on each ([`history`]), views kept under names ([`views`]).

mod aside;
pub mod cache;
pub mod calendars;
pub mod first_steps;
pub mod history;
pub mod outbox;
pub mod seen;
pub mod views;
