//! How wide the standard output is, where it is a terminal.

use std::io::{self, IsTerminal};

/// The columns of the terminal the standard output goes to; `None` where it goes elsewhere, or it does not say.
pub fn of_output() -> Option<u16> {
    let size = io::stdout().is_terminal().then(crossterm::terminal::size)?;
    size.ok().map(|(columns, _)| columns).filter(|columns| *columns > 0)
}
