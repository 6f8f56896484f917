//! [`Table`]: where in a sheet its table begins, what its rows are and what its columns say; found out by the headings, or as
//! the mapping has it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::text::Text;

use super::{
    days,
    grid::{Sheet, Value, column_of, letters},
    heading::{Label, labels},
    mapping::{Field, SheetKind, SheetMapping},
    names::{NAMES, key},
};

/// Headings stand within the first so many rows that hold something.
const HEADINGS_WITHIN: usize = 60;

/// Kinds in the order in which they are meant where several are as likely.
const KINDS: [SheetKind; 5] =
    [SheetKind::Tasks, SheetKind::Reports, SheetKind::ReportGrid, SheetKind::Campaigns, SheetKind::Agencies];

/// A table of a sheet.
#[derive(Debug)]
pub(super) struct Table<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) kind: SheetKind,
    /// The last row of its headings.
    pub(super) heading: u32,
    /// The column of each field.
    pub(super) columns: BTreeMap<Field, u32>,
    /// Headings by column, as they are said.
    pub(super) labels: BTreeMap<u32, String>,
    /// Of a grid: the columns of its periods, with the heading above each, where there is one.
    pub(super) periods: BTreeMap<u32, Option<String>>,
    /// The first row of the headings.
    top: u32,
    score: (usize, usize),
}

impl<'s> Table<'s> {
    /// The table of a sheet; `None` where there is none.
    pub(super) fn find(sheet: &'s Sheet, said: Option<&SheetMapping>, year: i16) -> Option<Self> {
        let kinds: Vec<SheetKind> = match said.and_then(|said| said.kind) {
            Some(kind) => vec![kind],
            None => KINDS.to_vec(),
        };
        let named = NAMES.sheet(&sheet.name);
        let rows: Vec<u32> = match said.and_then(|said| said.heading_row) {
            Some(row) => vec![row],
            None => sheet.rows.keys().copied().take(HEADINGS_WITHIN).collect(),
        };
        let mut best: Option<Table<'s>> = None;
        for row in rows {
            for kind in &kinds {
                for joined in [false, true] {
                    let Some(mut table) = Table::at(sheet, *kind, row, joined, said, year) else { continue };
                    if named == Some(*kind) {
                        table.score.0 += 3;
                    }
                    if best.as_ref().is_none_or(|best| table.score > best.score) {
                        best = Some(table);
                    }
                }
            }
        }
        best.map(|table| table.with_progress_as_deadline(year).with_completion_as_deadline(said))
    }

    /// The table whose headings end in that row, where they could.
    fn at(
        sheet: &'s Sheet,
        kind: SheetKind,
        row: u32,
        joined: bool,
        said: Option<&SheetMapping>,
        year: i16,
    ) -> Option<Self> {
        let labels = labels(sheet, row, kind, joined, year)?;
        let mut table = Table {
            sheet,
            kind,
            heading: row,
            columns: BTreeMap::new(),
            labels: labels.iter().map(|(column, label)| (*column, label.whole())).collect(),
            periods: BTreeMap::new(),
            top: if joined { row.saturating_sub(1) } else { row },
            score: (0, 0),
        };
        table.as_said(said);
        table.guessed(&labels);
        if kind == SheetKind::ReportGrid {
            let taken: BTreeSet<u32> = table.columns.values().copied().collect();
            let free = labels.iter().filter(|(column, _)| !taken.contains(column));
            let above = |label: &Label| label.parent.clone().filter(|parent| parent != &label.own);
            let periods = free.filter(|(_, label)| days::period(&key(&label.own), year).is_some());
            table.periods = periods.map(|(column, label)| (*column, above(label))).collect();
            table.score.0 += table.periods.len();
        }
        let told = said.is_some_and(|said| said.kind.is_some());
        (table.is_whole() || told && table.has(Field::Title)).then_some(table)
    }

    /// Columns the mapping names.
    fn as_said(&mut self, said: Option<&SheetMapping>) {
        for (field, named) in said.iter().flat_map(|said| &said.columns) {
            let by_heading = self.labels.iter().find(|(_, label)| key(label) == key(named)).map(|(column, _)| *column);
            if let Some(column) = by_heading.or_else(|| column_of(named)) {
                self.columns.insert(*field, column);
                self.score.0 += 1;
            }
        }
    }

    /// Columns by their headings: the best names first.
    fn guessed(&mut self, labels: &BTreeMap<u32, Label>) {
        let mut found: Vec<(usize, u32, Field)> = Vec::new();
        for (column, label) in labels {
            for (field, letters) in label.fields(self.kind).into_iter().filter(|(field, _)| fits(*field, self.kind)) {
                found.push((letters, *column, field));
            }
        }
        // Of the same name the first column.
        found.sort_by_key(|(letters, column, _)| (std::cmp::Reverse(*letters), *column));
        let mut taken: BTreeSet<u32> = self.columns.values().copied().collect();
        for (letters, column, field) in found {
            if !self.columns.contains_key(&field) && !taken.contains(&column) {
                taken.insert(column);
                self.columns.insert(field, column);
                self.score.0 += usize::from(!matches!(field, Field::Place | Field::Ours));
                self.score.1 += letters;
            }
        }
    }

