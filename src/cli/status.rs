//! `tiendo status`: how many stand where, in all and by agency.

use super::{
    arguments::Asked,
    exit::Exit,
    facts::figures::{AgencyFact, StatusFact},
    list::{self, Found, List},
    session::Session,
    view::View,
};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    list::run(session, asked, &Status)
}

/// The agencies, with the figures in all around them.
pub(super) struct Status;

impl List for Status {
    type Row = AgencyFact;
    type Whole = StatusFact;
    const TITLE: &'static str = "cli-status";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<AgencyFact, StatusFact>> {
        let status = StatusFact::of(view.seen(), &view.items(), &view.zoned(), session.tag());
        Ok(Found {
            rows: status.agencies.clone(),
            lines: Some(status.lines(&session.words)),
            any: Some(status.tasks.overdue() + status.reports.overdue() > 0),
            whole: Some((status, "agencies")),
        })
    }
}
