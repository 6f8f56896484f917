//! A plan laid down, or amended in view of the revision its author saw.

use std::sync::Arc;

use axum::{body::Body, http::header};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Ask, json,
    trouble::{Outcome, Trouble},
    whole::of_one_revision,
};
use crate::{
    domain::{
        amendment::Amendment,
        id::EntryId,
        plan::{FORMAT, Plan},
        text::Text,
    },
    wire::ProblemKind,
};

/// What may be said of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Query {
    /// The id of its entry: the same one is the same act.
    id: Option<EntryId>,
    reason: Option<Text>,
    /// The amendment it takes back.
    reverses: Option<EntryId>,
}

pub(super) async fn lay_down(ask: &Ask, body: Body) -> Outcome {
    let Query { id, reason, reverses } = ask.query()?;
    let plan: Plan = ask.read(body, ask.server.limits.plan_kb).await?;
    check(ask, &plan)?;
    let id = id.unwrap_or_else(|| EntryId(Uuid::now_v7()));
    let (ledger, by, now) = (ask.server.ledger.as_ref(), &ask.caller.by, Timestamp::now());
    let is_there = ledger.plans().await?.iter().any(|head| head.id == ask.plan);
    let laid_down = if is_there {
        let (standing, revision) = of_one_revision(&ask.server, &ask.plan).await?;
        let seen = Arc::clone(&standing.outline.plan);
        // The plan in force word for word changes nothing: the same request again, whose answer was lost.
        if *seen != plan {
            check_match(ask, revision)?;
        }
        let amendment = Amendment { seen, plan, reason: reason.unwrap_or_default(), reverses };
        ledger.amend(&amendment, by, now, id).await?
    } else if ask.headers.contains_key(header::IF_MATCH) {
        return Err(Trouble::new(ProblemKind::AmendedMeanwhile));
    } else {
        ledger.lay_down(plan, by, now, id).await?
    };
    ask.server.newest.handed_in(&ask.plan, laid_down.seq());
    ask.server.nudge.notify_one();
    json(&laid_down)
}

fn check(ask: &Ask, plan: &Plan) -> Result<(), Trouble> {
    let wrong = |place: &str, said: &str| Err(Trouble::of(ProblemKind::Unreadable, place, &said));
    if plan.format.as_str() != FORMAT {
        return wrong("format", FORMAT);
    }
    if plan.id != ask.plan {
        return wrong("id", ask.plan.as_str());
    }
    if jiff::tz::TimeZone::get(&plan.timezone).is_err() {
        return wrong("timezone", &plan.timezone);
    }
    // Which days are off is resolved where the tables are; a plan without them would move every deadline.
    if plan.holidays.is_some() && plan.calendar.days_off.is_empty() {
        return wrong("calendar", "days_off");
    }
    Ok(())
}

/// Is the revision in force the one its author names?
fn check_match(ask: &Ask, revision: u64) -> Result<(), Trouble> {
    let said = ask.headers.get(header::IF_MATCH).ok_or_else(|| Trouble::new(ProblemKind::IfMatchNeeded))?;
    let named = said.to_str().unwrap_or_default().trim().trim_matches('"');
    if named == revision.to_string() { Ok(()) } else { Err(Trouble::new(ProblemKind::AmendedMeanwhile)) }
}
