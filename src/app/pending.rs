//! Acts a remote source has not confirmed: what waits, as the outbox has it, and the snapshot as it will be. The few items
//! they touch stand in the snapshot while that lasts; what the source said is kept under them and put back first whenever
//! it says more.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    effect::Effect, lists::Level, messages::Level as Grade, model::Model, msg::Delivered, recalled::Journals, results,
    sync,
};
use crate::domain::{
    answer::{Admission, Page},
    ask::Ask,
    entry::{Entry, Verb},
    failure::Failure,
    id::{EntryId, ItemId},
    laid::Laid,
    overlay::Unconfirmed,
    sentence::Sentence,
    snapshot::{Delta, Snapshot},
    waiting::{Act, Answer, Standing, Waiting},
};

/// What is not confirmed.
#[derive(Debug, Default)]
pub struct Pending {
    /// What the outbox has.
    pub waiting: Waiting,
    /// What the source asks.
    pub asks: Vec<Ask>,
    /// Why nothing can be sent now, and when it is tried again.
    pub waits: Option<(Failure, Option<Timestamp>)>,
    /// The journals of the items that cards are about.
    pub(super) pages: BTreeMap<ItemId, Page>,
    unconfirmed: Unconfirmed,
    laid: Option<Laid>,
    /// That another instance sends is said once.
    told_of_another: bool,
    /// Acts another instance settled: they are shown until the source has told what became of them.
    gone: BTreeSet<EntryId>,
    /// The journals of items on which something confirmed is taken back.
    pub(super) journals: Journals,
}

impl Pending {
    /// How much there is to decide on: acts that did not go through, and what the source asks.
    pub fn to_decide(&self) -> usize {
        self.waiting.cards().count() + self.asks.len()
    }

    /// Would the journal of this item be seen, were it to come now?
    pub fn awaits(&self, item: &ItemId) -> bool {
        let on_card = self.waiting.cards().any(|card| card.mine.item == *item);
        self.journals.awaits(item) || on_card || self.asks.iter().any(|ask| ask.is_about(item))
    }

    /// The snapshot as its source has it again.
    fn lift(&mut self, snapshot: &mut Snapshot) -> Touched {
        let mut touched = Touched::default();
        if let Some(laid) = self.laid.take() {
            touched.see(&laid);
            snapshot.lift(laid);
        }
        touched
    }

    /// The snapshot as it will be.
    fn lay(&mut self, snapshot: &mut Snapshot, touched: &mut Touched) {
        if self.unconfirmed.acts().is_empty() {
            self.journals.begin_anew(&[]);
            return;
        }
        let overlay = self.unconfirmed.over(snapshot, |item| self.journals.of(item));
        self.journals.want(&overlay.unsure);
        let laid = snapshot.lay(overlay);
        touched.see(&laid);
        self.laid = Some(laid);
    }

    /// The source's new entries go in under what is laid; gives the places that may have changed.
    pub(super) fn take_delta(&mut self, snapshot: &mut Snapshot, delta: Delta) -> Touched {
        if self.unconfirmed.acts().is_empty() {
            return Touched { places: snapshot.apply_delta(delta), all: false };
        }
        let mut touched = self.lift(snapshot);
        let entries = delta.entries.clone();
        touched.places.extend(snapshot.apply_delta(delta));
        self.journals.follow(&entries);
        self.caught_up(&entries, snapshot.cursor);
        self.lay(snapshot, &mut touched);
        touched
    }

    /// A snapshot that came whole gets what is not confirmed laid over it.
    pub(super) fn take_whole(&mut self, snapshot: &mut Snapshot) {
        self.laid = None;
        self.journals.begin_anew(self.waiting.acts());
        self.caught_up(&[], snapshot.cursor);
        self.lay(snapshot, &mut Touched::default());
    }

    /// The snapshot took `entries` in; what is gone from the outbox and not among them came to nothing.
    fn caught_up(&mut self, entries: &[Entry], cursor: u64) {
        self.arrived(entries);
        self.unconfirmed.fetched(entries, cursor);
        for id in std::mem::take(&mut self.gone) {
            self.unconfirmed.dropped(id);
        }
    }

    /// The snapshot has these entries: those of them that wait to be confirmed need not be laid over it.
    pub(super) fn arrived(&mut self, entries: &[Entry]) {
        let waiting = entries.iter().map(|entry| entry.id).filter(|id| self.waiting.act(*id).is_some());
        let ids: Vec<EntryId> = waiting.collect();
        ids.iter().for_each(|id| self.unconfirmed.dropped(*id));
        self.journals.arrive(ids);
    }

    /// The outbox has these acts.
    fn set(&mut self, acts: Vec<Act>) {
        let there: BTreeSet<EntryId> = acts.iter().map(|act| act.entry.id).collect();
        let missing = self.unconfirmed.acts().iter().filter(|act| act.seq == 0 && !there.contains(&act.id));
        self.gone.extend(missing.map(|act| act.id));
        self.journals.retain(&there);
        // What was not heard of before may have been sent by another instance, or before a restart.
        self.journals.doubt(acts.iter().filter(|act| self.waiting.act(act.entry.id).is_none()));
        for act in &acts {
            if act.is_shown() && !self.journals.has_arrived(act.entry.id) {
                self.unconfirmed.queued(act.entry.clone());
            } else {
                self.unconfirmed.dropped(act.entry.id);
            }
        }
        self.waiting = Waiting::new(acts);
    }

    fn drop_acts(&mut self, ids: &[EntryId]) {
        ids.iter().for_each(|id| self.unconfirmed.dropped(*id));
        let acts = self.waiting.acts().iter().filter(|act| !ids.contains(&act.entry.id));
        self.waiting = Waiting::new(acts.cloned().collect());
    }
}

