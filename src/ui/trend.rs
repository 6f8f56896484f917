//! The trend, drawn.

use ratatui::buffer::Buffer;

use super::Look;
use crate::{app::model::Model, panels::view::Area};

/// Draws it within its frame.
pub(super) fn draw(_buffer: &mut Buffer, _area: Area, _model: &Model, _look: &Look<'_>) {}
