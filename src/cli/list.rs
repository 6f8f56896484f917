//! A list as any command prints it: found in a view, put in order, printed in the format asked for; once, or with `--watch`
//! (`watch.rs`) again whenever it changes.

use std::{future::Future, io::Write as _};

use schemars::JsonSchema;
use serde_json::Value;

use super::{
    arguments::{Asked, Format},
    columns::Columns,
    exit::Exit,
    opened::wait,
    output,
    print::{self, Fact},
    session::Session,
    spreadsheet,
    view::View,
    watch,
};

/// A list.
pub(super) trait List {
    /// Its rows.
    type Row: Fact;
    /// What its JSON is where that is more than its rows.
    type Whole: serde::Serialize + JsonSchema;
    /// The id of its heading.
    const TITLE: &'static str;

    /// What is in it.
    fn find(
        &self,
        session: &Session,
        view: &View,
    ) -> impl Future<Output = anyhow::Result<Found<Self::Row, Self::Whole>>>;
}

/// What was found.
pub(super) struct Found<R, W> {
    pub rows: Vec<R>,
    /// Said above the table; how many rows there are where nothing is.
    pub lines: Option<Vec<String>>,
    /// Is it something `--fail-if-any` is about? Whether there are rows, where nothing is said.
    pub any: Option<bool>,
    /// What stands in the JSON around the rows: the whole, and the name the rows have in it.
    pub whole: Option<(W, &'static str)>,
}

impl<R, W> Found<R, W> {
    /// Rows, and nothing else.
    pub(super) fn rows(rows: Vec<R>) -> Self {
        Found { rows, lines: None, any: None, whole: None }
    }

    fn any(&self) -> bool {
        self.any.unwrap_or(!self.rows.is_empty())
    }
}

/// Prints the list as it was asked for.
pub(super) fn run<L: List>(session: &Session, asked: &Asked, list: &L) -> anyhow::Result<Exit> {
    // What is wrong with the names is told before anything is opened.
    let columns = Columns::<L::Row>::asked(session, asked)?;
    if asked.watch {
        return watch::run(session, asked, list, &columns);
    }
    let (view, found) = wait(async {
        let view = View::of(session, asked).await?;
        let found = found(session, &view, list, &columns).await?;
        Ok((view, found))
    })?;
    print(session, &view, list, &found, (asked.format, &columns))?;
    Ok(asked.exit(&view, found.any()))
}

/// What is in the list, in the order asked for.
pub(super) async fn found<L: List>(
    session: &Session,
    view: &View,
    list: &L,
    columns: &Columns<L::Row>,
) -> anyhow::Result<Found<L::Row, L::Whole>> {
    let mut found = list.find(session, view).await?;
    columns.sort(&mut found.rows, &session.words)?;
    Ok(found)
}

/// Prints what was found.
pub(super) fn print<L: List>(
    session: &Session,
    view: &View,
    _: &L,
    found: &Found<L::Row, L::Whole>,
    (format, columns): (Format, &Columns<L::Row>),
) -> anyhow::Result<()> {
    let words = &session.words;
    let json = |fact: &L::Row| columns.json(fact, words);
    match format {
        Format::Json => {
            let rows = found.rows.iter().map(json).collect::<anyhow::Result<Vec<Value>>>()?;
            match &found.whole {
                Some((whole, name)) => {
                    let mut whole = serde_json::to_value(whole)?;
                    if let Some(rows_of_it) = whole.get_mut(*name) {
                        *rows_of_it = Value::Array(rows);
                    }
                    print::json(&whole)
                }
                None => print::json(&rows),
            }
        }
        Format::Jsonl => {
            let mut out = output::out();
            for fact in &found.rows {
                serde_json::to_writer(&mut out, &json(fact)?)?;
                writeln!(out)?;
            }
            Ok(output::finish(out)?)
        }
        Format::Csv => {
            let mut out = output::out();
            let records = found.rows.iter().map(|fact| columns.record(fact, words));
            spreadsheet::write(&mut out, &columns.head(), records)?;
            Ok(output::finish(out)?)
        }
        Format::Table | Format::Md => {
            let count = || vec![words.with("cli-count", &[("count", found.rows.len().into())])];
            let lines = found.lines.clone().unwrap_or_else(count);
            let headed = (L::TITLE, lines.as_slice());
            print::for_a_person(session, view, headed, &found.rows, (format, columns))
        }
    }
}
