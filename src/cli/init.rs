//! `tiendo init`: a short conversation about language, source and place, which ends with a config file and the dashboard; or the
//! same by flags alone. What it understood of a workbook it shows before it writes, and nothing is overwritten without asking.

mod book;
mod redmine;
mod talk;
mod written;
mod year;

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use self::{
    talk::Talk,
    written::{Place, Said, config, name_of},
};
use super::{
    arguments::Global,
    backup,
    dashboard::dashboard,
    exit::{Exit, Stop},
    opened::wait,
    said,
    session::{Session, variable, words_so_far},
};
use crate::{
    config::{self as options, Config},
    domain::{id::EntryId, nearest::nearest, plan::Plan, sentence::Sentence},
    ledger::{Ledger, sqlite::SqliteLedger},
    planfile::{TEMPLATES, template},
    sources::{http::check_url, sheet},
    words::{self, Words},
};

/// What a plan may come from.
const SOURCES: [&str; 4] = ["sheet", "http", "template", "redmine"];

/// What is said by flags; the kind of source is `--source`.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "FILE")]
    path: Option<PathBuf>,
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    #[arg(long, value_name = "N")]
    year: Option<i16>,
    #[arg(long, value_name = "FILE")]
    agencies: Option<PathBuf>,
    #[arg(long, value_name = "ID")]
    carry: Option<String>,
    #[arg(long, short)]
    yes: bool,
    #[arg(long)]
    force: bool,
    #[arg(long)]
    no_open: bool,
    #[arg(long)]
    offline: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Exit> {
    let file = written(global, arguments, &mut io::stdin().lock(), &mut io::stdout().lock())?;
    if arguments.no_open || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(Exit::Done);
    }
    let global = Global { config: Some(file), source: None, ..global.clone() };
    dashboard(&Session::new(&global, None)?, None)
}

