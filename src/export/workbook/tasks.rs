//! The tasks, in the plan's order.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, column, ours},
    style::Style,
};
use crate::{
    domain::item::Subject,
    export::{HandOver, standing},
};

pub(super) const COLUMNS: &[Column] = &[
    column("export-column-id", 8),
    column("export-column-task", 42),
    column("export-column-lead", 18),
    column("export-column-coordinating", 20),
    column("export-column-programme", 26),
    column("export-column-start", 11),
    column("export-column-due", 11),
    column("export-column-extended", 11),
    column("export-column-progress", 9),
    column("export-column-status", 20),
    column("export-column-done-on", 11),
    column("export-column-document", 16),
    ours("export-column-late", 8),
    column("export-column-note", 16),
];

/// The column of statuses, and that of lateness.
pub(super) const STATUS: (u16, u16) = (9, 12);

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-tasks", COLUMNS, over, style)?;
    let outline = &over.snapshot.outline;
    let tag = over.words.language.tag;
    for item in &over.items {
        let Subject::Task(index) = item.subject else { continue };
        let Some(task) = outline.plan.tasks.get(index as usize) else { continue };
        let programme = item.programme.and_then(|index| outline.plan.programmes.get(index as usize));
        let text = |text: &str| if text.is_empty() { Cell::Nothing } else { Cell::Text(text.to_owned()) };
        paper.row(vec![
            Cell::Id(task.id.to_string()),
            text(task.title.get(tag)),
            text(&standing::named(over, &task.lead)),
            text(&standing::several(over, &task.coordinating)),
            text(
                programme
                    .map(|one| if one.title.is_empty() { one.id.as_str() } else { one.title.get(tag) })
                    .unwrap_or_default(),
            ),
            task.start.into(),
            item.written_due.into(),
            item.state.extended_to.into(),
            Cell::Percent(f64::from(item.progress()) / 100.0),
            Cell::Text(standing::status(over, item)),
            item.state.handed_in.into(),
            text(item.state.document.as_deref().unwrap_or_default()),
            standing::late(over, item).into(),
            Cell::Nothing,
        ])?;
    }
    paper.coloured(over.words, STATUS.0, Some(STATUS.1))?;
    paper.end()
}
