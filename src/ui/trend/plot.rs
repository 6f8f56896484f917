//! [`Plot`]: a chart's ground: time from left to right with its months, a scale from bottom to top, the lines of today and
//! of the day looked at.

use jiff::{ToSpan, civil::Date};
use ratatui::buffer::Buffer;

use crate::{
    domain::{campaign::days_between, trend::Trend},
    panels::{column::Align, view::Area},
    ui::{
        Look,
        pen::{Piece, put, put_pieces, put_sign, width},
        theme::Role,
    },
};

/// Cells at the left for the scale.
pub(super) const SCALE: u16 = 5;
/// A plan of more days is told by years.
const YEARS: i32 = 550;
/// Fewer cells than these say nothing.
const LEAST: (u16, u16) = (12, 3);

/// Where things stand on a chart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    /// The ground.
    pub(super) area: Area,
    /// The first and the last day.
    pub(super) days: (Date, Date),
}

impl Plot {
    /// Lays a chart of `trend` out in `area`; none where there is no room.
    pub(super) fn new(area: Area, trend: &Trend) -> Option<Self> {
        let ground = Area {
            x: area.x + SCALE.min(area.width),
            width: area.width.saturating_sub(SCALE),
            height: area.height.saturating_sub(1),
            ..area
        };
        let fits = ground.width >= LEAST.0 && ground.height >= LEAST.1;
        fits.then_some(Plot { area: ground, days: (trend.from, trend.to) })
    }

    /// How many days it is long.
    pub(super) fn length(&self) -> i32 {
        days_between(self.days.0, self.days.1).max(1)
    }

    /// The column of a day.
    pub(super) fn column(&self, day: Date) -> u16 {
        let ahead = i64::from(days_between(self.days.0, day).clamp(0, self.length()));
        let last = i64::from(self.area.width - 1);
        let half = i64::from(self.length()) / 2;
        self.area.x + u16::try_from((ahead * last + half) / i64::from(self.length())).unwrap_or(0)
    }

    /// Draws the scale: a word for each share of the height.
    pub(super) fn scale(&self, buffer: &mut Buffer, marks: &[(f64, String)], look: &Look<'_>) {
        for (share, mark) in marks {
            let down = ((1.0 - share) * f64::from(self.area.height - 1)).round() as u16;
            let at = (self.area.x - SCALE, self.area.y + down.min(self.area.height - 1));
            let piece = [Piece::new(Role::Dim, mark.as_str())];
            put_pieces(buffer, at, (SCALE - 1, Align::Right), &piece, "", |role| look.palette.style(role));
        }
    }

    /// Draws the months below, and today's and the looked-at day's lines with their dates.
    pub(super) fn time(&self, buffer: &mut Buffer, today: Date, looked_at: Option<Date>, look: &Look<'_>) {
        let row = self.area.y + self.area.height;
        let looked_at = looked_at.filter(|day| *day != today);
        let lines = [(looked_at, 1, Role::Accent), (Some(today), 0, Role::Text)];
        let mut taken: Vec<(u16, u16)> = Vec::new();
        for (day, sign, role) in lines.into_iter().filter_map(|(day, sign, role)| Some((day?, sign, role))) {
            let x = self.column(day);
            let style = look.palette.style(if sign == 0 { Role::Dim } else { role });
            for y in self.area.y..row {
                put_sign(buffer, x, y, look.glyphs.uprights[sign], style);
            }
            let date = look.words.short_date(day, self.days.0.year());
            self.label(buffer, (x.saturating_sub(width(&date) / 2), row), &date, role, &mut taken, look);
        }
        let month =
            |month: Date| look.words.with("timeline-month-short", &[("month", i32::from(month.month()).into())]);
        let months = months(self.days);
        // Over several years a month alone does not say which.
        let years = |first: &&Date| self.length() > YEARS && first.month() == 1;
        let plainly = |first: &&Date| self.length() <= YEARS || first.month() == 7 && self.length() <= 3 * YEARS;
        for first in months.iter().filter(years) {
            self.label(buffer, (self.column(*first), row), &first.year().to_string(), Role::Dim, &mut taken, look);
        }
        for first in months.iter().filter(plainly) {
            self.label(buffer, (self.column(*first), row), &month(*first), Role::Dim, &mut taken, look);
        }
    }

    /// Writes a label of the axis, a little to the left where it would not fit, not at all where another one stands.
    fn label(
        &self,
        buffer: &mut Buffer,
        (x, y): (u16, u16),
        text: &str,
        role: Role,
        taken: &mut Vec<(u16, u16)>,
        look: &Look<'_>,
    ) {
        let (wide, right) = (width(text), self.area.x + self.area.width);
        let from = x.min(right.saturating_sub(wide)).max(self.area.x);
        let free = taken.iter().all(|(start, end)| from + wide < *start || from > *end);
        if free {
            put(buffer, from, y, wide, text, look.palette.style(role));
            taken.push((from, from + wide));
        }
    }
}

/// The first days of the months, and the first day.
fn months((from, to): (Date, Date)) -> Vec<Date> {
    let next = |month: &Date| month.checked_add(1.month()).ok().map(Date::first_of_month);
    let first = if from.day() <= 8 { Some(from) } else { next(&from) };
    std::iter::successors(first, next).take_while(|month| *month <= to).collect()
}
