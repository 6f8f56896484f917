//! Agencies and how far each is, in columns: who is late first, read downwards.

use ratatui::buffer::Buffer;

use super::{
    Look, campaign,
    cell::Saying,
    pen::{put, truncated, width},
    theme::Role,
};
use crate::{
    domain::{agency::Agency, readiness::Office},
    panels::view::Area,
};

/// Cells of an agency's name.
const NAME: u16 = 14;
/// Cells up to the end of how much is done of how much.
const COUNTED: u16 = 2 + NAME + 5;
/// Cells of an agency: its sign, its name, how much is done of how much, what is due next.
const WIDE: u16 = COUNTED + 6;
/// Cells between two columns.
const GAP: u16 = 2;

/// A line of them.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    offices: &'a [Office],
    agencies: &'a [Agency],
    /// Its place, and how many lines there are.
    at: (usize, usize),
}

/// The lines that show all of them in `room` cells.
pub(super) fn rows<'a>(offices: &'a [Office], agencies: &'a [Agency], room: u16) -> impl Iterator<Item = Row<'a>> {
    let columns = usize::from((room + GAP) / (WIDE + GAP)).max(1);
    let lines = offices.len().div_ceil(columns);
    (0..lines).map(move |line| Row { offices, agencies, at: (line, lines) })
}

/// Draws a line of them.
pub(super) fn draw(buffer: &mut Buffer, area: Area, row: &Row<'_>, saying: Saying<'_>, look: &Look<'_>) {
    let (line, lines) = row.at;
    let mut x = area.x;
    for office in row.offices.iter().skip(line).step_by(lines.max(1)) {
        let left = (area.x + area.width).saturating_sub(x);
        let (sign, role) = campaign::office(&office.figures, saying);
        put(buffer, x, area.y, left, sign, look.palette.style(role));
        let agency = row.agencies.get(office.agency as usize);
        let name = agency.map_or("", |agency| agency.label(saying.language()));
        let quiet = office.figures.open() == 0;
        let style = look.palette.style(if quiet { Role::Dim } else { Role::Text });
        let name = truncated(name, NAME.min(left.saturating_sub(2)), look.glyphs.ellipsis);
        put(buffer, x + 2, area.y, left.saturating_sub(2), &name, style);
        let count = format!("{}/{}", office.figures.done(), office.figures.assigned());
        // Right-aligned, so that the counts stand below each other.
        let end = x + left;
        let from = (x + COUNTED).saturating_sub(width(&count));
        put(buffer, from, area.y, end.saturating_sub(from), &count, style);
        if let Some(due) = office.next_due {
            let (from, said) = (x + COUNTED + 1, saying.words.short_date(due, due.year()));
            put(
                buffer,
                from,
                area.y,
                end.saturating_sub(from),
                &said,
                look.palette.style(if role == Role::Text { Role::Dim } else { role }),
            );
        }
        x = x.saturating_add(WIDE + GAP);
    }
}
