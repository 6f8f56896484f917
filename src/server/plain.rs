//! Short answers: the plans, and whether requests can be answered.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};

use super::{
    Ask, json,
    trouble::{Outcome, Trouble},
};
use crate::{
    domain::text::Text,
    wire::{Plans, ProblemKind},
};

pub(super) async fn plans(ask: &Ask) -> Outcome {
    let plans = ask.server.ledger.plans().await?;
    json(&Plans { plans, you: ask.caller.you(), version: Text::new(env!("CARGO_PKG_VERSION")) })
}

/// Not while the ledger cannot be read, and not while it stops: a balancer sends nobody here then.
pub(super) fn ready(ask: &Ask) -> Outcome {
    if *ask.server.stop.borrow() {
        return Err(Trouble::new(ProblemKind::Stopping));
    }
    if !ask.server.board.borrow().reachable {
        return Err(Trouble::new(ProblemKind::Unreached));
    }
    Ok(text("text/plain; charset=utf-8", "ready\n"))
}

pub(super) fn text(kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
