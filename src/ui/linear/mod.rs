//! Linear mode as it is read: plain lines, one fact a line, everything in words. Pure: the model in, lines out. Nothing is
//! drawn, nothing is written over; what was said scrolls away. Places are in `place.rs`, questions in `asking.rs`, cells in
//! `cell.rs`.

mod asking;
mod cell;
mod item;
mod place;
mod plain;

use super::{Look, glyphs::SPOKEN};
use crate::{
    app::{
        linear::{self, At, Tell},
        messages::Level,
        model::Model,
    },
    words::Words,
};

/// What is to be told now: what happened, what is to be said of the last line, where one is, what is asked.
pub fn lines(model: &Model, look: &Look<'_>) -> Vec<String> {
    let look = Look { glyphs: &SPOKEN, ..*look };
    let words = look.words;
    let mut lines: Vec<String> = Vec::new();
    for said in linear::news(model) {
        let text = words.say(&said.sentence);
        lines.push(match said.level {
            Level::Info => text,
            Level::Error => words.with("linear-attention", &[("said", text.into())]),
        });
    }
    lines.extend(model.linear.remarks.iter().map(|remark| words.say(remark)));
    let tell = linear::tell(model);
    match linear::at(model) {
        At::Dialog => asking::dialog(model, tell, &look, &mut lines),
        At::Sheet => asking::sheet(model, tell, &look, &mut lines),
        At::Form => asking::form(model, tell, &look, &mut lines),
        At::Letters => asking::letters(model, tell, &look, &mut lines),
        At::Sending => asking::sending(model, &look, &mut lines),
        At::Place(at) => place::lines(model, at, tell, &look, &mut lines),
    }
    lines.iter().map(|line| plain::plain(line, words)).filter(|line| !line.is_empty()).collect()
}

/// Something that happened beside what is told, as one line.
pub fn line(text: &str, words: &Words) -> String {
    plain::plain(text, words)
}

/// What can be chosen, by number.
fn numbered(number: usize, said: &str) -> String {
    format!("{number}. {said}")
}

/// Is that much to be told?
fn is_told(tell: Tell, least: Tell) -> bool {
    tell >= least
}
