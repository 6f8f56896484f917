//! Draws the form: the items a deed is to be done to, then what it asks for, line by line.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Look, frame, line_input,
    pen::{Piece, blank, put, put_pieces, truncated, width, width_of},
    theme::Role,
    typed_day,
};
use crate::{
    app::{
        action::Action,
        asked::{Asked, Choice, Control, field_word},
        form::{Form, against},
        model::Model,
        results,
    },
    domain::{
        deed::{Deed, Field},
        entry::Channel,
        filled::{is_date, is_wrong_way},
        item::Item,
        status::time,
        summary::days_late,
    },
    panels::{column::Align, view::Area},
};

/// The widest it grows.
const WIDEST: u16 = 84;
/// What a typed day takes.
const DAY: u16 = 14;
/// The most items that are listed at a time.
const LISTED: usize = 8;

/// Draws the form over `screen`. Gives the cursor's place where something is typed.
pub fn draw(buffer: &mut Buffer, screen: Area, form: &Form, model: &Model, look: &Look<'_>) -> Option<Position> {
    let listed = form.targets.len().min(LISTED);
    let remarks = remarks(form, model, look);
    let gap = u16::from(!form.asked.is_empty());
    let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    let height = count(listed + remarks.len() + form.asked.len()).saturating_add(2 + gap);
    let area = placed(screen, height)?;
    blank(buffer, area, look.palette.style(Role::Text));
    let title = [Piece::new(Role::Text, look.words.get(Action::begin(form.deed).word().0))];
    let total = look.words.with("form-count", &[("count", form.targets.len().into())]);
    frame::draw(buffer, area, true, &title, &[Piece::new(Role::Dim, total)], look);
    let inside = area.inside();
    let inside = Area { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    // What is asked for must be seen; of the items, as many as there is room for.
    let asked = count(form.asked.len()).saturating_add(gap);
    let room = inside.height.saturating_sub(asked);
    let mut y = inside.y;
    let items = usize::from(room.saturating_sub(count(remarks.len())).max(1)).min(listed);
    for id in form.targets.iter().skip(form.offset).take(items) {
        let line = Area { y, height: 1, ..inside };
        target(buffer, line, model.snapshot.as_ref().and_then(|snapshot| snapshot.item(id)), model, look);
        y += 1;
    }
    for remark in remarks.iter().take(usize::from((inside.y + room).saturating_sub(y))) {
        put(
            buffer,
            inside.x,
            y,
            inside.width,
            &truncated(remark, inside.width, look.glyphs.ellipsis),
            look.palette.style(Role::DueSoon),
        );
        y += 1;
    }
    hints(buffer, area, form, look);
    let y = (inside.y + inside.height).saturating_sub(count(form.asked.len()));
    fields(buffer, Area { y, height: count(form.asked.len()).min(inside.height), ..inside }, form, model, look)
}

fn placed(screen: Area, height: u16) -> Option<Area> {
    let width = WIDEST.min(screen.width.saturating_sub(2));
    let height = height.min(screen.height.saturating_sub(2));
    let (x, y) = (screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 3);
    (width >= 20 && height >= 3).then_some(Area { x, y, width, height })
}

/// What the filter hides, and what it cannot be done to.
pub(super) fn remarks(form: &Form, model: &Model, look: &Look<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if form.targets.len() > LISTED {
        remarks.push(look.words.with("form-more", &[("count", (form.targets.len() - LISTED).into())]));
    }
    if form.hidden > 0 && form.targets.len() > 1 {
        remarks.push(look.words.with("form-hidden", &[("count", form.hidden.into())]));
    }
    if let Some((id, refusal)) = form.left_out.first() {
        let why = look.words.say(&results::left_out(model, id, refusal, form.left_out.len()));
        remarks.push(why);
    }
    remarks
}

fn target(buffer: &mut Buffer, area: Area, item: Option<&Item>, model: &Model, look: &Look<'_>) {
    let Some(item) = item else { return };
    let late =
        days_late(item, model.today).map(|days| look.words.with("form-late", &[("days", i64::from(days).into())]));
    let due = item.due.map(|due| {
        look.words.with("form-due", &[("date", look.words.short_date(due, model.today.date.year()).into())])
    });
    let right: Vec<Piece<'_>> = match (late, due) {
        (Some(late), _) => vec![Piece::new(Role::Late, late)],
        (None, Some(due)) => vec![Piece::new(super::status::due_role(time(item, model.today)), due)],
        (None, None) => Vec::new(),
    };
    let beside = width_of(&right);
    let style = |role| look.palette.style(role);
    put_pieces(buffer, (area.x + area.width.saturating_sub(beside), area.y), (beside, Align::Right), &right, "", style);
    let left = [Piece::new(Role::Title, results::item_name(model, item).as_str().to_owned())];
    let room = area.width.saturating_sub(beside + 2);
    put_pieces(buffer, (area.x, area.y), (room, Align::Left), &left, look.glyphs.ellipsis, style);
}

