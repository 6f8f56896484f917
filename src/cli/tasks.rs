//! `tiendo tasks`: every task.

use super::{
    arguments::Asked,
    exit::Exit,
    facts::task::TaskFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    list::run(session, asked, &Tasks)
}

/// The tasks, in the plan's order.
pub(super) struct Tasks;

impl List for Tasks {
    type Row = TaskFact;
    type Whole = Vec<TaskFact>;
    const TITLE: &'static str = "cli-tasks";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<TaskFact, Vec<TaskFact>>> {
        let items = view.items().into_iter();
        Ok(Found::rows(items.filter_map(|item| TaskFact::of(view.seen(), item, session.tag())).collect()))
    }
}
