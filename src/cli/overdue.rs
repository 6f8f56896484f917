//! `tiendo overdue`: reports and tasks that are past due and not handed in, the latest first. What is put off or waits to be
//! confirmed is not among them.

use std::cmp::Reverse;

use super::{
    arguments::Asked,
    exit::Exit,
    facts::report::ReportFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};
use crate::domain::{
    item::Kind,
    status::{Cell, cell},
    summary::days_late,
};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    list::run(session, asked, &Overdue)
}

/// What is overdue, the latest first.
pub(super) struct Overdue;

impl List for Overdue {
    type Row = ReportFact;
    type Whole = Vec<ReportFact>;
    const TITLE: &'static str = "cli-overdue";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<ReportFact, Vec<ReportFact>>> {
        let mut items = view.items();
        items.retain(|item| item.kind() != Kind::Milestone && cell(item, view.today) == Some(Cell::Overdue));
        items.sort_by_key(|item| (Reverse(days_late(item, view.today)), view.rank(item.agency)));
        let items = items.into_iter();
        Ok(Found::rows(items.filter_map(|item| ReportFact::of(view.seen(), item, session.tag())).collect()))
    }
}
