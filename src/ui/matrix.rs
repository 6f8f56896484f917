//! The matrix, drawn: names at the left, totals at the right, headings above and feet below stay where they are; of the cells
//! between them those that are seen and no other. What the signs mean stands below them, the whole name of the column under
//! the cursor on the border.

mod heading;

use ratatui::{buffer::Buffer, style::Style};

use super::{
    Look,
    cell::pieces,
    draw_table, frame,
    pen::{Piece, blank, put_pieces, put_sign, width_of},
    status,
    theme::Role,
};
use crate::{
    app::{lists::List, model::Model},
    domain::{
        item::{Index, Kind},
        matrix::{Across, Rank},
        summary::Figures,
    },
    panels::{
        PanelId, Row, RowKey, Table,
        cell::{Cell, Word},
        column::Align,
        grid::{Parts, parts},
        matrix::{Grid, Measure},
        scene::Scene,
        view::{Area, GUTTER},
    },
};

/// What the cursor's row is told by.
const BAND: Role = Role::SelectionIdle;

/// What drawing its parts takes.
struct Drawing<'a> {
    scene: Scene<'a>,
    grid: Grid<'a>,
    model: &'a Model,
    look: &'a Look<'a>,
    list: &'a List,
    parts: Parts,
    /// Has the panel the focus?
    focused: bool,
}

/// The panel's name: by what agencies are set against.
pub(super) fn name(model: &Model) -> Word {
    match model.pictures.matrix.across {
        Across::Periods => Word("matrix-periods"),
        Across::Programmes => Word("matrix-programmes"),
    }
}

/// Draws it within its frame.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Area,
    panel: PanelId,
    table: &'static Table,
    model: &Model,
    look: &Look<'_>,
) {
    let list = model.list(panel);
    let scene = model.scene().filter(|_| !list.rows.is_empty());
    let Some((scene, grid)) = scene.and_then(|scene| Some((scene, scene.matrix?))) else {
        // Why there is nothing is said as in any table.
        draw_table(buffer, area, panel, table, model, look);
        return;
    };
    let parts = parts(area, grid.matrix.columns.len());
    let focused = panel == model.focused();
    let drawing = Drawing { scene, grid, model, look, list, parts, focused };
    heading::draw(buffer, &drawing);
    drawing.rows(buffer);
    drawing.feet(buffer);
    drawing.legend(buffer);
    heading::on_border(buffer, area, &drawing);
    frame::thumb(buffer, area, drawing.parts.rows, (list.offset, list.rows.len()), focused, look);
}

impl<'a> Drawing<'a> {
    /// The columns on the screen: their places in the matrix, and where they begin.
    fn columns(&self) -> impl Iterator<Item = (usize, u16)> + use<'_, 'a> {
        let seen = (self.grid.offset..self.grid.matrix.columns.len()).take(self.parts.seen);
        seen.enumerate().map(|(place, column)| (column, self.parts.column_at(place)))
    }

    fn rows(&self, buffer: &mut Buffer) {
        let rows = self.parts.rows;
        let seen = self.list.rows.iter().enumerate().skip(self.list.offset).take(usize::from(rows.height));
        for (y, (place, row)) in (rows.y..).zip(seen) {
            let Row::Agency(agency) = *row else { continue };
            let line = Area { y, height: 1, ..rows };
            let here = place == self.list.position;
            if here {
                blank(buffer, line, self.look.palette.selected(Role::Text, BAND));
            }
            let style =
                |role| if here { self.look.palette.selected(role, BAND) } else { self.look.palette.style(role) };
            self.name(buffer, line, agency, here, style);
            for (column, x) in self.columns() {
                let under_cursor = here && column == self.grid.column;
                self.cell(buffer, (x, y), (agency, column), under_cursor, style);
            }
            if let Some(row) = self.grid.matrix.row(agency) {
                self.totals(buffer, y, &row.figures, &Measure::ALL, style);
            }
        }
    }

    fn name(&self, buffer: &mut Buffer, line: Area, agency: Index, here: bool, style: impl Fn(Role) -> Style) {
        let look = self.look;
        if here && line.width > GUTTER {
            put_sign(buffer, line.x, line.y, look.glyphs.selected, style(Role::Accent));
        }
        let name = self.scene.agency(agency).map_or("", |agency| agency.label(look.words.language.tag));
        let role = if here { Role::Title } else { Role::Text };
        let (x, room) = self.parts.names;
        put_pieces(buffer, (x, line.y), (room, Align::Left), &[Piece::new(role, name)], look.glyphs.ellipsis, style);
    }

    /// The sign of the worst, and how many there are where there is more than one.
    fn cell(
        &self,
        buffer: &mut Buffer,
        (x, y): (u16, u16),
        (agency, column): (Index, usize),
        under_cursor: bool,
        style: impl Fn(Role) -> Style,
    ) {
        let look = self.look;
        let selection = if self.focused { Role::Selection } else { Role::SelectionIdle };
        let style = |role| if under_cursor { look.palette.selected(role, selection) } else { style(role) };
        if under_cursor {
            let area = Area { x, y, width: self.parts.column, height: 1 };
            blank(buffer, area, style(Role::Text));
            put_sign(buffer, x, y, look.glyphs.selected, style(Role::Accent));
        }
        let Some(cell) = self.grid.matrix.cell(agency, column) else { return };
        let marked = |place: &Index| {
            let item = self.scene.item(*place);
            item.is_some_and(|item| self.model.marks.contains(&RowKey::Item(item.id.clone())))
        };
        if !self.model.marks.is_empty() && cell.items.iter().any(marked) {
            put_sign(buffer, x, y, look.glyphs.marked, style(Role::Mark));
        }
        let (sign, role, _) = told(self.grid.matrix.across.kind(), cell.worst, look);
        put_sign(buffer, x + 1, y, sign, style(role));
        if cell.items.len() > 1 {
            // Not all of them stand as the worst does.
            let count = [Piece::new(Role::Dim, cell.items.len().to_string())];
            let room = self.parts.column.saturating_sub(2);
            if width_of(&count) <= room {
                put_pieces(buffer, (x + 2, y), (room, Align::Left), &count, "", style);
            }
        }
    }

