//! What is written in files: plans, the sample and what is true of it, workbooks, calendars laid over, the configuration, the wire.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used, dead_code, unreachable_pub)]

#[path = "../common/record.rs"]
mod record;

mod config;
mod overlay;
mod planfile;
mod sample;
mod sample_truth;
mod sheet;
mod sheet_hostile;
mod sheet_read;
mod wire;
