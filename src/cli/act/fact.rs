//! [`ActFact`]: what became of an act on one item, as it is printed: the answer, the entries, the item before and after.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::batch::{Batch, Outcome};
use crate::{
    app::results::{Became, why_not},
    cli::{
        arguments::{Format, Shape},
        columns::Columns,
        facts::{entry::EntryFact, standing::Standing},
        print::{self, Column, Fact},
        session::Session,
        table::Align,
        view::View,
    },
    domain::{
        check::Refusal,
        entry::{Entry, Verb},
        follow::opened,
        id::{EntryId, ItemId},
        item::Item,
        sentence::{Part, Sentence},
        status::{Base, Time},
    },
    words::Words,
};

/// What is told of, and from where it is told.
pub(super) struct Telling<'a> {
    pub session: &'a Session,
    pub view: &'a View,
    pub batch: &'a Batch,
    pub outcome: &'a Outcome,
    /// An item as it is afterwards.
    pub after: &'a dyn Fn(&ItemId) -> Option<Item>,
    /// Was nothing handed in?
    pub dry: bool,
}

/// What became of it on one item.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct ActFact {
    item: ItemId,
    result: &'static str,
    /// The place of its last entry in the journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    /// The id of that entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<EntryId>,
    /// The case that was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<ItemId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
    /// The entry of somebody else that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands: Option<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Brief>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Brief>,
    /// As on the wire; while nothing is handed in without what is made only then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<Value>,
    #[serde(skip)]
    said: String,
}

/// Why not.
#[derive(Debug, Serialize, JsonSchema)]
struct Why {
    code: String,
    text: String,
}

/// How an item stands.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
struct Brief {
    state: Base,
    time: Time,
    #[schemars(schema_with = "crate::domain::schema::optional_date")]
    due: Option<Date>,
    #[serde(skip)]
    words: String,
}

/// What is printed as JSON.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Printed<'a> {
    sample: bool,
    dry_run: bool,
    results: &'a [ActFact],
}

/// What is only made when an entry is handed in.
const MADE_LATER: [&str; 4] = ["id", "at", "batch", "expects"];

impl ActFact {
    /// What became of the item `id`.
    pub(super) fn new(telling: &Telling<'_>, id: &ItemId) -> Self {
        let Telling { session, view, batch, outcome, .. } = telling;
        let words = &session.words;
        let entries: &[Entry] = outcome.entries.get(id).map_or(&[], Vec::as_slice);
        let missing = Became::Refused(Refusal::NoSuchItem { item: id.clone() });
        let became = outcome.became.get(id).unwrap_or(&missing);
        let is_done = became.is_good();
        let mut placed = entries.iter().filter_map(|entry| Some((entry.id, *outcome.seqs.get(&entry.id)?)));
        let last = placed.next_back().filter(|_| !telling.dry);
        let why = (!is_done).then(|| Why { code: code(became), text: text(telling, id, became) });
        let root = entries.iter().filter_map(|entry| root(batch, entry)).next_back();
        let case = root.and_then(opened).map(|(case, _)| case);
        let stands_as = |item: &Item| Brief::of(view, item, words);
        let subject = case.as_ref().unwrap_or(id);
        let before = view.snapshot.item(subject).map(stands_as);
        let after = is_done.then(|| (telling.after)(subject)).flatten();
        let said = match &why {
            Some(why) => why.text.clone(),
            None => {
                let unsent = batch.unsent.iter().filter(|entry| entry.item == *id);
                entries
                    .iter()
                    .chain(unsent)
                    .filter_map(|entry| root_said(telling, entry))
                    .collect::<Vec<_>>()
                    .join("; ")
            }
        };
        ActFact {
            item: id.clone(),
            result: result(became, telling.dry),
            seq: last.map(|(_, seq)| seq),
            entry: last.map(|(entry, _)| entry),
            opened: case.filter(|_| is_done && !telling.dry),
            why,
            stands: if let Became::Conflict(stands) = became { Some(stands.as_ref().clone()) } else { None },
            before,
            after: after.as_ref().map(stands_as),
            entries: entries.iter().filter_map(|entry| on_the_wire(telling, entry)).collect(),
            said,
        }
    }

    /// Was it done, or could it be?
    pub(super) fn is_done(&self) -> bool {
        self.why.is_none()
    }

    fn change<'a>(&'a self, of: impl Fn(&'a Brief) -> String) -> String {
        match (self.before.as_ref().map(&of), self.after.as_ref().map(&of)) {
            (Some(before), Some(after)) if before != after => {
                format!("{} → {after}", if before.is_empty() { "–" } else { &before })
            }
            (Some(text), Some(_) | None) | (None, Some(text)) => text,
            (None, None) => String::new(),
        }
    }
}

impl Brief {
    fn of(view: &View, item: &Item, words: &Words) -> Self {
        let standing = Standing::of(view.seen(), item);
        let (state, time, due) = (standing.state, standing.time, standing.due);
        Brief { state, time, due, words: standing.in_words(words) }
    }
}

