//! Charts of rows: what is overdue by age, reports on time by period, agencies late most often.

use ratatui::buffer::Buffer;

use super::{
    bars::{self, Bar, Columns, row},
    line,
};
use crate::{
    domain::{
        lateness::{LateAgency, PeriodFigures},
        status::Cell,
        summary::AGEING,
        trend::{Trend, whole},
    },
    panels::{scene::Scene, view::Area},
    ui::{
        Look,
        pen::{Piece, width, width_of},
        theme::Role,
        wording,
    },
};

/// The least the figures take, so that the rows of both charts look alike.
const FIGURE: u16 = 10;

/// What is overdue by how late it is.
pub(super) fn ageing(buffer: &mut Buffer, area: Area, trend: &Trend, look: &Look<'_>) {
    let counts = trend.lateness.ageing;
    let names: Vec<String> = (0..AGEING.len()).map(|bucket| bucket_name(bucket, look)).collect();
    let most = counts.into_iter().max().unwrap_or(0);
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let columns = Columns::new(area.width, widest, width(&most.to_string()));
    if most == 0 {
        line(buffer, area, 0, &[Piece::new(Role::OnTime, look.words.get("trend-none-late"))], look);
        return;
    }
    for ((y, name), count) in (area.y..area.y + area.height).zip(names).zip(counts) {
        let role = if count > 0 { Role::Late } else { Role::Dim };
        let figure = vec![Piece::new(role, if count > 0 { count.to_string() } else { look.glyphs.zero.to_owned() })];
        let parts = [(count, Role::BarLate)];
        row(buffer, area, y, columns, &Bar { name, parts: &parts, figure }, most, look);
    }
}

/// `1–7 ngày`.
fn bucket_name(bucket: usize, look: &Look<'_>) -> String {
    let from = bucket.checked_sub(1).map_or(1, |before| AGEING[before] + 1);
    if bucket + 1 == AGEING.len() {
        return look.words.with("trend-bucket-more", &[("days", (from - 1).into())]);
    }
    let days = format!("{from}{}{}", look.glyphs.dash, AGEING[bucket]);
    look.words.with("trend-bucket", &[("days", days.into())])
}

/// Reports on time by period.
pub(super) fn on_time(buffer: &mut Buffer, area: Area, trend: &Trend, scene: &Scene<'_>, look: &Look<'_>) {
    let periods = &trend.lateness.periods;
    if periods.is_empty() {
        line(buffer, area, 0, &[Piece::new(Role::Dim, look.words.get("trend-none-due"))], look);
        return;
    }
    let names: Vec<String> = periods.iter().take(area.height.into()).map(|of| period_name(of, scene, look)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let counts = |of: &PeriodFigures| {
        let [on_time, late] = [Cell::OnTime, Cell::Late].map(|cell| of.figures.in_cell(cell));
        (on_time, on_time + late + of.figures.overdue())
    };
    let figure = |of: &PeriodFigures| figure(counts(of), of.figures.on_time_rate().unwrap_or(0.0), look);
    let room = periods.iter().take(names.len()).map(|of| width_of(&figure(of))).max().unwrap_or(0);
    let columns = Columns::new(area.width, widest.min(area.width * 3 / 5), room.max(FIGURE));
    for ((y, name), of) in (area.y..area.y + area.height).zip(names).zip(periods) {
        let ((on_time, all), figure) = (counts(of), figure(of));
        let parts = [(on_time, Role::BarOnTime), (all - on_time, Role::Track)];
        row(buffer, area, y, columns, &Bar { name, parts: &parts, figure }, all, look);
    }
}

/// The report's name with its period; cases by their duty.
fn period_name(of: &PeriodFigures, scene: &Scene<'_>, look: &Look<'_>) -> String {
    let outline = &scene.snapshot.outline;
    let Some(duty) = outline.plan.duties.get(of.duty as usize) else { return String::new() };
    let Some(period) = of.period.and_then(|period| outline.periods.get(period as usize)) else {
        return duty.title.get(look.words.language.tag).to_owned();
    };
    let mut said = Vec::new();
    wording::report(&duty.title, period, look.saying(scene), &mut said);
    said.into_iter().map(|piece| piece.text).collect()
}

/// The agencies late most often.
pub(super) fn agencies(buffer: &mut Buffer, area: Area, trend: &Trend, scene: &Scene<'_>, look: &Look<'_>) {
    let agencies = &trend.lateness.agencies;
    let Some(most) = agencies.first().map(|agency| agency.times()) else {
        line(buffer, area, 0, &[Piece::new(Role::OnTime, look.words.get("trend-none-ever-late"))], look);
        return;
    };
    let label = |index| {
        let agency = scene.snapshot.outline.agencies.get(index as usize);
        agency.map_or(String::new(), |agency| agency.label(look.words.language.tag).to_owned())
    };
    let area = legend(buffer, area, look);
    let shown = agencies.iter().take(area.height.into());
    let names: Vec<String> = shown.map(|one| label(one.agency)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let figure = |one: &LateAgency| figure((one.times(), one.reached), one.share(), look);
    let room = agencies.iter().take(names.len()).map(|one| width_of(&figure(one))).max().unwrap_or(0);
    let columns = Columns::new(area.width, widest.min(area.width / 2), room.max(FIGURE));
    for ((y, name), one) in (area.y..area.y + area.height).zip(names).zip(agencies) {
        let figure = figure(one);
        let parts = [(one.overdue, Role::BarLate), (one.late, Role::BarDoneLate)];
        row(buffer, area, y, columns, &Bar { name, parts: &parts, figure }, most, look);
    }
}

/// So many of so many, and the share.
fn figure<'a>((part, all): (u32, u32), share: f64, look: &Look<'_>) -> Vec<Piece<'a>> {
    let share = look.words.percent(whole(share) as f64 / 100.0, 0);
    vec![Piece::new(Role::Dim, format!("{part}/{all}")), Piece::new(Role::Text, format!(" {share:>4}"))]
}

/// What the bars of agencies are made of, above them where there is room; gives the rest.
fn legend(buffer: &mut Buffer, area: Area, look: &Look<'_>) -> Area {
    if area.height < 4 {
        return area;
    }
    let parts = [(Role::BarLate, "trend-still-late"), (Role::BarDoneLate, "trend-done-late")];
    let mut pieces = Vec::new();
    for (part, (role, word)) in (0..).zip(parts) {
        pieces.push(Piece::new(role, format!("{}{} ", if part > 0 { "   " } else { "" }, bars::filling(part, look))));
        pieces.push(Piece::new(Role::Dim, look.words.get(word)));
    }
    line(buffer, area, 0, &pieces, look);
    Area { y: area.y + 1, height: area.height - 1, ..area }
}
