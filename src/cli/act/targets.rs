//! What is acted on: items as they were named, or all that a filter lets through.

use std::collections::HashSet;

use crate::{
    cli::{exit::Stop, session::Session, view::View},
    domain::{
        id::{DutyId, ItemId},
        item::Item,
        nearest::nearest,
        query::nearest_item,
        sentence::Sentence,
    },
};

/// The items of these names, each once: a whole id, or the part after the colon where it names one item only.
pub(super) fn named<'a>(session: &Session, view: &'a View, names: &[String]) -> anyhow::Result<Vec<&'a Item>> {
    let mut seen = HashSet::new();
    let mut items = Vec::with_capacity(names.len());
    for name in names {
        let item = one(view, name).map_err(|wrong| Stop::usage(session.words.say(&wrong)))?;
        if seen.insert(&item.id) {
            items.push(item);
        }
    }
    Ok(items)
}

fn one<'a>(view: &'a View, name: &str) -> Result<&'a Item, Sentence> {
    let name = name.trim();
    if let Some(item) = view.snapshot.item(&ItemId::from(name)) {
        return Ok(item);
    }
    let bare = |item: &Item, same: fn(&str, &str) -> bool| {
        item.id.as_str().split_once(':').is_some_and(|(_, bare)| same(bare, name)) || same(item.id.as_str(), name)
    };
    let found = |same: fn(&str, &str) -> bool| -> Vec<&'a Item> {
        view.snapshot.items.iter().filter(|item| bare(item, same)).collect()
    };
    let exact = found(|one, other| one == other);
    let found = if exact.is_empty() { found(str::eq_ignore_ascii_case) } else { exact };
    match found.as_slice() {
        [item] => Ok(item),
        [] => {
            let near = nearest_item(name, view.snapshot.items.iter().map(|item| &item.id));
            Err(Sentence::new("cli-no-such-item").with("item", name).near(near))
        }
        several => {
            let known: Vec<&str> = several.iter().map(|item| item.id.as_str()).collect();
            Err(Sentence::new("cli-act-ambiguous").with("item", name).with("known", known.join(", ")))
        }
    }
}

/// The duty a case is opened of: `R7` or `duty:R7`.
pub(super) fn duty(session: &Session, view: &View, names: &[String]) -> anyhow::Result<DutyId> {
    let usage = |wrong: Sentence| Stop::usage(session.words.say(&wrong));
    let [name] = names else { return Err(usage(Sentence::new("cli-act-one-duty"))) };
    let bare = name.strip_prefix("duty:").unwrap_or(name);
    let plan = &view.snapshot.outline.plan;
    plan.duties.iter().map(|duty| &duty.id).find(|id| id.as_str().eq_ignore_ascii_case(bare)).cloned().ok_or_else(
        || {
            let near = nearest(bare, plan.duties.iter().map(|duty| duty.id.as_str()));
            usage(Sentence::new("cli-act-no-duty").with("duty", name.as_str()).near(near))
        },
    )
}
