//! [`Sheet`]: a form for what is not done to rows: letters that arrived, a case to be opened, an amendment of the plan, what is to
//! be handed over. What each of them asks and does is in `arrivals.rs`, `cases.rs`, `amend.rs` and `hand_over.rs`.

use std::sync::Arc;

use tui_input::{Input, InputRequest};

pub use super::slot::{Control, Line, Purpose, Slot};
use super::{
    action::Action,
    amend, arrivals, cases, contested,
    effect::Effect,
    hand_over,
    keys::Key,
    line,
    model::Model,
    pick::{Candidate, Pick},
    results::Became,
};
use crate::domain::{id::ItemId, plan::Plan, sentence::Sentence, text::Text};

/// A form that is being filled in.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is for.
    pub purpose: Purpose,
    /// What it asks, line by line.
    pub lines: Vec<Line>,
    /// The place of the line being filled in.
    pub focus: usize,
    /// The letters recorded in this sitting, in order.
    pub arrived: Vec<Arrived>,
    /// The plan one saw when it was opened; an amendment is of that one.
    pub seen: Option<Arc<Plan>>,
    /// The document number it was said of that it is there already.
    pub(super) warned: Option<Text>,
    /// What stood in it when its lines were last kept up with each other: the form, the name of the file.
    pub(super) followed: Option<(Text, Text)>,
    /// What the reports that can be chosen were made for.
    pub(super) made_for: Option<(Text, u64, usize)>,
}

/// A letter of this sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// The report it was.
    pub item: ItemId,
    /// Its number.
    pub document: Option<Text>,
    /// What became of it; none while that is not known.
    pub became: Option<Became>,
}

impl Sheet {
    /// A sheet with these lines, the first one focused.
    pub fn new(purpose: Purpose, lines: Vec<Line>) -> Self {
        Sheet {
            purpose,
            lines,
            focus: 0,
            arrived: Vec::new(),
            seen: None,
            warned: None,
            followed: None,
            made_for: None,
        }
    }

    /// The line that asks for `slot`.
    pub fn line(&self, slot: Slot) -> Option<&Line> {
        self.lines.iter().find(|line| line.slot == slot)
    }

    pub(super) fn line_mut(&mut self, slot: Slot) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.slot == slot)
    }

    /// What is filled in for `slot`; blank where nothing is.
    pub fn value(&self, slot: Slot) -> Text {
        self.line(slot).map(Line::value).unwrap_or_default()
    }

    /// Was another thing filled in for `slot` than stood there?
    pub(super) fn is_changed(&self, slot: Slot) -> bool {
        self.line(slot).is_some_and(|line| line.value() != line.first)
    }

    /// Says what is wrong with a line, and goes there.
    pub(super) fn fault(&mut self, slot: Slot, why: Sentence) {
        if let Some(place) = self.lines.iter().position(|line| line.slot == slot) {
            self.focus = place;
            if let Some(line) = self.lines.get_mut(place) {
                line.wrong = Some(why);
            }
        }
    }

    /// Asks whether one is sure; No is the first answer.
    pub(super) fn ask(&mut self) {
        let answers = ["no", "yes"].map(|id| Candidate::new(id, "", [])).into();
        self.lines.retain(|line| line.slot != Slot::Sure);
        self.lines.push(Line::pick(Slot::Sure, Pick::among(answers, Some("no"))));
        self.focus = self.lines.len() - 1;
    }

    /// What was answered to the question whether one is sure; none where it was not asked.
    pub(super) fn is_sure(&self) -> Option<bool> {
        self.line(Slot::Sure).map(|line| line.value().as_str() == "yes")
    }

    pub(super) fn go(&mut self, forth: bool) {
        let count = self.lines.len().max(1);
        for _ in 0..count {
            self.focus = (self.focus + if forth { 1 } else { count - 1 }) % count;
            let is_shown = |line: &Line| matches!(line.control, Control::Shown(_));
            if !self.lines.get(self.focus).is_some_and(is_shown) {
                return;
            }
        }
    }

    fn sideways(&mut self, forth: bool) {
        match self.lines.get_mut(self.focus).map(|line| &mut line.control) {
            Some(Control::Pick(pick)) => pick.step(forth),
            Some(Control::Typed(input)) => {
                input.handle(if forth { InputRequest::GoToNextChar } else { InputRequest::GoToPrevChar });
                return;
            }
            Some(Control::Shown(_)) | None => return,
        }
        self.edited();
    }

    /// What stands there changed: what was said of it no longer holds.
    pub(super) fn edited(&mut self) {
        let focus = self.focus;
        if let Some(line) = self.lines.get_mut(focus) {
            line.wrong = None;
        }
        if self.lines.get(focus).is_some_and(|line| line.slot != Slot::Sure) {
            self.lines.retain(|line| line.slot != Slot::Sure);
        }
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Input)) {
        match self.lines.get_mut(self.focus).map(|line| &mut line.control) {
            Some(Control::Typed(input)) => edit(input),
            Some(Control::Pick(pick)) if pick.is_typed => {
                let before = pick.input.value().to_owned();
                edit(&mut pick.input);
                if pick.input.value() != before {
                    pick.retyped();
                }
            }
            Some(Control::Pick(_) | Control::Shown(_)) | None => return,
        }
        self.edited();
    }
}

