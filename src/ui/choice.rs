//! What a line of a dialog says, at its left and at its right.

use super::{
    Look, found, keycap,
    pen::{Piece, width, width_of},
    plan,
    theme::Role,
    turned,
};
use crate::{
    app::{action::Action, choices::Label, messages::Level, model::Model},
    domain::sentence::Sentence,
};

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
            Some(of) => turned::line(of, above.and_then(change).map(|above| above.turn) != Some(of.turn), model, look),
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
            let why = reason(why, room.saturating_sub(width_of(&left) + 2), look);
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
            let role = match said.level {
                Level::Info => Role::Text,
                Level::Error => Role::DueSoon,
            };
            (vec![Piece::new(Role::Dim, at), Piece::new(role, text)], Vec::new())
        }
    }
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
