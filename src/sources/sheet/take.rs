//! [`Taking`]: what was read is laid down in the ledger beside the workbook, and what the workbook says anew of items is appended
//! there. Whatever of it is interrupted is done again from the beginning, and comes to the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};

use super::{
    beside::Beside,
    differing::{Acts, acts},
    memory::Memory,
    notices::{of_clash, of_refusal, of_renamed, shortly, vanished},
    pen::{Pen, dated, entry_id},
    reading::{Reading, Told},
    renamed::recognise,
};
use crate::{
    domain::{
        answer::{Admission, Filter},
        ask::{About, Ask},
        check::Refusal,
        entry::{Entry, Verb},
        failure::Failure,
        fold::live,
        heard::Notice,
        id::{ActorId, ItemId, PlanId},
        item::{Item, State},
        loss::loss,
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        text::Text,
    },
    ledger::Ledger,
};

/// What takes something in.
pub(super) struct Taking<'a> {
    pub(super) ledger: &'a dyn Ledger,
    pub(super) beside: &'a Beside,
    /// The workbook's name.
    pub(super) book: &'a Text,
    pub(super) now: Timestamp,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is taken in.
    Done(Done),
    /// Not taken in: so many percent of the rows are gone.
    Held(u8),
}

/// What was taken in.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) plan: PlanId,
    pub(super) notices: Vec<Notice>,
    /// What is asked.
    pub(super) asks: Vec<Ask>,
    /// Somebody acted meanwhile: it is to be read again.
    pub(super) again: bool,
}

