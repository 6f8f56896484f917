//! [`DigestFact`]: what a digest tells, as it stands in JSON.

use jiff::{civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        facts::{
            change::title,
            figures::{KindFact, StatusFact},
            report::ReportFact,
        },
        session::Session,
        view::View,
    },
    domain::{
        digest::{Digest, until},
        id::{ActorId, AgencyId, ItemId, PlanId},
        item::{Item, Kind},
        ladder::{NextStep, ladder},
        look::Look,
        plan::StepVerb,
        schema,
        summary::days_late,
        text::Text,
    },
    words::Words,
};

/// A digest.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct DigestFact {
    /// The instant it is made for, in the plan's zone.
    pub at: String,
    /// The instant it begins with; null where there was no last look.
    pub since: Option<String>,
    /// The last day `due` looks ahead to.
    #[schemars(schema_with = "schema::date")]
    pub until: Date,
    pub plan: PlanId,
    pub number: Option<Text>,
    pub title: String,
    /// Is it sample data?
    pub sample: bool,
    /// The figures of the tasks asked for.
    pub tasks: KindFact,
    /// The figures of the reports asked for.
    pub reports: KindFact,
    /// What became overdue since.
    pub overdue: Vec<OverdueFact>,
    /// What was handed in, confirmed or ticked since.
    pub arrived: Vec<ArrivedFact>,
    /// What is open and due from today until `until`.
    pub due: Vec<DueFact>,
    /// What stands before a rung of the ladder whose day has come.
    pub steps: Vec<StepFact>,
}

/// Which item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct Named {
    pub item: ItemId,
    pub kind: Kind,
    pub agency: AgencyId,
    #[serde(skip)]
    pub agency_name: String,
    /// In the language asked for, with its period where the title does not say it.
    pub title: String,
    /// The last on-time day in force.
    #[schemars(schema_with = "schema::optional_date")]
    pub due: Option<Date>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct OverdueFact {
    #[serde(flatten)]
    pub of: Named,
    /// The first day it was late.
    #[schemars(schema_with = "schema::optional_date")]
    pub on: Option<Date>,
    pub days_late: i32,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct ArrivedFact {
    #[serde(flatten)]
    pub of: Named,
    #[schemars(schema_with = "schema::optional_date")]
    pub on: Option<Date>,
    pub days_late: i32,
    pub by: Option<ActorId>,
    pub document: Option<Text>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct DueFact {
    #[serde(flatten)]
    pub of: Named,
    /// From today to the due date.
    pub days_left: i32,
    pub working_days_left: i32,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct StepFact {
    #[serde(flatten)]
    pub of: Named,
    pub step: u8,
    pub verb: StepVerb,
    /// What the plan calls the rung, in the language asked for; empty where it has no name.
    pub step_title: String,
    /// The day from which it is proposed.
    #[schemars(schema_with = "schema::date")]
    pub from: Date,
    pub days_late: i32,
}

impl DigestFact {
    pub(super) fn of(session: &Session, view: &View, digest: &Digest<'_>, look: Option<Look>, within: u16) -> Self {
        let (outline, today) = (&view.snapshot.outline, view.today);
        let plan = &outline.plan;
        let StatusFact { tasks, reports, .. } =
            StatusFact::of(view.seen(), &view.items(), &view.zoned(), session.tag());
        let named = |item: &Item| Named::of(view, item, &session.words);
        let late = |item: &Item| days_late(item, today).unwrap_or(0);
        let overdue = digest.overdue.iter();
        let overdue = overdue.map(|(item, on)| OverdueFact { of: named(item), on: *on, days_late: late(item) });
        let arrived = digest.arrived.iter().map(|(item, change)| ArrivedFact {
            of: named(item),
            on: change.on,
            days_late: late(item),
            by: change.by().cloned(),
            document: change.entry.as_ref().and_then(|entry| entry.document.clone()),
        });
        let due = digest.due.iter().map(|item| DueFact {
            of: named(item),
            days_left: item.due.map_or(0, |due| crate::domain::campaign::days_between(today.date, due)),
            working_days_left: item.due.map_or(0, |due| outline.calendar.working_days_between(today.date, due)),
        });
        let rungs = ladder(plan);
        let step = |(item, next): &(&Item, NextStep)| StepFact {
            of: named(item),
            step: next.step,
            verb: next.verb,
            step_title: rungs
                .iter()
                .find(|rung| rung.step == next.step)
                .map(|rung| rung.title.get(session.tag()).to_owned())
                .unwrap_or_default(),
            from: next.from,
            days_late: late(item),
        };
        DigestFact {
            at: instant(view.at, &outline.zone),
            since: look.map(|look| instant(look.at, &outline.zone)),
            until: until(&outline.calendar, today.date, within),
            plan: plan.id.clone(),
            number: plan.number.clone(),
            title: plan.title.get(session.tag()).to_owned(),
            sample: view.is_sample(),
            tasks,
            reports,
            overdue: overdue.collect(),
            arrived: arrived.collect(),
            due: due.collect(),
            steps: digest.steps.iter().map(step).collect(),
        }
    }
}

impl Named {
    fn of(view: &View, item: &Item, words: &Words) -> Self {
        let tag = words.language.tag;
        let (agency, agency_name) = view.seen().agency(item.agency, tag);
        let report = ReportFact::of(view.seen(), item, tag).map(|report| report.in_words(words));
        let title = report.or_else(|| title(view.seen(), item, tag)).unwrap_or_default();
        let title = if title.is_empty() { item.id.to_string() } else { title };
        Named { item: item.id.clone(), kind: item.kind(), agency, agency_name, title, due: item.due }
    }
}

fn instant(at: jiff::Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
