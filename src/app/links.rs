//! What goes outside: ids into the clipboard, links to the browser.

use super::{effect::Effect, messages::Level, model::Model};
use crate::{
    domain::{id::ItemId, sentence::Sentence},
    panels::RowKey,
};

/// Copies the ids of the marked rows, else of the selected one.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    let id = |key: &RowKey| match key {
        RowKey::Item(id) => id.to_string(),
        RowKey::Agency(id) => id.to_string(),
        RowKey::Campaign(id) => ItemId::campaign(id).to_string(),
        RowKey::Entry(id) => id.to_string(),
    };
    let selected = model.selected();
    let selected = selected.iter();
    let on_row = model.marks.is_empty() || model.view == crate::panels::view::ViewId::Journal;
    let ids: Vec<String> = if on_row { selected.map(id).collect() } else { model.marks.iter().map(id).collect() };
    if ids.is_empty() {
        return Vec::new();
    }
    model.say(Level::Info, Sentence::new("said-copied").with("count", ids.len()));
    vec![Effect::Copy(ids.join("\n"))]
}

/// Opens the selected item's link: the received document's, else the task's page.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let link = model.scene().and_then(|scene| {
        let row = model.selected()?.row(&scene)?;
        let item = crate::panels::order::item(&scene, row)?;
        item.state.link.clone().or_else(|| scene.task(item)?.link.clone())
    });
    match link.filter(|link| link.starts_with("https://") || link.starts_with("http://")) {
        Some(link) => vec![Effect::OpenLink(link.to_string())],
        None => {
            model.say(Level::Info, Sentence::new("said-no-link"));
            Vec::new()
        }
    }
}
