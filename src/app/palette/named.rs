//! What the palette has besides the plan's rows: saved views, every action, commands with arguments, languages, themes.

use super::super::{
    action::Action,
    choices::{Choice, Does, named, of_action},
    commands,
    model::Model,
};
use crate::panels::cell::Word;

/// All of it, in the order it is listed in.
pub(super) fn all(model: &Model) -> Vec<Choice> {
    let views = model.palette.views.all();
    let views = views.map(|(name, _)| named(model, Word("palette-view"), name, Does::Show(name.clone()), false));
    let actions = Action::ALL.iter().filter(|action| **action != Action::Palette);
    let actions = actions.map(|action| of_action(model, *action));
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
    views.chain(actions).chain(commands::all(model)).chain(languages).chain(themes).collect()
}
