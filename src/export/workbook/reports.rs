//! The reports, those that are late first.

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
    column("export-column-id", 20),
    column("export-column-report", 34),
    column("export-column-agency", 20),
    column("export-column-period", 22),
    column("export-column-report-due", 11),
    column("export-column-extended", 11),
    column("export-column-status", 22),
    column("export-column-received", 11),
    column("export-column-document", 16),
    ours("export-column-late", 8),
    ours("export-column-reminders", 9),
    column("export-column-note", 26),
];

/// The column of statuses, and that of lateness.
pub(super) const STATUS: (u16, u16) = (6, 9);

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-reports", COLUMNS, over, style)?;
    let outline = &over.snapshot.outline;
    let tag = over.words.language.tag;
    for item in standing::reports(over) {
        let Subject::Report { duty, period } = item.subject else { continue };
        let (Some(duty), Some(period)) = (outline.plan.duties.get(duty as usize), outline.periods.get(period as usize))
        else {
            continue;
        };
        let bare = item.id.as_str().strip_prefix("report:").unwrap_or(item.id.as_str());
        let document = item.state.document.as_deref().unwrap_or_default();
        let title = duty.title.get(tag);
        paper.row(vec![
            Cell::Id(bare.to_owned()),
            Cell::Text(if title.is_empty() { duty.id.to_string() } else { title.to_owned() }),
            Cell::Text(standing::agency(over, item.agency)),
            Cell::Text(standing::period(over, period)),
            item.written_due.into(),
            item.state.extended_to.into(),
            Cell::Text(standing::status(over, item)),
            item.state.handed_in.into(),
            if document.is_empty() { Cell::Nothing } else { Cell::Text(document.to_owned()) },
            standing::late(over, item).into(),
            if item.state.reminders == 0 { Cell::Nothing } else { Cell::Number(item.state.reminders.into()) },
            Cell::Nothing,
        ])?;
    }
    paper.coloured(over.words, STATUS.0, Some(STATUS.1))?;
    paper.end()
}
