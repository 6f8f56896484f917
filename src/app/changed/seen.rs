//! What changed since the last look, until it is marked as seen: the entries recorded since then are asked for once, those
//! that come later are added as they come. The look goes forward by that mark alone, never by leaving.

use crate::{
    app::{effect::Effect, messages::Level, model::Model, msg::Ticket},
    domain::{
        answer::{Filter, Page},
        changes::{Asked, Changes, since},
        entry::Entry,
        failure::Failure,
        look::{LastLook, Look},
        sentence::Sentence,
        snapshot::Delta,
    },
};

/// More entries than these are not asked for: it is then said that there are more.
const MOST: u32 = 5_000;

/// The last look and what was recorded since.
#[derive(Debug, Default)]
pub(super) struct Seen {
    look: Option<Look>,
    /// The settings were looked at.
    begun: bool,
    /// What was recorded since, in order.
    entries: Vec<Entry>,
    /// The last entry up to which they are whole; none before they have come.
    read: Option<u64>,
    /// The question under way, and what the snapshot's cursor was when it was asked.
    asked: Option<(Ticket, u64)>,
    last_ticket: Ticket,
    failed: bool,
    /// There are older ones that were not asked for.
    cut: bool,
}

impl Seen {
    pub(super) fn look(&self) -> Option<Look> {
        self.look
    }

    pub(super) fn take_heart(&mut self) {
        self.failed = false;
    }

    fn set(&mut self, look: Look) {
        self.look = Some(look);
        self.entries.clear();
        (self.read, self.asked, self.cut) = (look.cursor, None, false);
    }
}

/// Asks for what was recorded since the look and has not come.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    if model.settings.last_look == LastLook::Nobody {
        return Vec::new();
    }
    let Some(cursor) = model.other_day.present(&model.snapshot).map(|snapshot| snapshot.cursor) else {
        return Vec::new();
    };
    if !std::mem::replace(&mut model.changed.seen.begun, true) {
        match model.settings.last_look {
            LastLook::At(look) => {
                // A ledger that has less than was seen is another one than it was.
                let known = look.cursor.filter(|known| *known <= cursor);
                model.changed.seen.set(Look { cursor: known, ..look });
            }
            LastLook::Nobody | LastLook::Never => return keep(model, cursor),
        }
    }
    let seen = &mut model.changed.seen;
    let Some(look) = seen.look.filter(|_| seen.asked.is_none() && !seen.failed) else { return Vec::new() };
    let filter = match seen.read {
        Some(read) if read >= cursor => return Vec::new(),
        // So many are new, however clocks agree.
        Some(read) => {
            Filter { limit: Some(u32::try_from(cursor - read).unwrap_or(MOST).min(MOST)), ..Filter::default() }
        }
        None => Filter { since: Some(look.at), limit: Some(MOST), ..Filter::default() },
    };
    seen.last_ticket = Ticket(seen.last_ticket.0 + 1);
    seen.asked = Some((seen.last_ticket, cursor));
    vec![Effect::FetchChanges { ticket: seen.last_ticket, filter }]
}

/// Entries came, or could not be had.
pub(in crate::app) fn fetched(model: &mut Model, ticket: Ticket, result: Result<Page, Failure>) -> Vec<Effect> {
    let seen = &mut model.changed.seen;
    let Some((_, cursor)) = seen.asked.take_if(|(asked, _)| *asked == ticket) else { return Vec::new() };
    let Ok(page) = result else {
        seen.failed = true;
        return Vec::new();
    };
    seen.cut |= page.entries.len() >= usize::try_from(MOST).unwrap_or(usize::MAX);
    let newest = page.entries.first().map_or(0, |entry| entry.seq);
    let known = seen.entries.last().map_or(0, |entry| entry.seq).max(seen.read.unwrap_or(0));
    seen.entries.extend(page.entries.into_iter().rev().filter(|entry| entry.seq > known));
    // What was recorded between the question and its answer is there already.
    seen.read = Some(cursor.max(newest));
    model.changed.outdated = true;
    Vec::new()
}

/// A look could not be kept: it counts until the program is left.
pub(in crate::app) fn look_lost(model: &mut Model, failure: &Failure) -> Vec<Effect> {
    model.say(Level::Error, Sentence::new("said-look-lost").with("why", failure.why().clone()));
    Vec::new()
}

/// Entries came in by themselves.
pub(in crate::app) fn came(model: &mut Model, delta: &Delta) {
    let seen = &mut model.changed.seen;
    let Some(read) = seen.read.filter(|_| seen.asked.is_none()) else { return };
    if delta.entries.first().is_some_and(|entry| entry.seq <= read + 1) {
        seen.entries.extend(delta.entries.iter().filter(|entry| entry.seq > read).cloned());
        seen.read = Some(read.max(delta.cursor));
    }
}

/// What changed since the look, as far as it is known.
pub(super) fn changes(model: &Model) -> Option<Changes> {
    let seen = &model.changed.seen;
    let (look, snapshot) = (seen.look.filter(|_| seen.read.is_some())?, model.snapshot.as_ref()?);
    let asked = Asked {
        look,
        until: model.other_day.until(),
        me: model.settings.me.as_ref(),
        today: model.today,
        soon: model.settings.due_soon_working_days,
    };
    let mut changes = since(snapshot, &seen.entries, asked);
    changes.cut = seen.cut;
    Some(changes)
}

/// Everything that is there now counts as seen.
pub(in crate::app) fn mark_seen(model: &mut Model) -> Vec<Effect> {
    let present = model.other_day.present(&model.snapshot).map(|snapshot| snapshot.cursor);
    let Some(cursor) = present.filter(|_| model.settings.last_look != LastLook::Nobody) else {
        model.say(Level::Info, Sentence::new("said-no-looks"));
        return Vec::new();
    };
    // What is seen on another day, or beside one, is not what would be marked.
    let elsewhere = model.other_day.day().is_some() || model.other_day.wanted().is_some();
    if elsewhere || model.changed.is_comparing() {
        model.say(Level::Info, Sentence::new("said-not-the-look"));
        return Vec::new();
    }
    let count = model.changed.changes.all().len();
    let said = if count == 0 { "said-nothing-new" } else { "said-seen" };
    model.say(Level::Info, Sentence::new(said).with("count", count));
    keep(model, cursor)
}

fn keep(model: &mut Model, cursor: u64) -> Vec<Effect> {
    let look = Look { at: model.now, cursor: Some(cursor) };
    model.changed.seen.set(look);
    model.changed.outdated = true;
    vec![Effect::KeepLook(look)]
}
