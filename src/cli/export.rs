//! `tiendo export FILE`: the plan handed over in the form its ending asks for: a workbook, the consolidated report. With
//! `--template` a blank workbook to hand out, with `--letter` the official letter that urges what is late.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    arguments::Asked,
    backup::Beside,
    exit::{Exit, Stop},
    letter,
    opened::wait,
    output,
    session::Session,
    view::View,
};
use crate::{
    domain::{answer::Filter, entry::Entry, id::ItemId, item::Index, sentence::Sentence},
    export::{
        self, Format, HandOver,
        document::{Kind, overdue},
    },
};

/// The journal of a workbook has so many lines, the newest.
const MOST_ENTRIES: usize = 20_000;

/// What is handed over where.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    template: bool,
    #[arg(long, conflicts_with = "template")]
    letter: bool,
    #[arg(long)]
    each: bool,
    #[arg(long)]
    force: bool,
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    #[arg(long, value_name = "ID")]
    agency: Option<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    let file = &arguments.file;
    let format = format(session, file)?;
    if arguments.each && !arguments.letter {
        return Err(Stop::usage(words.get("cli-letter-each")));
    }
    // Of letters to each agency the names are known only when it is known who is late.
    if !arguments.each {
        is_free(session, file, arguments.force)?;
    }
    let files = if arguments.template {
        let year = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
        let bytes = export::workbook::template(year, words);
        vec![(file.clone(), bytes.map_err(|why| Stop::with(Exit::Failed, words.say(&why.0)))?)]
    } else {
        wait(handed_over(session, arguments, format))?
    };
    for (file, _) in &files {
        is_free(session, file, arguments.force)?;
    }
    for (file, bytes) in &files {
        put(session, bytes, file, arguments.force)?;
        output::complain(&words.with("cli-exported", &[("file", file.display().to_string().into())]));
    }
    Ok(Exit::Done)
}

/// What is there is only written over where that was asked for.
fn is_free(session: &Session, file: &Path, force: bool) -> anyhow::Result<()> {
    if file.symlink_metadata().is_err() || force {
        return Ok(());
    }
    let said = session.words.with("cli-file-exists", &[("file", file.display().to_string().into())]);
    Err(Stop::with(Exit::Refused, said))
}

/// The form its ending asks for.
fn format(session: &Session, file: &Path) -> anyhow::Result<Format> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let endings = Format::ALL.map(|format| format!(".{}", format.ending())).join(", ");
    let refusal = Sentence::new("cli-export-ending").with("ending", ending).with("endings", endings);
    Format::of(ending).ok_or_else(|| Stop::usage(session.words.say(&refusal)))
}

async fn handed_over(
    session: &Session,
    arguments: &Arguments,
    format: Format,
) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let is_worded = matches!(format, Format::Document | Format::Markdown);
    if arguments.letter && !is_worded {
        return Err(Stop::usage(session.words.get("cli-letter-form")));
    }
    let asked = Asked {
        at: arguments.at.clone(),
        agency: arguments.agency.clone(),
        filter: arguments.filter.clone(),
        ..Asked::default()
    };
    let view = View::of(session, &asked).await?;
    let parts = [arguments.agency.as_deref(), arguments.filter.as_deref()];
    let filter = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let outline = &view.snapshot.outline;
    let matcher = view.matcher();
    let leads = |lead: Option<Index>| view.agency.is_none() || lead == view.agency;
    let campaigns = (0..).zip(&outline.plan.campaigns);
    let campaigns = campaigns
        .filter(|(index, campaign)| matcher.campaign(*index) && leads(outline.agency(campaign.lead.as_str())))
        .map(|(index, _)| index)
        .collect();
    let me = view.me(session);
    let letterhead = letter::letterhead(session, outline);
    let mut over = HandOver {
        snapshot: &view.snapshot,
        today: view.today,
        at: view.zoned(),
        items: view.items(),
        campaigns,
        journal: &[],
        source: &view.opened.name,
        filter: &filter,
        who: me.as_str(),
        letterhead: &letterhead,
        words: &session.words,
        labels: export::labels(outline, session.tag()),
    };
    if arguments.letter {
        return letter::drafts(session, &over, (&arguments.file, format), arguments.each);
    }
    if is_worded {
        letter::in_order(session, &letterhead, Kind::Report)?;
    }
    // A report tells of what is late alone, and of that everything; a workbook the newest of all that is in it.
    let told: Option<HashSet<&ItemId>> = match format {
        Format::Document | Format::Markdown => Some(overdue(&over).into_iter().map(|item| &item.id).collect()),
        Format::Workbook => view.is_partial().then(|| over.items.iter().map(|item| &item.id).collect()),
    };
    let journal = journal(&view, told.as_ref()).await?;
    over.journal = &journal;
    let bytes = format.bytes(&over).map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))?;
    Ok(vec![(arguments.file.clone(), bytes)])
}

/// The journal, of some items where only those are told of, newest first, where the source has one.
async fn journal(view: &View, told: Option<&HashSet<&ItemId>>) -> anyhow::Result<Vec<Entry>> {
    let mut journal = Vec::new();
    if !view.opened.source.capabilities().journal {
        return Ok(journal);
    }
    let mut filter = Filter { until: Some(view.at), ..Filter::default() };
    loop {
        let page = view.opened.source.entries(&filter).await?;
        filter.before = page.entries.last().map(|entry| entry.seq);
        let is_last = page.entries.len() < filter.most();
        journal.extend(page.entries.into_iter().filter(|entry| told.is_none_or(|told| told.contains(&entry.item))));
        if is_last || journal.len() >= MOST_ENTRIES {
            journal.truncate(MOST_ENTRIES);
            return Ok(journal);
        }
    }
}

/// Writes beside the place and puts it there.
fn put(session: &Session, bytes: &[u8], file: &Path, force: bool) -> anyhow::Result<()> {
    let beside = Beside::of(file)?;
    fs::write(&beside.0, bytes)?;
    beside.put(&session.words, file, force)
}
