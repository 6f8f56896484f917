//! Reading: each call sees the ledger as it was at one moment. Blocks are taken apart on other threads while the next one
//! is read.

use std::{collections::HashMap, ops::RangeInclusive, sync::Arc};

use jiff::Timestamp;
use sqlx::{Connection, SqliteConnection, query_as};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
};

use super::{
    SqliteLedger, journal,
    plans::{self, Head},
    states,
};
use crate::{
    domain::{
        answer::{Fetched, Filter, Page, PlanHead},
        entry::Entry,
        fold::reversed,
        id::{ItemId, PlanId},
        item::State,
        plan::Plan,
        snapshot::{Delta, Snapshot},
    },
    ledger::{MOST_ENTRIES, history},
    sqlite::{problem::Problem, short, unsigned},
};

impl SqliteLedger {
    pub(super) async fn read_plans(&self) -> Result<Vec<PlanHead>, Problem> {
        let mut reader = self.reader().await?;
        let sql = "SELECT seq, head FROM (SELECT plan.number, plan.seq, head FROM plan
                   JOIN revision ON revision.plan = plan.number AND revision.number = plan.revision)
                   ORDER BY number";
        let rows: Vec<(i64, String)> = query_as(sql).fetch_all(reader.connection()?).await?;
        let head = |(seq, head): (i64, String)| {
            let head: PlanHead = serde_json::from_str(&head)?;
            Ok(PlanHead { seq: unsigned(seq)?, ..head })
        };
        rows.into_iter().map(head).collect()
    }

    pub(super) async fn read_snapshot(&self, plan: &PlanId) -> Result<Snapshot, Problem> {
        let mut reader = self.reader().await?;
        let mut moment = reader.connection()?.begin().await?;
        let head = plans::known_head(&mut moment, plan).await?;
        self.whole(&mut moment, head).await
    }

    pub(super) async fn read_at(&self, plan: &PlanId, instant: Timestamp) -> Result<Snapshot, Problem> {
        let mut reader = self.reader().await?;
        let mut moment = reader.connection()?.begin().await?;
        let head = plans::known_head(&mut moment, plan).await?;
        let revisions = plans::revisions(&mut moment, head).await?;
        let journal = journal(&mut moment, head, instant).await?;
        let at = spawn_blocking(move || {
            // The column is in microseconds, entries may be finer.
            let journal: Vec<&Entry> = journal.iter().filter(|entry| entry.recorded_at() <= instant).collect();
            history::at(&revisions, &journal)
        });
        joined(at.await)?.ok_or(Problem::Inconsistent("revision"))
    }

    pub(super) async fn read_delta(&self, plan: &PlanId, after: u64) -> Result<Fetched, Problem> {
        let mut reader = self.reader().await?;
        let mut moment = reader.connection()?.begin().await?;
        let head = plans::known_head(&mut moment, plan).await?;
        if after == head.seq {
            return Ok(Fetched::Unchanged);
        }
        let in_entries = after < head.seq && head.seq - after <= MOST_ENTRIES;
        if !in_entries || plans::amended(&mut moment, head).await? > after {
            return Ok(Fetched::Whole(Box::new(self.whole(&mut moment, head).await?)));
        }
        let mut entries = Vec::new();
        while let Some((block, _)) = journal::block(&mut moment, head, last_of(&entries, after), None).await? {
            entries.extend(journal::read(&block)?);
        }
        without_gaps(entries.iter().map(|entry| entry.seq), after + 1..=head.seq)?;
        let refolded = self.refolded(&mut moment, head, &entries).await?;
        Ok(Fetched::Entries(Delta { entries, refolded, cursor: head.seq }))
    }

    pub(super) async fn read_entries(&self, plan: &PlanId, filter: &Filter) -> Result<Page, Problem> {
        let mut reader = self.reader().await?;
        let mut moment = reader.connection()?.begin().await?;
        let head = plans::known_head(&mut moment, plan).await?;
        let entries = journal::filtered(&mut moment, head, filter).await?;
        let every = Filter { before: filter.before, limit: filter.limit, ..Filter::default() };
        if *filter == every && filter.most() > entries.len() {
            let last = filter.before.map_or(head.seq, |before| head.seq.min(before.saturating_sub(1)));
            without_gaps(entries.iter().rev().map(|entry| entry.seq), 1..=last)?;
        }
        let items: Vec<&ItemId> = entries.iter().map(|entry| &entry.item).collect();
        let mut reversals = journal::reversals(&mut moment, head, &items).await?;
        reversals.retain(|entry| filter.was_there(entry));
        let gone = reversed(&reversals);
        let reversed = entries.iter().map(|entry| entry.id).filter(|id| gone.contains(id)).collect();
        let mut page = Page { entries, reversed, ..Page::default() };
        loop {
            let missing = page.missing();
            let found = if missing.is_empty() { HashMap::new() } else { journal::by_id(&mut moment, missing).await? };
            if found.is_empty() {
                return Ok(page);
            }
            page.taken_back.extend(found.into_values());
        }
    }

    /// The plan in force, read once for each revision.
    pub(super) async fn plan(&self, connection: &mut SqliteConnection, head: Head) -> Result<Arc<Plan>, Problem> {
        let key = (head.number, head.revision);
        if let Some(plan) = self.plans().get(&key) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(plans::body(connection, head).await?);
        let mut plans = self.plans();
        plans.retain(|(number, _), _| *number != head.number);
        plans.insert(key, Arc::clone(&plan));
        Ok(plan)
    }

    fn plans(&self) -> std::sync::MutexGuard<'_, HashMap<(i64, i64), Arc<Plan>>> {
        self.plans.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What is true, from the folded states.
    async fn whole(&self, connection: &mut SqliteConnection, head: Head) -> Result<Snapshot, Problem> {
        let plan = self.plan(connection, head).await?;
        // What nothing has happened to is laid out while the states are read.
        let (sender, blocks) = mpsc::unbounded_channel();
        let growing = spawn_blocking(move || grown(plan, blocks));
        let mut place = 0;
        while let Some((block, last)) = states::block(connection, head, place).await? {
            place = last;
            if sender.send(block).is_err() {
                break;
            }
        }
        drop(sender);
        let mut snapshot = joined(growing.await)??;
        snapshot.cursor = head.seq;
        Ok(snapshot)
    }

    /// The states of the items on which one of `entries` reverses something.
    async fn refolded(
        &self,
        connection: &mut SqliteConnection,
        head: Head,
        entries: &[Entry],
    ) -> Result<Vec<(ItemId, State)>, Problem> {
        let journals = journal::of_items(connection, head, crate::ledger::admit::histories_needed(entries)).await?;
        if journals.is_empty() {
            return Ok(Vec::new());
        }
        let plan = self.plan(connection, head).await?;
        let items = history::refolded_items(&plan, entries, |id| journals.get(id).cloned().unwrap_or_default());
        let mut states = states::of_items(connection, head, &items).await?;
        Ok(items.into_iter().filter_map(|id| states.remove_entry(&id)).collect())
    }
}

