//! What is asked of a workbook is answered: a row goes on under a former one, or is new; a changed cell holds, or what was done
//! here is done once more.

use super::{again::again, follow::Following, memory::Memory, pen::Pen};
use crate::{
    domain::{
        answer::{Admission, Filter},
        ask::{About, Ask, Reply},
        entry::Entry,
        failure::Failure,
        id::{ActorId, EntryId},
        sentence::Sentence,
        text::Text,
        waiting::Decided,
    },
    ledger::Ledger as _,
};

impl Following {
    /// Answers the question of that id, for `me`.
    pub(super) async fn reply(&self, id: EntryId, reply: &Reply, me: &ActorId) -> Result<Decided, Failure> {
        let decided = self.replied(id, reply, me).await?;
        // A row that is known again is taken in at once.
        if decided == Decided::Done && matches!(reply, Reply::Former(_)) {
            self.look().await;
        }
        Ok(decided)
    }

    async fn replied(&self, id: EntryId, reply: &Reply, me: &ActorId) -> Result<Decided, Failure> {
        let _turn = self.turn.lock().await;
        let busy = || Failure::Offline(Sentence::new("book-being-written").with("file", &self.book));
        let _lock = self.lock().await?.ok_or_else(busy)?;
        let mut memory = self.beside.remembered()?.unwrap_or_default();
        let Some(ask) = memory.asks.iter().find(|ask| ask.id == id && ask.takes(reply)).cloned() else {
            self.state().ask(memory.asks);
            return Ok(Decided::Gone);
        };
        let mut decided = Decided::Done;
        match (&ask.about, reply) {
            (About::Renamed { is, .. }, Reply::Former(record)) => {
                memory.former.insert(is.record.clone(), record.clone());
                let mut state = self.state();
                (state.stamp, state.tried, state.tag) = (None, None, None);
                self.taken(&mut memory, record);
            }
            (About::Clash { item, mine, .. }, Reply::Mine) => {
                if !self.done_again(&memory, item, mine, me).await? {
                    decided = Decided::Gone;
                }
            }
            (About::Renamed { .. }, _) | (About::Clash { .. }, _) => {}
        }
        memory.asks.retain(|one| one.id != ask.id);
        self.beside.remember(&memory)?;
        self.state().ask(memory.asks);
        Ok(decided)
    }

    /// A former row is one row only: nobody else is asked whether it is that one.
    fn taken(&self, memory: &mut Memory, record: &Text) {
        memory.asks.retain_mut(|ask: &mut Ask| match &mut ask.about {
            About::Renamed { was, .. } => {
                was.retain(|row| row.record != *record);
                !was.is_empty()
            }
            About::Clash { .. } => true,
        });
    }

    /// What was done here is done once more; false where somebody acted since.
    async fn done_again(
        &self,
        memory: &Memory,
        item: &crate::domain::id::ItemId,
        mine: &Entry,
        me: &ActorId,
    ) -> Result<bool, Failure> {
        let Some(plan) = &memory.plan else { return Ok(false) };
        let snapshot = self.ledger.snapshot(plan).await?;
        let Some(stands) = snapshot.item(item) else { return Ok(false) };
        let filter = Filter { item: Some(item.clone()), ..Filter::default() };
        let page = self.ledger.entries(plan, &filter).await?;
        let journal: Vec<Entry> = page.entries.into_iter().rev().filter(|entry| entry.item == *item).collect();
        let now = (self.clock)();
        let pen = Pen {
            book: &self.book,
            plan,
            generation: u64::try_from(now.as_millisecond()).unwrap_or_default(),
            first: false,
            now,
            zone: &snapshot.outline.zone,
            calendar: &snapshot.outline.calendar,
        };
        let refused = |why: &crate::domain::check::Refusal| Failure::Refused(why.sentence());
        let Some(entries) = again(stands, &journal, mine, me, &pen).map_err(|why| refused(&why))? else {
            return Ok(false);
        };
        for admission in self.ledger.append(plan, &entries, me, now).await? {
            match admission {
                Admission::Applied { .. } | Admission::Replayed { .. } => {}
                Admission::Conflict { .. } => return Ok(false),
                Admission::Refused(why) => return Err(refused(&why)),
            }
        }
        Ok(!entries.is_empty())
    }
}
