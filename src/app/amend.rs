//! Amending the plan from the screen: a task, an agency, a task more. What was changed is laid down as a new wording of the
//! plan, with the reason; where the plan was amended meanwhile, nothing is overwritten.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    action::Action,
    arrivals::candidate,
    contested,
    effect::Effect,
    messages::Level,
    model::Model,
    msg::Ticket,
    pick::{Candidate, Pick},
    rewrite,
    sheet::{Line, Purpose, Sheet, Slot},
    sync, triage,
    under_way::Amending,
};
use crate::{
    domain::{
        amendment::{Amendment, next_task_id},
        answer::{LaidDown, Page},
        entry::Verb,
        failure::Failure,
        id::{AgencyId, ItemName, TaskId},
        plan::Plan,
        sentence::Sentence,
        steps,
        task::Task,
        text::Text,
        title::Title,
    },
    panels::RowKey,
};

/// What was amended from here and can be taken back, the last one last.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    done: Vec<Done>,
}

#[derive(Clone, Debug)]
struct Done {
    /// The place of its entry.
    seq: u64,
    before: Arc<Plan>,
    after: Arc<Plan>,
}

/// What can be done where the cursor is that is no deed: amendments, a case, letters.
pub fn possible(model: &Model) -> Vec<Action> {
    let amends = model.settings.amends;
    let opens = model.settings.takes.check(&Verb::Open).is_ok();
    let [task, agency] = [task(model).is_some(), agency(model).is_some()];
    let here = [
        (task && amends, Action::AmendTask),
        (agency && amends, Action::AmendAgency),
        (agency && !task && opens, Action::OpenCase),
        (agency && !task, Action::Arrivals),
    ];
    here.into_iter().filter(|(is, _)| *is).map(|(_, action)| action).collect()
}

/// Opens the sheet of an amendment.
pub fn begin(model: &mut Model, action: Action) {
    if !triage::may_act(model) {
        return;
    }
    if !model.settings.amends {
        model.say(Level::Info, Sentence::new("said-cannot-amend"));
        return;
    }
    let Some(plan) = model.snapshot.as_ref().map(|snapshot| Arc::clone(&snapshot.outline.plan)) else { return };
    let purpose = if action == Action::AmendAgency {
        agency(model).map(Purpose::Agency)
    } else if action == Action::AddTask {
        Some(Purpose::NewTask)
    } else {
        task(model).map(Purpose::Task)
    };
    match purpose.and_then(|purpose| sheet(model, &plan, &purpose)) {
        Some(sheet) => model.sheet = Some(Sheet { seen: Some(plan), ..sheet }),
        None => model.say(Level::Info, Sentence::new("said-nothing-to-amend").with("what", action.word())),
    }
}

/// The sheet for that, as the plan has it; none where the plan does not have it.
pub(super) fn sheet(model: &Model, plan: &Plan, purpose: &Purpose) -> Option<Sheet> {
    match purpose {
        Purpose::Task(id) => task_sheet(model, plan, id),
        Purpose::Agency(id) => agency_sheet(plan, id.clone()),
        Purpose::NewTask => Some(new_task_sheet(model, plan)),
        Purpose::Arrivals | Purpose::Case | Purpose::HandOver => None,
    }
}

/// The task under the cursor.
fn task(model: &Model) -> Option<TaskId> {
    let RowKey::Item(id) = model.selected()? else { return None };
    let Some(ItemName::Task(task)) = id.name() else { return None };
    Some(task.into())
}

/// The agency under the cursor; of an item the one that answers for it.
fn agency(model: &Model) -> Option<AgencyId> {
    match model.selected()? {
        RowKey::Agency(agency) => Some(agency),
        RowKey::Item(id) => model.snapshot.as_ref()?.outline.answering(&id).map(AgencyId::from),
        RowKey::Campaign(_) | RowKey::Entry(_) => None,
    }
}

fn task_sheet(model: &Model, plan: &Plan, id: &TaskId) -> Option<Sheet> {
    let task = plan.tasks.iter().find(|task| task.id == *id)?;
    let language = model.language();
    let mut lines = vec![Line::typed(Slot::Title, task.title.get(language))];
    if let Title::ByLanguage(titles) = &task.title {
        let others = titles.iter().filter(|(tag, _)| tag.as_ref() != language);
        lines.extend(others.map(|(tag, title)| Line::shown(Slot::OtherTitle, &format!("{tag}: {title}"))));
    }
    lines.extend(asked_of_task(model, Some(task)));
    Some(Sheet::new(Purpose::Task(id.clone()), lines))
}

fn new_task_sheet(model: &Model, plan: &Plan) -> Sheet {
    let mut lines = vec![Line::typed(Slot::Title, ""), Line::typed(Slot::Id, &next_task_id(plan))];
    lines.extend(asked_of_task(model, None));
    Sheet::new(Purpose::NewTask, lines)
}

