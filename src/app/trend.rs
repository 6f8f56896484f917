//! The trend: where the crosshair stands.

use super::{action::Action, model::Model};

/// What of it can be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {}

/// To the left or to the right.
pub(super) fn sideways(_model: &mut Model, _action: Action) {}
