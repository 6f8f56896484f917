//! Agencies, one a row.

use crate::domain::{
    agency::AgencyKind,
    id::AgencyId,
    text::{Text, fold_marks},
    title::Title,
};

use super::{
    bodies::agency,
    draft::{Draft, slug},
    mapping::Field,
    names::NAMES,
    rows::{self, Row},
    table::Table,
};

/// Reads the agencies of a table.
pub(super) fn read(draft: &mut Draft, table: &Table<'_>) {
    draft.unknown_columns(table);
    let rows = table.rows();
    let last = rows::last_item(table, &rows);
    for row in rows {
        let name = match rows::row(table, row, last) {
            Row::Item(name) => name,
            // A name alone is an agency all the same.
            Row::Section(name) if row <= last => name,
            Row::Section(_) | Row::Passed => continue,
            Row::Untitled => {
                draft.unread_field(table, row, Field::Title, "workbook-row-untitled");
                continue;
            }
        };
        listed(draft, table, row, &name);
    }
}

fn listed(draft: &mut Draft, table: &Table<'_>, row: u32, name: &Text) {
    let short = table.text(row, Field::Short);
    let own = table.text(row, Field::Id).filter(|id| !id.contains('/'));
    if own.is_none() && table.text(row, Field::Id).is_some() {
        draft.unread_field(table, row, Field::Id, "workbook-id-slash");
    }
    let id = own.map_or_else(|| slug(short.as_ref().unwrap_or(name)), |own| own.to_string());
    let mut body = agency(AgencyId::from(id.as_str()), short.as_ref().unwrap_or(name), name);
    if let Some(kind) = table.text(row, Field::Kind) {
        body.kind = kind_of(&kind);
    }
    body.name = Title::Plain(name.clone());
    body.email = table.text(row, Field::Email);
    body.phone = table.text(row, Field::Phone);
    if draft.bodies.list(body).is_none() {
        draft.unread_field(table, row, Field::Title, "workbook-agency-twice");
    }
    draft.line(table, row, &format!("agency:{id}"));
}

/// A kind by its word in files, else by what agencies of it are called, else as it is.
fn kind_of(text: &Text) -> AgencyKind {
    let word = AgencyKind::from(Text::from(fold_marks(text).replace(' ', "-")));
    match (&word, NAMES.kind(text)) {
        (AgencyKind::Other(_), Some(kind)) => AgencyKind::from(Text::new(kind)),
        (AgencyKind::Other(_), None) => AgencyKind::Other(text.clone()),
        (
            AgencyKind::Owner
            | AgencyKind::Committee
            | AgencyKind::Department
            | AgencyKind::Vertical
            | AgencyKind::Service
            | AgencyKind::Party
            | AgencyKind::MassOrganisation
            | AgencyKind::District,
            _,
        ) => word,
    }
}
