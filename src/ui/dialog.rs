//! Draws the dialog: a framed list over the panels with a search line, as large as the screen lets it be.

use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Look, card, frame, keycap, line_input,
    pen::{Piece, blank, put, put_pieces, put_sign},
    theme::Role,
};
use crate::{
    app::{
        action::Action,
        choices::{Choice, Label},
        dialog::{Dialog, Kind, Question, choices},
        model::Model,
    },
    panels::{PanelId, column::Align, view::Area},
};

/// The widest a dialog grows.
const WIDEST: u16 = 76;
/// The widest one that is read, not chosen from.
const WIDEST_READ: u16 = 110;

/// Draws the open dialog over `screen`. Gives the cursor's place where one can search.
pub fn draw(buffer: &mut Buffer, screen: Area, dialog: &Dialog, model: &Model, look: &Look<'_>) -> Option<Position> {
    let listed = choices(model);
    let on_card = if let Kind::Card(id) = dialog.kind { Some(id) } else { None };
    let about = on_card.map(|id| card::lines(model, id, room(screen, dialog.kind), look)).unwrap_or_default();
    let above = match (about.len(), dialog.kind.is_searched()) {
        (0, true) => 1,
        (0, false) => 2,
        (lines, _) => u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(1),
    };
    let area = match model.arranged().area(PanelId::Detail).filter(|_| dialog.kind == Kind::Deeds) {
        Some(detail) => beside(screen, detail, listed.len(), above),
        None => placed(screen, dialog.kind, listed.len(), above),
    };
    if area.width < 6 || area.height < 3 {
        return None;
    }
    blank(buffer, area, look.palette.style(Role::Text));
    let title = [Piece::new(Role::Text, look.words.get(title_word(dialog.kind)))];
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
    let cursor = if on_card.is_some() {
        draw_about(buffer, head_area, &about, look);
        None
    } else {
        head(buffer, head_area, dialog, look)
    };
    let rows = Area { y: inside.y + above.min(inside.height), height: inside.height.saturating_sub(above), ..inside };
    let page = usize::from(rows.height);
    let offset = dialog.selected.saturating_sub(page / 2).min(listed.len().saturating_sub(page));
    for (y, (place, choice)) in (rows.y..).zip(listed.iter().enumerate().skip(offset).take(page)) {
        row(buffer, Area { y, height: 1, ..rows }, choice, place == dialog.selected, model, look);
    }
    if listed.is_empty() && page > 0 {
        let word = if dialog.input.value().is_empty() { "dialog-empty" } else { "dialog-nothing-found" };
        put(buffer, rows.x, rows.y, rows.width, &look.words.get(word), look.palette.style(Role::Dim));
    }
    frame::thumb(buffer, area, rows, (offset, listed.len()), true, look);
    hints(buffer, area, dialog, look);
    cursor
}

