//! Draws a letter of a sitting, in the list below its sheet.

use ratatui::buffer::Buffer;

use super::{
    Look,
    pen::{Piece, put_pieces, width_of},
    theme::Role,
};
use crate::{
    app::{
        model::Model,
        results::{self, Became},
        sheet::Arrived,
    },
    domain::sentence::Sentence,
    panels::{column::Align, view::Area},
};

/// A letter of this sitting: its number in it, the report, the document, what became of it where it was not recorded.
pub(super) fn draw(buffer: &mut Buffer, area: Area, number: usize, arrived: &Arrived, model: &Model, look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let (role, sign) = match &arrived.became {
        None => (Role::Dim, look.glyphs.ellipsis),
        Some(Became::Done | Became::Queued | Became::Withdrawn) => (Role::Text, look.glyphs.chosen[1]),
        Some(Became::Uncertain | Became::Conflict(_) | Became::Refused(_) | Became::Unfit(_) | Became::Failed(_)) => {
            (Role::Error, look.glyphs.left_out)
        }
    };
    let why = arrived.became.as_ref().filter(|became| **became != Became::Done).map(|became| {
        let line = Sentence::new("sheet-why");
        look.words.say(&line.with("why", results::why_not(became)))
    });
    let beside = why.or(arrived.document.as_ref().map(ToString::to_string)).unwrap_or_default();
    let right = [Piece::new(role, beside)];
    let taken = width_of(&right).min(area.width / 2);
    let place = (area.x + area.width - taken, area.y);
    put_pieces(buffer, place, (taken, Align::Right), &right, look.glyphs.ellipsis, style);
    let name = look.words.say(&Sentence::new("sheet-letter").with("item", results::name(model, &arrived.item)));
    let left = [Piece::new(Role::Dim, format!("{number:>3} {sign} ")), Piece::new(role, name)];
    let room = area.width.saturating_sub(taken + 2);
    put_pieces(buffer, (area.x, area.y), (room, Align::Left), &left, look.glyphs.ellipsis, style);
}
