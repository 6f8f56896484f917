//! Writes the sample plan's journal: `cargo run --example sample_journal > config/plans/binh-phuoc-2023.journal.jsonl`.
//!
//! What happened is told in `story.toml`; who owed what and when comes from the plan; here the two become entries.
//! The same input gives the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod calendar;
mod plan;
mod story;
mod telling;
mod writing;

use std::{fs, path::Path};

fn main() {
    print!("{}", journal(Path::new(env!("CARGO_MANIFEST_DIR"))));
}

/// The journal of the sample plan in the package at `root`, one JSON entry per line.
pub(crate) fn journal(root: &Path) -> String {
    let text = |path: &str| fs::read_to_string(root.join(path)).expect(path);
    let plan: plan::Plan = toml::from_str(&text("config/plans/binh-phuoc-2023.toml")).expect("the plan");
    let years: calendar::Years = toml::from_str(&text("config/holidays/vn.toml")).expect("the days off");
    let story: story::Story = toml::from_str(&text("examples/sample_journal/story.toml")).expect("the story");
    let days = calendar::Calendar::from(years);
    writing::lines(telling::drafts(&plan, &days, &story), &days, &story)
}
