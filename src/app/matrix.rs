//! The matrix: against what agencies are set, the column the cursor is in, and what stands in the cells, made anew when the
//! data, the day or the filter changed while it is looked at.

use super::{
    action::Action,
    drill,
    lists::Level,
    model::{Model, Scope},
    msg::Pointer,
    navigate,
};
use crate::{
    domain::{
        id::ItemId,
        matrix::{self, Across, ColumnKey},
        query::Matcher,
        snapshot::Snapshot,
    },
    panels::{
        PanelId, Row, RowKey,
        grid::{Parts, Spot, parts},
        matrix::{CHOSEN, Grid, NAME, items},
        view::{Area, ViewId},
    },
};

/// What of it can be changed, and what was made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Against what agencies are set.
    pub across: Across,
    /// The column the cursor is in: periods, programmes.
    cursors: [Option<ColumnKey>; 2],
    /// Its place among the columns.
    column: usize,
    /// The first column on the screen.
    offset: usize,
    /// The column agencies are sorted by, where they are.
    sorted: Option<ColumnKey>,
    /// Its place.
    by: Option<usize>,
    /// What stands in the cells, and the filter that left it.
    made: Option<(matrix::Matrix, String)>,
    outdated: bool,
}

impl Matrix {
    /// What panels may look at; none while it was never looked at.
    pub fn grid(&self) -> Option<Grid<'_>> {
        let (matrix, _) = self.made.as_ref()?;
        Some(Grid { matrix, column: self.column, offset: self.offset, by: self.by })
    }

    /// What it was made of changed.
    pub(super) fn outdated(&mut self) {
        self.outdated = true;
    }

    fn columns(&self) -> usize {
        self.made.as_ref().map_or(0, |(matrix, _)| matrix.columns.len())
    }

    fn key(&self, snapshot: &Snapshot) -> Option<ColumnKey> {
        let (matrix, _) = self.made.as_ref()?;
        matrix.columns.get(self.column)?.key(&snapshot.outline)
    }

    /// Finds the columns held on to again; where the cursor's is gone, the one at its place has it meanwhile.
    fn find_columns(&mut self, snapshot: &Snapshot) {
        let Some((matrix, _)) = &self.made else { return };
        let place = |key: &ColumnKey| {
            matrix.columns.iter().position(|column| column.key(&snapshot.outline).as_ref() == Some(key))
        };
        let found = self.cursors[self.across as usize].as_ref().and_then(place);
        let by = self.sorted.as_ref().and_then(place);
        self.column = found.unwrap_or_else(|| self.column.min(matrix.columns.len().saturating_sub(1)));
        self.by = by;
    }
}

/// Makes the cells anew where they are looked at and something changed.
pub(super) fn refresh(model: &mut Model) {
    let state = &model.pictures.matrix;
    let filter = model.filter().text();
    let stands = |made: &(matrix::Matrix, String)| made.0.across == state.across && made.1 == filter;
    if model.view != ViewId::Matrix || (!state.outdated && state.made.as_ref().is_some_and(stands)) {
        return;
    }
    let Some(snapshot) = &model.snapshot else { return };
    let query = &model.filter().query;
    let made = if query.is_empty() {
        matrix::Matrix::of(snapshot, model.today, state.across, |_| true)
    } else {
        let matcher = Matcher::new(query, &snapshot.outline, &model.lookup, &model.desk, model.today);
        matrix::Matrix::of(snapshot, model.today, state.across, |item| matcher.item(item))
    };
    let made = Some((made, filter.to_owned()));
    let state = &mut model.pictures.matrix;
    (state.made, state.outdated) = (made, false);
    state.find_columns(snapshot);
    model.lists[PanelId::Matrix as usize].outdated(Level::All);
}

/// Scrolls the columns so that the cursor's is on the screen, whatever changed. At first the cursor is where the first row is
/// worst.
pub(super) fn keep_in_view(model: &mut Model) {
    if model.view != ViewId::Matrix {
        return;
    }
    let state = &model.pictures.matrix;
    if state.cursors[state.across as usize].is_none()
        && let Some(worst) = worst(model)
    {
        go_to(model, worst);
    }
    let Some(parts) = standing(model) else { return };
    let state = &mut model.pictures.matrix;
    let seen = parts.seen.max(1);
    let least = state.column.saturating_sub(seen - 1);
    state.offset = state.offset.clamp(least, state.column).min(state.columns().saturating_sub(seen));
}

/// A column to the left or to the right.
pub(super) fn sideways(model: &mut Model, action: Action) {
    let (state, step) = (&model.pictures.matrix, if action == Action::Left { -1 } else { 1 });
    let column = state.column.saturating_add_signed(step).min(state.columns().saturating_sub(1));
    go_to(model, column);
}

