//! [`Limits`]: how much of a workbook is read. A file from anywhere must not cost more than this.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use thiserror::Error;

use crate::domain::{failure::Failure, sentence::Sentence};

/// How much is read, at most.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The file, in bytes.
    pub file: usize,
    /// All parts of a workbook unpacked, in bytes.
    pub unpacked: u64,
    /// How many parts a workbook has.
    pub parts: usize,
    /// How deep its XML goes.
    pub depth: usize,
    /// Sheets.
    pub sheets: usize,
    /// Cells that hold something, in all sheets together; a merged cell counts for each row and column it fills.
    pub cells: usize,
    /// The bytes of one cell's text. Excel itself takes 32,767 characters.
    pub text: usize,
    /// The bytes of all texts together.
    pub texts: usize,
    /// Once it is set by somebody who has waited long enough, reading stops.
    pub stop: Arc<AtomicBool>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file: 48 << 20,
            unpacked: 192 << 20,
            parts: 10_000,
            depth: 64,
            sheets: 100,
            cells: 2_000_000,
            text: 128 << 10,
            texts: 96 << 20,
            stop: Arc::default(),
        }
    }
}

impl Limits {
    /// Refused where somebody has waited long enough.
    pub(super) fn go_on(&self) -> Result<(), Unusable> {
        if self.stop.load(Ordering::Relaxed) { Err(Unusable::because("workbook-too-long")) } else { Ok(()) }
    }
}

/// A file that gives no plan at all, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unusable(pub Sentence);

impl Unusable {
    /// For a reason without places.
    pub(super) fn because(id: &'static str) -> Self {
        Unusable(Sentence::new(id))
    }
}

impl From<Unusable> for Failure {
    fn from(Unusable(why): Unusable) -> Self {
        Failure::Unreadable(why)
    }
}
