//! Amending the plan from the screen: a task, an agency, a task more. What was changed is laid down as a new wording of the
//! plan, with the reason; where the plan was amended meanwhile, nothing is overwritten.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    action::Action,
    arrivals::candidate,
    effect::Effect,
    messages::Level,
    model::Model,
    msg::Ticket,
    pick::{Candidate, Pick, fitting},
    sheet::{Line, Purpose, Sheet, Slot},
    sync, triage,
};
use crate::{
    domain::{
        amendment::{Amendment, named_agencies, next_task_id},
        answer::{LaidDown, Page},
        calendar::Calendar,
        failure::Failure,
        id::{AgencyId, EntryId, ItemName, TaskId},
        plan::{Plan, Unknown},
        sentence::Sentence,
        steps,
        task::Task,
        text::Text,
        title::Title,
        typed_date::{self, Sense},
    },
    panels::RowKey,
};

/// What was amended from here and can be taken back; what was handed in and is not answered.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    /// The plan before each amendment, and after it.
    done: Vec<(Arc<Plan>, Arc<Plan>)>,
    under_way: Option<UnderWay>,
    last_ticket: Ticket,
}

#[derive(Clone, Debug)]
struct UnderWay {
    ticket: Ticket,
    before: Arc<Plan>,
    /// What was filled in, to try again; none where it takes back.
    sheet: Option<Sheet>,
}

/// What of the plan can be amended where the cursor is.
pub fn possible(model: &Model) -> Vec<Action> {
    if !model.settings.amends {
        return Vec::new();
    }
    let [task, agency] = [task(model).is_some(), agency(model).is_some()];
    let here = [(task, Action::AmendTask), (agency, Action::AmendAgency)];
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
    let sheet = if action == Action::AmendAgency {
        agency(model).and_then(|id| agency_sheet(&plan, id))
    } else if action == Action::AddTask {
        Some(new_task_sheet(model, &plan))
    } else {
        task(model).and_then(|id| task_sheet(model, &plan, &id))
    };
    match sheet {
        Some(sheet) => model.sheet = Some(Sheet { seen: Some(plan), ..sheet }),
        None => model.say(Level::Info, Sentence::new("said-nothing-to-amend").with("what", action.word())),
    }
}

/// The task under the cursor.
fn task(model: &Model) -> Option<TaskId> {
    let RowKey::Item(id) = model.list(model.leading()).selected.as_ref()? else { return None };
    let Some(ItemName::Task(task)) = id.name() else { return None };
    Some(task.into())
}

