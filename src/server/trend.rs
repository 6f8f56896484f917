//! How things stood at the end of each week gone by: as points, or item by item for who draws curves of a part of them. The journal
//! is read through once for all who ask, until something was recorded in those weeks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::response::Response;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::{
    Ask, Server, json,
    sight::Sight,
    trouble::{Outcome, Trouble},
    whole::of_one_revision,
};
use crate::{
    domain::{
        answer::Filter,
        calendar::{Calendar, end_of_day},
        failure::Failure,
        id::{EntryId, PlanId},
        past::Past,
        snapshot::Snapshot,
        status::Today,
        trend::Trend,
        weeks,
    },
    wire::{Points, ProblemKind, Weeks},
};

/// The weeks last counted, by plan; who comes while they are counted waits for those.
pub(super) type Counted = Mutex<HashMap<PlanId, Arc<tokio::sync::Mutex<Option<Kept>>>>>;

/// Weeks that were counted, and what they hold good for.
pub(super) struct Kept {
    mark: Mark,
    /// The end of the last of them.
    until: Timestamp,
    past: Arc<Past>,
}

/// Other weeks have another one: an amendment moves what was planned, and what is taken in later may be of an earlier week.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    revision: u64,
    day: Date,
    /// The newest of the entries recorded by the end of the last week.
    newest: Option<EntryId>,
}

/// What may be asked of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Query {
    by: By,
    before: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    #[default]
    Week,
    Item,
}

pub(super) async fn trend(ask: &Ask) -> Outcome {
    let Query { by, before } = ask.query()?;
    let sight = ask.sight().await?;
    match (by, before) {
        (By::Item, Some(day)) => items(past(&ask.server, &ask.plan, day).await?, sight, day).await,
        (By::Item, None) => {
            let snapshot = ask.server.ledger.snapshot(&ask.plan).await?;
            let day = day_in(&snapshot.outline.zone);
            items(past(&ask.server, &ask.plan, day).await?, sight, day).await
        }
        (By::Week, day) => {
            let snapshot = ask.server.ledger.snapshot(&ask.plan).await?;
            let day = day.unwrap_or_else(|| day_in(&snapshot.outline.zone));
            points(past(&ask.server, &ask.plan, day).await?, snapshot, sight, day).await
        }
    }
}

fn day_in(zone: &TimeZone) -> Date {
    Timestamp::now().to_zoned_datetime(zone.clone()).date()
}

async fn items(past: Arc<Past>, sight: Option<Arc<Sight>>, day: Date) -> Outcome {
    off(move || match sight {
        Some(sight) => Weeks::from(&sight.past(&past, day)),
        None => Weeks::from(past.as_ref()),
    })
    .await
}

/// The same points that a screen draws without a filter.
async fn points(past: Arc<Past>, snapshot: Snapshot, sight: Option<Arc<Sight>>, day: Date) -> Outcome {
    off(move || {
        let (past, snapshot) = match sight {
            Some(sight) => (Arc::new(sight.past(&past, day)), sight.snapshot(snapshot)),
            None => (past, snapshot),
        };
        // How many working days are "soon" makes no difference here.
        let today = Today::new(day, 0, &Calendar::default());
        let places = past.places(&snapshot);
        let all = vec![true; snapshot.items.len()];
        Points::from(&Trend::of(&snapshot, today, Some((&past, &places)), &all, true))
    })
    .await
}

/// Makes and writes an answer off the threads that answer others.
async fn off<T: Serialize + Send + 'static>(make: impl FnOnce() -> T + Send + 'static) -> Outcome {
    let made: Result<Result<Response, Trouble>, _> = spawn_blocking(move || json(&make())).await;
    made.map_err(|error| {
        tracing::error!(%error, "a trend cannot be made");
        Trouble::new(ProblemKind::Broken)
    })?
}

/// The weeks before `day`, counted anew only where they may be others. Whoever asks may give up before they are: they are counted all
/// the same, one at a time for each plan, and are there for who asks again.
async fn past(server: &Arc<Server>, plan: &PlanId, day: Date) -> Result<Arc<Past>, Trouble> {
    let slot = {
        let mut counted = server.counted.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counted.entry(plan.clone()).or_default())
    };
    let mut slot = slot.lock_owned().await;
    let revision = server.revision(plan).await?;
    if let Some(kept) = slot.as_ref().filter(|kept| (kept.mark.revision, kept.mark.day) == (revision, day))
        && newest(server, plan, kept.until).await? == kept.mark.newest
    {
        return Ok(Arc::clone(&kept.past));
    }
    let (server, plan) = (Arc::clone(server), plan.clone());
    let counting = tokio::spawn(async move {
        let kept = count(&server, &plan, day).await?;
        let past = Arc::clone(&kept.past);
        *slot = Some(kept);
        Ok::<_, Failure>(past)
    });
    let counted = counting.await.map_err(|error| {
        tracing::error!(%error, "the weeks gone by cannot be counted");
        Trouble::new(ProblemKind::Broken)
    })?;
    Ok(counted?)
}

async fn count(server: &Server, plan: &PlanId, day: Date) -> Result<Kept, Failure> {
    let (snapshot, revision) = of_one_revision(server, plan).await?;
    let zone = snapshot.outline.zone.clone();
    drop(snapshot);
    // Looked up before they are counted: what comes meanwhile has them counted once more rather than never.
    let sunday = weeks::last_before(day).and_then(|sunday| end_of_day(sunday, &zone));
    let until = sunday.unwrap_or(Timestamp::MIN);
    let newest = newest(server, plan, until).await?;
    let past = Arc::new(server.ledger.past(plan, day).await?);
    Ok(Kept { mark: Mark { revision, day, newest }, until, past })
}

/// The entry that was taken in last of those recorded by then.
async fn newest(server: &Server, plan: &PlanId, until: Timestamp) -> Result<Option<EntryId>, Failure> {
    let filter = Filter { until: Some(until), limit: Some(1), ..Filter::default() };
    Ok(server.ledger.entries(plan, &filter).await?.entries.first().map(|entry| entry.id))
}
