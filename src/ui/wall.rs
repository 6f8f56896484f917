//! The wall's figures: few, and as large as the screen lets them be, to be read from across the room.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Line, widgets::Widget as _};
use tui_big_text::{BigText, PixelSize};

use super::{
    Look,
    cell::{self, Saying},
    pen::{Piece, put, put_pieces, put_sign, truncated, width, width_of},
    theme::Role,
};
use crate::{
    app::model::Model,
    domain::{campaign::Phase, status::Cell, summary::Figures},
    panels::{Row, cell as panel, column::Align, scene::Scene, upcoming_campaigns, view::Area},
};

/// The cells of a letter before it is enlarged.
const LETTER: u16 = 8;
/// The lines below a figure: its name, and more of it.
const CAPTION: u16 = 3;
/// Cells between a campaign and its days.
const GAP: u16 = 3;

/// One figure.
struct Tile {
    figure: String,
    role: Role,
    name: String,
    more: String,
}

/// Draws the figures and the campaigns that run or come next.
pub(super) fn draw(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let Some(scene) = model.scene() else {
        let word = if model.feed.failure.is_some() { "wall-failed" } else { "wall-loading" };
        let said = look.words.get(word);
        let (x, y) = (area.x + area.width.saturating_sub(width(&said)) / 2, area.y + area.height / 2);
        put(buffer, x, y, area.width, &said, look.palette.style(Role::Title));
        return;
    };
    let lines = (area.height / 8).clamp(1, 5);
    let tiles = tiles(model, look);
    let (wide, high) = (area.width / 2, (area.height.saturating_sub(lines + 2)) / 2);
    for (place, tile) in (0..).zip(&tiles) {
        let (column, row) = (place % 2, place / 2);
        let at = Area { x: area.x + column * wide, y: area.y + 1 + row * high, width: wide, height: high };
        draw_tile(buffer, at, tile, look);
    }
    let below = Area { y: area.y + area.height - lines, height: lines, ..area };
    campaigns(buffer, below, &scene, look);
}

fn tiles(model: &Model, look: &Look<'_>) -> [Tile; 4] {
    let words = look.words;
    let count = |count: u32| ("count", i64::from(count).into());
    let (reports, tasks) = (&model.summary.reports, &model.summary.tasks);
    let late = |figures: &Figures| if figures.overdue() > 0 { Role::Late } else { Role::OnTime };
    let soon = reports.in_cell(Cell::DueSoon) + tasks.in_cell(Cell::DueSoon);
    let percent = tasks.done_rate().map_or_else(String::new, |rate| format!("{:.0}%", rate * 100.0));
    let of = [("done", i64::from(tasks.done()).into()), ("assigned", i64::from(tasks.assigned()).into())];
    [
        Tile {
            figure: reports.overdue().to_string(),
            role: late(reports),
            name: words.get("wall-reports-overdue").into_owned(),
            more: words.with("wall-to-deal-with", &[count(u32::try_from(model.queue).unwrap_or(u32::MAX))]),
        },
        Tile {
            figure: tasks.overdue().to_string(),
            role: late(tasks),
            name: words.get("wall-tasks-overdue").into_owned(),
            more: words.with("wall-open", &[count(tasks.open())]),
        },
        Tile {
            figure: soon.to_string(),
            role: if soon > 0 { Role::DueSoon } else { Role::Dim },
            name: words.get("wall-due-soon").into_owned(),
            more: words.with("wall-due-soon-days", &[count(model.settings.due_soon_working_days.into())]),
        },
        Tile {
            figure: percent,
            role: Role::Accent,
            name: words.get("wall-tasks-done").into_owned(),
            more: words.with("wall-done-of", &of),
        },
    ]
}

