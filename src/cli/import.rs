//! `tiendo import`: a plan file (a workbook is `workbook.rs`'s), with its journal, into the ledger of this machine or of `--store`: laid down for the first time, or as an
//! amendment of the one it holds. It says what changes and asks before it does so.

mod acts;
mod agencies;
mod campaigns;
mod edits;
mod mapping;
mod preview;
mod reports;
mod theirs;
mod workbook;

use std::{io::Write, path::PathBuf};

use clap::Args;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    differences,
    exit::{Exit, Stop},
    opened::wait,
    output, said,
    session::Session,
    store::{self, Store},
};
use crate::{
    domain::{answer::LaidDown, id::EntryId, plan::Plan},
    ledger::Shared,
    planfile::{self, HolidayTables, Loaded},
};

/// What is imported.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, short)]
    yes: bool,
    #[arg(long, value_name = "MAPPING")]
    map: Option<String>,
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let words = &session.words;
    if session.read_only {
        return Err(Stop::with(Exit::Refused, words.get("cli-read-only")));
    }
    let store = match &arguments.store {
        Some(store) => store.parse()?,
        None => Store::File(store::ledger_file(session)?),
    };
    if workbook::is_one(&arguments.file) {
        let mapping = mapping::mapping(session, arguments.map.as_deref())?;
        return wait(async {
            let ledger = store::open(session, &store).await?;
            workbook::run(session, &store, ledger.as_ref(), &arguments.file, mapping, arguments.yes).await
        });
    }
    if arguments.map.is_some() {
        return Err(Stop::usage(words.get("cli-map-plan-file")));
    }
    let loaded = planfile::read_file(&arguments.file, &HolidayTables::shipped(), Timestamp::now())?;
    wait(async {
        let ledger = store::open(session, &store).await?;
        let standing = standing(ledger.as_ref(), &loaded.plan).await?;
        say(session, &store, &loaded, standing.as_ref())?;
        if !arguments.yes && !agreed(session)? {
            return Err(Stop::with(Exit::Refused, words.get("cli-import-declined")));
        }
        lay_down(session, ledger.as_ref(), loaded).await
    })?;
    Ok(Exit::Done)
}

/// The plan of the same id that the ledger holds.
async fn standing(ledger: &dyn Shared, plan: &Plan) -> anyhow::Result<Option<Plan>> {
    if !ledger.plans().await?.iter().any(|head| head.id == plan.id) {
        return Ok(None);
    }
    Ok(Some(ledger.snapshot(&plan.id).await?.outline.plan.as_ref().clone()))
}

/// Says what was read and what it would change.
fn say(session: &Session, store: &Store, loaded: &Loaded, standing: Option<&Plan>) -> anyhow::Result<()> {
    let words = &session.words;
    let mut out = output::out();
    for remark in &loaded.remarks {
        writeln!(out, "{}", said::remark(words, remark))?;
    }
    let read = [
        ("plan", loaded.plan.id.as_str().into()),
        ("entries", loaded.journal.len().into()),
        ("aside", loaded.set_aside.into()),
        ("warnings", loaded.warnings.into()),
    ];
    writeln!(out, "{}", words.with("cli-plan-read", &read))?;
    writeln!(out, "{}", words.with("cli-import-into", &[("path", store.to_string().into())]))?;
    for line in changes(session, &loaded.plan, standing) {
        writeln!(out, "{}", session.signs(line))?;
    }
    Ok(output::finish(out)?)
}

/// What taking the plan in would change.
fn changes(session: &Session, plan: &Plan, standing: Option<&Plan>) -> Vec<String> {
    let say = |id: &str| session.words.get(id).into_owned();
    let Some(before) = standing else { return vec![say("cli-import-new")] };
    match differences::lines(session, before, plan) {
        None => vec![say("cli-import-same")],
        Some(lines) => std::iter::once(say("cli-import-amends")).chain(lines).collect(),
    }
}

/// Asks whether to go on; nobody there is a no.
fn agreed(session: &Session) -> anyhow::Result<bool> {
    if !output::is_somebody_there() {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-import-nobody")));
    }
    Ok(output::agreed(&session.words.get("cli-import-question"))?)
}

async fn lay_down(session: &Session, ledger: &dyn Shared, loaded: Loaded) -> anyhow::Result<()> {
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
