//! Plan files: plans, journals and holiday tables from TOML and JSON, the sample that ships, and plans written as JSON.
//!
//! A file is read record by record. A bad record is set aside with a [`Remark`] that says file, line, field and what
//! would be right, and the rest is used; only a fault in `format`, `id` or `timezone`, or broken TOML or JSON,
//! refuses the plan ([`PlanError`]). What this version does not know is kept and written back, with a warning.
//!
//! Nothing is watched or fetched here, and no entry is admitted: that is the ledger's.

mod consistency;
mod entries;
mod error;
mod fault;
mod holidays;
mod journal;
mod node;
mod plan;
mod records;
mod references;
mod remark;
mod sample;
mod schema;
mod source;
mod template;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use crate::domain::{entry::Entry, outline::Outline, plan::Plan};

use self::{
    entries::Admissible,
    journal::JournalRead,
    node::Document,
    references::Known,
    remark::Remarks,
    source::{Source, name, read_text},
};
pub use self::{
    error::PlanError,
    holidays::{HolidayTable, HolidayTables, HolidayYear},
    remark::{Remark, Severity},
    sample::{last_look, sample},
    schema::plan_schema,
    template::{TEMPLATES, template},
};

/// A plan as its file gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The plan, with its days off resolved.
    pub plan: Plan,
    /// Its journal, in the order of its numbers where every entry has one, else of the file.
    pub journal: Vec<Entry>,
    /// What is wrong, in the order it was found; the first 1,000 of each file.
    pub remarks: Vec<Remark>,
    /// How many records were set aside.
    pub set_aside: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

/// Reads the plan file at `path` (TOML, or JSON by its name or content) with the journal in it or beside it, in which
/// nothing happened after `now`.
pub fn read_file(path: &Path, tables: &HolidayTables, now: Timestamp) -> Result<Loaded, PlanError> {
    let mut loaded = read_until(&name(path), &read_text(path)?, tables, Some(now))?;
    let journal = journal_path(path);
    if journal.is_file() {
        loaded.add_journal(&name(&journal), &read_text(&journal)?, Some(now));
    }
    Ok(loaded)
}

/// Where the journal of the plan file at `path` stands: `<name>.journal.jsonl` beside it.
pub fn journal_path(path: &Path) -> PathBuf {
    path.with_extension("journal.jsonl")
}

/// Reads a plan from `text`, under the name `file` in remarks; the name's ending says the format where it has one.
pub fn read(file: &str, text: &str, tables: &HolidayTables) -> Result<Loaded, PlanError> {
    read_until(file, text, tables, None)
}

fn read_until(file: &str, text: &str, tables: &HolidayTables, now: Option<Timestamp>) -> Result<Loaded, PlanError> {
    let source = Source::new(file, text);
    let document = Document::parse(&source)?;
    let mut remarks = Remarks::new(&source);
    let plan::PlanRead { mut plan, places, journal } = plan::read_plan(document.fields(&source), tables, &mut remarks)?;
    consistency::check(&mut plan, &places, &mut remarks);
    Known::new(&plan).check_plan(&plan, &places, &mut remarks);
    let mut journal = journal.map(|list| JournalRead::list(list, &mut remarks)).unwrap_or_default();
    sift(&plan, &mut journal, now, &mut remarks);
    let Remarks { list, set_aside, warnings, .. } = remarks;
    Ok(Loaded { plan, journal: in_order(journal.entries), remarks: list, set_aside, warnings })
}

/// Sets aside the entries that do not fit the plan.
fn sift(plan: &Plan, journal: &mut JournalRead, now: Option<Timestamp>, remarks: &mut Remarks<'_>) {
    if !journal.entries.is_empty() {
        let outline = Outline::new(Arc::new(plan.clone()));
        Admissible { outline: &outline, known: Known::new(plan), now }.sift(journal, remarks);
    }
}

/// `plan` in its native form, as JSON, with what this version does not know and the days off resolved.
pub fn write_json(plan: &Plan) -> String {
    // A plan has nothing that JSON cannot say: no maps but by text, no numbers but of JSON's kinds.
    serde_json::to_string_pretty(plan).unwrap_or_default()
}

impl Loaded {
    /// Adds the entries of a journal file, one JSON object per line.
    fn add_journal(&mut self, file: &str, text: &str, now: Option<Timestamp>) {
        let source = Source::new(file, text);
        let mut remarks = Remarks::new(&source);
        let mut journal = JournalRead::lines(&self.journal, &mut remarks);
        sift(&self.plan, &mut journal, now, &mut remarks);
        let mut entries = std::mem::take(&mut self.journal);
        entries.extend(journal.entries);
        self.journal = in_order(entries);
        self.remarks.extend(remarks.list);
        self.set_aside += remarks.set_aside;
        self.warnings += remarks.warnings;
    }
}

fn in_order(mut journal: Vec<Entry>) -> Vec<Entry> {
    let numbered = journal.iter().all(|entry| entry.seq > 0);
    if numbered && !journal.is_sorted_by_key(|entry| entry.seq) {
        journal.sort_by_key(|entry| entry.seq);
    }
    journal
}
