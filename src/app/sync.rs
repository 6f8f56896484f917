//! The data's freshness: when to ask the source, what its answers mean, when to try again.

use jiff::{SignedDuration, Timestamp};

use super::{
    changed as news, effect::Effect, messages::Level, model::Model, msg::Ticket, notifications, pending, shrunk, trend,
};
use crate::domain::{
    answer::Fetched, failure::Failure, heard::Loading, sentence::Sentence, snapshot::Snapshot, text::Text,
};

/// The first and the longest time to wait after a failure.
const BACK_OFF: (i64, i64) = (1, 60);

/// Where the data come from and how fresh they are.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// What it is called.
    pub label: Text,
    /// Is it the sample, kept in memory only?
    pub sample: bool,
    /// When it last answered.
    pub last_success: Option<Timestamp>,
    /// What it last failed with, since the last success.
    pub failure: Option<Failure>,
    /// When it is asked again by itself; only after a failure.
    pub next_try: Option<Timestamp>,
    /// When it said what is shown, where that was before this program was started and it has not answered since.
    pub remembered: Option<Timestamp>,
    /// How far its answer has come, where that is a large one.
    pub loading: Option<Loading>,
    /// What it gave last and was not taken, as much is gone in it.
    pub(super) held: Option<shrunk::Held>,
    /// It wants to be left alone until then.
    pub(super) rests: Option<Timestamp>,
    /// It is not asked until the user wants to.
    pub(super) stopped: bool,
    /// What it is fed from cannot be read: why, and when it was last.
    pub(super) behind: Option<(Failure, Option<Timestamp>)>,
    /// How many times in a row it failed.
    failures: u32,
    /// The last question, while it is not answered.
    asked: Option<Ticket>,
    /// Something changed after the last question was asked.
    again: bool,
    last_ticket: Ticket,
}

/// The state of the data, as the header says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Nothing came yet, and nothing failed.
    Loading,
    /// What is shown was said at that time, by what is remembered; it is being asked.
    Remembered(Timestamp),
    /// The same, and it cannot be reached.
    Cut(Timestamp),
    /// It answers with so many percent of the rows gone: those before are shown until that is accepted.
    Shrunk(u8),
    /// As the source has it.
    Live,
    /// The source does not answer; the data are this old.
    Stale(SignedDuration),
    /// It cannot be reached, and there are no data.
    Offline,
    /// It wants to know who asks.
    SignInNeeded,
    /// It answers what cannot be used.
    SourceError,
    /// It has no plan to show.
    NoData,
}

impl Feed {
    /// Nothing asked yet.
    pub fn new(sample: bool) -> Self {
        Feed { sample, ..Feed::default() }
    }

    /// How fresh the data are at `now`.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let behind = self.behind.as_ref().filter(|_| self.failure.is_none());
        if let Some((failure, last)) = behind.filter(|_| self.last_success.is_some()) {
            return match (failure, last) {
                (Failure::Denied(_), _) => Freshness::SignInNeeded,
                (Failure::Unreadable(_), _) => Freshness::SourceError,
                (Failure::Offline(_) | Failure::Refused(_), None) => Freshness::Offline,
                (Failure::Offline(_) | Failure::Refused(_), Some(at)) => Freshness::Stale(now.duration_since(*at)),
            };
        }
        match (&self.failure, self.last_success) {
            (None, None) => self.remembered.map_or(Freshness::Loading, Freshness::Remembered),
            (None, Some(_)) => self.held.as_ref().map_or(Freshness::Live, |held| Freshness::Shrunk(held.percent)),
            (Some(Failure::Denied(_)), _) => Freshness::SignInNeeded,
            (Some(Failure::Unreadable(_)), _) => Freshness::SourceError,
            (Some(Failure::Refused(_)), None) => self.remembered.map_or(Freshness::NoData, Freshness::Cut),
            (Some(Failure::Offline(_)), None) => self.remembered.map_or(Freshness::Offline, Freshness::Cut),
            (Some(Failure::Offline(_) | Failure::Refused(_)), Some(at)) => Freshness::Stale(now.duration_since(at)),
        }
    }
}

/// Asks the source what is new, unless a question is under way; then once more after its answer.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    let feed = &mut model.feed;
    if feed.asked.is_some() {
        feed.again = true;
        return Vec::new();
    }
    feed.last_ticket = Ticket(feed.last_ticket.0 + 1);
    feed.asked = Some(feed.last_ticket);
    feed.next_try = None;
    let held = feed.held.as_ref().map(shrunk::Held::cursor);
    let cursor = held.or_else(|| model.other_day.present(&model.snapshot).map(|snapshot| snapshot.cursor));
    vec![Effect::Fetch { ticket: feed.last_ticket, cursor }]
}

/// The source may have changed.
pub(super) fn changed(model: &mut Model) -> Vec<Effect> {
    if model.feed.stopped { Vec::new() } else { ask(model) }
}

/// What is remembered of the source came, if anything is: it is shown until the source answers.
pub(super) fn recalled(model: &mut Model, remembered: Option<(Box<Snapshot>, Timestamp)>) -> Vec<Effect> {
    if let Some((snapshot, at)) = remembered.filter(|_| model.snapshot.is_none()) {
        model.feed.remembered = Some(at);
        take_whole(model, snapshot);
    }
    ask(model)
}

