//! Admitting entries: one transaction looks at them, and writes the entries and what their items have become.

use sqlx::{Connection, SqliteConnection};

use jiff::Timestamp;

use super::{
    SqliteLedger, journal,
    plans::{self, Head},
    states,
};
use crate::{
    domain::{
        answer::Admission,
        check::Refusal,
        entry::Entry,
        id::{ActorId, ItemId, PlanId},
        item::State,
        outline::Outline,
    },
    ledger::admit::{Loaded, Outcome, Verdict, admit, histories_needed, items_needed, reminders_needed},
    sqlite::problem::Problem,
};

impl SqliteLedger {
    pub(super) async fn write_entries(
        &self,
        plan: &PlanId,
        entries: &[Entry],
        by: &ActorId,
        now: Timestamp,
    ) -> Result<Vec<Admission>, Problem> {
        let mut writer = self.writer.lock().await;
        let super::Writer { connection, outlines } = &mut *writer;
        // The lock is taken before anything is read: what is admitted is admitted against what stands.
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let head = plans::known_head(&mut transaction, plan).await?;
        if !matches!(outlines.get(&head.number), Some((revision, _)) if *revision == head.revision) {
            let outline = Outline::new(self.plan(&mut transaction, head).await?);
            outlines.insert(head.number, (head.revision, outline));
        }
        let Some((_, outline)) = outlines.get_mut(&head.number) else { return Err(Problem::Closed) };
        let loaded = load(&mut transaction, head, outline, entries, now).await?;
        let outcome = admit(outline, loaded, entries, by, now, head.seq);
        write(&mut transaction, head, &outcome).await?;
        let mut admissions = Vec::with_capacity(outcome.verdicts.len());
        for verdict in outcome.verdicts {
            admissions.push(admission(&mut transaction, verdict).await?);
        }
        transaction.commit().await?;
        Ok(admissions)
    }
}

async fn load(
    connection: &mut SqliteConnection,
    head: Head,
    outline: &Outline,
    entries: &[Entry],
    now: Timestamp,
) -> Result<Loaded, Problem> {
    let known = journal::by_id(connection, entries.iter().map(|entry| entry.id)).await?;
    let histories = journal::of_items(connection, head, histories_needed(entries)).await?;
    let states = states::of_items(connection, head, &items_needed(outline, entries, &histories)).await?;
    let reminders = match reminders_needed(outline, entries, now) {
        Some(since) => journal::reminders(connection, head, since).await?,
        None => Vec::new(),
    };
    Ok(Loaded { known, histories, reminders, states })
}

async fn write(connection: &mut SqliteConnection, head: Head, outcome: &Outcome) -> Result<(), Problem> {
    if outcome.applied.is_empty() {
        return Ok(());
    }
    let last = plans::take_places(connection, head, outcome.applied.len()).await?;
    if outcome.applied.last().is_some_and(|entry| entry.seq != last) {
        return Err(Problem::Inconsistent("plan.seq"));
    }
    journal::insert(connection, head, &outcome.applied).await?;
    let states: Vec<(&ItemId, &State)> = outcome.states.iter().map(|(id, state)| (id, state)).collect();
    states::put(connection, head, &states).await
}

async fn admission(connection: &mut SqliteConnection, verdict: Verdict) -> Result<Admission, Problem> {
    Ok(match verdict {
        Verdict::Applied(seq) => Admission::Applied { seq },
        Verdict::Replayed(seq) => Admission::Replayed { seq },
        Verdict::Refused(refusal) => Admission::Refused(refusal),
        Verdict::Conflict(stands) => match journal::by_id(connection, [stands]).await?.remove(&stands) {
            Some(entry) => Admission::Conflict { stands: Box::new(entry) },
            None => Admission::Refused(Refusal::Conflict { stands }),
        },
    })
}
