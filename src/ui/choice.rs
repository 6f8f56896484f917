//! What a dialog is called, and what a line of it says at its left and at its right.

use super::{
    Look, found, keycap,
    paragraph::wrapped_pieces,
    pen::{Piece, width, width_of},
    plan,
    theme::Role,
    turned,
};
use crate::{
    app::{action::Action, choices::Label, dialog::Kind, messages::Level, model::Model},
    domain::sentence::Sentence,
};

/// The words over a dialog.
pub(super) fn title_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Help => "dialog-help",
        Kind::Palette => "dialog-palette",
        Kind::Facets => "dialog-facets",
        Kind::Sort => "dialog-sort",
        Kind::Messages => "dialog-messages",
        Kind::Plans => "dialog-plans",
        Kind::Deeds => "dialog-deeds",
        Kind::Results => "dialog-results",
        Kind::Changes => "dialog-changes",
        Kind::Cards => "dialog-cards",
        Kind::Card(_) => "dialog-card",
        Kind::Ask(_) => "dialog-ask",
        Kind::Confirm(_) => "dialog-confirm",
    }
}

/// At its left, and at its right.
pub(super) type Pieces<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>);

/// What a line says at its left and at its right.
pub(super) fn said<'a>(
    label: &'a Label,
    above: Option<&Label>,
    room: u16,
    model: &'a Model,
    look: &'a Look<'_>,
) -> Pieces<'a> {
    let change = |label: &Label| {
        let Label::Change(place) = label else { return None };
        model.changed.changes().all().get(*place)
    };
    match label {
        Label::Change(_) => match change(label) {
            Some(of) => {
                let first = above.and_then(change).map(|above| above.turn) != Some(of.turn);
                turned::line(of, (first, room), model, look)
            }
            None => (Vec::new(), Vec::new()),
        },
        Label::More(count) => {
            let said = look.words.with("changes-more", &[("count", (*count).into())]);
            (vec![Piece::new(Role::Dim, said)], Vec::new())
        }
        Label::Action(action) => {
            let left = vec![Piece::new(Role::Text, look.words.get(action.word().0))];
            (left, vec![Piece::new(Role::Key, keys_of(*action, look))])
        }
        Label::Word(word) => (vec![Piece::new(Role::Text, look.words.get(word.0))], Vec::new()),
        Label::Of(field, word) => {
            let beside = vec![Piece::new(Role::Dim, look.words.get(field.0))];
            (vec![Piece::new(Role::Text, look.words.get(word.0))], beside)
        }
        Label::Named(word, text) => {
            let field = look.words.get(word.0);
            (vec![Piece::new(Role::Text, text.as_str())], vec![Piece::new(Role::Dim, field)])
        }
        Label::Plan(line) => plan::line(line, model, look),
        Label::Found(key) => found::row(key, model, look),
        Label::Command(command) => found::command(command, look),
        Label::Impossible(action, why) => {
            let left = vec![Piece::new(Role::Dim, look.words.get(action.word().0))];
            if model.read_only().is_some_and(|all| why.id == all.0) {
                // What holds for every line is said once, below.
                return (left, Vec::new());
            }
            // In a list of them long and short ones would be read as different: no more than half a line for each.
            let why = reason(why, room.saturating_sub(width_of(&left) + 2).min(room / 2), look);
            (left, vec![Piece::new(Role::Dim, why)])
        }
        Label::Said(said) => {
            let at = model.zone.to_datetime(said.at);
            let at = format!(
                "{} {:02}:{:02}  ",
                look.words.short_date(at.date(), model.today.date.year()),
                at.hour(),
                at.minute()
            );
            let text = look.words.say(&said.sentence);
            (vec![Piece::new(Role::Dim, at), Piece::new(role_of(said.level), text)], Vec::new())
        }
        Label::Became(level, sentence) => {
            let text = Piece::new(role_of(*level), look.words.say(sentence));
            (vec![Piece::new(Role::Dim, ""), text], Vec::new())
        }
    }
}

fn role_of(level: Level) -> Role {
    match level {
        Level::Info => Role::Text,
        Level::Error => Role::DueSoon,
    }
}

/// The lines of what was said too long for one, below when it was said; none where it fits into its line.
pub(super) fn unfolded(label: &Label, room: u16, model: &Model, look: &Look<'_>) -> Option<Vec<Vec<Piece<'static>>>> {
    if !matches!(label, Label::Said(_) | Label::Became(..)) {
        return None;
    }
    let (left, _) = said(label, None, room, model, look);
    let (at, text) = left.split_first().filter(|_| width_of(&left) > room)?;
    let indent = width_of(std::slice::from_ref(at));
    let mut lines = wrapped_pieces(text, room.saturating_sub(indent));
    for (place, line) in lines.iter_mut().enumerate() {
        let before = if place == 0 { at.text.to_string() } else { " ".repeat(indent.into()) };
        line.insert(0, Piece::new(at.role, before));
    }
    Some(lines)
}

/// Why something is not possible; shorter where there is not the room. The footer says the whole of the selected one.
fn reason(why: &Sentence, room: u16, look: &Look<'_>) -> String {
    let whole = look.words.say(why);
    let short = format!("{}-short", why.id);
    if width(&whole) <= room || !look.words.has(&short) {
        return whole;
    }
    look.words.say_as(&short, why)
}

/// The keys an action has, the two shortest.
fn keys_of(action: Action, look: &Look<'_>) -> String {
    let ascii = look.glyphs.is_ascii();
    let mut names = keycap::names(look.bindings, action, ascii);
    names.truncate(2);
    names.join("  ")
}