/// Talks, and writes the config; answers where.
fn written(
    global: &Global,
    arguments: &Arguments,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<PathBuf> {
    let mut talk = Talk { input, out, words: words_so_far(global), yes: arguments.yes };
    let place = global.config.clone().or_else(|| options::named(&variable));
    let place = place.or_else(options::usual_file);
    let file = place.ok_or_else(|| Stop::usage(talk.words.get("cli-config-nowhere")))?;
    may_write(&mut talk, arguments, &file)?;
    if global.lang.is_none() && !talk.yes {
        talk.words = Words::new(language(&mut talk)?);
    }
    let kind = match &global.source {
        Some(kind) => known(&talk, kind, &SOURCES)?,
        None => talk.choose("init-source", &SOURCES, "--source")?,
    };
    let mut said = Said { language: talk.words.language.tag.to_owned(), ..Said::default() };
    match kind {
        "sheet" => said.source = Some(workbook(&mut talk, arguments)?),
        "http" => said.source = Some(shared(&mut talk, arguments)?),
        "redmine" => said.source = Some(redmine::project(&mut talk, arguments)?),
        _ => said.plan = Some(of_template(&mut talk, global, arguments)?),
    }
    let text = config(&said, |id| talk.words.get(id).into_owned());
    talk.say(&format!("\n{text}"))?;
    let question = "init-write";
    talk.tell("init-where", &[("file", file.display().to_string())])?;
    if !talk.agreed(question)? {
        return Err(Stop::with(Exit::Refused, talk.words.get("init-declined")));
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let beside = backup::beside(&file)?;
    fs::write(&beside.0, text)?;
    backup::put(&beside, &talk.words, &file, true)?;
    talk.tell("init-written", &[("file", file.display().to_string())])?;
    Ok(file)
}

/// A config that is there is somebody's: it is replaced only where that is said.
fn may_write(talk: &mut Talk<'_>, arguments: &Arguments, file: &Path) -> anyhow::Result<()> {
    if arguments.force || file.symlink_metadata().is_err() {
        return Ok(());
    }
    let named = [("file", file.display().to_string())];
    if talk.yes {
        return Err(Stop::with(Exit::Refused, talk.worded("cli-file-exists", &named)));
    }
    talk.tell("init-exists", &named)?;
    let no = talk.words.get("init-no").into_owned();
    let answer = talk.ask("init-replace", &no, "--force")?.to_lowercase();
    if ["y", "yes", "c", "có", "co"].contains(&answer.as_str()) {
        return Ok(());
    }
    Err(Stop::with(Exit::Refused, talk.words.get("init-declined")))
}

fn language(talk: &mut Talk<'_>) -> anyhow::Result<&'static words::Language> {
    let tags = words::LANGUAGES.each_ref().map(|language| language.tag);
    let tag = talk.choose("init-language", &tags, "--lang")?;
    Ok(words::language(tag).unwrap_or(&words::LANGUAGES[0]))
}

fn known<'n>(talk: &Talk<'_>, said: &str, names: &[&'n str]) -> anyhow::Result<&'n str> {
    names.iter().find(|name| **name == said).copied().ok_or_else(|| {
        let wrong = Sentence::new("init-no-such").with("said", said).with("known", names.join(", "));
        Stop::usage(talk.words.say(&wrong.near(nearest(said, names.iter().copied()))))
    })
}

fn workbook(talk: &mut Talk<'_>, arguments: &Arguments) -> anyhow::Result<(String, &'static str, Place)> {
    let said = match (&arguments.path, &arguments.url) {
        (Some(path), _) => path.display().to_string(),
        (None, Some(url)) => url.clone(),
        (None, None) => talk.ask("init-book", "", "--path")?,
    };
    if said.starts_with("http://") || said.starts_with("https://") {
        sheet::export(&said).map_err(|why| Stop::usage(talk.words.say(&why)))?;
        let name = if arguments.offline { None } else { book::show_at(talk, &said)? };
        let name = name.map_or_else(|| "bang-tinh".into(), |name| name_of(Path::new(&name)));
        return Ok((name, "sheet", Place::Url { url: said, token_file: None }));
    }
    let path = PathBuf::from(said);
    let path = path.canonicalize().unwrap_or(path);
    book::show(talk, &path)?;
    Ok((name_of(&path), "sheet", Place::File(path.display().to_string())))
}

fn shared(talk: &mut Talk<'_>, arguments: &Arguments) -> anyhow::Result<(String, &'static str, Place)> {
    let url = match &arguments.url {
        Some(url) => url.clone(),
        None => talk.ask("init-server", "", "--url")?,
    };
    check_url(&url).map_err(|why| Stop::usage(talk.words.say(&why)))?;
    let token_file = match &arguments.path {
        Some(path) => Some(path.display().to_string()),
        None => talk.ask_maybe("init-token-file")?,
    };
    Ok(("so-dung-chung".into(), "http", Place::Url { url, token_file }))
}

/// Lays a year's plan down in the ledger of this machine; answers its id.
fn of_template(talk: &mut Talk<'_>, global: &Global, arguments: &Arguments) -> anyhow::Result<String> {
    let names = TEMPLATES.map(|(name, _)| name);
    let name = match &arguments.template {
        Some(name) => known(talk, name, &names)?,
        None if talk.yes => names[0],
        None => talk.choose("init-template", &names, "--template")?,
    };
    let this_year = Timestamp::now().to_zoned_datetime(TimeZone::UTC).year();
    let year = match arguments.year {
        Some(year) => year,
        None => loop {
            let said = talk.ask("init-year", &this_year.to_string(), "--year")?;
            match said.parse::<i16>() {
                Ok(year) if (2000..=2100).contains(&year) => break year,
                Ok(_) | Err(_) => talk.tell("init-not-among", &[("said", said)])?,
            }
        },
    };
    let file = match &arguments.agencies {
        Some(file) => Some(file.clone()),
        None => talk.ask_maybe("init-agencies")?.map(PathBuf::from),
    };
    let agencies = file.as_deref().map(year::agencies).transpose()?;
    let loaded = template(name, year, agencies)?;
    for remark in &loaded.remarks {
        let line = said::remark(&talk.words, remark);
        talk.say(&line)?;
    }
    let carry = match &arguments.carry {
        Some(plan) => Some(plan.clone()),
        None => talk.ask_maybe("init-carry")?,
    };
    lay_down(talk, global, loaded.plan, carry)
}

fn lay_down(talk: &mut Talk<'_>, global: &Global, mut plan: Plan, carry: Option<String>) -> anyhow::Result<String> {
    // The config is the one that is about to be written: what it would say of the ledger is not known yet.
    let config = Config::gather(None, global.layer(), &|name| variable(name).filter(|_| name != "TIENDO_CONFIG"));
    let config = config.map_err(|error| Stop::usage(said::option(&talk.words, &error)))?;
    let folder = config.data_dir.clone().ok_or_else(|| Stop::usage(talk.words.get("cli-no-data-dir")))?;
    let path = folder.join("ledger.db");
    let id = plan.id.clone();
    let carried = wait(async {
        let ledger = SqliteLedger::open(&path).await?;
        let plans = ledger.plans().await?;
        if plans.iter().any(|head| head.id == id) {
            return Err(Stop::with(Exit::Refused, talk.worded("init-plan-exists", &[("plan", id.to_string())])));
        }
        let carried = match carry {
            Some(last) => {
                let last = known(talk, &last, &plans.iter().map(|head| head.id.as_str()).collect::<Vec<_>>())?.into();
                year::carry(&mut plan, &ledger.snapshot(&last).await?)
            }
            None => 0,
        };
        ledger.lay_down(plan, &config.me, Timestamp::now(), EntryId(Uuid::now_v7())).await?;
        Ok(carried)
    })?;
    talk.tell("init-laid-down", &[("plan", id.to_string()), ("path", path.display().to_string())])?;
    if carried > 0 {
        talk.tell("init-carried", &[("count", carried.to_string())])?;
    }
    Ok(id.to_string())
}
