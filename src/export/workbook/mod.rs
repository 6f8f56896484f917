//! The plan as a workbook an office would make by hand: figures by agency, tasks, reports, campaigns, agencies, the journal. Ids
//! stand beside everything, and a hidden sheet says of which plan it is and when, so that `tiendo import` takes in what was
//! edited and nothing else.

mod agencies;
mod campaigns;
mod journal;
mod paper;
mod reports;
mod style;
mod summary;
mod tasks;
mod template;

use std::hash::{DefaultHasher, Hash, Hasher};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use self::template::template;

use super::{HandOver, Unwritten};
use crate::domain::sentence::Sentence;

use self::style::Style;

/// The hidden sheet that says what a workbook is of. `sources/sheet` knows it by this name and the first line.
const STAMP: (&str, &str) = ("tiendo", "tiendo-workbook/1");

impl From<XlsxError> for Unwritten {
    fn from(error: XlsxError) -> Self {
        Unwritten(Sentence::new("export-unwritten").with("reason", error.to_string()))
    }
}

/// The workbook's bytes.
///
/// # Errors
///
/// Where it holds more than a workbook can.
pub fn workbook(over: &HandOver<'_>) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let style = Style::new();
    let title = over.snapshot.outline.plan.title.get(over.words.language.tag).to_owned();
    let at = over.at.datetime();
    let made = ExcelDateTime::from_ymd(at.year().unsigned_abs(), at.month().unsigned_abs(), at.day().unsigned_abs())?
        .and_hms(u16::from(at.hour().unsigned_abs()), at.minute().unsigned_abs(), f64::from(at.second()))?;
    book.set_properties(&DocProperties::new().set_title(title).set_author(over.who).set_creation_datetime(&made));
    summary::write(book.add_worksheet(), over, &style)?;
    tasks::write(book.add_worksheet(), over, &style)?;
    reports::write(book.add_worksheet(), over, &style)?;
    campaigns::write(book.add_worksheet(), over, &style)?;
    agencies::write(book.add_worksheet(), over, &style)?;
    journal::write(book.add_worksheet(), over, &style)?;
    stamp(&mut book, over)?;
    Ok(book.save_to_buffer()?)
}

/// Letters that stand for how everything stood: who can write the same workbook again writes the same letters.
fn state(over: &HandOver<'_>) -> String {
    let mut hasher = DefaultHasher::new();
    for item in &over.snapshot.items {
        (item.id.as_str(), format!("{:?}", item.state)).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// What the program must know of the workbook when it comes back.
fn stamp(book: &mut Workbook, over: &HandOver<'_>) -> Result<(), XlsxError> {
    let plan = &over.snapshot.outline.plan;
    let lines = [
        (STAMP.1, String::new()),
        ("plan", plan.id.to_string()),
        ("at", over.at.timestamp().to_string()),
        ("language", over.words.language.tag.to_owned()),
        ("title", plan.title.get(over.words.language.tag).to_owned()),
        ("number", plan.number.as_deref().unwrap_or_default().to_owned()),
        ("year", plan.year.to_string()),
        ("timezone", plan.timezone.to_string()),
        ("holidays", plan.holidays.as_deref().unwrap_or_default().to_owned()),
        ("sample", plan.sample.to_string()),
        ("state", state(over)),
        ("partial", (!over.filter.is_empty()).to_string()),
    ];
    let sheet = book.add_worksheet();
    sheet.set_name(STAMP.0)?.set_very_hidden(true);
    for (row, (name, value)) in (0..).zip(lines) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}
