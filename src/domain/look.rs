//! [`Look`]: when somebody last looked at a plan. What changed since is in [`changes`](super::changes).

use jiff::Timestamp;

/// A look at a plan: everything that was there then counts as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// The last entry that was there, where that is known: it does not depend on how clocks agree.
    pub cursor: Option<u64>,
}

/// What is known of the last look of whoever sits there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastLook {
    /// Nobody's looks are kept: a wall, a source without a journal.
    #[default]
    Nobody,
    /// There was none: what is there at the first one counts as seen.
    Never,
    /// This one.
    At(Look),
}
