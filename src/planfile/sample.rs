//! The sample plan that ships with the program, with its journal and the coordinator's last look at it.

use jiff::Timestamp;

use super::{HolidayTables, Loaded, PlanError, read};

const PLAN: &str = include_str!("../../config/plans/binh-phuoc-2023.toml");
const JOURNAL: &str = include_str!("../../config/plans/binh-phuoc-2023.journal.jsonl");

/// When the sample's coordinator last looked: Wednesday 15/11/2023 16:30 in its zone.
const LAST_LOOK: &str = "2023-11-15T09:30:00Z";

/// When the sample's coordinator last looked at the plan. What ships is tested to be an instant.
pub fn last_look() -> Option<Timestamp> {
    LAST_LOOK.parse().ok()
}

/// The sample plan with its journal. What ships is tested to be read without a remark.
pub fn sample() -> Result<Loaded, PlanError> {
    let mut loaded = read("binh-phuoc-2023.toml", PLAN, &HolidayTables::shipped())?;
    loaded.add_journal("binh-phuoc-2023.journal.jsonl", JOURNAL, None);
    Ok(loaded)
}
