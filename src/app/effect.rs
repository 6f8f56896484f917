//! [`Effect`]: what `update` wants of the world, in the imperative. `runtime` carries it out.

use super::msg::Ticket;
use crate::domain::id::ItemId;

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the source what is new; answered by `Msg::Fetched`.
    Fetch {
        /// The number of this question.
        ticket: Ticket,
        /// The cursor one has; none for the first time.
        cursor: Option<u64>,
    },
    /// Ask for an item's history; answered by `Msg::HistoryFetched`.
    FetchHistory {
        /// The item.
        item: ItemId,
    },
    /// Put text into the clipboard, through the terminal (OSC 52).
    Copy(String),
    /// Show a page with the desktop's own program.
    OpenLink(String),
    /// Stop as Ctrl-Z does.
    Suspend,
    /// End.
    Quit,
}
