//! [`Http`]: a plan of a ledger shared by `tiendo serve`. A snapshot once, then only what happened after it; told of changes by
//! an event stream, else asked every half minute. Nothing it answers wrongly replaces what was good: that is an error.
//!
//! How servers are asked is in `web/`, `news.rs` reads what is new, `events.rs` listens. It keeps its cursor (`followed.rs`) and no
//! plan; when to ask again is decided by who asks.

mod events;
mod followed;
mod news;

use std::sync::Arc;

use futures::{
    FutureExt,
    stream::{BoxStream, StreamExt, unfold},
};
use jiff::{Timestamp, civil::Date};

use reqwest::header::HeaderMap;

use self::followed::Followed;
pub use self::news::{Got, News};
pub use super::web::{TokenFrom, WebSettings as HttpSettings, check_url, missing};
use super::{
    Answer, Capabilities, Origin, Source,
    embedded::chosen,
    web::{Client, Manner, Question, Reply, SMALL, State, WHOLE, is_slow, refused, unfitting},
};
use crate::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown, Page, PlanHead},
        entry::Entry,
        failure::Failure,
        heard::{Heard, Loading, Signed},
        id::{ActorId, EntryId, PlanId},
        past::Past,
        sentence::Sentence,
        snapshot::Snapshot,
        takes::Takes,
    },
    secret::Secret,
    wire::{Answers, MOST_POSTED, MOST_TOLD, PageOf, Plans, Posting, Received, Weeks},
};

/// How `tiendo serve` is spoken to: its problems tell what helps (RFC 9457), and a journal that is gone is an answer.
static MANNER: Manner = Manner {
    under: &["v1"],
    shown: ("authorization", "Bearer "),
    says: "application/problem+json",
    kind: "application/json",
    exact: false,
    answers: &[304, 410],
    judge,
};

fn judge(status: u16, headers: &HeaderMap, said: Option<&Reply>, token: &TokenFrom) -> Failure {
    refused(status, headers, said.and_then(Reply::aside), token)
}

/// So often the weeks gone by are asked for while the server counts them: about two minutes.
const COUNTING: u32 = 8;

/// A plan of a shared ledger. Clones are the same one.
#[derive(Clone)]
pub struct Http {
    client: Arc<Client>,
    followed: Arc<Followed>,
    plan: PlanId,
}

impl Http {
    /// `plan` of the server the settings name, for who bears `token`. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`Failure::Refused`] where the settings cannot be used: `ca_file` is no certificate, the address is none.
    pub fn new(settings: HttpSettings, token: Option<Secret>, plan: PlanId) -> Result<Self, Failure> {
        Ok(Http::by(Client::new(settings, token, &MANNER)?, plan))
    }

    /// The same with the only plan the server has.
    ///
    /// # Errors
    ///
    /// Where the server cannot be asked, or there is no one plan to choose.
    pub async fn choose(settings: HttpSettings, token: Option<Secret>) -> Result<Self, Failure> {
        let client = Client::new(settings, token, &MANNER)?;
        let plan = chosen(&plans(&client).await?, None).map_err(Failure::Refused)?;
        Ok(Http::by(client, plan))
    }

    fn by(client: Client, plan: PlanId) -> Self {
        Http { client: Arc::new(client), followed: Arc::default(), plan }
    }

    /// The plans of the server the settings name that who bears `token` may see.
    ///
    /// # Errors
    ///
    /// Where the server cannot be asked.
    pub async fn plans(settings: HttpSettings, token: Option<Secret>) -> Result<Vec<PlanHead>, Failure> {
        plans(&Client::new(settings, token, &MANNER)?).await
    }

    /// The plan it shows.
    pub fn plan(&self) -> &PlanId {
        &self.plan
    }

    /// Whom the server takes us for, as far as it has said.
    pub fn signed(&self) -> Option<Signed> {
        self.state().signed()
    }

    /// Goes on from what is remembered of it.
    pub fn recall(&self, received: &Received, signed: Option<Signed>) {
        self.followed.remember(received, None);
        if let Some(signed) = signed {
            self.state().sign(signed);
        }
    }

    fn state(&self) -> &State {
        &self.client.state
    }

    fn path(&self, rest: &str) -> [String; 3] {
        ["plans".into(), self.plan.to_string(), rest.into()]
    }

    async fn page(&self, filter: &Filter, before: Option<u64>, limit: u32) -> Result<PageOf, Failure> {
        let mut query = vec![("limit", limit.to_string())];
        let mut with = |name, value: Option<String>| query.extend(value.map(|value| (name, value)));
        with("before", before.map(|before| before.to_string()));
        with("item", filter.item.as_ref().map(ToString::to_string));
        with("by", filter.by.as_ref().map(ToString::to_string));
        with("since", filter.since.map(|since| since.to_string()));
        with("until", filter.until.map(|until| until.to_string()));
        let verbs: Vec<&str> = filter.verbs.iter().map(|verb| verb.as_str()).collect();
        with("verb", (!verbs.is_empty()).then(|| verbs.join(",")));
        let question = Question::get(self.path("journal")).with(query);
        self.client.ask(question).await?.read(SMALL).await
    }

