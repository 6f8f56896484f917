//! Tables: those of a document, with lines and headings that stand on each page, and those that only put things beside each
//! other.

use std::fmt::Write;

use super::xml::{Paragraph, element};
use crate::export::document::{Align, Column, Row, Table};

const LINES: &str = "<w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    </w:tblBorders>";

/// A table as wide as `room`.
pub(super) fn table(table: &Table, room: u32) -> String {
    let shares: u32 = table.columns.iter().map(|column| u32::from(column.share)).sum();
    let widths: Vec<u32> = table.columns.iter().map(|column| room * u32::from(column.share) / shares.max(1)).collect();
    let columns: Vec<(&Column, u32)> = table.columns.iter().zip(widths.iter().copied()).collect();
    let mut rows = headings(&columns);
    for row in &table.rows {
        rows.push_str(&match row {
            Row::Cells(cells) => self::row(&columns, cells, "Cell"),
            Row::Total(cells) => self::row(&columns, cells, "CellTotal"),
            Row::Across(text) => across(text, columns.len(), room),
        });
    }
    whole(LINES, &widths, &rows)
}

/// Things beside each other, without lines: each its width and its paragraphs, at least one.
pub(super) fn beside(cells: &[(u32, String)]) -> String {
    let widths: Vec<u32> = cells.iter().map(|(width, _)| *width).collect();
    let one = |(width, inner): &(u32, String)| {
        let blank = if inner.is_empty() { Paragraph::of("Cell").text("") } else { String::new() };
        cell(*width, "", &format!("{inner}{blank}"))
    };
    let cells: String = cells.iter().map(one).collect();
    // Nothing parts the two from each other but their widths.
    whole(
        "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>",
        &widths,
        &line("", &cells),
    )
}

fn whole(properties: &str, widths: &[u32], rows: &str) -> String {
    let (all, mut grid) = (widths.iter().sum::<u32>(), String::new());
    for width in widths {
        // Writing to a string does not fail.
        let _ = write!(grid, "<w:gridCol w:w=\"{width}\"/>");
    }
    // Of what a table says of itself the order is fixed: width, lines, layout, the margins of cells.
    let (lines, margins) = if properties.starts_with("<w:tblBorders>") {
        (
            properties,
            "<w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar>",
        )
    } else {
        ("", properties)
    };
    let said = format!("<w:tblW w:w=\"{all}\" w:type=\"dxa\"/>{lines}<w:tblLayout w:type=\"fixed\"/>{margins}");
    element("w:tbl", &format!("{}{}{rows}", element("w:tblPr", &said), element("w:tblGrid", &grid)))
}

/// The headings: one row, or two where some stand in groups.
fn headings(columns: &[(&Column, u32)]) -> String {
    let heading = |text: &str| Paragraph::of("CellHeading").text(text);
    let grouped = columns.iter().any(|(column, _)| column.group.is_some());
    if !grouped {
        let cells: String =
            columns.iter().map(|(column, width)| cell(*width, MIDDLE, &heading(&column.heading))).collect();
        return line(HEADING, &cells);
    }
    let (mut above, mut below) = (String::new(), String::new());
    for group in columns.chunk_by(|(one, _), (other, _)| one.group.is_some() && one.group == other.group) {
        let Some((first, width)) = group.first() else { continue };
        match &first.group {
            Some(name) => {
                let all: u32 = group.iter().map(|(_, width)| *width).sum();
                let spans = format!("<w:gridSpan w:val=\"{}\"/>{MIDDLE}", group.len());
                above.push_str(&cell(all, &spans, &heading(name)));
                below.extend(group.iter().map(|(column, width)| cell(*width, MIDDLE, &heading(&column.heading))));
            }
            None => {
                let begins = format!("<w:vMerge w:val=\"restart\"/>{MIDDLE}");
                above.push_str(&cell(*width, &begins, &heading(&first.heading)));
                below.push_str(&cell(*width, &format!("<w:vMerge/>{MIDDLE}"), &heading("")));
            }
        }
    }
    line(HEADING, &above) + &line(HEADING, &below)
}

const MIDDLE: &str = "<w:vAlign w:val=\"center\"/>";

/// A row of headings stands on each page and is on one alone.
const HEADING: &str = "<w:cantSplit/><w:tblHeader/>";

fn row(columns: &[(&Column, u32)], cells: &[String], style: &str) -> String {
    let one = |((column, width), text): (&(&Column, u32), &String)| {
        let centre = if column.align == Align::Centre { "<w:jc w:val=\"center\"/>" } else { "" };
        cell(*width, "", &Paragraph::of(style).with(centre).text(text))
    };
    line("<w:cantSplit/>", &columns.iter().zip(cells).map(one).collect::<String>())
}

/// A heading across the rows below, with the first of which it stays.
fn across(text: &str, columns: usize, room: u32) -> String {
    let spans = format!("<w:gridSpan w:val=\"{columns}\"/>");
    line("<w:cantSplit/>", &cell(room, &spans, &Paragraph::of("CellTotal").together().text(text)))
}

fn line(properties: &str, cells: &str) -> String {
    let said = if properties.is_empty() { String::new() } else { element("w:trPr", properties) };
    element("w:tr", &format!("{said}{cells}"))
}

fn cell(width: u32, properties: &str, paragraphs: &str) -> String {
    let said = element("w:tcPr", &format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}"));
    element("w:tc", &format!("{said}{paragraphs}"))
}
