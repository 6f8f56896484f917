//! Lists: which rows a table shows, in which order, which one is selected and where the list is scrolled to.
//!
//! A list is made in steps, and only for panels that are on the screen: its rows in the panel's order, those sorted, those
//! the filter lets through. Each step is taken when what it depends on changed, and no further back than that: a letter
//! more in a filter looks at what was left, new entries place the rows they touched. Rows are places in the snapshot.

use super::{
    matrix,
    model::{Model, Scope},
    sorting,
};
use crate::{
    domain::{
        item::{Index, Item, Subject},
        outline::Outline,
        query::{Matcher, Query},
    },
    panels::{
        Body, Group, PanelId, Row, RowKey, Table, journal, order,
        scene::Scene,
        tasks,
        view::{ViewId, table_rows},
    },
};

/// Items touched beyond which a list is made anew rather than renewed.
const MANY: usize = 4096;

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
    /// Every row in the panel's own order, before the filter.
    natural: Vec<Row>,
    /// The same as sorted and grouped, where they are.
    sorted: Option<Vec<Row>>,
    /// The filter that made `rows`.
    filter: Query,
    /// Items whose rows have to be placed again.
    touched: Vec<Index>,
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
    /// The sort or the grouping changed.
    Sort,
    /// Some items changed.
    Items,
    /// The data, the day or the scope changed.
    All,
}

impl List {
    /// How many items the list has before the filter.
    pub fn total(&self) -> usize {
        self.natural.len()
    }

    /// How many rows the filter hides.
    pub fn hidden(&self) -> usize {
        self.total() - (self.rows.len() - self.headings)
    }

    /// The selected row.
    pub fn row(&self) -> Option<Row> {
        self.rows.get(self.position).copied()
    }

    /// The rows that stand in so many lines on the screen.
    pub fn seen(&self, lines: u16) -> &[Row] {
        let end = self.offset.saturating_add(lines.into()).min(self.rows.len());
        self.rows.get(self.offset..end).unwrap_or_default()
    }

    /// Makes it anew from `level` on when it is next looked at.
    pub fn outdated(&mut self, level: Level) {
        self.outdated = self.outdated.max(Some(level));
    }

    /// Places the rows of these items again when it is next looked at.
    pub fn touched(&mut self, items: &[Index]) {
        self.touched.extend_from_slice(items);
        if self.touched.len() > MANY {
            self.touched.clear();
            self.outdated(Level::All);
        }
        self.outdated(Level::Items);
    }

    fn ordered(&self) -> &[Row] {
        self.sorted.as_deref().unwrap_or(&self.natural)
    }
}

/// Makes the lists of the view shown that are outdated. Was there one?
pub fn refresh(model: &mut Model) -> bool {
    let mut made = false;
    for panel in model.view.view().panels {
        let Some(table) = panel.table() else { continue };
        let list = &model.lists[*panel as usize];
        let level = if list.made { list.outdated } else { Some(Level::All) };
        let Some(level) = level else { continue };
        if model.snapshot.is_none() {
            continue;
        }
        let mut list = std::mem::take(&mut model.lists[*panel as usize]);
        if let Some(scene) = model.scene() {
            put_in_order(&mut list, (*panel, table), level, &scene, model.scope());
            filter(&mut list, level, &scene, model);
            if let Some(group) = list.group {
                let shown = list.rows.len();
                list.rows = with_headings(&list.rows, group, &scene);
                list.headings = list.rows.len() - shown;
            }
            let position = list.position;
            keep_selection(&mut list, &scene);
            // What comes in above does not move what is read.
            if *panel == PanelId::Journal && list.offset > 0 {
                list.offset = list.offset.saturating_add(list.position).saturating_sub(position);
            }
        }
        (list.outdated, list.made) = (None, true);
        scroll(&mut list, page(model, *panel));
        model.lists[*panel as usize] = list;
        made = true;
    }
    made
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
    model.arranged().area(panel).map_or(0, |area| match panel.panel().body {
        Body::Matrix(_) => matrix::page(model, area),
        Body::Table(_) | Body::Timeline(_) | Body::Chart(_) | Body::Detail => usize::from(table_rows(area).height),
    })
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

fn put_in_order(
    list: &mut List,
    (panel, table): (PanelId, &Table),
    level: Level,
    scene: &Scene<'_>,
    scope: Option<&Scope>,
) {
    // Of a campaign there are milestones and reports as well as tasks.
    let in_campaign = panel == PanelId::Tasks && matches!(scope, Some(Scope::Campaign(_)));
    let rows = if in_campaign { tasks::OF_CAMPAIGN } else { table.rows };
    let outline = &scene.snapshot.outline;
    let admitted = |item: &Item| scope.is_none_or(|scope| in_scope(item, outline, scope));
    match level {
        Level::Filter => return,
        Level::Sort => {}
        Level::Items => list.natural = rows.renewed(scene, &list.natural, &list.touched, admitted),
        Level::All => list.natural = rows.all(scene, admitted),
    }
    list.touched.clear();
    let key = list.sort.and_then(|sort| Some((table.columns.get(sort.column)?.order?, sort.reversed)));
    let is_sorted = key.is_some() || list.group.is_some();
    list.sorted = is_sorted.then(|| sorting::sorted(&list.natural, key, list.group, scene));
}

/// Does an item belong to what was drilled down to?
pub(super) fn in_scope(item: &Item, outline: &Outline, scope: &Scope) -> bool {
    match scope {
        Scope::Agency(id) => outline.agency(id.as_str()) == Some(item.agency),
        Scope::Cell(agency, column) => column.has(agency, item, outline),
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

/// Sets the rows the filter lets through. One that narrows the last one looks only at what that one left.
fn filter(list: &mut List, level: Level, scene: &Scene<'_>, model: &Model) {
    let query = &model.filter().query;
    let matcher = || Matcher::new(query, &scene.snapshot.outline, scene.lookup, scene.desk, scene.today);
    if query.is_empty() {
        list.rows = list.ordered().to_vec();
    } else if level == Level::Filter && query.narrows(&list.filter) {
        let matcher = matcher();
        list.rows.retain(|row| shows(&matcher, scene, *row, model));
    } else {
        let matcher = matcher();
        list.rows = list.ordered().iter().filter(|row| shows(&matcher, scene, **row, model)).copied().collect();
    }
    list.headings = 0;
    list.filter = query.clone();
}

/// Does the filter let the row through? Headings are set anew afterwards.
fn shows(matcher: &Matcher<'_>, scene: &Scene<'_>, row: Row, model: &Model) -> bool {
    match row {
        Row::Item(place) => scene.item(place).is_some_and(|item| matcher.item(item)),
        // A cell that has something left keeps its row.
        Row::Agency(index) if model.view == ViewId::Matrix => {
            scene.matrix.is_some_and(|grid| grid.matrix.row(index).is_some())
        }
        Row::Agency(index) => matcher.agency(index),
        Row::Campaign(index) => matcher.campaign(index),
        Row::Entry(_) => journal::told(scene, row)
            .is_some_and(|told| matcher.told(told, order::item(scene, row), model.journal.persons())),
        Row::Heading(..) => false,
    }
}

fn with_headings(rows: &[Row], group: Group, scene: &Scene<'_>) -> Vec<Row> {
    let mut headed = Vec::with_capacity(rows.len() + rows.len() / 4);
    let mut last = None;
    for row in rows {
        let of = sorting::group_of(scene, group, *row);
        if last != Some(of) {
            headed.push(Row::Heading(group, of));
            last = Some(of);
        }
        headed.push(*row);
    }
    headed
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
