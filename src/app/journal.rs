//! The journal as far as it has come: in pages, newest first, more of them as one goes on, new entries on top as they come.
//! What of the filter a source can look for is left to it; the rest is looked for here, in what has come. Never the whole
//! journal at once: a search that finds little stops and goes on with the next key.

use std::collections::BTreeSet;

use super::{effect::Effect, lists, lists::Level, model::Model, msg::Ticket};
use crate::{
    domain::{
        answer::{Filter, Page},
        failure::Failure,
        fold::reversed,
        id::{ActorId, EntryId},
        query::Query,
        told::Told,
    },
    panels::{PanelId, view::ViewId},
};

/// Entries of a page.
const PAGE: u32 = 200;
/// The same where a filter will let only some of them through.
const WIDE_PAGE: u32 = 1_000;
/// More new entries than these are not laid over the old ones.
const MOST_NEW: u32 = 2_000;
/// So many entries are read for one key at most.
const PATIENCE: usize = 20_000;

/// The journal.
#[derive(Clone, Debug)]
pub struct Journal {
    /// All entries, from the newest on.
    whole: Reel,
    /// Those of `narrow`, where that asks for some only.
    narrowed: Reel,
    /// What the source is to look for.
    narrow: Filter,
    /// The filter that `narrow` was made of, and how many persons were known then.
    read: Option<(Query, usize)>,
    persons: BTreeSet<ActorId>,
    asked: Option<Question>,
    last_ticket: Ticket,
    patience: usize,
    failed: bool,
}

/// Entries without a gap, newest first.
#[derive(Clone, Debug, Default)]
struct Reel {
    told: Vec<Told>,
    /// The first page came.
    begun: bool,
    /// The oldest is there.
    complete: bool,
    /// The snapshot's cursor when the newest were asked for.
    seen: u64,
}

#[derive(Clone, Debug)]
struct Question {
    ticket: Ticket,
    /// About the newest, when the snapshot had this cursor; else about older ones.
    newest: Option<u64>,
    limit: u32,
}

impl Default for Journal {
    fn default() -> Self {
        Journal {
            whole: Reel::default(),
            narrowed: Reel::default(),
            narrow: Filter::default(),
            read: None,
            persons: BTreeSet::new(),
            asked: None,
            last_ticket: Ticket::default(),
            patience: PATIENCE,
            failed: false,
        }
    }
}

impl Journal {
    /// The entries that are shown, before the filter; newest first.
    pub fn shown(&self) -> &[Told] {
        &self.reel().told
    }

    /// Is the oldest entry among them?
    pub fn is_complete(&self) -> bool {
        self.reel().complete
    }

    /// Are entries under way?
    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Could they not be had?
    pub fn has_failed(&self) -> bool {
        self.failed
    }

    /// Everybody who was met in it.
    pub fn persons(&self) -> &BTreeSet<ActorId> {
        &self.persons
    }

    /// The entry of that id, where it has come.
    pub fn told(&self, id: EntryId) -> Option<&Told> {
        self.shown().iter().find(|told| told.entry.id == id)
    }

    /// Somebody wants to see more, or the source can be asked again.
    pub(super) fn take_heart(&mut self) {
        (self.patience, self.failed) = (PATIENCE, false);
    }

    fn is_narrow(&self) -> bool {
        self.narrow != Filter::default()
    }

    fn reel(&self) -> &Reel {
        // Until the narrowed ones come the others are looked through.
        // Of another day nothing is shown that was recorded later.
        let alone = self.narrowed.begun || self.narrow.until.is_some();
        if self.is_narrow() && alone { &self.narrowed } else { &self.whole }
    }

    fn wanted(&mut self) -> &mut Reel {
        if self.is_narrow() { &mut self.narrowed } else { &mut self.whole }
    }
}

