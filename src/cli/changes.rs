//! `tiendo changes`: what changed since one's last look, or since a day or an instant; by what became of things.

use std::collections::HashSet;

use clap::Args;
use jiff::{Timestamp, ToSpan, civil::Time};

use super::{
    arguments::Asked,
    day,
    exit::{Exit, Stop},
    facts::change::ChangeFact,
    list::{self, Found, List},
    looks, output,
    session::Session,
    view::View,
};
use crate::domain::{
    answer::Filter,
    changes::{self, Change},
    entry::Entry,
    id::{ActorId, ItemId},
    look::Look,
};

/// What changes are asked for.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[arg(long, value_name = "SINCE", default_value = LAST)]
    since: String,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// The word for one's last look.
pub(super) const LAST: &str = "last";

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    list::run(session, &arguments.asked, &Since(arguments))
}

/// The changes, by what became of things.
pub(super) struct Since<'a>(&'a Arguments);

impl List for Since<'_> {
    type Row = ChangeFact;
    type Whole = Vec<ChangeFact>;
    const TITLE: &'static str = "cli-changes";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<ChangeFact, Vec<ChangeFact>>> {
        let Since(arguments) = self;
        let Some(look) = look(session, view, &arguments.since).await? else {
            output::complain(&session.words.get("cli-changes-never"));
            return Ok(Found::rows(Vec::new()));
        };
        let entries = entries(view, look).await?;
        let me = view.me(session);
        let wanted = changes::Asked {
            look,
            until: Some(view.at),
            me: Some(&me),
            today: view.today,
            soon: session.config.due_soon_working_days,
        };
        let found = changes::since(&view.snapshot, &entries, wanted);
        let items: Option<HashSet<&ItemId>> =
            view.is_partial().then(|| view.items().into_iter().map(|item| &item.id).collect());
        let by = arguments.by.as_deref().map(ActorId::from);
        let wanted = |change: &&Change| {
            items.as_ref().is_none_or(|items| items.contains(&change.item))
                && by.as_ref().is_none_or(|by| change.by() == Some(by))
        };
        let all = found.all().iter().filter(wanted);
        Ok(Found::rows(all.map(|change| ChangeFact::of(view.seen(), change, session.tag())).collect()))
    }
}

/// Since when: one's last look, `3d`, `12h`, an instant, the beginning of a day. None before the first look.
pub(super) async fn look(session: &Session, view: &View, typed: &str) -> anyhow::Result<Option<Look>> {
    let (now, zone) = (view.opened.now, &view.snapshot.outline.zone);
    if typed == LAST {
        return Ok(looks::last(session, &view.opened).await?);
    }
    let wrong = || Stop::usage(session.words.with("cli-no-since", &[("typed", typed.into())]));
    let ago = |unit: char| typed.strip_suffix(unit).and_then(|number| number.parse::<i32>().ok()).filter(|it| *it >= 0);
    let at = if let Some(days) = ago('d') {
        let day = now.to_zoned_datetime(zone.clone()).checked_sub(days.days());
        day.map_err(|_| wrong())?.timestamp()
    } else if let Some(hours) = ago('h') {
        now.checked_sub(hours.hours()).map_err(|_| wrong())?
    } else if let Ok(instant) = typed.parse::<Timestamp>() {
        instant
    } else if let Some(local) = typed.parse::<jiff::civil::DateTime>().ok().filter(|at| at.time() != Time::midnight()) {
        local.to_zoned_datetime(zone.clone()).map_err(|_| wrong())?.timestamp()
    } else {
        day::beginning_of(typed, zone, now).ok_or_else(wrong)?
    };
    Ok(Some(Look { at, cursor: None }))
}

/// What was recorded since, in order.
pub(super) async fn entries(view: &View, look: Look) -> anyhow::Result<Vec<Entry>> {
    let limit =
        look.cursor.map(|cursor| u32::try_from(view.snapshot.cursor.saturating_sub(cursor)).unwrap_or(u32::MAX));
    if limit == Some(0) {
        return Ok(Vec::new());
    }
    // So many are new, however clocks agree; of another day its snapshot has none of those that came later.
    let since = look.cursor.is_none().then_some(look.at);
    let filter = Filter { since, limit, until: Some(view.at), ..Filter::default() };
    let mut page = view.opened.source.entries(&filter).await?;
    page.entries.reverse();
    Ok(page.entries)
}
