//! Draws the dialog: a framed list over the panels with a search line, as large as the screen lets it be.

use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Look, card,
    choice::{Pieces, said, title_word, unfolded},
    found, frame, keycap, line_input,
    pen::{Piece, blank, put, put_pieces, put_sign, width_of},
    theme::Role,
    turned,
};
use crate::{
    app::{
        action::Action,
        choices::{Choice, Label},
        dialog::{Dialog, Kind, Question, listed},
        model::Model,
        palette::Marker,
        results, triage,
    },
    panels::{PanelId, column::Align, view::Area},
};

/// The widest a dialog grows.
const WIDEST: u16 = 76;
/// The tallest one in the middle; the palette always is, so that it stands still while its lines come and go.
const TALLEST: u16 = 30;
/// The widest one that lists rows of the plan, or every action.
const WIDEST_FOUND: u16 = 96;
/// The widest one that is read, not chosen from.
const WIDEST_READ: u16 = 110;

/// Draws the open dialog over `screen`. Gives the cursor's place where one can search.
pub fn draw(buffer: &mut Buffer, screen: Area, dialog: &Dialog, model: &Model, look: &Look<'_>) -> Option<Position> {
    let (listed, of) = listed(model);
    let about = card::about(model, dialog.kind, room(screen, dialog.kind), look);
    let figures =
        if dialog.kind == Kind::Changes { turned::figures(model, room(screen, dialog.kind), look) } else { Vec::new() };
    let above = match (about.len(), dialog.kind.is_searched()) {
        (0, true) => 1 + u16::from(!figures.is_empty()),
        (0, false) => 2,
        (lines, _) => u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(1),
    };
    let area = match model.arranged().area(PanelId::Detail).filter(|_| dialog.kind == Kind::Deeds) {
        Some(detail) => beside(screen, detail, listed.len(), above),
        None => placed(screen, dialog.kind, of + folded(&listed, screen, dialog.kind, model, look), above),
    };
    if area.width < 6 || area.height < 3 {
        return None;
    }
    blank(buffer, area, look.palette.style(Role::Text));
    let mut title = if dialog.kind == Kind::Changes {
        vec![Piece::new(Role::Text, turned::title(model, look))]
    } else {
        vec![Piece::new(Role::Text, look.words.get(title_word(dialog.kind)))]
    };
    title.extend(about_what(dialog.kind, model, look));
    let count = if dialog.kind.is_searched() {
        look.words.number(i64::try_from(listed.len()).unwrap_or(0))
    } else {
        String::new()
    };
    frame::draw(buffer, area, true, &title, &[Piece::new(Role::Dim, count)], look);
    let inside = area.inside();
    let inside = Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    // The choices are always there, whatever is said above them.
    let above = above.min(inside.height.saturating_sub(u16::try_from(listed.len()).unwrap_or(0).min(3)));
    let head_area = Area { height: inside.height.min(above), ..inside };
    let cursor = if !about.is_empty() {
        draw_about(buffer, head_area, &about, look);
        None
    } else {
        if head_area.height > 1 {
            let place = ((head_area.x, head_area.y + 1), (head_area.width, Align::Left));
            put_pieces(buffer, place.0, place.1, &figures, look.glyphs.ellipsis, |role| look.palette.style(role));
        }
        head(buffer, head_area, dialog, look)
    };
    let rows = Area { y: inside.y + above.min(inside.height), height: inside.height.saturating_sub(above), ..inside };
    // Before what is said stand its sign and a gap.
    let room = rows.width.saturating_sub(2);
    // What is too long for its line is read whole while it is selected.
    let whole = listed.get(dialog.selected).and_then(|choice| unfolded(&choice.label, room, model, look));
    let further = whole.as_ref().map_or(0, |lines| lines.len() - 1).min(usize::from(rows.height).saturating_sub(1));
    let page = usize::from(rows.height) - further;
    let offset = dialog.selected.saturating_sub(page / 2).min(listed.len().saturating_sub(page));
    let pattern = model.palette.pattern();
    let mut marker = (dialog.kind == Kind::Palette && !pattern.is_empty()).then(|| Marker::new(pattern));
    let mut next = rows.y;
    for (place, choice) in listed.iter().enumerate().skip(offset).take(page) {
        let y = next;
        next += 1;
        if let Some(lines) = whole.as_ref().filter(|_| place == dialog.selected) {
            for (line, y) in lines.iter().take(further + 1).zip(y..) {
                let pieces = (line.clone(), Vec::new());
                row(buffer, Area { y, height: 1, ..rows }, (None, 0), &pieces, true, look);
                next = y + 1;
            }
            continue;
        }
        let above = place.checked_sub(1).and_then(|place| listed.get(place)).filter(|_| y > rows.y);
        let (left, right) = said(&choice.label, above.map(|choice| &choice.label), room, model, look);
        let pieces = match &mut marker {
            Some(marker) => (found::lit(left, marker), found::lit(right, marker)),
            None => (left, right),
        };
        let status = if let Label::Found(key) = &choice.label { found::sign(key, model, look) } else { None };
        let sign = status.or(choice.on.then(|| Piece::new(Role::Accent, look.glyphs.marked)));
        // Why something is not possible is read whole; its name can be guessed from its beginning.
        let most = if matches!(choice.label, Label::Impossible(..)) { room * 3 / 4 } else { room / 2 };
        row(buffer, Area { y, height: 1, ..rows }, (sign, most), &pieces, place == dialog.selected, look);
    }
    if listed.is_empty() && page > 0 {
        let word = if dialog.input.value().is_empty() { "dialog-empty" } else { "dialog-nothing-found" };
        put(buffer, rows.x, rows.y, rows.width, &look.words.get(word), look.palette.style(Role::Dim));
    }
    frame::thumb(buffer, area, rows, (offset, listed.len()), true, look);
    hints(buffer, area, dialog, model, look);
    cursor
}

