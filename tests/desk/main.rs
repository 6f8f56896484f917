//! The dashboard at the desk: facts in, effects and screen text out; no terminal and no network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "../common/desk.rs"]
mod desk;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/record.rs"]
mod record;
#[path = "../common/screen.rs"]
mod screen;

mod amend;
mod arrivals;
mod asks;
mod changes;
mod flow;
mod history;
mod journal;
mod lists;
mod matrix;
mod notifications;
mod other_day;
mod palette;
mod themes;
mod timeline;
mod trend;
mod triage;
mod undo;
mod wall;
