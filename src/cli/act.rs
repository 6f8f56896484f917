//! `tiendo act`: what the keys of the dashboard do, from the command line and by the same rules: a deed on the items named or
//! on all that a filter lets through, a step taken back or brought back, a case opened. One call is one step.

mod batch;
mod desk;
mod fact;
mod field;
mod rehearse;
mod targets;
mod word;

use std::collections::HashMap;

use clap::Args;

use super::{
    arguments::{Asked, Shape},
    exit::{Exit, Stop},
    opened::wait,
    session::Session,
    view::View,
};
use crate::{
    app::results::Became,
    domain::{
        answer::{Filter, Page},
        check::check_open,
        deed::{Deed, possible},
        entry::{Entry, Verb},
        filled::{Fault, Filled},
        follow::same_case,
        id::{EntryId, ItemId},
        item::Item,
        sentence::Sentence,
        steps,
    },
    words::Words,
};
use batch::{Batch, Place};
use desk::Desk;
use field::{Said, against, check_filled, wrong};
use word::What;

pub(in crate::cli) use fact::Printed;
pub(in crate::cli) use word::words;

/// What is to be done, and to what.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "VERB", display_order = 0)]
    verb: String,
    #[arg(value_name = "ITEM", display_order = 1, conflicts_with = "filter")]
    item: Vec<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    #[command(flatten)]
    said: Said,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, short)]
    yes: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
}

/// Every verb with the fields it takes, for the help.
pub(super) fn verbs(words: &Words) -> String {
    word::verbs(words)
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let what = What::named(session, &arguments.verb)?;
    arguments.said.check(session, &what, &arguments.verb)?;
    check_targets(session, &what, arguments)?;
    if session.read_only && !arguments.dry_run {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-read-only")));
    }
    wait(async {
        let asked = Asked { filter: arguments.filter.clone(), ..Asked::default() };
        let mut view = View::of(session, &asked).await?;
        let desk = Desk::open(session, &mut view, arguments.dry_run).await?;
        let batch = match &what {
            What::Deed(deed, only) => deeds(session, &view, (*deed, only.as_ref()), arguments)?,
            What::Undo | What::Redo => step(session, &view, &desk, &what).await?,
            What::Open => case(session, &view, arguments)?,
        };
        batch.carry_out(&Place { session, view: &view, desk: &desk }, arguments).await
    })
}

/// Refuses a call that does not say what it is about, or says more than its verb takes.
fn check_targets(session: &Session, what: &What, arguments: &Arguments) -> anyhow::Result<()> {
    let wrong = match (what, arguments.item.is_empty(), &arguments.filter) {
        (What::Deed(..), true, None) => "cli-act-no-items",
        (What::Undo | What::Redo, false, _) | (What::Undo | What::Redo, true, Some(_)) => "cli-act-no-targets",
        (What::Open, true, _) | (What::Open, false, Some(_)) => "cli-act-one-duty",
        (What::Deed(..), ..) | (What::Undo | What::Redo, true, None) | (What::Open, false, None) => return Ok(()),
    };
    let said = Sentence::new(wrong).with("verb", arguments.verb.as_str());
    Err(Stop::usage(session.words.say(&said)))
}

/// A deed on the items asked for; of which, where one verb of the journal was named, only those it comes to that on.
fn deeds(
    session: &Session,
    view: &View,
    (deed, only): (Deed, Option<&Verb>),
    arguments: &Arguments,
) -> anyhow::Result<Batch> {
    let items = match arguments.filter {
        Some(_) => view.items(),
        None => targets::named(session, view, &arguments.item)?,
    };
    let filled = arguments.said.filled();
    check_filled(session, view, deed, &filled, &items)?;
    let mut batch = Batch::new(What::Deed(deed, None).word(), items.iter().map(|item| item.id.clone()).collect());
    for item in items {
        match entries(view, (deed, only), &filled, item) {
            Ok(entries) => batch.drafts.extend(entries),
            Err(Fault::Refused(refusal)) => batch.refused.push((item.id.clone(), Became::Refused(refusal))),
            Err(Fault::Field(field)) => {
                batch.refused.push((item.id.clone(), Became::Unfit(field)));
                batch.unfit.insert(item.id.clone(), wrong(view, deed, &filled, field, item));
            }
        }
    }
    if arguments.filter.is_some() || deed.is_dangerous() {
        let counts = [
            ("what", session.words.get(batch.what.0).into_owned().into()),
            ("count", (batch.order.len() - batch.refused.len()).into()),
            ("not", batch.refused.len().into()),
        ];
        batch.question = Some(session.words.with("cli-act-question", &counts));
    }
    Ok(batch)
}

