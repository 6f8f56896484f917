//! Marks: items chosen to be dealt with together. They are items, not rows: sort, filter and new data leave them alone.

use std::collections::BTreeSet;

use super::{model::Model, navigate};
use crate::panels::{PanelId, RowKey};

/// Marks the selected row, or takes its mark off, and goes down.
pub fn mark(model: &mut Model) {
    let panel = model.focused();
    if model.range.is_some() {
        end_range(model);
        return;
    }
    let Some(key @ RowKey::Item(_)) = model.selected().filter(|_| panel == model.leading()) else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    navigate::move_by(model, panel, 1);
}

/// Begins a range at the selected row; once more ends it and marks what lies in it.
pub fn range(model: &mut Model) {
    if model.range.is_some() {
        end_range(model);
    } else {
        model.range = model.list(model.focused()).selected.clone().filter(|key| matches!(key, RowKey::Item(_)));
    }
}

/// Marks everything the filter lets through; where all of it is marked already, takes those marks off.
pub fn all(model: &mut Model) {
    let panel = model.focused();
    let keys = keys(model, panel, 0, usize::MAX);
    let keys: BTreeSet<RowKey> = keys.into_iter().collect();
    if keys.iter().all(|key| model.marks.contains(key)) {
        model.marks.retain(|mark| !keys.contains(mark));
    } else {
        model.marks.extend(keys);
    }
}

/// The places of the range being made, first and last.
pub fn range_places(model: &Model, panel: PanelId) -> Option<(usize, usize)> {
    let anchor = model.range.as_ref()?.row(&model.scene()?)?;
    let list = model.list(panel);
    let anchor = list.rows.iter().position(|row| *row == anchor)?;
    Some((anchor.min(list.position), anchor.max(list.position)))
}

fn end_range(model: &mut Model) {
    let panel = model.focused();
    if let Some((first, last)) = range_places(model, panel) {
        let keys = keys(model, panel, first, last);
        model.marks.extend(keys);
    }
    model.range = None;
}

fn keys(model: &Model, panel: PanelId, first: usize, last: usize) -> Vec<RowKey> {
    let Some(scene) = model.scene() else { return Vec::new() };
    let rows = model.list(panel).rows.iter().enumerate().filter(|(place, _)| (first..=last).contains(place));
    rows.filter_map(|(_, row)| row.key(&scene)).filter(|key| matches!(key, RowKey::Item(_))).collect()
}
