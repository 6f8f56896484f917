//! `tiendo reports`: every report that is owed, by due date.

use super::{
    arguments::Asked,
    exit::Exit,
    facts::report::ReportFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};
use crate::domain::item::{Item, Kind};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    list::run(session, asked, &Reports)
}

/// The reports, by due date.
pub(super) struct Reports;

impl List for Reports {
    type Row = ReportFact;
    type Whole = Vec<ReportFact>;
    const TITLE: &'static str = "cli-reports";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<ReportFact, Vec<ReportFact>>> {
        let mut items = view.items();
        keep(&mut items);
        in_order(&mut items);
        let items = items.into_iter();
        Ok(Found::rows(items.filter_map(|item| ReportFact::of(view.seen(), item, session.tag())).collect()))
    }
}

/// Keeps the reports that are owed.
pub(super) fn keep(items: &mut Vec<&Item>) {
    items.retain(|item| item.kind() == Kind::Report && !item.is_called_off());
}

/// Puts them into their order.
pub(super) fn in_order(items: &mut [&Item]) {
    items.sort_by_key(|item| (item.due.is_none(), item.due));
}
