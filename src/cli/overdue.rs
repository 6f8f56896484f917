//! `tiendo overdue`: reports and tasks that are past due and not handed in, the latest first. What is put off or waits to be
//! confirmed is not among them.

use std::cmp::Reverse;

use super::{
    arguments::Asked, exit::Exit, facts::report::ReportFact, opened::wait, print, session::Session, view::View,
};
use crate::domain::{
    item::Kind,
    status::{Cell, cell},
    summary::days_late,
};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    let view = wait(View::of(session, asked))?;
    let mut items = view.items();
    items.retain(|item| item.kind() != Kind::Milestone && cell(item, view.today) == Some(Cell::Overdue));
    items.sort_by_key(|item| (Reverse(days_late(item, view.today)), view.rank(item.agency)));
    let overdue: Vec<ReportFact> =
        items.into_iter().filter_map(|item| ReportFact::of(view.seen(), item, session.tag())).collect();
    print::list(session, &view, "cli-overdue", &overdue, asked.format)?;
    Ok(asked.exit(&view, !overdue.is_empty()))
}
