//! `tiendo tasks`: every task.

use super::{arguments::Asked, exit::Exit, facts::task::TaskFact, opened::wait, print, session::Session, view::View};

pub(super) fn run(session: &Session, asked: &Asked) -> anyhow::Result<Exit> {
    let view = wait(View::of(session, asked))?;
    let tasks: Vec<TaskFact> =
        view.items().into_iter().filter_map(|item| TaskFact::of(view.seen(), item, session.tag())).collect();
    print::list(session, &view, "cli-tasks", &tasks, asked.format)?;
    Ok(asked.exit(&view, !tasks.is_empty()))
}