/// What has to be looked at anew.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) places: Vec<crate::domain::item::Index>,
    /// Items came or went: all of it.
    pub(super) all: bool,
}

impl Touched {
    fn see(&mut self, laid: &Laid) {
        self.places.extend(laid.places());
        self.all |= laid.adds();
    }
}

/// What is not confirmed changes: so does what is seen.
pub(super) fn change(model: &mut Model, how: impl FnOnce(&mut Pending, u64)) {
    let is_shown = model.other_day.day().is_none();
    let Some(snapshot) = model.other_day.present_mut(&mut model.snapshot) else {
        how(&mut model.pending, 0);
        return;
    };
    let mut touched = model.pending.lift(snapshot);
    how(&mut model.pending, snapshot.cursor);
    model.pending.lay(snapshot, &mut touched);
    if !is_shown {
        return;
    }
    model.count();
    if touched.all {
        model.lists_changed(Level::All);
    } else {
        touched.places.sort_unstable();
        touched.places.dedup();
        for list in &mut model.lists {
            list.touched(&touched.places);
        }
    }
}

/// The source has nothing new: what is gone from the outbox came to nothing, or is there already.
pub(super) fn nothing_new(model: &mut Model) {
    if !model.pending.unconfirmed.acts().is_empty() {
        change(model, |pending, cursor| pending.caught_up(&[], cursor));
    }
}

/// Acts were queued: they are seen at once.
pub(super) fn queued(model: &mut Model, entries: Vec<Entry>) {
    let me = model.settings.me.clone();
    let histories: Vec<_> = entries.iter().filter_map(|entry| taken_back(model, entry)).collect();
    change(model, |pending, _| {
        for (item, history) in histories {
            pending.journals.keep(item, history);
        }
        let mut acts = pending.waiting.acts().to_vec();
        for entry in entries {
            let entry = Entry { by: entry.by.clone().or_else(|| me.clone()), ..entry };
            if pending.waiting.act(entry.id).is_none() {
                acts.push(Act { entry, standing: Standing::Waiting });
            }
        }
        pending.set(acts);
    });
}

/// The journal of the item on which `entry` takes back something confirmed, where all of it is at hand.
fn taken_back(model: &Model, entry: &Entry) -> Option<(ItemId, Vec<Entry>)> {
    if entry.verb != Verb::Reverse {
        return None;
    }
    let page = model.whole_history(&entry.item)?;
    Some((entry.item.clone(), page.entries.iter().rev().cloned().collect()))
}

/// What the outbox has was read.
pub(super) fn read(model: &mut Model, acts: Vec<Act>) -> Vec<Effect> {
    if acts == model.pending.waiting.acts() {
        return Vec::new();
    }
    change(model, |pending, _| pending.set(acts));
    if model.pending.waiting.count() == 0 {
        model.pending.waits = None;
    }
    // What somebody else settled is to be seen in the journal.
    if model.pending.gone.is_empty() { Vec::new() } else { sync::ask(model) }
}

/// Acts were taken back before they were sent.
pub(super) fn withdrawn(model: &mut Model, ids: &[EntryId]) {
    change(model, |pending, _| pending.drop_acts(ids));
}

/// What happened on the way to the source.
pub(super) fn delivered(model: &mut Model, fact: Delivered) -> Vec<Effect> {
    match fact {
        Delivered::Settled(answers) => return settled(model, &answers),
        Delivered::Waits { failure, again } => {
            let known = model.pending.waits.as_ref().is_some_and(|(before, _)| *before == failure);
            if !known {
                let id = if again.is_some() { "said-waits" } else { "said-waits-for-sign-in" };
                let said = Sentence::new(id).with("count", model.pending.waiting.count());
                let at = again.map(|again| model.zone.to_datetime(again).time());
                let at = at.map(|at| format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()));
                model.say(Grade::Error, said.with("why", failure.why().clone()).with("at", at.unwrap_or_default()));
            }
            model.pending.waits = Some((failure, again));
        }
        Delivered::Broken(failure) => {
            let said = Sentence::new("said-outbox-broken").with("why", failure.why().clone());
            model.say(Grade::Error, said);
        }
        Delivered::AnotherSends => {
            if !std::mem::replace(&mut model.pending.told_of_another, true) {
                model.say(Grade::Info, Sentence::new("said-another-sends"));
            }
        }
    }
    Vec::new()
}

fn settled(model: &mut Model, answers: &[(EntryId, Answer)]) -> Vec<Effect> {
    model.pending.waits = None;
    let mut cards = Vec::new();
    change(model, |pending, cursor| {
        let mut through = Vec::new();
        for (id, answer) in answers {
            pending.gone.remove(id);
            match answer {
                Answer::Answered(admission @ (Admission::Applied { .. } | Admission::Replayed { .. })) => {
                    pending.unconfirmed.answered(*id, admission, cursor);
                    through.push(*id);
                }
                Answer::Answered(Admission::Conflict { .. } | Admission::Refused(_)) | Answer::NotTaken(_) => {
                    pending.unconfirmed.dropped(*id);
                    cards.push(*id);
                }
                Answer::NotSent => {}
            }
        }
        let acts = pending.waiting.acts().iter().filter(|act| !through.contains(&act.entry.id));
        pending.waiting = Waiting::new(acts.cloned().collect());
    });
    if let Some(act) = cards.first().and_then(|id| model.pending.waiting.act(*id)) {
        let item = results::name(model, &act.entry.item);
        model.say(Grade::Error, Sentence::new("said-card").with("count", cards.len()).with("item", item));
    }
    sync::ask(model)
}
