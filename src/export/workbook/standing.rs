//! How items and agencies are named and said to stand, in words that are understood again when a workbook comes back.

use crate::{
    domain::{
        id::AgencyId,
        item::{Index, Item, Kind},
        status::{Base, Cell, cell},
        summary::days_late,
    },
    export::HandOver,
};

use super::paper;

/// Words as a cell begins with them.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The status in words: the state, and how it stands to its date where that says more.
pub(super) fn status(over: &HandOver<'_>, item: &Item) -> String {
    capital(&in_words(over, item))
}

fn in_words(over: &HandOver<'_>, item: &Item) -> String {
    let words = over.words;
    let state = || match (item.kind(), item.state.base) {
        (Kind::Report, base @ (Base::NotStarted | Base::Done)) => {
            words.get(&format!("report-{}", base.as_str())).into_owned()
        }
        (Kind::Task | Kind::Report | Kind::Milestone, base) => {
            words.get(&format!("base-{}", base.as_str())).into_owned()
        }
    };
    let stands = |cell: Cell| words.get(&format!("cell-{}", cell.as_str())).into_owned();
    match cell(item, over.today) {
        None | Some(Cell::DoneNoDeadline | Cell::AwaitingConfirmation | Cell::Paused) => state(),
        Some(cell @ (Cell::OnTime | Cell::Late)) => stands(cell),
        Some(cell @ (Cell::InTime | Cell::DueSoon | Cell::Overdue | Cell::NoDeadline)) => {
            format!("{}, {}", state(), stands(cell))
        }
    }
}

/// The days it is late, where it is.
pub(super) fn late(over: &HandOver<'_>, item: &Item) -> paper::Cell {
    let late = days_late(item, over.today).filter(|days| *days > 0);
    late.map_or(paper::Cell::Nothing, |days| paper::Cell::Number(days.into()))
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
