//! The sample plan that ships with the program, with its journal.

use super::{HolidayTables, Loaded, PlanError, read};

const PLAN: &str = include_str!("../../config/plans/binh-phuoc-2023.toml");
const JOURNAL: &str = include_str!("../../config/plans/binh-phuoc-2023.journal.jsonl");

/// The sample plan with its journal. What ships is tested to be read without a remark.
pub fn sample() -> Result<Loaded, PlanError> {
    let mut loaded = read("binh-phuoc-2023.toml", PLAN, &HolidayTables::shipped())?;
    loaded.add_journal("binh-phuoc-2023.journal.jsonl", JOURNAL, None);
    Ok(loaded)
}
