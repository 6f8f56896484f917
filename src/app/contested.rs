//! Where somebody else amends the plan while a sheet is filled in for the same: what I left as it stood follows theirs; what
//! both of us changed shows theirs below mine, and nothing is handed in until it is chosen whose holds.

use std::sync::Arc;

use super::{
    amend,
    messages::Level,
    model::Model,
    pick::{Candidate, Pick},
    sheet::{Control, Line, Sheet, Slot},
};
use crate::domain::{sentence::Sentence, text::Text};

/// Holds the sheet of an amendment against the plan in force, where that is another one than it was made from.
pub(super) fn follow(model: &Model, sheet: &mut Sheet) {
    let (Some(seen), Some(snapshot)) = (&sheet.seen, &model.snapshot) else { return };
    let in_force = &snapshot.outline.plan;
    if Arc::ptr_eq(seen, in_force) {
        return;
    }
    let is_another = **seen != **in_force;
    let fresh = amend::sheet(model, in_force, &sheet.purpose).filter(|_| is_another);
    sheet.seen = Some(Arc::clone(in_force));
    if let Some(fresh) = fresh {
        meet(sheet, fresh);
    }
}

/// The sheet as it is filled in meets the one for the plan in force.
fn meet(sheet: &mut Sheet, fresh: Sheet) {
    let focused = sheet.lines.get(sheet.focus).map(|line| line.slot);
    let was_asked = sheet.line(Slot::Whose).is_some();
    let mut mine = std::mem::take(&mut sheet.lines);
    for theirs in fresh.lines {
        let place = mine.iter().position(|line| line.slot == theirs.slot && !matches!(line.control, Control::Shown(_)));
        match place.map(|place| mine.remove(place)) {
            Some(line) if line.value() == line.first && line.first != theirs.first => sheet.lines.push(theirs),
            Some(line) => {
                let is_contested = line.is_contested || line.first != theirs.first;
                let line = Line {
                    is_contested: is_contested && line.value() != theirs.first,
                    first: theirs.first.clone(),
                    ..line
                };
                let shown = line.is_contested.then(|| Line::shown(Slot::Theirs, &said(&theirs)));
                sheet.lines.push(line);
                sheet.lines.extend(shown);
            }
            None => sheet.lines.push(theirs),
        }
    }
    if sheet.lines.iter().any(|line| line.is_contested) {
        let whose = ["theirs", "mine"].map(|id| Candidate::new(id, "", [])).into();
        // Neither is the first answer: one would overwrite theirs, the other drop mine.
        let question = Line::pick(Slot::Whose, Pick::among(whose, None));
        let wrong = Some(Sentence::new("said-amended-too"));
        sheet.lines.push(Line { wrong, ..question });
    }
    let back_to = focused.filter(|slot| *slot != Slot::Whose || was_asked);
    let place = back_to.and_then(|slot| sheet.lines.iter().position(|line| line.slot == slot));
    sheet.focus = place.unwrap_or(0);
}

/// A line as it stands in the other wording.
fn said(theirs: &Line) -> Text {
    match &theirs.control {
        Control::Pick(pick) => pick.chosen().map(|chosen| chosen.label.clone()).unwrap_or_default(),
        Control::Typed(_) | Control::Shown(_) => theirs.value(),
    }
}

/// Can it be handed in: is nothing contested, or was it chosen whose holds? Else the sheet is shown again, or nothing of mine
/// is left.
pub(super) fn decided(model: &mut Model, sheet: &mut Sheet) -> bool {
    let Some(question) = sheet.lines.iter().position(|line| line.slot == Slot::Whose) else { return true };
    let whose = sheet.value(Slot::Whose);
    if sheet.focus != question || whose.is_empty() {
        // Enter before the question leads there.
        sheet.focus = question;
        model.sheet = Some(sheet.clone());
        return false;
    }
    let is_mine = whose.as_str() == "mine";
    sheet.lines.retain(|line| !matches!(line.slot, Slot::Whose | Slot::Theirs));
    for line in sheet.lines.iter_mut().filter(|line| line.is_contested) {
        line.is_contested = false;
        if !is_mine {
            line.restore();
        }
    }
    sheet.focus = 0;
    let is_left = |line: &&Line| line.slot != Slot::Reason && line.value() != line.first;
    if !is_mine && sheet.lines.iter().filter(is_left).count() == 0 {
        model.say(Level::Info, Sentence::new("said-card-dropped"));
        return false;
    }
    true
}
