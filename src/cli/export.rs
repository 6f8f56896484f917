//! `tiendo export FILE`: the plan handed over, in the form its ending asks for; with `--template` a blank workbook to hand out.

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
    handed,
    opened::wait,
    output, picture,
    session::Session,
    view::View,
};
use crate::{
    domain::{item::Index, sentence::Sentence},
    export::{self, Format, HandOver, Table, Unwritten},
    runtime::handing,
};

/// What is handed over where.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    template: bool,
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(Table::ALL.map(Table::as_str)))]
    table: Option<String>,
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = picture::size)]
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

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    let file = &arguments.file;
    let format = format(session, file)?;
    fits(session, arguments, format)?;
    if file.symlink_metadata().is_ok() && !arguments.force {
        let said = words.with("cli-file-exists", &[("file", file.display().to_string().into())]);
        return Err(Stop::with(Exit::Refused, said));
    }
    let unwritten = |why: Unwritten| Stop::with(Exit::Failed, words.say(&why.0));
    let (bytes, exit) = if arguments.template {
        let year = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
        (export::workbook::template(year, words).map_err(unwritten)?, Exit::Done)
    } else {
        wait(handed_over(session, arguments, format))?
    };
    put(session, &bytes, file, arguments.force)?;
    output::complain(&words.with("cli-exported", &[("file", file.display().to_string().into())]));
    Ok(exit)
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

async fn handed_over(session: &Session, arguments: &Arguments, format: Format) -> anyhow::Result<(Vec<u8>, Exit)> {
    let asked = Asked {
        at: arguments.at.clone(),
        agency: arguments.agency.clone(),
        filter: arguments.filter.clone(),
        ..Asked::default()
    };
    if format == Format::Picture {
        return picture::picture(session, &asked, arguments.size).await;
    }
    let view = View::of(session, &asked).await?;
    let source = view.opened.source.as_ref();
    let table = arguments.table.as_deref().and_then(|name| Table::ALL.into_iter().find(|table| table.as_str() == name));
    let table = table.unwrap_or_default();
    let needs = format.needs(table);
    let items = view.items();
    let only: Option<HashSet<_>> = view.is_partial().then(|| items.iter().map(|item| item.id.clone()).collect());
    let journal = if needs.journal { handing::journal(source, view.at, only.as_ref()).await? } else { Vec::new() };
    let past = if needs.past { handing::past(source, view.today.date).await } else { None };
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
    let over = HandOver {
        snapshot: &view.snapshot,
        today: view.today,
        at: view.zoned(),
        items,
        listed: None,
        is_sorted: false,
        is_whole: !view.is_partial(),
        table,
        campaigns,
        journal: &journal,
        past: past.as_ref(),
        picture: "",
        lists: handed::lists,
        source: &view.opened.name,
        filter: &filter,
        who: me.as_str(),
        words: &session.words,
        labels: export::labels(outline, session.tag()),
    };
    let bytes = format.bytes(&over).map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))?;
    Ok((bytes, asked.exit(&view, false)))
}

/// Writes beside the place and puts it there.
fn put(session: &Session, bytes: &[u8], file: &Path, force: bool) -> anyhow::Result<()> {
    let beside = backup::beside(file)?;
    fs::write(&beside.0, bytes)?;
    backup::put(&beside, &session.words, file, force)
}
