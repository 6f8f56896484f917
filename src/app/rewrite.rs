//! The plan as a sheet amends it: only what was changed there is written, the rest stays as it is.

use jiff::civil::Date;

use super::{
    amend::agencies,
    model::Model,
    pick::fitting,
    sheet::{Purpose, Sheet, Slot},
};
use crate::domain::{
    amendment::named_agencies,
    calendar::Calendar,
    id::AgencyId,
    plan::{Plan, Unknown},
    sentence::Sentence,
    task::Task,
    text::Text,
    title::Title,
    typed_date::{self, Sense},
};

/// A line that cannot be used, and why.
type Fault = (Slot, Sentence);

/// The plan with what was changed on the sheet; what was left as it stood is left as it is.
pub(super) fn amended_plan(model: &Model, sheet: &Sheet, seen: &Plan) -> Result<Plan, Fault> {
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
        Purpose::Arrivals | Purpose::Case | Purpose::HandOver => {}
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
