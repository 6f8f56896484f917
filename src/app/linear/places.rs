//! The way from place to place: choosing by number, commands, lists in parts, filters, another day.

use super::{
    super::{
        action::Action,
        choices::{self, Does},
        commands,
        effect::Effect,
        filter, intent, lists,
        model::Model,
        navigate, triage,
    },
    At, Command, PAGE, Place, Tell, What, at, chosen, listed, number, typed, unknown,
};
use crate::{
    domain::sentence::Sentence,
    panels::{PanelId, RowKey, view::ViewId},
};

/// A line typed at a place.
pub(super) fn answered(model: &mut Model, place: Place, typed: &str) -> Vec<Effect> {
    match place {
        Place::Filter => filter_asked(model, typed),
        Place::Day => day_asked(model, typed),
        Place::Home | Place::List | Place::Item | Place::Menu | Place::Help => in_place(model, typed),
    }
}

/// A place with everything that is to be told of it.
pub(super) fn go(model: &mut Model, place: Place) {
    let linear = &mut model.linear;
    (linear.place, linear.offset, linear.tell) = (place, 0, Tell::Whole);
}

/// The list, at the part in which the selected row stands; only that row is told.
pub(super) fn to_list(model: &mut Model) {
    let position = model.list(model.leading()).position;
    go(model, Place::List);
    (model.linear.offset, model.linear.tell) = (position / PAGE * PAGE, Tell::Choices);
}

/// The next part of what is listed, or the one before. In a list the cursor goes along: of the journal more is fetched.
pub(super) fn turn(model: &mut Model, onward: bool) {
    let (offset, length) = (model.linear.offset, listed(model));
    let next = if onward { offset + PAGE } else { offset.saturating_sub(PAGE) };
    if next >= length || (!onward && offset == 0) {
        model.linear.remarks.push(Sentence::new(if onward { "linear-list-ends" } else { "linear-list-begins" }));
        return;
    }
    (model.linear.offset, model.linear.tell) = (next, Tell::Whole);
    if at(model) == At::Place(Place::List) {
        let panel = model.leading();
        navigate::select(model, panel, next, false);
    }
}

fn in_place(model: &mut Model, typed: &str) -> Vec<Effect> {
    if let Some(number) = number(typed) {
        return match chosen(model, number) {
            Some(what) => choose(model, what),
            None => unknown(model, typed),
        };
    }
    if let Some(filter) = typed::filter(model, typed) {
        filter_by(model, &filter);
        return Vec::new();
    }
    match typed::command(model, typed) {
        Some(command) => commanded(model, command),
        None => unknown(model, typed),
    }
}

fn choose(model: &mut Model, what: What) -> Vec<Effect> {
    match what {
        What::Panel(panel) => show(model, panel),
        What::Row(key) => open_row(model, &key),
        What::Action(action) => return act(model, action),
        What::Command(command) => return commanded(model, command),
        // These are chosen where they are asked for.
        What::Choice(_) | What::Option(..) | What::Candidate(_) | What::Answer(_) => {}
    }
    Vec::new()
}