/// Each on its line: its name, then what stands there; a date with what it means.
fn fields(buffer: &mut Buffer, area: Area, form: &Form, model: &Model, look: &Look<'_>) -> Option<Position> {
    let names: Vec<String> = form.asked.iter().map(|asked| name(form, asked, look)).collect();
    let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).min(area.width / 2);
    let mut cursor = None;
    for ((place, asked), name) in form.asked.iter().enumerate().zip(&names).take(usize::from(area.height)) {
        let y = area.y + u16::try_from(place).unwrap_or(0);
        let focused = place == form.focus;
        let role = if focused { Role::Accent } else { Role::Dim };
        let sign = if focused { look.glyphs.selected } else { " " };
        put(buffer, area.x.saturating_sub(1), y, 1, sign, look.palette.style(Role::Accent));
        put(buffer, area.x, y, wide, &truncated(name, wide, look.glyphs.ellipsis), look.palette.style(role));
        let x = area.x + wide + 2;
        let room = (area.x + area.width).saturating_sub(x);
        let shown = control(buffer, (x, y), room, form, asked, (model, look));
        cursor = cursor.or(shown.filter(|_| focused));
    }
    cursor
}

fn control(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    room: u16,
    form: &Form,
    asked: &Asked,
    (model, look): (&Model, &Look<'_>),
) -> Option<Position> {
    match &asked.control {
        Control::Line(input) => {
            let (note, role) = beside(form, asked, model, look);
            // What a day comes to is needed more than room to type it.
            let most = if asked.field.is_some_and(is_date) { room.saturating_sub(DAY) } else { room / 2 };
            let taken = width(&note).min(most);
            let end = x + room - taken;
            put(buffer, end, y, taken, &truncated(&note, taken, look.glyphs.ellipsis), look.palette.style(role));
            let room = room.saturating_sub(if taken > 0 { taken + 1 } else { 0 });
            blank(buffer, Area { x, y, width: room, height: 1 }, look.palette.style(Role::Input));
            let cursor = line_input::draw(buffer, (x, y), room, input, look);
            if asked.proposed {
                // Proposed only: it looks it, and what is typed takes its place.
                put(buffer, x, y, room, input.value(), look.palette.style(Role::Dim));
            }
            Some(cursor)
        }
        Control::Choice { options, selected } => {
            let pieces = chosen(options, *selected, model, look);
            put_pieces(buffer, (x, y), (room, Align::Left), &pieces, look.glyphs.ellipsis, |role| {
                look.palette.style(role)
            });
            None
        }
    }
}

/// All there is to choose from, the one chosen marked.
fn chosen<'a>(options: &[Choice], selected: usize, model: &Model, look: &Look<'a>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (place, choice) in options.iter().enumerate() {
        let is = place == selected;
        let sign = if is { look.glyphs.chosen[1] } else { look.glyphs.chosen[0] };
        let role = if is { Role::Title } else { Role::Dim };
        pieces.push(Piece::new(if is { Role::Accent } else { Role::Dim }, format!("{sign} ")));
        pieces.push(Piece::new(role, choice_text(*choice, model, look)));
        pieces.push(Piece::new(Role::Text, "   "));
    }
    pieces
}

