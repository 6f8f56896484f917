//! Reading: each call sees the ledger as it was at one moment. Blocks are taken apart on other threads while the next one is
//! read.

use std::{collections::HashMap, ops::RangeInclusive, sync::Arc};

use futures::{FutureExt, future::BoxFuture};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use tokio::{sync::mpsc, task::spawn_blocking};

use super::{
    PostgresLedger,
    deed::{Deed, READING},
    journal,
    plans::{self, Head, Hold, unsigned},
    problem::Problem,
    states::{self, Block},
};
use crate::{
    domain::{
        answer::{Fetched, Filter, Page, PlanHead},
        entry::Entry,
        fold::reversed,
        id::{ItemId, PlanId},
        item::State,
        past::Past,
        plan::Plan,
        snapshot::{Delta, Snapshot},
    },
    ledger::{MOST_ENTRIES, admit::histories_needed, history, weeks},
    sqlite::short,
};

/// A deed that reads, and the method that does it.
macro_rules! reads {
    ($begin:expr; $($deed:ty => $answer:ty),* $(,)?) => {$(
        impl Deed for $deed {
            type Answer = $answer;
            const BEGIN: Option<&'static str> = $begin;

            fn perform<'c>(
                &'c self,
                ledger: &'c PostgresLedger,
                moment: &'c mut PgConnection,
            ) -> BoxFuture<'c, Result<$answer, Problem>> {
                self.read(ledger, moment).boxed()
            }
        }
    )*};
}

reads! {
    // Of one statement each.
    None;
    Heads => Vec<PlanHead>,
    Version => u64,
}

reads! {
    Some(READING);
    Whole<'_> => Snapshot,
    At<'_> => Snapshot,
    Gone<'_> => Past,
    Since<'_> => Fetched,
    Entries<'_> => Page,
}

/// The plans there are.
pub(super) struct Heads;

impl Heads {
    async fn read(&self, _: &PostgresLedger, moment: &mut PgConnection) -> Result<Vec<PlanHead>, Problem> {
        plans::heads(moment).await
    }
}

/// How far everything has come.
pub(super) struct Version;

impl Version {
    async fn read(&self, _: &PostgresLedger, moment: &mut PgConnection) -> Result<u64, Problem> {
        plans::version(moment).await
    }
}

/// What is true now.
pub(super) struct Whole<'a> {
    pub(super) plan: &'a PlanId,
}

impl Whole<'_> {
    async fn read(&self, ledger: &PostgresLedger, moment: &mut PgConnection) -> Result<Snapshot, Problem> {
        let head = plans::known_head(moment, self.plan, Hold::Read).await?;
        ledger.whole(moment, head).await
    }
}

/// What was true.
pub(super) struct At<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) instant: Timestamp,
}

impl At<'_> {
    async fn read(&self, _: &PostgresLedger, moment: &mut PgConnection) -> Result<Snapshot, Problem> {
        let head = plans::known_head(moment, self.plan, Hold::Read).await?;
        let revisions = plans::revisions(moment, head).await?;
        let mut blocks = Vec::new();
        let mut seq = 0;
        loop {
            let rows = journal::block(moment, head, seq, Some(self.instant)).await?;
            let Some((last, _)) = rows.last() else { break };
            seq = unsigned(*last)?;
            blocks.push(spawn_blocking(move || read(&rows)));
        }
        let mut journal = Vec::new();
        for block in blocks {
            journal.append(&mut joined(block.await)??);
        }
        let instant = self.instant;
        let at = spawn_blocking(move || {
            // The column is in microseconds, entries may be finer.
            let journal: Vec<&Entry> = journal.iter().filter(|entry| entry.recorded_at() <= instant).collect();
            history::at(&revisions, &journal)
        });
        joined(at.await)?.ok_or(Problem::Inconsistent("revision"))
    }
}

/// How every item stood at the end of each week.
pub(super) struct Gone<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) day: Date,
}

impl Gone<'_> {
    async fn read(&self, _: &PostgresLedger, moment: &mut PgConnection) -> Result<Past, Problem> {
        let head = plans::known_head(moment, self.plan, Hold::Read).await?;
        let revisions = plans::revisions(moment, head).await?;
        let (mut journal, mut seq) = (Vec::new(), 0);
        loop {
            let rows = journal::moving(moment, head, seq).await?;
            let Some((last, _)) = rows.last() else { break };
            seq = unsigned(*last)?;
            journal.append(&mut joined(spawn_blocking(move || read(&rows)).await)??);
        }
        joined(weeks::counted(revisions, journal, self.day).await)?.ok_or(Problem::Inconsistent("revision"))
    }
}

