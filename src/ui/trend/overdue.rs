//! Overdue tasks and reports by week: a bar for each.

use ratatui::{buffer::Buffer, style::Style, symbols::bar};

use super::{line, plot::Plot, without_past};
use crate::{
    app::model::Model,
    domain::trend::{Point, Trend},
    panels::view::Area,
    ui::{
        Look,
        depth::Depth,
        pen::{Piece, put, put_sign, width},
        theme::Role,
    },
};

/// The colours of a bar's parts: tasks, reports.
const ROLES: [Role; 2] = [Role::BarLate, Role::Late];
/// Eighths of a cell.
const LEVELS: [&str; 9] = [
    bar::NINE_LEVELS.empty,
    bar::NINE_LEVELS.one_eighth,
    bar::NINE_LEVELS.one_quarter,
    bar::NINE_LEVELS.three_eighths,
    bar::NINE_LEVELS.half,
    bar::NINE_LEVELS.five_eighths,
    bar::NINE_LEVELS.three_quarters,
    bar::NINE_LEVELS.seven_eighths,
    bar::NINE_LEVELS.full,
];

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
    let half = (top % 2 == 0).then(|| (0.5, look.words.number((top / 2).into())));
    let marks = [Some((0.0, "0".to_owned())), half, Some((1.0, look.words.number(top.into())))];
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
    for ((count, word), (part, role)) in counts.into_iter().zip((0..).zip(ROLES)) {
        let sign = look.glyphs.fillings[if coloured(look) { 0 } else { part }];
        pieces.push(Piece::new(role, format!("  {sign} ")));
        pieces.push(Piece::new(Role::Text, format!("{} {count}", look.words.get(word))));
    }
    pieces
}

/// When the most were overdue.
fn most(trend: &Trend, look: &Look<'_>) -> Option<String> {
    let most = trend.points.iter().rev().max_by_key(|point| point.overdue()).filter(|most| most.overdue() > 0)?;
    let date = look.words.short_date(most.day, trend.from.year());
    Some(look.words.with("trend-most", &[("count", most.overdue().into()), ("date", date.into())]))
}

fn coloured(look: &Look<'_>) -> bool {
    look.glyphs.eighths.is_some() && look.palette.depth != Depth::None
}

/// A bar's column: tasks below, reports on top of them.
fn column(buffer: &mut Buffer, plot: Plot, x: u16, point: &Point, top: u32, look: &Look<'_>) {
    let steps = if coloured(look) { 8 } else { 1 };
    let high = u64::from(plot.area.height) * steps;
    let height = |count: u32| (u64::from(count) * high).div_ceil(u64::from(top.max(1)));
    let (tasks, all) = (height(point.tasks.overdue), height(point.overdue()));
    for row in 0..u64::from(plot.area.height) {
        let (from, to) = (row * steps, (row + 1) * steps);
        let y = plot.area.y + plot.area.height - 1 - u16::try_from(row).unwrap_or(0);
        if from >= all {
            break;
        }
        let parts = [tasks, all].map(|end| end.clamp(from, to) - from);
        let (sign, style) = match (coloured(look), parts) {
            (false, [0, _]) => (look.glyphs.fillings[1], look.palette.style(ROLES[1])),
            (false, _) => (look.glyphs.fillings[0], look.palette.style(ROLES[0])),
            (true, [0, all]) => (LEVELS[all as usize], ink(Role::Late, None, look)),
            (true, [tasks, all]) if all > tasks => (LEVELS[tasks as usize], ink(ROLES[0], Some(ROLES[1]), look)),
            (true, [tasks, _]) => (LEVELS[tasks as usize], ink(ROLES[0], None, look)),
        };
        put_sign(buffer, x, y, sign, style);
    }
}

fn ink(letters: Role, ground: Option<Role>, look: &Look<'_>) -> Style {
    let style = look.palette.style(Role::Text).fg(look.palette.colour(letters));
    ground.map_or(style, |ground| style.bg(look.palette.colour(ground)))
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