fn draw_tile(buffer: &mut Buffer, area: Area, tile: &Tile, look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let letters = u16::try_from(tile.figure.chars().count()).unwrap_or(u16::MAX).max(1);
    let room = area.height.saturating_sub(CAPTION);
    let high = enlarged(buffer, Area { height: room, ..area }, &tile.figure, letters, style(tile.role), look);
    let top = area.y + (room.saturating_sub(high)) / 2 + high;
    let name = if high == 0 { format!("{} {}", tile.figure, tile.name) } else { tile.name.clone() };
    for (y, text, role) in [(top + 1, &name, Role::Title), (top + 2, &tile.more, Role::Dim)] {
        if y < area.y + area.height {
            let room = width(text).min(area.width.saturating_sub(2));
            let x = area.x + (area.width - room) / 2;
            let piece = [Piece::new(role, text.as_str())];
            put_pieces(buffer, (x, y), (room, Align::Left), &piece, look.glyphs.ellipsis, style);
        }
    }
}

/// Writes `figure` in the middle of `area`, as large as it fits; gives how high it is, 0 where it does not fit at all.
fn enlarged(buffer: &mut Buffer, area: Area, figure: &str, letters: u16, style: Style, look: &Look<'_>) -> u16 {
    let times = (area.width.saturating_sub(2) / (LETTER * letters)).min(area.height / LETTER);
    let (size, times, cell) = match times {
        0 if look.glyphs.is_ascii() => return 0,
        0 => (PixelSize::Quadrant, 1, LETTER / 2),
        times => (PixelSize::Full, times, LETTER),
    };
    let (wide, high) = (cell * letters * times, cell * times);
    if wide > area.width || high > area.height {
        return 0;
    }
    let once = Rect::new(0, 0, cell * letters, cell);
    let mut drawn = Buffer::empty(once);
    BigText::builder().pixel_size(size).lines([Line::from(figure)]).build().render(once, &mut drawn);
    let (left, top) = (area.x + (area.width - wide) / 2, area.y + (area.height - high) / 2);
    for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
        let sign = drawn.cell((x / times, y / times)).map_or(" ", |cell| cell.symbol());
        if sign.trim().is_empty() {
            continue;
        }
        put_sign(buffer, left + x, top + y, if look.glyphs.is_ascii() { "#" } else { sign }, style);
    }
    high
}

/// The campaigns that run, then those to come, as many as there are lines.
fn campaigns(buffer: &mut Buffer, area: Area, scene: &Scene<'_>, look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let Saying { words, .. } = look.saying(scene);
    let calendar = &scene.snapshot.outline.calendar;
    let shown = upcoming_campaigns::rows(scene).into_iter().filter_map(|row| {
        let Row::Campaign(index) = row else { return None };
        let campaign = scene.snapshot.outline.plan.campaigns.get(index as usize)?;
        let countdown = campaign.countdown(scene.today.date, calendar);
        (countdown.phase != Phase::Past).then_some((campaign, countdown))
    });
    let shown: Vec<_> = shown
        .take(area.height.into())
        .map(|(campaign, countdown)| {
            let role = if countdown.phase == Phase::Running { Role::Title } else { Role::Text };
            let mut said = Vec::new();
            cell::pieces(&panel::Cell::Countdown(countdown), look.saying(scene), &mut said);
            (role, campaign.title.get(words.language.tag), said)
        })
        .collect();
    // Two columns in the middle, so that what is read together stands together. A long name gives way: how many days there
    // are is what one looks for.
    let days = shown.iter().map(|(.., said)| width_of(said)).max().unwrap_or(0);
    let most = area.width.saturating_sub(days + GAP + 2);
    let names = shown.iter().map(|(_, title, _)| width(title)).max().unwrap_or(0).min(most);
    let x = area.x + area.width.saturating_sub(names + GAP + days) / 2;
    for (y, (role, title, said)) in (area.y..).zip(&shown) {
        put(buffer, x, y, names, &truncated(title, names, look.glyphs.ellipsis), style(*role));
        put_pieces(buffer, (x + names + GAP, y), (days, Align::Left), said, look.glyphs.ellipsis, style);
    }
}
