//! What happens: facts come in, the model changes, effects go out. Pure: no clock, no file, no screen, no text.
//!
//! [`update`] is the only way the [`model::Model`] changes. It never fails: what can fail is a fact with a `Result` in it.

pub mod act;
pub mod action;
pub mod amend;
pub mod arrivals;
pub mod asked;
pub mod cards;
pub mod cases;
pub mod changed;
pub mod choices;
pub mod commands;
mod contested;
pub mod dialog;
mod did;
pub mod drill;
pub mod effect;
pub mod filter;
pub mod form;
pub mod history;
mod intent;
pub mod journal;
pub mod keys;
mod line;
pub mod linear;
pub mod links;
pub mod lists;
pub mod mail;
pub mod marks;
pub mod matrix;
pub mod messages;
pub mod model;
pub mod msg;
pub mod navigate;
pub mod next;
pub mod notifications;
pub mod other_day;
pub mod palette;
pub mod pending;
pub mod pick;
pub mod pictures;
pub mod pointer;
mod recalled;
mod recount;
pub mod results;
mod rewrite;
pub mod saved;
pub mod settings;
pub mod sheet;
pub mod slot;
mod sorting;
pub mod sync;
pub mod timeline;
pub mod trend;
pub mod triage;
pub mod under_way;
pub mod vocabulary;
pub mod walk;
pub mod wall;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{sentence::Sentence, text::Text};
use action::Action;
use effect::Effect;
use keys::Bindings;
use messages::Level as Grade;
use model::Model;
use msg::Msg;

/// The first effects: ask for the data.
pub fn start(model: &mut Model) -> Vec<Effect> {
    wall::start(model);
    sync::ask(model)
}

/// A fact changes the model and makes wishes.
pub fn update(model: &mut Model, bindings: &Bindings, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Pressed(_) | Msg::Pointed(_) | Msg::Answered(_) | Msg::Fetched { .. }) {
        model.journal.take_heart();
        model.changed.take_heart();
    }
    if matches!(msg, Msg::Pressed(_) | Msg::Pointed(_)) {
        wall::held(model);
    }
    let mut effects = match msg {
        Msg::Pressed(key) => intent::pressed(model, bindings, key),
        Msg::Pasted(text) => intent::pasted(model, &text),
        Msg::Answered(line) => linear::answered(model, &line),
        Msg::Told => linear::told(model),
        Msg::Pointed(pointer) => pointer::pointed(model, pointer),
        Msg::Chosen(_) if model.is_asking() => Vec::new(),
        Msg::Chosen(action) => intent::acted(model, action),
        Msg::Resized { width, height } => {
            model.size = (width, height);
            Vec::new()
        }
        Msg::Ticked(now) => {
            model.set_clock(now);
            wall::ticked(model);
            sync::ticked(model)
        }
        Msg::SourceChanged => sync::ask(model),
        Msg::Fetched { ticket, result } => sync::fetched(model, ticket, result),
        Msg::HistoryFetched { item, result } => {
            cards::history_fetched(model, &item, &result);
            recalled::history_fetched(model, &item, &result);
            history::fetched(model, &item, result);
            Vec::new()
        }
        Msg::JournalFetched { ticket, result } => {
            journal::fetched(model, ticket, result);
            Vec::new()
        }
        Msg::Acted { ticket, entries, result } => {
            let effects = triage::acted(model, ticket, entries, result);
            arrivals::answered(model);
            effects
        }
        Msg::Amended { ticket, amendment, result } => amend::amended(model, ticket, *amendment, result),
        Msg::MailComposed(preview) => {
            mail::composed(model, preview);
            Vec::new()
        }
        Msg::MailPosted(posted) => mail::posted(model, posted),
        Msg::MailEnded(why) => mail::ended(model, why),
        Msg::ChangesFetched { ticket, result } => changed::fetched(model, ticket, result),
        Msg::LookLost(failure) => changed::look_lost(model, &failure),
        Msg::DayFetched { ticket, result } => changed::day_fetched(model, ticket, result.map(|snapshot| *snapshot)),
        Msg::PastFetched { ticket, result } => {
            trend::fetched(model, ticket, result);
            Vec::new()
        }
        Msg::StepsFetched { direction, result } => walk::steps_fetched(model, direction, result),
        Msg::WaitingRead(acts) => pending::read(model, acts),
        Msg::Delivered(fact) => pending::delivered(model, fact),
        Msg::Withdrawn { ticket, result } => walk::withdrawn(model, ticket, result),
        Msg::Decided { decision, result } => cards::decided(model, decision, result),
        Msg::ViewKept { name, forgotten, result } => {
            saved::kept(model, &name, forgotten, result);
            Vec::new()
        }
        Msg::DetailEnds(end) => {
            model.detail.offset = model.detail.offset.min(end);
            Vec::new()
        }
        Msg::Failed { what, why } => failed(model, what, why),
        Msg::Ended => vec![Effect::Quit],
    };
    saved::open(model);
    sheet::follow(model);
    timeline::follow(model);
    matrix::refresh(model);
    marks::refresh(model);
    effects.extend(walk::resume(model));
    effects.extend(journal::follow(model));
    effects.extend(recalled::ask(model));
    effects.extend(changed::follow(model));
    lists::keep_in_view(model);
    matrix::keep_in_view(model);
    effects.extend(history::follow(model));
    effects.extend(trend::follow(model));
    effects.extend(notifications::follow(model));
    palette::refresh(model);
    effects
}

/// The next instant at which the screen changes by itself or something is due: the clock's next minute, the next try.
pub fn wakes_at(model: &Model) -> Timestamp {
    let minute = SignedDuration::from_mins(1);
    let into_minute = SignedDuration::from_secs(model.now.as_second().rem_euclid(60))
        + SignedDuration::from_nanos(model.now.subsec_nanosecond().into());
    let next_minute = model.now.saturating_add(minute - into_minute).unwrap_or(model.now);
    let turns = model.wall.as_ref().map(|wall| wall.turns());
    let sooner = [model.feed.next_try, turns, notifications::wakes_at(model)].into_iter().flatten();
    sooner.map(|at| at.clamp(model.now, next_minute)).min().unwrap_or(next_minute)
}

fn failed(model: &mut Model, what: Action, why: Text) -> Vec<Effect> {
    model.say(Grade::Error, Sentence::new("said-failed").with("what", what.word()).with("why", why));
    Vec::new()
}
