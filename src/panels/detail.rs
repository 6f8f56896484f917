//! The detail: everything about the selected row as facts, and its history in order.

use super::{Body, Panel, PanelId, cell::Word};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Detail, title: Word("panel-detail"), body: Body::Detail };