fn commanded(model: &mut Model, command: Command) -> Vec<Effect> {
    let place = model.linear.place;
    match command {
        Command::Onward if place == Place::List => turn(model, true),
        Command::Onward if place == Place::Help => back(model),
        Command::Onward | Command::Again => model.linear.tell = Tell::Whole,
        Command::Next if place == Place::Item => row_beside(model, 1),
        Command::Previous if place == Place::Item => row_beside(model, -1),
        Command::Next => turn(model, true),
        Command::Previous => turn(model, false),
        Command::Back => back(model),
        Command::Home => home(model),
        Command::Menu => open(model, Place::Menu),
        Command::Help => open(model, Place::Help),
        Command::Filter => open(model, Place::Filter),
        Command::Day => open(model, Place::Day),
        Command::Deeds => deeds(model),
        Command::Open => follow_row(model),
        Command::Mark => mark(model),
        Command::Unmark => {
            model.marks.clear();
            model.linear.remarks.push(Sentence::new("marked-count").with("count", 0usize));
        }
        Command::Today => return act(model, Action::Today),
        Command::Undo => return act(model, Action::Undo),
        Command::Redo => return act(model, Action::Redo),
        Command::Refresh => return act(model, Action::Refresh),
        Command::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

/// An action of the screen; what it opens is told next.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let lists = matches!(action, Action::Reverse | Action::Group | Action::Coordinating | Action::MarkAll);
    if model.linear.place == Place::Menu {
        let from = model.linear.from;
        go(model, if lists { Place::List } else { from });
        let is_whole = lists || matches!(action, Action::Language | Action::Today);
        model.linear.tell = if is_whole { Tell::Whole } else { Tell::Choices };
    }
    let effects = intent::acted(model, action);
    if action == Action::MarkAll {
        let count = model.marks.len();
        model.linear.remarks.push(Sentence::new("marked-count").with("count", count));
    }
    effects
}

/// Everything that can be done to the row, or to what is marked.
fn deeds(model: &mut Model) {
    if model.linear.place == Place::Menu {
        go(model, Place::List);
    }
    triage::menu(model);
    if model.dialog.is_none() {
        model.linear.remarks.push(Sentence::new("linear-no-deeds"));
    }
}

/// One step back; from the lists to where one began.
fn back(model: &mut Model) {
    match model.linear.place {
        Place::Home => model.linear.remarks.push(Sentence::new("linear-at-home")),
        Place::List if model.drills.is_empty() => {
            home(model);
            model.linear.tell = Tell::Choices;
        }
        Place::List => {
            filter::set(model, "");
            navigate::back(model);
            lists::refresh(model);
            to_list(model);
        }
        Place::Item => {
            let leading = model.leading();
            navigate::focus(model, leading);
            to_list(model);
        }
        Place::Menu | Place::Filter | Place::Day | Place::Help => {
            let from = model.linear.from;
            let offset = model.list(model.leading()).position / PAGE * PAGE;
            go(model, from);
            (model.linear.tell, model.linear.offset) = (Tell::Choices, offset);
        }
    }
}

fn home(model: &mut Model) {
    navigate::show(model, ViewId::Overview);
    go(model, Place::Home);
}

/// Shows a list from its beginning; what was drilled down to is left.
fn show(model: &mut Model, panel: PanelId) {
    navigate::show(model, ViewId::of(panel));
    navigate::focus(model, panel);
    lists::refresh(model);
    navigate::select(model, panel, 0, false);
    go(model, Place::List);
}

/// Everything about a row, wherever it stands by now.
fn open_row(model: &mut Model, key: &RowKey) {
    let panel = model.leading();
    let row = model.scene().and_then(|scene| key.row(&scene));
    let position = row.and_then(|row| model.list(panel).rows.iter().position(|other| *other == row));
    match position {
        Some(position) => {
            navigate::select(model, panel, position, false);
            go(model, Place::Item);
        }
        None => model.linear.remarks.push(Sentence::new("linear-row-gone")),
    }
}

/// What a row leads to: an agency's or a campaign's tasks, what an entry of the journal is about.
fn follow_row(model: &mut Model) {
    let (drills, panel) = (model.drills.len(), model.leading());
    if matches!(model.list(panel).selected, Some(RowKey::Item(_)) | None) {
        return deeds(model);
    }
    navigate::focus(model, panel);
    navigate::open(model);
    if model.drills.len() > drills {
        go(model, if panel == PanelId::Journal { Place::Item } else { Place::List });
    }
}

fn row_beside(model: &mut Model, by: isize) {
    let panel = model.leading();
    let before = model.list(panel).position;
    navigate::move_by(model, panel, by);
    if model.list(panel).position == before {
        model.linear.remarks.push(Sentence::new(if by > 0 { "linear-list-ends" } else { "linear-list-begins" }));
    } else {
        model.linear.tell = Tell::Whole;
    }
}

fn mark(model: &mut Model) {
    let Some(key @ RowKey::Item(_)) = model.list(model.leading()).selected.clone() else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    let count = model.marks.len();
    model.linear.remarks.push(Sentence::new("marked-count").with("count", count));
}

fn filter_asked(model: &mut Model, typed: &str) -> Vec<Effect> {
    if typed.is_empty() || typed == "0" || typed::is(model, typed, "linear-typed-leave") {
        back(model);
    } else {
        filter_by(model, if typed == "-" { "" } else { typed });
    }
    Vec::new()
}

/// Filters the list by a line; not by one of which a part is not understood.
fn filter_by(model: &mut Model, typed: &str) {
    if model.linear.place == Place::Home || model.linear.from == Place::Home && model.linear.place == Place::Filter {
        show(model, PanelId::Reports);
    }
    let before = model.filter().text().to_owned();
    filter::set(model, typed);
    if let Some(problem) = model.filter().query.problems.first().cloned() {
        filter::set(model, &before);
        model.linear.remarks.push(problem);
        return;
    }
    lists::refresh(model);
    let panel = model.leading();
    navigate::select(model, panel, 0, false);
    go(model, Place::List);
}

fn day_asked(model: &mut Model, typed: &str) -> Vec<Effect> {
    if typed.is_empty() || typed == "0" || typed::is(model, typed, "linear-typed-leave") {
        back(model);
        return Vec::new();
    }
    let meant = commands::said(model, &format!("at {typed}")).first;
    match meant.into_iter().find(|choice| matches!(choice.does, Does::GoTo(_))) {
        Some(choice) => {
            home(model);
            choices::chosen(model, choice.does)
        }
        None => {
            model.linear.remarks.push(Sentence::new("said-wrong-day"));
            Vec::new()
        }
    }
}

/// A place over another one, to come back from.
fn open(model: &mut Model, place: Place) {
    if matches!(model.linear.place, Place::Home | Place::List | Place::Item) {
        model.linear.from = model.linear.place;
    }
    go(model, place);
}

/// A row was gone to: everything about it is told.
pub(super) fn gone_to(model: &mut Model) {
    lists::refresh(model);
    go(model, Place::Item);
}

/// What stands in a dialog was chosen that sorts or filters a list: it is told anew.
pub(super) fn rearranged(model: &mut Model) {
    lists::refresh(model);
    go(model, Place::List);
}
