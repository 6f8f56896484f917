//! A document as Markdown: to be read as it is, put into a wiki, sent on. Text stays text: what would be markup or HTML in it
//! is escaped.

use std::fmt::Write;

use super::{Align, Block, Closing, Document, Head, Manner, Row, Table};
use crate::domain::text::Text;

pub(super) fn markdown(document: &Document) -> String {
    let mut out = String::new();
    if let Some(warning) = &document.warning {
        paragraph(&mut out, &format!("> **{}**", escaped(warning)));
    }
    head(&mut out, &document.head);
    for part in &document.parts {
        if part.is_appendix {
            paragraph(&mut out, "---");
            if let Some(warning) = &document.warning {
                paragraph(&mut out, &format!("> **{}**", escaped(warning)));
            }
        }
        for each in &part.blocks {
            block(&mut out, each);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn paragraph(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = write!(out, "{text}\n\n");
}

/// Several lines, each on its own.
fn lines(out: &mut String, lines: &[String]) {
    let said: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    if !said.is_empty() {
        paragraph(out, &said.into_iter().map(String::as_str).collect::<Vec<_>>().join("  \n"));
    }
}

fn bold(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!("**{}**", escaped(text)) }
}

fn italic(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!("*{}*", escaped(text)) }
}

fn head(out: &mut String, head: &Head) {
    lines(out, &[escaped(&head.above), bold(&head.office), escaped(&head.number), escaped(&head.subject)]);
    lines(out, &[bold(&head.nation), bold(&head.motto), italic(&head.place)]);
    if !head.kind.is_empty() {
        paragraph(out, &format!("# {}", escaped(&head.kind)));
    }
    lines(out, &head.about.iter().map(|line| bold(line)).collect::<Vec<_>>());
    match head.to.as_slice() {
        [] => {}
        [one] => paragraph(out, &format!("{} {}", escaped(&head.dear), escaped(one))),
        several => {
            paragraph(out, &escaped(&head.dear));
            let points: Vec<String> = several.iter().map(|one| format!("- {}", escaped(one))).collect();
            paragraph(out, &points.join("\n"));
        }
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(level, text) => {
            paragraph(out, &format!("{} {}", "#".repeat(usize::from(*level) + 1), escaped(text)));
        }
        Block::Text(Manner::Body, text) => paragraph(out, &at_start(text)),
        Block::Text(Manner::Basis, text) => paragraph(out, &italic(text)),
        Block::Text(Manner::Point, text) => paragraph(out, &format!("- {}", at_start(text))),
        Block::Text(Manner::Note, text) => paragraph(out, &at_start(text)),
        Block::Text(Manner::Blank, _) => paragraph(out, &"…".repeat(40)),
        Block::Table(table) => self::table(out, table),
        Block::Closing(closing) => self::closing(out, closing),
    }
}

fn closing(out: &mut String, closing: &Closing) {
    lines(out, &closing.signed.iter().map(|line| bold(line)).collect::<Vec<_>>());
    lines(out, &[bold(&closing.name)]);
    if !closing.copy.is_empty() {
        lines(out, &[format!("***{}***", escaped(&closing.copies))]);
        let copies: Vec<String> = closing.copy.iter().map(|copy| format!("- {}", escaped(copy))).collect();
        paragraph(out, &copies.join("\n"));
    }
}

fn table(out: &mut String, table: &Table) {
    let cells = |cells: &[String]| cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>();
    let mut row = |cells: Vec<String>| {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    // Markdown has one row of headings: the group is said with each of them.
    let heading = |column: &super::Column| match &column.group {
        Some(group) => escaped(&format!("{group}: {}", column.heading)),
        None => escaped(&column.heading),
    };
    row(table.columns.iter().map(heading).collect());
    let rule = |column: &super::Column| if column.align == Align::Centre { ":---:" } else { "---" };
    row(table.columns.iter().map(|column| rule(column).to_owned()).collect());
    for each in &table.rows {
        match each {
            Row::Cells(texts) => row(cells(texts)),
            Row::Total(texts) => row(texts.iter().map(|text| bold(text)).collect()),
            Row::Across(text) => {
                let mut across = vec![String::new(); table.columns.len()];
                if let Some(cell) = across.get_mut(1.min(table.columns.len().saturating_sub(1))) {
                    *cell = bold(text);
                }
                row(across);
            }
        }
    }
    out.push('\n');
}

/// Text that is nothing but text.
fn escaped(text: &str) -> String {
    let text = Text::new(text);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' | '~' | '!' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// The same at the start of a paragraph, where a number or a dash would begin a list, or signs make a heading of what is above.
fn at_start(text: &str) -> String {
    let escaped = escaped(text);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let rest = escaped.get(digits..).unwrap_or_default();
    let mark = if digits > 0 { rest.starts_with(['.', ')']) } else { rest.starts_with(['-', '+', '=']) };
    if !mark {
        return escaped;
    }
    format!("{}\\{rest}", escaped.get(..digits).unwrap_or_default())
}
