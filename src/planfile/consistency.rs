//! Does each record of a plan fit together in itself? What does not is a warning; what it refers to is in `references.rs`.

use jiff::civil::Date;

use crate::domain::{
    duty::{DueRule, Duty},
    plan::{NO_YEAR, Plan},
    sentence::Sentence,
    text::Text,
};

use super::{plan::Places, remark::Remarks};

/// Looks at every record of the plan. A recurrence that is there twice is dropped: its reports would be, too.
pub(super) fn check(plan: &mut Plan, places: &Places, remarks: &mut Remarks<'_>) {
    for (programme, at) in plan.programmes.iter().zip(&places.programmes) {
        if let (Some(from), Some(to)) = (programme.from, programme.to)
            && to < from
        {
            end_before_begin(from.to_string(), to.to_string(), *at, format!("programmes.{}.to", programme.id), remarks);
        }
    }
    for (task, at) in plan.tasks.iter().zip(&places.tasks) {
        due_before_start(task.start, task.due, *at, || format!("tasks.{}.due", task.id), remarks);
    }
    for (campaign, at) in plan.campaigns.iter().zip(&places.campaigns) {
        if campaign.to < campaign.from {
            let path = format!("campaigns.{}.to", campaign.id);
            end_before_begin(campaign.from.to_string(), campaign.to.to_string(), *at, path, remarks);
        }
    }
    for (duty, at) in plan.duties.iter_mut().zip(&places.duties) {
        without_repetition(duty, plan.year, *at, remarks);
        ways(duty, *at, remarks);
        days(duty, *at, remarks);
    }
}

fn due_before_start(
    start: Option<Date>,
    due: Option<Date>,
    at: usize,
    path: impl Fn() -> String,
    remarks: &mut Remarks<'_>,
) {
    if let Some((start, due)) = start.zip(due).filter(|(start, due)| due < start) {
        remarks.warn(Some(at), path(), Sentence::new("remark-due-before-start").with("start", start).with("due", due));
    }
}

fn end_before_begin(from: String, to: String, at: usize, path: String, remarks: &mut Remarks<'_>) {
    remarks.warn(Some(at), path, Sentence::new("remark-end-before-begin").with("from", from).with("to", to));
}

/// A period must not come from two recurrences, or from one and from `periods`.
fn without_repetition(duty: &mut Duty, year: i16, at: usize, remarks: &mut Remarks<'_>) {
    let mut seen: Vec<Text> = duty.periods.iter().map(|period| period.period.clone()).collect();
    let path = format!("duties.{}.every", duty.id);
    if year == NO_YEAR && !duty.every.is_empty() {
        duty.every.clear();
        remarks.set_aside(Some(at), &path, Sentence::new("remark-no-year"));
    }
    duty.every.retain(|recurrence| {
        let periods: Vec<Text> = recurrence.periods(year).into_iter().map(|period| period.to_string().into()).collect();
        let repeated = periods.iter().find(|period| seen.contains(period)).cloned();
        match repeated {
            None => seen.extend(periods),
            Some(period) => {
                remarks.set_aside(Some(at), &path, Sentence::new("remark-repeated-period").with("period", period));
                return false;
            }
        }
        true
    });
}

/// A duty says when in one of four ways, and each way needs something with it.
fn ways(duty: &Duty, at: usize, remarks: &mut Remarks<'_>) {
    let path = format!("duties.{}", duty.id);
    let given = [
        ("periods", !duty.periods.is_empty()),
        ("every", !duty.every.is_empty()),
        ("within", duty.within.is_some()),
        ("after_task", !duty.after_task.is_empty()),
    ];
    let ways: Vec<&str> = given.into_iter().filter(|(_, given)| *given).map(|(way, _)| way).collect();
    let mut warn = |problem: Sentence| remarks.warn(Some(at), &path, problem);
    match ways.as_slice() {
        [] => warn(Sentence::new("remark-no-way")),
        [_] => {}
        [first, second, ..] => {
            warn(Sentence::new("remark-several-ways").with("first", *first).with("second", *second));
        }
    }
    if !duty.every.is_empty() && duty.due.is_none() && duty.due_by_kind.is_empty() {
        warn(Sentence::new("remark-every-without-due"));
    }
    if !duty.after_task.is_empty() && duty.working_days.is_none() && duty.within.is_none() {
        warn(Sentence::new("remark-after-task-without-days"));
    }
    if duty.owes.is_empty() && duty.after_task.is_empty() {
        warn(Sentence::new("remark-nobody-owes"));
    }
}

fn days(duty: &Duty, at: usize, remarks: &mut Remarks<'_>) {
    let own = duty.due.iter().map(|rule| (format!("duties.{}.due", duty.id), rule));
    let by_kind = duty.due_by_kind.iter().map(|(kind, rule)| (format!("duties.{}.due_by_kind.{kind}", duty.id), rule));
    for (path, rule) in own.chain(by_kind) {
        let (DueRule::BeforeDay(day) | DueRule::ByDay(day)) = *rule;
        if !(1..=31).contains(&day) {
            remarks.warn(Some(at), path, Sentence::new("remark-no-such-day").with("day", day));
        }
    }
}
