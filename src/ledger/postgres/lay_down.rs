//! Laying plans down, amending them, and taking in journals from elsewhere: seldom done, and in one transaction each.

use futures::{FutureExt, future::BoxFuture};
use sqlx::PgConnection;

use super::{
    PostgresLedger,
    deed::{Deed, WRITING},
    journal,
    plans::{self, Head, Hold},
    problem::Problem,
    states,
};
use crate::{
    domain::{
        answer::{Imported, LaidDown},
        check::Refusal,
        entry::Entry,
        id::{EntryId, PlanId},
        plan::Plan,
        snapshot::Snapshot,
    },
    ledger::{
        Laying,
        admit::histories_needed,
        history::{amended_states, fresh, imported_states},
    },
};

/// A plan laid down, or another wording of one.
pub(super) struct LayDown<'a> {
    pub(super) plan: &'a Plan,
    pub(super) laying: Laying<'a>,
}

impl Deed for LayDown<'_> {
    type Answer = LaidDown;
    const BEGIN: Option<&'static str> = WRITING;

    fn perform<'c>(
        &'c self,
        ledger: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<LaidDown, Problem>> {
        self.lay(ledger, connection).boxed()
    }
}

impl LayDown<'_> {
    async fn lay(&self, ledger: &PostgresLedger, connection: &mut PgConnection) -> Result<LaidDown, Problem> {
        let LayDown { plan, laying } = self;
        let standing = plans::head(connection, &plan.id, Hold::Locked).await?;
        let in_force = match standing {
            Some(head) => Some(ledger.plan(connection, head).await?),
            None => None,
        };
        laying.check(in_force.as_deref()).map_err(Problem::Refused)?;
        if let Some(head) = standing
            && in_force.as_deref().is_some_and(|in_force| in_force == *plan)
        {
            return Ok(LaidDown::Unchanged { seq: plans::amended(connection, head).await? });
        }
        if !journal::known(connection, &[laying.id]).await?.is_empty() {
            return Err(Problem::Refused(Refusal::IdReused.sentence()));
        }
        let head = match standing {
            Some(head) => head,
            // Who lays the same one down at the same time is in the way, and finds it at the next try.
            None => plans::insert_plan(connection, &plan.id, laying.id.0).await?,
        };
        let head = Head { revision: head.revision + 1, ..head };
        let seq = plans::take_places(connection, head, 1).await?;
        let entry = Entry { seq, ..laying.entry(plan) };
        journal::insert(connection, head, std::slice::from_ref(&entry)).await?;
        if let (Some(standing), Some(before)) = (standing, in_force) {
            let states = states::all(connection, standing).await?;
            let states = amended_states(before, states, standing.seq, (*plan).clone(), entry.on);
            states::put(connection, standing, &states).await?;
        }
        plans::insert_revision(connection, head, &entry, plan).await?;
        ledger.news.tell(connection).await?;
        Ok(if standing.is_some() { LaidDown::Amended { seq } } else { LaidDown::New { seq } })
    }
}

/// A journal from elsewhere.
pub(super) struct Import<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) journal: Vec<Entry>,
}

impl Deed for Import<'_> {
    type Answer = Imported;
    const BEGIN: Option<&'static str> = WRITING;

    fn perform<'c>(
        &'c self,
        ledger: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<Imported, Problem>> {
        self.take_in(ledger, connection).boxed()
    }
}

impl Import<'_> {
    async fn take_in(&self, ledger: &PostgresLedger, connection: &mut PgConnection) -> Result<Imported, Problem> {
        let head = plans::known_head(connection, self.plan, Hold::Locked).await?;
        let ids: Vec<EntryId> = self.journal.iter().map(|entry| entry.id).collect();
        let known = journal::known(connection, &ids).await?;
        let (fresh, imported) = fresh(self.journal.clone(), |id| known.contains(&id), head.seq);
        if fresh.is_empty() {
            return Ok(imported);
        }
        let (plan, standing) = (ledger.plan(connection, head).await?, states::all(connection, head).await?);
        let earlier = journal::of_items(connection, head, histories_needed(&fresh)).await?;
        let states = imported_states(Snapshot::with_states(plan, standing, head.seq), &earlier, &fresh);
        plans::take_places(connection, head, fresh.len()).await?;
        journal::insert(connection, head, &fresh).await?;
        states::put(connection, head, &states).await?;
        ledger.news.tell(connection).await?;
        Ok(imported)
    }
}
