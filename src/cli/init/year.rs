//! A year's plan made from a template: its agencies from a file, last year's unfinished tasks taken along; laid down in the ledger
//! of this machine.

use std::{collections::HashSet, fs, path::Path};

use anyhow::Context;
use jiff::{ToSpan, civil::Date};
use serde_json::{Map, Value};

use crate::{
    cli::exit::{Exit, Stop},
    domain::{
        id::{AgencyId, ItemId, TaskId},
        plan::Plan,
        snapshot::Snapshot,
        task::Task,
        text::Text,
    },
};

/// The agencies in a file: a table with headings (`id`, `short`, `name`, `kind`, `email`, …), or `[[agencies]]` as in a plan.
pub(super) fn agencies(path: &Path) -> anyhow::Result<Vec<Value>> {
    let named = || path.display().to_string();
    let text = fs::read_to_string(path).with_context(named)?;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        let table: Value = toml::from_str(&text).with_context(named)?;
        let list = table.get("agencies").and_then(Value::as_array).cloned();
        return list.ok_or_else(|| Stop::with(Exit::Usage, format!("{}: [[agencies]]?", named())));
    }
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().with_context(named)?.clone();
    let mut agencies = Vec::new();
    for record in reader.records() {
        let record = record.with_context(named)?;
        let cells = headings.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let mut agency: Map<String, Value> =
            cells.map(|(heading, cell)| (heading.to_lowercase(), Value::from(cell))).collect();
        let reports = agency.get("reports").and_then(Value::as_str).map(|said| !matches!(said, "0" | "no" | "false"));
        agency.insert("reports".into(), reports.unwrap_or(true).into());
        agency.entry("kind").or_insert_with(|| "department".into());
        agencies.push(Value::Object(agency));
    }
    Ok(agencies)
}

/// Takes the tasks of `last` that are not finished into `plan`, their dates as many years later as the plans are apart, with the
/// agencies and programmes they name. Answers how many.
pub(super) fn carry(plan: &mut Plan, last: &Snapshot) -> usize {
    let before = &last.outline.plan;
    let years = plan.year.saturating_sub(before.year);
    let later = |day: Date| day.checked_add(i32::from(years).years()).unwrap_or(day);
    let taken: HashSet<TaskId> = plan.tasks.iter().map(|task| task.id.clone()).collect();
    let is_open = |task: &&Task| last.item(&ItemId::task(&task.id)).is_some_and(|item| item.state.base.is_open());
    let mut carried: Vec<Task> = before.tasks.iter().filter(is_open).cloned().collect();
    for task in &mut carried {
        if taken.contains(&task.id) {
            task.id = TaskId::from(format!("{}-{}", task.id, before.year).as_str());
        }
        (task.start, task.due) = (task.start.map(later), task.due.map(later));
        // What it said was about the other year.
        task.due_text = None;
        task.campaign = task.campaign.take().filter(|id| plan.campaigns.iter().any(|campaign| campaign.id == *id));
    }
    let named: HashSet<AgencyId> =
        carried.iter().flat_map(|task| [&task.lead].into_iter().chain(&task.coordinating)).cloned().collect();
    let known: HashSet<AgencyId> = plan.agencies.iter().map(|agency| agency.id.clone()).collect();
    let missing = before.agencies.iter().filter(|it| named.contains(&it.id) && !known.contains(&it.id));
    plan.agencies.extend(missing.cloned());
    let programmes: HashSet<&Text> =
        carried.iter().filter_map(|task| task.programme.as_ref()).map(|id| id.as_text()).collect();
    let missing = before
        .programmes
        .iter()
        .filter(|it| programmes.contains(it.id.as_text()) && !plan.programmes.iter().any(|known| known.id == it.id));
    let missing: Vec<_> = missing.cloned().collect();
    plan.programmes.extend(missing);
    let count = carried.len();
    plan.tasks.extend(carried);
    count
}
