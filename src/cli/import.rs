//! `tiendo import`: a plan file, with its journal, into the ledger of this machine: laid down for the first time, or as an
//! amendment of the one it holds. It says what changes and asks before it does so.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    exit::{Exit, Stop},
    opened::{SAMPLE, local_ledger, wait},
    output,
    session::Session,
};
use crate::{
    domain::{answer::LaidDown, id::EntryId, plan::Plan},
    ledger::{Ledger, sqlite::SqliteLedger},
    planfile::{self, HolidayTables, Loaded},
};

/// What is imported.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    /// A plan file (.toml, .json); its journal is taken in too, in it or beside it as NAME.journal.jsonl
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    if session.read_only {
        return Err(Stop::with(Exit::Refused, words.get("cli-read-only")));
    }
    let path = ledger_file(session)?;
    let loaded = planfile::read_file(&arguments.file, &HolidayTables::shipped())?;
    wait(async {
        let ledger = SqliteLedger::open(&path).await?;
        let standing = standing(&ledger, &loaded.plan).await?;
        say(session, &path, &loaded, standing.as_ref())?;
        if !arguments.yes && !agreed(session)? {
            return Err(Stop::with(Exit::Refused, words.get("cli-import-declined")));
        }
        lay_down(session, &ledger, loaded).await
    })?;
    Ok(Exit::Done)
}

/// The ledger of this machine, or the one of the source asked for.
fn ledger_file(session: &Session) -> anyhow::Result<PathBuf> {
    let config = &session.config;
    if config.source.as_deref() == Some(SAMPLE) {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-sample-refuses")));
    }
    let named = config.source.as_deref().and_then(|name| config.sources.iter().find(|source| source.name == name));
    if let (Some(name), None) = (&config.source, named) {
        return Err(Stop::usage(session.words.with("cli-no-such-source", &[("name", name.as_str().into())])));
    }
    let path = named.and_then(|source| source.path.clone()).or_else(|| local_ledger(config));
    path.ok_or_else(|| Stop::usage(session.words.get("cli-no-data-dir")))
}

/// The plan of the same id that the ledger holds.
async fn standing(ledger: &SqliteLedger, plan: &Plan) -> anyhow::Result<Option<Plan>> {
    if !ledger.plans().await?.iter().any(|head| head.id == plan.id) {
        return Ok(None);
    }
    Ok(Some(ledger.snapshot(&plan.id).await?.outline.plan.as_ref().clone()))
}

/// Says what was read and what it would change.
fn say(session: &Session, path: &Path, loaded: &Loaded, standing: Option<&Plan>) -> anyhow::Result<()> {
    let words = &session.words;
    let mut out = output::out();
    for remark in &loaded.remarks {
        writeln!(out, "{remark}")?;
    }
    let read = [
        ("plan", loaded.plan.id.as_str().into()),
        ("entries", loaded.journal.len().into()),
        ("aside", loaded.set_aside.into()),
        ("warnings", loaded.warnings.into()),
    ];
    writeln!(out, "{}", words.with("cli-plan-read", &read))?;
    writeln!(out, "{}", words.with("cli-import-into", &[("path", path.display().to_string().into())]))?;
    for line in changes(session, &loaded.plan, standing) {
        writeln!(out, "{line}")?;
    }
    Ok(output::finish(out)?)
}

/// Per list of the plan how many records are new, changed and gone.
fn changes(session: &Session, plan: &Plan, standing: Option<&Plan>) -> Vec<String> {
    let words = &session.words;
    let Some(before) = standing else { return vec![words.get("cli-import-new").into_owned()] };
    if before == plan {
        return vec![words.get("cli-import-same").into_owned()];
    }
    let mut lines = vec![words.get("cli-import-amends").into_owned()];
    let mut add = |list: &str, counts: Counts| {
        if counts != Counts::default() {
            let args = [("new", counts.new.into()), ("changed", counts.changed.into()), ("gone", counts.gone.into())];
            lines.push(format!("  {}: {}", words.get(list), words.with("cli-import-counts", &args)));
        }
    };
    add("cli-list-programmes", Counts::of(&before.programmes, &plan.programmes, |one| one.id.as_str()));
    add("cli-list-agencies", Counts::of(&before.agencies, &plan.agencies, |one| one.id.as_str()));
    add("cli-list-tasks", Counts::of(&before.tasks, &plan.tasks, |one| one.id.as_str()));
    add("cli-list-duties", Counts::of(&before.duties, &plan.duties, |one| one.id.as_str()));
    add("cli-list-campaigns", Counts::of(&before.campaigns, &plan.campaigns, |one| one.id.as_str()));
    lines
}

/// How many records of a list are new, changed and gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    new: usize,
    changed: usize,
    gone: usize,
}

impl Counts {
    fn of<T: PartialEq>(before: &[T], after: &[T], id: impl Fn(&T) -> &str) -> Self {
        let mut counts = Counts::default();
        let old: std::collections::HashMap<&str, &T> = before.iter().map(|record| (id(record), record)).collect();
        for record in after {
            match old.get(id(record)) {
                None => counts.new += 1,
                Some(standing) if *standing != record => counts.changed += 1,
                Some(_) => {}
            }
        }
        let kept: std::collections::HashSet<&str> = after.iter().map(&id).collect();
        counts.gone = old.keys().filter(|id| !kept.contains(*id)).count();
        counts
    }
}

/// Asks whether to go on; nobody there is a no.
fn agreed(session: &Session) -> anyhow::Result<bool> {
    if !output::is_somebody_there() {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-import-nobody")));
    }
    let answer = output::ask(&session.words.get("cli-import-question"))?.unwrap_or_default();
    Ok(["y", "yes", "c", "có", "co"].contains(&answer.to_lowercase().as_str()))
}

async fn lay_down(session: &Session, ledger: &SqliteLedger, loaded: Loaded) -> anyhow::Result<()> {
    let Loaded { plan, journal, .. } = loaded;
    let id = plan.id.clone();
    let laid_down = ledger.lay_down(plan, &session.config.me, Timestamp::now(), EntryId(Uuid::now_v7())).await?;
    let imported = ledger.import(&id, journal).await?;
    let done = match laid_down {
        LaidDown::New { .. } => "cli-imported-new",
        LaidDown::Amended { .. } => "cli-imported-amended",
        LaidDown::Unchanged { .. } => "cli-imported-unchanged",
    };
    let words = &session.words;
    let entries = words.with(
        "cli-imported-entries",
        &[("added", imported.added.to_string().into()), ("known", imported.known.to_string().into())],
    );
    let mut out = output::out();
    writeln!(out, "{} {entries}", words.with(done, &[("plan", id.as_str().into())]))?;
    Ok(output::finish(out)?)
}
