//! Acting: which items a deed is about, what is handed in, what became of it; undo, redo and repeat.

use std::collections::BTreeSet;

use super::{
    act::Act,
    action::Action,
    amend,
    choices::{Choice, Does},
    dialog,
    effect::{Direction, Effect},
    form::{Form, against},
    messages::Level,
    model::Model,
    msg::Ticket,
    navigate,
    results::{self, Became},
    sync,
};
use crate::{
    domain::{
        answer::{Admission, Page},
        check::Refusal,
        deed::{Deed, Field},
        entry::Entry,
        failure::Failure,
        filled::{Fault, Filled},
        id::ItemId,
        item::Item,
        queue::needs_dealing_with,
        sentence::Sentence,
        status::Base,
        steps,
    },
    panels::{Row, RowKey, order},
};

/// What was handed in and is not answered, and what can be repeated.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    /// The last deed with what was filled in.
    pub last: Option<(Deed, Filled)>,
    /// What became of each item of the last act.
    pub results: Vec<(ItemId, Became)>,
    under_way: Vec<UnderWay>,
    last_ticket: Ticket,
}

#[derive(Clone, Debug)]
struct UnderWay {
    ticket: Ticket,
    what: Act,
    /// What was refused before anything was handed in.
    refused: Vec<(ItemId, Became)>,
}

/// Begins a deed on the marks, else on the row: asks for what it needs, or does it at once.
pub fn begin(model: &mut Model, deed: Deed) -> Vec<Effect> {
    let chosen = chosen(model);
    if !may_act(model) || chosen.is_empty() {
        return Vec::new();
    }
    let (mut targets, mut left_out) = (Vec::new(), Vec::new());
    for id in chosen {
        match model.snapshot.as_ref().and_then(|snapshot| snapshot.item(&id)).map(|item| deed.check(item)) {
            Some(Ok(())) => targets.push(id),
            Some(Err(refusal)) => left_out.push((id, refusal)),
            None => left_out.push((id.clone(), Refusal::NoSuchItem { item: id })),
        }
    }
    if targets.is_empty() {
        if let Some((_, refusal)) = left_out.first() {
            let said = Sentence::new("said-not-possible").with("what", Act::Deed(deed).word());
            model.say(Level::Error, said.with("why", results::why(refusal)));
        }
        return Vec::new();
    }
    let form = Form::new(model, deed, targets, left_out);
    if form.asked.is_empty() && form.targets.len() == 1 && form.left_out.is_empty() {
        return act(model, deed, Filled::default(), &form.targets);
    }
    model.form = Some(form);
    Vec::new()
}

/// Lists every deed with its key, or why it is not possible.
pub fn menu(model: &mut Model) {
    let chosen = chosen(model);
    let first = chosen.first().and_then(|id| model.snapshot.as_ref()?.item(id)).map(likely);
    if first.is_none() && !amend::possible(model).is_empty() {
        dialog::open(model, dialog::Kind::Deeds);
    }
    if let Some(first) = first {
        dialog::open(model, dialog::Kind::Deeds);
        let likely = Action::begin(first);
        let is_likely = |choice: &Choice| matches!(choice.does, Does::Action(action) if action == likely);
        let place = dialog::choices(model).iter().position(is_likely);
        if let Some(dialog) = &mut model.dialog {
            dialog.selected = place.unwrap_or(0);
        }
    }
}

/// What is most likely done to an item next.
fn likely(item: &Item) -> Deed {
    let state = &item.state;
    let handed_in = state.base == Base::AwaitingConfirmation;
    match (handed_in, &state.requested, Deed::Remind.check(item)) {
        (true, ..) => Deed::Done,
        (false, Some(_), _) => Deed::Extend,
        (false, None, Ok(())) => Deed::Remind,
        (false, None, Err(_)) => Deed::Acknowledge,
    }
}

/// The last deed again, as it was filled in, on the row under the cursor.
pub fn repeat(model: &mut Model) -> Vec<Effect> {
    let (Some((deed, filled)), true) = (model.triage.last.clone(), may_act(model)) else {
        model.say(Level::Info, Sentence::new("said-nothing-to-repeat"));
        return Vec::new();
    };
    match cursor(model) {
        Some(id) => act(model, deed, filled, &[id]),
        None => Vec::new(),
    }
}

/// Takes back the last step, or brings it back: what was done at this desk is asked for first.
pub fn walk(model: &mut Model, direction: Direction) -> Vec<Effect> {
    if may_act(model) { vec![Effect::FetchSteps { direction }] } else { Vec::new() }
}

/// What was done at this desk came: its last step is taken back or brought back.
pub fn steps_fetched(model: &mut Model, direction: Direction, result: Result<Page, Failure>) -> Vec<Effect> {
    let page = match result {
        Ok(page) => page,
        Err(failure) => {
            model.say(Level::Error, failure.why().clone());
            return Vec::new();
        }
    };
    if direction == Direction::Undo
        && let Some(effects) = amend::undo(model, &page)
    {
        return effects;
    }
    let (what, nothing, drafts) = match direction {
        Direction::Undo => (Act::Undo, "said-nothing-to-undo", steps::undo(&page, model.today.date)),
        Direction::Redo => (Act::Redo, "said-nothing-to-redo", steps::redo(&page, model.today.date)),
    };
    if drafts.is_empty() {
        model.say(Level::Info, Sentence::new(nothing));
        return Vec::new();
    }
    hand_in(model, what, drafts, Vec::new())
}