/// Asks for what is missing where the journal is shown: the first page, new entries, older ones near the end.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let asks = model.view == ViewId::Journal && !model.settings.no_journal;
    let Some(snapshot) = model.snapshot.as_ref().filter(|_| asks) else { return Vec::new() };
    let cursor = snapshot.cursor;
    let query = &model.filters[ViewId::Journal as usize].query;
    let until = model.other_day.until();
    let journal = &mut model.journal;
    let read = (query, journal.persons.len());
    if journal.read.as_ref().map(|(query, persons)| (query, *persons)) != Some(read) || journal.narrow.until != until {
        let narrow = Filter { until, ..query.narrowed(snapshot, &journal.persons) };
        journal.read = Some((query.clone(), journal.persons.len()));
        if narrow != journal.narrow {
            (journal.narrow, journal.narrowed, journal.asked) = (narrow, Reel::default(), None);
            model.lists[PanelId::Journal as usize].outdated(Level::All);
            lists::refresh(model);
        }
    }
    let is_short = wants_more(model);
    let searches = {
        let journal = &model.journal;
        let query = &model.filters[ViewId::Journal as usize].query;
        !query.is_empty() && !query.is_only(&journal.narrow)
    };
    let journal = &mut model.journal;
    if journal.asked.is_some() || journal.failed {
        return Vec::new();
    }
    let (is_narrow, patience) = (journal.is_narrow(), journal.patience);
    let reel = journal.wanted();
    let page = if searches { WIDE_PAGE } else { PAGE };
    let (newest, limit, before) = if !reel.begun {
        (Some(cursor), page, None)
    } else if reel.seen < cursor {
        // One more than are new shows that nothing is left out between them and the others.
        let new = u32::try_from(cursor - reel.seen).unwrap_or(MOST_NEW).saturating_add(1);
        // Which of these are taken back is only known of what is asked for.
        let known = if is_narrow { u32::try_from(reel.told.len()).unwrap_or(MOST_NEW) } else { 0 };
        (Some(cursor), new.max(known).clamp(PAGE, MOST_NEW), None)
    } else if is_short && !reel.complete && patience > 0 {
        (None, page, reel.told.last().map(|told| told.entry.seq))
    } else {
        return Vec::new();
    };
    journal.last_ticket = Ticket(journal.last_ticket.0 + 1);
    let ticket = journal.last_ticket;
    journal.asked = Some(Question { ticket, newest, limit });
    let filter = Filter { before, limit: Some(limit), ..journal.narrow.clone() };
    vec![Effect::FetchJournal { ticket, filter }]
}

/// A page came, or could not be had.
pub(super) fn fetched(model: &mut Model, ticket: Ticket, result: Result<Page, Failure>) {
    let journal = &mut model.journal;
    let Some(question) = journal.asked.take_if(|question| question.ticket == ticket) else { return };
    let Ok(page) = result else {
        journal.failed = true;
        return;
    };
    journal.persons.extend(page.entries.iter().filter_map(|entry| entry.by.clone()));
    let ends = page.entries.len() < usize::try_from(question.limit).unwrap_or(usize::MAX);
    let is_narrow = journal.is_narrow();
    if question.newest.is_none() {
        journal.patience = journal.patience.saturating_sub(page.entries.len());
    }
    let reel = journal.wanted();
    match question.newest {
        Some(cursor) => {
            reel.newest(&page, ends);
            (reel.begun, reel.seen) = (true, cursor);
        }
        None => {
            reel.told.extend(Told::page(&page));
            reel.complete = ends;
        }
    }
    if !is_narrow {
        // Whatever takes an entry back is newer: it is there.
        let gone = reversed(reel.told.iter().rev().map(|told| &told.entry));
        reel.told.iter_mut().for_each(|told| told.reversed = gone.contains(&told.entry.id));
    }
    model.lists[PanelId::Journal as usize].outdated(Level::All);
}

impl Reel {
    /// Lays the newest entries over those that are there; where a gap would be left, they take their place.
    fn newest(&mut self, page: &Page, ends: bool) {
        let mut told = Told::page(page);
        let oldest = page.entries.last().map_or(0, |entry| entry.seq);
        let joins = self.told.first().is_some_and(|newest| newest.entry.seq >= oldest);
        if !ends && joins {
            told.extend(self.told.drain(..).filter(|told| told.entry.seq < oldest));
        } else {
            self.complete = ends;
        }
        self.told = told;
    }
}

/// Is the end of what has come near?
fn wants_more(model: &Model) -> bool {
    let list = model.list(PanelId::Journal);
    let page = lists::page(model, PanelId::Journal).max(1);
    list.position + 2 * page >= list.rows.len()
}
