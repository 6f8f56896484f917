//! The day a typed date means, beside the line it is typed into.

use jiff::civil::Date;

use super::{Look, theme::Role};
use crate::{
    app::{
        model::Model,
        sheet::{Line, Purpose, Sheet, Slot},
    },
    domain::{
        calendar::Calendar,
        deadline,
        typed_date::{self, Sense},
    },
};

/// `date` with its weekday; where it falls on a day of rest and another is `in_force`, that it does and which.
pub(super) fn said(date: Date, in_force: Option<Date>, look: &Look<'_>) -> (String, Role) {
    let words = look.words;
    match in_force.filter(|rolled| *rolled != date) {
        Some(rolled) => (words.with("form-rolls", &[("day", words.day(rolled).into())]), Role::DueSoon),
        None => (words.day(date), Role::Text),
    }
}

/// What is said beside a day typed into a sheet.
pub(super) fn in_sheet(sheet: &Sheet, line: &Line, model: &Model, look: &Look<'_>) -> (String, Role) {
    let typed = line.value();
    let sense = sense(line.slot);
    let Some(calendar) = model.snapshot.as_ref().map(|snapshot| &snapshot.outline.calendar) else {
        return (String::new(), Role::Dim);
    };
    let base = typed_date::Base { today: model.today.date, due: None, calendar };
    let word = |word: &str| look.words.get(word).into_owned();
    let Some(date) = typed_date::read(&typed, sense, base) else {
        return match typed_date::read(&typed, sense.other(), base) {
            _ if typed.is_empty() && line.slot == Slot::Due => (word("time-no-deadline"), Role::Dim),
            _ if typed.is_empty() => (word("form-optional"), Role::Dim),
            Some(_) if sense == Sense::Past => (word("form-to-come"), Role::Error),
            Some(_) => (word("form-needs-year"), Role::Error),
            None => (word("form-wrong-date"), Role::Error),
        };
    };
    if sense == Sense::Past && date > model.today.date {
        return (word("form-to-come"), Role::Error);
    }
    let in_force = (line.slot == Slot::Due).then(|| in_force(sheet, date, calendar, model));
    said(date, in_force, look)
}

/// Is a day asked for that has been, or one to come?
pub(super) fn sense(slot: Slot) -> Sense {
    if matches!(slot, Slot::On | Slot::Event) { Sense::Past } else { Sense::ToCome }
}

/// A task's due date as it will be in force.
fn in_force(sheet: &Sheet, date: Date, calendar: &Calendar, model: &Model) -> Date {
    let plan = model.snapshot.as_ref().map(|snapshot| &snapshot.outline.plan);
    let own = match &sheet.purpose {
        Purpose::Task(id) => plan.and_then(|plan| plan.tasks.iter().find(|task| task.id == *id)?.roll),
        Purpose::Arrivals | Purpose::Case | Purpose::Agency(_) | Purpose::NewTask | Purpose::HandOver => None,
    };
    deadline::in_force(date, own.or(plan.map(|plan| plan.roll)).unwrap_or(true), calendar)
}
