//! [`Paper`]: one sheet with its title, its headings and its rows, made to be printed on A4 across.

use jiff::civil::Date;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, ExcelDateTime, Format, Formula,
    Worksheet, XlsxError,
};

use super::style::Style;
use crate::{
    domain::status::{Base, Cell as Stand},
    export::{HandOver, standing},
    words::Words,
};

/// The row of the headings: three lines and an empty one are above.
pub(super) const HEADING: u32 = 4;

/// A workbook's cell takes so many characters.
const LONGEST: usize = 32_000;

/// What goes into a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    Id(String),
    Day(Date),
    Number(i64),
    Percent(f64),
}

impl Cell {
    /// How many lines it takes in a column of that width.
    fn lines(&self, width: u16) -> u32 {
        const MOST: usize = 10;
        let Cell::Text(text) = self else { return 1 };
        // A letter of the text is narrower than a digit, which widths are counted in.
        let fits = usize::from(width.max(4)) * 23 / 20 - 1;
        let lines = text.lines().map(|line| line.chars().count().div_ceil(fits).max(1)).sum::<usize>();
        u32::try_from(lines.clamp(1, MOST)).unwrap_or(1)
    }
}

impl From<Option<i32>> for Cell {
    fn from(number: Option<i32>) -> Self {
        number.map_or(Cell::Nothing, |number| Cell::Number(number.into()))
    }
}

impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Cell::Nothing, Cell::Day)
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The id of its heading's words.
    pub(super) heading: &'static str,
    /// Its width, in letters.
    pub(super) width: u16,
    /// The program works it out: it is not read again.
    pub(super) ours: bool,
}

/// A column that is read again.
pub(super) const fn column(heading: &'static str, width: u16) -> Column {
    Column { heading, width, ours: false }
}

/// A column that is worked out.
pub(super) const fn ours(heading: &'static str, width: u16) -> Column {
    Column { heading, width, ours: true }
}

/// A sheet that is being written.
pub(super) struct Paper<'s> {
    pub(super) sheet: &'s mut Worksheet,
    pub(super) style: &'s Style,
    columns: &'static [Column],
    row: u32,
}

impl<'s> Paper<'s> {
    /// Begins a sheet: its title, what it is of, its headings.
    pub(super) fn begin(
        sheet: &'s mut Worksheet,
        name: &'static str,
        columns: &'static [Column],
        over: &HandOver<'_>,
        style: &'s Style,
    ) -> Result<Self, XlsxError> {
        let plan = &over.snapshot.outline.plan;
        let mut lines = vec![standing::titled(over), standing::said_at(over)];
        if plan.sample {
            lines.push(over.words.get("export-sample").into_owned());
        }
        Paper::lay_out(sheet, name, columns, over.words, style, &lines)
    }

    /// The same with lines of its own above.
    pub(super) fn lay_out(
        sheet: &'s mut Worksheet,
        name: &'static str,
        columns: &'static [Column],
        words: &Words,
        style: &'s Style,
        lines: &[String],
    ) -> Result<Self, XlsxError> {
        sheet.set_name(words.get(name))?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&L&A&R&P/&N");
        for (row, line) in (0..HEADING).zip(lines) {
            let format = match row {
                0 => &style.title,
                1 => &style.line,
                _ => &style.sample,
            };
            sheet.write_string_with_format(row, 0, cut(line), format)?;
        }
        for (place, column) in (0..).zip(columns) {
            sheet.set_column_width(place, column.width)?;
            // Where some columns are read again the others are told from them.
            let apart = column.ours && columns.iter().any(|column| !column.ours);
            let format = if apart { &style.heading_ours } else { &style.heading };
            sheet.write_string_with_format(HEADING, place, words.get(column.heading), format)?;
        }
        sheet.set_row_height(HEADING, 32)?.set_freeze_panes(HEADING + 1, 2.min(last(columns)))?;
        sheet.set_repeat_rows(HEADING, HEADING)?;
        Ok(Paper { sheet, style, columns, row: HEADING + 1 })
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: Vec<Cell>) -> Result<(), XlsxError> {
        self.row_in(cells, None)
    }

