//! Campaigns over time: the table with its rows, and over its chart's column the bars (`timeline/row.rs`) under a heading of
//! weeks, months or quarters (`timeline/heading.rs`). Today's line goes through all of it.

mod heading;
mod row;

use ratatui::{buffer::Buffer, style::Modifier};

use super::{
    Look, cell, draw_table,
    pen::{Piece, truncated, width, width_of},
    theme::Role,
};
use crate::{
    app::model::Model,
    panels::{
        PanelId, Table,
        cell::Cell,
        scene::Scene,
        stretch::Place,
        timeline::{chart, next, readiness},
        view::{Area, table_headings},
    },
};
use row::Chart;

/// The least of a campaign's name that says which it is.
const LEAST_NAME: u16 = 10;

/// Draws it within its frame.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Area,
    panel: PanelId,
    table: &'static Table,
    model: &Model,
    look: &Look<'_>,
) {
    draw_table(buffer, area, panel, table, model, look);
    let list = model.list(panel);
    let Some(scene) = model.scene().filter(|_| !list.rows.is_empty()) else { return };
    let place = chart(area);
    let stretch = model.pictures.timeline.stretch(model.today.date, place.width);
    let today = match stretch.place(model.today.date) {
        Place::Cell(cell) => Some(cell),
        Place::Before | Place::After => None,
    };
    let headings = Area { x: place.x, width: place.width, ..table_headings(area) };
    heading::draw(buffer, headings, &stretch, (model.today.date, today), list.sort, &scene, look);
    let divisions: Vec<u16> = stretch.divisions().map(|(cell, _)| cell).collect();
    let seen = list.rows.iter().enumerate().skip(list.offset).take(usize::from(place.height));
    let chart = Chart { scene, stretch, today, divisions: &divisions, look };
    let focused = panel == model.focused() && !model.is_asking();
    for (y, (position, row)) in (place.y..).zip(seen) {
        let line = Area { y, height: 1, ..place };
        let selected = position == list.position;
        let ground = selected.then_some(if focused { Role::Selection } else { Role::SelectionIdle });
        chart.draw(buffer, line, *row, ground.and_then(|role| plain(role, look)));
    }
    // The days go on below the last row.
    let shown = u16::try_from(list.rows.len().saturating_sub(list.offset)).unwrap_or(u16::MAX);
    for y in place.y.saturating_add(shown)..place.y.saturating_add(place.height) {
        chart.draw_days(buffer, Area { y, height: 1, ..place }, None);
    }
}

/// The selection's role where the chart can bear it: one that is told by reversing would turn bars inside out.
fn plain(role: Role, look: &Look<'_>) -> Option<Role> {
    let style = look.palette.style(role);
    let reversed = style.add_modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    (style.bg.is_some() && !reversed).then_some(role)
}

/// How large time is shown, to stand behind the panel's name.
pub(super) fn scale<'a>(model: &Model, look: &Look<'a>) -> Piece<'a> {
    Piece::new(Role::Dim, look.words.get(model.pictures.timeline.scale.word().0))
}

/// Which campaign is next and whether it is ready, in no more than `room` cells: its name where there is room for it, else
/// its id. Nothing where none is to come.
pub(super) fn next_up<'a>(scene: &Scene<'a>, room: u16, look: &Look<'a>) -> Vec<Piece<'a>> {
    let Some((row, campaign)) = next(scene) else { return Vec::new() };
    let saying = look.saying(scene);
    let dot = || Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot));
    let mut standing = vec![dot()];
    let countdown = campaign.countdown(scene.today.date, &scene.snapshot.outline.calendar);
    cell::pieces(&Cell::WorkingCountdown(countdown), saying, &mut standing);
    if let Some(readiness) = readiness(scene, row).filter(|readiness| readiness.all.assigned() > 0) {
        standing.push(dot());
        cell::pieces(&Cell::Readiness(&readiness.all), saying, &mut standing);
    }
    let label = Piece::new(Role::Dim, format!("{} ", look.words.get("timeline-next")));
    let left = room.saturating_sub(width_of(&standing) + width(&label.text));
    if left < LEAST_NAME {
        let name = Piece::new(Role::Text, campaign.id.as_str());
        return std::iter::once(name).chain(standing).collect();
    }
    let name = truncated(campaign.title.get(look.words.language.tag), left, look.glyphs.ellipsis);
    [label, Piece::new(Role::Title, name)].into_iter().chain(standing).collect()
}
