//! [`Client`]: asks the server one [`Question`] at a time and takes the answer in, however the network behaves: every wait has an
//! end, every answer a limit, and while the server does not answer one asks alone.

use std::{
    sync::{Arc, Mutex, Once, PoisonError},
    time::Duration,
};

use reqwest::{
    Certificate, RequestBuilder, Response, Url,
    header::{
        ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
        IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    },
    redirect::Policy,
};

use super::{
    access::{TokenFrom, WebSettings, base, missing},
    body::{Reply, SMALL, WHOLE},
    question::Question,
    state::State,
    verdict::{broken, check_kind, clock, is_slow, kind, rest, resting, too_large},
};
use crate::{
    domain::{failure::Failure, sentence::Sentence, text::Text},
    secret::Secret,
};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long nothing may come.
const IDLE: Duration = Duration::from_secs(15);
/// How long a small answer may take in all.
const ALL: Duration = Duration::from_secs(30);
/// So many redirects are followed, to other addresses of the same server.
const REDIRECTS: usize = 5;
/// Done, and nothing to say.
const NO_CONTENT: u16 = 204;

/// How a kind of server is spoken to.
pub(in crate::sources) struct Manner {
    /// What stands before the path of every question.
    pub(in crate::sources) under: &'static [&'static str],
    /// The header the secret is shown in, and what stands before it there.
    pub(in crate::sources) shown: (&'static str, &'static str),
    /// The kind of body in which it says why it refuses.
    pub(in crate::sources) says: &'static str,
    /// The kind of body a success has; any but a page for people where it is not said.
    pub(in crate::sources) kind: &'static str,
    /// Is it asked at its address as that is written, terms and all, and nowhere else?
    pub(in crate::sources) exact: bool,
    /// Statuses that are no success and an answer all the same.
    pub(in crate::sources) answers: &'static [u16],
    /// What an answer that is none means.
    pub(in crate::sources) judge: fn(u16, &HeaderMap, Option<&Reply>, &TokenFrom) -> Failure,
}

pub(in crate::sources) struct Client {
    http: reqwest::Client,
    manner: &'static Manner,
    base: Url,
    settings: WebSettings,
    token: Mutex<Token>,
    pub(in crate::sources) state: State,
}

/// The token, as far as it was found.
#[derive(Clone, Debug, Default)]
enum Token {
    /// It was not taken: it is looked for again, as whoever asks may have put another in its place.
    #[default]
    Refused,
    Known(Option<Secret>),
}

impl Client {
    pub(in crate::sources) fn new(
        settings: WebSettings,
        token: Option<Secret>,
        manner: &'static Manner,
    ) -> Result<Self, Failure> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Somebody may have installed one: that will do.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let base = base(&settings.url, manner.exact).map_err(Failure::Refused)?;
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
        Ok(Client { http, manner, base, settings, token: Mutex::new(Token::Known(token)), state: State::new() })
    }

    /// The server's name and address.
    pub(in crate::sources) fn address(&self) -> Text {
        Text::new(&format!("{} {}", self.settings.name, self.base.as_str().trim_end_matches('/')))
    }

    /// Asks, and takes the answer in. What is no success is a failure, but for "not changed" and "gone".
    pub(in crate::sources) async fn ask(&self, question: Question) -> Result<Reply, Failure> {
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
        if !response.status().is_success() && !self.manner.answers.contains(&status) {
            return Err(self.refused(response).await);
        }
        if response.status().is_success() && status != NO_CONTENT {
            check_kind(response.headers(), self.manner.kind)?;
        }
        self.taken_in(response, large).await
    }

    /// An event stream; nothing of it is kept for other requests, as it may be refused for reasons of its own.
    pub(in crate::sources) async fn stream(&self, path: [String; 3], seen: Option<u64>) -> Result<Response, Failure> {
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
            return Err((self.manner.judge)(
                response.status().as_u16(),
                response.headers(),
                None,
                &self.settings.token,
            ));
        }
        check_kind(response.headers(), "text/event-stream")?;
        Ok(response)
    }

    async fn request(&self, question: Question) -> Result<RequestBuilder, Failure> {
        let mut url = self.base.clone();
        if !self.manner.exact
            && let Ok(mut path) = url.path_segments_mut()
        {
            path.pop_if_empty().extend(self.manner.under).extend(question.path.iter().filter(|part| !part.is_empty()));
        }
        if !question.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&question.query);
        }
        let mut request = self.http.request(question.method, url);
        request = request.header(ACCEPT_ENCODING, "gzip").header(ACCEPT_LANGUAGE, self.settings.language);
        if let Some(token) = self.token().await? {
            let (name, before) = self.manner.shown;
            let value = HeaderValue::from_str(&format!("{before}{}", token.reveal()));
            let mut value = value.map_err(|_| Failure::Denied(self.settings.token.said()))?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        for (name, tag) in
            [(IF_NONE_MATCH, question.unless), (IF_MODIFIED_SINCE, question.since), (IF_MATCH, question.matching)]
        {
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
        let said = if kind(&headers) == self.manner.says { self.taken_in(response, false).await.ok() } else { None };
        (self.manner.judge)(status, &headers, said.as_ref(), &self.settings.token)
    }

    async fn taken_in(&self, mut response: Response, large: bool) -> Result<Reply, Failure> {
        let most = if large { WHOLE } else { SMALL };
        let of = response.content_length();
        let header = |name| response.headers().get(name).and_then(|said: &HeaderValue| said.to_str().ok());
        let packed = header(CONTENT_ENCODING).is_some_and(|coding| coding.eq_ignore_ascii_case("gzip"));
        let etag = header(ETAG).map(ToOwned::to_owned);
        let modified = header(LAST_MODIFIED).map(ToOwned::to_owned);
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
        Ok(Reply { status, packed, etag, modified, bytes: Arc::new(bytes), plain })
    }
}
