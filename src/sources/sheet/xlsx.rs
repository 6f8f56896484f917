//! Workbooks of Excel and its kind (`.xlsx`), cell by cell. A dense range is never asked for: it would allocate all there is
//! between two cells.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::domain::sentence::Sentence;

use super::{
    grid::{Gathering, Sheet, Value, Workbook},
    limits::{Limits, Unusable},
    package::{self, broken},
    stamp::{self, Stamp},
};

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Unusable> {
    package::look_over(bytes, limits)?;
    let mut opened = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
    let mut gathering = Gathering::new(limits);
    let sheets: Vec<_> =
        opened.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    if sheets.len() > limits.sheets {
        return Err(Unusable(Sentence::new("workbook-too-many-sheets").with("most", limits.sheets)));
    }
    let mut workbook = Workbook::default();
    for known in &sheets {
        let buried = known.visible == SheetVisible::VeryHidden;
        if buried && known.name != stamp::SHEET {
            continue;
        }
        let mut sheet = Sheet::new(&known.name);
        sheet.hidden = known.visible == SheetVisible::Hidden;
        cells(&mut opened, &known.name, &mut sheet, &mut gathering)?;
        let merged = opened.merge_cells_by_sheet_name(&known.name).map_err(said)?;
        for merged in merged {
            let (from, to) = (merged.start, merged.end);
            gathering.fill(&mut sheet, (from.0.saturating_add(1), to.0.saturating_add(1)), (from.1, to.1))?;
        }
        // LibreOffice saves what nobody sees as hidden, other programs may as shown.
        let is_stamp = known.name == stamp::SHEET && Stamp::of(&sheet).is_some();
        if is_stamp {
            workbook.stamp = Some(sheet);
        } else if !buried {
            workbook.sheets.push(sheet);
        }
    }
    Ok(workbook)
}

fn cells(
    opened: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: &mut Sheet,
    gathering: &mut Gathering<'_>,
) -> Result<(), Unusable> {
    let epoch = opened.has_1904_epoch();
    let mut reader = opened.worksheet_cells_reader(name).map_err(said)?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(said)? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        let value = match cell.get_value() {
            DataRef::Empty => None,
            DataRef::Int(number) => Some(Value::Number(*number as f64, false)),
            DataRef::Float(number) => Some(Value::Number(*number, percent.get(style).copied().unwrap_or_default())),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                gathering.text(sheet, row, text)?
            }
            DataRef::SharedString(text) => gathering.text(sheet, row, text)?,
            DataRef::Bool(answer) => Some(Value::Answer(*answer)),
            DataRef::DateTime(instant) => Some(day(instant, epoch)),
            DataRef::Error(error) => Some(Value::Broken(error.to_string().into())),
        };
        if let Some(value) = value {
            gathering.put(sheet, row, column, value)?;
        }
    }
    Ok(())
}

/// The day of a date; a time of no day is a number.
fn day(instant: &ExcelDateTime, epoch_1904: bool) -> Value {
    let serial = instant.as_f64();
    let date = if instant.is_duration() { None } else { day_of(serial, epoch_1904) };
    date.map_or(Value::Number(serial, false), Value::Date)
}

/// The day of a serial number. Those of the 1900 system count a 29/2/1900 that never was.
pub(super) fn day_of(serial: f64, epoch_1904: bool) -> Option<Date> {
    let days = serial.floor();
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let days = days as i64;
    let epoch = match (epoch_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 0..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    epoch.checked_add(days.days()).ok()
}

/// What is to be said of what calamine says.
fn said(error: XlsxError) -> Unusable {
    if matches!(error, XlsxError::Password) { Unusable::because("workbook-encrypted") } else { broken(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days_in_both_systems() {
        assert_eq!(day_of(45097.0, false), Some(date(2023, 6, 20)));
        assert_eq!(day_of(45097.9, false), Some(date(2023, 6, 20)));
        assert_eq!(day_of(43635.0, true), Some(date(2023, 6, 20)));
        assert_eq!(day_of(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day_of(-1.0, false), None);
        assert_eq!(day_of(1e300, false), None);
        assert_eq!(day_of(f64::NAN, false), None);
    }
}