pub(super) fn choice_text(choice: Choice, model: &Model, look: &Look<'_>) -> String {
    let word = |id: &str| look.words.get(id).into_owned();
    match choice {
        Choice::NextLevel => word("form-next-level"),
        Choice::No => word("answer-no"),
        Choice::Yes => word("answer-yes"),
        Choice::Channel(Channel::Email) if model.settings.mails => word("channel-email-sent"),
        Choice::Channel(Channel::Email) => word("channel-email"),
        Choice::Channel(Channel::Letter) => word("channel-letter"),
        Choice::Channel(Channel::Telephone) => word("channel-telephone"),
        Choice::Level(level) => {
            let steps = model.snapshot.iter().flat_map(|snapshot| &snapshot.outline.plan.ladder);
            let title = steps.into_iter().find(|step| step.step == level).map(|step| step.title.get(model.language()));
            title.filter(|title| !title.is_empty()).map_or_else(|| level.to_string(), str::to_owned)
        }
    }
}

/// What is said beside a line: the date it means, or what is wrong with it.
pub(super) fn beside(form: &Form, asked: &Asked, model: &Model, look: &Look<'_>) -> (String, Role) {
    let Some(field) = asked.field else { return (String::new(), Role::Dim) };
    let item = form.targets.first().and_then(|id| model.snapshot.as_ref()?.item(id));
    let filled = form.filled();
    let read = || filled.date(field, item?, against(model)?);
    let date = is_date(field).then(read).flatten();
    if asked.wrong {
        // A day that has been where one to come is asked for is understood, but not the one meant.
        let other = || filled.other_way(field, item?, against(model)?);
        let word = match date.or_else(|| is_date(field).then(other).flatten()) {
            _ if field == Field::Percent => "form-wrong-percent",
            _ if !is_date(field) => "form-wrong",
            None => "form-wrong-date",
            Some(_) if field == Field::On => "form-to-come",
            Some(day) if is_wrong_way(field, day, model.today.date) => "form-passed",
            Some(_) => "form-not-later",
        };
        return (look.words.get(word).into_owned(), Role::Error);
    }
    let each: BTreeSet<Date> = match against(model).filter(|_| date.is_some()) {
        Some(against) => form.dues.iter().filter_map(|due| filled.date_of(field, *due, against)).collect(),
        None => BTreeSet::new(),
    };
    if let (Some(first), Some(last), 2..) = (each.first(), each.last(), each.len()) {
        let [first, last] = [first, last].map(|day| look.words.date(*day).into());
        return (look.words.with("form-dates-differ", &[("first", first), ("last", last)]), Role::DueSoon);
    }
    match date {
        Some(date) => day(form, field, date, item, model, look),
        None if is_date(field) => (look.words.get("form-date-ways").into_owned(), Role::Dim),
        None if !form.deed.needs(field) => (look.words.get("form-optional").into_owned(), Role::Dim),
        None => (String::new(), Role::Dim),
    }
}

/// A day; of a new due date that falls on a day of rest, where that leads.
fn day(form: &Form, field: Field, date: Date, item: Option<&Item>, model: &Model, look: &Look<'_>) -> (String, Role) {
    let is_due = field == Field::Until && matches!(form.deed, Deed::Extend | Deed::RequestExtension);
    let in_force = item.filter(|_| is_due).zip(against(model)).map(|(item, on)| item.in_force(date, on.calendar));
    typed_day::said(date, in_force, look)
}

pub(super) fn name(form: &Form, asked: &Asked, look: &Look<'_>) -> String {
    let Some(field) = asked.field else { return look.words.get("form-sure").into_owned() };
    let general = field_word(field).0;
    let own = format!("{general}-{}", form.deed.as_str());
    look.words.get(if look.words.has(&own) { &own } else { general }).into_owned()
}

/// What Enter and Esc do, on the lower border.
fn hints(buffer: &mut Buffer, area: Area, form: &Form, look: &Look<'_>) {
    let choice = form.asked.get(form.focus).is_some_and(|asked| matches!(asked.control, Control::Choice { .. }));
    let word = match (form.asked.len(), choice) {
        (0, _) => "form-hint-list",
        (_, true) => "form-hint-choice",
        (1, false) => "form-hint-line",
        (_, false) => "form-hint-lines",
    };
    let pieces = [Piece::new(Role::Dim, format!(" {} ", look.words.get(word)))];
    let place = (area.x + 2, area.y + area.height - 1);
    let room = area.width.saturating_sub(4);
    put_pieces(buffer, place, (room, Align::Right), &pieces, look.glyphs.ellipsis, |role| look.palette.style(role));
}