/// A plan with the states that come in `blocks`.
fn grown(plan: Arc<Plan>, mut blocks: mpsc::UnboundedReceiver<String>) -> Result<Snapshot, Problem> {
    let (mut snapshot, mut reader) = (Snapshot::new(plan), short::Reader::default());
    while let Some(block) = blocks.blocking_recv() {
        states::read(&block, &mut reader, |id, state| snapshot.restore(id, state))?;
    }
    Ok(snapshot)
}

/// The journal up to `instant`, to the microsecond.
async fn journal(connection: &mut SqliteConnection, head: Head, instant: Timestamp) -> Result<Vec<Entry>, Problem> {
    let mut blocks = Vec::new();
    let mut seq = 0;
    while let Some((block, last)) = journal::block(connection, head, seq, Some(instant)).await? {
        blocks.push(spawn_blocking(move || journal::read(&block)));
        seq = last;
    }
    all(blocks).await
}

/// A journal counts without gaps: where one is, the file is damaged in a way that SQLite does not see.
fn without_gaps(places: impl Iterator<Item = u64>, expected: RangeInclusive<u64>) -> Result<(), Problem> {
    if places.eq(expected) { Ok(()) } else { Err(Problem::Inconsistent("entries of a journal are missing")) }
}

fn last_of(entries: &[Entry], after: u64) -> u64 {
    entries.last().map_or(after, |entry| entry.seq)
}

/// What all blocks say, one after the other.
pub(super) async fn all<T>(blocks: Vec<JoinHandle<Result<Vec<T>, Problem>>>) -> Result<Vec<T>, Problem> {
    let mut all = Vec::new();
    for block in blocks {
        all.append(&mut joined(block.await)??);
    }
    Ok(all)
}

/// A thread's answer. It has none only where the program is ending.
pub(super) fn joined<T>(answer: Result<T, tokio::task::JoinError>) -> Result<T, Problem> {
    answer.map_err(|_| Problem::Closed)
}