/// Sets agencies against the other thing.
pub(super) fn switch(model: &mut Model) {
    if model.view != ViewId::Matrix {
        navigate::show(model, ViewId::Matrix);
    }
    navigate::focus(model, PanelId::Matrix);
    let state = &mut model.pictures.matrix;
    (state.across, state.offset, state.sorted) = (state.across.other(), 0, None);
    if model.list(PanelId::Matrix).sort.is_some_and(|sort| sort.column == CHOSEN) {
        navigate::set_sort(model, PanelId::Matrix, None);
    }
}

/// Enter: what stands in the cell is listed; nothing where nothing does.
pub(super) fn open(model: &mut Model) {
    let cell = model.scene().and_then(|scene| {
        let Row::Agency(agency) = model.list(PanelId::Matrix).row()? else { return None };
        let key = model.pictures.matrix.key(scene.snapshot)?;
        let is_empty = items(&scene, agency).is_empty();
        Some((scene.agency(agency)?.id.clone(), key)).filter(|_| !is_empty)
    });
    if let Some((agency, key)) = cell {
        drill::drill(model, Scope::Cell(agency, key));
    }
}

/// The item of the cell under the cursor, where it is the only one: then it is the one looked at and acted on.
pub(super) fn only_item(model: &Model) -> Option<ItemId> {
    let Row::Agency(agency) = model.list(PanelId::Matrix).row()? else { return None };
    let scene = model.scene()?;
    let [place] = items(&scene, agency) else { return None };
    scene.item(*place).map(|item| item.id.clone())
}

/// Takes the column under the cursor as the one to sort by, where `column` of the table stands for it. Is it another one than
/// before?
pub(super) fn takes_column(model: &mut Model, panel: PanelId, column: usize) -> bool {
    if panel != PanelId::Matrix || column != CHOSEN {
        return false;
    }
    let key = model.snapshot.as_ref().and_then(|snapshot| model.pictures.matrix.key(snapshot));
    let state = &mut model.pictures.matrix;
    let is_other = state.sorted != key;
    (state.sorted, state.by) = (key, Some(state.column));
    is_other
}

/// A click: on a cell goes there, on a heading sorts by it. Does a row stand there?
pub(super) fn clicked(model: &mut Model, area: Area, pointer: Pointer) -> bool {
    let (state, list) = (&model.pictures.matrix, model.list(PanelId::Matrix));
    let spot = parts(area, state.columns()).spot((pointer.x, pointer.y), (list.offset, state.offset));
    let (row, column) = match spot {
        Some(Spot::Name(row) | Spot::Total(row)) => (Some(row), None),
        Some(Spot::Cell(row, column)) => (Some(row), Some(column)),
        Some(Spot::ColumnHeading(column)) => {
            go_to(model, column);
            navigate::sort_by(model, PanelId::Matrix, CHOSEN);
            return false;
        }
        Some(Spot::NameHeading) => {
            navigate::sort_by(model, PanelId::Matrix, NAME);
            return false;
        }
        Some(Spot::TotalHeading(measure)) => {
            navigate::sort_by(model, PanelId::Matrix, measure.column());
            return false;
        }
        None => return false,
    };
    let row = row.filter(|row| *row < list.rows.len());
    if let Some(row) = row {
        navigate::select(model, PanelId::Matrix, row, false);
        column.into_iter().for_each(|column| go_to(model, column));
    }
    row.is_some()
}

/// How many rows are seen at once in the panel at `area`.
pub(super) fn page(model: &Model, area: Area) -> usize {
    usize::from(parts(area, model.pictures.matrix.columns()).rows.height)
}

fn standing(model: &Model) -> Option<Parts> {
    Some(parts(model.arranged().area(PanelId::Matrix)?, model.pictures.matrix.columns()))
}

fn go_to(model: &mut Model, column: usize) {
    let Some(snapshot) = &model.snapshot else { return };
    let state = &mut model.pictures.matrix;
    state.column = column;
    if let Some(key) = state.key(snapshot) {
        state.cursors[state.across as usize] = Some(key);
    }
    model.detail.offset = 0;
}

/// The column in which the selected row is worst.
fn worst(model: &Model) -> Option<usize> {
    let Some(RowKey::Agency(id)) = &model.list(PanelId::Matrix).selected else { return None };
    let agency = model.snapshot.as_ref()?.outline.agency(id.as_str())?;
    let (matrix, _) = model.pictures.matrix.made.as_ref()?;
    let cells = (0..matrix.columns.len()).filter_map(|column| Some((matrix.cell(agency, column)?.worst, column)));
    cells.min().map(|(_, column)| column)
}
