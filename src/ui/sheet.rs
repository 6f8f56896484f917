//! Draws the sheet: what it asks line by line, and below it the letters of this sitting, the last one first.

use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Look, arrived, frame, line_input,
    pen::{Piece, blank, put, put_pieces, truncated, width},
    theme::Role,
    typed_day, wording,
};
use crate::{
    app::{
        model::Model,
        pick::Pick,
        sheet::{Control, Line, Purpose, Sheet, Slot},
    },
    domain::{id::ItemId, item::Subject, summary::days_late},
    panels::{column::Align, view::Area},
};

/// The widest it grows.
const WIDEST: u16 = 96;
/// The most letters that are listed.
const LISTED: usize = 8;

/// Draws the sheet over `screen`. Gives the cursor's place where something is typed.
pub fn draw(buffer: &mut Buffer, screen: Area, sheet: &Sheet, model: &Model, look: &Look<'_>) -> Option<Position> {
    let is_sitting = sheet.purpose == Purpose::Arrivals;
    // The list keeps its place from the beginning on, so that nothing jumps as letters are entered.
    let beneath = if is_sitting { LISTED + 1 } else { 0 };
    let said = sheet.lines.iter().find_map(|line| line.wrong.as_ref());
    let height = u16::try_from(sheet.lines.len() + beneath + 3).unwrap_or(u16::MAX);
    let width = WIDEST.min(screen.width.saturating_sub(2));
    let height = height.min(screen.height.saturating_sub(2));
    if width < 24 || height < 3 {
        return None;
    }
    let (x, y) = (screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 3);
    let area = Area { x, y, width, height };
    blank(buffer, area, look.palette.style(Role::Text));
    let title = [Piece::new(Role::Text, title(sheet, look))];
    frame::draw(buffer, area, true, &title, &count(sheet, look), look);
    hints(buffer, area, sheet, look);
    let inside = area.inside();
    let inside = Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let rows = u16::try_from(sheet.lines.len()).unwrap_or(u16::MAX).min(inside.height);
    let cursor = lines(buffer, Area { height: rows, ..inside }, sheet, model, look);
    let below = Area { y: inside.y + rows, height: inside.height - rows, ..inside };
    if let Some(said) = said.filter(|_| below.height > 0) {
        let said = look.words.say(said);
        let style = look.palette.style(Role::Error);
        put(buffer, below.x, below.y, below.width, &truncated(&said, below.width, look.glyphs.ellipsis), style);
    }
    let below = Area { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
    let listed = sheet.arrived.iter().enumerate().rev().take(usize::from(below.height));
    for (y, (place, letter)) in (below.y..).zip(listed) {
        arrived::draw(buffer, Area { y, height: 1, ..below }, place + 1, letter, model, look);
    }
    cursor
}

pub(super) fn title(sheet: &Sheet, look: &Look<'_>) -> String {
    let action = sheet.purpose.action();
    let short = format!("short-{}", action.as_str());
    let action = look.words.get(if look.words.has(&short) { &short } else { action.word().0 }).into_owned();
    match &sheet.purpose {
        Purpose::Task(id) => format!("{action} {id}"),
        Purpose::Agency(id) => format!("{action} {id}"),
        Purpose::Arrivals | Purpose::Case | Purpose::NewTask | Purpose::HandOver => action,
    }
}

fn count<'a>(sheet: &Sheet, look: &Look<'_>) -> Vec<Piece<'a>> {
    match sheet.arrived.len() {
        0 => Vec::new(),
        count => vec![Piece::new(Role::Accent, look.words.with("sheet-arrived", &[("count", count.into())]))],
    }
}

