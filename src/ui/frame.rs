//! A panel's frame: border, title at the left, count at the right, and the place in the list on the border.

use ratatui::buffer::Buffer;

use super::{
    Look,
    pen::{Piece, put, put_pieces, put_sign, width_of},
    theme::Role,
};
use crate::panels::{column::Align, view::Area};

/// Draws the border of `area` with its title and count.
pub fn draw(buffer: &mut Buffer, area: Area, focused: bool, title: &[Piece<'_>], count: &[Piece<'_>], look: &Look<'_>) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let style = look.palette.style(look.border(focused));
    let border = &look.glyphs.border;
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    for x in area.x + 1..right {
        put_sign(buffer, x, area.y, border.horizontal, style);
        put_sign(buffer, x, bottom, border.horizontal, style);
    }
    for y in area.y + 1..bottom {
        put_sign(buffer, area.x, y, border.vertical, style);
        put_sign(buffer, right, y, border.vertical, style);
    }
    put_sign(buffer, area.x, area.y, border.top_left, style);
    put_sign(buffer, right, area.y, border.top_right, style);
    put_sign(buffer, area.x, bottom, border.bottom_left, style);
    put_sign(buffer, right, bottom, border.bottom_right, style);
    label(buffer, area, focused, title, count, look);
}

/// The most cells a count may take beside the title of `area`: half of the border, and what the title leaves.
pub(super) fn count_room(area: Area, title: &[Piece<'_>]) -> u16 {
    let room = area.width.saturating_sub(4);
    (room / 2).saturating_sub(4).max(room.saturating_sub(width_of(title) + 6))
}

/// The title and, where there is room for both, the count.
fn label(buffer: &mut Buffer, area: Area, focused: bool, title: &[Piece<'_>], count: &[Piece<'_>], look: &Look<'_>) {
    let room = area.width.saturating_sub(4);
    let title_style = look.palette.style(Role::Title);
    let title_style = if focused { title_style.fg(look.palette.colour(Role::Accent)) } else { title_style };
    let style = |role| if role == Role::Text { title_style } else { look.palette.style(role) };
    // Where there is no room for all of the count, its first part says the most.
    let fits = |count: &[Piece<'_>]| width_of(count) > 0 && width_of(count) <= count_room(area, title);
    let count = if fits(count) { count } else { count.get(..1).filter(|first| fits(first)).unwrap_or_default() };
    let counted = width_of(count);
    let taken = if counted > 0 { counted + 3 } else { 0 };
    let from = area.x + 2;
    let wide = width_of(title).min(room.saturating_sub(taken));
    if wide > 0 {
        put(buffer, from - 1, area.y, 1, " ", look.palette.style(Role::Text));
        let end = put_pieces(buffer, (from, area.y), (wide, Align::Left), title, look.glyphs.ellipsis, style);
        put(buffer, end, area.y, 1, " ", look.palette.style(Role::Text));
    }
    if taken > 0 {
        // One cell of the border closes the corner.
        let from = area.x + area.width - 3 - counted;
        put(buffer, from - 1, area.y, 1, " ", look.palette.style(Role::Text));
        let end = put_pieces(buffer, (from, area.y), (counted, Align::Right), count, look.glyphs.ellipsis, |role| {
            look.palette.style(role)
        });
        put(buffer, end, area.y, 1, " ", look.palette.style(Role::Text));
    }
}

/// Shows on the right border which part of `total` lines from `offset` on is seen; nothing where all are.
pub fn thumb(
    buffer: &mut Buffer,
    area: Area,
    rows: Area,
    (offset, total): (usize, usize),
    focused: bool,
    look: &Look<'_>,
) {
    let page = usize::from(rows.height);
    if page == 0 || total <= page || area.width < 2 {
        return;
    }
    let length = (page * page / total).max(1);
    let last = total - page;
    let start = (offset.min(last) * (page - length) + last / 2) / last;
    let style = look.palette.style(if focused { look.border(true) } else { Role::Dim });
    for y in start..start + length {
        let y = rows.y.saturating_add(u16::try_from(y).unwrap_or(u16::MAX));
        put_sign(buffer, area.x + area.width - 1, y, look.glyphs.thumb, style);
    }
}
