//! [`MemoryLedger`]: a ledger that lasts as long as the program. It serves the sample plan and the tests.

mod book;
mod tokens;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures::{FutureExt, future::ready};
use jiff::{Timestamp, civil::Date};

use super::{Answer, Laying, Ledger, admit::admit, history::fresh, no_such_plan};
use crate::domain::{
    access::Token,
    amendment::Amendment,
    answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
    check::Refusal,
    entry::Entry,
    failure::Failure,
    id::{ActorId, EntryId, PlanId},
    past::Past,
    plan::Plan,
    snapshot::Snapshot,
};
use book::Book;

/// Plans and their journals in memory. Clones are doors to the same ledger.
#[derive(Clone, Debug, Default)]
pub struct MemoryLedger {
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Debug, Default)]
struct Shelf {
    books: Vec<Book>,
    tokens: Vec<Token>,
    version: u64,
}

impl MemoryLedger {
    /// An empty one.
    pub fn new() -> Self {
        MemoryLedger::default()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // Every change is made in one piece at its end: what a panic left behind is whole.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<'a, T: Send + 'a>(&self, plan: &PlanId, read: impl FnOnce(&Book) -> Result<T, Failure>) -> Answer<'a, T> {
        let shelf = self.shelf();
        let book = shelf.books.iter().find(|book| book.id() == plan);
        ready(book.ok_or_else(|| no_such_plan(plan)).and_then(read)).boxed()
    }
}

impl Ledger for MemoryLedger {
    fn plans(&self) -> Answer<'_, Vec<PlanHead>> {
        ready(Ok(self.shelf().books.iter().map(Book::head).collect())).boxed()
    }

    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown> {
        ready(self.shelf().lay_down(plan, Laying { by, now, id, amends: None })).boxed()
    }

    fn amend<'a>(
        &'a self,
        amendment: &'a Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown> {
        let laying = Laying { by, now, id, amends: Some(amendment) };
        ready(self.shelf().lay_down(amendment.plan.clone(), laying)).boxed()
    }

    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported> {
        ready(self.shelf().import(plan, journal)).boxed()
    }

    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot> {
        self.read(plan, |book| Ok(book.snapshot.clone()))
    }

    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot> {
        self.read(plan, |book| book.at(instant).ok_or_else(|| no_such_plan(plan)))
    }

    fn past<'a>(&'a self, plan: &'a PlanId, day: Date) -> Answer<'a, Past> {
        self.read(plan, |book| {
            Past::of(&book.revisions, &book.entries, day, &|| false).ok_or_else(|| no_such_plan(plan))
        })
    }

    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched> {
        self.read(plan, |book| Ok(book.delta(after)))
    }

    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page> {
        self.read(plan, |book| Ok(book.page(filter)))
    }

    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>> {
        ready(self.shelf().append(plan, entries, by, now)).boxed()
    }

    fn version(&self) -> Answer<'_, u64> {
        ready(Ok(self.shelf().version)).boxed()
    }
}

impl Shelf {
    fn book(&mut self, plan: &PlanId) -> Result<&mut Book, Failure> {
        self.books.iter_mut().find(|book| book.id() == plan).ok_or_else(|| no_such_plan(plan))
    }

    fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.books.iter().find_map(|book| book.entries.get(*book.places.get(&id)?))
    }

    fn lay_down(&mut self, plan: Plan, laying: Laying<'_>) -> Result<LaidDown, Failure> {
        let mut entry = laying.entry(&plan);
        let standing = self.books.iter_mut().position(|book| *book.id() == plan.id);
        let in_force = standing.and_then(|at| self.books.get(at)?.revisions.last());
        laying.check(in_force.map(|revision| revision.plan.as_ref())).map_err(Failure::Refused)?;
        if let Some(revision) = in_force.filter(|revision| *revision.plan == plan) {
            return Ok(LaidDown::Unchanged { seq: revision.seq });
        }
        if self.entry(laying.id).is_some() {
            return Err(Failure::Refused(Refusal::IdReused.sentence()));
        }
        let plan = Arc::new(plan);
        self.version += 1;
        match standing.and_then(|at| self.books.get_mut(at)) {
            Some(book) => {
                entry.seq = book.seq() + 1;
                book.snapshot.amend(Arc::clone(&plan), entry.on);
                book.snapshot.cursor = entry.seq;
                book.lay_down(plan, entry);
                Ok(LaidDown::Amended { seq: book.seq() })
            }
            None => {
                entry.seq = 1;
                let mut snapshot = Snapshot::new(Arc::clone(&plan));
                snapshot.cursor = 1;
                let mut book = Book { snapshot, revisions: Vec::new(), entries: Vec::new(), places: HashMap::new() };
                book.lay_down(plan, entry);
                self.books.push(book);
                Ok(LaidDown::New { seq: 1 })
            }
        }
    }

    fn import(&mut self, plan: &PlanId, journal: Vec<Entry>) -> Result<Imported, Failure> {
        let seq = self.book(plan)?.seq();
        let (fresh, imported) = fresh(journal, |id| self.entry(id).is_some(), seq);
        self.version += u64::from(!fresh.is_empty());
        let book = self.book(plan)?;
        let earlier: Vec<&Entry> = book.entries.iter().collect();
        book.snapshot.replay_on(&earlier, &fresh.iter().collect::<Vec<_>>());
        for entry in fresh {
            book.push(entry);
        }
        Ok(imported)
    }

    fn append(
        &mut self,
        plan: &PlanId,
        entries: &[Entry],
        by: &ActorId,
        now: Timestamp,
    ) -> Result<Vec<Admission>, Failure> {
        let known = entries.iter().filter_map(|entry| self.entry(entry.id));
        let known = known.map(|entry| (entry.id, entry.clone())).collect();
        let book = self.book(plan)?;
        let loaded = book.load(entries, known, now);
        let seq = book.seq();
        let outcome = admit(&mut book.snapshot.outline, loaded, entries, by, now, seq);
        for (id, state) in outcome.states {
            book.snapshot.put(id, state);
        }
        let changed = !outcome.applied.is_empty();
        for entry in outcome.applied {
            book.push(entry);
        }
        let admissions = outcome.verdicts.into_iter().map(|verdict| book.admission(verdict)).collect();
        self.version += u64::from(changed);
        Ok(admissions)
    }
}
