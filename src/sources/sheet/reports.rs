//! Reports, one a row, or an agency a row and a period a column: each what one agency owes for one period. What duties they make
//! is in `duties.rs`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::{
    id::{AgencyId, ItemId, ProgrammeId},
    sentence::Sentence,
    text::Text,
};

use super::{
    days::{self, Due},
    draft::{Draft, slug},
    grid::Value,
    mapping::{Field, SheetMapping},
    names::{NAMES, key},
    reading::Told,
    rows::{self, Row},
    table::Table,
};

/// One report, as a sheet says it.
#[derive(Debug)]
pub(super) struct Owed {
    /// The duty's id, where the sheet says it.
    pub(super) duty: Option<Text>,
    /// The whole report's, where the sheet says that.
    pub(super) own: Option<ItemId>,
    pub(super) title: Text,
    pub(super) agency: AgencyId,
    pub(super) period: Text,
    /// The sheet says for which period it is; else it is for the year it is due in.
    pub(super) period_told: bool,
    pub(super) due: Due,
    pub(super) closing: Option<Date>,
    pub(super) recipients: Vec<AgencyId>,
    pub(super) programme: Option<ProgrammeId>,
    pub(super) told: Told,
    pub(super) row: u32,
}

/// Reads a table with a report a row.
pub(super) fn rows_of(draft: &mut Draft, table: &Table<'_>, name: &Text) -> Vec<Owed> {
    draft.unknown_columns(table);
    let rows = table.rows();
    let last = if table.has(Field::Title) { rows::last_item(table, &rows) } else { u32::MAX };
    let mut owed = Vec::new();
    for row in rows {
        let title = if table.has(Field::Title) {
            match rows::row(table, row, last) {
                Row::Item(title) => title,
                Row::Section(_) | Row::Passed => continue,
                Row::Untitled => {
                    draft.unread_field(table, row, Field::Title, "workbook-row-untitled");
                    continue;
                }
            }
        } else {
            name.clone()
        };
        owed.extend(one(draft, table, row, title));
    }
    owed
}

fn one(draft: &mut Draft, table: &Table<'_>, row: u32, title: Text) -> Option<Owed> {
    let own = table.text(row, Field::Id);
    // An id of the whole report says all three.
    let parts = own.as_ref().and_then(|own| {
        let (duty, rest) = own.strip_prefix("report:").unwrap_or(own).split_once('/')?;
        let (period, agency) = rest.rsplit_once('/')?;
        Some((Text::new(duty), Text::new(period), agency.to_owned()))
    });
    let Some(cell) = table.cell(row, Field::Agency).map(Value::text) else {
        draft.unread_field(table, row, Field::Agency, "workbook-no-agency");
        return None;
    };
    let rest = [Field::Period, Field::Due, Field::HandedIn, Field::Status];
    if NAMES.is_footer(&cell) && rest.iter().all(|field| table.cell(row, *field).is_none()) {
        return None;
    }
    let agency = match &parts {
        Some((_, _, id)) if draft.bodies.knows(id) => draft.bodies.named(id),
        Some(_) | None => draft.bodies.named(&cell),
    };
    let due = draft.deadline(table, row);
    let said = table.cell(row, Field::Period);
    let period_told = parts.is_some() || said.is_some();
    let period = match (&parts, said) {
        (Some((_, period, _)), _) => period.clone(),
        (None, Some(value)) => period_of(draft, &value.text()),
        (None, None) => Text::from(due.due.map_or(draft.days.year, Date::year).to_string()),
    };
    let closing = table.cell(row, Field::Closing).and_then(|value| draft.days.day(value));
    if closing.is_none() && table.cell(row, Field::Closing).is_some() {
        draft.unread_field(table, row, Field::Closing, "workbook-not-a-day");
    }
    let recipients =
        table.cell(row, Field::Recipient).map(|cell| draft.bodies.several(&cell.shown())).unwrap_or_default();
    let whole = parts.as_ref();
    let whole =
        whole.map(|(duty, period, agency)| ItemId::report(&duty.as_str().into(), period, &agency.as_str().into()));
    Some(Owed {
        own: whole,
        duty: parts.map(|(duty, _, _)| duty).or(own.filter(|own| !own.contains('/'))),
        title,
        agency,
        period,
        period_told,
        due,
        closing,
        recipients,
        programme: table.text(row, Field::Programme).map(|name| draft.programme(&name)),
        told: draft.told(table, row),
        row,
    })
}

