//! The form: what a deed asks for before it is done, and which items it is to be done to. Enter accepts, Esc leaves nothing
//! behind.

use jiff::civil::Date;
use tui_input::InputRequest;

use super::{
    action::Action,
    asked::{Asked, Choice, Control, for_item},
    effect::Effect,
    keys::Key,
    line, mail,
    model::Model,
    triage,
};
use crate::domain::{
    check::Refusal,
    deed::{Deed, Field},
    entry::Channel,
    filled::{Against, Filled},
    id::{EntryId, ItemId},
    item::Item,
};

/// A deed that asks for what it needs.
#[derive(Clone, Debug)]
pub struct Form {
    /// What is to be done.
    pub deed: Deed,
    /// To which items.
    pub targets: Vec<ItemId>,
    /// The last entry of each that was there when it was opened: what is decided in view of.
    pub seen: Vec<Option<EntryId>>,
    /// The first and the last day the targets are due, and none where one has none: a typed day may mean another for each.
    pub dues: Vec<Option<Date>>,
    /// Which of those chosen it cannot be done to, and why.
    pub left_out: Vec<(ItemId, Refusal)>,
    /// How many of the targets the filter hides.
    pub hidden: usize,
    /// What it asks for.
    pub asked: Vec<Asked>,
    /// The place of the one being filled in.
    pub focus: usize,
    /// The first of the items that is shown.
    pub offset: usize,
}

impl Form {
    /// A form for `deed` on `targets`, with what is most likely meant filled in.
    pub fn new(model: &Model, deed: Deed, targets: Vec<ItemId>, left_out: Vec<(ItemId, Refusal)>) -> Self {
        let items: Vec<&Item> = targets.iter().filter_map(|id| model.snapshot.as_ref()?.item(id)).collect();
        let mut asked: Vec<Asked> =
            deed.fields().iter().filter_map(|field| Asked::new(model, deed, *field, &items)).collect();
        if deed.is_dangerous() {
            let control = Control::Choice { options: vec![Choice::No, Choice::Yes], selected: 0 };
            asked.push(Asked { field: None, control, wrong: false, proposed: false });
        }
        let dated = || items.iter().filter_map(|item| item.due);
        let mut dues = vec![dated().min(), dated().max()];
        dues.extend(items.iter().any(|item| item.due.is_none()).then_some(None));
        dues.dedup();
        let hidden = triage::hidden(model, &targets);
        let last = |id: &ItemId| model.snapshot.as_ref()?.item(id)?.state.last;
        let seen = targets.iter().map(last).collect();
        Form { deed, targets, seen, dues, left_out, hidden, asked, focus: 0, offset: 0 }
    }

    /// What is filled in.
    pub fn filled(&self) -> Filled {
        let mut filled = Filled::default();
        for asked in &self.asked {
            let Some(field) = asked.field else { continue };
            match &asked.control {
                Control::Line(input) => filled.fill(field, input.value()),
                Control::Choice { options, selected } => {
                    filled.fill(field, &options.get(*selected).map(|choice| choice.typed()).unwrap_or_default());
                }
            }
        }
        filled
    }

    /// Was the question whether one is sure answered with No?
    fn is_refused(&self) -> bool {
        self.asked.iter().any(|asked| asked.field.is_none() && asked.chosen() == Some(Choice::No))
    }
}

/// An action while a form is open.
pub fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Open {
        return accept(model);
    }
    if action == Action::Back {
        model.form = None;
        return Vec::new();
    }
    let Some(form) = &mut model.form else { return Vec::new() };
    let last = form.asked.len().saturating_sub(1);
    if action == Action::Down {
        form.focus = if form.focus < last { form.focus + 1 } else { 0 };
    } else if action == Action::Up {
        form.focus = form.focus.checked_sub(1).unwrap_or(last);
    } else if action == Action::PageDown {
        form.offset = (form.offset + PAGE).min(form.targets.len().saturating_sub(1));
    } else if action == Action::PageUp {
        form.offset = form.offset.saturating_sub(PAGE);
    } else if matches!(action, Action::Left | Action::Right) {
        sideways(form, action == Action::Right);
    }
    Vec::new()
}

/// How many items further the list of targets is turned.
const PAGE: usize = 5;

fn sideways(form: &mut Form, right: bool) {
    let Some(Asked { control, proposed, .. }) = form.asked.get_mut(form.focus) else { return };
    match control {
        Control::Choice { options, selected } => {
            let step = if right { 1 } else { options.len() - 1 };
            *selected = (*selected + step) % options.len();
        }
        Control::Line(input) => {
            *proposed = false;
            input.handle(if right { InputRequest::GoToNextChar } else { InputRequest::GoToPrevChar });
        }
    }
}

/// A key that is bound to nothing while a form is open: it edits the line, or goes to the next choice.
pub fn pressed(model: &mut Model, key: Key) {
    let Some(form) = &mut model.form else { return };
    let Some(asked) = form.asked.get_mut(form.focus) else { return };
    asked.wrong = false;
    match &mut asked.control {
        Control::Line(input) => {
            if std::mem::take(&mut asked.proposed) && key.typed().is_some() {
                input.reset();
            }
            key.edit(input);
        }
        Control::Choice { .. } => {
            if key.typed() == Some(' ') {
                sideways(form, true);
            }
        }
    }
}

/// Text pasted into the line.
pub fn pasted(model: &mut Model, text: &str) {
    let Some(form) = &mut model.form else { return };
    let Some(asked) = form.asked.get_mut(form.focus) else { return };
    asked.wrong = false;
    if let Control::Line(input) = &mut asked.control {
        if std::mem::take(&mut asked.proposed) {
            input.reset();
        }
        line::paste(input, text);
    }
}

/// Does it, if everything it needs is there; else goes to what is not.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(mut form) = model.form.take() else { return Vec::new() };
    if form.is_refused() {
        // The question is the last thing asked: Enter before it leads there.
        let question = form.asked.len() - 1;
        if form.focus != question {
            form.focus = question;
            model.form = Some(form);
        }
        return Vec::new();
    }
    let filled = form.filled();
    if let Some(wrong) = triage::first_fault(model, form.deed, &filled, &form.targets) {
        for (place, asked) in form.asked.iter_mut().enumerate() {
            asked.wrong = asked.field == Some(wrong);
            if asked.wrong {
                form.focus = place;
            }
        }
        model.form = Some(form);
        return Vec::new();
    }
    let by_mail = filled.get(Field::Channel).is_some_and(|channel| channel.as_str() == Channel::Email.as_str());
    if model.settings.mails && form.deed == Deed::Remind && by_mail {
        let level = |id: &ItemId| {
            let item = model.snapshot.as_ref()?.item(id)?;
            for_item(model, form.deed, &filled, item).get(Field::Level)?.parse().ok()
        };
        let items = form.targets.iter().map(|id| (id.clone(), level(id).unwrap_or(1))).collect();
        return mail::compose(model, items);
    }
    triage::act(model, form.deed, filled, &form.targets, &form.seen)
}

/// What a deed is done against now.
pub fn against(model: &Model) -> Option<Against<'_>> {
    let calendar = &model.snapshot.as_ref()?.outline.calendar;
    Some(Against { now: model.now, today: model.today.date, calendar })
}
