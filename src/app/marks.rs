//! Marks: items chosen to be dealt with together. They are items, not rows: sort, filter and new data leave them alone.

use std::collections::BTreeSet;

use super::{lists, model::Model, navigate};
use crate::panels::{PanelId, Row, RowKey};

/// How many marked items no list of the view shows: a filter hides them, or they are elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// How many.
    pub count: usize,
    /// How many marks there were when they were counted.
    of: usize,
}

/// Brings lists and what is hidden of the marks up with what has happened. Marks are counted where there are others, or rows.
pub(super) fn refresh(model: &mut Model) {
    let made = lists::refresh(model);
    if made || model.hidden_marks.of != model.marks.len() {
        let count = if model.marks.is_empty() { 0 } else { hidden(model) };
        model.hidden_marks = Hidden { count, of: model.marks.len() };
    }
}

fn hidden(model: &Model) -> usize {
    let Some(scene) = model.scene() else { return 0 };
    let mut shown = vec![false; scene.snapshot.items.len()];
    for row in model.view.view().panels.iter().flat_map(|panel| &model.list(*panel).rows) {
        if let Row::Item(item) = row
            && let Some(shown) = shown.get_mut(*item as usize)
        {
            *shown = true;
        }
    }
    let is_hidden = |mark: &&RowKey| match mark.row(&scene) {
        Some(Row::Item(item)) => !shown.get(item as usize).is_some_and(|shown| *shown),
        Some(_) | None => true,
    };
    model.marks.iter().filter(is_hidden).count()
}

/// Marks the selected row, or takes its mark off, and goes down.
pub fn mark(model: &mut Model) {
    let panel = model.focused();
    if model.range.is_some() {
        end_range(model);
        return;
    }
    let Some(key) = markable(model) else { return };
    if !model.marks.remove(&key) {
        model.marks.insert(key);
    }
    navigate::move_by(model, panel, 1);
}

/// The row under the cursor, where it can be marked: an item in the panel that leads.
pub fn markable(model: &Model) -> Option<RowKey> {
    model.selected().filter(|key| matches!(key, RowKey::Item(_)) && model.focused() == model.leading())
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
