//! `tiendo export FILE`: the plan handed over in the form its ending asks for: a page, a workbook, the consolidated report, a
//! picture, a table. With `--template` a blank workbook to hand out, with `--letter` the official letter that urges what is late.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, builder::PossibleValuesParser};

use super::{
    arguments::Asked,
    backup,
    exit::{Exit, Stop},
    handed, letter,
    opened::wait,
    output, picture,
    session::Session,
    view::View,
};
use crate::{
    domain::{id::ItemId, item::Index, sentence::Sentence},
    export::{
        self, Format, HandOver, Table, Unwritten,
        document::{Kind, Letterhead, overdue},
    },
    runtime::handing,
};

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
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(Table::ALL.map(Table::as_str)))]
    table: Option<String>,
    #[arg(long, value_name = "SIZE", value_parser = picture::size)]
    size: Option<(u16, u16)>,
    #[arg(long)]
    force: bool,
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    #[arg(long, value_name = "ID")]
    agency: Option<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// Files with their bytes, and how the command ends.
type Files = (Vec<(PathBuf, Vec<u8>)>, Exit);

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    let file = &arguments.file;
    let format = format(session, file)?;
    fits(session, arguments, format)?;
    // Of letters to each agency the names are known only when it is known who is late.
    if !arguments.each {
        is_free(session, file, arguments.force)?;
    }
    let (files, exit) = if arguments.template {
        let year = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
        let bytes = export::workbook::template(year, words).map_err(|why| unwritten(session, &why))?;
        (vec![(file.clone(), bytes)], Exit::Done)
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
    Ok(exit)
}

/// What is there is only written over where that was asked for.
fn is_free(session: &Session, file: &Path, force: bool) -> anyhow::Result<()> {
    if file.symlink_metadata().is_err() || force {
        return Ok(());
    }
    let said = session.words.with("cli-file-exists", &[("file", file.display().to_string().into())]);
    Err(Stop::with(Exit::Refused, said))
}

fn unwritten(session: &Session, why: &Unwritten) -> anyhow::Error {
    Stop::with(Exit::Failed, session.words.say(&why.0))
}

/// The form its ending asks for.
fn format(session: &Session, file: &Path) -> anyhow::Result<Format> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let endings = Format::ALL.map(|format| format!(".{}", format.ending())).join(", ");
    let refusal = Sentence::new("cli-export-ending").with("ending", ending).with("endings", endings);
    Format::of(ending).ok_or_else(|| Stop::usage(session.words.say(&refusal)))
}

/// What only some forms take is not passed over in silence.
fn fits(session: &Session, arguments: &Arguments, format: Format) -> anyhow::Result<()> {
    if arguments.each && !arguments.letter {
        return Err(Stop::usage(session.words.get("cli-letter-each")));
    }
    if arguments.letter && !is_worded(format) {
        return Err(Stop::usage(session.words.get("cli-letter-form")));
    }
    let is_list = matches!(format, Format::Csv | Format::Json);
    let wrong = [
        ("--template", arguments.template && format != Format::Workbook),
        ("--table", arguments.table.is_some() && !is_list),
        ("--size", arguments.size.is_some() && format != Format::Picture),
        ("--view", session.view.is_some() && format != Format::Picture),
    ];
    let Some((option, _)) = wrong.into_iter().find(|(_, is)| *is) else { return Ok(()) };
    let said = Sentence::new("cli-export-option").with("option", option).with("ending", format.ending());
    Err(Stop::usage(session.words.say(&said)))
}

/// Has an office wording of its own for it?
fn is_worded(format: Format) -> bool {
    matches!(format, Format::Document | Format::Markdown)
}

async fn handed_over(session: &Session, arguments: &Arguments, format: Format) -> anyhow::Result<Files> {
    let asked = Asked {
        at: arguments.at.clone(),
        agency: arguments.agency.clone(),
        filter: arguments.filter.clone(),
        ..Asked::default()
    };
    let file = &arguments.file;
    if format == Format::Picture {
        let (bytes, exit) = picture::picture(session, &asked, arguments.size).await?;
        return Ok((vec![(file.clone(), bytes)], exit));
    }
    let view = View::of(session, &asked).await?;
    let letterhead = letter::letterhead(session, &view.snapshot.outline);
    let table = arguments.table.as_deref().and_then(|name| Table::ALL.into_iter().find(|table| table.as_str() == name));
    let parts = [arguments.agency.as_deref(), arguments.filter.as_deref()];
    let filter = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let me = view.me(session);
    let mut over = asked_for(session, &view, &letterhead, (&filter, me.as_str()));
    over.table = table.unwrap_or_default();
    let exit = asked.exit(&view, false);
    if arguments.letter {
        return Ok((letter::drafts(session, &over, (file, format), arguments.each)?, exit));
    }
    if is_worded(format) {
        letter::in_order(session, &letterhead, Kind::Report)?;
    }
    let needs = format.needs(over.table);
    let source = view.opened.source.as_ref();
    let (mut journal, mut past) = (Vec::new(), None);
    if needs.journal {
        let ids = |items: &[&crate::domain::item::Item]| items.iter().map(|item| item.id.clone()).collect();
        let told: Option<HashSet<ItemId>> = match needs.of_the_late {
            true => Some(ids(&overdue(&over))),
            false => view.is_partial().then(|| ids(&over.items)),
        };
        journal = handing::journal(source, view.at, told.as_ref()).await?;
    }
    if needs.past {
        past = handing::past(source, view.today.date).await;
    }
    (over.journal, over.past) = (&journal, past.as_ref());
    let bytes = format.bytes(&over).map_err(|why| unwritten(session, &why))?;
    Ok((vec![(file.clone(), bytes)], exit))
}

/// What was asked for, with nothing besides.
fn asked_for<'a>(
    session: &'a Session,
    view: &'a View,
    letterhead: &'a Letterhead,
    (filter, who): (&'a str, &'a str),
) -> HandOver<'a> {
    let outline = &view.snapshot.outline;
    let matcher = view.matcher();
    let leads = |lead: Option<Index>| view.agency.is_none() || lead == view.agency;
    let campaigns = (0..).zip(&outline.plan.campaigns);
    let campaigns = campaigns
        .filter(|(index, campaign)| matcher.campaign(*index) && leads(outline.agency(campaign.lead.as_str())))
        .map(|(index, _)| index);
    let words = (&session.words, letterhead);
    HandOver {
        items: view.items(),
        is_whole: !view.is_partial(),
        campaigns: campaigns.collect(),
        lists: handed::lists,
        source: &view.opened.name,
        filter,
        who,
        ..HandOver::whole(&view.snapshot, view.today, view.zoned(), words)
    }
}

/// Writes beside the place and puts it there.
fn put(session: &Session, bytes: &[u8], file: &Path, force: bool) -> anyhow::Result<()> {
    let beside = backup::beside(file)?;
    fs::write(&beside.0, bytes)?;
    backup::put(&beside, &session.words, file, force)
}
