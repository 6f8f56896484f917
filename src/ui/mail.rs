//! Draws letters before they are sent, with the question; and how far sending has come.

use ratatui::buffer::Buffer;

use super::{
    Look, frame,
    paragraph::wrapped,
    pen::{Piece, blank, put, put_pieces, truncated},
    theme::Role,
};
use crate::{
    app::{
        mail::{Mail, Preview},
        model::Model,
    },
    panels::{column::Align, view::Area},
};

/// The widest a letter is shown.
const WIDEST: u16 = 96;

/// Draws what is done about mail over `screen`; nothing where nothing is.
pub fn draw(buffer: &mut Buffer, screen: Area, model: &Model, look: &Look<'_>) {
    match &model.mail {
        Mail::None => {}
        Mail::Asking { preview, offset, yes } => asking(buffer, screen, (preview, *offset, *yes), look),
        Mail::Sending { ended, count, stopping } => sending(buffer, screen, (*ended, *count, *stopping), look),
    }
}

fn asking(buffer: &mut Buffer, screen: Area, (preview, offset, yes): (&Preview, usize, bool), look: &Look<'_>) {
    let (width, height) = (WIDEST.min(screen.width.saturating_sub(2)), screen.height.saturating_sub(2));
    if width < 20 || height < 5 {
        return;
    }
    let area = Area { x: screen.x + (screen.width - width) / 2, y: screen.y + 1, width, height };
    blank(buffer, area, look.palette.style(Role::Text));
    let count = look.words.with("mail-count", &[("count", preview.letters.len().into())]);
    let title = [Piece::new(Role::Text, look.words.get("mail-preview"))];
    frame::draw(buffer, area, true, &title, &[Piece::new(Role::Dim, count)], look);
    let inside = area.inside();
    let inside = Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut lines: Vec<String> = Vec::new();
    for letter in &preview.letters {
        if !lines.is_empty() {
            lines.push(look.glyphs.border.horizontal.repeat(usize::from(inside.width)));
        }
        for line in letter {
            let shown = wrapped(line, inside.width);
            if shown.is_empty() {
                lines.push(String::new());
            }
            lines.extend(shown.into_iter().map(|line| line.to_string()));
        }
    }
    let rows = Area { height: inside.height.saturating_sub(2), ..inside };
    let page = usize::from(rows.height);
    let offset = offset.min(lines.len().saturating_sub(page));
    for (y, line) in (rows.y..).zip(lines.iter().skip(offset).take(page)) {
        put(
            buffer,
            rows.x,
            y,
            rows.width,
            &truncated(line, rows.width, look.glyphs.ellipsis),
            look.palette.style(Role::Text),
        );
    }
    frame::thumb(buffer, area, rows, (offset, lines.len()), true, look);
    let y = inside.y + inside.height.saturating_sub(1);
    question(buffer, Area { y, height: 1, ..inside }, preview, yes, look);
    hint(buffer, area, "mail-hint", look);
}

/// How many letters about how many items; No stands first.
fn question(buffer: &mut Buffer, line: Area, preview: &Preview, yes: bool, look: &Look<'_>) {
    let asked =
        look.words.with("mail-question", &[("count", preview.letters.len().into()), ("items", preview.items.into())]);
    let mut pieces = vec![Piece::new(Role::Title, format!("{asked}   "))];
    for (word, is) in [("answer-no", !yes), ("answer-yes", yes)] {
        let sign = look.glyphs.chosen[usize::from(is)];
        let (sign_role, role) = if is { (Role::Accent, Role::Title) } else { (Role::Dim, Role::Dim) };
        pieces.push(Piece::new(sign_role, format!("{sign} ")));
        pieces.push(Piece::new(role, format!("{}   ", look.words.get(word))));
    }
    let style = |role| look.palette.style(role);
    put_pieces(buffer, (line.x, line.y), (line.width, Align::Left), &pieces, look.glyphs.ellipsis, style);
}

fn sending(buffer: &mut Buffer, screen: Area, (ended, count, stopping): (usize, usize, bool), look: &Look<'_>) {
    let (width, height) = (50.min(screen.width), 3.min(screen.height));
    let (x, y) = (screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 3);
    let area = Area { x, y, width, height };
    blank(buffer, area, look.palette.style(Role::Text));
    frame::draw(buffer, area, true, &[Piece::new(Role::Text, look.words.get("mail-sending"))], &[], look);
    let word = if stopping { "mail-stopping" } else { "mail-progress" };
    let text = look.words.with(word, &[("ended", ended.into()), ("count", count.into())]);
    let room = width.saturating_sub(4);
    put(buffer, x + 2, y + 1, room, &truncated(&text, room, look.glyphs.ellipsis), look.palette.style(Role::Text));
    hint(buffer, area, "mail-hint-sending", look);
}

fn hint(buffer: &mut Buffer, area: Area, word: &str, look: &Look<'_>) {
    let pieces = [Piece::new(Role::Dim, format!(" {} ", look.words.get(word)))];
    let (place, room) = ((area.x + 2, area.y + area.height.saturating_sub(1)), area.width.saturating_sub(4));
    put_pieces(buffer, place, (room, Align::Right), &pieces, look.glyphs.ellipsis, |role| look.palette.style(role));
}
