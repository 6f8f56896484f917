//! Lists: which rows a table shows, in which order, which one is selected and where the list is scrolled to.
//!
//! A list is made in two steps, and only for panels that are on the screen: its rows in order (when data, day, scope or
//! sort change), then those the filter lets through (when the filter changes). Rows are places in the snapshot.

use super::model::{Model, Scope};
use crate::{
    domain::{
        item::{Item, Subject},
        outline::Outline,
        query::Matcher,
    },
    panels::{Group, PanelId, Row, RowKey, Table, order, scene::Scene, view::table_rows},
};

/// One table's rows, order, selection and scroll.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The rows shown, headings among them.
    pub rows: Vec<Row>,
    /// The selected row.
    pub selected: Option<RowKey>,
    /// Its place in `rows`.
    pub position: usize,
    /// The first row on the screen.
    pub offset: usize,
    /// The column it is sorted by, of the table's; `None` for the panel's own order.
    pub sort: Option<Sort>,
    /// What it is grouped by.
    pub group: Option<Group>,
    /// How many of `rows` are headings.
    headings: usize,
    /// Every row in order, before the filter.
    ordered: Vec<Row>,
    outdated: Option<Level>,
    made: bool,
}

/// A sort order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column, of the table's.
    pub column: usize,
    /// The other way round?
    pub reversed: bool,
}

/// How much of a list has to be made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The filter changed.
    Filter,
    /// The data, the day, the scope or the sort changed.
    Order,
}

impl List {
    /// How many items the list has before the filter.
    pub fn total(&self) -> usize {
        self.ordered.len()
    }

    /// How many rows the filter hides.
    pub fn hidden(&self) -> usize {
        self.total() - (self.rows.len() - self.headings)
    }

    /// The selected row.
    pub fn row(&self) -> Option<Row> {
        self.rows.get(self.position).copied()
    }

    /// Makes it anew from `level` on when it is next looked at.
    pub fn outdated(&mut self, level: Level) {
        self.outdated = self.outdated.max(Some(level));
    }
}

/// Makes the lists of the view shown that are outdated.
pub fn refresh(model: &mut Model) {
    for panel in model.view.view().panels {
        let Some(table) = panel.table() else { continue };
        let list = &model.lists[*panel as usize];
        let level = if list.made { list.outdated } else { Some(Level::Order) };
        let Some(level) = level else { continue };
        if model.snapshot.is_none() {
            continue;
        }
        let mut list = std::mem::take(&mut model.lists[*panel as usize]);
        if let Some(scene) = model.scene() {
            if level == Level::Order {
                list.ordered = ordered(table, &list, &scene, model.scope());
            }
            list.rows = filtered(&list, &scene, model);
            list.headings = 0;
            if let Some(group) = list.group {
                let shown = list.rows.len();
                list.rows = with_headings(std::mem::take(&mut list.rows), group, &scene);
                list.headings = list.rows.len() - shown;
            }
            keep_selection(&mut list, &scene);
        }
        (list.outdated, list.made) = (None, true);
        scroll(&mut list, page(model, *panel));
        model.lists[*panel as usize] = list;
    }
}

/// Scrolls the lists on the screen so that each shows its selected row, whatever changed: size, zoom, view.
pub fn keep_in_view(model: &mut Model) {
    for panel in model.view.view().panels {
        let page = page(model, *panel);
        scroll(&mut model.lists[*panel as usize], page);
    }
}

/// How many rows of `panel` the screen shows; 0 where it is not shown.
pub fn page(model: &Model, panel: PanelId) -> usize {
    model.arranged().area(panel).map_or(0, |area| usize::from(table_rows(area).height))
}

/// Moves a list's view so that the selected row is in it.
pub fn scroll(list: &mut List, page: usize) {
    let page = page.max(1);
    let last = list.rows.len().saturating_sub(page);
    let above = list.position.saturating_sub(page - 1);
    list.offset = list.offset.clamp(above, list.position.max(above)).min(last);
    // A heading above the first row stays with it.
    if list.offset > 0
        && list.offset == list.position
        && matches!(list.rows.get(list.offset - 1), Some(Row::Heading(..)))
    {
        list.offset -= 1;
    }
}

