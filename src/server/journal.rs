//! The journal: what happened after a cursor, in order, for who keeps a snapshot; pages of it, newest first, for who reads.

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Ask,
    board::last_at,
    json,
    newest::Question,
    trouble::{Outcome, Trouble},
};
use crate::{
    domain::{
        answer::{Fetched, Filter},
        entry::{Entry, Verb},
        id::{ActorId, EntryId, ItemId},
        snapshot::Delta,
        text::Text,
    },
    wire::{Entries, Line, MOST_TOLD, PageOf, ProblemKind},
};

/// What may be asked of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Query {
    after: Option<u64>,
    last: Option<EntryId>,
    before: Option<u64>,
    limit: Option<u32>,
    item: Option<ItemId>,
    by: Option<ActorId>,
    /// Several are separated by commas.
    verb: Option<String>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Query {
    fn narrows(&self) -> bool {
        let Query { after: _, last: _, before, limit: _, item, by, verb, since, until } = self;
        before.is_some() || item.is_some() || by.is_some() || verb.is_some() || since.is_some() || until.is_some()
    }
}

pub(super) async fn journal(ask: &Ask) -> Outcome {
    let query: Query = ask.query()?;
    match query.after {
        Some(_) if query.narrows() => {
            Err(Trouble::of(ProblemKind::BadRequest, "after", &"after + before, item, by, …"))
        }
        Some(after) => news(ask, after, query.last, query.limit).await,
        None => page(ask, query).await,
    }
}

/// What happened after the entry `after`, which the asker knows as `known`.
async fn news(ask: &Ask, after: u64, known: Option<EntryId>, limit: Option<u32>) -> Outcome {
    let question = Question { after, known, limit: limit.unwrap_or(MOST_TOLD).clamp(1, MOST_TOLD) };
    let on_board = ask.server.board.borrow().plan(&ask.plan).cloned();
    // One laid down just now is not there yet.
    let Some(standing) = on_board else { return told(ask, read(ask, question).await?).await };
    let is_ahead = ask.server.newest.is_ahead(&ask.plan, &standing);
    if standing.head.seq == after && !is_ahead && (known.is_none() || known == standing.last) {
        return told(ask, nothing_new(after, standing.last)).await;
    }
    let entries = ask.server.newest.answer(&ask.plan, &standing, question, read(ask, question)).await?;
    told(ask, Entries::clone(&entries)).await
}

fn nothing_new(after: u64, last: Option<EntryId>) -> Entries {
    Entries { cursor: after, last, entries: Vec::new(), refolded: Vec::new(), more: false, whole: false }
}

/// The same, asked of the ledger.
async fn read(ask: &Ask, Question { after, known, limit }: Question) -> Result<Entries, Trouble> {
    let ledger = ask.server.ledger.as_ref();
    let head = ask.server.seq(&ask.plan).await?;
    let other_journal = match known {
        Some(known) if after > 0 && after <= head => last_at(ledger, &ask.plan, after).await? != Some(known),
        Some(_) | None => false,
    };
    if after > head || other_journal {
        return Err(Trouble::new(ProblemKind::CursorUnknown));
    }
    if after == head {
        return Ok(nothing_new(after, known));
    }
    let upto = head.min(after + u64::from(limit));
    let filter = Filter { before: Some(upto + 1), limit: u32::try_from(upto - after).ok(), ..Filter::default() };
    let mut entries = ledger.entries(&ask.plan, &filter).await?.entries;
    entries.reverse();
    let any = |verb: &Verb| entries.iter().any(|entry| entry.verb == *verb);
    let (amended, taken_back) = (any(&Verb::Plan), any(&Verb::Reverse));
    if taken_back
        && !amended
        && upto == head
        && let Fetched::Entries(delta) = ledger.delta(&ask.plan, after).await?
    {
        let last = delta.entries.last().map(|entry| entry.id);
        let Delta { entries, refolded, cursor } = delta;
        let refolded = refolded.into_iter().map(|(id, state)| Line { id, state }).collect();
        return Ok(Entries { entries, refolded, cursor, last, more: false, whole: false });
    }
    let last = entries.last().map(|entry| entry.id);
    let whole = amended || taken_back;
    Ok(Entries { entries, refolded: Vec::new(), cursor: upto, last, more: upto < head, whole })
}

async fn told(ask: &Ask, mut entries: Entries) -> Outcome {
    if let Some(sight) = ask.sight().await? {
        entries.entries = sight.entries(entries.entries, &ask.caller.by);
        entries.refolded.retain(|line| sight.sees(&line.id));
    }
    json(&entries)
}

async fn page(ask: &Ask, query: Query) -> Outcome {
    let sight = ask.sight().await?;
    if let (Some(sight), Some(item)) = (&sight, &query.item)
        && !sight.sees(item)
    {
        return Err(Trouble::new(ProblemKind::NoSuchItem));
    }
    let limit = query.limit.unwrap_or(MOST_TOLD).clamp(1, MOST_TOLD);
    let verbs = query.verb.iter().flat_map(|verbs| verbs.split(',')).map(|verb| Verb::from(Text::new(verb.trim())));
    let filter = Filter {
        verbs: verbs.collect(),
        item: query.item,
        by: query.by,
        since: query.since,
        until: query.until,
        before: query.before,
        limit: Some(limit),
    };
    let page = ask.server.ledger.entries(&ask.plan, &filter).await?;
    let more = page.entries.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let cursor = page.entries.last().map(|entry| entry.seq);
    let seen = |entries: Vec<Entry>| match &sight {
        Some(sight) => sight.entries(entries, &ask.caller.by),
        None => entries,
    };
    let (entries, taken_back) = (seen(page.entries), seen(page.taken_back));
    let mut reversed = page.reversed;
    reversed.retain(|id| entries.iter().any(|entry| entry.id == *id));
    json(&PageOf { entries, reversed, taken_back, cursor, more })
}
