//! What is new: the journal after the cursor; everything, where that cannot tell it.

use std::sync::Arc;

use super::{
    super::web::{Question, SMALL, unfitting},
    Http,
    followed::Place,
    plans,
};
use crate::{
    domain::{answer::Fetched, failure::Failure, sentence::Sentence},
    wire::Entries,
};

/// What was fetched, and what of it can be kept for the next time.
#[derive(Debug)]
pub struct Got {
    /// It.
    pub fetched: Fetched,
    /// As it came.
    pub news: News,
}

/// What came, as it can be kept.
#[derive(Clone, Debug)]
pub enum News {
    /// Nothing new.
    Nothing,
    /// A snapshot: the body, and whether it is packed.
    Whole(Arc<Vec<u8>>, bool),
    /// Entries.
    Entries(Entries),
}

impl Http {
    /// What happened after `cursor`; everything where there is none, or where that cannot be told in entries.
    pub async fn get(&self, cursor: Option<u64>) -> Result<Got, Failure> {
        if self.signed().is_none() {
            let plans = plans(&self.client).await?;
            if !plans.iter().any(|head| head.id == self.plan) {
                let names: Vec<&str> = plans.iter().map(|head| head.id.as_str()).collect();
                let said = Sentence::new("ledger-other-plans").with("plan", self.plan.as_str());
                return Err(Failure::Refused(said.with("plans", names.join(", "))));
            }
        }
        let Some(cursor) = cursor else { return self.whole(None).await };
        let place = self.followed.place(cursor);
        let mut query = vec![("after", cursor.to_string())];
        query.extend(place.last.map(|last| ("last", last.to_string())));
        let reply = self.client.ask(Question::get(self.path("journal")).with(query)).await?;
        if reply.status == GONE {
            // What is there is the journal of another time: a restored backup. Everything else is told by the snapshot.
            self.state().went_back();
            return self.whole(None).await;
        }
        let entries: Entries = reply.read(SMALL).await?;
        if entries.cursor < cursor {
            return Err(unfitting("cursor", &entries.cursor));
        }
        self.told(cursor, place, entries).await
    }

    async fn told(&self, cursor: u64, place: Place, entries: Entries) -> Result<Got, Failure> {
        if entries.whole || entries.more {
            return self.whole(place.etag).await;
        }
        let (to, last) = (entries.cursor, entries.last);
        if to == cursor && entries.entries.is_empty() && entries.refolded.is_empty() {
            self.followed.went_to(cursor, last);
            return Ok(Got { fetched: Fetched::Unchanged, news: News::Nothing });
        }
        let news = News::Entries(entries.clone());
        match entries.delta() {
            Some(delta) => {
                self.followed.went_to(to, last);
                Ok(Got { fetched: Fetched::Entries(delta), news })
            }
            None => self.whole(place.etag).await,
        }
    }

    async fn whole(&self, tag: Option<String>) -> Result<Got, Failure> {
        let question = Question::get(self.path("snapshot")).unless(tag).large();
        let reply = self.client.ask(question).await?;
        if reply.status == NOT_CHANGED {
            return Ok(Got { fetched: Fetched::Unchanged, news: News::Nothing });
        }
        let (packed, etag, kept) = (reply.packed, reply.etag.clone(), Arc::clone(&reply.bytes));
        let received = reply.snapshot().await?;
        if received.snapshot.outline.plan.id != self.plan {
            return Err(unfitting("plan", &received.snapshot.outline.plan.id));
        }
        self.followed.remember(&received, etag);
        let fetched = Fetched::Whole(Box::new(received.snapshot));
        Ok(Got { fetched, news: News::Whole(kept, packed) })
    }
}

const NOT_CHANGED: u16 = 304;
const GONE: u16 = 410;
