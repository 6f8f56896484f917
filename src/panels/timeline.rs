//! Campaigns over months: their rows, those that run first.

use super::{Body, Panel, PanelId, Table, cell::Word, rows::Rows, upcoming_campaigns};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Timeline, title: Word("panel-timeline"), body: Body::Timeline(TABLE) };

const TABLE: Table = Table {
    rows: Rows::Listed(upcoming_campaigns::rows),
    columns: &upcoming_campaigns::COLUMNS,
    empty: Word("empty-campaigns"),
    groups: &[],
};
