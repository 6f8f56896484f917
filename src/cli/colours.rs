//! How many colours the terminal shows, as flags, config and environment say.

use super::session::{Session, variable};
use crate::ui::depth::{Depth, Environment};

/// How many colours the terminal shows.
pub(super) fn depth(session: &Session) -> Depth {
    let [no_color, force_color, colorterm, term] = ["NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM"].map(variable);
    Depth::of(Environment {
        asked: (!session.config.colour).then_some(Depth::None),
        no_color: no_color.as_deref(),
        force_color: force_color.as_deref(),
        colorterm: colorterm.as_deref(),
        term: term.as_deref(),
    })
}
