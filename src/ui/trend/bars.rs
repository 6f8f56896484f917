//! A row with a bar: its name, the bar of two parts, what it comes to.

use ratatui::{buffer::Buffer, style::Style};

use crate::{
    panels::{column::Align, view::Area},
    ui::{
        Look,
        depth::Depth,
        pen::{Piece, put, put_pieces, put_sign, truncated},
        theme::Role,
    },
};

/// A row.
pub(super) struct Bar<'a> {
    /// What it is about.
    pub(super) name: String,
    /// Its parts, of `most`.
    pub(super) parts: &'a [(u32, Role)],
    /// What stands behind it.
    pub(super) figure: Vec<Piece<'a>>,
}

/// How rows share their width.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// The names.
    pub(super) name: u16,
    /// The bars.
    pub(super) bar: u16,
    /// The figures.
    pub(super) figure: u16,
}

impl Columns {
    /// Shares `room` among names of `name` cells, figures of `figure`, and the bars.
    pub(super) fn new(room: u16, name: u16, figure: u16) -> Self {
        let name = name.min(room.saturating_sub(figure + 8)).max(room.min(6));
        let bar = room.saturating_sub(name + figure + 2);
        Columns { name, bar, figure }
    }
}

/// Draws a row of `area`.
pub(super) fn row(
    buffer: &mut Buffer,
    area: Area,
    y: u16,
    columns: Columns,
    bar: &Bar<'_>,
    most: u32,
    look: &Look<'_>,
) {
    let style = |role| look.palette.style(role);
    let name = truncated(&bar.name, columns.name, look.glyphs.ellipsis);
    put(buffer, area.x, y, columns.name, &name, style(Role::Text));
    let from = area.x + columns.name + 1;
    let (mut at, mut sum) = (0, 0);
    for (place, (count, role)) in bar.parts.iter().enumerate() {
        sum += u64::from(*count);
        let end = (sum * u64::from(columns.bar)).div_ceil(u64::from(most.max(1)));
        let end = u16::try_from(end).unwrap_or(0).min(columns.bar);
        let sign = filling(place, look);
        let ink: Style = style(Role::Text).fg(look.palette.colour(*role));
        for x in at..end {
            put_sign(buffer, from + x, y, sign, ink);
        }
        at = at.max(end);
    }
    let x = from + columns.bar + 1;
    put_pieces(buffer, (x, y), (columns.figure, Align::Right), &bar.figure, look.glyphs.ellipsis, style);
}

/// The sign a bar's part is filled with: the same for all where colours tell them apart.
pub(super) fn filling(part: usize, look: &Look<'_>) -> &'static str {
    let solid = look.glyphs.eighths.is_some() && look.palette.depth != Depth::None;
    look.glyphs.lying[if solid { 0 } else { part.min(1) }]
}