/// Does `deed` to `targets` as filled in, and goes to the next row that has to be dealt with.
pub fn act(model: &mut Model, deed: Deed, filled: Filled, targets: &[ItemId]) -> Vec<Effect> {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let (Some(against), Some(snapshot)) = (against(model), &model.snapshot) else { return Vec::new() };
    for id in targets {
        let Some(item) = snapshot.item(id) else {
            refused.push((id.clone(), Became::Refused(Refusal::NoSuchItem { item: id.clone() })));
            continue;
        };
        match filled.entries(deed, item, against) {
            Ok(entries) => drafts.extend(entries),
            Err(Fault::Field(field)) => refused.push((id.clone(), Became::Unfit(field))),
            Err(Fault::Refused(refusal)) => refused.push((id.clone(), Became::Refused(refusal))),
        }
    }
    model.triage.last = Some((deed, filled));
    // The desk is at the list again, for the next one.
    let leading = model.leading();
    navigate::focus(model, leading);
    if targets.len() == 1 && refused.is_empty() {
        go_on(model, targets);
    }
    hand_in(model, Act::Deed(deed), drafts, refused)
}

/// The first field that can be used for none of `targets`.
pub fn first_fault(model: &Model, deed: Deed, filled: &Filled, targets: &[ItemId]) -> Option<Field> {
    let (against, snapshot) = (against(model)?, model.snapshot.as_ref()?);
    let mut fault = None;
    for item in targets.iter().filter_map(|id| snapshot.item(id)) {
        match filled.entries(deed, item, against) {
            Err(Fault::Field(field)) => fault = fault.or(Some(field)),
            Err(Fault::Refused(Refusal::NotLater)) => fault = fault.or(Some(Field::Until)),
            Ok(_) | Err(Fault::Refused(_)) => return None,
        }
    }
    fault
}

/// An act was answered: what was done is said, what was not stays marked and can be tried again.
pub fn acted(
    model: &mut Model,
    ticket: Ticket,
    entries: &[Entry],
    result: Result<Vec<Admission>, Failure>,
) -> Vec<Effect> {
    let Some(place) = model.triage.under_way.iter().position(|act| act.ticket == ticket) else { return Vec::new() };
    let UnderWay { what, refused, .. } = model.triage.under_way.remove(place);
    let mut became = results::became(entries, result);
    became.extend(refused);
    results::tell(model, what, became);
    sync::ask(model)
}

/// How many of `targets` the filter hides.
pub fn hidden(model: &Model, targets: &[ItemId]) -> usize {
    let Some(scene) = model.scene() else { return 0 };
    let list = model.list(model.leading());
    let shown: BTreeSet<&ItemId> =
        list.rows.iter().filter_map(|row| order::item(&scene, *row)).map(|item| &item.id).collect();
    targets.iter().filter(|id| !shown.contains(id)).count()
}

/// Can the action be done to anything chosen?
pub fn is_possible(model: &Model, action: Action) -> bool {
    let Some(snapshot) = &model.snapshot else { return false };
    let on_marks = model.marks.iter().filter_map(item_of);
    let on_row = model.list(model.leading()).selected.as_ref().and_then(item_of);
    let mut chosen = on_marks.chain(on_row.filter(|_| model.marks.is_empty())).filter_map(|id| snapshot.item(id));
    match action.deed() {
        Some(deed) => chosen.any(|item| deed.check(item).is_ok()),
        None => chosen.next().is_some() || action == Action::Undo,
    }
}

/// What is acted on: the marked items, else the one under the cursor.
pub fn chosen(model: &Model) -> Vec<ItemId> {
    let marked: Vec<ItemId> = model.marks.iter().filter_map(item_of).cloned().collect();
    if marked.is_empty() { cursor(model).into_iter().collect() } else { marked }
}

fn cursor(model: &Model) -> Option<ItemId> {
    item_of(model.list(model.leading()).selected.as_ref()?).cloned()
}

fn item_of(key: &RowKey) -> Option<&ItemId> {
    match key {
        RowKey::Item(id) => Some(id),
        RowKey::Agency(_) | RowKey::Campaign(_) | RowKey::Entry(_) => None,
    }
}

/// May anything be done here? Where not, it is said why.
pub(super) fn may_act(model: &mut Model) -> bool {
    match model.settings.read_only {
        Some(why) => {
            model.say(Level::Info, Sentence::new(why.0));
            false
        }
        None => true,
    }
}

pub(super) fn hand_in(model: &mut Model, what: Act, drafts: Vec<Entry>, refused: Vec<(ItemId, Became)>) -> Vec<Effect> {
    if drafts.is_empty() {
        results::tell(model, what, refused);
        return Vec::new();
    }
    let triage = &mut model.triage;
    triage.last_ticket = Ticket(triage.last_ticket.0 + 1);
    let ticket = triage.last_ticket;
    triage.under_way.push(UnderWay { ticket, what, refused });
    vec![Effect::Act { ticket, drafts }]
}

/// The cursor goes to the next row that has to be dealt with; to the next one where none has.
fn go_on(model: &mut Model, done: &[ItemId]) {
    let leading = model.leading();
    let next = model.scene().and_then(|scene| {
        let list = model.list(leading);
        let below = list.rows.iter().enumerate().skip(list.position + 1);
        let mut items = below.filter_map(|(place, row)| Some((place, order::item(&scene, *row)?)));
        let calls = |item: &Item| {
            !done.contains(&item.id) && needs_dealing_with(item, &scene.snapshot.outline, scene.today, scene.desk)
        };
        let first = list.rows.iter().skip(list.position + 1).position(|row| matches!(row, Row::Item(_)));
        items.find(|(_, item)| calls(item)).map(|(place, _)| place).or(first.map(|place| list.position + 1 + place))
    });
    if let Some(place) = next {
        navigate::select(model, leading, place, false);
    }
}