fn wide(screen: Area, kind: Kind) -> u16 {
    let is_read = matches!(kind, Kind::Messages | Kind::Results | Kind::Deeds | Kind::Cards | Kind::Card(_));
    let widest = if is_read { WIDEST_READ } else { WIDEST };
    widest.min(screen.width.saturating_sub(4))
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
fn placed(screen: Area, kind: Kind, listed: usize, above: u16) -> Area {
    let width = wide(screen, kind);
    let wanted = u16::try_from(listed.max(3)).unwrap_or(u16::MAX).saturating_add(above + 2);
    // A list that is searched keeps its height while it is.
    let wanted = if kind.is_searched() { wanted.max(16) } else { wanted };
    let height = wanted.min(screen.height.saturating_sub(4)).min(30);
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
    Some(line_input::draw(buffer, (from, area.y), room, &dialog.input, look))
}

fn row(buffer: &mut Buffer, area: Area, choice: &Choice, selected: bool, model: &Model, look: &Look<'_>) {
    let style = |role| if selected { look.palette.selected(role, Role::Selection) } else { look.palette.style(role) };
    let line = Area { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
    if selected {
        blank(buffer, line, style(Role::Text));
        put_sign(buffer, line.x, line.y, look.glyphs.selected, style(Role::Accent));
    }
    let on = if choice.on { look.glyphs.marked } else { " " };
    let from = put(buffer, area.x, area.y, area.width, on, style(Role::Accent)) + 1;
    let room = (area.x + area.width).saturating_sub(from);
    let (left, right) = said(&choice.label, model, look);
    let beside = super::pen::width_of(&right).min(room / 2);
    put_pieces(
        buffer,
        (area.x + area.width - beside, area.y),
        (beside, Align::Right),
        &right,
        look.glyphs.ellipsis,
        style,
    );
    let room = room.saturating_sub(if beside > 0 { beside + 2 } else { 0 });
    put_pieces(buffer, (from, area.y), (room, Align::Left), &left, look.glyphs.ellipsis, style);
}

/// What a line says at its left and at its right.
fn said<'a>(label: &'a Label, model: &Model, look: &'a Look<'_>) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    match label {
        Label::Action(action) => {
            let left = vec![Piece::new(Role::Text, look.words.get(action.word().0))];
            (left, vec![Piece::new(Role::Key, keys_of(*action, look))])
        }
        Label::Word(word) => (vec![Piece::new(Role::Text, look.words.get(word.0))], Vec::new()),
        Label::Of(field, word) => {
            let beside = vec![Piece::new(Role::Dim, look.words.get(field.0))];
            (vec![Piece::new(Role::Text, look.words.get(word.0))], beside)
        }
        Label::Named(word, text) => {
            let field = look.words.get(word.0);
            (vec![Piece::new(Role::Text, text.as_str())], vec![Piece::new(Role::Dim, field)])
        }
        Label::Impossible(action, why) => {
            let left = vec![Piece::new(Role::Dim, look.words.get(action.word().0))];
            (left, vec![Piece::new(Role::Dim, look.words.say(why))])
        }
        Label::Said(said) => {
            let at = model.zone.to_datetime(said.at);
            let at = format!(
                "{} {:02}:{:02}  ",
                look.words.short_date(at.date(), model.today.date.year()),
                at.hour(),
                at.minute()
            );
            let text = look.words.say(&said.sentence);
            let role = match said.level {
                crate::app::messages::Level::Info => Role::Text,
                crate::app::messages::Level::Error => Role::DueSoon,
            };
            (vec![Piece::new(Role::Dim, at), Piece::new(role, text)], Vec::new())
        }
    }
}

/// The keys an action has, the two shortest.
fn keys_of(action: Action, look: &Look<'_>) -> String {
    let ascii = look.glyphs.is_ascii();
    let mut names = keycap::names(look.bindings, action, ascii);
    names.truncate(2);
    names.join("  ")
}

/// What Enter and Esc do, on the lower border.
fn hints(buffer: &mut Buffer, area: Area, dialog: &Dialog, look: &Look<'_>) {
    let word = match dialog.kind {
        Kind::Help | Kind::Palette => "dialog-hint-run",
        Kind::Facets => "dialog-hint-tick",
        Kind::Deeds | Kind::Sort | Kind::Confirm(_) => "dialog-hint-choose",
        Kind::Cards | Kind::Card(_) => "dialog-hint-choose",
        Kind::Results | Kind::Messages => "dialog-hint-read",
    };
    let pieces = [Piece::new(Role::Dim, format!(" {} ", look.words.get(word)))];
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

pub(super) fn title_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Help => "dialog-help",
        Kind::Palette => "dialog-palette",
        Kind::Facets => "dialog-facets",
        Kind::Sort => "dialog-sort",
        Kind::Messages => "dialog-messages",
        Kind::Deeds => "dialog-deeds",
        Kind::Results => "dialog-results",
        Kind::Cards => "dialog-cards",
        Kind::Card(_) => "dialog-card",
        Kind::Confirm(_) => "dialog-confirm",
    }
}
