//! Writes the sample plan's journal: `cargo run --example sample_journal > config/plans/binh-phuoc-2023.journal.jsonl`.
//!
//! What happened is told in `story.toml`; who owed what and when comes from the plan; here the two become entries.
//! The same input gives the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod story;
mod telling;
mod writing;

use std::{fs, path::Path, sync::Arc};

use serde::Deserialize;
use tiendo::domain::{calendar::DaysOff, plan::Plan, snapshot::Snapshot};

fn main() {
    print!("{}", journal(Path::new(env!("CARGO_MANIFEST_DIR"))));
}

/// The journal of the sample plan in the package at `root`, one JSON entry per line.
pub(crate) fn journal(root: &Path) -> String {
    let plan = plan(root);
    let story: story::Story = toml::from_str(&text(root, "examples/sample_journal/story.toml")).expect("the story");
    let snapshot = Snapshot::new(plan);
    let drafts = telling::drafts(&snapshot, &story);
    writing::lines(drafts, snapshot, &story)
}

/// The sample plan with its days off.
pub(crate) fn plan(root: &Path) -> Arc<Plan> {
    #[derive(Deserialize)]
    struct Years {
        year: Vec<DaysOff>,
    }
    let mut plan: Plan = toml::from_str(&text(root, "config/plans/binh-phuoc-2023.toml")).expect("the plan");
    let years: Years = toml::from_str(&text(root, "config/holidays/vn.toml")).expect("the days off");
    for year in years.year {
        plan.calendar.days_off.extend(year.days_off);
        plan.calendar.make_up.extend(year.make_up);
    }
    plan.into()
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect(path)
}
