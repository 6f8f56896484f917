//! Something that changed, as `tiendo changes` lists it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Seen, date, entry::EntryFact, report::ReportFact};
use crate::{
    app::changed::digest::turn_word,
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::{
        changes::{Change, Turn},
        entry::Verb,
        id::{ActorId, AgencyId, ItemId},
        item::{Item, Kind, Subject},
        text::Text,
    },
    words::Words,
};

/// A change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct ChangeFact {
    /// What became of it.
    pub change: Turn,
    pub item: ItemId,
    /// Null for what is no item: the plan itself.
    pub kind: Option<Kind>,
    pub agency: Option<AgencyId>,
    #[serde(skip)]
    agency_name: String,
    /// In the language asked for.
    pub title: String,
    /// The day since when it is so.
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    pub on: Option<Date>,
    /// When it was recorded, where somebody did it.
    #[schemars(schema_with = "crate::domain::schema::optional_instant")]
    pub recorded: Option<Timestamp>,
    pub by: Option<ActorId>,
    pub verb: Option<Verb>,
    pub document: Option<Text>,
    #[serde(skip)]
    report: Option<ReportFact>,
    #[serde(skip)]
    entry: Option<EntryFact>,
    #[serde(skip)]
    zone: TimeZone,
}

impl ChangeFact {
    pub(in crate::cli) fn of(seen: Seen<'_>, change: &Change, tag: &str) -> Self {
        let (item, zone) = (seen.snapshot.item(&change.item), seen.snapshot.outline.zone.clone());
        let agency = item.map(|item| seen.agency(item.agency, tag));
        let entry = change.entry.as_deref();
        ChangeFact {
            change: change.turn,
            item: change.item.clone(),
            kind: item.map(|item| item.kind()),
            agency: agency.as_ref().map(|(id, _)| id.clone()),
            agency_name: agency.map(|(_, name)| name).unwrap_or_default(),
            title: item.and_then(|item| title(seen, item, tag)).unwrap_or_default(),
            report: item.and_then(|item| ReportFact::of(seen, item, tag)),
            on: change.on,
            recorded: entry.map(|entry| entry.recorded_at()),
            by: change.by().cloned(),
            verb: entry.map(|entry| entry.verb.clone()),
            document: entry.and_then(|entry| entry.document.clone()),
            entry: entry.map(|entry| EntryFact::new(entry.clone(), false, zone.clone())),
            zone,
        }
    }
}

impl Fact for ChangeFact {
    const KEY: &'static [&'static str] = &["change", "item"];
    const FIELDS: &'static [&'static str] =
        &["change", "item", "kind", "agency", "title", "on", "recorded", "by", "verb", "document"];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-change", Align::Left, false, |fact, words| {
                words.get(turn_word(fact.change).0).into_owned()
            }),
            column("cli-column-agency", Align::Left, true, |fact, _| fact.agency_name.clone()),
            column("cli-column-title", Align::Left, true, |fact, words| {
                let untitled = if fact.title.is_empty() { fact.item.to_string() } else { fact.title.clone() };
                fact.report.as_ref().map_or(untitled, |report| report.in_words(words))
            }),
            column("cli-column-at", Align::Right, false, when),
            column("cli-column-by", Align::Left, true, |fact, _| {
                fact.by.as_ref().map(ToString::to_string).unwrap_or_default()
            }),
            column("cli-column-said", Align::Left, true, |fact, words| {
                let said = |entry: &EntryFact| {
                    let said = [entry.verb(words), entry.said(words)];
                    said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
                };
                fact.entry.as_ref().map(said).unwrap_or_default()
            }),
        ]
    }
}

/// What an item is called; a milestone with its campaign.
pub(in crate::cli) fn title(seen: Seen<'_>, item: &Item, tag: &str) -> Option<String> {
    let plan = &seen.snapshot.outline.plan;
    Some(match item.subject {
        Subject::Task(index) => plan.tasks.get(index as usize)?.title.get(tag).to_owned(),
        Subject::Report { duty, .. } => plan.duties.get(duty as usize)?.title.get(tag).to_owned(),
        Subject::Milestone { campaign, milestone } => {
            let campaign = plan.campaigns.get(campaign as usize)?;
            let milestone = campaign.milestones.get(milestone as usize)?;
            format!("{} · {}", campaign.title.get(tag), milestone.title.get(tag))
        }
    })
}

/// When it was recorded; of what time did, the day alone.
fn when(fact: &ChangeFact, words: &Words) -> String {
    match fact.recorded {
        Some(recorded) => {
            let at = recorded.to_zoned_datetime(fact.zone.clone());
            format!("{} {}", words.date(at.date()), at.strftime("%H:%M"))
        }
        None => format!("{}      ", date(words, fact.on)),
    }
}
