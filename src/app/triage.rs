//! Acting: which items a deed is about, what is handed in, what became of it; repeat. Undo and redo are in `walk.rs`.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::{
    act::Act,
    action::Action,
    amend,
    asked::for_item,
    choices::{Choice, Does},
    dialog, did,
    effect::{Direction, Effect},
    form::{Form, against},
    messages::Level,
    model::Model,
    msg::Ticket,
    navigate, next, pending,
    results::{self, Became},
    sync,
    under_way::{Step, UnderWay},
};
use crate::{
    domain::{
        check::Refusal,
        deed::{Deed, Field},
        entry::Entry,
        failure::Failure,
        filled::{Fault, Filled},
        id::{EntryId, ItemId},
        sentence::Sentence,
        waiting::Acted,
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
    /// The steps taken back since the last deed, the last one last.
    pub(super) taken_back: Vec<TakenBack>,
    /// Undo and redo that wait until what was handed in before them is answered: in order, and none overtakes an act.
    pub(super) later: VecDeque<Direction>,
    /// What was done at this desk was asked for, and has not come: the acts that waited then.
    pub(super) asked: Option<Vec<EntryId>>,
    /// What was handed over and is not answered.
    pub(super) under_way: UnderWay,
}

/// A step taken back here, and how: the one part before it was sent, the other in the journal.
#[derive(Clone, Debug)]
pub(super) struct TakenBack {
    /// The acts that were withdrawn: they are nowhere else any more.
    pub(super) withdrawn: Vec<Entry>,
    /// The entries that reverse the others.
    pub(super) reversals: Vec<Entry>,
}

impl Triage {
    /// Is everything answered that was handed over or asked for?
    pub(super) fn is_settled(&self) -> bool {
        self.under_way.is_empty() && self.asked.is_none()
    }

    /// A step was taken back, as far as it went; or brought back.
    pub(super) fn went(&mut self, what: Act, withdrawn: Vec<Entry>, reversals: Vec<Entry>) {
        match what {
            Act::Undo if withdrawn.is_empty() && reversals.is_empty() => {}
            Act::Undo => self.taken_back.push(TakenBack { withdrawn, reversals }),
            Act::Redo => drop(self.taken_back.pop()),
            Act::Deed(_) | Act::Open => {}
        }
    }
}

/// Begins a deed on the marks, else on the row: asks for what it needs, or does it at once.
pub fn begin(model: &mut Model, deed: Deed) -> Vec<Effect> {
    let mut chosen = chosen(model);
    if !may_act(model) || chosen.is_empty() {
        return Vec::new();
    }
    // Whatever order they were marked in, what is longest late is read first.
    let item = |id: &ItemId| model.snapshot.as_ref().and_then(|snapshot| snapshot.item(id));
    chosen.sort_by_cached_key(|id| item(id).and_then(|item| item.due).unwrap_or(Date::MAX));
    let (mut targets, mut left_out, takes) = (Vec::new(), Vec::new(), model.settings.takes);
    for id in chosen {
        match model.snapshot.as_ref().and_then(|snapshot| snapshot.item(&id)).map(|item| takes.deed(deed, item)) {
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
        return act(model, deed, Filled::default(), &form.targets, &form.seen);
    }
    model.form = Some(form);
    Vec::new()
}

/// Lists every deed with its key, or why it is not possible.
pub fn menu(model: &mut Model) {
    let chosen = chosen(model);
    let first =
        model.scene().and_then(|scene| Some(next::likely(model, &scene, scene.snapshot.item(chosen.first()?)?)));
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

/// The last deed again, as it was filled in, on the row under the cursor.
pub fn repeat(model: &mut Model) -> Vec<Effect> {
    if !may_act(model) {
        return Vec::new();
    }
    let Some((deed, filled)) = model.triage.last.clone() else {
        model.say(Level::Info, Sentence::new("said-nothing-to-repeat"));
        return Vec::new();
    };
    match cursor(model) {
        // What one is asked about the first time is asked about every time.
        Some(_) if deed.is_dangerous() => begin(model, deed),
        Some(id) => act(model, deed, filled, &[id], &[]),
        None => Vec::new(),
    }
}

/// Does `deed` to `targets` as filled in, and goes to the next row that has to be dealt with.
///
/// `seen` is the last entry of each target that was seen before it was decided on; where another one stands now, the source
/// tells of the conflict.
pub fn act(model: &mut Model, deed: Deed, filled: Filled, targets: &[ItemId], seen: &[Option<EntryId>]) -> Vec<Effect> {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let (Some(against), Some(snapshot)) = (against(model), &model.snapshot) else { return Vec::new() };
    for (place, id) in targets.iter().enumerate() {
        let Some(item) = snapshot.item(id) else {
            refused.push((id.clone(), Became::Refused(Refusal::NoSuchItem { item: id.clone() })));
            continue;
        };
        match for_item(model, deed, &filled, item).entries(deed, item, against) {
            Ok(mut entries) => {
                let first = entries.iter_mut().find(|entry| !entry.verb.commutes());
                if let (Some(first), Some(seen)) = (first, seen.get(place)) {
                    first.expects = *seen;
                }
                drafts.extend(entries);
            }
            Err(Fault::Field(field)) => refused.push((id.clone(), Became::Unfit(field))),
            Err(Fault::Refused(refusal)) => refused.push((id.clone(), Became::Refused(refusal))),
        }
    }
    model.triage.last = Some((deed, filled));
    // The desk is at the list again, for the next one.
    let leading = model.leading();
    navigate::focus(model, leading);
    // A remark is seldom all there is to do about a row.
    if targets.len() == 1 && refused.is_empty() && deed != Deed::Note {
        next::go_on(model, targets);
    }
    hand_in(model, Act::Deed(deed), drafts, refused)
}

/// The first field that can be used for none of `targets`.
pub fn first_fault(model: &Model, deed: Deed, filled: &Filled, targets: &[ItemId]) -> Option<Field> {
    let (against, snapshot) = (against(model)?, model.snapshot.as_ref()?);
    let mut fault = None;
    for item in targets.iter().filter_map(|id| snapshot.item(id)) {
        match for_item(model, deed, filled, item).entries(deed, item, against) {
            Err(Fault::Field(field)) => fault = fault.or(Some(field)),
            Err(Fault::Refused(Refusal::NotLater)) => fault = fault.or(Some(Field::Until)),
            Ok(_) | Err(Fault::Refused(_)) => return None,
        }
    }
    fault
}

/// An act was answered: what was done is said, what was not stays marked and can be tried again. What was queued is seen at
/// once.
pub fn acted(
    model: &mut Model,
    ticket: Ticket,
    entries: Vec<Entry>,
    result: Result<Vec<Acted>, Failure>,
) -> Vec<Effect> {
    let Some(Step { what, of, refused, unsent, .. }) = model.triage.under_way.ended(ticket) else { return Vec::new() };
    let reversals = results::taken_in(&entries, &result);
    if what == Act::Undo || !reversals.is_empty() {
        model.triage.went(what, unsent, reversals);
    }
    let did = did::said(model, what, of.as_ref(), &entries);
    let (became, queued) = results::became(entries, result);
    let all_queued = !queued.is_empty() && became.iter().all(|(_, became)| *became == Became::Queued);
    if !queued.is_empty() {
        pending::queued(model, queued);
    }
    results::tell(model, what, did, became.into_iter().chain(refused).collect());
    if all_queued { Vec::new() } else { sync::ask(model) }
}

/// How many of `targets` the filter hides.
pub fn hidden(model: &Model, targets: &[ItemId]) -> usize {
    let Some(scene) = model.scene() else { return 0 };
    // The row under the cursor is seen: of it nobody has to look.
    if matches!(targets, [only] if cursor(model).as_ref() == Some(only)) {
        return 0;
    }
    let place = |id: &ItemId| scene.snapshot.place(id).map(|place| place as usize);
    let mut wanted = vec![false; scene.snapshot.items.len()];
    for place in targets.iter().filter_map(place) {
        wanted[place] = true;
    }
    for row in &model.list(model.leading()).rows {
        let seen = match row {
            Row::Item(item) => Some(*item as usize),
            Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => {
                order::item(&scene, *row).and_then(|item| place(&item.id))
            }
        };
        if let Some(wanted) = seen.and_then(|seen| wanted.get_mut(seen)) {
            *wanted = false;
        }
    }
    let gone = targets.iter().filter(|id| place(id).is_none()).count();
    gone + wanted.iter().filter(|wanted| **wanted).count()
}

/// Can the action be done to anything chosen?
pub fn is_possible(model: &Model, action: Action) -> bool {
    let Some(snapshot) = &model.snapshot else { return false };
    let on_marks = model.marks.iter().filter_map(RowKey::item);
    let selected = model.selected();
    let on_row = selected.as_ref().and_then(RowKey::item);
    let mut chosen = on_marks.chain(on_row.filter(|_| model.marks.is_empty())).filter_map(|id| snapshot.item(id));
    match action.deed() {
        Some(deed) => chosen.any(|item| model.settings.takes.deed(deed, item).is_ok()),
        None => chosen.next().is_some() || action == Action::Undo,
    }
}

/// What is acted on: the marked items, else the one under the cursor.
pub fn chosen(model: &Model) -> Vec<ItemId> {
    let marked: Vec<ItemId> = model.marks.iter().filter_map(RowKey::item).cloned().collect();
    if marked.is_empty() { cursor(model).into_iter().collect() } else { marked }
}

fn cursor(model: &Model) -> Option<ItemId> {
    model.selected()?.item().cloned()
}

/// May anything be done here? Where not, it is said why.
pub(super) fn may_act(model: &mut Model) -> bool {
    match model.read_only() {
        Some(why) => {
            model.say(Level::Info, Sentence::new(why.0));
            false
        }
        None => true,
    }
}

/// Hands these drafts in as one batch; `refused` is told of with what becomes of them.
pub(super) fn hand_in(model: &mut Model, what: Act, drafts: Vec<Entry>, refused: Vec<(ItemId, Became)>) -> Vec<Effect> {
    hand_in_step(model, Step { refused, ..Step::new(what) }, drafts)
}

/// Hands in what is left of a step. A new deed ends what could come back.
pub(super) fn hand_in_step(model: &mut Model, step: Step, drafts: Vec<Entry>) -> Vec<Effect> {
    if drafts.is_empty() {
        results::tell(model, step.what, step.what.did().into(), step.refused);
        return Vec::new();
    }
    match step.what {
        Act::Deed(_) | Act::Open => model.triage.taken_back.clear(),
        Act::Undo | Act::Redo => {}
    }
    vec![Effect::Act { ticket: model.triage.under_way.begin(step), drafts }]
}