fn ordered(table: &Table, list: &List, scene: &Scene<'_>, scope: Option<&Scope>) -> Vec<Row> {
    let mut rows = (table.rows)(scene);
    if let Some(scope) = scope {
        rows.retain(|row| order::item(scene, *row).is_none_or(|item| in_scope(item, &scene.snapshot.outline, scope)));
    }
    let sort = list.sort.and_then(|sort| Some((table.columns.get(sort.column)?.order?, sort.reversed)));
    if let Some((key, reversed)) = sort {
        sort_by(&mut rows, |row| turned(key(scene, row), reversed));
    }
    if let Some(group) = list.group {
        sort_by(&mut rows, |row| rank(scene, group, row).into());
    }
    rows
}

/// A sort key the other way round where that is asked for; what has none stays last.
fn turned(key: u64, reversed: bool) -> u64 {
    if reversed && key != order::LAST { order::LAST - 1 - key } else { key }
}

/// Sorts by a key that is asked for once per row; rows alike stay in the order they had.
fn sort_by(rows: &mut [Row], key: impl Fn(Row) -> u64) {
    rows.sort_by_cached_key(|row| key(*row));
}

/// Does an item belong to what was drilled down to?
fn in_scope(item: &Item, outline: &Outline, scope: &Scope) -> bool {
    match scope {
        Scope::Agency(id) => outline.agency(id.as_str()) == Some(item.agency),
        Scope::Campaign(id) => match item.subject {
            Subject::Task(task) => {
                outline.plan.tasks.get(task as usize).is_some_and(|task| task.campaign.as_ref() == Some(id))
            }
            Subject::Report { duty, .. } => {
                outline.plan.duties.get(duty as usize).is_some_and(|duty| duty.campaign.as_ref() == Some(id))
            }
            Subject::Milestone { campaign, .. } => outline.campaign(id.as_str()) == Some(campaign),
        },
    }
}

fn filtered(list: &List, scene: &Scene<'_>, model: &Model) -> Vec<Row> {
    let query = &model.filter().query;
    let mut rows = list.ordered.clone();
    if !query.is_empty() {
        let outline = &scene.snapshot.outline;
        let matcher = Matcher::new(query, outline, scene.lookup, scene.desk, scene.today);
        rows.retain(|row| match row {
            Row::Item(place) => scene.item(*place).is_some_and(|item| matcher.item(item)),
            Row::Agency(index) => matcher.agency(*index),
            Row::Campaign(index) => matcher.campaign(*index),
            Row::Heading(..) => true,
        });
    }
    rows
}

fn with_headings(rows: Vec<Row>, group: Group, scene: &Scene<'_>) -> Vec<Row> {
    let mut headed = Vec::with_capacity(rows.len() + rows.len() / 4);
    let mut last = None;
    for row in rows {
        let of = group_of(scene, group, row);
        if last != Some(of) {
            headed.push(Row::Heading(group, of));
            last = Some(of);
        }
        headed.push(row);
    }
    headed
}

fn group_of(scene: &Scene<'_>, group: Group, row: Row) -> Option<u32> {
    let item = order::item(scene, row)?;
    match group {
        Group::Agency => Some(item.agency),
        Group::Programme => item.programme,
    }
}

fn rank(scene: &Scene<'_>, group: Group, row: Row) -> u32 {
    let ranks = match group {
        Group::Agency => &scene.lookup.agencies,
        Group::Programme => &scene.lookup.programmes,
    };
    group_of(scene, group, row).map_or(u32::MAX, |index| ranks.rank(index))
}

/// Finds the selected row again; where it is gone, the one at its place is selected.
fn keep_selection(list: &mut List, scene: &Scene<'_>) {
    let row = list.selected.as_ref().and_then(|key| key.row(scene));
    let found = row.and_then(|row| list.rows.iter().position(|other| *other == row));
    list.position = found.unwrap_or_else(|| list.position.min(list.rows.len().saturating_sub(1)));
    if matches!(list.row(), Some(Row::Heading(..))) {
        list.position += 1;
    }
    if found.is_none() {
        list.selected = list.row().and_then(|row| row.key(scene));
    }
}
