//! Acts on their way: handed over, kept, sent, waited for, told of; each exactly once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code, unreachable_pub)]

#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/record.rs"]
mod record;
#[path = "../common/remote.rs"]
mod remote;

mod acts;
mod delivery;
mod outbox;
mod waiting;
