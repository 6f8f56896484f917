//! Moving: rows, panels, views, drilling down and coming back.

use super::{
    action::Action,
    changed, dialog,
    drill::{drill, go_to_item, leave},
    filter,
    lists::{self, Level, Sort},
    matrix,
    model::{Model, Scope},
    timeline, trend, triage, wall,
};
use crate::panels::{
    Body, Group, PanelId, Row, RowKey,
    view::{VIEWS, ViewId},
};

/// How many rows an action moves by, where a page has `page` rows; `None` for one that does not move.
pub fn step(action: Action, page: usize) -> Option<isize> {
    let page = isize::try_from(page.max(1)).unwrap_or(isize::MAX);
    let steps = [
        (Action::Up, -1),
        (Action::Down, 1),
        (Action::PageUp, -page),
        (Action::PageDown, page),
        (Action::HalfPageUp, -(page + 1) / 2),
        (Action::HalfPageDown, (page + 1) / 2),
        (Action::First, isize::MIN / 2),
        (Action::Last, isize::MAX / 2),
    ];
    steps.iter().find(|(moves, _)| *moves == action).map(|(_, by)| *by)
}

/// Moves the selection of the focused panel, or scrolls the detail.
pub fn moved(model: &mut Model, action: Action) {
    let panel = model.focused();
    if matches!(panel.panel().body, Body::Chart(_)) {
        trend::moved(model, action);
        return;
    }
    let Some(by) = step(action, lists::page(model, panel)) else { return };
    if panel == PanelId::Detail {
        model.detail.offset = model.detail.offset.saturating_add_signed(by).min(usize::from(u16::MAX));
    } else {
        move_by(model, panel, by);
    }
}

/// Moves the selection of `panel` by so many rows; headings are stepped over.
pub fn move_by(model: &mut Model, panel: PanelId, by: isize) {
    let list = &model.lists[panel as usize];
    let target = list.position.saturating_add_signed(by).min(list.rows.len().saturating_sub(1));
    select(model, panel, target, by < 0);
}

/// Selects the row at `position`; where that is a heading, the row after it (before it when going up).
pub fn select(model: &mut Model, panel: PanelId, position: usize, going_up: bool) {
    let page = lists::page(model, panel);
    let list = &model.lists[panel as usize];
    let is_row = |place: &usize| list.rows.get(*place).is_some_and(|row| !matches!(row, Row::Heading(..)));
    let down = (position..list.rows.len()).find(is_row);
    let up = (0..position.min(list.rows.len())).rev().find(is_row);
    let Some(position) = (if going_up && !is_row(&position) { up.or(down) } else { down.or(up) }) else { return };
    let row = list.rows.get(position).copied();
    let selected = row.and_then(|row| row.key(&model.scene()?));
    let list = &mut model.lists[panel as usize];
    (list.position, list.selected) = (position, selected);
    lists::scroll(list, page);
    if panel == PanelId::Timeline {
        timeline::reveal(model);
    }
}

/// Gives `panel` the focus.
pub fn focus(model: &mut Model, panel: PanelId) {
    model.focus[model.view as usize] = panel;
    if panel.table().is_some() {
        model.leading[model.view as usize] = panel;
    }
    let page = lists::page(model, panel);
    lists::scroll(&mut model.lists[panel as usize], page);
}

/// The next panel of the view, or the one before.
pub fn turn(model: &mut Model, action: Action) {
    let panels = model.view.view().panels;
    let place = panels.iter().position(|panel| *panel == model.focused()).unwrap_or(0);
    let step = if action == Action::PreviousPanel { panels.len() - 1 } else { 1 };
    focus(model, panels[(place + step) % panels.len()]);
}

/// Shows a view; what was drilled down to is left.
pub fn show(model: &mut Model, view: ViewId) {
    while let Some(drill) = model.drills.pop() {
        leave(model, &drill);
    }
    wall::chosen(model);
    model.view = view;
    (model.zoomed, model.typing) = (false, false);
}

/// The next view, or the one before.
pub fn turn_view(model: &mut Model, action: Action) {
    let step = if action == Action::PreviousView { VIEWS.len() - 1 } else { 1 };
    show(model, VIEWS[(model.view as usize + step) % VIEWS.len()].id);
}

