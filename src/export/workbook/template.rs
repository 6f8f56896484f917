//! [`template`]: a blank workbook to hand out: the headings, a row that shows how, and lists to choose from.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Workbook, Worksheet, XlsxError};

use super::{
    agencies, campaigns,
    paper::{Cell, Column, HEADING, Paper},
    reports,
    style::Style,
    tasks,
};
use crate::{domain::agency::AgencyKind, export::Unwritten, words::Words};

/// So many rows are made ready to be filled in.
const ROWS: u32 = 500;

/// A blank workbook for plans of `year`.
///
/// # Errors
///
/// Where it could not be written.
pub fn template(year: i16, words: &Words) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let style = Style::new();
    let say = |id: &'static str| Cell::Text(words.get(id).into_owned());
    let day = |month: i8, day: i8| Cell::Day(Date::new(year, month, day).unwrap_or(date(2023, 1, 1)));
    let example = || say("export-example-mark");
    let blank = |template: Template<'_>, book: &mut Workbook| template.write(book.add_worksheet(), year, words, &style);
    blank(
        Template {
            name: "export-sheet-tasks",
            columns: tasks::COLUMNS,
            example: vec![
                example(),
                say("export-example-task"),
                say("export-example-agency"),
                say("export-example-other"),
                say("export-example-programme"),
                day(3, 1),
                day(6, 20),
                Cell::Nothing,
                Cell::Percent(0.4),
                say("base-in-progress"),
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
                say("export-example-note"),
            ],
            statuses: Some((
                tasks::STATUS.0,
                &[
                    "base-not-started",
                    "base-in-progress",
                    "base-awaiting-confirmation",
                    "base-done",
                    "base-paused",
                    "base-cancelled",
                ],
            )),
            days: &[5, 6, 7, 10],
        },
        &mut book,
    )?;
    blank(
        Template {
            name: "export-sheet-reports",
            columns: reports::COLUMNS,
            example: vec![
                example(),
                say("export-example-report"),
                say("export-example-agency"),
                say("export-example-period"),
                day(6, 19),
                Cell::Nothing,
                say("report-done"),
                day(6, 16),
                say("export-example-document"),
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
            ],
            statuses: Some((
                reports::STATUS.0,
                &["report-not-started", "base-awaiting-confirmation", "report-done", "base-exempt"],
            )),
            days: &[4, 5, 7],
        },
        &mut book,
    )?;
    blank(
        Template {
            name: "export-sheet-campaigns",
            columns: campaigns::COLUMNS,
            example: vec![
                example(),
                say("export-example-campaign"),
                day(11, 15),
                day(12, 15),
                say("export-example-agency"),
                say("export-all-agencies"),
                Cell::Nothing,
                say("export-example-milestone"),
                day(11, 15),
                Cell::Nothing,
            ],
            statuses: None,
            days: &[2, 3, 8, 9],
        },
        &mut book,
    )?;
    blank(
        Template {
            name: "export-sheet-agencies",
            columns: agencies::COLUMNS,
            example: vec![
                example(),
                say("export-example-agency-name"),
                say("export-example-agency"),
                Cell::Text(AgencyKind::Department.as_str().to_owned()),
                Cell::Text("so@example.vn".to_owned()),
                Cell::Nothing,
            ],
            statuses: None,
            days: &[],
        },
        &mut book,
    )?;
    Ok(book.save_to_buffer()?)
}

/// A blank sheet.
struct Template<'t> {
    name: &'static str,
    columns: &'static [Column],
    example: Vec<Cell>,
    /// The column of statuses, and those that can be chosen.
    statuses: Option<(u16, &'t [&'t str])>,
    /// The columns of days.
    days: &'t [u16],
}

impl Template<'_> {
    fn write(self, sheet: &mut Worksheet, year: i16, words: &Words, style: &Style) -> Result<(), XlsxError> {
        let title = words.with("export-template-title", &[("year", year.to_string().into())]);
        let how = words.get("export-template-how").into_owned();
        let more = words.get("export-template-more").into_owned();
        let mut paper = Paper::lay_out(sheet, self.name, self.columns, words, style, &[title, how, more])?;
        paper.row_in(self.example, Some(&style.example))?;
        let (first, last) = (HEADING + 1, HEADING + ROWS);
        if let Some((column, statuses)) = self.statuses {
            let list: Vec<String> = statuses.iter().map(|id| words.get(id).into_owned()).collect();
            let rule = DataValidation::new().allow_list_strings(&list)?.ignore_blank(true);
            // Other words are understood, too: it warns and lets them be.
            let rule = rule.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Information);
            paper.sheet.add_data_validation(first, column, last, column, &rule)?;
        }
        for column in self.days {
            let from = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
            let rule = DataValidation::new().allow_date(DataValidationRule::GreaterThan(from)).ignore_blank(true);
            let rule = rule
                .set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Information)
                .set_input_message(words.get("export-template-day"))?;
            paper.sheet.add_data_validation(first, *column, last, *column, &rule)?;
            paper.sheet.set_column_range_format(*column, *column, &style.day_bare)?;
        }
        paper.end()
    }
}
