//! `[views.NAME]`: views a person wrote down, to be shown by name. What is wrong with one is told as with any other option.

use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    app::saved::SavedView,
    panels::{Group, PANELS, PanelId, view::ViewId},
};

/// A view as written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenView {
    view: ViewId,
    #[serde(default)]
    panel: Option<PanelId>,
    #[serde(default)]
    filter: String,
    #[serde(default, deserialize_with = "column")]
    sort: Option<String>,
    #[serde(default)]
    reversed: bool,
    #[serde(default)]
    group: Option<Group>,
}

impl WrittenView {
    /// What it shows.
    pub fn saved(&self) -> SavedView {
        let WrittenView { view, panel, filter, sort, reversed, group } = self.clone();
        SavedView::new(view, panel, filter, sort, group).turned(reversed)
    }
}

/// The name of a column of any table one can sort by.
fn column<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let tables = PANELS.iter().filter_map(|panel| panel.id.table());
    let sorts = tables.flat_map(|table| table.columns).filter(|column| column.order.is_some());
    let mut known: Vec<&str> = sorts.map(|column| column.id).collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&name.as_str()) {
        return Ok(Some(name));
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    Err(D::Error::custom(format!("unknown variant `{name}`, expected one of {}", known.join(", "))))
}