/// Enter: an agency or a campaign is drilled into; an item's detail gets the focus, and what can be done is listed.
pub fn open(model: &mut Model) {
    let panel = model.focused();
    match model.list(panel).selected.clone() {
        Some(RowKey::Agency(_)) if panel == PanelId::Matrix => matrix::open(model),
        Some(RowKey::Agency(agency)) => drill(model, Scope::Agency(agency)),
        Some(RowKey::Campaign(campaign)) => drill(model, Scope::Campaign(campaign)),
        Some(RowKey::Item(_)) => {
            model.focus[model.view as usize] = PanelId::Detail;
            triage::menu(model);
        }
        Some(RowKey::Entry(_)) => go_to_item(model),
        None if panel == PanelId::Detail && model.leading() == PanelId::Journal => go_to_item(model),
        None if panel == PanelId::Detail => triage::menu(model),
        None => {}
    }
}

/// One step back: the detail, the filter, the drill, the marks. Never quits.
pub fn back(model: &mut Model) {
    if model.range.take().is_some() {
        return;
    }
    if trend::give_up(model) {
        return;
    }
    if model.zoomed {
        model.zoomed = false;
    } else if model.focused() == PanelId::Detail {
        focus(model, model.leading());
    } else if !model.filter().text().is_empty() {
        filter::set(model, "");
    } else if let Some(drill) = model.drills.pop() {
        leave(model, &drill);
    } else if !changed::leave(model) {
        clear_marks(model);
    }
}

/// Takes off the marks; asks first where that is much to lose.
fn clear_marks(model: &mut Model) {
    if model.marks.len() > 3 {
        dialog::open(model, dialog::Kind::Confirm(dialog::Question::ClearMarks));
    } else {
        model.marks.clear();
    }
}

/// To the left or to the right: along the time or the columns of a picture, of a table the column it is sorted by.
pub fn sideways(model: &mut Model, action: Action) {
    match model.focused().panel().body {
        Body::Timeline(_) => timeline::sideways(model, action),
        Body::Matrix(_) => matrix::sideways(model, action),
        Body::Chart(_) => trend::sideways(model, action),
        Body::Table(_) | Body::Detail => sort_beside(model, action),
    }
}

/// Sorts the focused table by the next sortable column to one side.
fn sort_beside(model: &mut Model, action: Action) {
    let panel = model.focused();
    let Some(table) = panel.table() else { return };
    let sortable: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].order.is_some()).collect();
    let place = model.list(panel).sort.and_then(|sort| sortable.iter().position(|column| *column == sort.column));
    let next = match (place, action) {
        (None, Action::Left) => sortable.len().checked_sub(1),
        (None, _) => Some(0),
        (Some(place), Action::Left) => place.checked_sub(1),
        (Some(place), _) => Some(place + 1),
    };
    // Past either end stands the panel's own order.
    let column = next.and_then(|next| sortable.get(next));
    set_sort(model, panel, column.map(|column| Sort { column: *column, reversed: false }));
}

/// Turns the order of the focused table round.
pub fn reverse(model: &mut Model) {
    let panel = model.focused();
    let sort = model.list(panel).sort;
    if let Some(sort) = sort {
        set_sort(model, panel, Some(Sort { reversed: !sort.reversed, ..sort }));
    }
}

/// Sorts by a column; once more by the same one turns the order round.
pub fn sort_by(model: &mut Model, panel: PanelId, column: usize) {
    let is_other = matrix::takes_column(model, panel, column);
    let reversed = !is_other && model.list(panel).sort.is_some_and(|sort| sort.column == column && !sort.reversed);
    let sortable =
        panel.table().and_then(|table| table.columns.get(column)).is_some_and(|column| column.order.is_some());
    if sortable {
        set_sort(model, panel, Some(Sort { column, reversed }));
    }
}

/// Sets the order of a table.
pub fn set_sort(model: &mut Model, panel: PanelId, sort: Option<Sort>) {
    let list = &mut model.lists[panel as usize];
    list.sort = sort;
    list.outdated(Level::Sort);
}

/// Groups the focused table by the next thing it can be grouped by, at last by nothing.
pub fn group(model: &mut Model) {
    let panel = model.focused();
    let Some(table) = panel.table() else { return };
    let place = model.list(panel).group.and_then(|group| table.groups.iter().position(|other| *other == group));
    let next: Option<Group> = table.groups.get(place.map_or(0, |place| place + 1)).copied();
    let list = &mut model.lists[panel as usize];
    list.group = next;
    list.outdated(Level::Sort);
}
