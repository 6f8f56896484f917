//! The items of a letter: what, due when, how late, reminded how often; as text lines and as an HTML
//! table. How they are said is in `words/prose.rs`.

use std::fmt::Write;

use super::compose::{Occasion, escaped};
use crate::{domain::id::ItemId, words::Words};

/// An item as a letter lists it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    what: String,
    due: String,
    late: String,
    earlier: String,
}

impl Row {
    /// The row of an item; none where the plan does not have it.
    pub(super) fn of(occasion: &Occasion<'_>, id: &ItemId) -> Option<Self> {
        let (item, prose) = (occasion.snapshot.item(id)?, occasion.prose());
        Some(Row {
            what: prose.what(item)?,
            due: prose.due(item),
            late: prose.late(item),
            earlier: prose.earlier(item),
        })
    }
}

/// The rows as a numbered list.
pub(super) fn text_rows(rows: &[Row], words: &Words) -> String {
    let row = |(number, row): (usize, &Row)| {
        let Row { what, due, late, earlier } = row;
        let named = [("letter-column-due", due), ("letter-column-late", late), ("letter-column-earlier", earlier)];
        let facts: String = named.iter().map(|(id, said)| format!("\n   - {}: {said}", words.get(id))).collect();
        format!("{number}. {what}{facts}")
    };
    (1..).zip(rows).map(row).collect::<Vec<_>>().join("\n")
}

/// The rows as a table.
pub(super) fn html_table(rows: &[Row], words: &Words) -> String {
    const CELL: &str = "style=\"border: 1px solid #000; padding: 4px 8px; text-align: left; vertical-align: top\"";
    let ids = ["number", "what", "due", "late", "earlier"];
    let headings: String = ids
        .iter()
        .map(|id| format!("<th {CELL}>{}</th>", escaped(&words.get(&format!("letter-column-{id}")))))
        .collect();
    let mut table = format!("<table style=\"border-collapse: collapse\">\n<tr>{headings}</tr>\n");
    for (number, Row { what, due, late, earlier }) in (1_usize..).zip(rows) {
        let cells = [number.to_string(), escaped(what), escaped(due), escaped(late), escaped(earlier)];
        let cells: String = cells.iter().map(|cell| format!("<td {CELL}>{cell}</td>")).collect();
        // Writing to a string does not fail.
        let _ = writeln!(table, "<tr>{cells}</tr>");
    }
    table.push_str("</table>");
    table
}
