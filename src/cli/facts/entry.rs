//! A line of the journal as `tiendo journal` lists it: the entry itself, in the form it has on the wire.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::{
    cli::{
        print::{Column, Fact},
        table::Align,
    },
    domain::entry::Entry,
    words::Words,
};

/// An entry.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(in crate::cli) struct EntryFact {
    entry: Entry,
    /// Was it taken back?
    #[serde(skip)]
    reversed: bool,
    #[serde(skip)]
    zone: TimeZone,
}

/// It is the entry, and nothing else.
impl JsonSchema for EntryFact {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Entry::schema_name()
    }

    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        schemas.subschema_for::<Entry>()
    }
}

impl EntryFact {
    pub(in crate::cli) fn new(entry: Entry, reversed: bool, zone: TimeZone) -> Self {
        EntryFact { entry, reversed, zone }
    }

    pub(in crate::cli) fn verb(&self, words: &Words) -> String {
        let id = format!("verb-{}", self.entry.verb.as_str());
        let verb = if words.has(&id) { words.get(&id).into_owned() } else { self.entry.verb.as_str().to_owned() };
        if self.reversed { format!("{verb} ({})", words.get("cli-taken-back")) } else { verb }
    }

    /// What it says besides the verb.
    pub(in crate::cli) fn said(&self, words: &Words) -> String {
        let entry = &self.entry;
        let channel = entry.channel.map(|channel| {
            let word = serde_json::to_value(channel).ok();
            let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
            words.get(&format!("channel-{word}")).into_owned()
        });
        let outcome = entry.outcome.map(|outcome| {
            let word = serde_json::to_value(outcome).ok();
            let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
            words.get(&format!("outcome-{word}")).into_owned()
        });
        let texts = [&entry.title, &entry.to, &entry.document, &entry.reason, &entry.note];
        let parts = [
            entry.level.map(|level| words.with("cli-level", &[("level", i32::from(level).into())])),
            channel,
            outcome,
            entry.percent.map(|percent| format!("{percent}%")),
            entry.until.map(|until| words.with("cli-until", &[("date", words.date(until).into())])),
            entry.promise.map(|promise| words.with("cli-promised", &[("date", words.date(promise).into())])),
        ];
        let texts = texts.into_iter().flatten().map(ToString::to_string);
        parts.into_iter().flatten().chain(texts).collect::<Vec<_>>().join(" · ")
    }
}

impl Fact for EntryFact {
    const KEY: &'static [&'static str] = &["id"];
    const FIELDS: &'static [&'static str] = &[
        "seq", "id", "item", "verb", "on", "at", "by", "until", "percent", "level", "channel", "to", "agency", "title",
        "link", "outcome", "document", "reason", "note", "promise", "public", "expects", "batch", "reverses",
        "recorded",
    ];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-at", Align::Right, false, |fact, words| {
                let at = fact.entry.at.to_zoned_datetime(fact.zone.clone());
                format!("{} {}", words.date(at.date()), at.strftime("%H:%M"))
            }),
            column("cli-column-by", Align::Left, true, |fact, _| {
                fact.entry.by.as_ref().map(ToString::to_string).unwrap_or_default()
            }),
            column("cli-column-item", Align::Left, true, |fact, _| fact.entry.item.to_string()),
            column("cli-column-verb", Align::Left, false, |fact, words| fact.verb(words)),
            column("cli-column-on", Align::Right, false, |fact, words| words.date(fact.entry.on)),
            column("cli-column-said", Align::Left, true, |fact, words| fact.said(words)),
        ]
    }
}