    /// Those of `measures` that have a place among the totals.
    fn totals(
        &self,
        buffer: &mut Buffer,
        y: u16,
        figures: &Figures,
        measures: &[Measure],
        style: impl Fn(Role) -> Style,
    ) {
        for (place, measure) in self.parts.totals.iter().enumerate().filter(|(_, measure)| measures.contains(measure)) {
            let (x, width) = self.parts.total_at(place);
            let said = self.measured(*measure, figures, width);
            put_pieces(buffer, (x, y), (width, Align::Right), &said, self.look.glyphs.ellipsis, &style);
        }
    }

    fn measured(&self, measure: Measure, figures: &Figures, room: u16) -> Vec<Piece<'a>> {
        let cell = measure.of(figures);
        let mut said = Vec::new();
        pieces(&cell, self.look.saying(&self.scene), &mut said);
        if let (Cell::Count(count) | Cell::LateCount(count), true) = (&cell, width_of(&said) > room) {
            said.iter_mut().for_each(|piece| piece.text = self.look.words.number_within((*count).into(), room).into());
        }
        // What was late is told as in the cells.
        if measure == Measure::Late && !matches!(cell, Cell::Count(0)) {
            said.iter_mut().for_each(|piece| piece.role = Role::DoneLate);
        }
        said
    }

    /// A line for each thing counted; the last one is of all there is, at its end all totals.
    fn feet(&self, buffer: &mut Buffer) {
        let style = |role| self.look.palette.style(role);
        for (y, measure) in (self.parts.foot.y..).zip(self.parts.feet) {
            let whole = *measure == Measure::Owed;
            let word = match measure {
                Measure::Owed => "matrix-total",
                Measure::Overdue => "cell-overdue",
                Measure::OnTime | Measure::Late | Measure::Rate => measure_word(*measure, self.grid.matrix.across),
            };
            let name = [Piece::new(Role::Heading, self.look.words.get(word))];
            let (x, room) = self.parts.names;
            put_pieces(buffer, (x, y), (room, Align::Left), &name, self.look.glyphs.ellipsis, style);
            for (column, x) in self.columns() {
                let Some(figures) = self.grid.matrix.feet.get(column) else { continue };
                let room = self.parts.column.saturating_sub(1);
                let mut said = self.measured(*measure, figures, room);
                // What is late is what the eye is for.
                if whole || *measure == Measure::Rate {
                    said.iter_mut().for_each(|piece| piece.role = Role::Dim);
                }
                put_pieces(buffer, (x + 1, y), (room, Align::Left), &said, self.look.glyphs.ellipsis, style);
            }
            let measures = if whole { &Measure::ALL[..] } else { std::slice::from_ref(measure) };
            if whole || self.parts.feet.len() == 1 {
                self.totals(buffer, y, &self.grid.matrix.total, measures, style);
            }
        }
    }

    /// What the signs mean: those that occur, as many as there is room for.
    fn legend(&self, buffer: &mut Buffer) {
        let (look, area) = (self.look, self.parts.legend);
        if area.height == 0 {
            return;
        }
        let kind = self.grid.matrix.across.kind();
        let end = area.x + area.width;
        let mut x = area.x + GUTTER;
        for rank in Rank::ALL.into_iter().filter(|rank| self.grid.matrix.has(*rank)) {
            let (sign, role, word) = told(kind, rank, look);
            let pieces = [Piece::new(role, sign), Piece::new(Role::Dim, format!(" {}", look.words.get(word)))];
            let wide = width_of(&pieces);
            if x + wide > end {
                return;
            }
            x = put_pieces(buffer, (x, area.y), (wide, Align::Left), &pieces, "", |role| look.palette.style(role)) + 3;
        }
    }
}

/// The sign, the colour and the word of a rank.
fn told(kind: Kind, rank: Rank, look: &Look<'_>) -> (&'static str, Role, &'static str) {
    let (base, cell) = status::of_rank(kind, rank);
    (status::sign(look.glyphs, base, cell), status::role(base, cell), status::word(kind, base, cell))
}

/// What a measure is called.
fn measure_word(measure: Measure, across: Across) -> &'static str {
    match (measure, across) {
        (Measure::Owed, Across::Periods) => "matrix-owed",
        (Measure::Owed, Across::Programmes) => "matrix-assigned",
        (Measure::OnTime, _) => "matrix-on-time",
        (Measure::Late, Across::Periods) => "matrix-late",
        (Measure::Late, Across::Programmes) => "matrix-done-late",
        (Measure::Overdue, _) => "matrix-overdue",
        (Measure::Rate, _) => "matrix-rate",
    }
}