fn result(became: &Became, dry: bool) -> &'static str {
    match became {
        Became::Done | Became::Withdrawn if dry => "would-apply",
        Became::Done => "applied",
        Became::Queued => "queued",
        Became::Withdrawn => "withdrawn",
        Became::Conflict(_) => "conflict",
        Became::Uncertain | Became::Refused(_) | Became::Unfit(_) | Became::Failed(_) => "refused",
    }
}

fn in_words(result: &str) -> &'static str {
    match result {
        "would-apply" => "cli-act-would-apply",
        "applied" => "cli-act-applied",
        "conflict" => "cli-act-conflict",
        "queued" => "result-queued",
        "withdrawn" => "result-withdrawn",
        _ => "cli-act-refused",
    }
}

fn code(became: &Became) -> String {
    let of_refusal = |refusal: &Refusal| {
        let value = serde_json::to_value(refusal).unwrap_or_default();
        value.get("why").and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    match became {
        Became::Done | Became::Queued | Became::Withdrawn => String::new(),
        Became::Uncertain => "uncertain".to_owned(),
        Became::Conflict(_) => "conflict".to_owned(),
        Became::Refused(refusal) => of_refusal(refusal),
        Became::Unfit(field) => format!("field-{}", field.as_str()),
        Became::Failed(_) => "failed".to_owned(),
    }
}

fn text(telling: &Telling<'_>, id: &ItemId, became: &Became) -> String {
    let unfit = telling.batch.unfit.get(id).filter(|_| matches!(became, Became::Unfit(_)));
    let part = unfit.map_or_else(|| why_not(became), |wrong| Part::Sentence(Box::new(wrong.clone())));
    telling.session.words.say(&Sentence::new("cli-act-why").with("why", part))
}

/// What an entry comes down to: what it takes back, where it is a reversal.
fn root<'a>(batch: &'a Batch, entry: &'a Entry) -> Option<&'a Entry> {
    let mut root = entry;
    // Each step goes to an earlier entry.
    for _ in 0..=batch.targets.len() {
        if root.verb != Verb::Reverse {
            return Some(root);
        }
        root = batch.targets.get(&root.reverses?)?;
    }
    None
}

fn root_said(telling: &Telling<'_>, entry: &Entry) -> Option<String> {
    let words = &telling.session.words;
    let fact = EntryFact::new(root(telling.batch, entry)?.clone(), false, telling.view.snapshot.outline.zone.clone());
    let said = [fact.verb(words), fact.said(words)];
    Some(said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "))
}

fn on_the_wire(telling: &Telling<'_>, entry: &Entry) -> Option<Value> {
    let seq = telling.outcome.seqs.get(&entry.id).copied().unwrap_or_default();
    let mut value = serde_json::to_value(Entry { seq, ..entry.clone() }).ok()?;
    if telling.dry {
        let fields = value.as_object_mut()?;
        for name in MADE_LATER {
            fields.remove(name);
        }
    }
    Some(value)
}

/// Prints what became of each item.
pub(super) fn show(telling: &Telling<'_>, facts: &[ActFact], shape: Shape) -> anyhow::Result<()> {
    let Telling { session, view, batch, dry, .. } = telling;
    if shape == Shape::Json {
        return print::json(&Printed { sample: view.is_sample(), dry_run: *dry, results: facts });
    }
    let words = &session.words;
    let done = facts.iter().filter(|fact| fact.is_done()).count();
    let queued = facts.iter().filter(|fact| fact.result == "queued").count();
    let counts = [
        ("what", words.get(batch.what.0).into_owned().into()),
        ("count", (done - queued).into()),
        ("queued", queued.into()),
        ("not", (facts.len() - done).into()),
    ];
    let word = match (*dry, queued) {
        (true, _) => "cli-act-would",
        (false, 0) => "cli-act-did",
        (false, _) => "cli-act-queued",
    };
    let count = words.with(word, &counts);
    let title = if *dry { "cli-act-preview" } else { "cli-act" };
    print::for_a_person(session, view, (title, &[count]), facts, (Format::Table, &Columns::own()))
}

impl Fact for ActFact {
    const FIELDS: &'static [&'static str] = &["item", "result", "seq", "entry"];

    fn columns() -> Vec<Column<Self>> {
        let column = Column::<Self>::new;
        vec![
            column("cli-column-item", Align::Left, true, |fact, _| {
                fact.opened.as_ref().unwrap_or(&fact.item).to_string()
            }),
            column("cli-column-result", Align::Left, false, |fact, words| {
                words.get(in_words(fact.result)).into_owned()
            }),
            column("cli-column-status", Align::Left, true, |fact, _| fact.change(|brief| brief.words.clone())),
            column("cli-column-due", Align::Left, false, |fact, words| {
                fact.change(|brief| brief.due.map(|due| words.date(due)).unwrap_or_default())
            }),
            column("cli-column-said", Align::Left, true, |fact, _| fact.said.clone()),
        ]
    }
}
