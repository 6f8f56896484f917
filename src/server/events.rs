//! Server-sent events: how far a plan's journal has come. What is told is one number, always the newest: who reads slowly misses
//! some and loses nothing, nothing waits for it, and nothing piles up.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::Response,
};
use futures::{FutureExt, stream::unfold};
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use super::{
    Ask,
    board::Board,
    caller::Caller,
    metrics::Open,
    trouble::{Outcome, Trouble},
};
use crate::{
    domain::id::PlanId,
    wire::{BEAT, JOURNAL, ProblemKind, Told},
};
/// How long whoever found no room is to wait.
const FULL: Duration = Duration::from_secs(30);

pub(super) async fn events(ask: &Ask) -> Outcome {
    ask.standing().await?;
    let permit = Arc::clone(&ask.server.streams).try_acquire_owned();
    let permit = permit.map_err(|_| Trouble::new(ProblemKind::StreamsFull).again(FULL))?;
    let seen = ask.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let beat = Duration::from_secs(ask.server.limits.beat_s.max(1));
    let mut beats = interval_at(Instant::now() + beat, beat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let telling = Telling {
        board: ask.server.board.clone(),
        stop: ask.server.stop.clone(),
        plan: ask.plan.clone(),
        caller: ask.caller.clone(),
        told: seen,
        begun: false,
        beats,
        _open: ask.server.metrics.stream(),
        _permit: permit,
    };
    let events =
        unfold(telling, |mut telling| async move { Some((Ok::<_, Infallible>(telling.next().await?), telling)) });
    let mut response = Response::new(Body::from_stream(events));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // nginx would keep events back to fill its buffer.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// One stream.
struct Telling {
    board: watch::Receiver<Board>,
    stop: watch::Receiver<bool>,
    plan: PlanId,
    caller: Caller,
    /// The cursor last told, or known before.
    told: Option<u64>,
    begun: bool,
    beats: Interval,
    _open: Open,
    _permit: OwnedSemaphorePermit,
}

impl Telling {
    /// What is told next; none at the end.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let cursor = self.board.borrow_and_update().plan(&self.plan)?.head.seq;
            if self.told != Some(cursor) {
                (self.told, self.begun) = (Some(cursor), true);
                return Some(event(JOURNAL, cursor));
            }
            if !self.begun {
                // So that whoever waits knows that the way is open.
                self.begun = true;
                return Some(event(BEAT, cursor));
            }
            let beat = tokio::select! {
                () = self.stop.wait_for(|stop| *stop).map(drop) => return None,
                changed = self.board.changed() => changed.map(|()| false).ok()?,
                _ = self.beats.tick() => true,
            };
            // A token that was revoked, or whose time is over, ends its streams.
            if !self.caller.holds(&self.board.borrow()) {
                return None;
            }
            if beat {
                return Some(event(BEAT, cursor));
            }
        }
    }
}

fn event(name: &str, cursor: u64) -> Bytes {
    let data = serde_json::to_string(&Told { cursor }).unwrap_or_default();
    format!("event: {name}\nid: {cursor}\ndata: {data}\n\n").into()
}
