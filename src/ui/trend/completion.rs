//! Planned against actual completion: the answer in a sentence, then the two curves.

use jiff::civil::Date;
use ratatui::{
    buffer::Buffer,
    style::Color,
    symbols::Marker,
    widgets::{
        Widget as _,
        canvas::{Canvas, Context, Line, Points},
    },
};

use super::{line, plot::Plot, without_past};
use crate::{
    app::model::Model,
    domain::{
        campaign::days_between,
        trend::{Point, Trend, whole},
    },
    panels::view::Area,
    ui::{
        Look,
        glyphs::Curves,
        pen::{Piece, put, rect, width},
        theme::Role,
    },
};

/// Draws it.
pub(super) fn draw(buffer: &mut Buffer, area: Area, model: &Model, trend: &Trend, look: &Look<'_>) {
    let Some(today) = trend.today() else { return };
    if today.tasks.assigned == 0 {
        line(buffer, area, 0, &[Piece::new(Role::Dim, look.words.get("trend-no-tasks"))], look);
        return;
    }
    line(buffer, area, 0, &answer(today, look), look);
    let looked_at = model.pictures.trend.crosshair();
    let below = match looked_at {
        Some(day) => reading(day, trend, look),
        None => figures(today, look),
    };
    line(buffer, area, 1, &below, look);
    let ground = Area { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let Some(plot) = Plot::new(ground, trend) else { return };
    let marks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, look.words.percent(share, 0)));
    let few = [marks[0].clone(), marks[2].clone(), marks[4].clone()];
    plot.scale(buffer, if plot.area.height >= 9 { &marks } else { &few }, look);
    plot.time(buffer, today.day, looked_at, look);
    curves(buffer, plot, trend, look);
    if let Some(said) = without_past(model, trend, look) {
        let x = plot.area.x + 1;
        let room = plot.column(today.day).saturating_sub(x + 1);
        if width(&said) <= room {
            put(buffer, x, plot.area.y + plot.area.height / 2, room, &said, look.palette.style(Role::Dim));
        }
    }
}

/// What the signs mean.
pub(super) fn legend<'a>(look: &Look<'_>) -> Vec<Piece<'a>> {
    let [actual, planned] = samples(look.glyphs.curves);
    vec![
        Piece::new(Role::Accent, format!("{actual} ")),
        Piece::new(Role::Dim, look.words.get("trend-actual").into_owned()),
        Piece::new(Role::Dim, format!("  {planned} {}", look.words.get("trend-planned"))),
    ]
}

/// A bit of each curve: actual, planned.
fn samples(curves: Curves) -> [&'static str; 2] {
    match curves {
        Curves::Braille => ["⠤⠤", "⠄⠄"],
        Curves::Block => ["▄▄", "▄ ▄"],
        Curves::Letters => ["**", ".."],
    }
}

/// Ahead of the plan or behind it?
fn answer<'a>(today: &Point, look: &Look<'_>) -> Vec<Piece<'a>> {
    let ahead = today.ahead();
    let (word, role) = match ahead {
        ..0 => ("trend-behind", Role::Late),
        0 => ("trend-even", Role::OnTime),
        1.. => ("trend-ahead", Role::OnTime),
    };
    let said = look.words.with(word, &[("points", ahead.abs().into())]);
    let shares = [("actual", share(today.actual, look).into()), ("planned", share(today.planned, look).into())];
    vec![Piece::new(role, said), Piece::new(Role::Text, format!(": {}", look.words.with("trend-shares", &shares)))]
}

/// How many are done, had to be, are overdue.
fn figures<'a>(today: &Point, look: &Look<'_>) -> Vec<Piece<'a>> {
    let dot = format!(" {} ", look.glyphs.dot);
    let done = [("done", today.tasks.done.into()), ("assigned", today.tasks.assigned.into())];
    let mut pieces = vec![
        Piece::new(Role::Dim, look.words.with("trend-done", &done)),
        Piece::new(Role::Dim, dot.clone()),
        Piece::new(Role::Dim, look.words.with("trend-due", &[("count", today.due.into())])),
    ];
    if today.tasks.overdue > 0 {
        let said = look.words.with("count-overdue", &[("count", today.tasks.overdue.into())]);
        pieces.extend([Piece::new(Role::Dim, dot), Piece::new(Role::Late, said)]);
    }
    pieces
}

