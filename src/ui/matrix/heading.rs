//! The headings of the matrix: two short lines over each column, those of the cursor's column lit; its whole name on the
//! border; arrows where there are more columns to a side.

use std::borrow::Cow;

use ratatui::buffer::Buffer;

use super::{Drawing, measure_word};
use crate::{
    app::lists::Sort,
    domain::{
        deadline::in_force,
        item::Index,
        matrix::{Across, Column},
        outline::Outline,
    },
    panels::{
        column::Align,
        matrix::{CHOSEN, NAME, title},
        view::Area,
    },
    ui::{
        cell::pieces,
        pen::{Piece, put, put_pieces, put_sign, width, width_of},
        theme::Role,
    },
};

/// Draws all of them.
pub(super) fn draw(buffer: &mut Buffer, drawing: &Drawing<'_>) {
    let (look, area, sort) = (drawing.look, drawing.parts.headings, drawing.list.sort);
    let (x, room) = drawing.parts.names;
    let arrow = |sorted: bool| sort.filter(|_| sorted).map(|sort| look.glyphs.sorted[usize::from(!sort.reversed)]);
    let sorted_by = |column: usize| sort.is_some_and(|sort: Sort| sort.column == column);
    let name = look.words.get("column-agency");
    lines(buffer, drawing, (x, room), ("".into(), name), (Role::Heading, Align::Left), arrow(sorted_by(NAME)));
    for (column, x) in drawing.columns() {
        let here = column == drawing.grid.column;
        let role = if here { Role::Accent } else { Role::Heading };
        let sorted = arrow(sorted_by(CHOSEN) && drawing.grid.by == Some(column));
        let names = drawing.grid.matrix.columns.get(column).map(|column| names(*column, drawing));
        let room = drawing.parts.column.saturating_sub(1);
        lines(buffer, drawing, (x + 1, room), names.unwrap_or_default(), (role, Align::Left), sorted);
    }
    for (place, measure) in drawing.parts.totals.iter().enumerate() {
        let words = look.words.get(measure_word(*measure, drawing.grid.matrix.across));
        let parted = words.split_once(' ').unwrap_or(("", words.as_ref()));
        let parted = (parted.0.to_owned().into(), parted.1.to_owned().into());
        let sorted = arrow(sorted_by(measure.column()));
        lines(buffer, drawing, drawing.parts.total_at(place), parted, (Role::Heading, Align::Right), sorted);
    }
    let more = (drawing.grid.offset > 0, drawing.grid.offset + drawing.parts.seen < drawing.grid.matrix.columns.len());
    let style = look.palette.style(Role::Accent);
    if more.0 && area.height > 0 {
        put_sign(buffer, drawing.parts.left, area.y, look.glyphs.beyond[0], style);
    }
    if more.1 && area.height > 0 {
        put_sign(buffer, drawing.parts.column_at(drawing.parts.seen), area.y, look.glyphs.beyond[1], style);
    }
}

/// A heading's two lines; where there is room for one, the second.
fn lines(
    buffer: &mut Buffer,
    drawing: &Drawing<'_>,
    (x, room): (u16, u16),
    (first, second): (Cow<'_, str>, Cow<'_, str>),
    (role, align): (Role, Align),
    sorted: Option<&'static str>,
) {
    let (look, area) = (drawing.look, drawing.parts.headings);
    let style = |role| look.palette.style(role);
    let said = [(area.y, first), (area.y + 1, second)];
    for (place, (y, text)) in said.into_iter().enumerate().take(usize::from(area.height)) {
        let mut pieces = vec![Piece::new(role, text)];
        let mut room = room;
        if let Some(arrow) = sorted.filter(|_| place == 1) {
            match align {
                Align::Left => pieces.push(Piece::new(Role::Accent, arrow)),
                Align::Right => {
                    room = room.saturating_sub(1);
                    put(buffer, x + room, y, 1, arrow, style(Role::Accent));
                }
            }
        }
        put_pieces(buffer, (x, y), (room, align), &pieces, look.glyphs.ellipsis, style);
    }
}

/// The two short names of a column.
fn names<'a>(column: Column, drawing: &Drawing<'a>) -> (Cow<'a, str>, Cow<'a, str>) {
    let (outline, look) = (&drawing.scene.snapshot.outline, drawing.look);
    match column {
        Column::Period(index) => {
            let Some(period) = outline.periods.get(index as usize) else { return Default::default() };
            let named = match period.period {
                Some(calendar) => look.words.short_period(calendar, outline.plan.year).into(),
                None => Cow::Borrowed(period.id.as_str()),
            };
            (duty(outline, period.duty).into(), named)
        }
        Column::Duty(index) => {
            let follows = outline.plan.duties.get(index as usize).is_some_and(|duty| !duty.after_task.is_empty());
            let words = if follows {
                ["matrix-after-task", "matrix-after-task-short"]
            } else {
                ["matrix-ad-hoc", "matrix-ad-hoc-short"]
            };
            let [long, short] = words.map(|word| look.words.get(word));
            let fits = width(&long) < drawing.parts.column;
            (duty(outline, index).into(), if fits { long } else { short })
        }
        Column::Programme(index) => {
            let programme = index.and_then(|index| outline.plan.programmes.get(index as usize));
            let other = || look.words.get("matrix-other").into_owned().into();
            ("".into(), programme.map_or_else(other, |programme| programme.id.as_str().into()))
        }
    }
}

fn duty(outline: &Outline, index: Index) -> &str {
    outline.plan.duties.get(index as usize).map_or("", |duty| duty.id.as_str())
}

/// The whole name of the cursor's column on the lower border, of a period with its due date.
pub(super) fn on_border(buffer: &mut Buffer, area: Area, drawing: &Drawing<'_>) {
    let (look, scene) = (drawing.look, &drawing.scene);
    let Some(column) = drawing.grid.matrix.columns.get(drawing.grid.column).copied() else { return };
    let room = area.width.saturating_sub(6);
    if room == 0 || area.height < 2 {
        return;
    }
    let short = names(column, drawing);
    let id = if drawing.grid.matrix.across == Across::Periods { short.0 } else { short.1 };
    let mut said = vec![Piece::new(Role::Accent, id), Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot))];
    pieces(&title(scene, column), look.saying(scene), &mut said);
    if let Some(due) = due(column, drawing) {
        said.push(Piece::new(Role::Dim, format!(" {} {due}", look.glyphs.dot)));
    }
    let (x, y) = (area.x + 2, area.y + area.height - 1);
    let wide = width_of(&said).min(room);
    let style = |role| look.palette.style(role);
    put(buffer, x, y, 1, " ", style(Role::Text));
    let end = put_pieces(buffer, (x + 1, y), (wide, Align::Left), &said, look.glyphs.ellipsis, style);
    put(buffer, end, y, 1, " ", style(Role::Text));
}

fn due(column: Column, drawing: &Drawing<'_>) -> Option<String> {
    let Column::Period(index) = column else { return None };
    let outline = &drawing.scene.snapshot.outline;
    let period = outline.periods.get(index as usize)?;
    let roll = outline.plan.duties.get(period.duty as usize)?.roll.unwrap_or(outline.plan.roll);
    let due = in_force(period.due?, roll, &outline.calendar);
    let date = drawing.look.words.short_date(due, outline.plan.year);
    Some(drawing.look.words.with("matrix-due", &[("date", date.into())]))
}
