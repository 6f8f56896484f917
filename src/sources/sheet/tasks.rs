//! Tasks, one a row.

use crate::domain::{
    id::{ItemId, TaskId},
    plan::Unknown,
    task::Task,
    text::Text,
    title::Title,
};

use super::{
    bodies::NOBODY,
    days::Due,
    draft::Draft,
    mapping::Field,
    rows::{self, Row},
    table::Table,
};

/// Reads the tasks of a table.
pub(super) fn read(draft: &mut Draft, table: &Table<'_>) {
    draft.unknown_columns(table);
    let rows = table.rows();
    let last = rows::last_item(table, &rows);
    let mut section = None;
    for row in rows {
        match rows::row(table, row, last) {
            Row::Item(title) => task(draft, table, row, &title, section.as_ref()),
            Row::Section(title) => section = Some(title),
            Row::Untitled => draft.unread_field(table, row, Field::Title, "workbook-row-untitled"),
            Row::Passed => {}
        }
    }
}

fn task(draft: &mut Draft, table: &Table<'_>, row: u32, title: &Text, section: Option<&Text>) {
    let agency = table.cell(row, Field::Agency).map(|value| value.shown());
    if agency.is_none() {
        draft.unread_field(table, row, Field::Agency, "workbook-no-agency");
    }
    let (lead, mut coordinating) = draft.bodies.lead(agency.as_deref().unwrap_or(NOBODY));
    if let Some(cell) = table.cell(row, Field::Coordinating) {
        let named = draft.bodies.several(&cell.shown());
        coordinating.extend(named.into_iter().filter(|id| *id != lead));
    }
    let words = [lead.as_str(), title.as_str()];
    let Some(id) = draft.id(table, row, "task", "N", &words) else { return };
    let due = draft.deadline(table, row);
    let programme = match (table.text(row, Field::Programme), section) {
        (Some(name), _) => Some(draft.programme(&name)),
        (None, Some(name)) if !table.has(Field::Programme) => Some(draft.programme(name)),
        (None, _) => None,
    };
    let id = TaskId::from(id.as_str());
    let told = draft.told(table, row);
    draft.keep(ItemId::task(&id), told);
    draft.line(table, row, &format!("task:{id}"));
    draft.tasks.push(Task {
        id,
        title: Title::Plain(title.clone()),
        lead,
        coordinating,
        programme,
        campaign: None,
        kind: table.text(row, Field::Kind),
        source: None,
        audience: Vec::new(),
        start: due.from,
        due: due.due,
        due_text: due.wording,
        roll: None,
        recurs: None,
        link: None,
        unknown: Unknown::new(),
    });
}

impl Draft {
    /// From when to when, by the columns that say so.
    pub(super) fn deadline(&mut self, table: &Table<'_>, row: u32) -> Due {
        let mut due = Due::default();
        for field in [Field::Due, Field::Span] {
            let Some(value) = table.cell(row, field) else { continue };
            match self.days.due(value) {
                // A deadline "tháng 6" does not say that it begins then.
                Some(read) if due.due.is_none() => {
                    let from = read.from.filter(|_| field == Field::Span);
                    due = Due { from, due: read.due, wording: read.wording.or(due.wording) };
                }
                Some(read) => due.from = due.from.or(read.from),
                None => {
                    due.wording = due.wording.or_else(|| Some(value.text()));
                    self.unread_field(table, row, field, "workbook-not-a-day");
                }
            }
        }
        if let Some(value) = table.cell(row, Field::From) {
            match self.days.due(value) {
                Some(read) => due.from = read.from.or(read.due),
                None => self.unread_field(table, row, Field::From, "workbook-not-a-day"),
            }
        }
        if due.from > due.due && due.due.is_some() {
            self.unread_field(
                table,
                row,
                if table.has(Field::Due) { Field::Due } else { Field::Span },
                "workbook-ends-before",
            );
            due.from = None;
        }
        due
    }
}
