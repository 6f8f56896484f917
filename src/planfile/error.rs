//! [`PlanError`]: why a whole file is refused. What is wrong with one record only is a `Remark`.

use thiserror::Error;

use crate::domain::{sentence::Sentence, text::Text};

use super::remark::{Remark, Severity};

/// A file that gives no plan at all: which one, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct PlanError(pub Box<Remark>);

impl PlanError {
    /// The file as a whole is wrong, as is seen on that line.
    pub(super) fn of_file(file: Text, line: Option<u32>, problem: Sentence) -> Self {
        PlanError(Box::new(Remark { severity: Severity::SetAside, file, line, path: Text::default(), problem }))
    }
}