/// An answer is on its way.
pub(super) fn loading(model: &mut Model, loading: Loading) -> Vec<Effect> {
    if model.feed.asked.is_some() {
        model.feed.loading = Some(loading);
    }
    Vec::new()
}

/// Gives up an answer that is on its way; asks no more until the user wants to.
pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    if model.feed.asked.take().is_none() {
        return Vec::new();
    }
    let feed = &mut model.feed;
    (feed.loading, feed.next_try, feed.again, feed.stopped) = (None, None, false, true);
    let why = Sentence::new("said-load-stopped");
    feed.failure = Some(Failure::Refused(why.clone()));
    model.say(Level::Info, why);
    vec![Effect::StopFetch]
}

/// The user wants to see how it stands: what waits is sent, too.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    model.pictures.trend.take_heart();
    model.feed.stopped = false;
    let mut effects = ask(model);
    if model.pending.waiting.count() > 0 {
        effects.push(Effect::SendNow);
    }
    effects
}

/// A fetch ended. Good data replace what is shown; a failure never does.
pub fn fetched(model: &mut Model, ticket: Ticket, result: Result<Fetched, Failure>) -> Vec<Effect> {
    if model.feed.asked != Some(ticket) {
        return Vec::new();
    }
    (model.feed.asked, model.feed.loading) = (None, None);
    let again = std::mem::take(&mut model.feed.again);
    match result {
        Ok(answer) => {
            model.feed.last_success = Some(model.now);
            (model.feed.failures, model.feed.remembered, model.feed.rests) = (0, None, None);
            let was_away = model.feed.failure.take().is_some();
            if was_away {
                model.pictures.trend.take_heart();
                model.say(Level::Info, Sentence::new("said-source-back"));
            }
            let mut effects = take(model, answer);
            if again {
                effects.extend(ask(model));
            }
            if was_away && model.pending.waiting.count() > 0 {
                effects.push(Effect::SendNow);
            }
            effects
        }
        Err(failure) => {
            failed(model, failure);
            Vec::new()
        }
    }
}

/// The clock moved: is it time to try again?
pub fn ticked(model: &mut Model) -> Vec<Effect> {
    if model.feed.next_try.is_some_and(|at| at <= model.now) { ask(model) } else { Vec::new() }
}

fn take(model: &mut Model, answer: Fetched) -> Vec<Effect> {
    match answer {
        Fetched::Unchanged => pending::nothing_new(model),
        Fetched::Whole(snapshot) => {
            let Some(snapshot) = shrunk::pass(model, snapshot) else { return Vec::new() };
            take_whole(model, snapshot);
            return vec![Effect::Keep];
        }
        Fetched::Entries(delta) => {
            let shown = model.other_day.present(&model.snapshot).map(|snapshot| snapshot.cursor);
            if let Some(held) = &mut model.feed.held {
                let follows = shown == Some(held.cursor());
                held.follow(delta.clone());
                // What is shown goes on as well, where it is only by its rows that the two differ.
                if !follows {
                    return Vec::new();
                }
            }
            notifications::came(model, &delta.entries);
            news::came(model, &delta);
            trend::came(model, &delta.entries);
            let is_shown = model.other_day.day().is_none();
            let Some(snapshot) = model.other_day.present_mut(&mut model.snapshot) else { return Vec::new() };
            let touched = model.pending.take_delta(snapshot, delta);
            if is_shown {
                model.items_changed(&touched.places);
                if touched.all {
                    model.lists_changed(super::lists::Level::All);
                }
            }
        }
    }
    Vec::new()
}

/// A whole snapshot of now takes the place of what there was.
pub(super) fn take_whole(model: &mut Model, mut snapshot: Box<Snapshot>) {
    model.pending.take_whole(&mut snapshot);
    model.pictures.trend.past_changed();
    if let Some(snapshot) = model.other_day.keep(snapshot) {
        model.take_snapshot(*snapshot);
    }
}

fn failed(model: &mut Model, failure: Failure) {
    let feed = &mut model.feed;
    feed.failures = feed.failures.saturating_add(1);
    // Signing in is the user's; trying again by itself would lock accounts.
    let retries = !matches!(failure, Failure::Denied(_));
    let wait = back_off(feed.failures, &mut model.chance);
    let next = model.now.saturating_add(wait).unwrap_or(model.now);
    feed.next_try = retries.then(|| feed.rests.map_or(next, |until| until.max(next)));
    let is_new = feed.failure.as_ref() != Some(&failure);
    feed.failure = Some(failure.clone());
    if is_new {
        model.say(Level::Error, failure.while_polling());
    }
}

/// How long to wait after so many failures in a row: by chance, up to a time that doubles (full jitter).
pub fn back_off(failures: u32, chance: &mut Chance) -> SignedDuration {
    let ceiling = BACK_OFF.0.saturating_mul(1 << failures.min(6)).min(BACK_OFF.1);
    let wait = chance.below(ceiling.unsigned_abs() * 1000) + 1;
    SignedDuration::from_millis(i64::try_from(wait).unwrap_or(i64::MAX))
}

/// A reproducible source of chance for spreading retries (SplitMix64); its seed is an input.
#[derive(Clone, Copy, Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`; 0 where the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        if limit == 0 { 0 } else { mixed % limit }
    }
}