/// A period's id by its name; a name that is none of the usual ones is made one.
fn period_of(draft: &Draft, name: &Text) -> Text {
    match days::period(&key(name), draft.days.year).or_else(|| days::period(name, draft.days.year)) {
        Some(period) => Text::from(period.to_string()),
        None => Text::from(slug(name)),
    }
}

/// Reads a grid of agencies and periods.
pub(super) fn grid(draft: &mut Draft, table: &Table<'_>, said: Option<&SheetMapping>, name: &Text) -> Vec<Owed> {
    draft.unknown_columns(table);
    let title = said.and_then(|said| said.report.clone()).unwrap_or_else(|| name.clone());
    let mut due: BTreeMap<u32, Due> = BTreeMap::new();
    for (column, label) in table.labels.iter().filter(|(column, _)| table.periods.contains_key(column)) {
        // `Quý I (trước 20/3)`
        let inner = label.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
        if let Some(read) = inner.and_then(|inner| draft.days.due(&Value::Text(inner.trim().into()))) {
            due.insert(*column, read);
        }
    }
    let mut owed = Vec::new();
    let mut met: BTreeMap<AgencyId, u32> = BTreeMap::new();
    for row in table.rows() {
        let Some(agency) = table.text(row, Field::Agency) else {
            if table.periods.keys().any(|column| table.sheet.get(row, *column).is_some()) {
                draft.unread_field(table, row, Field::Agency, "workbook-no-agency");
            }
            continue;
        };
        let folded = key(&agency);
        if NAMES.words.due_rows.contains(&folded) {
            due_row(draft, table, row, &mut due);
            continue;
        }
        let first = table.sheet.rows.get(&row).and_then(|cells| cells.first()).map(|cell| cell.value.text());
        // A line merged over all columns heads those below it.
        let merged =
            table.periods.keys().all(|column| table.sheet.get(row, *column).is_some_and(|cell| cell.text() == agency));
        if NAMES.is_footer(&agency) || first.is_some_and(|text| NAMES.is_footer(&text)) || merged {
            continue;
        }
        let id = draft.bodies.named(&agency);
        if let Some(first) = met.insert(id.clone(), row) {
            let why = Sentence::new("workbook-agency-row-twice").with("first", first);
            draft.unread(table, row, table.columns.get(&Field::Agency).copied(), why);
            continue;
        }
        for (column, above) in &table.periods {
            let told = cell(draft, table, row, *column);
            let label = table.sheet.get(table.heading, *column).map(Value::text).unwrap_or_default();
            owed.push(Owed {
                duty: None,
                own: None,
                title: above.as_ref().map_or_else(|| title.clone(), |above| Text::new(above)),
                agency: id.clone(),
                period: period_of(draft, &label),
                period_told: true,
                due: due.get(column).cloned().unwrap_or_default(),
                closing: None,
                recipients: Vec::new(),
                programme: None,
                told,
                row,
            });
        }
    }
    owed
}

/// What a cell of a grid tells.
fn cell(draft: &mut Draft, table: &Table<'_>, row: u32, column: u32) -> Told {
    let mut told = Told::default();
    if let Some(value) = table.sheet.get(row, column)
        && !draft.stands(value, &mut told)
    {
        draft.unread(table, row, Some(column), Sentence::new("workbook-not-an-answer"));
        told.unclear = true;
    }
    told
}

/// The row that says when periods are due.
fn due_row(draft: &mut Draft, table: &Table<'_>, row: u32, due: &mut BTreeMap<u32, Due>) {
    for column in table.periods.keys() {
        let Some(value) = table.sheet.get(row, *column) else { continue };
        match draft.days.due(value) {
            Some(read) => {
                due.insert(*column, read);
            }
            None => draft.unread(table, row, Some(*column), Sentence::new("workbook-not-a-day")),
        }
    }
}