    async fn pages(&self, filter: &Filter) -> Result<Page, Failure> {
        let mut page = Page::default();
        let mut before = filter.before;
        loop {
            let left = filter.most().saturating_sub(page.entries.len());
            let limit = u32::try_from(left).unwrap_or(MOST_TOLD).min(MOST_TOLD);
            let next = self.page(filter, before, limit.max(1)).await?;
            let (more, cursor) = (next.more, next.cursor);
            let next = Page::from(next);
            page.entries.extend(next.entries);
            page.reversed.extend(next.reversed);
            page.taken_back.extend(next.taken_back);
            // An older cursor each time, or it would never end.
            let goes_on = more && cursor.is_some() && (before.is_none() || cursor < before);
            if !goes_on || page.entries.len() >= filter.most() {
                break;
            }
            before = cursor;
        }
        let Page { entries, taken_back, .. } = &mut page;
        taken_back.retain(|gone| !entries.iter().any(|entry| entry.id == gone.id));
        Ok(page)
    }

    async fn hand_in(&self, entries: &[Entry]) -> Result<Vec<Admission>, Failure> {
        let posting = Posting { entries: entries.to_vec() };
        let question = Question::send("POST", self.path("journal"), &posting)?;
        let answers: Answers = self.client.ask(question).await?.read(SMALL).await?;
        // An answer to other entries tells nothing of these.
        let fits = answers.results.len() == entries.len()
            && answers.results.iter().zip(entries).all(|(answer, entry)| answer.id == entry.id);
        if !fits {
            let said = Sentence::new("source-miscounted").with("answers", answers.results.len());
            return Err(Failure::Unreadable(said.with("acts", entries.len())));
        }
        Ok(answers.results.into_iter().map(|answer| answer.admission).collect())
    }
}

/// The plans there are; whom it takes us for is heard on the way.
async fn plans(client: &Client) -> Result<Vec<PlanHead>, Failure> {
    let plans: Plans = client.ask(Question::get(["plans".into()])).await?.read(SMALL).await?;
    client.state.sign(Signed { by: plans.you.by, roles: plans.you.roles });
    Ok(plans.plans)
}

impl Source for Http {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        async move { Ok(self.get(cursor).await?.fetched) }.boxed()
    }

    fn at(&self, instant: Timestamp) -> Answer<'_, Snapshot> {
        async move {
            let query = vec![("at", instant.to_string())];
            let reply = self.client.ask(Question::get(self.path("snapshot")).with(query).large()).await?;
            let received = reply.snapshot().await?;
            if received.snapshot.outline.plan.id != self.plan {
                return Err(unfitting("plan", &received.snapshot.outline.plan.id));
            }
            Ok(received.snapshot)
        }
        .boxed()
    }

    fn past(&self, day: Date) -> Answer<'_, Past> {
        async move {
            let mut tries = 0;
            let reply = loop {
                let query = vec![("by", "item".into()), ("before", day.to_string())];
                let question = Question::get(self.path("trend")).with(query).large().patient();
                tries += 1;
                match self.client.ask(question).await {
                    // It goes on counting, and has them ready for who asks again.
                    Err(failure) if is_slow(&failure) && tries < COUNTING => {}
                    asked => break asked?,
                }
            };
            let weeks: Weeks = reply.read(WHOLE).await?;
            Past::try_from(weeks).map_err(|why| unfitting("trend", &why))
        }
        .boxed()
    }

    fn entries<'a>(&'a self, filter: &'a Filter) -> Answer<'a, Page> {
        self.pages(filter).boxed()
    }

    fn send<'a>(&'a self, entries: &'a [Entry], _now: Timestamp) -> Answer<'a, Vec<Admission>> {
        async move {
            let mut admitted = Vec::with_capacity(entries.len());
            for some in entries.chunks(MOST_POSTED) {
                admitted.extend(self.hand_in(some).await?);
            }
            Ok(admitted)
        }
        .boxed()
    }

    fn amend<'a>(&'a self, amendment: &'a Amendment, id: EntryId, _now: Timestamp) -> Answer<'a, LaidDown> {
        async move {
            // Which revision its author saw is told by what it is called, so it must be the one that was fetched last.
            let tag = self.followed.revision(&amendment.seen);
            let tag = tag.ok_or_else(|| Failure::Refused(Sentence::new("refusal-amended-meanwhile")))?;
            let mut query = vec![("id", id.to_string()), ("reason", amendment.reason.to_string())];
            query.extend(amendment.reverses.map(|reverses| ("reverses", reverses.to_string())));
            let path = ["plans".into(), self.plan.to_string()];
            let question = Question::send("PUT", path, &amendment.plan)?.with(query).matching(&tag);
            self.client.ask(question).await?.read(SMALL).await
        }
        .boxed()
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        let watching = events::Watching::new(Arc::clone(&self.client), Arc::clone(&self.followed), self.path("events"));
        unfold(watching, |mut watching| async move {
            watching.wait().await;
            Some(((), watching))
        })
        .boxed()
    }

    fn capabilities(&self) -> Capabilities {
        let signed = self.signed();
        let can = |may: fn(&Signed) -> bool| signed.as_ref().is_none_or(may);
        let (writes, amends) = (can(Signed::writes), can(Signed::amends));
        let takes = Takes::default();
        Capabilities { journal: true, writes, amends, at: true, live: true, remote: true, recalls: true, takes }
    }

    fn label(&self) -> String {
        self.plan.to_string()
    }

    fn signs(&self) -> Option<ActorId> {
        Some(self.signed()?.by)
    }

    fn heard(&self) -> Heard {
        self.state().heard()
    }

    fn loading(&self) -> BoxStream<'static, Loading> {
        self.state().loading()
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin { address: self.client.address(), plan: self.plan.clone() })
    }
}
