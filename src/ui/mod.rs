//! How it looks: [`draw`] shows the model on a buffer. Reads the model, changes nothing, fails at no size.
//!
//! A panel is drawn by what its description says of it (`table.rs`, `detail.rs`); colours go by role (`theme.rs`), signs come
//! from one set (`glyphs.rs`), words by id. Text is written through `pen.rs` only, which keeps it within its place.

mod arrived;
mod ascii;
mod asking;
pub mod bars;
mod campaign;
mod card;
pub mod cell;
mod changes;
mod choice;
pub mod colour;
mod count;
pub mod depth;
pub mod detail;
pub mod dialog;
mod entry;
pub mod footer;
pub mod form;
mod found;
pub mod frame;
mod freshness;
pub mod glyphs;
pub mod header;
pub mod keycap;
mod line_input;
pub mod linear;
mod looks;
pub mod mail;
mod matrix;
mod offices;
pub mod palette;
pub mod paragraph;
pub mod pen;
mod plan;
mod scope;
pub mod sheet;
pub mod status;
pub mod svg;
pub mod table;
pub mod theme;
mod timeline;
pub mod too_small;
mod trend;
mod turned;
mod typed_day;
mod wall;
pub mod wording;

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Position};

use crate::{
    app::{
        action::Action,
        keys::Bindings,
        marks,
        model::{History, Model, Scope},
    },
    panels::{
        Body, PanelId, Row, Table,
        cell::Word,
        detail::Line,
        scene::Scene,
        view::{Area, Arranged, arrange},
    },
    words::Words,
};
use cell::Saying;
use glyphs::Glyphs;
use palette::Palette;
use pen::Piece;
use table::{Nothing, TableView};
use theme::Role;

pub use looks::Looks;

/// What the screen is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Colours by role.
    pub palette: &'a Palette,
    /// Words by id.
    pub words: &'a Words,
    /// Signs.
    pub glyphs: &'a Glyphs,
    /// Keys, to be named beside what they do.
    pub bindings: &'a Bindings,
    /// Is another day shown than today?
    pub past_day: bool,
}

impl<'a> Look<'a> {
    /// A border's role.
    pub fn border(&self, focused: bool) -> Role {
        match (focused, self.past_day) {
            (true, false) => Role::BorderFocused,
            (true, true) => Role::BorderPastDayFocused,
            (false, false) => Role::Border,
            (false, true) => Role::BorderPastDay,
        }
    }

    /// What saying a cell of `scene` takes.
    pub fn saying(&self, scene: &Scene<'_>) -> Saying<'a> {
        let year = scene.snapshot.outline.plan.year;
        Saying { words: self.words, glyphs: self.glyphs, year, today: Some(scene.today.date) }
    }
}

/// What a click at `x`, `y` asks for where only the drawing knows what stands there: a view's tab.
pub fn action_at(model: &Model, look: &Look<'_>, x: u16, y: u16) -> Option<Action> {
    let header = model.arranged().header;
    let on_tabs = header.height > 1 && y == header.y + 1;
    on_tabs.then(|| header::tab_at(x, model, look)).flatten().map(Action::show)
}

/// What drawing found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The cursor's place where something is typed.
    pub cursor: Option<Position>,
    /// The furthest line the detail can be scrolled to, where it is on the screen.
    pub detail_end: Option<usize>,
}

/// Draws everything on the whole of `buffer`, whatever size it has.
pub fn draw(model: &Model, look: &Look<'_>, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    let screen = Area { x: area.x, y: area.y, width: area.width, height: area.height };
    buffer.set_style(area, look.palette.style(Role::Text));
    let arranged = arrange(model.view, model.focused(), model.zoomed, screen.width, screen.height);
    let drawn = if arranged.panels.is_empty() {
        too_small::draw(buffer, screen, look);
        Drawn::default()
    } else {
        draw_arranged(buffer, screen, &arranged, model, look)
    };
    if look.glyphs.is_ascii() {
        ascii::spell(buffer);
    }
    drawn
}

fn draw_arranged(buffer: &mut Buffer, screen: Area, arranged: &Arranged, model: &Model, look: &Look<'_>) -> Drawn {
    header::draw(buffer, arranged.header, model, look);
    let figures = model.wall.as_ref().is_some_and(|wall| wall.shows_figures());
    if let Some(tabs) = arranged.panel_tabs.filter(|_| !figures) {
        header::panel_tabs(buffer, tabs, model, look);
    }
    let mut detail_end = None;
    if figures {
        let top = arranged.header.height;
        let height = screen.height.saturating_sub(top + arranged.footer.height);
        wall::draw(buffer, Area { y: screen.y + top, height, ..screen }, model, look);
    }
    for (panel, area) in arranged.panels.iter().filter(|_| !figures) {
        detail_end = draw_panel(buffer, *area, *panel, model, look).or(detail_end);
    }
    let typed = footer::draw(buffer, arranged.footer, model, look);
    let cursor = match (&model.dialog, &model.sheet, &model.form) {
        (Some(dialog), ..) => dialog::draw(buffer, screen, dialog, model, look),
        (None, Some(sheet), _) => sheet::draw(buffer, screen, sheet, model, look),
        (None, None, Some(form)) => form::draw(buffer, screen, form, model, look),
        (None, None, None) => typed.filter(|_| !model.is_asking()),
    };
    if model.dialog.is_none() {
        mail::draw(buffer, screen, model, look);
    }
    Drawn { cursor, detail_end }
}

/// A panel's name on its border and in the line above it.
fn panel_name<'a>(panel: PanelId, model: &Model, look: &'a Look<'_>) -> Cow<'a, str> {
    let Word(name) = if panel == PanelId::Matrix { matrix::name(model) } else { panel.panel().title };
    look.words.get(name)
}

