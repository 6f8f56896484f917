//! Draws a table panel: headings, the rows that are seen and no other, the selection, marks, and what is said where there
//! are none.

use std::{borrow::Cow, collections::BTreeSet};

use ratatui::{buffer::Buffer, style::Style};

use super::{
    Look, bars, cell,
    cell::Saying,
    freshness::loading_text,
    pen::{Piece, blank, put, put_pieces, put_sign, width},
    status,
    theme::Role,
};
use crate::{
    app::lists::{List, Sort},
    domain::{campaign::Phase, heard::Loading, item::Index, status::Base},
    panels::{
        Group, Row, RowKey, Table,
        cell::Cell,
        column::{Align, Fitted, fit},
        journal,
        order::item,
        scene::Scene,
        view::{Area, GUTTER, table_headings, table_rows},
    },
};

/// A table and what the model knows of it.
#[derive(Debug)]
pub struct TableView<'a> {
    /// What is true.
    pub scene: Scene<'a>,
    /// Its description.
    pub table: &'static Table,
    /// Its rows, order, selection, scroll.
    pub list: &'a List,
    /// Marked rows.
    pub marks: &'a BTreeSet<RowKey>,
    /// The places of the range being marked, first and last.
    pub range: Option<(usize, usize)>,
    /// How the selected row is shown; none where it is not.
    pub selection: Option<Role>,
}

/// Draws the headings and rows into the panel at `area`.
pub fn draw(buffer: &mut Buffer, area: Area, view: &TableView<'_>, look: &Look<'_>) {
    let (headings, rows) = (table_headings(area), table_rows(area));
    let seen = view.list.seen(rows.height);
    let fitted = fit(view.table.columns, headings.width, &view.scene, seen);
    draw_headings(buffer, headings, &fitted, view, look);
    let saying = look.saying(&view.scene);
    let mut said = Vec::new();
    for (y, (place, row)) in (rows.y..).zip((view.list.offset..).zip(seen)) {
        let line = Area { y, height: 1, ..rows };
        if let Row::Heading(group, of) = row {
            draw_group(buffer, line, &view.scene, *group, *of, look);
            continue;
        }
        let selection = view.selection.filter(|_| place == view.list.position);
        if let Some(selection) = selection {
            blank(buffer, line, look.palette.selected(Role::Text, selection));
        }
        let style = |role| match selection {
            Some(selection) => look.palette.selected(role, selection),
            None => look.palette.style(role),
        };
        let in_range = view.range.is_some_and(|(first, last)| (first..=last).contains(&place));
        draw_gutter(buffer, line, view, (*row, in_range), selection.is_some(), look, style);
        let quiet = is_quiet(&view.scene, *row);
        let columns = Area { x: headings.x, width: headings.width, ..line };
        draw_row(buffer, columns, &fitted, view, *row, (saying, &mut said), look, |role| style(calm(role, quiet)));
    }
}

fn draw_headings(buffer: &mut Buffer, area: Area, fitted: &[Fitted], view: &TableView<'_>, look: &Look<'_>) {
    if area.height == 0 {
        return;
    }
    for place in fitted {
        let column = &view.table.columns[place.column];
        let sorted = view.list.sort.filter(|sort| sort.column == place.column);
        let arrow = |sort: Sort| look.glyphs.sorted[usize::from(!sort.reversed)];
        let heading = look.words.get(column.heading.0);
        // What stands before a heading's word, so that it stands over words behind signs, is no part of it.
        let before = u16::try_from(heading.len() - heading.trim_start().len()).unwrap_or(0).min(place.width);
        let wide = place.width - before;
        let mut pieces = vec![Piece::new(Role::Heading, heading.trim_start())];
        let style = |role| look.palette.style(role);
        let room = wide.saturating_sub(u16::from(sorted.is_some()));
        let at = (area.x + place.x + before, area.y);
        match (sorted, column.align) {
            (None, align) => {
                put_pieces(buffer, at, (wide, align), &pieces, look.glyphs.ellipsis, style);
            }
            (Some(sort), Align::Right) => {
                put_pieces(buffer, at, (room, Align::Right), &pieces, look.glyphs.ellipsis, style);
                put(buffer, at.0 + room, at.1, 1, arrow(sort), style(Role::Accent));
            }
            (Some(sort), Align::Left) => {
                let text = std::mem::take(&mut pieces[0].text);
                pieces[0].text = super::pen::truncated(&text, room, look.glyphs.ellipsis).into_owned().into();
                pieces.push(Piece::new(Role::Accent, arrow(sort)));
                put_pieces(buffer, at, (wide, Align::Left), &pieces, look.glyphs.ellipsis, style);
            }
        }
    }
}

