//! The matrix: which column the cursor is in, and against what agencies are set.

use super::{action::Action, model::Model};

/// What of it can be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {}

/// To the left or to the right.
pub(super) fn sideways(_model: &mut Model, _action: Action) {}
