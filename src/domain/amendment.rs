//! [`Amendment`]: another wording of a plan, made in view of the one in force, and why. What it changes is kept in its entry, so
//! that the journal can tell it without either plan.

use std::sync::Arc;

use super::{
    difference::{Difference, differences},
    id::{AgencyId, EntryId},
    plan::Plan,
    text::Text,
};

/// So many differences are kept in an entry; there are no more where one record is amended.
pub const MOST_CHANGES: usize = 40;

/// A plan to take the place of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// The plan its author saw: where another one is in force, it is not laid down.
    pub seen: Arc<Plan>,
    /// The plan as it is to be.
    pub plan: Plan,
    /// Why.
    pub reason: Text,
    /// The amendment it takes back, where it takes one back.
    pub reverses: Option<EntryId>,
}

impl Amendment {
    /// What it changes, as its entry keeps it.
    pub fn changes(&self) -> Vec<Difference> {
        let mut changes = differences(&self.seen, &self.plan);
        changes.truncate(MOST_CHANGES);
        changes
    }
}

/// The agencies named in a list typed with commas, each found by `find`; else the first name that is none.
///
/// # Errors
///
/// The name that was not found.
pub fn named_agencies(typed: &str, find: impl Fn(&str) -> Option<AgencyId>) -> Result<Vec<AgencyId>, Text> {
    let names = typed.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
    let mut agencies = Vec::new();
    for name in names {
        let agency = find(name).ok_or_else(|| Text::new(name))?;
        if !agencies.contains(&agency) {
            agencies.push(agency);
        }
    }
    Ok(agencies)
}

/// An id for a task more: that of the last task whose id ends in a number, counted on.
pub fn next_task_id(plan: &Plan) -> Text {
    let numbered = plan.tasks.iter().filter_map(|task| {
        let id = task.id.as_str();
        let number = id.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let prefix = id.strip_suffix(number)?;
        Some((number.parse::<u32>().ok()?, prefix))
    });
    let (number, prefix) = numbered.max_by_key(|(number, _)| *number).unwrap_or((0, "N"));
    Text::new(&format!("{prefix}{}", number.saturating_add(1)))
}
