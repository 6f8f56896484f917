//! What is handed over: documents, pages, workbooks, letters, from the screen and from the command line.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::unwrap_used, dead_code, unreachable_pub)]

#[path = "../common/browser.rs"]
mod browser;
#[path = "../common/desk.rs"]
mod desk;
#[path = "../common/office.rs"]
mod office;
#[path = "../common/post.rs"]
mod post;
#[path = "../common/pty.rs"]
mod pty;
#[path = "../common/screen.rs"]
mod screen;
#[path = "../common/skip.rs"]
mod skip;

mod documents;
mod handed;
mod letters;
mod pages;
mod workbooks;