    /// Is there what a table of its kind cannot do without?
    fn is_whole(&self) -> bool {
        let any = |fields: &[Field]| fields.iter().any(|field| self.has(*field));
        match self.kind {
            SheetKind::Tasks => {
                self.has(Field::Title) && any(&[Field::Agency, Field::Due, Field::Span, Field::Progress, Field::Status])
            }
            SheetKind::Reports => {
                self.has(Field::Agency)
                    && any(&[Field::Title, Field::Period])
                    && any(&[Field::Due, Field::HandedIn, Field::Status, Field::Period])
            }
            SheetKind::ReportGrid => self.has(Field::Agency) && self.periods.len() >= 2,
            SheetKind::Campaigns => self.has(Field::Title) && any(&[Field::From, Field::Span, Field::Due]),
            SheetKind::Agencies => {
                self.has(Field::Title) && any(&[Field::Short, Field::Kind, Field::Email, Field::Phone, Field::Id])
            }
            SheetKind::Ignored => false,
        }
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// "Tiến độ" is a percentage here and a deadline there: what stands below it tells.
    fn with_progress_as_deadline(mut self, year: i16) -> Self {
        let Some(column) = self.columns.get(&Field::Progress).copied() else { return self };
        let days = days::Days::of(year);
        let below = self.sheet.rows.range(self.heading + 1..).filter_map(|(row, _)| self.sheet.get(*row, column));
        let (mut dates, mut others) = (0, 0);
        for value in below.take(50) {
            let percent = value.shown().contains('%');
            if !percent && days.due(value).is_some() { dates += 1 } else { others += 1 }
        }
        if dates > others && !self.has(Field::Due) {
            self.columns.remove(&Field::Progress);
            self.columns.insert(Field::Due, column);
        }
        self
    }

    /// "Ngày hoàn thành" of tasks that have no other deadline is the day they are to be done by.
    fn with_completion_as_deadline(mut self, said: Option<&SheetMapping>) -> Self {
        let told = said.is_some_and(|said| said.columns.contains_key(&Field::HandedIn));
        if self.kind == SheetKind::Tasks
            && !told
            && !self.has(Field::Due)
            && !self.has(Field::Span)
            && let Some(column) = self.columns.remove(&Field::HandedIn)
        {
            self.columns.insert(Field::Due, column);
        }
        self
    }

    /// What stands in a row for a field.
    pub(super) fn cell(&self, row: u32, field: Field) -> Option<&'s Value> {
        self.sheet.get(row, *self.columns.get(&field)?)
    }

    /// The same as one line of text.
    pub(super) fn text(&self, row: u32, field: Field) -> Option<Text> {
        self.cell(row, field).map(Value::text)
    }

    /// The rows below the headings that hold something.
    pub(super) fn rows(&self) -> Vec<u32> {
        let below = self.sheet.rows.range(self.heading + 1..);
        below.map(|(row, _)| *row).filter(|row| !self.is_counting(*row) && !self.is_heading(*row)).collect()
    }

    /// The row that numbers the columns, `(1) (2) (3)`.
    fn is_counting(&self, row: u32) -> bool {
        let Some(cells) = self.sheet.rows.get(&row) else { return false };
        let number = |text: String| text.trim_matches(['(', ')', '[', ']']).trim().parse::<u32>().ok();
        let numbers: Vec<Option<u32>> = cells.iter().map(|cell| number(cell.value.shown())).collect();
        let ascending = numbers.windows(2).all(|two| matches!(two, [Some(one), Some(next)] if one < next));
        row <= self.heading + 2 && numbers.len() >= 3 && ascending
    }

    /// The headings once more, on a later page.
    fn is_heading(&self, row: u32) -> bool {
        let same = |(column, label): (&u32, &String)| {
            self.sheet.get(row, *column).is_some_and(|value| key(&value.text()) == key(label))
        };
        self.labels.len() >= 2 && self.labels.iter().all(same)
    }

    /// What is above the headings: title lines.
    pub(super) fn above(&self) -> impl Iterator<Item = u32> + '_ {
        self.sheet.rows.range(..self.top).map(|(row, _)| *row)
    }

    /// How a column is called when something is said of it.
    pub(super) fn called(&self, column: u32) -> Text {
        self.labels.get(&column).map_or_else(|| Text::from(letters(column)), |label| Text::new(label))
    }
}

/// Can a table of that kind have it?
fn fits(field: Field, kind: SheetKind) -> bool {
    use Field::{
        Agency, Closing, Coordinating, Due, Email, From, Id, Kind, Link, Milestone, MilestoneDone, MilestoneDue,
        MilestoneId, Note, Ours, Period, Phone, Place, Programme, Progress, Recipient, Short, Span, Status, Title,
    };
    let of_campaigns = matches!(field, Milestone | MilestoneId | MilestoneDue | MilestoneDone);
    let of_agencies = matches!(field, Short | Email | Phone);
    match kind {
        SheetKind::Tasks => !of_campaigns && !of_agencies && !matches!(field, Period | Closing | Recipient),
        SheetKind::Reports => !of_campaigns && !of_agencies && !matches!(field, Coordinating | From | Span | Progress),
        SheetKind::ReportGrid => matches!(field, Agency | Place | Ours),
        SheetKind::Campaigns => {
            let own = matches!(field, Id | Place | Title | Agency | Coordinating | From | Due | Span);
            own || of_campaigns || matches!(field, Programme | Note | Link | Status | Ours)
        }
        SheetKind::Agencies => of_agencies || matches!(field, Id | Place | Title | Kind | Note | Ours),
        SheetKind::Ignored => false,
    }
}