/// What happened after an entry.
pub(super) struct Since<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) after: u64,
}

impl Since<'_> {
    async fn read(&self, ledger: &PostgresLedger, moment: &mut PgConnection) -> Result<Fetched, Problem> {
        let after = self.after;
        let head = plans::known_head(moment, self.plan, Hold::Read).await?;
        if after == head.seq {
            return Ok(Fetched::Unchanged);
        }
        let in_entries = after < head.seq && head.seq - after <= MOST_ENTRIES;
        if !in_entries || plans::amended(moment, head).await? > after {
            return Ok(Fetched::Whole(Box::new(ledger.whole(moment, head).await?)));
        }
        // They are fewer than a block holds.
        let entries = read(&journal::block(moment, head, after, None).await?)?;
        without_gaps(entries.iter().map(|entry| entry.seq), after + 1..=head.seq)?;
        let refolded = ledger.refolded(moment, head, &entries).await?;
        Ok(Fetched::Entries(Delta { entries, refolded, cursor: head.seq }))
    }
}

/// Entries of the journal.
pub(super) struct Entries<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) filter: &'a Filter,
}

impl Entries<'_> {
    async fn read(&self, _: &PostgresLedger, moment: &mut PgConnection) -> Result<Page, Problem> {
        let filter = self.filter;
        let head = plans::known_head(moment, self.plan, Hold::Read).await?;
        let entries = journal::filtered(moment, head, filter).await?;
        let every = Filter { before: filter.before, limit: filter.limit, ..Filter::default() };
        if *filter == every && filter.most() > entries.len() {
            let last = filter.before.map_or(head.seq, |before| head.seq.min(before.saturating_sub(1)));
            without_gaps(entries.iter().rev().map(|entry| entry.seq), 1..=last)?;
        }
        let items: Vec<&ItemId> = entries.iter().map(|entry| &entry.item).collect();
        let mut reversals = journal::reversals(moment, head, &items).await?;
        reversals.retain(|entry| filter.was_there(entry));
        let gone = reversed(&reversals);
        let reversed = entries.iter().map(|entry| entry.id).filter(|id| gone.contains(id)).collect();
        let mut page = Page { entries, reversed, ..Page::default() };
        loop {
            let missing = page.missing();
            let found = if missing.is_empty() { HashMap::new() } else { journal::by_id(moment, missing).await? };
            if found.is_empty() {
                return Ok(page);
            }
            page.taken_back.extend(found.into_values());
        }
    }
}

impl PostgresLedger {
    /// The plan in force, read once for each time it is laid down.
    pub(super) async fn plan(&self, connection: &mut PgConnection, head: Head) -> Result<Arc<Plan>, Problem> {
        if let Some(plan) = self.known_plans().get(&head.laid) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(plans::body(connection, head).await?);
        let mut plans = self.known_plans();
        plans.retain(|_, known| known.id != plan.id);
        plans.insert(head.laid, Arc::clone(&plan));
        Ok(plan)
    }

    /// What is true, from the folded states.
    async fn whole(&self, connection: &mut PgConnection, head: Head) -> Result<Snapshot, Problem> {
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
        connection: &mut PgConnection,
        head: Head,
        entries: &[Entry],
    ) -> Result<Vec<(ItemId, State)>, Problem> {
        let journals = journal::of_items(connection, head, histories_needed(entries)).await?;
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
fn grown(plan: Arc<Plan>, mut blocks: mpsc::UnboundedReceiver<Block>) -> Result<Snapshot, Problem> {
    let (mut snapshot, mut reader) = (Snapshot::new(plan), short::Reader::default());
    while let Some(block) = blocks.blocking_recv() {
        states::read(&block, &mut reader, |id, state| snapshot.restore(id, state))?;
    }
    Ok(snapshot)
}

fn read(rows: &[(i64, String)]) -> Result<Vec<Entry>, Problem> {
    rows.iter().map(|(_, body)| Ok(serde_json::from_str(body)?)).collect()
}

/// A journal counts without gaps: where one is, rows were taken away.
fn without_gaps(places: impl Iterator<Item = u64>, expected: RangeInclusive<u64>) -> Result<(), Problem> {
    if places.eq(expected) { Ok(()) } else { Err(Problem::Inconsistent("entries of a journal are missing")) }
}

/// A thread's answer. It has none only where the program is ending.
fn joined<T>(answer: Result<T, tokio::task::JoinError>) -> Result<T, Problem> {
    answer.map_err(|_| Problem::Closed)
}
