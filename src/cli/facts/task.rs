//! [`TaskFact`]: a task as `tiendo tasks` lists it.

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
        id::{AgencyId, CampaignId, ItemId, ProgrammeId, TaskId},
        item::{Item, Subject},
        text::Text,
    },
};

/// A task.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct TaskFact {
    pub item: ItemId,
    pub id: TaskId,
    /// In the language asked for.
    pub title: String,
    pub lead: AgencyId,
    #[serde(skip)]
    lead_name: String,
    pub coordinating: Vec<AgencyId>,
    pub programme: Option<ProgrammeId>,
    pub campaign: Option<CampaignId>,
    pub kind: Option<Text>,
    pub source: Option<Text>,
    pub audience: Vec<Text>,
    pub recurs: Option<Text>,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub start: Option<Date>,
    pub due_text: Option<Text>,
    /// In percent; 100 when it is done.
    pub progress: u8,
    #[serde(flatten)]
    pub standing: Standing,
}

impl TaskFact {
    /// The fact of an item that is a task.
    pub(in crate::cli) fn of(seen: Seen<'_>, item: &Item, tag: &str) -> Option<Self> {
        let Subject::Task(index) = item.subject else { return None };
        let task = seen.snapshot.outline.plan.tasks.get(index as usize)?;
        Some(TaskFact {
            item: item.id.clone(),
            id: task.id.clone(),
            title: task.title.get(tag).to_owned(),
            lead: task.lead.clone(),
            lead_name: seen.agency(item.agency, tag).1,
            coordinating: task.coordinating.clone(),
            programme: task.programme.clone(),
            campaign: task.campaign.clone(),
            kind: task.kind.clone(),
            source: task.source.clone(),
            audience: task.audience.clone(),
            recurs: task.recurs.clone(),
            start: task.start,
            due_text: task.due_text.clone(),
            progress: item.progress(),
            standing: Standing::of(seen, item),
        })
    }
}

impl Fact for TaskFact {
    const FIELDS: &'static [&'static str] = &[
        "item",
        "id",
        "title",
        "lead",
        "coordinating",
        "programme",
        "campaign",
        "kind",
        "source",
        "audience",
        "recurs",
        "start",
        "due_text",
        "progress",
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
            column("cli-column-id", Align::Left, false, |task, _| task.id.to_string()),
            column("cli-column-lead", Align::Left, false, |task, _| task.lead_name.clone()),
            column("cli-column-task", Align::Left, true, |task, _| task.title.clone()),
            column("cli-column-due", Align::Right, false, |task, words| date(words, task.standing.due)),
            column("cli-column-status", Align::Left, true, |task, words| task.standing.in_words(words)),
            column("cli-column-progress", Align::Right, false, |task, _| format!("{}%", task.progress)),
            column("cli-column-late", Align::Right, false, |task, words| count(words, task.standing.days_late)),
        ]
    }
}