/// By what it is sorted, where there is no room for that column, whose heading would say so.
pub(super) fn unseen_order(
    scene: &Scene<'_>,
    table: &Table,
    list: &List,
    area: Area,
    look: &Look<'_>,
) -> Option<Piece<'static>> {
    let sort = list.sort?;
    let fitted = fit(table.columns, table_headings(area).width, scene, list.seen(table_rows(area).height));
    let seen = fitted.iter().any(|fitted| fitted.column == sort.column);
    let column = table.columns.get(sort.column).filter(|_| !seen)?;
    let name = look.words.get(column.heading.0).into_owned();
    let said = look.words.with("sorted-unseen", &[("column", name.into())]);
    let arrow = look.glyphs.sorted[usize::from(!sort.reversed)];
    Some(Piece::new(Role::Dim, format!("{said} {arrow}")))
}

/// The sign of a marked row, else of one that is different from before, else the bar of the selected one.
fn draw_gutter(
    buffer: &mut Buffer,
    line: Area,
    view: &TableView<'_>,
    (row, in_range): (Row, bool),
    selected: bool,
    look: &Look<'_>,
    style: impl Fn(Role) -> Style,
) {
    if line.width < GUTTER {
        return;
    }
    let marked = !view.marks.is_empty() && row.key(&view.scene).is_some_and(|key| view.marks.contains(&key));
    if marked {
        put_sign(buffer, line.x, line.y, look.glyphs.marked, style(Role::Mark));
    } else if in_range {
        put_sign(buffer, line.x, line.y, look.glyphs.chosen[0], style(Role::Mark));
    } else if view.scene.is_changed(row) {
        put_sign(buffer, line.x, line.y, look.glyphs.changed, style(Role::Changed));
    } else if selected {
        put_sign(buffer, line.x, line.y, look.glyphs.selected, style(Role::Accent));
    }
}

#[allow(clippy::too_many_arguments, reason = "one call, and a type for it would say no more")]
fn draw_row<'a>(
    buffer: &mut Buffer,
    area: Area,
    fitted: &[Fitted],
    view: &TableView<'a>,
    row: Row,
    (saying, said): (Saying<'a>, &mut Vec<Piece<'a>>),
    look: &Look<'a>,
    style: impl Fn(Role) -> Style,
) {
    for place in fitted {
        let column = &view.table.columns[place.column];
        let at = (area.x + place.x, area.y);
        let content = (column.cell)(&view.scene, row);
        if let Cell::Bar(figures) = content {
            // One item alone is a sign: cells of one colour below each other would join into a pillar.
            match bars::only(figures) {
                Some(cell) => put_sign(
                    buffer,
                    at.0,
                    at.1,
                    status::sign(look.glyphs, Base::InProgress, Some(cell)),
                    style(status::role(Base::InProgress, Some(cell))),
                ),
                None => {
                    let length = bars::length(figures, view.scene.summary.most_tasks, place.width);
                    bars::draw(buffer, at, length, figures, look);
                }
            }
            continue;
        }
        said.clear();
        cell::pieces(&content, saying, said);
        put_pieces(buffer, at, (place.width, column.align), said, look.glyphs.ellipsis, &style);
    }
}

/// The head of a group: its name and a line to the end.
fn draw_group(buffer: &mut Buffer, line: Area, scene: &Scene<'_>, group: Group, of: Option<Index>, look: &Look<'_>) {
    let name = group_name(scene, group, of, look);
    let style = look.palette.style(Role::Title);
    let room = line.width.saturating_sub(2);
    let name = super::pen::truncated(&name, room, look.glyphs.ellipsis);
    put(buffer, line.x + 1, line.y, room, &name, style);
    let from = line.x + 2 + width(&name);
    for x in from..line.x + line.width.saturating_sub(1) {
        put_sign(buffer, x, line.y, look.glyphs.border.horizontal, look.palette.style(look.border(false)));
    }
}