/// What the deeds of the menu would be done to: on a small screen the row is behind it.
fn about_what<'a>(kind: Kind, model: &Model, look: &Look<'_>) -> Option<Piece<'a>> {
    let chosen = if kind == Kind::Deeds { triage::chosen(model) } else { Vec::new() };
    let name = match chosen.as_slice() {
        [] => return None,
        [id] => results::item_name(model, model.snapshot.as_ref()?.item(id)?).as_str().to_owned(),
        several => look.words.with("form-count", &[("count", several.len().into())]),
    };
    Some(Piece::new(Role::Dim, format!(" {} {name}", look.glyphs.dot)))
}

fn wide(screen: Area, kind: Kind) -> u16 {
    let is_read = matches!(
        kind,
        Kind::Messages
            | Kind::Plans
            | Kind::Results
            | Kind::Deeds
            | Kind::Changes
            | Kind::Cards
            | Kind::Card(_)
            | Kind::Ask(_)
    );
    let otherwise = if matches!(kind, Kind::Palette | Kind::Help) { WIDEST_FOUND } else { WIDEST };
    let widest = if is_read { WIDEST_READ } else { otherwise };
    widest.min(screen.width.saturating_sub(4))
}

/// The lines that the longest of what is said needs beside its own.
fn folded(listed: &[Choice], screen: Area, kind: Kind, model: &Model, look: &Look<'_>) -> usize {
    // It is as tall as it grows anyway.
    if listed.len() >= usize::from(TALLEST) {
        return 0;
    }
    let room = room(screen, kind).saturating_sub(2);
    let lines = |choice: &Choice| unfolded(&choice.label, room, model, look).map_or(0, |lines| lines.len() - 1);
    listed.iter().map(lines).max().unwrap_or(0)
}

/// How wide a line in the dialog is.
fn room(screen: Area, kind: Kind) -> u16 {
    wide(screen, kind).saturating_sub(4)
}

/// What a card is about, above its choices.
fn draw_about(buffer: &mut Buffer, area: Area, about: &[card::Shown], look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let indent = card::indent(look).min(area.width / 2);
    for (y, (name, pieces)) in (area.y..area.y + area.height).zip(about) {
        if let Some(name) = name {
            put_pieces(
                buffer,
                (area.x, y),
                (indent, Align::Left),
                std::slice::from_ref(name),
                look.glyphs.ellipsis,
                style,
            );
        }
        let place = ((area.x + indent, y), (area.width - indent, Align::Left));
        put_pieces(buffer, place.0, place.1, pieces, look.glyphs.ellipsis, style);
    }
}

/// In the middle, a little above; no larger than the screen.
///
/// `of` is how many are listed before anything is typed: a list that is searched keeps its height while it is.
fn placed(screen: Area, kind: Kind, of: usize, above: u16) -> Area {
    let width = wide(screen, kind);
    let wanted = u16::try_from(of.max(1)).unwrap_or(u16::MAX).saturating_add(above + 2);
    let wanted = if kind == Kind::Palette { TALLEST } else { wanted };
    let height = wanted.min(screen.height.saturating_sub(4)).min(TALLEST);
    let (x, y) = (screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 3);
    Area { x, y, width, height }
}

