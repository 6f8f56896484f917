//! From the story to drafts of entries: what happened to which item on which day, by whom. Times and ids come later.

use jiff::{ToSpan, civil::Date};
use tiendo::domain::{
    calendar::Calendar,
    entry::{Entry, Verb},
    id::ItemName,
    snapshot::Snapshot,
    task::Task,
};

use super::story::{Case, Reports, Standing, Story, entry, entry_of};

/// An entry without its id, time and place in the journal.
pub(crate) struct Draft {
    pub(crate) entry: Entry,
    /// The agency whose numbered document comes with it; the number is given when the order is known.
    pub(crate) sender: Option<String>,
    /// The case it opens or rests on, by its place in the story: the item's id needs the opening entry's.
    pub(crate) case: Option<usize>,
}

pub(crate) fn drafts(snapshot: &Snapshot, story: &Story) -> Vec<Draft> {
    let calendar = &snapshot.outline.calendar;
    let tasks = snapshot.outline.plan.tasks.iter().flat_map(|task| task_told(task, calendar, story));
    let cases = story.cases.iter().enumerate().flat_map(|(place, case)| case_told(place, case));
    let acts = story.acts.iter().map(|act| draft(act.0.clone(), sender(&act.0)));
    tasks.chain(reports(snapshot, story)).chain(cases).chain(milestones(story)).chain(acts).collect()
}

fn task_told(task: &Task, calendar: &Calendar, story: &Story) -> Vec<Draft> {
    let item = format!("task:{}", task.id);
    let lead = task.lead.as_str();
    let submitted = |on| draft(entry_of(lead, &item, Verb::Submit, on), Some(lead.into()));
    let confirmed = |on| draft(entry(&item, Verb::Confirm, on), None);
    match story.tasks[task.id.as_str()] {
        Standing::NotBegun => vec![],
        Standing::HandedIn { on } => vec![submitted(on)],
        Standing::Done { handed_in } => {
            vec![submitted(handed_in), confirmed(calendar.add_working_days(handed_in, 1))]
        }
        Standing::UnderWay { percent, last } => {
            let days = report_days(task, last, calendar, story.today);
            let count = days.len();
            let told = |(nth, on)| {
                let percent = Some(risen(percent, nth, count));
                draft(Entry { percent, ..entry_of(lead, &item, Verb::Progress, on) }, None)
            };
            (1..).zip(days).map(told).collect()
        }
    }
}

/// How far it had come at the `nth` of `count` reports, in steps of five.
fn risen(percent: u8, nth: usize, count: usize) -> u8 {
    let even = usize::from(percent) * nth / count;
    if nth == count { percent } else { u8::try_from(even / 5 * 5).unwrap().max(5) }
}

/// A day late in each month from the task's first to the last; in today's month well before today.
fn report_days(task: &Task, last: Option<Date>, calendar: &Calendar, today: Date) -> Vec<Date> {
    let start = task.start.expect("a task under way has a start");
    let spread = i64::from(scatter(task.id.as_str()) % 8);
    let mut month = start.first_of_month();
    let mut days = vec![];
    while month <= last.unwrap_or(today) {
        let day = if month == today.first_of_month() { 6 + spread } else { 21 + spread };
        let usual = calendar.roll_back(month + (day - 1).days()).max(calendar.roll(start));
        days.push(last.filter(|last| last.first_of_month() == month).unwrap_or(usual));
        month += 1.month();
    }
    days
}

/// Every expected report whose day has passed, received on the working day before it where the story does not say.
fn reports(snapshot: &Snapshot, story: &Story) -> Vec<Draft> {
    let calendar = &snapshot.outline.calendar;
    let mut drafts = vec![];
    for item in &snapshot.items {
        let Some(ItemName::Report { duty, period, agency }) = item.id.name() else { continue };
        let Some(due) = item.due.filter(|due| *due < story.today) else { continue };
        let told = story.reports.iter().find(|told| told.duty == duty && told.period == period);
        let usual = calendar.add_working_days(due, -1);
        let Some(on) = told.map_or(Some(usual), |told| told.received(agency, usual)) else { continue };
        drafts.push(draft(entry(item.id.as_str(), Verb::Receive, on), Some(agency.into())));
    }
    drafts
}

impl Reports {
    fn received(&self, agency: &str, usual: Date) -> Option<Date> {
        let among = |list: &[String]| list.iter().any(|id| id == agency);
        match self.late.get(agency) {
            Some(late) => Some(*late),
            None => (!among(&self.never) && !among(&self.told)).then_some(usual),
        }
    }
}

fn case_told(place: usize, case: &Case) -> impl Iterator<Item = Draft> {
    let opening = entry(&format!("duty:{}", case.duty), Verb::Open, case.found);
    let agency = Some(case.agency.as_str().into());
    let opened = Entry { agency, title: Some(case.title.as_str().into()), ..opening };
    let report = format!("report:{}/{{case}}/{}", case.duty, case.agency);
    let received = case.received.map(|on| draft(entry(&report, Verb::Receive, on), Some(case.agency.clone())));
    [Some(draft(opened, None)), received].into_iter().flatten().map(move |draft| Draft { case: Some(place), ..draft })
}

fn milestones(story: &Story) -> impl Iterator<Item = Draft> {
    story.milestones.iter().flat_map(|(campaign, ticked)| {
        let tick = move |(nth, on): (u8, &Date)| entry(&format!("milestone:{campaign}/M{nth}"), Verb::Tick, *on);
        (1..).zip(ticked).map(move |told| draft(tick(told), None))
    })
}

/// Whose numbered document comes with an act: that of the agency that hands in.
fn sender(act: &Entry) -> Option<String> {
    let by = act.by.as_ref().and_then(|by| by.as_str().strip_prefix("dau-moi-"));
    match (&act.verb, act.item.name()) {
        (Verb::Receive, Some(ItemName::Report { agency, .. })) => Some(agency.into()),
        (Verb::Submit, _) => by.map(Into::into),
        _ => None,
    }
}

fn draft(entry: Entry, sender: Option<String>) -> Draft {
    Draft { entry, sender, case: None }
}

/// The same number for the same text on every run (FNV-1a).
pub(crate) fn scatter(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