impl Taking<'_> {
    /// Takes `reading` in; a great loss only where it `may` be.
    pub(super) async fn take(&self, mut reading: Reading, may: bool) -> Result<Taken, Failure> {
        let mut notices = Vec::new();
        let before = self.standing(&reading.plan.id).await?;
        let mut memory = self.memory(before.is_some(), &reading, &mut notices)?;
        let renamed = recognise(&mut reading, before.as_ref(), &mut memory);
        if let Some(before) = &before
            && !may
            && let Some(percent) = loss(before, &amended(before, &reading.plan))
        {
            return Ok(Taken::Held(percent));
        }
        memory.plan = Some(reading.plan.id.clone());
        // From here on what is interrupted is done again.
        self.beside.remember(&memory)?;
        let after = self.lay_down(&reading.plan, before.as_ref(), memory.generation).await?;
        notices.extend(shortly(renamed.iter().map(of_renamed).collect(), "book-renamed-more"));
        notices.extend(before.iter().flat_map(|before| vanished(before, &after, &memory.former)));
        let again = self.tell(&after, reading.told, &mut memory, &mut notices).await?;
        memory.read = Some(self.now);
        self.beside.remember(&memory)?;
        let asks = memory.asks;
        Ok(Taken::Done(Done { plan: reading.plan.id, notices, asks, again }))
    }

    /// What the ledger says, where it has the plan.
    async fn standing(&self, plan: &PlanId) -> Result<Option<Snapshot>, Failure> {
        let has = self.ledger.plans().await?.iter().any(|head| head.id == *plan);
        Ok(if has { Some(self.ledger.snapshot(plan).await?) } else { None })
    }

    fn memory(&self, stands: bool, reading: &Reading, notices: &mut Vec<Notice>) -> Result<Memory, Failure> {
        let remembered = self.beside.remembered()?;
        let of_this = remembered.filter(|memory| stands || memory.told.is_empty());
        if let Some(memory) = of_this.filter(|memory| memory.plan.as_ref() == Some(&reading.plan.id)) {
            return Ok(memory);
        }
        let mut memory = Memory { plan: Some(reading.plan.id.clone()), ..Memory::default() };
        if stands {
            // What was told before is not known: a cell nobody touched must not undo an act, so that all count as told.
            memory.told = reading.told.clone();
            memory.generation = u64::try_from(self.now.as_second()).unwrap_or_default();
            notices.push(Notice { grave: true, said: Sentence::new("book-memory-lost").with("book", self.book) });
        }
        Ok(memory)
    }

    async fn lay_down(&self, plan: &Plan, before: Option<&Snapshot>, generation: u64) -> Result<Snapshot, Failure> {
        if before.is_none_or(|before| *before.outline.plan != *plan) {
            let id = entry_id(&plan.id, generation, "plan", before.map_or(0, |before| before.cursor));
            let by = ActorId::from(self.book.as_str());
            self.ledger.lay_down(plan.clone(), &by, self.now, id).await?;
        }
        self.ledger.snapshot(&plan.id).await
    }

    /// Appends what is said anew of items. Answers whether somebody acted in between.
    async fn tell(
        &self,
        after: &Snapshot,
        mut told: BTreeMap<ItemId, Told>,
        memory: &mut Memory,
        notices: &mut Vec<Notice>,
    ) -> Result<bool, Failure> {
        let nothing = Told::default();
        for (id, is) in &mut told {
            *is = std::mem::take(is).clear(memory.told.get(id).unwrap_or(&nothing));
        }
        let pen = Pen {
            book: self.book,
            plan: &after.outline.plan.id,
            generation: memory.generation,
            first: memory.generation == 0,
            now: self.now,
            zone: &after.outline.zone,
            calendar: &after.outline.calendar,
        };
        let items: BTreeSet<ItemId> = memory.told.keys().chain(told.keys()).cloned().collect();
        let (mut entries, mut over, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        let mut clashes: Vec<Ask> = Vec::new();
        for id in &items {
            let Some(item) = after.item(id) else {
                // A row that comes back says again what it said: nothing new.
                if let Some(was) = memory.told.get(id) {
                    told.insert(id.clone(), was.clone());
                }
                continue;
            };
            let [was, is] = [memory.told.get(id), told.get(id)].map(|told| told.unwrap_or(&nothing));
            if was == is {
                continue;
            }
            let Acts { entries: some, over: gone_over, refused: why } =
                acts(item, self.live(pen.plan, item).await?, was, is, &pen);
            if let Some(mine) = gone_over {
                over.push(of_clash(item.id.clone(), &mine, after));
                let theirs = some.iter().filter(|entry| entry.verb != Verb::Reverse).cloned().collect();
                let about = About::Clash { item: id.clone(), mine: Box::new(mine.clone()), theirs };
                clashes.push(Ask { id: mine.id, about });
            }
            entries.extend(some);
            refused.extend(why.map(|why| of_refusal(id, &why, after)));
        }
        let again = self.append(&pen, entries, &mut refused, memory, &mut told, after).await?;
        notices.extend(shortly(over, "book-over-more"));
        notices.extend(shortly(refused, "book-refused-more"));
        // Where somebody acted in between it is looked at once more.
        clashes.retain(|ask| !items.iter().any(|id| ask.is_about(id) && told.get(id) == memory.told.get(id)));
        memory.asks.retain(|ask| clashes.iter().all(|clash| clash.id != ask.id));
        memory.asks.extend(clashes);
        if memory.told != told {
            memory.generation += 1;
            memory.told = told;
        }
        Ok(again)
    }

    /// The entries on an item that stand, in order.
    async fn live(&self, plan: &PlanId, item: &Item) -> Result<Vec<Entry>, Failure> {
        if item.state == State::default() {
            return Ok(Vec::new());
        }
        let filter = Filter { item: Some(item.id.clone()), ..Filter::default() };
        let page = self.ledger.entries(plan, &filter).await?;
        let journal: Vec<&Entry> = page.entries.iter().rev().filter(|entry| entry.item == item.id).collect();
        Ok(live(&journal).into_iter().cloned().collect())
    }

    async fn append(
        &self,
        pen: &Pen<'_>,
        entries: Vec<Entry>,
        refused: &mut Vec<Notice>,
        memory: &Memory,
        told: &mut BTreeMap<ItemId, Told>,
        after: &Snapshot,
    ) -> Result<bool, Failure> {
        if entries.is_empty() {
            return Ok(false);
        }
        if pen.first {
            let mut journal: Vec<Entry> = entries.into_iter().map(|entry| dated(entry, pen)).collect();
            journal.sort_by_key(|entry| entry.at);
            self.ledger.import(pen.plan, journal).await?;
            return Ok(false);
        }
        let admissions = self.ledger.append(pen.plan, &entries, &pen.actor(), self.now).await?;
        let mut again = false;
        for (entry, admission) in entries.iter().zip(admissions) {
            match admission {
                Admission::Applied { .. } | Admission::Replayed { .. } | Admission::Refused(Refusal::IdReused) => {}
                Admission::Conflict { .. } => {
                    // Somebody acted in between: it is looked at once more, in view of that.
                    again = true;
                    match memory.told.get(&entry.item) {
                        Some(was) => told.insert(entry.item.clone(), was.clone()),
                        None => told.remove(&entry.item),
                    };
                }
                Admission::Refused(why) => refused.push(of_refusal(&entry.item, &why, after)),
            }
        }
        Ok(again)
    }
}

/// `before` as it would be under `plan`.
pub(super) fn amended(before: &Snapshot, plan: &Plan) -> Snapshot {
    let mut after = before.clone();
    // Only which rows there are is looked at: the day moves no row.
    after.amend(Arc::new(plan.clone()), Date::MIN);
    after
}