fn entries(
    view: &View,
    (deed, only): (Deed, Option<&Verb>),
    filled: &Filled,
    item: &Item,
) -> Result<Vec<Entry>, Fault> {
    if let Some(verb) = only {
        possible(verb, item).map_err(Fault::Refused)?;
    }
    view.opened.source.capabilities().takes.deed(deed, item).map_err(Fault::Refused)?;
    filled.entries(deed, item, against(view))
}

/// The last step of this person taken back, or the one taken back last brought back. What was not sent yet is withdrawn.
async fn step(session: &Session, view: &View, desk: &Desk, what: &What) -> anyhow::Result<Batch> {
    let filter = Filter { by: Some(view.me(session)), limit: Some(steps::BACK), ..Filter::default() };
    let page = steps::with_waiting(view.opened.source.entries(&filter).await?, desk.waiting.unanswered().cloned());
    if matches!(what, What::Undo) && steps::amendment(&page).is_some() {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-act-amended")));
    }
    let (nothing, drafts) = match what {
        What::Redo => ("said-nothing-to-redo", steps::redo(&page, view.today.date)),
        What::Undo | What::Deed(..) | What::Open => ("said-nothing-to-undo", steps::undo(&page, view.today.date)),
    };
    if drafts.is_empty() {
        return Err(Stop::with(Exit::Refused, session.words.get(nothing)));
    }
    let mut order: Vec<ItemId> = Vec::new();
    for draft in &drafts {
        if !order.contains(&draft.item) {
            order.push(draft.item.clone());
        }
    }
    let waits = |draft: &Entry| desk.waiting.act(draft.reverses?).map(|act| act.entry.clone());
    let unsent = drafts.iter().filter_map(waits).collect();
    let drafts = drafts.into_iter().filter(|draft| waits(draft).is_none()).collect();
    let Page { entries, taken_back, .. } = page;
    let targets: HashMap<EntryId, Entry> =
        entries.into_iter().chain(taken_back).map(|entry| (entry.id, entry)).collect();
    Ok(Batch { drafts, unsent, targets, ..Batch::new(what.word(), order) })
}

/// A case of an ad hoc duty; one more of the same agency and day is asked about.
fn case(session: &Session, view: &View, arguments: &Arguments) -> anyhow::Result<Batch> {
    let (words, said) = (&session.words, &arguments.said);
    let duty = targets::duty(session, view, &arguments.item)?;
    let agency = view.named_agency(session, said.agency.as_deref().unwrap_or_default())?;
    let (agency_id, name) = view.seen().agency(agency, session.tag());
    let on = match said.on.as_deref().map(str::trim).filter(|typed| !typed.is_empty()) {
        None => view.today.date,
        Some(typed) => field::day(view, typed).map_err(|wrong| Stop::usage(words.say(&wrong)))?,
    };
    let id = ItemId::duty(&duty);
    let mut batch = Batch::new(What::Open.word(), vec![id.clone()]);
    let title = said.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).map(Into::into);
    let entry = Entry::new(EntryId::UNMADE, id.clone(), Verb::Open, on, view.opened.now);
    let entry = Entry { agency: Some(agency_id), title, ..entry };
    if let Some(standing) = same_case(&view.snapshot, &entry) {
        let parts =
            [("agency", name.into()), ("date", words.date(on).into()), ("item", standing.id.to_string().into())];
        batch.question = Some(words.with("cli-act-open-twice", &parts));
    }
    match check_open(&view.snapshot.outline, &entry) {
        Ok(()) => batch.drafts.push(entry),
        Err(refusal) => batch.refused.push((id, Became::Refused(refusal))),
    }
    Ok(batch)
}
