//! Writes a large plan with its journal, for measuring: `cargo run --release --example large_plan -- 100000 > plan.json`
//! gives a plan in which exactly 100,000 reports are expected. The same number and `--seed` give the same bytes.
//!
//! All of it is made up (`"sample": true`): agencies, names, dates, what happened up to 20/11/2023, 8:00.
#![allow(clippy::print_stderr, reason = "a command line tool says on stderr what it wrote")]

mod chance;
mod laying;
mod names;
mod story;
mod writing;

use std::{
    io::{self, BufWriter},
    process::ExitCode,
};

const USAGE: &str = "usage: large_plan REPORTS [--seed NUMBER] > plan.json   (REPORTS from 1 to 5,000,000)";

fn main() -> ExitCode {
    let Some((reports, seed)) = arguments(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut chance = chance::Chance::new(seed);
    let plan = laying::plan(reports, &mut chance);
    match writing::write(plan, &mut chance, BufWriter::with_capacity(1 << 20, io::stdout().lock())) {
        Ok(written) => {
            eprintln!("{written}");
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the plan could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many reports, and the seed.
fn arguments(mut given: impl Iterator<Item = String>) -> Option<(usize, u64)> {
    let (mut reports, mut seed) = (None, 95);
    while let Some(argument) = given.next() {
        if argument == "--seed" {
            seed = given.next()?.parse().ok()?;
        } else {
            reports = Some(argument.parse().ok().filter(|count| (1..=5_000_000).contains(count))?);
        }
    }
    Some((reports?, seed))
}
