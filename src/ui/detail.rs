//! Draws the detail: facts with their names beside them, sections, the history; wrapped by width, scrolled by line.

use ratatui::buffer::Buffer;

use super::{
    Look, bars, cell,
    cell::Saying,
    entry as said, frame,
    paragraph::wrapped_pieces,
    pen::{Piece, put, put_pieces, truncated, width},
    status,
    theme::Role,
    wording,
};
use crate::{
    domain::{
        item::Item,
        status::{Base, Cell as Standing, Today, cell as standing, time},
        summary::Figures,
    },
    panels::{
        cell::{Cell, Word},
        column::Align,
        detail::Line,
        view::Area,
    },
};

/// The widest a fact's name may be.
const WIDEST_NAME: u16 = 22;

/// A line as it stands on the screen.
struct Shown<'a> {
    name: Option<Piece<'a>>,
    indent: u16,
    pieces: Vec<Piece<'static>>,
    bar: Option<&'a Figures>,
}

fn inside(area: Area) -> Area {
    let inside = area.inside();
    Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Draws `lines` into the panel at `area`, from the line `offset` on; no further than to its last page, whose
/// first line it gives.
pub fn draw(
    buffer: &mut Buffer,
    area: Area,
    lines: &[Line<'_>],
    (offset, focused): (usize, bool),
    (saying, today): (Saying<'_>, Today),
    look: &Look<'_>,
) -> usize {
    let inside = inside(area);
    let shown = lay_out(lines, inside.width, saying, today);
    let end = shown.len().saturating_sub(usize::from(inside.height));
    let offset = offset.min(end);
    let seen = shown.iter().skip(offset).take(usize::from(inside.height));
    for (y, line) in (inside.y..).zip(seen) {
        if let Some(name) = &line.name {
            let room = line.indent.saturating_sub(1);
            let text = truncated(&name.text, room, look.glyphs.ellipsis);
            put(buffer, inside.x, y, room, &text, look.palette.style(name.role));
        }
        let x = inside.x.saturating_add(line.indent);
        let room = inside.width.saturating_sub(line.indent);
        let style = |role| look.palette.style(role);
        let end = put_pieces(buffer, (x, y), (room, Align::Left), &line.pieces, look.glyphs.ellipsis, style);
        if let Some(figures) = line.bar {
            // Below each other, whatever stands before them.
            let from = (end + 2).max(x + 9);
            let left = (inside.x + inside.width).saturating_sub(from).min(24);
            bars::draw(buffer, (from, y), left, figures, look);
        }
    }
    frame::thumb(buffer, area, inside, (offset, shown.len()), focused, look);
    end
}

fn lay_out<'a>(lines: &[Line<'a>], room: u16, saying: Saying<'a>, today: Today) -> Vec<Shown<'a>> {
    let names = lines.iter().filter_map(|line| match line {
        Line::Fact(word, _) => Some(width(&saying.words.get(word.0))),
        Line::Title(_) | Line::Section(_) | Line::Entry(..) | Line::Waiting(..) | Line::Point(..) | Line::Of(..) => {
            None
        }
    });
    let indent = names.max().unwrap_or(0).min(WIDEST_NAME).min(room * 2 / 5) + 2;
    let mut shown = Vec::new();
    for line in lines {
        match line {
            Line::Title(cell) => {
                let mut said = Vec::new();
                cell::pieces(cell, saying, &mut said);
                let titled: Vec<_> = said.into_iter().map(|piece| Piece { role: Role::Title, ..piece }).collect();
                add(&mut shown, None, 0, &titled, room);
            }
            Line::Section(word) => {
                shown.push(Shown { name: None, indent: 0, pieces: Vec::new(), bar: None });
                add(&mut shown, None, 0, &[Piece::new(Role::Heading, saying.words.get(word.0))], room);
            }
            Line::Fact(word, cells) => fact(&mut shown, *word, cells, indent, room, saying),
            Line::Entry(line, here) => {
                let day = saying.words.short_date(line.entry.on, saying.year);
                let indent = width(&day) + 2;
                let (name, said) = (Piece::new(Role::Dim, day), said::whole(*line, saying));
                if *here {
                    let lit = |piece: Piece<'static>| Piece { role: Role::Accent, ..piece };
                    let said: Vec<_> = said.into_iter().map(lit).collect();
                    add(&mut shown, Some(lit(name)), indent, &said, room);
                } else {
                    add(&mut shown, Some(name), indent, &said, room);
                }
            }
            Line::Waiting(line, mark) => {
                let day = saying.words.short_date(line.entry.on, saying.year);
                let indent = width(&day) + 2;
                let mut said = vec![wording::unconfirmed(*mark, saying)];
                said.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
                said.extend(said::whole(*line, saying));
                add(&mut shown, Some(Piece::new(Role::Dim, day)), indent, &said, room);
            }
            Line::Point(title, item) => point(&mut shown, title.get(saying.language()), item, room, saying, today),
            Line::Of(cell, item) => {
                let mut said = Vec::new();
                cell::pieces(cell, saying, &mut said);
                let title: String = said.iter().map(|piece| piece.text.as_ref()).collect();
                point(&mut shown, &title, item, room, saying, today);
            }
        }
    }
    shown
}

fn fact<'a>(shown: &mut Vec<Shown<'a>>, word: Word, cells: &[Cell<'a>], indent: u16, room: u16, saying: Saying<'a>) {
    let mut said = Vec::new();
    let mut bar = None;
    for cell in cells {
        if let Cell::Bar(figures) = cell {
            bar = Some(*figures);
            continue;
        }
        if !said.is_empty() {
            said.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
        }
        cell::pieces(cell, saying, &mut said);
    }
    let first = shown.len();
    add(shown, Some(Piece::new(Role::Dim, saying.words.get(word.0))), indent, &said, room);
    if let Some(line) = shown.get_mut(first) {
        line.bar = bar;
    }
}

/// A milestone: its sign, what it is, by when.
fn point<'a>(shown: &mut Vec<Shown<'a>>, title: &str, item: &Item, room: u16, saying: Saying<'a>, today: Today) {
    let cell = standing(item, today);
    let role = status::role(item.state.base, cell);
    let sign = status::sign(saying.glyphs, item.state.base, cell);
    let due = item.due.map(|due| saying.words.short_date(due, saying.year)).unwrap_or_default();
    let text = if item.state.base.is_open() { Role::Text } else { Role::Dim };
    let mut pieces = vec![Piece::new(status::due_role(time(item, today)), format!("{due}  ")), Piece::new(text, title)];
    // That nothing has come yet and there is time needs no word.
    if item.state.base != Base::NotStarted || cell != Some(Standing::InTime) {
        let word = saying.words.get(status::word(item.kind(), item.state.base, cell));
        pieces.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
        pieces.push(Piece::new(role, word));
    }
    add(shown, Some(Piece::new(role, sign)), 2, &pieces, room);
}

/// Adds text wrapped beside its name.
fn add<'a>(shown: &mut Vec<Shown<'a>>, name: Option<Piece<'a>>, indent: u16, pieces: &[Piece<'_>], room: u16) {
    let mut name = name;
    for pieces in wrapped_pieces(pieces, room.saturating_sub(indent)) {
        shown.push(Shown { name: name.take(), indent, pieces, bar: None });
    }
}
