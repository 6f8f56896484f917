//! The mouse: a click selects, a click on a heading sorts, a double click is Enter, the wheel moves what is under it.

use super::{
    action::Action,
    dialog,
    effect::Effect,
    matrix,
    model::Model,
    msg::{Pointed, Pointer},
    navigate,
};
use crate::panels::{
    PanelId,
    column::fit,
    view::{Area, ViewId, table_headings, table_rows},
};

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

/// The mouse did something.
pub fn pointed(model: &mut Model, pointer: Pointer) -> Vec<Effect> {
    if model.dialog.is_none() && model.is_asking() {
        return Vec::new();
    }
    if model.dialog.is_some() {
        return in_dialog(model, pointer.kind);
    }
    let arranged = model.arranged();
    let under = arranged.panels.iter().find(|(_, area)| area.contains(pointer.x, pointer.y)).copied();
    let Some((panel, area)) = under else { return Vec::new() };
    match pointer.kind {
        Pointed::WheelUp => wheel(model, panel, -WHEEL),
        Pointed::WheelDown => wheel(model, panel, WHEEL),
        Pointed::Click => {
            click(model, panel, area, pointer);
        }
        Pointed::DoubleClick => {
            let on_row = click(model, panel, area, pointer);
            if on_row {
                navigate::open(model);
            }
        }
    }
    Vec::new()
}

fn in_dialog(model: &mut Model, kind: Pointed) -> Vec<Effect> {
    match kind {
        Pointed::WheelUp => dialog::acted(model, Action::Up),
        Pointed::WheelDown => dialog::acted(model, Action::Down),
        Pointed::Click | Pointed::DoubleClick => Vec::new(),
    }
}

fn wheel(model: &mut Model, panel: PanelId, by: isize) {
    if panel == PanelId::Detail {
        model.detail.offset = model.detail.offset.saturating_add_signed(by);
    } else {
        navigate::move_by(model, panel, by);
    }
}

/// A click. Do rows stand there?
fn click(model: &mut Model, panel: PanelId, area: Area, pointer: Pointer) -> bool {
    if !model.view.view().panels.contains(&panel) {
        // What is only looked at here is at home in another view.
        navigate::show(model, ViewId::of(panel));
        return false;
    }
    navigate::focus(model, panel);
    if panel == PanelId::Matrix {
        return matrix::clicked(model, area, pointer);
    }
    let (headings, rows) = (table_headings(area), table_rows(area));
    let on_row = rows.contains(pointer.x, pointer.y);
    let Some(table) = panel.table() else { return on_row };
    if headings.contains(pointer.x, pointer.y) {
        let x = pointer.x - headings.x;
        let Some(scene) = model.scene() else { return on_row };
        let fitted = fit(table.columns, headings.width, &scene, model.list(panel).seen(rows.height));
        if let Some(column) = fitted.iter().find(|fitted| (fitted.x..=fitted.x + fitted.width).contains(&x)) {
            navigate::sort_by(model, panel, column.column);
        }
    } else if on_row {
        let position = model.list(panel).offset + usize::from(pointer.y - rows.y);
        if position < model.list(panel).rows.len() {
            navigate::select(model, panel, position, false);
        }
    }
    on_row
}
