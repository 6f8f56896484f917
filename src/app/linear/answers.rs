//! Questions, one after the other: of a form, of a sheet, about letters, and the lines of a dialog. Enter takes what is
//! proposed; a word leaves.

use tui_input::Input;

use super::{
    super::{
        action::Action,
        asked,
        choices::{self, Does, Label},
        dialog,
        effect::Effect,
        form, mail,
        model::Model,
        sheet::{self, Control, Purpose},
    },
    Command, Tell, What, chosen, number, places,
    typed::{self, is},
    unknown,
};
use crate::domain::sentence::Sentence;

/// What leaves a line blank.
const BLANK: &str = "-";
/// What goes back to the question before.
const BEFORE: &str = "<";

/// A line in answer to a form's question.
pub(super) fn form(model: &mut Model, typed: &str) -> Vec<Effect> {
    if is(model, typed, "linear-typed-leave") {
        return form::acted(model, Action::Back);
    }
    let chosen = number(typed).and_then(|number| chosen(model, number));
    let Some(form) = &mut model.form else { return Vec::new() };
    let is_choice = |asked: &asked::Asked| matches!(asked.control, asked::Control::Choice { .. });
    // Where a number is asked for, 0 is no answer but the way back.
    let back = typed == "0" && form.asked.get(form.focus).is_none_or(is_choice);
    if back && form.focus == 0 {
        return form::acted(model, Action::Back);
    }
    if back || typed == BEFORE {
        form.focus = form.focus.saturating_sub(1);
        return Vec::new();
    }
    let last = form.asked.len().saturating_sub(1);
    let Some(asked) = form.asked.get_mut(form.focus) else { return form::acted(model, Action::Open) };
    asked.wrong = false;
    match (&mut asked.control, chosen) {
        (_, _) if typed.is_empty() => {}
        (asked::Control::Choice { selected, .. }, Some(What::Option(_, place))) => *selected = place,
        (asked::Control::Choice { .. }, _) => return unknown(model, typed),
        (asked::Control::Line(input), _) => {
            *input = if typed == BLANK { Input::default() } else { typed.into() };
            asked.proposed = false;
        }
    }
    if form.focus < last {
        form.focus += 1;
        return Vec::new();
    }
    form::acted(model, Action::Open)
}

/// A line in answer to a sheet's.
pub(super) fn sheet(model: &mut Model, typed: &str) -> Vec<Effect> {
    if is(model, typed, "linear-typed-leave") {
        return sheet::acted(model, Action::Back);
    }
    let chosen = number(typed).and_then(|number| chosen(model, number));
    let Some(sheet) = &mut model.sheet else { return Vec::new() };
    let focus = sheet.focus;
    let back = typed == "0" && sheet.lines.get(focus).is_some_and(|line| matches!(line.control, Control::Pick(_)));
    if back && focus == 0 {
        return sheet::acted(model, Action::Back);
    }
    if back || typed == BEFORE {
        sheet.go(false);
        return Vec::new();
    }
    let Some(line) = sheet.lines.get_mut(focus) else { return Vec::new() };
    let needed = !line.slot.is_optional();
    match (&mut line.control, chosen) {
        (Control::Pick(pick), _) if typed.is_empty() && needed && pick.chosen().is_none() => {
            model.linear.remarks.push(Sentence::new("said-needed"));
            return Vec::new();
        }
        (_, _) if typed.is_empty() => {}
        (Control::Pick(pick), Some(What::Candidate(id))) => {
            pick.choose(&id);
            sheet.edited();
        }
        (Control::Pick(pick), _) if pick.is_typed => {
            pick.input = if typed == BLANK { Input::default() } else { typed.into() };
            pick.retyped();
            let found = pick.fitting().len();
            sheet.edited();
            if found != 1 {
                // Several fit, or none: which one it is has to be said.
                let word = if found == 0 { "linear-none-found" } else { "linear-several" };
                model.linear.remarks.push(Sentence::new(word).with("count", found));
                return Vec::new();
            }
        }
        (Control::Pick(_), _) => return unknown(model, typed),
        (Control::Typed(input), _) => {
            *input = if typed == BLANK { Input::default() } else { typed.into() };
            sheet.edited();
        }
        (Control::Shown(_), _) => {}
    }
    let is_last = sheet.lines.iter().skip(focus + 1).all(|line| matches!(line.control, Control::Shown(_)));
    if !is_last {
        sheet.go(true);
        return Vec::new();
    }
    let sitting = sheet.purpose == Purpose::Arrivals;
    let effects = sheet::acted(model, Action::Open);
    if sitting && !effects.is_empty() {
        model.linear.tell = Tell::Whole;
    }
    effects
}

/// No or yes to the letters that were read.
pub(super) fn letters(model: &mut Model, typed: &str) -> Vec<Effect> {
    let yes = match number(typed).and_then(|number| chosen(model, number)) {
        Some(What::Answer(yes)) => yes,
        _ if typed.is_empty() || typed == "0" || is(model, typed, "linear-typed-leave") => false,
        _ => return unknown(model, typed),
    };
    if let mail::Mail::Asking { yes: chosen, .. } = &mut model.mail {
        *chosen = yes;
    }
    mail::acted(model, Action::Open)
}

/// A line while letters go out: only the word that leaves stops them.
pub(super) fn sending(model: &mut Model, typed: &str) -> Vec<Effect> {
    model.linear.tell = Tell::Whole;
    if typed == "0" || is(model, typed, "linear-typed-leave") { mail::acted(model, Action::Back) } else { Vec::new() }
}

/// A line in a dialog: a number, a command, or words to search by.
pub(super) fn dialog(model: &mut Model, typed: &str) -> Vec<Effect> {
    if let Some(number) = number(typed) {
        let Some(What::Choice(choice)) = chosen(model, number) else { return unknown(model, typed) };
        if let Label::Impossible(_, why) = choice.label {
            model.linear.remarks.push(why);
            return Vec::new();
        }
        model.dialog = None;
        let rearranges = matches!(choice.does, Does::Term(_) | Does::Sort(..));
        let goes = matches!(choice.does, Does::Go(_));
        let effects = choices::chosen(model, choice.does);
        if rearranges {
            places::rearranged(model);
        } else if goes {
            places::gone_to(model);
        }
        return effects;
    }
    match typed::command(model, typed) {
        Some(Command::Back | Command::Home) => return dialog::acted(model, Action::Back),
        Some(Command::Onward | Command::Next) => places::turn(model, true),
        Some(Command::Previous) => places::turn(model, false),
        Some(Command::Again) => model.linear.tell = Tell::Whole,
        Some(Command::Help) => model.linear.remarks.push(Sentence::new("linear-help-dialog")),
        Some(Command::Quit) => return vec![Effect::Quit],
        Some(
            Command::Menu
            | Command::Filter
            | Command::Day
            | Command::Deeds
            | Command::Open
            | Command::Mark
            | Command::Unmark
            | Command::Today
            | Command::Undo
            | Command::Redo
            | Command::Refresh,
        ) => return unknown(model, typed),
        None => {
            let Some(dialog) = model.dialog.as_mut().filter(|dialog| dialog.kind.is_searched()) else {
                return unknown(model, typed);
            };
            (dialog.input, dialog.selected) = (typed.into(), 0);
            if dialog::choices(model).is_empty() {
                model.dialog.iter_mut().for_each(|dialog| dialog.input = Input::default());
                model.linear.remarks.push(Sentence::new("linear-not-among").with("typed", typed));
                return Vec::new();
            }
            (model.linear.offset, model.linear.tell) = (0, Tell::Whole);
        }
    }
    Vec::new()
}
