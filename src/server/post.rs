//! Entries handed in. The ledger admits them; what an agency may hand in, and for whom, is looked at before.

use std::collections::HashMap;

use axum::body::Body;
use jiff::Timestamp;

use super::{
    Ask, json,
    sight::Sight,
    trouble::{Outcome, Trouble},
};
use crate::{
    domain::{
        answer::{Admission, Filter},
        check::Refusal,
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        text::Text,
    },
    wire::{Answer, Answers, MOST_POSTED, Posting, ProblemKind},
    words::Words,
};

/// What an agency may say of what it owes or leads.
const OF_AN_AGENCY: [Verb; 2] = [Verb::Submit, Verb::RequestExtension];

pub(super) async fn post(ask: &Ask, body: Body) -> Outcome {
    let posting: Posting = ask.read(body, ask.server.limits.body_kb).await?;
    let entries = posting.entries;
    if entries.len() > MOST_POSTED {
        return Err(Trouble::of(ProblemKind::TooLarge, "entries", &format!("{} > {MOST_POSTED}", entries.len())));
    }
    let now = Timestamp::now();
    let sight = ask.sight().await?;
    let mut refused = HashMap::new();
    if let Some(sight) = &sight {
        for entry in &entries {
            if let Err(refusal) = may(ask, sight, entry, now).await? {
                let (by, item, verb) = (ask.caller.by.as_str(), entry.item.as_str(), entry.verb.as_str());
                tracing::warn!(target: "tiendo::access", by, item, verb, why = %refusal.sentence(), "refused");
                refused.insert(entry.id, refusal);
            }
        }
    }
    let passing: Vec<Entry> = entries.iter().filter(|entry| !refused.contains_key(&entry.id)).cloned().collect();
    let ledger = ask.server.ledger.as_ref();
    let admitted =
        if passing.is_empty() { Vec::new() } else { ledger.append(&ask.plan, &passing, &ask.caller.by, now).await? };
    if let Some(seq) = admitted.iter().filter_map(place).max() {
        ask.server.newest.handed_in(&ask.plan, seq);
    }
    let mut admitted = admitted.into_iter();
    ask.server.nudge.notify_one();
    let mut results = Vec::with_capacity(entries.len());
    for entry in &entries {
        let admission = match refused.get(&entry.id) {
            Some(refusal) => Admission::Refused(refusal.clone()),
            None => admitted.next().ok_or_else(|| Trouble::new(ProblemKind::Broken))?,
        };
        results.push(answer(ask, sight.as_deref(), entry.id, admission));
    }
    for answer in &results {
        ask.server.metrics.entry(&answer.admission);
    }
    json(&Answers { results })
}

/// May the agency hand this in? It may not learn of what it does not see.
async fn may(ask: &Ask, sight: &Sight, entry: &Entry, now: Timestamp) -> Result<Result<(), Refusal>, Failure> {
    if !sight.sees(&entry.item) {
        return Ok(Err(Refusal::NoSuchItem { item: entry.item.clone() }));
    }
    if !OF_AN_AGENCY.contains(&entry.verb) || !sight.answers(&entry.item) {
        return Ok(Err(Refusal::NotAllowed { verb: Text::new(entry.verb.as_str()) }));
    }
    let early = entry.on < sight.day(now);
    if early && !is_known(ask, entry).await? {
        return Ok(Err(Refusal::BeforeReceipt));
    }
    Ok(Ok(()))
}

/// Was it taken in already? Then it is answered as it was then, however late it comes again.
async fn is_known(ask: &Ask, entry: &Entry) -> Result<bool, Failure> {
    let filter = Filter { item: Some(entry.item.clone()), by: Some(ask.caller.by.clone()), ..Filter::default() };
    let page = ask.server.ledger.entries(&ask.plan, &filter).await?;
    Ok(page.entries.iter().any(|known| known.id == entry.id))
}

fn answer(ask: &Ask, sight: Option<&Sight>, id: EntryId, admission: Admission) -> Answer {
    let words: &Words = ask.words();
    let detail = match &admission {
        Admission::Applied { .. } | Admission::Replayed { .. } => None,
        Admission::Conflict { stands } => Some(Refusal::Conflict { stands: stands.id }.sentence()),
        Admission::Refused(refusal) => Some(refusal.sentence()),
    };
    let detail = detail.map(|detail| Text::new(&words.say(&detail)));
    let admission = match (admission, sight) {
        (Admission::Conflict { stands }, Some(sight)) => {
            let stands_id = stands.id;
            match sight.entry(*stands, &ask.caller.by) {
                Some(stands) => Admission::Conflict { stands: Box::new(stands) },
                None => Admission::Refused(Refusal::Conflict { stands: stands_id }),
            }
        }
        (admission, _) => admission,
    };
    Answer { id, admission, detail }
}

/// Where it was taken in.
fn place(admission: &Admission) -> Option<u64> {
    match admission {
        Admission::Applied { seq } => Some(*seq),
        Admission::Replayed { .. } | Admission::Conflict { .. } | Admission::Refused(_) => None,
    }
}