/// The agency under the cursor; of an item the one that answers for it.
fn agency(model: &Model) -> Option<AgencyId> {
    match model.list(model.leading()).selected.as_ref()? {
        RowKey::Agency(agency) => Some(agency.clone()),
        RowKey::Item(id) => model.snapshot.as_ref()?.outline.answering(id).map(AgencyId::from),
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

fn agencies(model: &Model) -> Vec<Candidate> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    snapshot.outline.agencies.iter().map(|agency| candidate(agency, model.language())).collect()
}

/// A line that cannot be used, and why.
type Fault = (Slot, Sentence);

/// Hands the amendment in.
pub(super) fn accept(model: &mut Model, mut sheet: Sheet) -> Vec<Effect> {
    let in_force = model.snapshot.as_ref().map(|snapshot| Arc::clone(&snapshot.outline.plan));
    let Some(seen) = sheet.seen.clone().or(in_force) else { return Vec::new() };
    match amended_plan(model, &sheet, &seen) {
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

/// The plan with what was changed on the sheet; what was left as it stood is left as it is.
fn amended_plan(model: &Model, sheet: &Sheet, seen: &Plan) -> Result<Plan, Fault> {
    let mut plan = seen.clone();
    match &sheet.purpose {
        Purpose::Task(id) => {
            let gone = || (Slot::Title, Sentence::new("said-gone"));
            let task = plan.tasks.iter_mut().find(|task| task.id == *id).ok_or_else(gone)?;
            amend_task(model, sheet, task)?;
        }
        Purpose::NewTask => plan.tasks.push(new_task(model, sheet, seen)?),
        Purpose::Agency(id) => {
            let gone = || (Slot::Email, Sentence::new("said-gone"));
            let agency = plan.agencies.iter_mut().find(|agency| agency.id == *id).ok_or_else(gone)?;
            let said = |slot| Some(sheet.value(slot)).filter(|text| !text.is_empty());
            let is_address = |email: &Text| email.contains('@') && !email.contains(char::is_whitespace);
            if sheet.is_changed(Slot::Email) {
                agency.email = said(Slot::Email);
                if agency.email.as_ref().is_some_and(|email| !is_address(email)) {
                    return Err((Slot::Email, Sentence::new("said-no-address")));
                }
            }
            if sheet.is_changed(Slot::Phone) {
                agency.phone = said(Slot::Phone);
            }
        }
        Purpose::Arrivals | Purpose::Case => {}
    }
    if plan == *seen {
        return Err((Slot::Reason, Sentence::new("said-nothing-changed")));
    }
    if sheet.value(Slot::Reason).is_empty() {
        return Err((Slot::Reason, Sentence::new("said-needed")));
    }
    Ok(plan)
}

fn amend_task(model: &Model, sheet: &Sheet, task: &mut Task) -> Result<(), Fault> {
    if sheet.is_changed(Slot::Title) {
        let title = sheet.value(Slot::Title);
        if title.is_empty() {
            return Err((Slot::Title, Sentence::new("said-needed")));
        }
        match &mut task.title {
            Title::Plain(standing) => *standing = title,
            Title::ByLanguage(titles) => {
                titles.insert(model.language().into(), title);
            }
        }
    }
    if sheet.is_changed(Slot::Lead) {
        let lead = sheet.value(Slot::Lead);
        if lead.is_empty() {
            return Err((Slot::Lead, Sentence::new("said-which-agency")));
        }
        task.lead = lead.as_str().into();
    }
    if sheet.is_changed(Slot::Coordinating) {
        let agencies = agencies(model);
        let find = |name: &str| match name {
            "all" => Some(AgencyId::from(name)),
            _ => fitting(&agencies, name).first().map(|found| found.id.as_str().into()),
        };
        let named = named_agencies(&sheet.value(Slot::Coordinating), find);
        task.coordinating =
            named.map_err(|name| (Slot::Coordinating, Sentence::new("said-no-such-agency").with("name", name)))?;
    }
    let moved = [Slot::Start, Slot::Due].map(|slot| sheet.is_changed(slot));
    if moved[0] {
        task.start = date(model, sheet, Slot::Start)?;
    }
    if moved[1] {
        task.due = date(model, sheet, Slot::Due)?;
        // The wording was that of the day that no longer holds.
        task.due_text = None;
    }
    if moved.contains(&true) && task.start.zip(task.due).is_some_and(|(start, due)| due < start) {
        return Err((Slot::Due, Sentence::new("said-due-before-start")));
    }
    Ok(())
}

fn new_task(model: &Model, sheet: &Sheet, plan: &Plan) -> Result<Task, Fault> {
    let id = sheet.value(Slot::Id);
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if id.is_empty() || !id.chars().all(plain) || plan.tasks.iter().any(|task| task.id.as_str() == id.as_str()) {
        return Err((Slot::Id, Sentence::new("said-no-new-id")));
    }
    if sheet.value(Slot::Title).is_empty() {
        return Err((Slot::Title, Sentence::new("said-needed")));
    }
    let lead = sheet.value(Slot::Lead);
    if lead.is_empty() {
        return Err((Slot::Lead, Sentence::new("said-which-agency")));
    }
    let mut task = Task {
        id: id.as_str().into(),
        title: Title::default(),
        lead: lead.as_str().into(),
        coordinating: Vec::new(),
        programme: None,
        campaign: None,
        kind: None,
        source: None,
        audience: Vec::new(),
        start: None,
        due: None,
        due_text: None,
        roll: None,
        recurs: None,
        link: None,
        unknown: Unknown::new(),
    };
    amend_task(model, sheet, &mut task)?;
    Ok(task)
}

/// The day typed into a line; none where it is left blank.
fn date(model: &Model, sheet: &Sheet, slot: Slot) -> Result<Option<Date>, Fault> {
    let typed = sheet.value(slot);
    let none = Calendar::default();
    let calendar = model.snapshot.as_ref().map_or(&none, |snapshot| &snapshot.outline.calendar);
    let base = typed_date::Base { today: model.today.date, due: None, calendar };
    let read = || typed_date::read(&typed, Sense::ToCome, base).ok_or((slot, Sentence::new("said-wrong-day")));
    if typed.is_empty() { Ok(None) } else { read().map(Some) }
}

fn hand_in(model: &mut Model, amendment: Amendment, sheet: Option<Sheet>) -> Vec<Effect> {
    let amendments = &mut model.amendments;
    amendments.last_ticket = Ticket(amendments.last_ticket.0 + 1);
    let ticket = amendments.last_ticket;
    let before = Arc::clone(&amendment.seen);
    amendments.under_way = Some(UnderWay { ticket, before, sheet });
    vec![Effect::Amend { ticket, amendment: Box::new(amendment) }]
}

/// An amendment was answered. One that did not get anywhere can be tried again: what was filled in stands there still.
pub(super) fn amended(
    model: &mut Model,
    ticket: Ticket,
    amendment: Amendment,
    result: Result<LaidDown, Failure>,
) -> Vec<Effect> {
    let Some(UnderWay { before, sheet, .. }) = model.amendments.under_way.take_if(|act| act.ticket == ticket) else {
        return Vec::new();
    };
    match result {
        Ok(_) => {
            let said = if amendment.reverses.is_some() { "said-amendment-taken-back" } else { "said-amended" };
            if amendment.reverses.is_none() {
                model.amendments.done.push((before, Arc::new(amendment.plan)));
            }
            model.say(Level::Info, Sentence::new(said));
        }
        Err(failure) => {
            model.say(Level::Error, Sentence::new("said-not-amended").with("why", failure.why().clone()));
            if let Some(sheet) = sheet.filter(|_| !model.is_asking()) {
                model.sheet = Some(Sheet { seen: None, ..sheet });
            }
        }
    }
    sync::ask(model)
}

/// Where the last thing done at this desk was an amendment: it is taken back by the wording before it, if that is known and
/// nobody amended the plan since; else it is said how to. None where it was something else.
pub(super) fn undo(model: &mut Model, page: &Page) -> Option<Vec<Effect>> {
    let amendment: EntryId = steps::amendment(page)?.id;
    let in_force = model.snapshot.as_ref().map(|snapshot| Arc::clone(&snapshot.outline.plan))?;
    match model.amendments.done.pop().filter(|(_, after)| **after == *in_force) {
        Some((before, _)) => {
            let plan = Plan::clone(&before);
            let reverses = Some(amendment);
            Some(hand_in(model, Amendment { seen: in_force, plan, reason: Text::default(), reverses }, None))
        }
        None => {
            model.amendments.done.clear();
            model.say(Level::Info, Sentence::new("said-amendment-stays"));
            Some(Vec::new())
        }
    }
}