fn lines(buffer: &mut Buffer, area: Area, sheet: &Sheet, model: &Model, look: &Look<'_>) -> Option<Position> {
    let names: Vec<_> = sheet.lines.iter().map(|line| look.words.get(line.slot.word().0)).collect();
    let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).min(area.width / 2);
    let mut cursor = None;
    // Where there is not room for all of them, the focused one is among those shown.
    let first = (sheet.focus + 1).saturating_sub(usize::from(area.height));
    let shown = sheet.lines.iter().zip(&names).enumerate().skip(first).take(usize::from(area.height));
    for (y, (place, (line, name))) in (area.y..).zip(shown) {
        let focused = place == sheet.focus;
        let role = if focused { Role::Accent } else { Role::Dim };
        let sign = if focused { look.glyphs.selected } else { " " };
        put(buffer, area.x.saturating_sub(1), y, 1, sign, look.palette.style(Role::Accent));
        put(buffer, area.x, y, wide, &truncated(name, wide, look.glyphs.ellipsis), look.palette.style(role));
        let x = area.x + wide + 2;
        let room = Area { x, y, width: (area.x + area.width).saturating_sub(x), height: 1 };
        let at = control(buffer, room, sheet, line, focused, (model, look));
        cursor = cursor.or(at.filter(|_| focused));
    }
    cursor
}

fn control(
    buffer: &mut Buffer,
    area: Area,
    sheet: &Sheet,
    line: &Line,
    focused: bool,
    (model, look): (&Model, &Look<'_>),
) -> Option<Position> {
    let style = |role| look.palette.style(role);
    let pieces = |buffer: &mut Buffer, area: Area, pieces: &[Piece<'_>]| {
        put_pieces(buffer, (area.x, area.y), (area.width, Align::Left), pieces, look.glyphs.ellipsis, style);
    };
    match &line.control {
        Control::Typed(input) => {
            let (note, role) = beside(sheet, line, model, look);
            let taken = width(&note).min(area.width / 2);
            let end = area.x + area.width - taken;
            put(buffer, end, area.y, taken, &truncated(&note, taken, look.glyphs.ellipsis), style(role));
            let room = area.width.saturating_sub(if taken > 0 { taken + 1 } else { 0 });
            blank(buffer, Area { width: room, ..area }, style(Role::Input));
            Some(line_input::draw(buffer, (area.x, area.y), room, input, look))
        }
        Control::Pick(pick) if pick.is_typed => {
            // What is typed has the first third; beside it what that comes to.
            let room = (area.width / 3).max(10).min(area.width);
            blank(buffer, Area { width: room, ..area }, style(Role::Input));
            let cursor = line_input::draw(buffer, (area.x, area.y), room, &pick.input, look);
            let rest = Area { x: area.x + room + 1, width: area.width.saturating_sub(room + 1), ..area };
            pieces(buffer, rest, &found(pick, look));
            Some(cursor)
        }
        Control::Pick(pick) => {
            pieces(buffer, area, &gone_through(pick, sheet, line.slot, focused, (model, look)));
            None
        }
        Control::Shown(text) => {
            let role = if line.slot == Slot::Theirs { Role::DueSoon } else { Role::Dim };
            let text = if text.is_empty() { look.words.get("sheet-left-blank") } else { text.as_str().into() };
            pieces(buffer, area, &[Piece::new(role, text)]);
            None
        }
    }
}

/// What typing found: the one chosen, and how many fit.
fn found<'a>(pick: &Pick, look: &Look<'_>) -> Vec<Piece<'a>> {
    let (place, count) = pick.place();
    let sign = Piece::new(Role::Accent, format!("{} ", look.glyphs.prompt));
    match pick.chosen() {
        Some(chosen) => {
            let mut said = vec![sign, Piece::new(Role::Title, chosen.label.as_str().to_owned())];
            if count > 1 {
                said.push(Piece::new(Role::Dim, format!("  {}/{count}", place.map_or(0, |place| place + 1))));
            }
            said
        }
        None if count == 0 => vec![Piece::new(Role::Error, look.words.get("dialog-nothing-found").into_owned())],
        None => vec![Piece::new(Role::Dim, look.words.get("sheet-type-or-arrows").into_owned())],
    }
}

