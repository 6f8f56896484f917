//! The other door: a ledger shared over HTTP. [`serve`] answers on a listener until it is to stop. What is said is in `wire`;
//! which routes there are and who may use them is one table, `routes.rs`; every request passes `front.rs`.
//!
//! The server keeps nothing that is not in the ledger but what can be made anew: how far the journals have come (`board.rs`),
//! snapshots as they are sent (`whole.rs`). Several may serve one ledger.

mod board;
mod caller;
mod connection;
mod description;
mod events;
mod front;
mod journal;
mod lay_down;
mod metrics;
mod newest;
mod plain;
mod post;
mod rates;
pub mod routes;
pub mod secret;
mod settings;
mod sight;
mod trend;
mod trouble;
mod whole;

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Query, RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::Response,
    routing::{MethodFilter, on},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    net::TcpListener,
    sync::{Notify, Semaphore, watch},
};
use tower_http::compression::CompressionLayer;

pub use settings::{ServeSettings, Settings, Store};

use self::{
    board::{Board, Standing},
    caller::Caller,
    connection::soon,
    metrics::Metrics,
    newest::Newest,
    rates::Rates,
    routes::Route,
    sight::Sight,
    trend::Counted,
    trouble::{Outcome, Trouble},
    whole::Shelf,
};
use crate::{
    domain::{
        failure::Failure,
        id::{ActorId, AgencyId, PlanId},
        outline::Outline,
        sentence::Sentence,
        text::Text,
    },
    ledger::Shared,
    wire::ProblemKind,
    words::{self, LANGUAGES, Words},
};

/// What agencies see of plans, each of one revision.
type Sights = HashMap<(PlanId, AgencyId), (u64, Arc<Sight>)>;

/// What all requests share.
struct Server {
    ledger: Arc<dyn Shared>,
    limits: ServeSettings,
    /// Who everybody is while there is no token.
    me: Option<ActorId>,
    words: Vec<Words>,
    /// The place, among `words`, of the language of who asks for none.
    language: usize,
    board: watch::Receiver<Board>,
    /// Wakes who keeps the board.
    nudge: Arc<Notify>,
    stop: watch::Receiver<bool>,
    streams: Arc<Semaphore>,
    rates: Rates,
    shelf: Shelf,
    sights: Mutex<Sights>,
    counted: Counted,
    newest: Newest,
    /// When the use of a token was noted last.
    noted: Mutex<HashMap<Text, Timestamp>>,
    metrics: Metrics,
}

/// Shares `ledger` on `listener` until `shutdown`; then ends event streams, finishes what is under way, and returns.
///
/// # Errors
///
/// The ledger cannot be read, or the listener has no address.
pub async fn serve(
    listener: TcpListener,
    ledger: Arc<dyn Shared>,
    settings: Settings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let address = listener
        .local_addr()
        .map_err(|error| Failure::Offline(Sentence::new("failure-listener").with("detail", error.to_string())))?;
    let Settings { limits, me, language } = settings;
    let (board_to, board) = watch::channel(Board::look(ledger.as_ref()).await?);
    let (stop_to, stop) = watch::channel(false);
    let nudge = Arc::new(Notify::new());
    let server = Arc::new(Server {
        ledger: Arc::clone(&ledger),
        me: me.filter(|_| address.ip().is_loopback()),
        words: LANGUAGES.iter().map(Words::new).collect(),
        language: LANGUAGES.iter().position(|known| known == language).unwrap_or(0),
        board,
        nudge: Arc::clone(&nudge),
        stop,
        streams: Arc::new(Semaphore::new(limits.event_streams)),
        rates: Rates::new(limits.per_minute),
        shelf: Shelf::default(),
        sights: Mutex::default(),
        counted: Counted::default(),
        newest: Newest::default(),
        noted: Mutex::default(),
        metrics: Metrics::new(),
        limits,
    });
    let every = Duration::from_millis(server.limits.look_ms.max(10));
    let keeping = tokio::spawn(board::keep(ledger, board_to, nudge, every));
    tracing::info!(target: "tiendo::serve", %address, open = server.me.is_some(), "serving");
    connection::take(listener, router(&server), Arc::clone(&server), stop_to, shutdown).await;
    keeping.abort();
    tracing::info!(target: "tiendo::serve", "stopped");
    Ok(())
}

/// The router, made from the table.
fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new();
    for route in Route::ALL {
        let rule = route.rule();
        let server = Arc::clone(server);
        let filter = match rule.method {
            "POST" => MethodFilter::POST,
            "PUT" => MethodFilter::PUT,
            _ => MethodFilter::GET,
        };
        let answer = move |params: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
            let plan = params.map(|params| params.iter().next().map(|(_, plan)| plan.to_owned()));
            let (route, plan) = plan.map_or((Err(ProblemKind::BadRequest), None), |plan| (Ok(route), plan));
            front::answer(Arc::clone(&server), route, plan, request)
        };
        router = router.route(rule.path, on(filter, answer));
    }
    let otherwise = |kind: ProblemKind| {
        let server = Arc::clone(server);
        move |request: Request| front::answer(Arc::clone(&server), Err(kind.clone()), None, request)
    };
    router
        .fallback(otherwise(ProblemKind::NoSuchAddress))
        .method_not_allowed_fallback(otherwise(ProblemKind::NoSuchMethod))
        // What bears its own encoding and event streams are left as they are.
        .layer(CompressionLayer::new())
}

