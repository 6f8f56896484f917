//! A ledger that is served: its HTTP interface, who may do what, dashboards over it, copies of it.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used, dead_code, unreachable_pub)]

#[path = "../common/counted.rs"]
mod counted;
#[path = "../common/machine.rs"]
mod machine;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/proxy.rs"]
mod proxy;
#[path = "../common/record.rs"]
mod record;
#[path = "../common/screen.rs"]
mod screen;
#[path = "../common/seat.rs"]
mod seat;
#[path = "../common/served.rs"]
mod served;
#[path = "../common/skip.rs"]
mod skip;

mod access;
mod copies;
mod http;
mod remembered;
mod serve_workbook;
mod server;
mod together;
