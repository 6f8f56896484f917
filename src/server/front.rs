//! The front: every request comes in here and goes out here. Who asks is found out, what the table of routes lets them is looked
//! up, what went wrong becomes a problem document, and what happened is logged and counted. Tokens are in no log.

use std::{
    net::SocketAddr,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures::FutureExt;
use uuid::Uuid;

use super::{
    Ask, Server,
    caller::{Caller, caller},
    description, events, journal, lay_down,
    plain::{self, text},
    post,
    routes::{Access, Reach, Route},
    trend,
    trouble::{Outcome, Trouble},
    whole,
};
use crate::{domain::id::PlanId, wire::ProblemKind, words::Words};

/// From where a request comes; of the reverse proxy, where one stands before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Answers a request for `route`, or for what there is not.
pub(super) async fn answer(
    server: Arc<Server>,
    route: Result<Route, ProblemKind>,
    plan: Option<String>,
    request: Request,
) -> Response {
    let begun = Instant::now();
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.to_string()).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let words = server.words(&parts.headers);
    let mut ask = Ask {
        server: Arc::clone(&server),
        caller: Caller::nobody(),
        plan: PlanId::from(plan.unwrap_or_default().as_str()),
        headers: parts.headers,
        uri: parts.uri,
    };
    let outcome = match route.clone() {
        // What a panic leaves behind is this request's own; everything shared is changed in one piece.
        Ok(route) => AssertUnwindSafe(let_in(&mut ask, route, body)).catch_unwind().await.unwrap_or_else(|_| {
            tracing::error!("a request ended in a panic");
            Err(Trouble::new(ProblemKind::Broken))
        }),
        Err(kind) => Err(Trouble::new(kind)),
    };
    let why = outcome.as_ref().err().map(|trouble| trouble.kind.clone());
    let mut response = outcome.unwrap_or_else(|trouble| problem(&trouble, words));
    let id = Uuid::now_v7();
    finish(response.headers_mut(), why.is_some(), id);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    server.metrics.answered(route.ok(), status, took);
    let by = ask.caller.by.as_str();
    let (method, path) = (parts.method.as_str(), ask.uri.path());
    match why.filter(is_refusal) {
        Some(why) => {
            server.metrics.refused(why.as_str());
            tracing::warn!(target: "tiendo::access", %id, method, path, status, by, peer, why = why.as_str(), "refused");
        }
        None => {
            let ms = took.as_secs_f64() * 1_000.0;
            tracing::info!(target: "tiendo::serve", %id, method, path, status, by, peer, ms, "answered");
        }
    }
    response
}

/// Lets the request in, if it may.
async fn let_in(ask: &mut Ask, route: Route, body: Body) -> Outcome {
    let rule = route.rule();
    if *ask.server.stop.borrow() && rule.access != Access::Open {
        return Err(Trouble::new(ProblemKind::Stopping).again(Duration::from_secs(5)));
    }
    if rule.access != Access::Open {
        ask.caller = caller(&ask.server, &ask.headers, rule.method != "GET").await?;
        let taken = ask.server.rates.take(&ask.caller.hash, Instant::now());
        taken.map_err(|wait| Trouble::new(ProblemKind::TooMany).again(wait + Duration::from_millis(999)))?;
        match ask.caller.reach(&rule) {
            Reach::All | Reach::Own => {}
            Reach::Nothing => return Err(Trouble::new(ProblemKind::NotAllowed)),
        }
    }
    go_to(ask, route, body).await
}

async fn go_to(ask: &Ask, route: Route, body: Body) -> Outcome {
    match route {
        Route::Plans => plain::plans(ask).await,
        Route::Snapshot => whole::snapshot(ask).await,
        Route::Journal => journal::journal(ask).await,
        Route::Trend => trend::trend(ask).await,
        Route::Events => events::events(ask).await,
        Route::Post => post::post(ask, body).await,
        Route::LayDown => lay_down::lay_down(ask, body).await,
        Route::Metrics => Ok(text("text/plain; version=0.0.4; charset=utf-8", ask.server.metrics.text())),
        Route::Health => Ok(text("text/plain; charset=utf-8", "ok\n")),
        Route::Ready => plain::ready(ask),
        Route::OpenApi => Ok(text("application/json", description::document().to_owned())),
    }
}

fn problem(trouble: &Trouble, words: &Words) -> Response {
    let problem = trouble.said(words);
    let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
    *response.status_mut() = trouble.status();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(words.language.tag));
    if problem.status == 401 {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(again) = trouble.again {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(again.as_secs().max(1)));
    }
    response
}

/// What every answer bears.
fn finish(headers: &mut HeaderMap, in_a_language: bool, id: Uuid) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Authorization, Accept-Encoding"));
    if in_a_language {
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert("x-request-id", id);
    }
}

/// Was somebody kept out, rather than something amiss?
fn is_refusal(why: &ProblemKind) -> bool {
    matches!(why.status(), 401 | 403 | 429) || matches!(why, ProblemKind::NoSuchItem)
}
