//! The timeline: which stretch of time is shown, and how large.

use super::{action::Action, model::Model};

/// What of it can be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {}

/// To the left or to the right.
pub(super) fn sideways(_model: &mut Model, _action: Action) {}
