//! [`Redmine`]: a plan kept as issues on a Redmine server, over its REST API. It has no journal that could be followed: what is known
//! of the server stays here between two looks (`redmine/book.rs`), and whoever asks what is new gets everything once something
//! changed. An act is a change of an issue with a note that bears its id.
//!
//! `fetching.rs` reads, `plan.rs` makes a plan of it, `mapping.rs` decides what of the server means what, `acts.rs` and
//! `sending.rs` write, `history.rs` tells an issue's journals as entries. How the server really behaves is in `docs/redmine.md`.

mod acts;
mod agencies;
mod book;
mod closer;
mod fetching;
mod history;
mod manner;
mod mapping;
mod options;
mod plan;
mod proposal;
mod reports;
mod sending;
mod standing;
mod subject;
mod wire;

use std::{sync::Arc, time::Duration};

use futures::{
    FutureExt,
    stream::{BoxStream, StreamExt, unfold},
};
use jiff::{Timestamp, tz::TimeZone};
use tokio::{
    sync::{Mutex, Notify},
    time::sleep,
};

use self::{
    acts::{LACKING, NAME},
    fetching::{Desk, Reader},
    manner::MANNER,
    plan::Frame,
    sending::Sender,
};
pub use self::{
    options::{AgenciesFrom, Fields, RedmineOptions, RedmineSettings},
    proposal::{Proposal, propose},
};
use super::{Answer, Capabilities, Origin, Source, web::Client};
use crate::{
    domain::{
        answer::{Admission, Fetched, Filter, Page},
        deed::is_one_step,
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading},
        id::PlanId,
        item::Kind,
        sentence::Sentence,
        snapshot::Snapshot,
        takes::Takes,
    },
    secret::Secret,
};

/// How long one waits between two looks while issues are still to be read more closely.
const BREATH: Duration = Duration::from_secs(1);

/// What it has a place for.
static TAKES: Takes = Takes { source: NAME, lacking: &LACKING };

/// Says a sentence in the language notes are written in.
pub type Speech = Arc<dyn Fn(&Sentence) -> String + Send + Sync>;

/// A plan on a Redmine server. Clones are the same one.
#[derive(Clone)]
pub struct Redmine(Arc<Inner>);

struct Inner {
    client: Client,
    settings: RedmineSettings,
    plan: PlanId,
    speech: Speech,
    zone: TimeZone,
    desk: Mutex<Desk>,
    /// There is something new to be fetched, or to be read more closely.
    news: Notify,
}

impl Redmine {
    /// The plan that the settings name, for who bears `key`. Nothing is asked of the server yet.
    ///
    /// # Errors
    ///
    /// [`Failure::Refused`] where the settings cannot be used.
    pub fn new(settings: RedmineSettings, key: Option<Secret>, speech: Speech) -> Result<Self, Failure> {
        let zone = TimeZone::get(&settings.options.timezone);
        let said = || Sentence::new("redmine-no-zone").with("zone", settings.options.timezone.as_str());
        let zone = zone.map_err(|_| Failure::Refused(said()))?;
        let client = Client::new(settings.web.clone(), key, &MANNER)?;
        let plan = settings.plan.clone().unwrap_or_else(|| PlanId::from(settings.project.as_str()));
        let (desk, news) = (Mutex::default(), Notify::new());
        Ok(Redmine(Arc::new(Inner { client, settings, plan, speech, zone, desk, news })))
    }

    /// The plan it shows.
    pub fn plan(&self) -> &PlanId {
        &self.0.plan
    }
}

