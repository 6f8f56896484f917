//! Intents: what a key, pasted text or a chosen action asks for, and who does it.

use super::{
    action::Action,
    amend, arrivals, cards, cases, changed,
    dialog::{self, Kind},
    effect::{Direction, Effect},
    filter, first_steps, form, hand_over,
    keys::{Bindings, Key, Scope},
    links, mail, marks, matrix,
    model::Model,
    navigate, other_day, plans, sheet, shrunk, sync, timeline, triage, walk,
};
use crate::panels::{stretch::Scale, view::ViewId};

pub(super) fn pressed(model: &mut Model, bindings: &Bindings, key: Key) -> Vec<Effect> {
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
        (Some(action), Scope::Typing) => {
            filter::acted(model, action);
            Vec::new()
        }
        // Nothing is looked for yet: in the list of changes this key says that they were read.
        (None, Scope::Dialog)
            if dialog::is_untouched(model, Kind::Changes)
                && bindings.action(Scope::Panels, key) == Some(Action::MarkSeen) =>
        {
            model.dialog = None;
            acted(model, Action::MarkSeen)
        }
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
pub(super) fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
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

/// Does what was asked for.
pub(super) fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    let mut effects = done(model, action);
    effects.extend(first_steps::acted(model, action));
    effects
}

fn done(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up
        | Action::Down
        | Action::First
        | Action::Last
        | Action::PageUp
        | Action::PageDown
        | Action::HalfPageUp
        | Action::HalfPageDown => navigate::moved(model, action),
        Action::Left | Action::Right => navigate::sideways(model, action),
        Action::PageLeft | Action::PageRight => timeline::paged(model, action),
        Action::Closer => timeline::scaled(model, Scale::closer),
        Action::Wider => timeline::scaled(model, Scale::wider),
        Action::ShowNow => timeline::home(model),
        Action::NextPanel | Action::PreviousPanel => navigate::turn(model, action),
        Action::ShowOverview => navigate::show(model, ViewId::Overview),
        Action::ShowReports => navigate::show(model, ViewId::Reports),
        Action::ShowTasks => navigate::show(model, ViewId::Tasks),
        Action::ShowCampaigns => navigate::show(model, ViewId::Campaigns),
        Action::ShowMatrix => navigate::show(model, ViewId::Matrix),
        Action::ShowTrend => navigate::show(model, ViewId::Trend),
        Action::ShowJournal => navigate::show(model, ViewId::Journal),
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
        Action::SwitchMatrix => matrix::switch(model),
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
        Action::Today => changed::today(model),
        Action::MarkSeen => return changed::mark_seen(model),
        Action::Changes => changed::list(model),
        Action::Zoom => model.zoomed = !model.zoomed,
        Action::Facets => dialog::open(model, Kind::Facets),
        Action::Sort => dialog::open(model, Kind::Sort),
        Action::Palette => dialog::open(model, Kind::Palette),
        Action::Help => dialog::open(model, Kind::Help),
        Action::Plans => return plans::list(model),
        Action::HandOver => hand_over::begin(model),
        Action::Messages => dialog::open(model, Kind::Messages),
        Action::Language => model.set_language(model.language + 1),
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