    /// Writes a row, all of it in one format where one is given.
    pub(super) fn row_in(&mut self, cells: Vec<Cell>, format: Option<&Format>) -> Result<(), XlsxError> {
        let (style, row) = (self.style, self.row);
        let lines = cells.iter().zip(self.columns).map(|(cell, column)| cell.lines(column.width)).max().unwrap_or(1);
        if lines > 1 {
            // Not every program makes room for wrapped text by itself.
            self.sheet.set_row_height(row, 14 * lines + 2)?;
        }
        for (place, cell) in (0..).zip(cells) {
            // Text is written as text: nothing of it becomes a formula or a link.
            match cell {
                Cell::Nothing => self.sheet.write_blank(row, place, format.unwrap_or(&style.text))?,
                Cell::Text(text) => {
                    self.sheet.write_string_with_format(row, place, cut(&text), format.unwrap_or(&style.text))?
                }
                Cell::Id(id) => {
                    self.sheet.write_string_with_format(row, place, cut(&id), format.unwrap_or(&style.id))?
                }
                Cell::Day(date) => match excel(date) {
                    Some(day) => self.sheet.write_datetime_with_format(row, place, &day, &style.day)?,
                    None => self.sheet.write_string_with_format(row, place, date.to_string(), &style.text)?,
                },
                Cell::Number(number) => {
                    self.sheet.write_number_with_format(row, place, number as f64, format.unwrap_or(&style.number))?
                }
                Cell::Percent(share) => self.sheet.write_number_with_format(row, place, share, &style.percent)?,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// A heading over several columns; it is repeated on every page with theirs.
    pub(super) fn band(&mut self, first: u16, last: u16, words: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(HEADING - 1, first, HEADING - 1, last, words, &self.style.band)?;
        self.sheet.set_repeat_rows(HEADING - 1, HEADING)?;
        Ok(())
    }

    /// Colours counts of what is late, where there are any.
    pub(super) fn late_where_any(&mut self, columns: &[u16]) -> Result<(), XlsxError> {
        let (first, last_row) = (HEADING + 1, self.row.max(HEADING + 2) - 1);
        for column in columns {
            let rule = ConditionalFormatCell::new();
            let rule = rule.set_rule(ConditionalFormatCellRule::GreaterThan(0)).set_format(&self.style.late);
            self.sheet.add_conditional_format(first, *column, last_row, *column, &rule)?;
        }
        Ok(())
    }

    /// Ends the sheet: what is filtered, what is printed.
    pub(super) fn end(self) -> Result<(), XlsxError> {
        let (last_row, last) = (self.row.max(HEADING + 2) - 1, last(self.columns));
        self.sheet.autofilter(HEADING, 0, last_row, last)?;
        self.sheet.set_print_area(0, 0, last_row, last)?;
        Ok(())
    }

    /// Colours each row by the words in its column of statuses and the days in that of lateness.
    pub(super) fn coloured(&mut self, words: &Words, status: u16, late: Option<u16>) -> Result<(), XlsxError> {
        let (first, last_row) = (HEADING + 1, self.row.max(HEADING + 2) - 1);
        let place = |column: u16| format!("${}{}", rust_xlsxwriter::utility::column_number_to_name(column), first + 1);
        let says = |id: String| {
            let said = words.get(&id).replace('"', "\"\"");
            format!("ISNUMBER(SEARCH(\"{said}\",{}))", place(status))
        };
        let stands = |cell: Stand| says(format!("cell-{}", cell.as_str()));
        let all = (0, last(self.columns));
        let alone = |column: u16| (column, column);
        let mut rules: Vec<(String, &Format, (u16, u16))> = Vec::new();
        for base in [Base::Exempt, Base::Cancelled, Base::Paused] {
            rules.push((says(format!("base-{}", base.as_str())), &self.style.out, all));
        }
        if let Some(late) = late {
            let is_late = format!("AND(ISNUMBER({0}),{0}>0,{1}=\"\")", place(late), place(self.done_column()));
            rules.push((is_late.clone(), &self.style.late, alone(status)));
            rules.push((is_late, &self.style.late, alone(late)));
        }
        rules.push((stands(Stand::DueSoon), &self.style.near, alone(status)));
        for (rule, format, (from, to)) in rules {
            let rule = Formula::new(format!("={rule}"));
            let rule = ConditionalFormatFormula::new().set_rule(rule).set_format(format).set_stop_if_true(true);
            self.sheet.add_conditional_format(first, from, last_row, to, &rule)?;
        }
        Ok(())
    }

    /// The column of the day something was done on.
    fn done_column(&self) -> u16 {
        let is = |column: &Column| matches!(column.heading, "export-column-done-on" | "export-column-received");
        self.columns.iter().position(is).and_then(|place| u16::try_from(place).ok()).unwrap_or_default()
    }
}

fn last(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

/// A day as workbooks have it: from 1900 on.
pub(super) fn excel(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST / 4).chain(['…']).collect() }
}
