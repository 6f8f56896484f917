//! Campaigns over months, drawn.

use ratatui::buffer::Buffer;

use super::{Look, draw_table};
use crate::{
    app::model::Model,
    panels::{PanelId, Table, view::Area},
};

/// Draws it within its frame.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Area,
    panel: PanelId,
    table: &'static Table,
    model: &Model,
    look: &Look<'_>,
) {
    draw_table(buffer, area, panel, table, model, look);
}
