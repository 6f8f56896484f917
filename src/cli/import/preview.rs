//! What is said of a workbook before it is taken in: what was read, what could not be, what would change.

use std::{collections::BTreeSet, io::Write};

use super::{changes, workbook::Import};
use crate::{
    cli::{output, session::Session, store::Store},
    domain::{entry::Entry, id::ItemId, plan::Plan, sentence::Sentence},
    sources::sheet::{looked::Looked, reading::Unread},
    words::Words,
};

/// So many lines are told of one sort.
const MOST: usize = 60;

/// What there is to say.
pub(super) struct Preview<'a> {
    pub(super) store: &'a Store,
    pub(super) looked: &'a Looked,
    pub(super) import: &'a Import,
    pub(super) before: Option<&'a Plan>,
    pub(super) entries: &'a [Entry],
    pub(super) over: Vec<Sentence>,
    pub(super) refused: Vec<Unread>,
}

/// Says what was read and what it would change.
pub(super) fn say(session: &Session, preview: &Preview<'_>) -> anyhow::Result<()> {
    let Preview { store, looked, import, before, entries, over, refused } = preview;
    let words = &session.words;
    let mut out = output::out();
    let plan = &looked.reading.plan;
    let counts = [
        ("plan", plan.id.as_str().into()),
        ("tasks", plan.tasks.len().into()),
        ("duties", plan.duties.len().into()),
        ("campaigns", plan.campaigns.len().into()),
        ("agencies", plan.agencies.len().into()),
    ];
    let mut lines = vec![words.with("cli-workbook-read", &counts)];
    lines.extend(shortly(words, looked.reading.unread.iter().map(|one| unread(words, one)).collect()));
    lines.push(words.with("cli-import-into", &[("path", store.to_string().into())]));
    if import.amends || before.is_none() {
        lines.extend(changes(session, &import.plan, *before));
    }
    lines.extend(shortly(words, import.kept.iter().map(|said| format!("  = {}", words.say(said))).collect()));
    let left = import.left.iter().chain(refused);
    lines.extend(shortly(words, left.map(|one| unread(words, one)).collect()));
    if entries.is_empty() && !import.amends {
        let id = if import.left.is_empty() && refused.is_empty() {
            "cli-import-nothing"
        } else {
            "cli-import-nothing-taken"
        };
        lines.push(words.get(id).into_owned());
    } else {
        let acted: BTreeSet<&ItemId> = entries.iter().map(|entry| &entry.item).collect();
        let counts = [("entries", entries.len().into()), ("items", acted.len().into())];
        lines.push(words.with("cli-import-acts", &counts));
        lines.extend(shortly(words, entries.iter().map(|entry| act(words, entry)).collect()));
        lines.extend(shortly(words, over.iter().map(|said| format!("  ! {}", words.say(said))).collect()));
    }
    for line in lines {
        writeln!(out, "{}", session.signs(line))?;
    }
    Ok(output::finish(out)?)
}

/// `Nhiệm vụ, dòng 13, cột Kết thúc: “sớm” …`.
fn unread(words: &Words, one: &Unread) -> String {
    let column = one.column.as_ref().map_or("", |column| column.as_str());
    let value = if one.value.is_empty() { String::new() } else { format!(" “{}”", one.value) };
    let place = [("sheet", one.sheet.as_str().into()), ("row", i64::from(one.row).into()), ("column", column.into())];
    if one.sheet.is_empty() {
        return format!("  ! {}", words.say(&one.why));
    }
    let id = if column.is_empty() { "cli-workbook-row" } else { "cli-workbook-cell" };
    format!("  ! {}{value}: {}", words.with(id, &place), words.say(&one.why))
}

fn act(words: &Words, entry: &Entry) -> String {
    let verb = words.get(&format!("verb-{}", entry.verb.as_str())).into_owned();
    let percent = entry.percent.map(|percent| format!("{percent}%"));
    let until = entry.until.map(|until| format!("→ {}", words.date(until)));
    let texts = [&entry.document, &entry.note].into_iter().flatten().map(ToString::to_string);
    let rest: Vec<String> = percent.into_iter().chain(until).chain(texts).collect();
    let day = words.date(entry.on);
    format!("  + {} · {verb} · {day}{}{}", entry.item, if rest.is_empty() { "" } else { " · " }, rest.join(" · "))
}

fn shortly(words: &Words, mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        lines.truncate(MOST);
        lines.push(words.with("cli-import-more", &[("count", more.into())]));
    }
    lines
}
