//! `tiendo status`: how many stand where, in all and by agency.

use super::{
    arguments::{Asked, Format},
    exit::Exit,
    facts::figures::StatusFact,
    opened::wait,
    print,
    session::Session,
    view::View,
};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    let view = wait(View::of(session, asked))?;
    let some = view.is_partial().then(|| view.items());
    let status = StatusFact::of(view.seen(), some.as_deref(), &view.zoned(), session.tag());
    match asked.format {
        Format::Json => print::json(&status)?,
        Format::Csv => print::csv(&status.agencies)?,
        Format::Table | Format::Md => {
            let lines = status.lines(&session.words);
            print::for_a_person(session, &view, "cli-status", &status.agencies, &lines, asked.format)?;
        }
    }
    Ok(asked.exit(&view, status.tasks.overdue() + status.reports.overdue() > 0))
}
