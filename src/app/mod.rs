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
pub mod choices;
mod commands;
mod contested;
pub mod dialog;
pub mod drill;
pub mod effect;
pub mod filter;
pub mod form;
mod heard;
pub mod history;
pub mod journal;
pub mod keys;
pub mod links;
pub mod lists;
pub mod mail;
pub mod marks;
pub mod messages;
pub mod model;
pub mod msg;
pub mod navigate;
pub mod next;
pub mod notifications;
pub mod other_day;
pub mod pending;
pub mod pick;
pub mod pointer;
mod recalled;
pub mod results;
mod rewrite;
pub mod settings;
pub mod sheet;
mod shrunk;
pub mod slot;
mod sorting;
pub mod sync;
pub mod triage;
pub mod under_way;
pub mod vocabulary;
mod waking;
pub mod walk;
pub mod wall;

pub use waking::wakes_at;

use crate::domain::{sentence::Sentence, text::Text};
use action::Action;
use dialog::Kind;
use effect::{Direction, Effect};
use keys::{Bindings, Key, Scope};
use lists::Level;
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
    if matches!(msg, Msg::Pressed(_) | Msg::Pointed(_) | Msg::Fetched { .. }) {
        model.journal.take_heart();
    }
    if matches!(msg, Msg::Pressed(_) | Msg::Pointed(_)) {
        wall::held(model);
    }
    let mut effects = match msg {
        Msg::Pressed(key) => pressed(model, bindings, key),
        Msg::Pasted(text) => pasted(model, &text),
        Msg::Pointed(pointer) => pointer::pointed(model, pointer),
        Msg::Chosen(_) if model.is_asking() => Vec::new(),
        Msg::Chosen(action) => acted(model, action),
        Msg::Resized { width, height } => resized(model, width, height),
        Msg::Ticked(now) => {
            model.set_clock(now);
            wall::ticked(model);
            sync::ticked(model)
        }
        Msg::SourceChanged => sync::changed(model),
        Msg::Recalled(remembered) => sync::recalled(model, remembered),
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
        Msg::DayFetched { ticket, result } => other_day::fetched(model, ticket, result.map(|snapshot| *snapshot)),
        Msg::StepsFetched { direction, result } => walk::steps_fetched(model, direction, result),
        Msg::WaitingRead(acts) => pending::read(model, acts),
        Msg::Delivered(fact) => pending::delivered(model, fact),
        Msg::Withdrawn { ticket, result } => walk::withdrawn(model, ticket, result),
        Msg::Decided { decision, result } => {
            cards::decided(model, decision, result);
            Vec::new()
        }
        Msg::DetailEnds(end) => {
            model.detail.offset = model.detail.offset.min(end);
            Vec::new()
        }
        Msg::Failed { what, why } => failed(model, what, why),
        Msg::Ended => vec![Effect::Quit],
    };
    sheet::follow(model);
    lists::refresh(model);
    effects.extend(walk::resume(model));
    effects.extend(journal::follow(model));
    effects.extend(recalled::ask(model));
    lists::keep_in_view(model);
    effects.extend(history::follow(model));
    effects.extend(notifications::follow(model));
    effects
}

fn pressed(model: &mut Model, bindings: &Bindings, key: Key) -> Vec<Effect> {
    model.messages.showing = false;
    let scope = match (&model.dialog, model.is_asking(), model.typing) {
        (Some(_), _, _) => Scope::Dialog,
        (None, true, _) => Scope::Form,
        (None, false, true) => Scope::Typing,
        (None, false, false) => Scope::Panels,
    };
    match (bindings.action(scope, key), scope) {
        (Some(action), Scope::Panels) => acted(model, action),
        (Some(Action::Suspend), _) => vec![Effect::Suspend],
        (Some(action), Scope::Dialog) => dialog::acted(model, action),
        (Some(action), Scope::Form) if model.sheet.is_some() => sheet::acted(model, action),
        (Some(action), Scope::Form) if mail::is_open(model) => mail::acted(model, action),
        (Some(action), Scope::Form) => form::acted(model, action),
        (Some(action), Scope::Typing) => typed(model, action),
        (None, Scope::Dialog) => {
            dialog::pressed(model, key);
            Vec::new()
        }
        (None, Scope::Form) if model.sheet.is_some() => {
            sheet::pressed(model, key);
            Vec::new()
        }
        (None, Scope::Form) => {
            form::pressed(model, key);
            Vec::new()
        }
        (None, Scope::Typing) => {
            filter::pressed(model, key);
            Vec::new()
        }
        (None, Scope::Panels) => Vec::new(),
    }
}

