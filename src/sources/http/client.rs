//! [`Client`]: asks the server one [`Question`] at a time and takes the answer in, however the network behaves: every wait has an
//! end, every answer a limit, and while the server does not answer one asks alone.

use std::{
    sync::{Arc, Mutex, Once, PoisonError},
    time::Duration,
};

use reqwest::{
    Certificate, Method, RequestBuilder, Response, Url,
    header::{
        ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue,
        IF_MATCH, IF_NONE_MATCH,
    },
    redirect::Policy,
};
use serde::Serialize;

use super::{
    body::{Reply, SMALL, WHOLE},
    settings::{HttpSettings, base, missing},
    state::State,
    verdict::{broken, check_kind, clock, is_slow, kind, refused, rest, resting, too_large, unreadable},
};
use crate::{
    domain::{failure::Failure, sentence::Sentence, text::Text},
    secret::Secret,
    wire::Problem,
};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long nothing may come.
const IDLE: Duration = Duration::from_secs(15);
/// How long a small answer may take in all.
const ALL: Duration = Duration::from_secs(30);
/// So many redirects are followed, to other addresses of the same server.
const REDIRECTS: usize = 5;

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    settings: HttpSettings,
    token: Mutex<Token>,
    pub(super) state: State,
}

/// The token, as far as it was found.
#[derive(Clone, Debug, Default)]
enum Token {
    /// It was not taken: it is looked for again, as whoever asks may have put another in its place.
    #[default]
    Refused,
    Known(Option<Secret>),
}

/// What is asked.
#[derive(Debug, Default)]
pub(super) struct Question {
    method: Method,
    path: Vec<String>,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    unless: Option<String>,
    matching: Option<String>,
    large: bool,
    patient: bool,
}

impl Question {
    pub(super) fn get(path: impl Into<Vec<String>>) -> Self {
        Question { path: path.into(), ..Question::default() }
    }

    pub(super) fn send(method: &str, path: impl Into<Vec<String>>, body: &impl Serialize) -> Result<Self, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| unreadable("JSON", &error.to_string()))?;
        let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        Ok(Question { method, path: path.into(), body: Some(body), ..Question::default() })
    }

    pub(super) fn with(self, query: Vec<(&'static str, String)>) -> Self {
        Question { query, ..self }
    }

    /// Its answer may be large: it takes as long as something comes, and tells how far it has come.
    pub(super) fn large(self) -> Self {
        Question { large: true, ..self }
    }

    /// It may take long until something comes: that nothing does tells nothing of the server.
    pub(super) fn patient(self) -> Self {
        Question { patient: true, ..self }
    }

    /// Not where what we have bears this tag.
    pub(super) fn unless(self, tag: Option<String>) -> Self {
        Question { unless: tag, ..self }
    }

    /// Only where what stands there bears this tag.
    pub(super) fn matching(self, tag: &str) -> Self {
        Question { matching: Some(format!("\"{tag}\"")), ..self }
    }
}

