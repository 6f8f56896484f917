//! `--watch`: a list that is printed again whenever it is another one: the source says when to look, the clock when a day has
//! ended. Between the two nothing is done. Ends on a signal, or when nobody reads it any more.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    time::Duration,
};

use futures::StreamExt as _;
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use tokio::time::sleep;

use super::{
    arguments::{Asked, Format},
    columns::Columns,
    exit::{Exit, Stop},
    list::{self, Found, List},
    opened::wait,
    output,
    print::Fact,
    session::Session,
    view::View,
};
use crate::runtime::interrupt::{self, Ended};

/// A source that is not reached says nothing: it is asked again after so long.
const AGAIN: Duration = Duration::from_secs(15);

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Became {
    /// It was there at the beginning.
    Present,
    Added,
    Changed,
    Removed,
}

/// A line of `--watch --format jsonl`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WatchedFact<R> {
    /// What became of the row.
    pub change: Became,
    /// When it was seen.
    #[schemars(schema_with = "crate::domain::schema::instant")]
    pub at: Timestamp,
    /// The row as it is now; one that is gone as it was.
    pub row: R,
}

/// Follows the list until it is told to end.
pub(super) fn run<L: List>(
    session: &Session,
    asked: &Asked,
    list: &L,
    columns: &Columns<L::Row>,
) -> anyhow::Result<Exit> {
    if matches!(asked.format, Format::Json | Format::Csv) {
        return Err(Stop::usage(session.words.get("cli-watch-format")));
    }
    let end = interrupt::end()?;
    wait(async {
        tokio::select! {
            ended = follow(session, asked, list, columns) => ended,
            Ok(ended) = end => Ok(match ended {
                Ended::Signal(code) => Exit::Ended(code),
                Ended::Unread => Exit::Done,
            }),
        }
    })
}

async fn follow<L: List>(
    session: &Session,
    asked: &Asked,
    list: &L,
    columns: &Columns<L::Row>,
) -> anyhow::Result<Exit> {
    let mut view = View::of(session, asked).await?;
    let mut changes = view.opened.source.changed();
    let mut told: Option<Told> = None;
    loop {
        let found = list::found(session, &view, list, columns).await?;
        let now = Told::of(&found, session, columns)?;
        if told.as_ref() != Some(&now) {
            match asked.format {
                Format::Jsonl => lines(told.as_ref(), &now, view.opened.now)?,
                Format::Table | Format::Md | Format::Json | Format::Csv => {
                    if told.is_some() {
                        let mut out = output::out();
                        writeln!(out)?;
                        output::finish(out)?;
                    }
                    list::print(session, &view, list, &found, (asked.format, columns))?;
                }
            }
            told = Some(now);
        }
        let day = sleep(until_tomorrow(&view));
        let again = async {
            match view.old {
                Some(_) => sleep(AGAIN).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            Some(()) = changes.next() => {}
            () = day => {}
            () = again => {}
        }
        view = view.again(session, asked).await?;
    }
}

/// What was printed, to tell whether it is another one now.
#[derive(PartialEq)]
struct Told {
    /// By what tells a row from all others.
    rows: BTreeMap<String, Value>,
    /// In this order.
    order: Vec<String>,
    lines: Option<Vec<String>>,
}

impl Told {
    fn of<R: Fact, W>(found: &Found<R, W>, session: &Session, columns: &Columns<R>) -> anyhow::Result<Self> {
        let mut told = Told { rows: BTreeMap::new(), order: Vec::new(), lines: found.lines.clone() };
        for fact in &found.rows {
            let whole = serde_json::to_value(fact)?;
            let parts = R::KEY.iter().filter_map(|part| whole.get(part)).map(ToString::to_string);
            let key = parts.collect::<Vec<_>>().join(" ");
            let shown = if columns.are_chosen() { columns.json(fact, &session.words)? } else { whole };
            told.order.push(key.clone());
            told.rows.insert(key, shown);
        }
        Ok(told)
    }
}

/// A line for every row that is another one than it was.
fn lines(before: Option<&Told>, now: &Told, at: Timestamp) -> anyhow::Result<()> {
    let mut out = output::out();
    let mut line = |change, row: &Value| {
        serde_json::to_writer(&mut out, &WatchedFact { change, at, row })?;
        Ok::<(), anyhow::Error>(writeln!(out)?)
    };
    let mut gone: BTreeSet<&String> = before.map(|before| before.rows.keys().collect()).unwrap_or_default();
    for key in &now.order {
        let Some(row) = now.rows.get(key) else { continue };
        gone.remove(key);
        match before.map(|before| before.rows.get(key)) {
            None => line(Became::Present, row)?,
            Some(None) => line(Became::Added, row)?,
            Some(Some(was)) if was != row => line(Became::Changed, row)?,
            Some(Some(_)) => {}
        }
    }
    for key in gone {
        if let Some(row) = before.and_then(|before| before.rows.get(key)) {
            line(Became::Removed, row)?;
        }
    }
    Ok(output::finish(out)?)
}

/// How long the day that is shown still lasts; the sample's clock stands.
fn until_tomorrow(view: &View) -> Duration {
    if view.opened.built_in {
        return Duration::from_secs(u64::from(u32::MAX));
    }
    let now = view.opened.now.to_zoned_datetime(view.snapshot.outline.zone.clone());
    let tomorrow = now.start_of_day().and_then(|day| day.checked_add(1.day()));
    let left = tomorrow.map(|tomorrow| tomorrow.timestamp().duration_since(now.timestamp()));
    let left = left.ok().and_then(|left| Duration::try_from(left).ok());
    left.unwrap_or(Duration::from_secs(3_600)) + Duration::from_secs(1)
}
