//! Progress over time.

use super::{Body, Panel, PanelId, cell::Word};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Trend, title: Word("panel-trend"), body: Body::Trend };