/// Draws one panel; gives where the detail ends if it is that.
fn draw_panel(buffer: &mut Buffer, area: Area, panel: PanelId, model: &Model, look: &Look<'_>) -> Option<usize> {
    let focused = panel == model.focused() && !model.is_asking();
    let mut title = vec![Piece::new(Role::Text, panel_name(panel, model, look))];
    // Where one panel is shown at a time, the line above names it.
    if model.arranged().panel_tabs.is_some() {
        title.clear();
    }
    let scale = (panel == PanelId::Timeline).then(|| timeline::scale(model, look));
    let order = match &panel.panel().body {
        Body::Table(table) => {
            model.scene().and_then(|scene| table::unseen_order(&scene, table, model.list(panel), area, look))
        }
        Body::Timeline(_) | Body::Matrix(_) | Body::Chart(_) | Body::Detail => None,
    };
    for piece in scale.into_iter().chain(order) {
        if !title.is_empty() {
            title.push(Piece::new(Role::Dim, format!(" {} ", look.glyphs.dot)));
        }
        title.push(piece);
    }
    let filter = Some(model.filter().text()).filter(|text| !text.is_empty());
    if let Some(filter) = filter.filter(|_| matches!(panel.panel().body, Body::Chart(_))) {
        title.push(Piece::new(Role::Accent, format!(" {} {filter}", look.glyphs.prompt)));
    }
    if let Some(scope) = scope::name(model, look).filter(|_| panel == model.leading()) {
        let before = if title.is_empty() { "" } else { " " };
        title.push(Piece::new(Role::Dim, format!("{before}{} ", look.glyphs.prompt)));
        title.push(Piece::new(Role::Text, scope));
    }
    frame::draw(buffer, area, focused, &title, &count::of(panel, frame::count_room(area, &title), model, look), look);
    match &panel.panel().body {
        Body::Table(table) => draw_table(buffer, area, panel, table, model, look),
        Body::Timeline(table) => timeline::draw(buffer, area, panel, table, model, look),
        Body::Matrix(table) => matrix::draw(buffer, area, panel, table, model, look),
        Body::Chart(chart) => trend::draw(buffer, area, *chart, model, look),
        Body::Detail => return draw_detail(buffer, area, focused, model, look),
    }
    None
}

fn draw_table(buffer: &mut Buffer, area: Area, panel: PanelId, table: &'static Table, model: &Model, look: &Look<'_>) {
    let list = model.list(panel);
    let Some(scene) = model.scene() else {
        match (model.feed.loading, &model.feed.failure) {
            (Some(loading), _) => table::draw_loading(buffer, area, loading, look),
            (None, Some(failure)) => {
                // Why is said once, and stays: the notice at the bottom goes with the next key.
                let why = (panel == model.leading()).then(|| look.words.say(failure.why()));
                table::draw_failed(buffer, area, why, look);
            }
            (None, None) => table::draw_nothing(buffer, area, Nothing::Loading, look),
        }
        return;
    };
    let focused = panel == model.focused();
    let selection = match (focused, panel == model.leading()) {
        (true, _) => Some(Role::Selection),
        (false, true) => Some(Role::SelectionIdle),
        (false, false) => None,
    };
    let range = focused.then(|| marks::range_places(model, panel)).flatten();
    let view = TableView { scene, table, list, marks: &model.marks, range, selection };
    // The matrix is no table while it has rows, and its columns' long names would stand over nothing while it has none.
    if panel != PanelId::Matrix {
        table::draw(buffer, area, &view, look);
    }
    if list.rows.is_empty() {
        let in_campaign = panel == PanelId::Tasks && matches!(model.scope(), Some(Scope::Campaign(_)));
        let no_journal = panel == PanelId::Journal && model.settings.no_journal;
        let Word(empty) = match (no_journal, in_campaign) {
            (true, _) => Word("empty-no-journal"),
            (false, true) => Word("empty-campaign"),
            (false, false) => table.empty,
        };
        let journal = (panel == PanelId::Journal).then_some(&model.journal);
        let nothing = if journal.is_some_and(|journal| journal.is_asked()) {
            Nothing::Loading
        } else if journal.is_some_and(|journal| journal.has_failed()) {
            Nothing::Failed
        } else if list.total() == 0 {
            Nothing::Empty(empty)
        } else {
            Nothing::Filtered(list.total())
        };
        table::draw_nothing(buffer, area, nothing, look);
    }
    let rows = crate::panels::view::table_rows(area);
    frame::thumb(buffer, area, rows, (list.offset, list.rows.len()), focused, look);
}

fn draw_detail(buffer: &mut Buffer, area: Area, focused: bool, model: &Model, look: &Look<'_>) -> Option<usize> {
    let scene = model.scene()?;
    let row = model.detail.row.as_ref().and_then(|key| key.row(&scene));
    let Some(row) = row else {
        table::draw_nothing(buffer, area, Nothing::Empty("empty-detail"), look);
        return None;
    };
    let mut lines = match row {
        Row::Agency(agency) if model.leading() == PanelId::Matrix => {
            crate::panels::matrix::lines(&scene, agency, !model.filter().query.is_empty())
        }
        Row::Agency(_) | Row::Item(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => {
            crate::panels::detail::lines(&scene, row)
        }
    };
    match model.detail.history {
        History::Loading => lines.push(Line::Instead(Word("history-loading"))),
        History::Failed(_) => lines.push(Line::Instead(Word("history-failed"))),
        History::None | History::Loaded(_) => {}
    }
    let saying = look.saying(&scene);
    Some(detail::draw(buffer, area, &lines, (model.detail.offset, focused), (saying, scene.today), look))
}
