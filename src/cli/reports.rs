//! `tiendo reports`: every report that is owed, by due date.

use super::{
    arguments::Asked, exit::Exit, facts::report::ReportFact, opened::wait, print, session::Session, view::View,
};
use crate::domain::item::{Item, Kind};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    let view = wait(View::of(session, asked))?;
    let mut items = view.items();
    keep(&mut items);
    in_order(&mut items);
    let reports: Vec<ReportFact> =
        items.into_iter().filter_map(|item| ReportFact::of(view.seen(), item, session.tag())).collect();
    print::list(session, &view, "cli-reports", &reports, asked.format)?;
    Ok(asked.exit(&view, !reports.is_empty()))
}

/// Keeps the reports that are owed.
pub(super) fn keep(items: &mut Vec<&Item>) {
    items.retain(|item| item.kind() == Kind::Report && !item.is_called_off());
}

/// Puts them into their order.
pub(super) fn in_order(items: &mut [&Item]) {
    items.sort_by_key(|item| (item.due.is_none(), item.due));
}
