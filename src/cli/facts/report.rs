//! [`ReportFact`]: a report as `tiendo reports` lists it; and, with the tasks among them, what `tiendo overdue` lists.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Seen, count, date, standing::Standing};
use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::{
        id::{AgencyId, DutyId, ItemId, ProgrammeId},
        item::{Item, Kind, Subject},
        period::Period,
        status::Base,
        text::Text,
    },
    ui::wording::calendar_period,
    words::Words,
};

/// A report, or among what is overdue a task.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct ReportFact {
    pub item: ItemId,
    pub kind: Kind,
    /// Null for a task.
    pub duty: Option<DutyId>,
    pub agency: AgencyId,
    #[serde(skip)]
    agency_name: String,
    /// Null for a task.
    pub period: Option<Text>,
    /// The duty's or the task's, in the language asked for.
    pub title: String,
    /// What a case is about.
    pub case_title: Option<Text>,
    /// The day a case was found, or the task was handed in that the report follows.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub event_on: Option<Date>,
    pub programme: Option<ProgrammeId>,
    /// The last day its figures cover.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub closing: Option<Date>,
    pub due_text: Option<Text>,
    /// The day it came, where it is in.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub received: Option<Date>,
    #[serde(flatten)]
    pub standing: Standing,
    /// Whether the title alone does not tell which report of its duty it is.
    #[serde(skip)]
    one_of_several: bool,
    #[serde(skip)]
    calendar_period: Option<Period>,
}

impl ReportFact {
    /// The fact of a report or a task.
    pub(in crate::cli) fn of(seen: Seen<'_>, item: &Item, tag: &str) -> Option<Self> {
        let outline = &seen.snapshot.outline;
        let (agency, agency_name) = seen.agency(item.agency, tag);
        let programme = item.programme.and_then(|index| outline.plan.programmes.get(index as usize));
        let fact = ReportFact {
            item: item.id.clone(),
            kind: item.kind(),
            duty: None,
            agency,
            agency_name,
            period: None,
            title: String::new(),
            case_title: None,
            event_on: None,
            programme: programme.map(|programme| programme.id.clone()),
            closing: None,
            due_text: outline.due_text(item).cloned(),
            received: item.state.handed_in.filter(|_| item.state.base == Base::Done),
            standing: Standing::of(seen, item),
            one_of_several: false,
            calendar_period: None,
        };
        match item.subject {
            Subject::Task(index) => {
                let task = outline.plan.tasks.get(index as usize)?;
                Some(ReportFact { title: task.title.get(tag).to_owned(), ..fact })
            }
            Subject::Report { duty, period } => {
                let of_duty = outline.periods.iter().filter(|period| period.duty == duty).take(2).count();
                let duty = outline.plan.duties.get(duty as usize)?;
                let period = outline.periods.get(period as usize)?;
                Some(ReportFact {
                    duty: Some(duty.id.clone()),
                    period: Some(period.id.clone()),
                    title: duty.title.get(tag).to_owned(),
                    case_title: period.event.as_ref().and_then(|event| event.title.clone()),
                    event_on: period.event.as_ref().map(|event| event.on),
                    closing: period.closing,
                    one_of_several: of_duty > 1 || period.event.is_some(),
                    calendar_period: period.period,
                    ..fact
                })
            }
            Subject::Milestone { .. } => None,
        }
    }

    /// What it is, for a person: the title, and where that is not enough the period or case it is for.
    pub(in crate::cli) fn in_words(&self, words: &Words) -> String {
        if !self.one_of_several {
            return self.title.clone();
        }
        let period = match (self.calendar_period, self.event_on, &self.period) {
            (Some(period), ..) => Some(calendar_period(period, period.year.to_string(), words)),
            (None, Some(on), _) => Some(words.with("period-case", &[("date", words.date(on).into())])),
            (None, None, Some(id)) => Some(id.to_string()),
            (None, None, None) => None,
        };
        let rest = period.into_iter().chain(self.case_title.as_ref().map(ToString::to_string));
        std::iter::once(self.title.clone()).chain(rest).collect::<Vec<_>>().join(" · ")
    }
}

impl Fact for ReportFact {
    const FIELDS: &'static [&'static str] = &[
        "item",
        "kind",
        "duty",
        "agency",
        "period",
        "title",
        "case_title",
        "event_on",
        "programme",
        "closing",
        "due_text",
        "received",
        "due",
        "written_due",
        "original_due",
        "state",
        "time",
        "cell",
        "days_late",
        "working_days_late",
        "extensions",
        "extension_reason",
        "extension_document",
        "reminders",
        "last_reminded",
        "acknowledged",
        "acknowledged_by",
        "escalation",
        "snoozed_until",
        "handed_in",
        "document",
        "link",
        "assigned",
        "promise",
        "reason",
    ];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-late", Align::Right, false, |report, words| count(words, report.standing.days_late)),
            column("cli-column-working-late", Align::Right, false, |report, words| {
                count(words, report.standing.working_days_late)
            }),
            column("cli-column-agency", Align::Left, false, |report, _| report.agency_name.clone()),
            column("cli-column-id", Align::Left, true, |report, _| {
                let (_, bare) = report.item.as_str().split_once(':').unwrap_or_default();
                report.duty.as_ref().map_or_else(|| bare.to_owned(), ToString::to_string)
            }),
            column("cli-column-title", Align::Left, true, |report, words| report.in_words(words)),
            column("cli-column-due", Align::Right, false, |report, words| date(words, report.standing.due)),
            column("cli-column-status", Align::Left, true, |report, words| report.standing.in_words(words)),
            column("cli-column-reminders", Align::Right, false, |report, words| {
                count(words, report.standing.reminders)
            }),
        ]
    }
}
