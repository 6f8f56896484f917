//! What is told of a workbook that is taken in.

use std::collections::BTreeMap;

use super::renamed::Renamed;
use crate::domain::{
    check::Refusal,
    entry::Entry,
    heard::Notice,
    id::{ItemId, ItemName},
    item::State,
    plan::Plan,
    sentence::{Part, Sentence},
    snapshot::Snapshot,
    text::Text,
    title::Title,
};

/// So many things of one sort are told one by one.
const TOLD: usize = 5;

/// A row goes on under a former one.
pub(super) fn of_renamed(renamed: &Renamed) -> Notice {
    let title = |title: &Title| Text::new(title.get("vi"));
    let said = Sentence::new("book-renamed").with("was", title(&renamed.was)).with("is", title(&renamed.is));
    Notice { grave: false, said }
}

/// A changed cell goes over an act.
pub(super) fn of_clash(item: ItemId, entry: &Entry, after: &Snapshot) -> Notice {
    let by = entry.by.as_ref().map_or("", |by| by.as_str());
    let said = Sentence::new("book-over").with("item", called(&item, &after.outline.plan)).with("by", by);
    let verb = Part::Word(format!("verb-{}", entry.verb.as_str()).into());
    Notice { grave: true, said: said.with("verb", verb).with("day", entry.on) }
}

/// A changed cell cannot be taken.
pub(super) fn of_refusal(item: &ItemId, why: &Refusal, after: &Snapshot) -> Notice {
    let said = Sentence::new("book-refused").with("item", called(item, &after.outline.plan));
    Notice { grave: true, said: said.with("why", why.sentence()) }
}

/// Rows that are gone although something was done about them; not those that go on under a `former` one.
pub(super) fn vanished(before: &Snapshot, after: &Snapshot, former: &BTreeMap<Text, Text>) -> Vec<Notice> {
    let goes_on = |item: &ItemId| item.record().is_some_and(|record| former.contains_key(&record));
    let gone = before.items.iter().filter(|item| item.state != State::default() && after.place(&item.id).is_none());
    let gone = gone.filter(|item| !goes_on(&item.id));
    let notices = gone.map(|item| {
        let said = Sentence::new("book-vanished").with("item", called(&item.id, &before.outline.plan));
        Notice { grave: true, said }
    });
    shortly(notices.collect(), "book-vanished-more")
}

/// What an item is called: by its title, as ids may be made of nothing a person knows.
fn called(item: &ItemId, plan: &Plan) -> Text {
    let agency = |id: &str| {
        let found = plan.agencies.iter().find(|agency| agency.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |agency| agency.label("vi").to_owned())
    };
    let title = match item.name() {
        Some(ItemName::Task(id)) => {
            plan.tasks.iter().find(|task| task.id.as_str() == id).map(|task| task.title.get("vi").to_owned())
        }
        Some(ItemName::Report { duty, agency: owes, .. }) => plan
            .duties
            .iter()
            .find(|it| it.id.as_str() == duty)
            .map(|duty| format!("{} · {}", duty.title.get("vi"), agency(owes))),
        Some(ItemName::Milestone { .. } | ItemName::Campaign(_) | ItemName::Duty(_) | ItemName::Plan(_)) | None => None,
    };
    let id = item.as_str().split_once(':').map_or(item.as_str(), |(_, name)| name);
    Text::new(title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or(id))
}

/// The first of them; where there are more, `more` says how many.
pub(super) fn shortly(mut notices: Vec<Notice>, more: &'static str) -> Vec<Notice> {
    let left = notices.len().saturating_sub(TOLD);
    if left > 0 {
        notices.truncate(TOLD);
        notices.push(Notice { grave: true, said: Sentence::new(more).with("count", left) });
    }
    notices
}
