//! The agencies of the plan.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, column},
    style::Style,
};
use crate::export::HandOver;

pub(super) const COLUMNS: &[Column] = &[
    column("export-column-id", 10),
    column("export-column-agency-name", 46),
    column("export-column-short", 20),
    column("export-column-kind", 18),
    column("export-column-email", 30),
    column("export-column-phone", 16),
];

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-agencies", COLUMNS, over, style)?;
    let tag = over.words.language.tag;
    for agency in &over.snapshot.outline.plan.agencies {
        let text = |text: &str| if text.is_empty() { Cell::Nothing } else { Cell::Text(text.to_owned()) };
        let name = agency.name.get(tag);
        paper.row(vec![
            Cell::Id(agency.id.to_string()),
            text(if name.is_empty() { agency.label(tag) } else { name }),
            text(agency.short.get(tag)),
            text(agency.kind.as_str()),
            text(agency.email.as_deref().unwrap_or_default()),
            text(agency.phone.as_deref().unwrap_or_default()),
        ])?;
    }
    paper.end()
}