/// Who leads, who helps, when, why.
fn asked_of_task(model: &Model, task: Option<&Task>) -> [Line; 5] {
    let coordinating: Vec<&str> = task.iter().flat_map(|task| &task.coordinating).map(|id| id.as_str()).collect();
    let lead = task.map(|task| task.lead.as_str());
    let day = |date: Option<Date>| date.map(written).unwrap_or_default();
    [
        Line::pick(Slot::Lead, Pick::typed(agencies(model), lead)),
        Line::typed(Slot::Coordinating, &coordinating.join(", ")),
        Line::typed(Slot::Start, &day(task.and_then(|task| task.start))),
        Line::typed(Slot::Due, &day(task.and_then(|task| task.due))),
        Line::typed(Slot::Reason, ""),
    ]
}

fn agency_sheet(plan: &Plan, id: AgencyId) -> Option<Sheet> {
    let agency = plan.agencies.iter().find(|agency| agency.id == id)?;
    let said = |text: &Option<Text>| text.clone().unwrap_or_default();
    let lines = vec![
        Line::typed(Slot::Email, &said(&agency.email)),
        Line::typed(Slot::Phone, &said(&agency.phone)),
        Line::typed(Slot::Reason, ""),
    ];
    Some(Sheet::new(Purpose::Agency(id), lines))
}

/// A day as it is typed.
fn written(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

pub(super) fn agencies(model: &Model) -> Vec<Candidate> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    snapshot.outline.agencies.iter().map(|agency| candidate(agency, model.language())).collect()
}

/// Hands the amendment in; where somebody else amended the same, once it was chosen whose holds.
pub(super) fn accept(model: &mut Model, mut sheet: Sheet) -> Vec<Effect> {
    contested::follow(model, &mut sheet);
    if !contested::decided(model, &mut sheet) {
        return Vec::new();
    }
    let Some(seen) = sheet.seen.clone() else { return Vec::new() };
    match rewrite::amended_plan(model, &sheet, &seen) {
        Ok(plan) => {
            let reason = sheet.value(Slot::Reason);
            hand_in(model, Amendment { seen, plan, reason, reverses: None }, Some(sheet))
        }
        Err((slot, why)) => {
            sheet.fault(slot, why);
            model.sheet = Some(sheet);
            Vec::new()
        }
    }
}

fn hand_in(model: &mut Model, amendment: Amendment, sheet: Option<Sheet>) -> Vec<Effect> {
    // As in the journal: no step comes back over an amendment.
    model.triage.taken_back.clear();
    let before = Arc::clone(&amendment.seen);
    let ticket = model.triage.under_way.amend(Amending { before, sheet });
    vec![Effect::Amend { ticket, amendment: Box::new(amendment) }]
}

/// An amendment was answered. One that did not get anywhere can be tried again: what was filled in stands there still.
pub(super) fn amended(
    model: &mut Model,
    ticket: Ticket,
    amendment: Amendment,
    result: Result<LaidDown, Failure>,
) -> Vec<Effect> {
    let Some(Amending { before, sheet }) = model.triage.under_way.amended(ticket) else { return Vec::new() };
    match (result, amendment.reverses) {
        (Ok(laid), None) => {
            model.amendments.done.push(Done { seq: laid.seq(), before, after: Arc::new(amendment.plan) });
            model.say(Level::Info, Sentence::new("said-amended"));
        }
        (Ok(_), Some(_)) => {
            model.amendments.done.pop();
            model.say(Level::Info, Sentence::new("said-amendment-taken-back"));
        }
        (Err(failure), _) => {
            model.say(Level::Error, Sentence::new("said-not-amended").with("why", failure.why().clone()));
            if let Some(sheet) = sheet.filter(|_| !model.is_asking()) {
                model.sheet = Some(sheet);
            }
        }
    }
    sync::ask(model)
}

/// Where the last thing done at this desk was an amendment: it is taken back by the wording before it, if that is known and
/// nobody amended the plan since; else it is said how to. None where it was something else.
pub(super) fn undo(model: &mut Model, page: &Page) -> Option<Vec<Effect>> {
    let amendment = steps::amendment(page)?;
    let snapshot = model.snapshot.as_ref()?;
    // What the screen has not fetched yet may be in force all the same; the ledger knows.
    let may_stand = |done: &&Done| done.after == snapshot.outline.plan || snapshot.cursor < done.seq;
    let done = model.amendments.done.last().filter(|done| done.seq == amendment.seq).filter(may_stand);
    let Some(Done { before, after, .. }) = done.cloned() else {
        model.say(Level::Info, Sentence::new("said-amendment-stays"));
        return Some(Vec::new());
    };
    let (plan, reverses) = (Plan::clone(&before), Some(amendment.id));
    Some(hand_in(model, Amendment { seen: after, plan, reason: Text::default(), reverses }, None))
}
