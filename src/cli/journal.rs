//! `tiendo journal`: what happened, newest first.

use std::collections::HashSet;

use clap::Args;

use super::{
    arguments::Asked,
    exit::{Exit, Stop},
    facts::entry::EntryFact,
    opened::wait,
    print,
    session::{Session, did_you_mean},
    view::View,
};
use crate::domain::{
    answer::Filter,
    entry::{Entry, Verb},
    id::{EntryId, ItemId},
    nearest::nearest,
    text::Text,
};

/// What a journal is asked for.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// Only what was said of this item: task:N14, report:R2/2023-H1/hq
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    /// Only what this person did
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only these verbs: remind, extend, receive, …
    #[arg(long, value_name = "VERB", value_delimiter = ',')]
    verb: Vec<String>,
    /// The newest so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let verbs = arguments.verb.iter().map(|verb| known_verb(session, verb)).collect::<anyhow::Result<Vec<_>>>()?;
    let filter = Filter {
        item: arguments.item.as_deref().map(ItemId::from),
        by: arguments.by.as_deref().map(Into::into),
        verbs,
        ..Filter::default()
    };
    let asked = &arguments.asked;
    let (view, page) = wait(async {
        let view = View::of(session, asked).await?;
        let page = view.opened.source.entries(&filter).await?;
        Ok((view, page))
    })?;
    let items: Option<HashSet<&ItemId>> =
        view.is_partial().then(|| view.items().into_iter().map(|item| &item.id).collect());
    let wanted = |entry: &Entry| {
        entry.recorded_at() <= view.at && items.as_ref().is_none_or(|items| items.contains(&entry.item))
    };
    let reversed: HashSet<EntryId> = page.reversed.into_iter().collect();
    let zone = &view.snapshot.outline.zone;
    let entries: Vec<EntryFact> = page
        .entries
        .into_iter()
        .filter(wanted)
        .take(arguments.limit.unwrap_or(usize::MAX))
        .map(|entry| {
            let reversed = reversed.contains(&entry.id);
            EntryFact::new(entry, reversed, zone.clone())
        })
        .collect();
    print::list(session, &view, "cli-journal", &entries, asked.format)?;
    Ok(asked.exit(!entries.is_empty()))
}

fn known_verb(session: &Session, word: &str) -> anyhow::Result<Verb> {
    let verb = Verb::from(Text::new(word));
    if let Verb::Unknown(_) = verb {
        let near = nearest(word, Verb::KNOWN.iter().map(Verb::as_str)).map(ToOwned::to_owned);
        let said = session.words.with("cli-no-such-verb", &[("verb", word.into())]);
        return Err(Stop::usage(format!("{said}{}", did_you_mean(&session.words, near.as_deref()))));
    }
    Ok(verb)
}
