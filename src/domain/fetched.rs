//! [`Fetched`]: what a source answers to "what is new since this cursor?".

use super::snapshot::{Delta, Snapshot};

/// A source's answer.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing is new.
    Unchanged,
    /// New entries to apply to the snapshot one has.
    Entries(Delta),
    /// A whole snapshot: the first one, or where entries do not lead from the old one to it (an amended plan).
    Whole(Box<Snapshot>),
}
