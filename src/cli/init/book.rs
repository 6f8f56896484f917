//! A workbook looked at before it becomes a source: which sheets are what, which columns say what, and what cannot be read.

use std::{fs, path::Path};

use super::talk::{Talk, despite};
use crate::{
    cli::{
        exit::{Exit, Stop},
        opened::wait,
    },
    domain::{failure::Failure, sentence::Sentence, text::fold_marks},
    sources::sheet::{
        limits::Limits,
        look_at,
        mapping::{Field, Mapping},
        read::{Looked, look},
    },
};

/// So many places that cannot be read are shown.
const PLACES: usize = 8;

/// Shows what was understood of the workbook in that file.
pub(super) fn show(talk: &mut Talk<'_>, path: &Path) -> anyhow::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(path).map_err(|error| {
        let said = Sentence::new("book-not-read").with("file", path.display().to_string());
        Stop::with(Exit::Unreachable, talk.words.say(&said.with("reason", error.to_string())))
    })?;
    let looked = look(&bytes, &name, &Mapping::default(), &Limits::default())
        .map_err(|why| Stop::with(Exit::Failed, format!("{name}: {}", talk.words.say(&why.0))))?;
    tell(talk, name, &looked)
}

/// The same of the workbook at that address; its name.
pub(super) fn show_at(talk: &mut Talk<'_>, url: &str) -> anyhow::Result<Option<String>> {
    let looked = wait(async { Ok(look_at(url).await) })?.and_then(|(bytes, name)| {
        let looked = look(&bytes, &name, &Mapping::default(), &Limits::default());
        looked.map(|looked| (looked, name)).map_err(|why| Failure::Unreadable(why.0))
    });
    match looked {
        Ok((looked, name)) => tell(talk, name.clone(), &looked).map(|()| Some(name)),
        Err(failure) => despite(talk, url, failure).map(|()| None),
    }
}

fn tell(talk: &mut Talk<'_>, name: String, looked: &Looked) -> anyhow::Result<()> {
    let plan = &looked.reading.plan;
    talk.tell("init-book-title", &[("title", plan.title.get(talk.words.language.tag).to_owned())])?;
    for table in &looked.tables {
        let kind = talk.words.get(&format!("init-kind-{}", table.kind.as_str())).into_owned();
        let args = [("sheet", table.sheet.to_string()), ("kind", kind), ("rows", table.rows.to_string())];
        talk.tell("init-book-sheet", &args)?;
        let columns: Vec<String> = table.columns.iter().map(|(field, heading)| column(talk, *field, heading)).collect();
        for line in wrapped(&columns) {
            talk.say(&format!("    {line}"))?;
        }
    }
    let counts = [
        ("agencies", plan.agencies.len()),
        ("tasks", plan.tasks.len()),
        ("duties", plan.duties.len()),
        ("campaigns", plan.campaigns.len()),
    ];
    let counts: Vec<_> = counts.into_iter().map(|(name, count)| (name, count.into())).collect();
    let line = talk.words.with("cli-plan-counts", &counts);
    talk.say(&line)?;
    let unread = &looked.reading.unread;
    if unread.is_empty() {
        return talk.tell("book-all-read", &[("book", name)]);
    }
    talk.tell("init-book-unread", &[("count", unread.len().to_string())])?;
    for place in unread.iter().take(PLACES) {
        let line = talk.words.say(&place.sentence());
        talk.say(&format!("  {line}"))?;
    }
    Ok(())
}

/// A column: its heading, and what it is taken for where that is called otherwise.
fn column(talk: &Talk<'_>, field: Field, heading: &str) -> String {
    let field = talk.words.get(&format!("init-field-{}", field.as_str())).into_owned();
    if fold_marks(heading) == fold_marks(&field) {
        return heading.to_owned();
    }
    talk.worded("init-book-column", &[("heading", heading.to_owned()), ("field", field)])
}

/// Columns side by side, as many as a line holds.
fn wrapped(columns: &[String]) -> Vec<String> {
    const WIDTH: usize = 92;
    let mut lines: Vec<String> = Vec::new();
    for column in columns {
        match lines.last_mut() {
            Some(line) if line.chars().count() + column.chars().count() + 3 <= WIDTH => {
                line.push_str(" · ");
                line.push_str(column);
            }
            Some(_) | None => lines.push(column.clone()),
        }
    }
    lines
}
