//! Comparing two days: another one, fetched for it, with the one shown. A source that keeps no journal but its own days will
//! answer the same question.

use jiff::civil::Date;

use crate::{
    app::{effect::Effect, messages::Level, model::Model, msg::Ticket, other_day},
    domain::{
        changes::{Changes, between},
        failure::Failure,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Today,
        summary::Summary,
    },
};

/// The day that is compared with.
#[derive(Debug, Default)]
pub(super) struct Compare {
    with: Option<Box<Then>>,
    asked: Option<(Ticket, Date)>,
}

/// How things stood.
#[derive(Debug)]
struct Then {
    today: Today,
    snapshot: Snapshot,
    figures: Summary,
}

impl Compare {
    pub(super) fn day(&self) -> Option<Date> {
        self.with.as_ref().map(|then| then.today.date)
    }

    pub(super) fn figures(&self) -> Option<&Summary> {
        self.with.as_ref().map(|then| &then.figures)
    }

    pub(super) fn is_asked(&self, ticket: Ticket) -> bool {
        self.asked.is_some_and(|(asked, _)| asked == ticket)
    }

    /// Compares no longer; was there anything to leave?
    pub(super) fn leave(&mut self) -> bool {
        let asked = self.asked.take().is_some();
        self.with.take().is_some() || asked
    }
}

/// Compares `day` with the one shown, or with `to`, which is shown first.
pub(in crate::app) fn compare(model: &mut Model, day: Date, to: Option<Date>) -> Vec<Effect> {
    let (day, to) = match to {
        Some(to) => (day.min(to), Some(day.max(to))),
        None => (day, None),
    };
    if day >= to.unwrap_or_else(|| model.shown_date()) {
        model.say(Level::Info, Sentence::new("said-compare-earlier"));
        return Vec::new();
    }
    if !model.settings.tells_days {
        model.say(Level::Info, Sentence::new("said-no-other-days"));
        return Vec::new();
    }
    let Some(instant) = model.end_of(day).filter(|_| model.snapshot.is_some()) else { return Vec::new() };
    let mut effects = to.map(|to| other_day::go_to(model, to)).unwrap_or_default();
    let ticket = model.other_day.ticket();
    model.changed.compare.asked = Some((ticket, day));
    effects.push(Effect::FetchDay { ticket, instant });
    effects
}

/// The day to be compared with came, or could not be had.
pub(super) fn fetched(model: &mut Model, result: Result<Snapshot, Failure>) {
    let Some((_, day)) = model.changed.compare.asked.take() else { return };
    match result {
        Ok(snapshot) => {
            let kept_on = snapshot.kept_on.filter(|kept_on| *kept_on != day);
            // What is compared is how it stood then.
            let today = model.day_of(kept_on.unwrap_or(day), &snapshot);
            let figures = Summary::of(&snapshot, today);
            model.changed.compare.with = Some(Box::new(Then { today, snapshot, figures }));
            model.changed.outdated = true;
            if let Some(kept_on) = kept_on {
                model.say(Level::Info, Sentence::new("said-kept-day").with("date", kept_on));
            }
        }
        Err(failure) => {
            let said = Sentence::new("said-no-such-day").with("why", failure.why().clone());
            model.say(Level::Error, said);
        }
    }
}

/// What is different from that day; nothing where none is compared with.
pub(super) fn changes(model: &Model) -> Option<Changes> {
    let (then, snapshot) = (model.changed.compare.with.as_ref()?, model.snapshot.as_ref()?);
    Some(between((&then.snapshot, then.today), (snapshot, model.today)))
}