impl Client {
    pub(super) fn new(settings: HttpSettings, token: Option<Secret>) -> Result<Self, Failure> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Somebody may have installed one: that will do.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let base = base(&settings.url).map_err(Failure::Refused)?;
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(IDLE)
            // Unpacked by hand: packed, an answer can be kept as it came, and told how far it has come.
            .gzip(false)
            .referer(false)
            .user_agent(concat!("tiendo/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::custom(|attempt| {
                let [from, to] = [attempt.previous().last(), Some(attempt.url())].map(|url| url.map(Url::origin));
                if from == to && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
            }));
        if let Some(file) = &settings.ca_file {
            let wrong = |why: String| {
                let said = Sentence::new("source-ca-file").with("file", file.display().to_string());
                Failure::Refused(said.with("reason", why))
            };
            let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
            let authorities = Certificate::from_pem_bundle(&pem).map_err(|error| wrong(error.to_string()))?;
            if authorities.is_empty() {
                return Err(wrong("PEM".into()));
            }
            builder = builder.tls_certs_merge(authorities);
        }
        let http = builder.build().map_err(|error| broken(&error))?;
        Ok(Client { http, base, settings, token: Mutex::new(Token::Known(token)), state: State::new() })
    }

    /// The server's name and address.
    pub(super) fn address(&self) -> Text {
        Text::new(&format!("{} {}", self.settings.name, self.base.as_str().trim_end_matches('/')))
    }

    /// Asks, and takes the answer in. What is no success is a failure, but for "not changed" and "gone".
    pub(super) async fn ask(&self, question: Question) -> Result<Reply, Failure> {
        if self.state.rests() {
            return Err(resting());
        }
        let _turn = self.state.turn().await?;
        let patient = question.patient;
        let asked = self.converse(question).await;
        match &asked {
            Ok(_) | Err(Failure::Refused(_)) => self.state.answered(),
            Err(failure) if patient && is_slow(failure) => {}
            Err(failure) => self.state.failed(failure),
        }
        asked
    }

    async fn converse(&self, question: Question) -> Result<Reply, Failure> {
        let large = question.large;
        let request = self.request(question).await?;
        let request = if large { request } else { request.timeout(ALL) };
        let response = request.send().await.map_err(|error| broken(&error))?;
        self.listen(&response);
        let status = response.status().as_u16();
        if !response.status().is_success() && !matches!(status, 304 | 410) {
            return Err(self.refused(response).await);
        }
        if response.status().is_success() {
            check_kind(response.headers(), "application/json")?;
        }
        self.taken_in(response, large).await
    }

    /// An event stream; nothing of it is kept for other requests, as it may be refused for reasons of its own.
    pub(super) async fn stream(&self, path: [String; 3], seen: Option<u64>) -> Result<Response, Failure> {
        if self.state.rests() {
            return Err(resting());
        }
        let mut request = self.request(Question::get(path)).await?.header(ACCEPT, "text/event-stream");
        if let Some(seen) = seen {
            request = request.header("last-event-id", seen.to_string());
        }
        // The head of it is a small answer.
        let response = tokio::time::timeout(ALL, request.send()).await;
        let response = response.map_err(|_| resting())?.map_err(|error| broken(&error))?;
        if !response.status().is_success() {
            return Err(refused(response.status().as_u16(), response.headers(), None, &self.settings.token));
        }
        check_kind(response.headers(), "text/event-stream")?;
        Ok(response)
    }

    async fn request(&self, question: Question) -> Result<RequestBuilder, Failure> {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1").extend(question.path.iter().filter(|part| !part.is_empty()));
        }
        if !question.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&question.query);
        }
        let mut request = self.http.request(question.method, url);
        request = request.header(ACCEPT_ENCODING, "gzip").header(ACCEPT_LANGUAGE, self.settings.language);
        if let Some(token) = self.token().await? {
            let value = HeaderValue::from_str(&format!("Bearer {}", token.reveal()));
            let mut value = value.map_err(|_| Failure::Denied(self.settings.token.said()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        for (name, tag) in [(IF_NONE_MATCH, question.unless), (IF_MATCH, question.matching)] {
            if let Some(tag) = tag {
                request = request.header(name, tag);
            }
        }
        if let Some(body) = question.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        Ok(request)
    }

    async fn token(&self) -> Result<Option<Secret>, Failure> {
        let token = || self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let known = token().clone();
        if let Token::Known(token) = known {
            return Ok(token);
        }
        // By now the terminal may be a screen.
        let found = self.settings.token.find(false).await;
        let found = found.map_err(|why| Failure::Denied(missing(&why)))?;
        *token() = Token::Known(found.clone());
        Ok(found)
    }

    /// What an answer tells beside what was asked.
    fn listen(&self, response: &Response) {
        if let Some(clock) = clock(response.headers()) {
            self.state.clock(clock);
        }
        if matches!(response.status().as_u16(), 429 | 503)
            && let Some(time) = rest(response.headers())
        {
            self.state.rest(time);
        }
    }

    async fn refused(&self, response: Response) -> Failure {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        if status == 401 {
            *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Token::Refused;
            self.state.forget_signed();
        }
        let problem: Option<Problem> = if kind(&headers) == "application/problem+json" {
            match self.taken_in(response, false).await {
                Ok(reply) => reply.read(SMALL).await.ok(),
                Err(_) => None,
            }
        } else {
            None
        };
        refused(status, &headers, problem, &self.settings.token)
    }

    async fn taken_in(&self, mut response: Response, large: bool) -> Result<Reply, Failure> {
        let most = if large { WHOLE } else { SMALL };
        let of = response.content_length();
        let header = |name| response.headers().get(name).and_then(|said: &HeaderValue| said.to_str().ok());
        let packed = header(CONTENT_ENCODING).is_some_and(|coding| coding.eq_ignore_ascii_case("gzip"));
        let etag = header(ETAG).map(ToOwned::to_owned);
        let status = response.status().as_u16();
        let told = of.and_then(|of| usize::try_from(of).ok()).unwrap_or(0);
        let mut bytes = Vec::with_capacity(told.min(SMALL));
        let coming = large.then(|| self.state.comes(packed, told.min(SMALL)));
        while let Some(some) = response.chunk().await.map_err(|error| broken(&error))? {
            if bytes.len() + some.len() > most {
                return Err(too_large(most));
            }
            bytes.extend_from_slice(&some);
            if let Some(coming) = &coming {
                let so_far = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.state.load(so_far, of);
                if !coming.take(&some) {
                    break;
                }
            }
        }
        let plain = match coming {
            Some(coming) => Some(coming.whole().await?),
            None => None,
        };
        Ok(Reply { status, packed, etag, bytes: Arc::new(bytes), plain })
    }
}
