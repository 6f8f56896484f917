//! Laying plans down, amending them, and taking in journals from elsewhere: seldom done, and in one transaction each.

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
    ledger::{
        Laying,
        admit::histories_needed,
        history::{amended_states, fresh, imported_states},
    },
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
            let states = all_states(&mut transaction, standing).await?;
            let states = amended_states(before, states, standing.seq, plan.clone(), entry.on);
            states::put(&mut transaction, standing, &by_reference(&states)).await?;
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
        let (plan, standing) = (self.plan(&mut transaction, head).await?, all_states(&mut transaction, head).await?);
        let earlier = journal::of_items(&mut transaction, head, histories_needed(&fresh)).await?;
        let states = imported_states(Snapshot::with_states(plan, standing, head.seq), &earlier, &fresh);
        plans::take_places(&mut transaction, head, fresh.len()).await?;
        journal::insert(&mut transaction, head, &fresh).await?;
        states::put(&mut transaction, head, &by_reference(&states)).await?;
        transaction.commit().await?;
        Ok(imported)
    }
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

fn by_reference(states: &[(ItemId, State)]) -> Vec<(&ItemId, &State)> {
    states.iter().map(|(id, state)| (id, state)).collect()
}
