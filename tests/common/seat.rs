//! A whole dashboard without a terminal: the app, what carries its effects out, the outbox and a shared ledger, as the loop of the
//! runtime puts them together; with its own clock, which is the machine's.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use jiff::Timestamp;
use tiendo::{
    app::{effect::Effect, history::History, msg::Msg, settings::Settings, wakes_at},
    runtime::{cached::Cached, perform::Performer, post},
    secret::Secret,
    sources::{
        Source,
        http::{Http, HttpSettings, TokenFrom},
    },
    store::{cache::Cache, outbox::Address},
};
use tokio::sync::mpsc;

use super::{record::plan_id, screen::App, served::TOO_LONG};

pub struct Seat {
    pub app: App,
    performer: Performer,
    facts: mpsc::Receiver<Msg>,
    folder: tempfile::TempDir,
}

impl Seat {
    /// Opened by `me`, who bears `token`.
    pub async fn open(url: &str, me: &str, token: &str, size: (u16, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = HttpSettings {
            name: "x".into(),
            url: url.into(),
            token: TokenFrom::Nowhere,
            ca_file: None,
            language: "en",
        };
        let http = Http::new(settings, Some(Secret::new(token)), plan_id()).unwrap();
        let cache = Cache::new(&folder.path().join("cache"), url, None, None);
        let source: Arc<dyn Source> = Arc::new(Cached::new(http, Some(cache)));
        let address = Address { source: source.origin().unwrap().address, plan: plan_id(), by: me.into() };
        let (post, _) = post::open(&folder.path().join("outbox.db"), address, 7).await.unwrap();
        let (sender, facts) = mpsc::channel(256);
        let mut changes = source.changed();
        let telling = sender.clone();
        tokio::spawn(async move {
            while changes.next().await.is_some() && telling.send(Msg::SourceChanged).await.is_ok() {}
        });
        let performer = Performer::new(source, Some(me.into()), Some(post), sender);
        let set = |settings| Settings { me: Some(me.into()), sample: false, recalls: true, ..settings };
        let app = App::started_as(size, set);
        let mut seat = Seat { app, performer, facts, folder };
        seat.app.fact(Msg::Ticked(Timestamp::now()));
        seat.perform();
        seat
    }

    fn perform(&mut self) {
        for effect in std::mem::take(&mut self.app.effects) {
            assert!(!matches!(effect, Effect::Quit), "it is left");
            self.performer.perform(effect, Timestamp::now());
        }
    }

    /// Keys, as they are typed.
    pub fn keys(&mut self, keys: &str) {
        self.app.keys(keys);
        self.perform();
    }

    pub fn types(&mut self, text: &str) {
        self.app.types(text);
        self.perform();
    }

    /// Takes what has come, as the loop does; waits for something where nothing has.
    async fn turn(&mut self) {
        let wait = wakes_at(&self.app.model).duration_since(Timestamp::now());
        let wait = Duration::try_from(wait).unwrap_or_default() + Duration::from_millis(1);
        if let Ok(Some(fact)) = tokio::time::timeout(wait, self.facts.recv()).await {
            self.app.fact(fact);
        }
        while let Ok(fact) = self.facts.try_recv() {
            self.app.fact(fact);
        }
        self.app.fact(Msg::Ticked(Timestamp::now()));
        self.perform();
    }

    /// Goes on until `done`.
    pub async fn until(&mut self, what: &str, done: impl Fn(&Seat) -> bool) {
        let on = async {
            while !done(self) {
                self.turn().await;
            }
        };
        let ended = tokio::time::timeout(TOO_LONG, on).await;
        if ended.is_err() {
            let (feed, pending) = (&self.app.model.feed, &self.app.model.pending.waiting);
            panic!("never {what}: {:?} {}, waiting {}", feed.failure, self.cursor(), pending.count());
        }
    }

    pub fn cursor(&self) -> u64 {
        self.app.model.snapshot.as_ref().map_or(0, |snapshot| snapshot.cursor)
    }

    /// How much waits to be sent.
    pub fn waiting(&self) -> usize {
        self.app.model.pending.waiting.count()
    }

    /// Nothing that was asked for is on its way.
    pub fn is_settled(&self) -> bool {
        let model = &self.app.model;
        let counting = model.pictures.trend.is_counting();
        !counting && !model.journal.is_asked() && !matches!(model.detail.history, History::Loading)
    }

    pub fn is_offline(&self) -> bool {
        self.app.model.feed.failure.is_some()
    }

    pub async fn leave(self) {
        self.performer.finish().await;
    }
}
