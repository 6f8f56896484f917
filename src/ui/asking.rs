//! The footer while something is asked for: how what is asked now is answered. What Enter and Esc do stands on the border of
//! what asks.

use std::borrow::Cow;

use ratatui::buffer::Buffer;

use super::{
    Look,
    pen::{Piece, put_pieces, width},
    theme::Role,
    typed_day,
};
use crate::{
    app::{
        asked,
        choices::Label,
        dialog::{self, Kind},
        form::Form,
        model::Model,
        sheet::Sheet,
        slot::{Control, Slot},
    },
    domain::{deed::Field, filled, typed_date::Sense},
    panels::{column::Align, view::Area},
};

/// Draws the line.
pub(super) fn draw(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let said = match (&model.dialog, &model.sheet, &model.form) {
        (Some(dialog), ..) => of_dialog(dialog.kind, dialog.selected, model, look),
        (None, Some(sheet), _) => of_sheet(sheet).map(|word| fitting(word, area, look)),
        (None, None, Some(form)) => of_form(form).map(|word| fitting(word, area, look)),
        (None, None, None) => None,
    };
    let pieces = [Piece::new(Role::Dim, format!(" {} ", said.unwrap_or_default()))];
    let style = |role| look.palette.style(role);
    put_pieces(buffer, (area.x, area.y), (area.width, Align::Left), &pieces, look.glyphs.ellipsis, style);
}

/// The words, or shorter ones where they do not fit.
fn fitting<'a>(word: &'static str, area: Area, look: &'a Look<'_>) -> Cow<'a, str> {
    let whole = look.words.get(word);
    let short = format!("{word}-short");
    if width(&whole) + 2 <= area.width || !look.words.has(&short) {
        return whole;
    }
    look.words.get(&short).into_owned().into()
}

/// Why the selected deed is not possible, else that one can search.
fn of_dialog<'a>(kind: Kind, selected: usize, model: &Model, look: &'a Look<'_>) -> Option<Cow<'a, str>> {
    if kind == Kind::Deeds
        && let Some(Label::Impossible(_, why)) = dialog::choices(model).get(selected).map(|choice| &choice.label)
    {
        return Some(look.words.say(why).into());
    }
    kind.is_searched().then(|| look.words.get("asking-search"))
}

fn of_form(form: &Form) -> Option<&'static str> {
    let Some(asked) = form.asked.get(form.focus) else { return Some("asking-list") };
    let Some(field) = asked.field else { return Some("asking-choice") };
    Some(match &asked.control {
        asked::Control::Choice { .. } => "asking-choice",
        asked::Control::Line(_) if field == Field::Percent => "asking-percent",
        asked::Control::Line(_) if !filled::is_date(field) && form.deed.needs(field) => "asking-text",
        asked::Control::Line(_) if !filled::is_date(field) => "asking-text-optional",
        asked::Control::Line(_) => match filled::sense(field) {
            Sense::Past => "asking-past",
            Sense::ToCome => "asking-to-come",
        },
    })
}

fn of_sheet(sheet: &Sheet) -> Option<&'static str> {
    let line = sheet.lines.get(sheet.focus)?;
    match &line.control {
        Control::Pick(pick) if pick.is_typed => Some("asking-pick"),
        Control::Pick(_) => Some("asking-choice"),
        Control::Typed(_) if line.slot.is_date() => Some(match typed_day::sense(line.slot) {
            Sense::Past => "asking-past",
            Sense::ToCome => "asking-day",
        }),
        Control::Typed(_) if line.slot.is_optional() => Some("asking-text-optional"),
        Control::Typed(_) if matches!(line.slot, Slot::Reason | Slot::Title | Slot::CaseTitle) => Some("asking-text"),
        Control::Typed(_) | Control::Shown(_) => None,
    }
}
