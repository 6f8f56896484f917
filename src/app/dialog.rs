//! The dialog: help, palette, facets, sort, messages, or a question. Its state, and what keys do in it. What it lists is in
//! `choices.rs`.

use std::borrow::Cow;

use tui_input::Input;

use super::{
    action::Action,
    cards, changed,
    choices::{self, Choice},
    effect::Effect,
    keys::Key,
    line,
    model::Model,
    navigate, plans,
};
use crate::domain::{id::EntryId, text::fold_marks};

/// What is open over the panels: a list with a search line.
#[derive(Clone, Debug)]
pub struct Dialog {
    /// What it is for.
    pub kind: Kind,
    /// The search line.
    pub input: Input,
    /// The place of the selected choice among those that match.
    pub selected: usize,
}

/// What a dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The keys; Enter does what the line says.
    Help,
    /// Commands and actions.
    Palette,
    /// Values to filter by.
    Facets,
    /// Columns to sort by.
    Sort,
    /// What was said before.
    Messages,
    /// Every deed, possible or not.
    Deeds,
    /// What became of each item of the last act.
    Results,
    /// Acts that did not go through.
    Cards,
    /// One of them: mine, theirs, what I had seen, and what to do about it.
    Card(EntryId),
    /// Something the source asks, and what may be answered.
    Ask(EntryId),
    /// What is different since the last look, or from another day.
    Changes,
    /// Other plans, and how they stand.
    Plans,
    /// Something to be sure about; No is the first choice.
    Confirm(Question),
}

/// Something to be sure about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Take off more than three marks?
    ClearMarks,
}

impl Kind {
    /// Can one search in it?
    pub fn is_searched(self) -> bool {
        !matches!(self, Kind::Confirm(_) | Kind::Card(_) | Kind::Ask(_))
    }
}

/// Opens a dialog.
pub fn open(model: &mut Model, kind: Kind) {
    model.dialog = Some(Dialog { kind, input: Input::default(), selected: 0 });
}

/// The choices of the open dialog that match its search line.
pub fn choices(model: &Model) -> Cow<'_, [Choice]> {
    listed(model).0
}

/// The same, and how many there would be if nothing were typed.
pub fn listed(model: &Model) -> (Cow<'_, [Choice]>, usize) {
    let Some(dialog) = &model.dialog else { return (Cow::Borrowed(&[]), 0) };
    let all = match dialog.kind {
        Kind::Palette => {
            let found = model.palette.found();
            return (Cow::Borrowed(found), found.len());
        }
        Kind::Help => choices::help(model),
        Kind::Facets => choices::facets(model),
        Kind::Sort => choices::sort(model),
        Kind::Messages => choices::messages(model),
        Kind::Deeds => choices::deeds(model),
        Kind::Results => choices::results(model),
        Kind::Changes => changed::digest::choices(model),
        Kind::Plans => plans::choices(model),
        Kind::Cards => cards::cards(model),
        Kind::Card(id) => cards::answers(model, id),
        Kind::Ask(id) => cards::replies(model, id),
        Kind::Confirm(question) => choices::answers(question),
    };
    let typed = fold_marks(dialog.input.value());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let count = all.len();
    (all.into_iter().filter(|choice| words.iter().all(|word| choice.search.contains(word))).collect(), count)
}

/// Puts `text` into the search line of the palette, to be gone on with.
pub(super) fn complete(model: &mut Model, text: String) {
    model.dialog = Some(Dialog { kind: Kind::Palette, input: Input::new(text), selected: 0 });
}

/// An action while a dialog is open.
pub fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    let on_card = matches!(model.dialog, Some(Dialog { kind: Kind::Card(_) | Kind::Ask(_), .. }));
    if action == Action::Back && on_card {
        open(model, Kind::Cards);
    } else if action == Action::Back {
        model.dialog = None;
    } else if action == Action::Open {
        return choose(model, true);
    } else if action == Action::Mark {
        return choose(model, false);
    } else if let Some(by) = navigate::step(action, usize::from(model.size.1 / 2)) {
        let last = choices(model).len().saturating_sub(1);
        if let Some(dialog) = &mut model.dialog {
            dialog.selected = dialog.selected.saturating_add_signed(by).min(last);
        }
    }
    Vec::new()
}

/// Is this one open, and nothing typed in it?
pub(super) fn is_untouched(model: &Model, kind: Kind) -> bool {
    model.dialog.as_ref().is_some_and(|dialog| dialog.kind == kind && dialog.input.value().is_empty())
}

/// A key that is bound to nothing while a dialog is open: it goes into the search line.
pub fn pressed(model: &mut Model, key: Key) {
    let Some(dialog) = model.dialog.as_mut().filter(|dialog| dialog.kind.is_searched()) else { return };
    if key.edit(&mut dialog.input) {
        dialog.selected = 0;
    }
}

/// Text pasted into the search line.
pub fn pasted(model: &mut Model, text: &str) {
    let Some(dialog) = model.dialog.as_mut().filter(|dialog| dialog.kind.is_searched()) else { return };
    line::paste(&mut dialog.input, text);
    dialog.selected = 0;
}

/// Does what the selected choice says. Facets ticked with Tab leave the dialog open for more.
fn choose(model: &mut Model, closes: bool) -> Vec<Effect> {
    let Some(dialog) = &model.dialog else { return Vec::new() };
    let (selected, kind) = (dialog.selected, dialog.kind);
    let stays = !closes && kind == Kind::Facets;
    let choice = choices(model).get(selected).cloned();
    if let Some(choice) = choice.as_ref().filter(|_| kind == Kind::Palette) {
        model.palette.remember(choice);
    }
    if !stays {
        model.dialog = None;
    }
    choice.map(|choice| choices::chosen(model, choice.does)).unwrap_or_default()
}