/// Beside the detail where there is room, else below its head: what is dealt with is seen.
fn beside(screen: Area, detail: Area, listed: usize, above: u16) -> Area {
    let wanted = u16::try_from(listed).unwrap_or(u16::MAX).saturating_add(above + 2);
    if detail.x >= screen.x + 48 {
        let height = wanted.min(screen.height.saturating_sub(4));
        let width = WIDEST.min(detail.x - screen.x - 2);
        return Area { x: screen.x + 1, y: screen.y + 2, width, height };
    }
    let height = wanted.min(screen.height / 2);
    let width = WIDEST_READ.min(screen.width.saturating_sub(4));
    Area { x: screen.x + (screen.width - width) / 2, y: screen.y + screen.height - height - 1, width, height }
}

/// The search line, or the question.
fn head(buffer: &mut Buffer, area: Area, dialog: &Dialog, look: &Look<'_>) -> Option<Position> {
    if area.height == 0 {
        return None;
    }
    if let Kind::Confirm(Question::ClearMarks) = dialog.kind {
        put(
            buffer,
            area.x,
            area.y,
            area.width,
            &look.words.get("question-clear-marks"),
            look.palette.style(Role::Text),
        );
        return None;
    }
    let from = put(buffer, area.x, area.y, area.width, look.glyphs.prompt, look.palette.style(Role::Accent)) + 1;
    let room = (area.x + area.width).saturating_sub(from);
    if dialog.kind == Kind::Palette && dialog.input.value().is_empty() {
        let hint = look.words.get("palette-hint");
        put(buffer, from + 1, area.y, room.saturating_sub(1), &hint, look.palette.style(Role::Dim));
    }
    Some(line_input::draw(buffer, (from, area.y), room, &dialog.input, look))
}

fn row(
    buffer: &mut Buffer,
    area: Area,
    (sign, most): (Option<Piece<'_>>, u16),
    (left, right): &Pieces<'_>,
    selected: bool,
    look: &Look<'_>,
) {
    let style = |role| if selected { look.palette.selected(role, Role::Selection) } else { look.palette.style(role) };
    let line = Area { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
    if selected {
        blank(buffer, line, style(Role::Text));
        put_sign(buffer, line.x, line.y, look.glyphs.selected, style(Role::Accent));
    }
    let sign = sign.unwrap_or(Piece::new(Role::Text, " "));
    let from = put(buffer, area.x, area.y, area.width, &sign.text, style(sign.role)) + 1;
    let room = (area.x + area.width).saturating_sub(from);
    let beside = width_of(right).min(most);
    let x = area.x + area.width - beside;
    put_pieces(buffer, (x, area.y), (beside, Align::Right), right, look.glyphs.ellipsis, style);
    let room = room.saturating_sub(if beside > 0 { beside + 2 } else { 0 });
    put_pieces(buffer, (from, area.y), (room, Align::Left), left, look.glyphs.ellipsis, style);
}

/// What Enter and Esc do, on the lower border.
fn hints(buffer: &mut Buffer, area: Area, dialog: &Dialog, model: &Model, look: &Look<'_>) {
    let word = match dialog.kind {
        Kind::Help | Kind::Palette => "dialog-hint-run",
        Kind::Facets => "dialog-hint-tick",
        Kind::Deeds | Kind::Sort | Kind::Plans | Kind::Confirm(_) => "dialog-hint-choose",
        Kind::Cards | Kind::Card(_) | Kind::Ask(_) => "dialog-hint-choose",
        Kind::Results | Kind::Messages => "dialog-hint-read",
        Kind::Changes => "dialog-hint-go",
    };
    let seen = keycap::names(look.bindings, Action::MarkSeen, look.glyphs.is_ascii()).into_iter().next();
    let said = match seen.filter(|_| dialog.kind == Kind::Changes && !model.changed.is_comparing()) {
        Some(key) => look.words.with("dialog-hint-seen", &[("key", key.into())]),
        None => look.words.get(word).into_owned(),
    };
    let pieces = [Piece::new(Role::Dim, format!(" {said} "))];
    let room = area.width.saturating_sub(4);
    put_pieces(
        buffer,
        (area.x + 2, area.y + area.height - 1),
        (room, Align::Right),
        &pieces,
        look.glyphs.ellipsis,
        |role| look.palette.style(role),
    );
}
