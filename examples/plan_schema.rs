//! Writes the JSON Schema of the plan file: `cargo run --example plan_schema > config/plan.schema.json`.
#![allow(clippy::print_stdout, reason = "it is a command whose answer goes to stdout")]

fn main() -> serde_json::Result<()> {
    println!("{}", serde_json::to_string_pretty(&tiendo::planfile::plan_schema())?);
    Ok(())
}