/// An action while a sheet is open.
pub fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Open {
        return accept(model);
    }
    if action == Action::Back {
        model.sheet = None;
        return Vec::new();
    }
    let Some(sheet) = &mut model.sheet else { return Vec::new() };
    if matches!(action, Action::Down | Action::Up) {
        sheet.go(action == Action::Down);
    } else if matches!(action, Action::Left | Action::Right) {
        sheet.sideways(action == Action::Right);
    } else if matches!(action, Action::PageDown | Action::PageUp)
        && let Some(line) = sheet.line_mut(Slot::Report)
        && let Control::Pick(reports) = &mut line.control
    {
        reports.step(action == Action::PageDown);
        line.wrong = None;
    }
    Vec::new()
}

/// A key that is bound to nothing while a sheet is open: it edits the line.
pub fn pressed(model: &mut Model, key: Key) {
    let Some(sheet) = &mut model.sheet else { return };
    let is_typed = sheet.lines.get(sheet.focus).is_some_and(|line| match &line.control {
        Control::Pick(pick) => pick.is_typed,
        Control::Typed(_) | Control::Shown(_) => true,
    });
    if !is_typed && key.typed() == Some(' ') {
        sheet.sideways(true);
        return;
    }
    sheet.edit(|input| {
        key.edit(input);
    });
}

/// Text pasted into the line.
pub fn pasted(model: &mut Model, text: &str) {
    let Some(sheet) = &mut model.sheet else { return };
    sheet.edit(|input| line::paste(input, text));
}

/// Keeps what depends on other lines and on the data up with them.
pub fn follow(model: &mut Model) {
    if let Some(mut sheet) = model.sheet.take() {
        match sheet.purpose {
            Purpose::Arrivals => arrivals::follow(model, &mut sheet),
            Purpose::Task(_) | Purpose::Agency(_) | Purpose::NewTask => contested::follow(model, &mut sheet),
            Purpose::HandOver => hand_over::follow(model, &mut sheet),
            Purpose::Case => {}
        }
        model.sheet = Some(sheet);
    }
}

fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(mut sheet) = model.sheet.take() else { return Vec::new() };
    if sheet.is_sure() == Some(false) {
        // Enter before the question leads there; Enter on its No leaves.
        let question = sheet.lines.len() - 1;
        if sheet.focus != question {
            sheet.focus = question;
            model.sheet = Some(sheet);
        }
        return Vec::new();
    }
    match sheet.purpose {
        Purpose::Arrivals => arrivals::accept(model, sheet),
        Purpose::Case => cases::accept(model, sheet),
        Purpose::Task(_) | Purpose::Agency(_) | Purpose::NewTask => amend::accept(model, sheet),
        Purpose::HandOver => hand_over::accept(model, sheet),
    }
}

impl Model {
    /// Is something asked for over the panels?
    pub fn is_asking(&self) -> bool {
        self.dialog.is_some() || self.form.is_some() || self.sheet.is_some() || super::mail::is_open(self)
    }
}
