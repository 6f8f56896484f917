//! A server on a port of its own, over a ledger in memory or in a file, and somebody who asks it.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    sync::{Arc, Once},
    time::Duration,
};

use futures::StreamExt;
use jiff::Timestamp;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use tiendo::{
    domain::{
        access::{Role, Token},
        entry::Entry,
        failure::Failure,
    },
    ledger::{Shared, memory::MemoryLedger},
    server::{ServeSettings, Settings, secret, serve},
    wire::{Answers, Posting, Problem, ProblemKind},
    words::LANGUAGES,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::record::*;

/// Longer than anything here takes: only for a test that would never end.
pub const TOO_LONG: Duration = Duration::from_secs(60);

pub struct Served {
    pub url: String,
    pub ledger: Arc<dyn Shared>,
    pub client: Client,
    pub token: Option<String>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), Failure>>,
}

pub fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // What is tested may have installed one.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder().no_proxy().gzip(false).timeout(TOO_LONG).build().unwrap()
}

pub fn limits() -> ServeSettings {
    ServeSettings { look_ms: 20, ..ServeSettings::default() }
}

pub async fn memory() -> Arc<dyn Shared> {
    let ledger = MemoryLedger::new();
    laid_down(&ledger).await;
    Arc::new(ledger)
}

impl Served {
    /// The small plan, and nobody has a token.
    pub async fn open() -> Self {
        Served::with(memory().await, limits()).await
    }

    pub async fn with(ledger: Arc<dyn Shared>, limits: ServeSettings) -> Self {
        Served::at("127.0.0.1:0", ledger, limits).await
    }

    /// On an address that another one had before.
    pub async fn at(address: &str, ledger: Arc<dyn Shared>, limits: ServeSettings) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let settings = Settings { limits, me: Some(me()), language: &LANGUAGES[1] };
        let shutdown = async { drop(stopped.await) };
        let task = tokio::spawn(serve(listener, Arc::clone(&ledger), settings, shutdown));
        Served { url, ledger, client: client(), token: None, stop, task }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        self.url.trim_start_matches("http://").to_owned()
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let asked = self.client.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => asked.bearer_auth(token),
            None => asked,
        }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.ask(Method::GET, path)
    }

    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let response = self.get(path).send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
    }

    pub async fn post(&self, entries: &[Entry]) -> Answers {
        let response = self.posting(entries).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    pub fn posting(&self, entries: &[Entry]) -> RequestBuilder {
        self.ask(Method::POST, "/v1/plans/p/journal").json(&Posting { entries: entries.to_vec() })
    }

    /// A new token, and what it is.
    pub async fn give(&self, name: &str, role: Role, agency: Option<&str>) -> String {
        let made = secret::make().unwrap();
        let token = Token {
            name: name.into(),
            role,
            agency: agency.map(Into::into),
            hash: made.hash,
            created: Timestamp::now(),
            expires: None,
            last_used: None,
            revoked: None,
        };
        self.ledger.add_token(&token).await.unwrap();
        made.token
    }

    pub fn asks_to_stop(self) -> JoinHandle<Result<(), Failure>> {
        self.stop.send(()).unwrap();
        self.task
    }
}

/// The problem an answer is, which must be of that kind.
#[track_caller]
pub fn problem(response: Response, kind: ProblemKind) -> impl Future<Output = Problem> {
    let status = response.status().as_u16();
    let content = response.headers().get("content-type").map(|content| content.to_str().unwrap().to_owned());
    let place = std::panic::Location::caller();
    async move {
        let text = response.text().await.unwrap();
        assert_eq!(content.as_deref(), Some("application/problem+json"), "{place}: {status} {text}");
        let problem: Problem = serde_json::from_str(&text).unwrap();
        assert_eq!((&problem.kind, problem.status), (&kind, status), "{place}: {text}");
        assert!(!problem.title.is_empty() && !problem.detail.is_empty() && !problem.next.is_empty(), "{place}: {text}");
        problem
    }
}

/// What a stream of events tells.
pub struct Events {
    stream: futures::stream::BoxStream<'static, reqwest::Result<Vec<u8>>>,
    read: String,
}

impl Events {
    pub async fn of(asked: RequestBuilder) -> Self {
        let response = asked.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let stream = response.bytes_stream().map(|chunk| chunk.map(|chunk| chunk.to_vec())).boxed();
        Events { stream, read: String::new() }
    }

    /// The next event and its id; none at the end.
    pub async fn next(&mut self) -> Option<(String, u64)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
                let told = (field("event:"), field("id:").parse().unwrap());
                assert_eq!(field("data:"), format!("{{\"cursor\":{}}}", told.1));
                self.read = rest.to_owned();
                return Some(told);
            }
            let chunk = tokio::time::timeout(TOO_LONG, self.stream.next()).await.expect("nothing was told")?;
            self.read += &String::from_utf8(chunk.ok()?).unwrap();
        }
    }

    /// The next one that is no beat.
    pub async fn news(&mut self) -> Option<u64> {
        loop {
            let (event, id) = self.next().await?;
            if event == "journal" {
                return Some(id);
            }
        }
    }
}
