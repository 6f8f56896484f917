//! A whole snapshot: written and packed once for all who fetch it, and not sent again to who has it.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::{
    Ask, Server,
    board::last_at,
    secret::hexadecimal,
    sight::Sight,
    trouble::{Outcome, Trouble},
};
use crate::{
    domain::{
        failure::Failure,
        id::{AgencyId, EntryId, PlanId},
        snapshot::Snapshot,
    },
    wire::{ProblemKind, Sent},
};

/// Packed quickly rather than tightly: a sixth of the size at a third of the time.
const LEVEL: u32 = 4;

/// So many snapshots are kept, of different plans and agencies.
const KEPT: usize = 64;

/// The snapshots last written, by plan and by whom they are for.
pub(super) type Shelf = Mutex<HashMap<(PlanId, Option<AgencyId>), Arc<tokio::sync::Mutex<Option<Arc<Written>>>>>>;

/// A snapshot as it goes out.
#[derive(Debug)]
pub(super) struct Written {
    /// What it is of: another one has other bytes.
    mark: Mark,
    plain: Bytes,
    packed: Bytes,
}

/// What tells the bytes of one snapshot from those of another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    cursor: u64,
    last: Option<EntryId>,
    revision: u64,
}

/// What may be asked of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Query {
    at: Option<Timestamp>,
}

pub(super) async fn snapshot(ask: &Ask) -> Outcome {
    let Query { at } = ask.query()?;
    let confined = ask.caller.confined();
    let packed = takes_gzip(&ask.headers);
    if let Some(at) = at {
        return another_day(ask, at, confined, packed).await;
    }
    let standing = ask.standing().await?;
    let mark = Mark { cursor: standing.head.seq, last: standing.last, revision: standing.head.revision };
    let tag = tag(ask, &mark, confined.as_ref(), None, packed);
    if has(&ask.headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let written = current(&ask.server, &ask.plan, confined.as_ref(), &mark).await?;
    let tag = self::tag(ask, &written.mark, confined.as_ref(), None, packed);
    Ok(sent(if packed { written.packed.clone() } else { written.plain.clone() }, packed, &tag))
}

async fn another_day(ask: &Ask, at: Timestamp, confined: Option<AgencyId>, packed: bool) -> Outcome {
    let server = &ask.server;
    let snapshot = server.ledger.at(&ask.plan, at).await?;
    let last = last_at(server.ledger.as_ref(), &ask.plan, snapshot.cursor).await?;
    let mark = Mark { cursor: snapshot.cursor, last, revision: 0 };
    let tag = tag(ask, &mark, confined.as_ref(), Some(at), packed);
    if has(&ask.headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let sight = confined.map(|agency| Sight::of(agency, &snapshot.outline));
    let written = written(snapshot, sight.map(Arc::new), mark, None).await?;
    Ok(sent(if packed { written.packed } else { written.plain }, packed, &tag))
}

/// The snapshot as it is now; who comes while it is written waits for that one.
async fn current(
    server: &Server,
    plan: &PlanId,
    confined: Option<&AgencyId>,
    wanted: &Mark,
) -> Result<Arc<Written>, Trouble> {
    let slot = {
        let mut shelf = server.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (plan.clone(), confined.cloned());
        if shelf.len() >= KEPT && !shelf.contains_key(&key) {
            shelf.clear();
        }
        Arc::clone(shelf.entry(key).or_default())
    };
    let mut slot = slot.lock().await;
    if let Some(written) = slot.as_ref().filter(|written| written.mark == *wanted) {
        return Ok(Arc::clone(written));
    }
    let (snapshot, revision) = of_one_revision(server, plan).await?;
    let last = last_at(server.ledger.as_ref(), plan, snapshot.cursor).await?;
    let sight = confined.map(|agency| server.sight(plan, agency, revision, &snapshot.outline));
    let mark = Mark { cursor: snapshot.cursor, last, revision };
    let written = Arc::new(written(snapshot, sight, mark, Some(revision.to_string())).await?);
    *slot = Some(Arc::clone(&written));
    Ok(written)
}

/// A snapshot and the number of the revision its plan is of.
pub(super) async fn of_one_revision(server: &Server, plan: &PlanId) -> Result<(Snapshot, u64), Failure> {
    let mut before = server.revision(plan).await?;
    loop {
        let snapshot = server.ledger.snapshot(plan).await?;
        let after = server.revision(plan).await?;
        if before == after {
            return Ok((snapshot, after));
        }
        before = after;
    }
}

/// Writes and packs it, off the threads that answer others.
async fn written(
    snapshot: Snapshot,
    sight: Option<Arc<Sight>>,
    mark: Mark,
    plan_tag: Option<String>,
) -> Result<Written, Trouble> {
    let broken = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a snapshot cannot be written");
        Trouble::new(ProblemKind::Broken)
    };
    let work = move || {
        let snapshot = match sight {
            Some(sight) => sight.snapshot(snapshot),
            None => snapshot,
        };
        let mut plain = Vec::new();
        Sent { snapshot: &snapshot, last: mark.last, plan_tag: plan_tag.as_deref() }.write(&mut plain)?;
        let mut packer = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::new(LEVEL));
        packer.write_all(&plain)?;
        Ok(Written { mark, packed: packer.finish()?.into(), plain: plain.into() })
    };
    let written: Result<std::io::Result<Written>, _> = spawn_blocking(work).await;
    written.map_err(|error| broken(&error))?.map_err(|error| broken(&error))
}

fn tag(ask: &Ask, mark: &Mark, confined: Option<&AgencyId>, at: Option<Timestamp>, packed: bool) -> String {
    let Mark { cursor, last, revision } = mark;
    let agency = confined.map_or("*", AgencyId::as_str);
    let all = format!(
        "{}\n{}\n{agency}\n{cursor}\n{last:?}\n{revision}\n{at:?}\n{packed}",
        env!("CARGO_PKG_VERSION"),
        ask.plan
    );
    let digest = Sha256::digest(all.as_bytes());
    format!("\"{}\"", hexadecimal(digest.get(..16).unwrap_or_default()))
}

/// Does whoever asks have what bears this tag?
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let said = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|said| said.to_str().ok());
    let mut tags = said.flat_map(|said| said.split(',')).map(|said| said.trim().trim_start_matches("W/"));
    tags.any(|said| said == tag || said == "*")
}

/// Does whoever asks read gzip?
fn takes_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|said| said.to_str().ok());
    said.flat_map(|said| said.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        let refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse() == Ok(0.0_f32));
        named && !refused
    })
}

fn unchanged(tag: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    set_tag(&mut response, tag);
    response
}

fn sent(body: Bytes, packed: bool, tag: &str) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    set_tag(&mut response, tag);
    response
}

fn set_tag(response: &mut Response, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
}