/// What one goes through with the arrows.
fn gone_through<'a>(
    pick: &Pick,
    sheet: &Sheet,
    slot: Slot,
    focused: bool,
    (model, look): (&Model, &Look<'a>),
) -> Vec<Piece<'a>> {
    if matches!(slot, Slot::Sure | Slot::Whose) {
        let answers = pick.fitting().into_iter().flat_map(|answer| {
            let is = pick.chosen() == Some(answer);
            let (sign, role) =
                if is { (look.glyphs.chosen[1], Role::Title) } else { (look.glyphs.chosen[0], Role::Dim) };
            let word = look.words.get(answer_word(&answer.id)).into_owned();
            [Piece::new(Role::Accent, format!("{sign} ")), Piece::new(role, word), gap()]
        });
        return answers.collect();
    }
    let (place, count) = pick.place();
    let Some(chosen) = pick.chosen() else {
        let is_early = slot != Slot::Report || sheet.value(Slot::Agency).is_empty();
        let (word, role) = match (is_early, count) {
            (true, _) => ("sheet-after-agency", Role::Dim),
            (false, 0) => ("sheet-owes-nothing", Role::DueSoon),
            (false, _) => ("sheet-which-report", Role::DueSoon),
        };
        return vec![Piece::new(role, look.words.get(word).into_owned())];
    };
    let mut said = if slot == Slot::Report {
        report(&chosen.id.as_str().into(), model, look)
    } else {
        vec![Piece::new(Role::Title, chosen.label.as_str().to_owned())]
    };
    if count > 1 {
        let role = if focused { Role::Accent } else { Role::Dim };
        said.push(Piece::new(role, format!("  {}/{count}", place.map_or(0, |place| place + 1))));
    }
    said
}

pub(super) fn answer_word(id: &str) -> &'static str {
    match id {
        "yes" => "answer-yes",
        "mine" => "whose-mine",
        "theirs" => "whose-theirs",
        _ => "answer-no",
    }
}

fn gap<'a>() -> Piece<'a> {
    Piece::new(Role::Text, "   ")
}

/// A report: its name with its period, its due date, how late it is.
fn report<'a>(id: &ItemId, model: &Model, look: &Look<'_>) -> Vec<Piece<'a>> {
    let (Some(scene), Some(snapshot)) = (model.scene(), &model.snapshot) else { return Vec::new() };
    let Some(item) = snapshot.item(id) else { return Vec::new() };
    let mut name = String::new();
    if let Subject::Report { duty, period } = item.subject
        && let Some(duty) = snapshot.outline.plan.duties.get(duty as usize)
        && let Some(period) = snapshot.outline.periods.get(period as usize)
    {
        let mut pieces = Vec::new();
        wording::report(&duty.title, period, look.saying(&scene), &mut pieces);
        name = pieces.iter().map(|piece| piece.text.as_ref()).collect();
    }
    let mut said = Vec::new();
    if let Some(due) = item.due {
        let date = look.words.short_date(due, model.today.date.year());
        let late = days_late(item, model.today);
        let word = look.words.with("form-due", &[("date", date.into())]);
        said.push(Piece::new(if late.is_some() { Role::Late } else { Role::Dim }, word));
        if let Some(days) = late {
            let late = look.words.with("form-late", &[("days", i64::from(days).into())]);
            said.push(Piece::new(Role::Late, format!(" {} {late}", look.glyphs.dot)));
        }
        said.push(Piece::new(Role::Text, "  "));
    }
    said.push(Piece::new(Role::Title, name));
    said
}

/// What is said beside a line: the day it means, that it may be left blank.
pub(super) fn beside(sheet: &Sheet, line: &Line, model: &Model, look: &Look<'_>) -> (String, Role) {
    let typed = line.value();
    if line.slot.is_date() {
        return typed_day::in_sheet(sheet, line, model, look);
    }
    let is_blank = typed.is_empty() && line.slot.is_optional();
    (if is_blank { look.words.get("form-optional").into_owned() } else { String::new() }, Role::Dim)
}

/// What the keys do, on the lower border.
fn hints(buffer: &mut Buffer, area: Area, sheet: &Sheet, look: &Look<'_>) {
    let word = match sheet.purpose {
        Purpose::Arrivals => "sheet-hint-arrivals",
        Purpose::HandOver => "sheet-hint-hand-over",
        Purpose::Case | Purpose::Task(_) | Purpose::Agency(_) | Purpose::NewTask => "sheet-hint",
    };
    let pieces = [Piece::new(Role::Dim, format!(" {} ", look.words.get(word)))];
    let place = (area.x + 2, area.y + area.height - 1);
    let room = area.width.saturating_sub(4);
    put_pieces(buffer, place, (room, Align::Right), &pieces, look.glyphs.ellipsis, |role| look.palette.style(role));
}
