//! Another day: the whole dashboard as it stood at the end of it. The present is kept beside it and goes on being polled; it
//! alone can be acted on.

use jiff::{Timestamp, ToSpan, civil::Date};

use super::{effect::Effect, messages::Level, model::Model, msg::Ticket};
use crate::{
    domain::{calendar::end_of_day, failure::Failure, sentence::Sentence, snapshot::Snapshot},
    panels::cell::Word,
};

/// The day that is shown in place of today.
#[derive(Debug, Default)]
pub struct OtherDay {
    shown: Option<Shown>,
    /// The day gone to, while it has not come.
    wanted: Option<Date>,
    /// The question under way: one at a time, whatever is gone past meanwhile.
    asked: Option<(Ticket, Date)>,
    last_ticket: Ticket,
}

#[derive(Debug)]
struct Shown {
    day: Date,
    /// Its end.
    until: Timestamp,
    /// What is true now.
    present: Box<Snapshot>,
}

impl OtherDay {
    /// The day shown; none where it is today.
    pub fn day(&self) -> Option<Date> {
        self.shown.as_ref().map(|shown| shown.day)
    }

    /// The day that is being fetched.
    pub fn wanted(&self) -> Option<Date> {
        self.wanted
    }

    /// The day `snapshot`, which is shown, was kept on in the local history, where it is not the day shown.
    pub fn kept_on(&self, snapshot: &Snapshot) -> Option<Date> {
        let day = self.day()?;
        snapshot.kept_on.filter(|kept_on| *kept_on != day)
    }

    /// The end of the day shown: what was recorded later is not told of. None where it is today.
    pub fn until(&self) -> Option<Timestamp> {
        self.shown.as_ref().map(|shown| shown.until)
    }

    /// Why nothing can be done, as words by id; none where it is today.
    pub(super) fn read_only(&self) -> Option<Word> {
        (self.shown.is_some() || self.wanted.is_some()).then_some(Word("read-only-other-day"))
    }

    /// The snapshot of now: `current` unless another day is shown in its place.
    pub(super) fn present<'a>(&'a self, current: &'a Option<Snapshot>) -> Option<&'a Snapshot> {
        self.shown.as_ref().map(|shown| shown.present.as_ref()).or(current.as_ref())
    }

    /// The same, to be changed.
    pub(super) fn present_mut<'a>(&'a mut self, current: &'a mut Option<Snapshot>) -> Option<&'a mut Snapshot> {
        self.shown.as_mut().map(|shown| shown.present.as_mut()).or(current.as_mut())
    }

    /// The number of another question about a day.
    pub(super) fn ticket(&mut self) -> Ticket {
        self.last_ticket = Ticket(self.last_ticket.0 + 1);
        self.last_ticket
    }

    /// Keeps a whole snapshot of now, where another day is shown in its place; else gives it back.
    pub(super) fn keep(&mut self, snapshot: Box<Snapshot>) -> Option<Box<Snapshot>> {
        match &mut self.shown {
            Some(shown) => {
                shown.present = snapshot;
                None
            }
            None => Some(snapshot),
        }
    }
}

impl Model {
    /// The day it is.
    pub fn clock_date(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// Sets the clock; on a new day everything that depends on it is counted anew.
    pub fn set_clock(&mut self, now: Timestamp) {
        self.now = now;
        if self.shown_date() != self.today.date {
            self.day_changed();
        }
    }

    /// The day shown: today, or another one.
    pub(super) fn shown_date(&self) -> Date {
        self.other_day.day().unwrap_or_else(|| self.clock_date())
    }

    /// The end of a day in the plan's zone.
    pub(super) fn end_of(&self, day: Date) -> Option<Timestamp> {
        end_of_day(day, &self.zone)
    }

    /// Why nothing can be done here, as words by id; none where it can. That it is not today goes first: it has to be seen.
    pub fn read_only(&self) -> Option<Word> {
        self.other_day.read_only().or(self.settings.read_only)
    }
}

/// A day back or forth from the one shown or gone to.
pub(super) fn step(model: &mut Model, days: i32) -> Vec<Effect> {
    let from = model.other_day.wanted.or(model.other_day.day()).unwrap_or_else(|| model.clock_date());
    match from.checked_add(days.days()) {
        Ok(day) => go_to(model, day),
        Err(_) => Vec::new(),
    }
}

/// Shows `day`; today where that is it.
pub fn go_to(model: &mut Model, day: Date) -> Vec<Effect> {
    let today = model.clock_date();
    if day > today {
        model.say(Level::Info, Sentence::new("said-day-to-come"));
        return Vec::new();
    }
    if day == today {
        back(model);
        return Vec::new();
    }
    if !model.settings.tells_days {
        model.say(Level::Info, Sentence::new("said-no-other-days"));
        return Vec::new();
    }
    if model.snapshot.is_none() {
        return Vec::new();
    }
    model.other_day.wanted = Some(day);
    ask(model)
}

/// Shows today again.
pub(super) fn back(model: &mut Model) {
    model.other_day.wanted = None;
    if let Some(shown) = model.other_day.shown.take() {
        model.take_snapshot(*shown.present);
    }
}

/// A day came, or could not be had. Another one may be wanted by now.
pub(super) fn fetched(model: &mut Model, ticket: Ticket, result: Result<Snapshot, Failure>) -> Vec<Effect> {
    let Some((_, day)) = model.other_day.asked.take_if(|(asked, _)| *asked == ticket) else { return Vec::new() };
    if model.other_day.wanted != Some(day) {
        return ask(model);
    }
    model.other_day.wanted = None;
    match result {
        Ok(snapshot) => show(model, day, snapshot),
        Err(failure) => {
            let said = Sentence::new("said-no-such-day").with("why", failure.why().clone());
            model.say(Level::Error, said);
        }
    }
    Vec::new()
}

fn show(model: &mut Model, day: Date, snapshot: Snapshot) {
    let (Some(until), Some(current)) = (model.end_of(day), model.snapshot.take()) else { return };
    let present = match model.other_day.shown.take() {
        Some(shown) => shown.present,
        None => Box::new(current),
    };
    model.other_day.shown = Some(Shown { day, until, present });
    model.take_snapshot(snapshot);
}

fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(day) = model.other_day.wanted.filter(|_| model.other_day.asked.is_none()) else { return Vec::new() };
    let Some(instant) = model.end_of(day) else { return Vec::new() };
    let ticket = model.other_day.ticket();
    model.other_day.asked = Some((ticket, day));
    vec![Effect::FetchDay { ticket, instant }]
}
