//! Admitting entries: one transaction looks at them, and writes the entries and what their items have become.

use futures::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use sqlx::PgConnection;
use tokio::sync::Mutex;
use uuid::Uuid;

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
        answer::Admission,
        check::Refusal,
        entry::Entry,
        id::{ActorId, PlanId},
        outline::Outline,
    },
    ledger::admit::{Loaded, Outcome, Verdict, admit, histories_needed, items_needed, reminders_needed},
};

/// Where a plan's writers in this program come one by one.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) turn: Mutex<()>,
    /// The plan in force as it was last looked up, with the entry that laid it down. Held by whose turn it is.
    outline: Mutex<Option<(Uuid, Outline)>>,
}

/// Entries handed in.
pub(super) struct Append<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) entries: &'a [Entry],
    pub(super) by: &'a ActorId,
    pub(super) now: Timestamp,
    pub(super) desk: &'a Desk,
}

impl Deed for Append<'_> {
    type Answer = Vec<Admission>;
    const BEGIN: Option<&'static str> = WRITING;

    fn perform<'c>(
        &'c self,
        ledger: &'c PostgresLedger,
        connection: &'c mut PgConnection,
    ) -> BoxFuture<'c, Result<Vec<Admission>, Problem>> {
        self.admit(ledger, connection).boxed()
    }
}

impl Append<'_> {
    async fn admit(&self, ledger: &PostgresLedger, connection: &mut PgConnection) -> Result<Vec<Admission>, Problem> {
        // The row is locked before anything else is read: what is admitted is admitted against what stands.
        let head = plans::known_head(connection, self.plan, Hold::Locked).await?;
        let mut outline = self.desk.outline.lock().await;
        if !matches!(&*outline, Some((laid, _)) if *laid == head.laid) {
            *outline = Some((head.laid, Outline::new(ledger.plan(connection, head).await?)));
        }
        let Some((_, outline)) = outline.as_mut() else { return Err(Problem::Closed) };
        let loaded = load(connection, head, outline, self.entries, self.now).await?;
        let outcome = admit(outline, loaded, self.entries, self.by, self.now, head.seq);
        write(ledger, connection, head, &outcome).await?;
        let mut admissions = Vec::with_capacity(outcome.verdicts.len());
        for verdict in outcome.verdicts {
            admissions.push(admission(connection, verdict).await?);
        }
        Ok(admissions)
    }
}

async fn load(
    connection: &mut PgConnection,
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

async fn write(
    ledger: &PostgresLedger,
    connection: &mut PgConnection,
    head: Head,
    outcome: &Outcome,
) -> Result<(), Problem> {
    if outcome.applied.is_empty() {
        return Ok(());
    }
    let last = plans::take_places(connection, head, outcome.applied.len()).await?;
    if outcome.applied.last().is_some_and(|entry| entry.seq != last) {
        return Err(Problem::Inconsistent("plan.seq"));
    }
    journal::insert(connection, head, &outcome.applied).await?;
    states::put(connection, head, &outcome.states).await?;
    ledger.news.tell(connection).await
}

async fn admission(connection: &mut PgConnection, verdict: Verdict) -> Result<Admission, Problem> {
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
