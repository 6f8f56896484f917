//! `tiendo journal`: what happened, newest first.

use std::collections::HashSet;

use clap::Args;
use jiff::Timestamp;

use super::{
    arguments::Asked,
    day,
    exit::{Exit, Stop},
    facts::entry::EntryFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};
use crate::domain::{
    answer::Filter,
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
    nearest::nearest,
    query::nearest_item,
    sentence::Sentence,
    text::Text,
};

/// What a journal is asked for.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, value_name = "VERB", value_delimiter = ',')]
    verb: Vec<String>,
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

/// So many entries are asked for at once where a filter will let only some of them through.
const BLOCK: u32 = 1_000;

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let verbs = arguments.verb.iter().map(|verb| known_verb(session, verb)).collect::<anyhow::Result<Vec<_>>>()?;
    list::run(session, &arguments.asked, &Journal { arguments, verbs })
}

/// The entries, newest first.
pub(super) struct Journal<'a> {
    arguments: &'a Arguments,
    verbs: Vec<Verb>,
}

impl List for Journal<'_> {
    type Row = EntryFact;
    type Whole = Vec<EntryFact>;
    const TITLE: &'static str = "cli-journal";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<EntryFact, Vec<EntryFact>>> {
        let arguments = self.arguments;
        let filter = Filter {
            item: arguments.item.as_deref().map(ItemId::from),
            by: arguments.by.as_deref().map(Into::into),
            verbs: self.verbs.clone(),
            since: arguments.since.as_deref().map(|typed| since(session, view, typed)).transpose()?,
            until: Some(view.at),
            ..Filter::default()
        };
        let entries = newest(view, filter.clone(), arguments.limit).await?;
        if let Some(item) = filter.item.as_ref().filter(|_| entries.is_empty()) {
            known_item(session, view, item).await?;
        }
        Ok(Found::rows(entries))
    }
}

/// The newest entries that were asked for, no more of them read than are needed.
async fn newest(view: &View, mut filter: Filter, limit: Option<u32>) -> anyhow::Result<Vec<EntryFact>> {
    let items: Option<HashSet<&ItemId>> =
        view.is_partial().then(|| view.items().into_iter().map(|item| &item.id).collect());
    let zone = &view.snapshot.outline.zone;
    let most = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    filter.limit = limit.map(|limit| if items.is_some() { BLOCK } else { limit });
    let mut found = Vec::new();
    loop {
        let page = view.opened.source.entries(&filter).await?;
        let reversed: HashSet<EntryId> = page.reversed.into_iter().collect();
        filter.before = page.entries.last().map(|entry| entry.seq);
        let is_last = page.entries.len() < filter.most();
        let wanted = |entry: &Entry| items.as_ref().is_none_or(|items| items.contains(&entry.item));
        found.extend(page.entries.into_iter().filter(wanted).map(|entry| {
            let reversed = reversed.contains(&entry.id);
            EntryFact::new(entry, reversed, zone.clone())
        }));
        if is_last || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}

/// The beginning of the day that was typed.
fn since(session: &Session, view: &View, typed: &str) -> anyhow::Result<Timestamp> {
    let beginning = day::beginning_of(typed, &view.snapshot.outline.zone, view.opened.now);
    beginning.ok_or_else(|| Stop::usage(session.words.with("cli-no-date", &[("typed", typed.into())])))
}

/// Refuses an item that the plan does not have and nothing was ever said of.
async fn known_item(session: &Session, view: &View, item: &ItemId) -> anyhow::Result<()> {
    let outline = &view.snapshot.outline;
    let one = Filter { item: Some(item.clone()), limit: Some(1), ..Filter::default() };
    let is_known = view.snapshot.item(item).is_some()
        || outline.admits(item)
        || !view.opened.source.entries(&one).await?.entries.is_empty();
    if is_known {
        return Ok(());
    }
    let plan = &outline.plan;
    let more = plan.duties.iter().map(|duty| ItemId::duty(&duty.id));
    let more = more.chain(plan.campaigns.iter().map(|campaign| ItemId::campaign(&campaign.id)));
    let more: Vec<ItemId> = more.chain([ItemId::plan(&plan.id)]).collect();
    let near = nearest_item(item.as_str(), view.snapshot.items.iter().map(|item| &item.id).chain(&more));
    let wrong = Sentence::new("cli-no-such-item").with("item", item.as_str()).near(near);
    Err(Stop::usage(session.words.say(&wrong)))
}

fn known_verb(session: &Session, word: &str) -> anyhow::Result<Verb> {
    let verb = Verb::from(Text::new(word));
    if let Verb::Unknown(_) = verb {
        let near = nearest(word, Verb::KNOWN.iter().map(Verb::as_str));
        let wrong = Sentence::new("cli-no-such-verb").with("verb", word).near(near);
        return Err(Stop::usage(session.words.say(&wrong)));
    }
    Ok(verb)
}

/// The verbs a journal can be asked for.
pub(super) fn verbs() -> impl Iterator<Item = &'static str> {
    Verb::KNOWN.iter().map(Verb::as_str)
}
