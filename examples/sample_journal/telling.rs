//! From the story to drafts of entries: what happened to which item on which day, by whom. Times and ids come later.

use super::{
    calendar::Calendar,
    plan::{Plan, Task},
    story::{Reports, Standing, Story},
};
use jiff::{ToSpan, civil::Date};

/// An entry without its time, id and place in the journal.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) item: String,
    pub(crate) verb: String,
    pub(crate) on: Date,
    pub(crate) by: String,
    pub(crate) until: Option<Date>,
    pub(crate) percent: Option<u8>,
    pub(crate) level: Option<u8>,
    pub(crate) channel: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) note: Option<String>,
    /// The agency whose numbered document this is: the number is given when the order is known.
    pub(crate) numbered: Option<String>,
    /// For what follows an opened case: the case's place among the cases.
    pub(crate) case: Option<usize>,
}

const COORDINATOR: &str = "dieu-phoi-1";

pub(crate) fn drafts(plan: &Plan, days: &Calendar, story: &Story) -> Vec<Draft> {
    let mut drafts = tasks(plan, days, story);
    drafts.extend(reports(plan, days, story));
    drafts.extend(cases(story));
    drafts.extend(milestones(story));
    drafts.extend(acts(story));
    drafts
}

fn tasks(plan: &Plan, days: &Calendar, story: &Story) -> Vec<Draft> {
    plan.tasks.iter().flat_map(|task| match story.tasks[&task.id] {
        Standing::NotBegun => vec![],
        Standing::HandedIn { on } => vec![submitted(task, on)],
        Standing::Done { handed_in } => vec![submitted(task, handed_in), confirmed(task, days.after(handed_in))],
        Standing::UnderWay { percent, last } => progress(task, percent, last, days, story.clock.date()),
    }).collect()
}

fn submitted(task: &Task, on: Date) -> Draft {
    Draft { numbered: Some(task.lead.clone()), ..draft(task_item(task), "submit", on, contact(&task.lead)) }
}

fn confirmed(task: &Task, on: Date) -> Draft {
    draft(task_item(task), "confirm", on, COORDINATOR.into())
}

/// One entry a month, rising evenly, in steps of five.
fn progress(task: &Task, percent: u8, last: Option<Date>, days: &Calendar, clock: Date) -> Vec<Draft> {
    let reported = report_days(task, last, days, clock);
    let count = reported.len();
    (1..).zip(reported).map(|(nth, on)| {
        let even = usize::from(percent) * nth / count;
        let shown = if nth == count { percent } else { u8::try_from(even / 5 * 5).unwrap().max(5) };
        Draft { percent: Some(shown), ..draft(task_item(task), "progress", on, contact(&task.lead)) }
    }).collect()
}

/// Late in each month from the task's first to the last; in the clock's month well before the clock.
fn report_days(task: &Task, last: Option<Date>, days: &Calendar, clock: Date) -> Vec<Date> {
    let until = last.unwrap_or(clock);
    let spread = i64::from(scatter(&task.id) % 8);
    let mut month = task.start.first_of_month();
    let mut reported = vec![];
    while month <= until {
        let day = if month == clock.first_of_month() { 6 + spread } else { 21 + spread };
        let day = days.before(month + day.days());
        reported.push(match last {
            Some(last) if last.first_of_month() == month => last,
            _ => day.max(days.roll(task.start)),
        });
        month += 1.month();
    }
    reported
}

fn reports(plan: &Plan, days: &Calendar, story: &Story) -> Vec<Draft> {
    let mut drafts = vec![];
    for duty in &plan.duties {
        for period in duty.periods.iter().filter(|period| period.due(days) < story.clock.date()) {
            let told = story.reports.iter().find(|told| told.duty == duty.id && told.period == period.period);
            for agency in plan.owing(duty) {
                let Some(on) = received_on(told, agency, days.before(period.due(days))) else { continue };
                let item = format!("report:{}/{}/{agency}", duty.id, period.period);
                drafts.push(Draft { numbered: Some(agency.into()), ..draft(item, "receive", on, COORDINATOR.into()) });
            }
        }
    }
    drafts
}

fn received_on(told: Option<&Reports>, agency: &str, usual: Date) -> Option<Date> {
    let Some(told) = told else { return Some(usual) };
    let among = |list: &[String]| list.iter().any(|id| id == agency);
    match told.late.get(agency) {
        Some(late) => Some(*late),
        None => (!among(&told.never) && !among(&told.told)).then_some(usual),
    }
}

fn cases(story: &Story) -> Vec<Draft> {
    story.cases.iter().enumerate().flat_map(|(nth, case)| {
        let opened = Draft {
            agency: Some(case.agency.clone()),
            title: Some(case.title.clone()),
            case: Some(nth),
            ..draft(format!("duty:{}", case.duty), "open", case.found, COORDINATOR.into())
        };
        let received = case.received.map(|on| Draft {
            numbered: Some(case.agency.clone()),
            case: Some(nth),
            ..draft(format!("report:{}/{{case}}/{}", case.duty, case.agency), "receive", on, COORDINATOR.into())
        });
        [Some(opened), received].into_iter().flatten()
    }).collect()
}

fn milestones(story: &Story) -> impl Iterator<Item = Draft> {
    story.milestones.iter().flat_map(|(campaign, ticked)| {
        (1..).zip(ticked).map(move |(nth, on)| {
            draft(format!("milestone:{campaign}/M{nth}"), "tick", *on, COORDINATOR.into())
        })
    })
}

fn acts(story: &Story) -> impl Iterator<Item = Draft> {
    story.acts.iter().map(|act| Draft {
        until: act.until,
        level: act.level,
        channel: act.channel.clone(),
        to: act.to.clone(),
        outcome: act.outcome.clone(),
        document: act.document.clone(),
        reason: act.reason.clone(),
        note: act.note.clone(),
        numbered: act.sender(),
        ..draft(act.item.clone(), &act.verb, act.on, act.by.clone().unwrap_or_else(|| COORDINATOR.into()))
    })
}

fn draft(item: String, verb: &str, on: Date, by: String) -> Draft {
    Draft { item, verb: verb.into(), on, by, ..Draft::default() }
}

fn task_item(task: &Task) -> String {
    format!("task:{}", task.id)
}

fn contact(agency: &str) -> String {
    format!("dau-moi-{agency}")
}

/// The same number for the same text on every run (FNV-1a).
pub(crate) fn scatter(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
