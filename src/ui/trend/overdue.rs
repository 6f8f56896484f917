//! Overdue tasks and reports by week: a bar for each.

use ratatui::buffer::Buffer;

use super::{
    line,
    plot::{Plot, SCALE},
    without_past,
};
use crate::{
    app::model::Model,
    domain::trend::{Point, Trend},
    panels::view::Area,
    ui::{
        Look,
        pen::{Piece, put, put_sign, width},
        theme::Role,
    },
};

/// The colour of the bars; their parts differ in what they are filled with.
const ROLE: Role = Role::BarLate;

/// Draws it.
pub(super) fn draw(buffer: &mut Buffer, area: Area, model: &Model, trend: &Trend, look: &Look<'_>) {
    let Some(today) = trend.today() else { return };
    let looked_at = model.pictures.trend.crosshair();
    let point = looked_at.and_then(|day| trend.points.iter().find(|point| point.day == day)).unwrap_or(today);
    line(buffer, area, 0, &said(point, trend, looked_at.is_some(), look), look);
    if let Some(said) = most(trend, look).filter(|_| trend.has_past) {
        line(buffer, area, 1, &[Piece::new(Role::Dim, said)], look);
    }
    let ground = Area { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let Some(plot) = Plot::new(ground, trend) else { return };
    let top = round_up(trend.points.iter().map(Point::overdue).max().unwrap_or(0));
    let number = |count: u32| look.words.number_within(count.into(), SCALE - 1);
    let half = top.is_multiple_of(2).then(|| (0.5, number(top / 2)));
    let marks = [Some((0.0, "0".to_owned())), half, Some((1.0, number(top)))];
    plot.scale(buffer, &marks.into_iter().flatten().collect::<Vec<_>>(), look);
    plot.time(buffer, today.day, looked_at, look);
    if let Some(said) = without_past(model, trend, look) {
        let room = plot.column(today.day).saturating_sub(plot.area.x + 2);
        if width(&said) <= room {
            let y = plot.area.y + plot.area.height / 2;
            put(buffer, plot.area.x + 1, y, room, &said, look.palette.style(Role::Dim));
        }
    }
    for (place, point) in trend.points.iter().enumerate() {
        // A week's bar fills the days up to its end.
        let end = plot.column(point.day);
        let from = match place.checked_sub(1).and_then(|before| trend.points.get(before)) {
            Some(before) => plot.column(before.day).saturating_add(1),
            None => end,
        };
        for x in from..=end {
            column(buffer, plot, x, point, top, look);
        }
    }
}

/// How many were overdue, of what; the signs are those of the bars.
fn said<'a>(point: &Point, trend: &Trend, looked_at: bool, look: &Look<'_>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    if looked_at {
        let date = look.words.short_date(point.day, trend.from.year());
        pieces.push(Piece::new(Role::Accent, format!("{date} ")));
    }
    let role = if point.overdue() > 0 { Role::Late } else { Role::OnTime };
    pieces.push(Piece::new(role, look.words.with("count-overdue", &[("count", point.overdue().into())])));
    let counts = [(point.tasks.overdue, "trend-tasks"), (point.reports.overdue, "trend-reports")];
    for ((count, word), sign) in counts.into_iter().zip(look.glyphs.fillings) {
        pieces.push(Piece::new(ROLE, format!("  {sign} ")));
        pieces.push(Piece::new(Role::Text, format!("{} {count}", look.words.get(word))));
    }
    pieces
}

/// When the most were overdue.
fn most(trend: &Trend, look: &Look<'_>) -> Option<String> {
    let now = trend.today().map_or(0, Point::overdue);
    let most = trend.points.iter().rev().max_by_key(|point| point.overdue()).filter(|most| most.overdue() > now)?;
    let date = look.words.short_date(most.day, trend.from.year());
    Some(look.words.with("trend-most", &[("count", most.overdue().into()), ("date", date.into())]))
}

/// A bar's column: tasks below, reports on top of them; whatever there is of takes a cell at least.
fn column(buffer: &mut Buffer, plot: Plot, x: u16, point: &Point, top: u32, look: &Look<'_>) {
    let height = |count: u32| {
        let cells = (f64::from(count) * f64::from(plot.area.height) / f64::from(top.max(1))).round() as u16;
        cells.max(u16::from(count > 0))
    };
    let tasks = height(point.tasks.overdue);
    let all = height(point.overdue()).max(tasks + u16::from(point.reports.overdue > 0)).min(plot.area.height);
    for row in 0..all {
        let part = usize::from(row >= tasks);
        let y = plot.area.y + plot.area.height - 1 - row;
        put_sign(buffer, x, y, look.glyphs.fillings[part], look.palette.style(ROLE));
    }
}

/// The next number that is easy to halve.
fn round_up(most: u32) -> u32 {
    let steps = [2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100];
    let mut scale = 1;
    while most > 100_u32.saturating_mul(scale) {
        scale = scale.saturating_mul(10);
    }
    steps.into_iter().map(|step: u32| step.saturating_mul(scale)).find(|step| *step >= most).unwrap_or(most)
}