impl Server {
    /// The words of the first language asked for that there is.
    fn words(&self, headers: &HeaderMap) -> &Words {
        let said = headers.get(header::ACCEPT_LANGUAGE).and_then(|said| said.to_str().ok()).unwrap_or_default();
        let tags = said.split(',').filter_map(|range| range.split(';').next()).map(str::trim);
        let asked = tags
            .filter_map(words::language)
            .find_map(|language| self.words.iter().find(|words| words.language == language));
        asked.or_else(|| self.words.get(self.language)).unwrap_or_else(|| &self.words[0])
    }

    /// The number of the revision of a plan that is in force.
    async fn revision(&self, plan: &PlanId) -> Result<u64, Failure> {
        Ok(self.head(plan).await?.revision)
    }

    /// The place of its last entry.
    async fn seq(&self, plan: &PlanId) -> Result<u64, Failure> {
        Ok(self.head(plan).await?.seq)
    }

    async fn head(&self, plan: &PlanId) -> Result<crate::domain::answer::PlanHead, Failure> {
        let plans = self.ledger.plans().await?;
        let unknown = || Failure::Refused(Sentence::new("ledger-no-such-plan").with("plan", plan.as_str()));
        plans.into_iter().find(|head| head.id == *plan).ok_or_else(unknown)
    }

    /// What an agency sees of that revision of a plan.
    fn sight(&self, plan: &PlanId, agency: &AgencyId, revision: u64, outline: &Outline) -> Arc<Sight> {
        let mut sights = self.sights.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (plan.clone(), agency.clone());
        match sights.get(&key) {
            Some((of, sight)) if *of == revision => Arc::clone(sight),
            Some(_) | None => {
                let sight = Arc::new(Sight::of(agency.clone(), outline));
                sights.insert(key, (revision, Arc::clone(&sight)));
                sight
            }
        }
    }
}

/// A request that was let in.
struct Ask {
    server: Arc<Server>,
    caller: Caller,
    /// The plan of its address.
    plan: PlanId,
    headers: HeaderMap,
    uri: Uri,
}

impl Ask {
    fn words(&self) -> &Words {
        self.server.words(&self.headers)
    }

    /// What stands on the board of its plan; one laid down just now is looked for.
    async fn standing(&self) -> Result<Standing, Trouble> {
        if let Some(standing) = self.server.board.borrow().plan(&self.plan) {
            return Ok(standing.clone());
        }
        let board = Board::look(self.server.ledger.as_ref()).await?;
        board.plan(&self.plan).cloned().ok_or_else(|| Trouble::new(ProblemKind::NoSuchPlan))
    }

    /// What whoever asks sees of its plan; none for who sees everything.
    async fn sight(&self) -> Result<Option<Arc<Sight>>, Trouble> {
        let Some(agency) = self.caller.confined() else { return Ok(None) };
        let revision = self.standing().await?.head.revision;
        let known = {
            let sights = self.server.sights.lock().unwrap_or_else(PoisonError::into_inner);
            sights.get(&(self.plan.clone(), agency.clone())).cloned()
        };
        if let Some((_, sight)) = known.filter(|(of, _)| *of == revision) {
            return Ok(Some(sight));
        }
        let (snapshot, revision) = whole::of_one_revision(&self.server, &self.plan).await?;
        Ok(Some(self.server.sight(&self.plan, &agency, revision, &snapshot.outline)))
    }

    /// What stands behind the question mark.
    fn query<Q: DeserializeOwned>(&self) -> Result<Q, Trouble> {
        let read = Query::try_from_uri(&self.uri);
        read.map(|Query(query)| query).map_err(|error| Trouble::of(ProblemKind::BadRequest, "?", &error.body_text()))
    }

    /// What a body says, which has at most so many KiB.
    async fn read<B: DeserializeOwned>(&self, body: Body, most_kb: usize) -> Result<B, Trouble> {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        // A page in a browser cannot send this to another site without being asked first.
        if !kind.trim_start().to_ascii_lowercase().starts_with("application/json") {
            return Err(Trouble::of(ProblemKind::BadRequest, "Content-Type", &"application/json"));
        }
        let body = Limited::new(body, most_kb.saturating_mul(1024));
        let slow = Duration::from_secs(self.server.limits.slow_s.max(1));
        let collected = soon(slow, body.collect()).await.ok_or_else(|| Trouble::new(ProblemKind::TooSlow))?;
        let bytes = collected.map_err(|error| {
            let kind = if error.is::<LengthLimitError>() { ProblemKind::TooLarge } else { ProblemKind::BadRequest };
            Trouble::of(kind, "body", &format!("{most_kb} KiB"))
        })?;
        let bytes = bytes.to_bytes();
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| Trouble::of(ProblemKind::Unreadable, &error.path().to_string(), error.inner()))
    }
}

fn json(body: &impl Serialize) -> Outcome {
    let bytes = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Trouble::new(ProblemKind::Broken)
    })?;
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
