//! Printing a list of facts in the format asked for.

use std::io::Write;

use serde::Serialize;

use super::{
    arguments::Format,
    columns::Columns,
    output,
    session::Session,
    table::{self, Align},
    view::View,
};
use crate::{runtime, ui::glyphs::Glyphs, words::Words};

/// Something that is printed as a row.
pub(super) trait Fact: Serialize {
    /// Its fields in CSV, as pointers into its JSON (`tasks/cells/overdue`), in the order of the columns.
    const FIELDS: &'static [&'static str];
    /// The fields of its JSON that tell it from all others of its list.
    const KEY: &'static [&'static str] = &["item"];
    /// Its columns for a person.
    fn columns() -> Vec<Column<Self>>;
}

/// A column for a person.
pub(super) struct Column<T: ?Sized> {
    /// The id of its heading in `config/lang`.
    pub heading: &'static str,
    pub align: Align,
    /// May it be cut where the line is too long?
    pub yields: bool,
    pub cell: fn(&T, &Words) -> String,
}

impl<T: ?Sized> Column<T> {
    /// A column under the heading of that id.
    pub(super) fn new(heading: &'static str, align: Align, yields: bool, cell: fn(&T, &Words) -> String) -> Self {
        Column { heading, align, yields, cell }
    }
}

/// Prints `value` as JSON.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<()> {
    let mut out = output::out();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(output::finish(out)?)
}

/// Prints `facts` under a heading that says which plan and which day, with these lines below it.
pub(super) fn for_a_person<T: Fact>(
    session: &Session,
    view: &View,
    (title, lines): (&str, &[String]),
    facts: &[T],
    (format, columns): (Format, &Columns<T>),
) -> anyhow::Result<()> {
    let words = &session.words;
    let headings =
        columns.headings(words).into_iter().map(|(name, align, yields)| (session.signs(name), align, yields));
    let headings: Vec<(String, Align, bool)> = headings.collect();
    let rows = columns.rows(facts, words)?.into_iter();
    let rows: Vec<Vec<String>> = rows.map(|row| row.into_iter().map(|cell| session.signs(cell)).collect()).collect();
    let heading = words.get(title).into_owned();
    let head = std::iter::once(heading.clone()).chain(about(words, view)).chain(lines.iter().cloned());
    let head: Vec<String> = head.map(|line| session.signs(line)).collect();
    let mut out = output::out();
    if format == Format::Md {
        writeln!(out, "# {}\n", table::escaped(&session.signs(heading)))?;
        for line in head.iter().skip(1) {
            writeln!(out, "{}  ", table::escaped(line))?;
        }
        writeln!(out)?;
        table::markdown(&mut out, &headings, &rows)?;
    } else {
        // What goes into a file or a pipe is whole.
        let width = runtime::width::of_output().map_or(usize::MAX, usize::from);
        let ellipsis = Glyphs::of(session.config.ascii).ellipsis;
        for line in &head {
            writeln!(out, "{}", table::cut(line, width, ellipsis))?;
        }
        if !rows.is_empty() {
            writeln!(out)?;
            table::plain(&mut out, &headings, &rows, (width, ellipsis))?;
        }
    }
    Ok(output::finish(out)?)
}

/// Which plan, which day, and whether it is sample data.
pub(super) fn about(words: &Words, view: &View) -> Vec<String> {
    let plan = &view.snapshot.outline.plan;
    let number = plan.number.as_ref().map(|number| format!("{number} · ")).unwrap_or_default();
    let at = view.zoned();
    let day = format!("{} {} {}", words.weekday(at.date().weekday()), words.date(at.date()), at.strftime("%H:%M"));
    let sample = view.is_sample().then(|| words.get("cli-sample-data").into_owned());
    [format!("{number}{}", plan.title.get(words.language.tag)), day].into_iter().chain(sample).collect()
}
