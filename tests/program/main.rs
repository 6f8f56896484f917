//! The program as it is run from a command line, and what it answers.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used, dead_code, unreachable_pub)]

#[path = "../common/post.rs"]
mod post;
#[path = "../common/pty.rs"]
mod pty;
#[path = "../common/record.rs"]
mod record;
#[path = "../common/remote.rs"]
mod remote;
#[path = "../common/skip.rs"]
mod skip;
#[path = "../common/tracker.rs"]
mod tracker;

mod act;
mod act_remote;
mod cli;
mod errand;
mod headless;
mod init;
mod ran;
mod remind;
