//! Draws the detail: facts with their names beside them, sections, the history; wrapped by width, scrolled by line. What may
//! stand side by side does where there is room for all of it.

use ratatui::buffer::Buffer;

use super::{
    Look, bars, cell,
    cell::Saying,
    entry as said, frame, offices,
    paragraph::wrapped_pieces,
    pen::{Piece, put, put_pieces, truncated, width},
    status,
    theme::Role,
    turned, wording,
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
    offices: Option<offices::Row<'a>>,
}

impl<'a> Shown<'a> {
    fn new(name: Option<Piece<'a>>, indent: u16, pieces: Vec<Piece<'static>>) -> Self {
        Shown { name, indent, pieces, bar: None, offices: None }
    }
}

/// The least each part needs to stand beside the others.
const BESIDE: u16 = 30;
/// Cells between two parts.
const GAP: u16 = 3;

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
    let (above, parts) = apart(lines, inside.width);
    let above = lay_out(above, inside.width, saying, today);
    let lay = |(lines, x, width)| (lay_out(lines, width, saying, today), inside.x + x, width);
    let parts: Vec<(Vec<Shown<'_>>, u16, u16)> = parts.into_iter().map(lay).collect();
    let total = above.len() + parts.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
    let end = total.saturating_sub(usize::from(inside.height));
    let offset = offset.min(end);
    for (y, at) in (inside.y..inside.y + inside.height).zip(offset..) {
        if let Some(line) = above.get(at) {
            draw_line(buffer, Area { y, height: 1, ..inside }, line, saying, look);
            continue;
        }
        for (part, x, width) in &parts {
            if let Some(line) = part.get(at - above.len()) {
                draw_line(buffer, Area { x: *x, y, width: *width, height: 1 }, line, saying, look);
            }
        }
    }
    frame::thumb(buffer, area, inside, (offset, total), focused, look);
    end
}

/// A part of the lines, from where on it stands, and how wide it is.
type Part<'l, 'a> = (&'l [Line<'a>], u16, u16);

/// What stands above, and the parts that stand side by side below it; those between the first and the last have the more room.
fn apart<'l, 'a>(lines: &'l [Line<'a>], room: u16) -> (&'l [Line<'a>], Vec<Part<'l, 'a>>) {
    let begins = |line: &Line<'_>| matches!(line, Line::Beside(_));
    let titled = usize::from(matches!(lines.first(), Some(Line::Title(_))));
    let (above, mut rest) = lines.split_at(titled);
    let mut parts = Vec::new();
    while let Some(next) = rest.iter().skip(1).position(begins) {
        let (part, after) = rest.split_at(next + 1);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    let width = room.saturating_sub(GAP.saturating_mul(count - 1)) / count;
    if count == 1 || width < BESIDE {
        return (lines, Vec::new());
    }
    let edge = if count > 2 { width * 9 / 10 } else { width };
    let mut x = 0;
    let place = |(at, lines): (usize, &'l [Line<'a>])| {
        let is_edge = at == 0 || at + 1 == usize::from(count);
        let wide = if is_edge { edge } else { width + 2 * (width - edge) / (count - 2) };
        let part = (lines, x, wide);
        x += wide + GAP;
        part
    };
    (above, parts.into_iter().enumerate().map(place).collect())
}

fn draw_line(buffer: &mut Buffer, area: Area, line: &Shown<'_>, saying: Saying<'_>, look: &Look<'_>) {
    let (y, style) = (area.y, |role| look.palette.style(role));
    if let Some(row) = &line.offices {
        offices::draw(buffer, area, row, saying, look);
        return;
    }
    if let Some(name) = &line.name {
        let room = line.indent.saturating_sub(1);
        let text = truncated(&name.text, room, look.glyphs.ellipsis);
        put(buffer, area.x, y, room, &text, style(name.role));
    }
    let x = area.x.saturating_add(line.indent);
    let room = area.width.saturating_sub(line.indent);
    let end = put_pieces(buffer, (x, y), (room, Align::Left), &line.pieces, look.glyphs.ellipsis, style);
    if let Some(figures) = line.bar {
        // Below each other, whatever stands before them.
        let from = (end + 2).max(x + 9);
        let left = (area.x + area.width).saturating_sub(from).min(24);
        bars::draw(buffer, (from, y), left, figures, look);
    }
}

fn lay_out<'a>(lines: &[Line<'a>], room: u16, saying: Saying<'a>, today: Today) -> Vec<Shown<'a>> {
    let names = lines.iter().filter_map(|line| match line {
        Line::Fact(word, _) | Line::Change(word, ..) => Some(width(&saying.words.get(word.0))),
        Line::Title(_)
        | Line::Section(_)
        | Line::Instead(_)
        | Line::Entry(..)
        | Line::Waiting(..)
        | Line::Point(..)
        | Line::Of(..)
        | Line::Beside(_)
        | Line::Offices(..) => None,
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
            Line::Section(word) | Line::Beside(word) | Line::Instead(word) => {
                // What begins a part needs nothing above it.
                if !shown.is_empty() {
                    shown.push(Shown::new(None, 0, Vec::new()));
                }
                let role = if matches!(line, Line::Instead(_)) { Role::Dim } else { Role::Heading };
                add(&mut shown, None, 0, &[Piece::new(role, saying.words.get(word.0))], room);
            }
            Line::Fact(word, cells) => fact(&mut shown, *word, cells, indent, room, saying),
            Line::Entry(line, here) => {
                let day = saying.short_date(line.entry.on);
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
                let day = saying.short_date(line.entry.on);
                let indent = width(&day) + 2;
                let mut said = vec![wording::unconfirmed(*mark, saying)];
                said.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
                said.extend(said::whole(*line, saying));
                add(&mut shown, Some(Piece::new(Role::Dim, day)), indent, &said, room);
            }
            Line::Change(word, change, item) => {
                let said = turned::whole(change, item, today, saying);
                add(&mut shown, Some(label(*word, saying)), indent, &said, room);
            }
            Line::Point(title, item) => point(&mut shown, title.get(saying.language()), item, room, saying, today),
            Line::Offices(offices, agencies) => {
                let row = |row| Shown { offices: Some(row), ..Shown::new(None, 0, Vec::new()) };
                shown.extend(offices::rows(offices, agencies, room).map(row));
            }
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
    add(shown, Some(label(word, saying)), indent, &said, room);
    if let Some(line) = shown.get_mut(first) {
        line.bar = bar;
    }
}

/// A milestone: its sign, what it is, by when.
fn point<'a>(shown: &mut Vec<Shown<'a>>, title: &str, item: &Item, room: u16, saying: Saying<'a>, today: Today) {
    let cell = standing(item, today);
    let role = status::role(item.state.base, cell);
    let sign = status::sign(saying.glyphs, item.state.base, cell);
    let due = item.due.map(|due| saying.short_date(due)).unwrap_or_default();
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

/// The name of a fact: some are words that stand in sentences elsewhere, and begin small there.
fn label<'a>(word: Word, saying: Saying<'a>) -> Piece<'a> {
    let word = saying.words.get(word.0);
    let mut letters = word.chars();
    let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    Piece::new(Role::Dim, name.unwrap_or_default())
}

/// Adds text wrapped beside its name.
fn add<'a>(shown: &mut Vec<Shown<'a>>, name: Option<Piece<'a>>, indent: u16, pieces: &[Piece<'_>], room: u16) {
    let mut name = name;
    for pieces in wrapped_pieces(pieces, room.saturating_sub(indent)) {
        shown.push(Shown::new(name.take(), indent, pieces));
    }
}
