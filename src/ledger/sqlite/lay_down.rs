//! Laying plans down, amending them, and taking in journals from elsewhere: seldom done, and in one transaction each.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use sqlx::{Connection, SqliteConnection};

use super::{
    SqliteLedger, journal,
    plans::{self, Head},
    states,
};
use crate::{
    domain::{
        answer::{Imported, LaidDown},
        check::Refusal,
        entry::Entry,
        id::{EntryId, ItemId, PlanId},
        item::State,
        plan::Plan,
        snapshot::Snapshot,
    },
    ledger::{Laying, admit::histories_needed, history::fresh},
    sqlite::{problem::Problem, short::Reader},
};

impl SqliteLedger {
    pub(super) async fn write_plan(&self, plan: Plan, laying: Laying<'_>) -> Result<LaidDown, Problem> {
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.connection.begin_with("BEGIN IMMEDIATE").await?;
        let standing = plans::head(&mut transaction, &plan.id).await?;
        let in_force = match standing {
            Some(head) => Some(self.plan(&mut transaction, head).await?),
            None => None,
        };
        laying.check(in_force.as_deref()).map_err(Problem::Refused)?;
        if let Some(head) = standing
            && in_force.is_some_and(|in_force| *in_force == plan)
        {
            return Ok(LaidDown::Unchanged { seq: plans::amended(&mut transaction, head).await? });
        }
        if !journal::known(&mut transaction, &[laying.id]).await?.is_empty() {
            return Err(Problem::Refused(Refusal::IdReused.sentence()));
        }
        let head = match standing {
            Some(head) => head,
            None => plans::insert_plan(&mut transaction, &plan.id).await?,
        };
        let head = Head { revision: head.revision + 1, ..head };
        let seq = plans::take_places(&mut transaction, head, 1).await?;
        let entry = Entry { seq, ..laying.entry(&plan) };
        journal::insert(&mut transaction, head, std::slice::from_ref(&entry)).await?;
        if let Some(standing) = standing {
            let before = self.plan(&mut transaction, standing).await?;
            amend(&mut transaction, standing, before, plan.clone(), &entry).await?;
        }
        plans::insert_revision(&mut transaction, head, &entry, &plan).await?;
        transaction.commit().await?;
        Ok(if standing.is_some() { LaidDown::Amended { seq } } else { LaidDown::New { seq } })
    }

    pub(super) async fn write_journal(&self, plan: &PlanId, journal: Vec<Entry>) -> Result<Imported, Problem> {
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.connection.begin_with("BEGIN IMMEDIATE").await?;
        let head = plans::known_head(&mut transaction, plan).await?;
        let ids: Vec<EntryId> = journal.iter().map(|entry| entry.id).collect();
        let known = journal::known(&mut transaction, &ids).await?;
        let (fresh, imported) = fresh(journal, |id| known.contains(&id), head.seq);
        if fresh.is_empty() {
            return Ok(imported);
        }
        let mut snapshot = Snapshot::with_states(
            self.plan(&mut transaction, head).await?,
            all_states(&mut transaction, head).await?,
            head.seq,
        );
        let earlier = journal::of_items(&mut transaction, head, histories_needed(&fresh)).await?;
        let mut earlier: Vec<&Entry> = earlier.values().flatten().collect();
        earlier.sort_unstable_by_key(|entry| entry.seq);
        snapshot.replay_on(&earlier, &fresh.iter().collect::<Vec<_>>());
        plans::take_places(&mut transaction, head, fresh.len()).await?;
        journal::insert(&mut transaction, head, &fresh).await?;
        // Reports opened by an event may have changed by an entry on something else.
        let named: HashSet<&ItemId> = fresh.iter().map(|entry| &entry.item).collect();
        let touched = |(id, state): &(&ItemId, &State)| named.contains(id) || state.event.is_some();
        let states: Vec<(&ItemId, &State)> = states_of(&snapshot).filter(touched).collect();
        states::put(&mut transaction, head, &states).await?;
        transaction.commit().await?;
        Ok(imported)
    }
}

/// Writes what the items become where `plan` takes the place of `before`.
async fn amend(
    connection: &mut SqliteConnection,
    head: Head,
    before: Arc<Plan>,
    plan: Plan,
    entry: &Entry,
) -> Result<(), Problem> {
    let standing = all_states(connection, head).await?;
    let was: HashMap<ItemId, State> = standing.iter().cloned().collect();
    let mut snapshot = Snapshot::with_states(before, standing, head.seq);
    snapshot.amend(Arc::new(plan), entry.on);
    let changed = |(id, state): &(&ItemId, &State)| match was.get(*id) {
        Some(was) => was != *state,
        None => **state != State::default(),
    };
    let states: Vec<(&ItemId, &State)> = states_of(&snapshot).filter(changed).collect();
    states::put(connection, head, &states).await
}

async fn all_states(connection: &mut SqliteConnection, head: Head) -> Result<Vec<(ItemId, State)>, Problem> {
    let (mut states, mut reader) = (Vec::new(), Reader::default());
    let mut place = 0;
    while let Some((block, last)) = states::block(connection, head, place).await? {
        states::read(&block, &mut reader, |id, state| states.push((ItemId::from(id), state)))?;
        place = last;
    }
    Ok(states)
}

fn states_of(snapshot: &Snapshot) -> impl Iterator<Item = (&ItemId, &State)> {
    let standing = snapshot.items.iter().map(|item| (&item.id, &item.state));
    standing.chain(&snapshot.withdrawn)
}
