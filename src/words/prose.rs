//! [`Prose`]: how letters and documents say it: a plan as one cites it, an item with its deadline, how late it is, and what was
//! done about it. Whole words, for paper; what a narrow cell of the screen says is in `ui/wording.rs`.

use jiff::civil::Date;

use super::Words;
use crate::domain::{
    agency::Agency,
    expect::ReportPeriod,
    item::{Index, Item, Subject},
    period::Span,
    snapshot::Snapshot,
    status::Today,
    summary::{days_late, late_span},
    text::fold_marks,
};

/// Speaks of a plan on a day, in a language.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'a> {
    /// What is spoken of.
    pub snapshot: &'a Snapshot,
    /// The day, in the plan's zone.
    pub today: Date,
    /// The language.
    pub words: &'a Words,
}

impl Prose<'_> {
    fn tag(&self) -> &'static str {
        self.words.language.tag
    }

    /// The plan's name.
    pub fn title(&self) -> String {
        let plan = &self.snapshot.outline.plan;
        or_id(plan.title.get(self.tag()), plan.id.as_str())
    }

    /// The plan's number; its name where it has none.
    pub fn number(&self) -> String {
        let number = self.snapshot.outline.plan.number.as_deref().filter(|number| !number.is_empty());
        number.map_or_else(|| self.title(), ToOwned::to_owned)
    }

    /// The whole name of the body that issued the plan; empty where the plan does not say.
    pub fn owner(&self) -> String {
        let outline = &self.snapshot.outline;
        let owner = outline.plan.owner.as_ref().and_then(|id| outline.agency(id.as_str()));
        owner.map_or_else(String::new, |owner| self.agency(owner))
    }

    /// An agency's whole name.
    pub fn agency(&self, index: Index) -> String {
        let agency = self.snapshot.outline.agencies.get(index as usize);
        agency.map_or_else(String::new, |agency| whole_name(agency, self.tag()))
    }

    /// `Kế hoạch số 95/KH-UBND ngày 21/03/2023 của … (…)`, with what the plan says of these.
    pub fn basis(&self) -> String {
        let (words, plan) = (self.words, &self.snapshot.outline.plan);
        let part = |id: &str, name: &str, value: Option<String>| {
            let value = value.filter(|value| !value.is_empty());
            value.map(|value| format!(" {}", words.with(id, &[(name, value.into())]))).unwrap_or_default()
        };
        let number = part("letter-basis-number", "number", plan.number.as_ref().map(ToString::to_string));
        let issued = part("letter-basis-issued", "date", plan.issued.map(|day| words.date(day)));
        let owner = part("letter-basis-owner", "owner", Some(self.owner()));
        let title = words.with("letter-basis-title", &[("title", self.title().into())]);
        format!("{}{number}{issued}{owner} ({title})", words.get("letter-basis-plan"))
    }

    /// What an item is; none where the plan does not have it.
    pub fn what(&self, item: &Item) -> Option<String> {
        let plan = &self.snapshot.outline.plan;
        match item.subject {
            Subject::Task(task) => {
                let task = plan.tasks.get(task as usize)?;
                Some(or_id(task.title.get(self.tag()), task.id.as_str()))
            }
            Subject::Report { duty, period } => {
                let duty = plan.duties.get(duty as usize)?;
                let name = or_id(duty.title.get(self.tag()), duty.id.as_str());
                let period = self.snapshot.outline.periods.get(period as usize);
                Some(match period.and_then(|period| self.period(&name, period)) {
                    Some(period) => format!("{name} – {period}"),
                    None => name,
                })
            }
            Subject::Milestone { campaign, milestone } => {
                let campaign = plan.campaigns.get(campaign as usize)?;
                let milestone = campaign.milestones.get(milestone as usize)?;
                Some(or_id(milestone.title.get(self.tag()), milestone.id.as_str()))
            }
        }
    }

    /// The period of a report in words, where its duty's name does not say it already.
    fn period(&self, name: &str, period: &ReportPeriod) -> Option<String> {
        let words = self.words;
        if let Some(calendar) = period.period {
            let bare = match calendar.span {
                Span::Year => words.period(calendar, &calendar.year.to_string()),
                Span::Month(_) | Span::Quarter(_) | Span::Half(_) | Span::NineMonths => words.period(calendar, ""),
            };
            let said = fold_marks(name).contains(&fold_marks(bare.trim_matches([' ', '/'])));
            return (!said).then(|| words.period(calendar, &calendar.year.to_string()));
        }
        let event = period.event.as_ref()?;
        let day = words.with("period-case", &[("date", words.date(event.on).into())]);
        Some(event.title.as_ref().map_or_else(|| day.clone(), |title| format!("{day}: {title}")))
    }

    /// The due date in force, with the original one where it was extended, else as the plan words it.
    pub fn due(&self, item: &Item) -> String {
        let words = self.words;
        let Some(due) = item.due else { return words.get("time-no-deadline").into_owned() };
        let date = words.date(due);
        if let Some(original) = item.original_due.filter(|original| *original != due && item.state.extensions > 0) {
            return words.with("letter-extended", &[("date", date.into()), ("original", words.date(original).into())]);
        }
        match self.snapshot.outline.due_text(item).filter(|text| !text.trim().is_empty()) {
            Some(text) => words.with("letter-due-as-written", &[("date", date.into()), ("text", text.as_str().into())]),
            None => date,
        }
    }

    /// How late an item is, in days and working days.
    pub fn late(&self, item: &Item) -> String {
        let (words, calendar) = (self.words, &self.snapshot.outline.calendar);
        let today = Today::new(self.today, 0, calendar);
        let Some((due, until)) = late_span(item, today) else { return words.get("letter-not-late").into_owned() };
        let days = days_late(item, today).unwrap_or_default();
        let working = calendar.working_days_between(due, until);
        words.with("letter-late", &[("days", days.into()), ("working", working.into())])
    }

    /// How often an item's agency was reminded of it.
    pub fn earlier(&self, item: &Item) -> String {
        let (words, state) = (self.words, &item.state);
        match (state.reminders, state.last_reminded) {
            (0, _) => words.get("letter-never-reminded").into_owned(),
            (times, last) => {
                let last = last.map(|day| words.date(day)).unwrap_or_default();
                words.with("letter-reminded", &[("times", i32::from(times).into()), ("date", last.into())])
            }
        }
    }
}

/// An agency's whole name; how a table calls it where it has none.
pub fn whole_name(agency: &Agency, tag: &str) -> String {
    let whole = agency.name.get(tag);
    if whole.is_empty() { agency.label(tag).to_owned() } else { whole.to_owned() }
}

fn or_id(title: &str, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}