/// Pasted text goes into a line being typed; anywhere else it does nothing, whatever keys it is made of.
fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.dialog.is_some() {
        dialog::pasted(model, text);
    } else if model.sheet.is_some() {
        sheet::pasted(model, text);
    } else if model.form.is_some() {
        form::pasted(model, text);
    } else if model.typing {
        filter::pasted(model, text);
    }
    Vec::new()
}

fn typed(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Open {
        filter::accept(model);
    } else if action == Action::Back {
        filter::give_up(model);
    } else {
        navigate::moved(model, action);
    }
    Vec::new()
}

/// Does what was asked for.
fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up
        | Action::Down
        | Action::First
        | Action::Last
        | Action::PageUp
        | Action::PageDown
        | Action::HalfPageUp
        | Action::HalfPageDown => navigate::moved(model, action),
        Action::Left | Action::Right => navigate::sort_beside(model, action),
        Action::NextPanel | Action::PreviousPanel => navigate::turn(model, action),
        Action::ShowOverview => navigate::show(model, crate::panels::view::ViewId::Overview),
        Action::ShowReports => navigate::show(model, crate::panels::view::ViewId::Reports),
        Action::ShowTasks => navigate::show(model, crate::panels::view::ViewId::Tasks),
        Action::ShowJournal => navigate::show(model, crate::panels::view::ViewId::Journal),
        Action::NextView | Action::PreviousView => navigate::turn_view(model, action),
        Action::Open => navigate::open(model),
        Action::Back if model.snapshot.is_none() => return sync::stop(model),
        Action::Back => navigate::back(model),
        Action::StopLoading => return sync::stop(model),
        Action::Accept => return shrunk::accept(model),
        Action::Filter => filter::begin(model),
        Action::Coordinating => filter::coordinating(model),
        Action::Reverse => navigate::reverse(model),
        Action::Group => navigate::group(model),
        Action::Mark => marks::mark(model),
        Action::MarkRange => marks::range(model),
        Action::MarkAll => marks::all(model),
        Action::Acknowledge
        | Action::Remind
        | Action::Extend
        | Action::Done
        | Action::SendBack
        | Action::Escalate
        | Action::Snooze
        | Action::Note
        | Action::Progress
        | Action::Assign
        | Action::Submit
        | Action::RequestExtension
        | Action::Decline
        | Action::Exempt
        | Action::Pause
        | Action::Resume
        | Action::Cancel => return action.deed().map(|deed| triage::begin(model, deed)).unwrap_or_default(),
        Action::Arrivals => arrivals::begin(model),
        Action::OpenCase => cases::begin(model),
        Action::AmendTask | Action::AmendAgency | Action::AddTask => amend::begin(model, action),
        Action::Menu => triage::menu(model),
        Action::Undo => return walk::walk(model, Direction::Undo),
        Action::Redo => return walk::walk(model, Direction::Redo),
        Action::Repeat => return triage::repeat(model),
        Action::PreviousDay => return other_day::step(model, -1),
        Action::NextDay => return other_day::step(model, 1),
        Action::Today => other_day::back(model),
        Action::Zoom => model.zoomed = !model.zoomed,
        Action::Facets => dialog::open(model, Kind::Facets),
        Action::Sort => dialog::open(model, Kind::Sort),
        Action::Palette => dialog::open(model, Kind::Palette),
        Action::Help => dialog::open(model, Kind::Help),
        Action::Messages => dialog::open(model, Kind::Messages),
        Action::Language => set_language(model, model.language + 1),
        Action::Theme => model.theme = (model.theme + 1) % model.settings.themes.len().max(1),
        Action::Copy => return links::copy(model),
        Action::OpenLink => return links::open(model),
        Action::Cards => return cards::open(model),
        Action::Refresh => return sync::refresh(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

fn resized(model: &mut Model, width: u16, height: u16) -> Vec<Effect> {
    model.size = (width, height);
    Vec::new()
}

/// Shows the language at `place`, counted round; names are sorted in it.
fn set_language(model: &mut Model, place: usize) {
    model.language = place % model.settings.vocabularies.len().max(1);
    model.look_up();
    model.lists_changed(Level::All);
}

fn failed(model: &mut Model, what: Action, why: Text) -> Vec<Effect> {
    model.say(Grade::Error, Sentence::new("said-failed").with("what", what.word()).with("why", why));
    Vec::new()
}