/// What is read at the crosshair.
fn reading<'a>(day: Date, trend: &Trend, look: &Look<'_>) -> Vec<Piece<'a>> {
    let date = look.words.short_date(day, trend.from.year());
    let Some(point) = trend.points.iter().find(|point| point.day == day) else {
        let planned = trend.coming.iter().find(|(coming, _)| *coming == day).map_or(1.0, |(_, planned)| *planned);
        let said = look.words.with("trend-reading-ahead", &[("planned", share(planned, look).into())]);
        return vec![Piece::new(Role::Accent, format!("{date} ")), Piece::new(Role::Text, said)];
    };
    let shares = [("planned", share(point.planned, look).into()), ("actual", share(point.actual, look).into())];
    let gap = point.ahead();
    let sign = if gap > 0 { "+" } else { "" };
    let gap_said = look.words.with("trend-gap", &[("points", format!("{sign}{gap}").into())]);
    let dot = format!(" {} ", look.glyphs.dot);
    vec![
        Piece::new(Role::Accent, format!("{date} ")),
        Piece::new(Role::Text, look.words.with("trend-reading", &shares)),
        Piece::new(Role::Text, dot.clone()),
        Piece::new(if gap < 0 { Role::Late } else { Role::OnTime }, gap_said),
        Piece::new(Role::Dim, dot),
        Piece::new(Role::Dim, look.words.with("count-overdue", &[("count", point.overdue().into())])),
    ]
}

fn share(share: f64, look: &Look<'_>) -> String {
    look.words.percent(whole(share) as f64 / 100.0, 0)
}

/// Draws the plan, and over it what was carried out.
fn curves(buffer: &mut Buffer, plot: Plot, trend: &Trend, look: &Look<'_>) {
    let area = rect(plot.area).intersection(buffer.area);
    let at = |day: Date| f64::from(days_between(plot.days.0, day));
    let actual: Vec<(f64, f64)> = trend.points.iter().map(|point| (at(point.day), point.actual)).collect();
    let mut planned: Vec<(f64, f64)> = trend.points.iter().map(|point| (at(point.day), point.planned)).collect();
    planned.extend(trend.coming.iter().map(|(day, share)| (at(*day), *share)));
    let length = f64::from(plot.length());
    // Where one sign serves both, their dots share cells; letters take a whole one each.
    let (dotted, solid, dots) = match look.glyphs.curves {
        Curves::Braille => (Marker::Braille, None, 1),
        Curves::Block => (Marker::HalfBlock, None, 2),
        Curves::Letters => (Marker::Custom('.'), Some(Marker::Custom('*')), 1),
    };
    let steps = (usize::from(plot.area.width) / dots).max(2);
    let dots: Vec<(f64, f64)> = (0..steps)
        .filter_map(|step| {
            let x = length * step as f64 / (steps - 1) as f64;
            Some((x, value(&planned, x)?))
        })
        .collect();
    let (plan_colour, actual_colour) = (look.palette.colour(Role::Dim), look.palette.colour(Role::Accent));
    let paint = |context: &mut Context<'_>| {
        context.draw(&Points { coords: &dots, color: plan_colour });
        if let Some(solid) = solid {
            context.marker(solid);
        }
        draw_line(context, &actual, actual_colour);
    };
    let ground = look.palette.style(Role::Text).bg.unwrap_or(Color::Reset);
    Canvas::default()
        .marker(dotted)
        .x_bounds([0.0, length])
        .y_bounds([0.0, 1.0])
        .background_color(ground)
        .paint(paint)
        .render(area, buffer);
}

fn draw_line(context: &mut Context<'_>, points: &[(f64, f64)], color: Color) {
    for pair in points.windows(2) {
        if let [(x1, y1), (x2, y2)] = *pair {
            context.draw(&Line { x1, y1, x2, y2, color });
        }
    }
    if let [only] = *points {
        context.draw(&Points { coords: &[only], color });
    }
}

/// The value of a curve at `x`; none outside of it.
fn value(curve: &[(f64, f64)], x: f64) -> Option<f64> {
    let after = curve.partition_point(|(at, _)| *at < x);
    let (right, share) = *curve.get(after)?;
    let Some((left, before)) = after.checked_sub(1).and_then(|before| curve.get(before)) else {
        return (right - x).abs().lt(&1.0).then_some(share);
    };
    Some(before + (share - before) * (x - left) / (right - left).max(1.0))
}
