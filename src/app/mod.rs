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
pub mod first_steps;
pub mod form;
pub mod hand_over;
mod heard;
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
pub mod plans;
pub mod pointer;
mod recalled;
mod recount;
pub mod results;
mod rewrite;
pub mod saved;
pub mod settings;
pub mod sheet;
mod shrunk;
pub mod slot;
mod sorting;
mod states;
pub mod sync;
pub mod timeline;
pub mod trend;
pub mod triage;
pub mod under_way;
pub mod vocabulary;
mod waking;
pub mod walk;
pub mod wall;

pub use waking::wakes_at;

use crate::domain::{sentence::Sentence, text::Text};
use action::Action;
use effect::Effect;
use keys::Bindings;
use messages::Level as Grade;
use model::Model;
use msg::Msg;

/// The first effects: ask for what is remembered; then for the data.
pub fn start(model: &mut Model) -> Vec<Effect> {
    wall::start(model);
    if model.settings.recalls { vec![Effect::Recall] } else { sync::ask(model) }
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
        Msg::SourceChanged => sync::changed(model),
        Msg::Recalled(remembered) => sync::recalled(model, remembered),
        Msg::PlansSeen { ticket, source, result } => {
            plans::seen(model, ticket, &source, result);
            Vec::new()
        }
        Msg::Loading(loading) => sync::loading(model, loading),
        Msg::Heard(news) => heard::heard(model, news),
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
        Msg::HistoryTold(said) => {
            model.say(Grade::Error, said);
            Vec::new()
        }
        Msg::DayFetched { ticket, result } => changed::day_fetched(model, ticket, result.map(|snapshot| *snapshot)),
        Msg::PastFetched { ticket, result } => {
            trend::fetched(model, ticket, result);
            Vec::new()
        }
        Msg::StepsFetched { direction, result } => walk::steps_fetched(model, direction, result),
        Msg::WaitingRead(acts) => pending::read(model, acts),
        Msg::Delivered(fact) => pending::delivered(model, fact),
        Msg::Withdrawn { ticket, result } => walk::withdrawn(model, ticket, result),
        Msg::Replied { id, reply, result } => cards::replied(model, id, &reply, result),
        Msg::Decided { decision, result } => cards::decided(model, decision, result),
        Msg::HandedOver { ticket, result } => {
            hand_over::handed_over(model, ticket, result);
            Vec::new()
        }
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

fn failed(model: &mut Model, what: Action, why: Text) -> Vec<Effect> {
    model.say(Grade::Error, Sentence::new("said-failed").with("what", what.word()).with("why", why));
    Vec::new()
}
