//! What the palette has besides the plan's rows: saved views, every action, commands with arguments, languages, themes.

use super::super::{
    action::Action,
    choices::{Choice, Does, named, of_action},
    commands,
    model::Model,
    navigate::step,
};
use crate::panels::{cell::Word, view::VIEWS};

/// All of it, in the order it is listed in.
pub(super) fn all(model: &Model) -> Vec<Choice> {
    let views = model.palette.views.all();
    let views = views.map(|(name, _)| named(model, Word("palette-view"), name, Does::Show(name.clone()), false));
    // What one looks for first, and last what only moves.
    let shows: Vec<Action> = VIEWS.iter().map(|view| Action::show(view.id)).collect();
    let others = Action::ALL.iter().filter(|action| **action != Action::Palette && !shows.contains(action));
    let (moves, others): (Vec<Action>, Vec<Action>) = others.partition(|action| step(**action, 1).is_some());
    let action = |action| of_action(model, action);
    let languages = model.settings.vocabularies.iter().enumerate().map(|(place, vocabulary)| {
        let on = place == model.language;
        named(model, Word("palette-language"), vocabulary.language, Does::Language(place), on)
    });
    let themes = model
        .settings
        .themes
        .iter()
        .enumerate()
        .map(|(place, theme)| named(model, Word("palette-theme"), theme, Does::Theme(place), place == model.theme));
    let actions = shows.into_iter().chain(others).map(action).chain(commands::all(model));
    views.chain(actions).chain(languages).chain(themes).chain(moves.into_iter().map(action)).collect()
}
