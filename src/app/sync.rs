//! The data's freshness: when to ask the source, what its answers mean, when to try again.

use jiff::{SignedDuration, Timestamp};

use super::{changed, effect::Effect, messages::Level, model::Model, msg::Ticket, notifications, pending, trend};
use crate::domain::{answer::Fetched, failure::Failure, sentence::Sentence, text::Text};

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
        match (&self.failure, self.last_success) {
            (None, None) => Freshness::Loading,
            (None, Some(_)) => Freshness::Live,
            (Some(Failure::Denied(_)), _) => Freshness::SignInNeeded,
            (Some(Failure::Unreadable(_)), _) => Freshness::SourceError,
            (Some(Failure::Refused(_)), None) => Freshness::NoData,
            (Some(Failure::Offline(_)), None) => Freshness::Offline,
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
    let cursor = model.other_day.present(&model.snapshot).map(|snapshot| snapshot.cursor);
    vec![Effect::Fetch { ticket: feed.last_ticket, cursor }]
}

/// The user wants to see how it stands: what waits is sent, too.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    model.pictures.trend.take_heart();
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
    model.feed.asked = None;
    let again = std::mem::take(&mut model.feed.again);
    match result {
        Ok(answer) => {
            model.feed.last_success = Some(model.now);
            model.feed.failures = 0;
            let was_away = model.feed.failure.take().is_some();
            if was_away {
                model.pictures.trend.take_heart();
                model.say(Level::Info, Sentence::new("said-source-back"));
            }
            take(model, answer);
            let mut effects = if again { ask(model) } else { Vec::new() };
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

fn take(model: &mut Model, answer: Fetched) {
    match answer {
        Fetched::Unchanged => pending::nothing_new(model),
        Fetched::Whole(mut snapshot) => {
            model.pending.take_whole(&mut snapshot);
            model.pictures.trend.past_changed();
            if let Some(snapshot) = model.other_day.keep(snapshot) {
                model.take_snapshot(*snapshot);
            }
        }
        Fetched::Entries(delta) => {
            notifications::came(model, &delta.entries);
            changed::came(model, &delta);
            trend::came(model, &delta.entries);
            let is_shown = model.other_day.day().is_none();
            let Some(snapshot) = model.other_day.present_mut(&mut model.snapshot) else { return };
            let touched = model.pending.take_delta(snapshot, delta);
            if is_shown {
                model.items_changed(&touched.places);
                if touched.all {
                    model.lists_changed(super::lists::Level::All);
                }
            }
        }
    }
}

fn failed(model: &mut Model, failure: Failure) {
    let feed = &mut model.feed;
    feed.failures = feed.failures.saturating_add(1);
    // Signing in is the user's; trying again by itself would lock accounts.
    let retries = !matches!(failure, Failure::Denied(_));
    let wait = back_off(feed.failures, &mut model.chance);
    feed.next_try = retries.then(|| model.now.saturating_add(wait).unwrap_or(model.now));
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
