//! How items and agencies are named and said to stand, in words that are understood again when a workbook comes back.

use std::cmp::Reverse;

use super::{HandOver, Table};
use crate::domain::{
    expect::ReportPeriod,
    id::AgencyId,
    item::{Index, Item, Kind},
    status::{Time, cell, time},
    summary::days_late,
};

/// Words as a cell begins with them.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The status in words: the state, and how it stands to its date where that says more.
pub(super) fn status(over: &HandOver<'_>, item: &Item) -> String {
    capital(&over.words.standing(item.kind(), item.state.base, cell(item, over.today)))
}

/// The days it is late, where it is.
pub(super) fn late(over: &HandOver<'_>, item: &Item) -> Option<i32> {
    days_late(item, over.today).filter(|days| *days > 0)
}

/// The reports that are owed: those that are overdue first, the latest of them on top, then by due date. Where somebody put them in
/// an order, they stay in it.
pub(super) fn reports<'a>(over: &HandOver<'a>) -> Vec<&'a Item> {
    let is_owed = |item: &&Item| item.kind() == Kind::Report && !item.is_called_off();
    let mut reports: Vec<&Item> = over.items.iter().copied().filter(is_owed).collect();
    if !(over.is_sorted && over.table == Table::Reports) {
        let overdue = |item: &Item| time(item, over.today) == Time::Overdue;
        reports.sort_by_key(|item| {
            let late = days_late(item, over.today).filter(|_| overdue(item));
            (!overdue(item), Reverse(late), item.due.is_none(), item.due)
        });
    }
    reports
}

/// A period in words.
pub(super) fn period(over: &HandOver<'_>, period: &ReportPeriod) -> String {
    if let Some(calendar) = period.period {
        return over.words.period(calendar, &calendar.year.to_string());
    }
    match period.event.as_ref() {
        Some(event) => {
            let day = over.words.date(event.on);
            event.title.as_ref().map_or_else(|| day.to_string(), |title| format!("{day}: {title}"))
        }
        None => period.id.to_string(),
    }
}

/// When it is of: `20/11/2023 08:00`.
pub(super) fn moment(over: &HandOver<'_>) -> String {
    format!("{} {:02}:{:02}", over.words.date(over.at.date()), over.at.hour(), over.at.minute())
}

/// The plan's number and title.
pub(super) fn titled(over: &HandOver<'_>) -> String {
    let plan = &over.snapshot.outline.plan;
    let title = plan.title.get(over.words.language.tag);
    plan.number.as_ref().map_or_else(|| title.to_owned(), |number| format!("{number} · {title}"))
}

/// `Số liệu lúc 20/11/2023 08:00 · nguồn … · phạm vi … · người lập …`.
pub(super) fn said_at(over: &HandOver<'_>) -> String {
    let everything = over.words.get("export-everything");
    let filter = if over.filter.is_empty() { everything.as_ref() } else { over.filter };
    let parts = [
        ("when", moment(over).into()),
        ("source", over.source.into()),
        ("filter", filter.into()),
        ("who", over.who.into()),
    ];
    over.words.with("export-of", &parts)
}

/// An agency's name in a table.
pub(super) fn agency(over: &HandOver<'_>, index: Index) -> String {
    over.labels.get(index as usize).cloned().unwrap_or_default()
}

/// The same by id; `all` in words.
pub(super) fn named(over: &HandOver<'_>, id: &AgencyId) -> String {
    let outline = &over.snapshot.outline;
    if id.as_str() == "all" {
        return over.words.get("export-all-agencies").into_owned();
    }
    let known = outline.agency(id.as_str());
    known.map_or_else(|| id.to_string(), |index| agency(over, index))
}

/// Several, parted as they are read.
pub(super) fn several(over: &HandOver<'_>, ids: &[AgencyId]) -> String {
    ids.iter().map(|id| named(over, id)).collect::<Vec<_>>().join("; ")
}
