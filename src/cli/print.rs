//! Printing a list of facts in the format asked for.

use std::io::Write;

use serde::Serialize;

use super::{
    arguments::Format,
    output,
    session::Session,
    spreadsheet,
    table::{self, Align},
    view::View,
};
use crate::{runtime, ui::glyphs::Glyphs, words::Words};

/// Something that is printed as a row.
pub(super) trait Fact: Serialize {
    /// Its fields in CSV, as pointers into its JSON (`tasks/cells/overdue`), in the order of the columns.
    const FIELDS: &'static [&'static str];
    /// Is its table printed whole where no terminal says how wide it may be? What is read once, and nowhere else, is.
    const WHOLE: bool = false;
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

/// The widest a table is where the terminal does not say.
const WIDEST: usize = 120;

/// Prints `facts` as asked for; `title` is the id of the heading.
pub(super) fn list<T: Fact>(
    session: &Session,
    view: &View,
    title: &str,
    facts: &[T],
    format: Format,
) -> anyhow::Result<()> {
    match format {
        Format::Json => json(facts),
        Format::Csv => csv(facts),
        Format::Table | Format::Md => {
            let count = session.words.with("cli-count", &[("count", facts.len().into())]);
            for_a_person(session, view, title, facts, &[count], format)
        }
    }
}

/// Prints `value` as JSON.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<()> {
    let mut out = output::out();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(output::finish(out)?)
}

/// Prints `facts` as CSV, with a header.
pub(super) fn csv<T: Fact>(facts: &[T]) -> anyhow::Result<()> {
    let mut out = output::out();
    spreadsheet::write(&mut out, facts)?;
    Ok(output::finish(out)?)
}

/// Prints `facts` under a heading that says which plan and which day, with these lines below it.
pub(super) fn for_a_person<T: Fact>(
    session: &Session,
    view: &View,
    title: &str,
    facts: &[T],
    lines: &[String],
    format: Format,
) -> anyhow::Result<()> {
    let words = &session.words;
    let columns = T::columns();
    let headings: Vec<(String, Align, bool)> = columns
        .iter()
        .map(|column| (session.signs(words.get(column.heading).into_owned()), column.align, column.yields))
        .collect();
    let cells = |fact: &T| columns.iter().map(|column| session.signs((column.cell)(fact, words))).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = facts.iter().map(cells).collect();
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
        let elsewhere = if T::WHOLE { usize::MAX } else { WIDEST };
        let width = runtime::width::of_output().map_or(elsewhere, usize::from);
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