impl Inner {
    fn reader(&self) -> Reader<'_> {
        let RedmineSettings { web, project, options, .. } = &self.settings;
        let frame = Frame { plan: &self.plan, options, address: &web.url };
        Reader { client: &self.client, project, options, frame }
    }

    async fn get(&self, cursor: Option<u64>) -> Result<Fetched, Failure> {
        let mut desk = self.desk.lock().await;
        let looked = self.reader().look(&mut desk).await;
        if desk.closer {
            self.news.notify_one();
        }
        looked?;
        let book = desk.book.as_ref().ok_or_else(|| Failure::Refused(Sentence::new("redmine-nothing")))?;
        let (version, snapshot) = (Some(book.version), &book.snapshot);
        if cursor == version && desk.given == version {
            return Ok(Fetched::Unchanged);
        }
        let snapshot = Box::new(snapshot.clone());
        desk.given = version;
        Ok(Fetched::Whole(snapshot))
    }

    async fn hand_in(&self, entries: &[Entry]) -> Result<Vec<Admission>, Failure> {
        let mut desk = self.desk.lock().await;
        let sender =
            Sender { reader: self.reader(), client: &self.client, say: self.speech.as_ref(), zone: self.zone.clone() };
        let mut answers = Vec::with_capacity(entries.len());
        for acts in entries.chunk_by(is_one_step) {
            let answer = sender.hand_in(acts, &mut desk).await;
            self.news.notify_one();
            answers.extend(answer?);
        }
        Ok(answers)
    }

    /// What happened to one issue, the newest first.
    async fn history(&self, filter: &Filter) -> Result<Page, Failure> {
        if filter.item.is_none() && filter.by.is_some() {
            // What one did oneself is asked for so that it can be taken back: here nothing can.
            return Ok(Page::default());
        }
        let Some(item) = &filter.item else { return Err(Failure::Refused(Sentence::new("redmine-no-journal"))) };
        let mut desk = self.desk.lock().await;
        if desk.book.is_none() {
            self.reader().look(&mut desk).await?;
        }
        let Some(book) = &mut desk.book else { return Ok(Page::default()) };
        let Some(issue) = book.issue(item) else { return Ok(Page::default()) };
        let whole = self.reader().one(issue, "journals").await?;
        let kind = book.snapshot.item(item).map_or(Kind::Task, |item| item.kind());
        let mut entries = history::entries(&whole, item, kind, &book.mapping, &self.zone);
        if closer::take(book, whole) {
            book.changed(&self.reader().frame);
            self.news.notify_one();
        }
        entries.reverse();
        entries.retain(|entry| filter.passes(entry));
        entries.truncate(filter.most());
        Ok(Page { entries, ..Page::default() })
    }

    /// Waits until something may have changed. While the server does not answer it is still: who asks finds out when it does.
    async fn changed(&self) {
        self.client.state.up().await;
        tokio::select! {
            () = sleep(self.settings.interval) => {}
            () = self.news.notified() => sleep(BREATH).await,
        }
    }
}

impl Source for Redmine {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        self.0.get(cursor).boxed()
    }

    fn at(&self, _instant: Timestamp) -> Answer<'_, Snapshot> {
        futures::future::ready(Err(Failure::Refused(Sentence::new("redmine-no-other-day")))).boxed()
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        self.0.history(filter).boxed()
    }

    fn send<'a>(&'a self, entries: &'a [Entry], _now: Timestamp) -> Answer<'a, Vec<Admission>> {
        self.0.hand_in(entries).boxed()
    }

    fn most(&self) -> usize {
        // Each is looked at before and after: more of them could take longer than an answer is waited for.
        5
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        unfold(Arc::clone(&self.0), |inner| async move {
            inner.changed().await;
            Some(((), inner))
        })
        .boxed()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { writes: true, remote: true, takes: TAKES, ..Capabilities::default() }
    }

    fn label(&self) -> String {
        self.0.plan.to_string()
    }

    fn heard(&self) -> Heard {
        self.0.client.state.heard()
    }

    fn loading(&self) -> BoxStream<'static, Loading> {
        self.0.client.state.loading()
    }

    fn origin(&self) -> Option<Origin> {
        let address = format!("{} {}", self.0.client.address(), self.0.settings.project);
        Some(Origin { address: address.into(), plan: self.0.plan.clone() })
    }
}
