//! The heading of the chart: the weeks, months or quarters where they begin, and today's date over its line.

use jiff::civil::Date;
use ratatui::buffer::Buffer;

use super::super::{
    Look,
    pen::{blank, put, put_sign, width},
    theme::Role,
};
use crate::{
    app::lists::Sort,
    panels::{
        scene::Scene,
        stretch::{Place, Scale, Stretch},
        timeline::CHART,
        view::Area,
    },
};

/// A label, and the cells it takes.
struct Label {
    from: u16,
    to: u16,
    text: String,
}

/// Draws it into `area`. `today` is the day shown, and the cell it stands in where it is on the stretch.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Area,
    stretch: &Stretch,
    (today, cell): (Date, Option<u16>),
    sort: Option<Sort>,
    scene: &Scene<'_>,
    look: &Look<'_>,
) {
    if area.height == 0 || area.width == 0 {
        return;
    }
    blank(buffer, area, look.palette.style(Role::Text));
    let year = scene.snapshot.outline.plan.year;
    let now = today_label(area.width, stretch, (today, cell), year, look);
    for label in divisions(stretch, &now, look) {
        let style = look.palette.style(Role::Heading);
        put(buffer, area.x + label.from, area.y, label.to - label.from, &label.text, style);
    }
    put(buffer, area.x + now.from, area.y, area.width - now.from, &now.text, look.palette.style(Role::Accent));
    if let Some(sort) = sort.filter(|sort| sort.column == CHART) {
        let arrow = look.glyphs.sorted[usize::from(!sort.reversed)];
        put_sign(buffer, area.x + area.width - 1, area.y, arrow, look.palette.style(Role::Accent));
    }
}

/// Today's date over its line; where it is off the stretch, at the edge it is off.
fn today_label(room: u16, stretch: &Stretch, (today, cell): (Date, Option<u16>), year: i16, look: &Look<'_>) -> Label {
    let date = look.words.short_date(today, year);
    let [before, after] = look.glyphs.beyond;
    let (text, middle) = match (cell, stretch.place(today)) {
        (Some(cell), _) | (None, Place::Cell(cell)) => (date, cell),
        (None, Place::Before) => (format!("{before} {date}"), 0),
        (None, Place::After) => (format!("{date} {after}"), room),
    };
    let wide = width(&text).min(room);
    let from = middle.saturating_sub(wide / 2).min(room - wide);
    Label { from, to: from + wide, text }
}

/// The labels of the divisions that have room for them beside today's, the first one also where it began before the stretch.
fn divisions(stretch: &Stretch, now: &Label, look: &Look<'_>) -> Vec<Label> {
    let mut begins: Vec<(u16, Date)> = stretch.divisions().collect();
    if begins.first().is_none_or(|(cell, _)| *cell > 0) {
        begins.insert(0, (0, stretch.scale.division(stretch.begin)));
    }
    let ends = begins.iter().skip(1).map(|(cell, _)| *cell).chain([stretch.cells]);
    let mut year = None;
    let mut labels = Vec::new();
    for ((from, day), end) in begins.iter().copied().zip(ends) {
        // A cell parts it from the next one and from today's.
        let next = if now.to < from { end } else { end.min(now.from) };
        let room = next.saturating_sub(from + 1);
        let said = names(stretch.scale, day, year != Some(day.year()), look);
        if let Some(text) = said.into_iter().find(|text| width(text) <= room) {
            labels.push(Label { from, to: from + width(&text), text });
            year = Some(day.year());
        }
    }
    labels
}

/// What a division is called, the longest first; with the year where it is another one than before.
fn names(scale: Scale, day: Date, with_year: bool, look: &Look<'_>) -> Vec<String> {
    let (month, year) = (i32::from(day.month()), i32::from(day.year()));
    let quarter = (month + 2) / 3;
    let say =
        |word| look.words.with(word, &[("month", month.into()), ("quarter", quarter.into()), ("year", year.into())]);
    let words: &[&str] = match (scale, with_year) {
        (Scale::Week, _) => return vec![look.words.short_date(day, day.year())],
        (Scale::Month, true) => &["timeline-month-year", "timeline-month", "timeline-month-short"],
        (Scale::Month, false) => &["timeline-month", "timeline-month-short"],
        (Scale::Quarter, true) => &["timeline-month-short-year", "timeline-month-short"],
        (Scale::Quarter, false) => &["timeline-month-short"],
        (Scale::Year, true) => &["timeline-quarter-year", "timeline-quarter"],
        (Scale::Year, false) => &["timeline-quarter"],
    };
    words.iter().copied().map(say).collect()
}