fn group_name<'a>(scene: &Scene<'a>, group: Group, of: Option<Index>, look: &Look<'a>) -> Cow<'a, str> {
    let language = look.words.language.tag;
    let name = of.and_then(|index| match group {
        Group::Agency => scene.agency(index).map(|agency| agency.label(language)),
        Group::Programme => {
            let programmes = &scene.snapshot.outline.plan.programmes;
            programmes.get(index as usize).map(|programme| programme.title.get(language))
        }
    });
    name.map_or_else(|| look.words.get("group-other"), Cow::Borrowed)
}

/// Does a row need no eye? It is settled, or it has passed.
fn is_quiet(scene: &Scene<'_>, row: Row) -> bool {
    match row {
        Row::Item(_) => item(scene, row).is_some_and(|item| !item.state.base.is_open()),
        Row::Entry(_) => journal::told(scene, row).is_some_and(|told| told.reversed),
        Row::Campaign(index) => scene.snapshot.outline.plan.campaigns.get(index as usize).is_some_and(|campaign| {
            let is_late = scene.readiness.get(index as usize).is_some_and(|readiness| readiness.all.overdue() > 0);
            let calendar = &scene.snapshot.outline.calendar;
            !is_late && campaign.countdown(scene.today.date, calendar).phase == Phase::Past
        }),
        Row::Agency(_) | Row::Heading(..) => false,
    }
}

/// A role in a quiet row: dim, and not red for what was late.
fn calm(role: Role, quiet: bool) -> Role {
    if quiet && role == Role::Text {
        Role::Dim
    } else if quiet && role == Role::Late {
        Role::DoneLate
    } else {
        role
    }
}

/// Why a table shows no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// There is nothing to show.
    Empty(&'static str),
    /// The filter hides so many.
    Filtered(usize),
    /// The data are on their way.
    Loading,
    /// They could not be had; the footer and the header say why.
    Failed,
}

/// Says why there are no rows: quietly where that is well, with a sign where it is not.
pub fn draw_nothing(buffer: &mut Buffer, area: Area, nothing: Nothing, look: &Look<'_>) {
    let (sign, role, text) = match nothing {
        Nothing::Empty(word) => (None, Role::Dim, look.words.get(word)),
        Nothing::Filtered(hidden) => {
            let text = look.words.with("nothing-filtered", &[("count", hidden.into())]);
            (None, Role::Accent, text.into())
        }
        Nothing::Loading => (Some(look.glyphs.freshness[1]), Role::Dim, look.words.get("nothing-loading")),
        Nothing::Failed => return draw_failed(buffer, area, None, look),
    };
    say(buffer, area, &[(sign, role, text)], look);
}

/// Says that the data could not be loaded, and why.
pub fn draw_failed(buffer: &mut Buffer, area: Area, why: Option<String>, look: &Look<'_>) {
    let failed = (Some(look.glyphs.freshness[3]), Role::DueSoon, look.words.get("nothing-failed"));
    let why = why.map(|why| (None, Role::Text, why.into()));
    say(buffer, area, &[Some(failed), why].into_iter().flatten().collect::<Vec<_>>(), look);
}

/// Says how far the data have come that are on their way, and how to do without them.
pub fn draw_loading(buffer: &mut Buffer, area: Area, loading: Loading, look: &Look<'_>) {
    let text = look.words.with("nothing-loaded-yet", &[("so_far", loading_text(loading, look).into())]);
    say(buffer, area, &[(Some(look.glyphs.freshness[1]), Role::Dim, text.into())], look);
}

/// Something said in the middle, with its sign and colour.
type Paragraph<'a> = (Option<&'a str>, Role, Cow<'a, str>);

/// Says it in the middle, a little above.
fn say(buffer: &mut Buffer, area: Area, paragraphs: &[Paragraph<'_>], look: &Look<'_>) {
    let inside = table_rows(area);
    let room = inside.width.saturating_sub(2);
    let mut lines = Vec::new();
    for (sign, role, text) in paragraphs {
        let text = sign.map_or(text.clone(), |sign| format!("{sign} {text}").into());
        lines.extend(super::paragraph::wrapped(&text, room).into_iter().map(|line| (*role, line.to_owned())));
    }
    let seen = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inside.height);
    let top = inside.y + (inside.height - seen) / 3;
    for (y, (role, line)) in (top..top + seen).zip(lines) {
        let x = inside.x + 1 + room.saturating_sub(width(&line)) / 2;
        put(buffer, x, y, room, &line, look.palette.style(role));
    }
}
