//! `tiendo import` of a workbook (`.xlsx`, `.csv`, rows in JSON): a plan an office has, laid down; or one this program wrote, of
//! which only what was edited is taken in. What it says of items becomes entries of the journal.

use std::{fs, io::Write, path::Path};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    agreed,
    edits::{Edits, edited, over},
    preview::say,
};
use crate::{
    cli::{
        exit::{Exit, Stop},
        output,
        session::Session,
        store::Store,
    },
    domain::{
        answer::{Admission, Filter, LaidDown},
        entry::Entry,
        fold::live,
        id::{EntryId, ItemId},
        item::{Item, State},
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Today,
        text::Text,
    },
    export::{self, HandOver},
    ledger::Shared,
    sources::sheet::{
        limits::{Limits, Unusable},
        mapping::Mapping,
        read::{Looked, look},
        reading::Told,
        stamp::Stamp,
        told::Telling,
    },
    words::{LANGUAGES, Words, language},
};

/// Is it a workbook, rather than a plan file?
pub(super) fn is_one(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "csv" | "tsv" => true,
        "json" => fs::read_to_string(file).is_ok_and(|text| !text.contains("tiendo-plan/")),
        _ => false,
    }
}

/// What is taken in.
pub(super) struct Import {
    pub(super) plan: Plan,
    /// The plan as it stands is another one.
    pub(super) amends: bool,
    /// What of the workbook could not be brought into the plan.
    pub(super) left: Vec<Sentence>,
    /// What is said of items that the plan in force has, or will have.
    told: Vec<(ItemId, Told, Told)>,
}

pub(super) async fn run(
    session: &Session,
    store: &Store,
    ledger: &dyn Shared,
    file: &Path,
    yes: bool,
) -> anyhow::Result<Exit> {
    let looked = read(session, file)?;
    let now = Timestamp::now();
    let id = looked.reading.plan.id.clone();
    let has = ledger.plans().await?.iter().any(|head| head.id == id);
    let standing = if has { Some(ledger.snapshot(&id).await?) } else { None };
    let import = match (&standing, &looked.stamp) {
        (None, _) => new(&looked),
        (Some(standing), Some(stamp)) => ours(session, ledger, standing, stamp, &looked, now).await?,
        (Some(standing), None) => theirs(session, standing, &looked, now)?,
    };
    let book = Text::new(file.file_name().and_then(|name| name.to_str()).unwrap_or_default());
    let before = standing.as_ref().map(|snapshot| snapshot.outline.plan.as_ref());
    // As it will be, to see what can be told of it.
    let mut after = match &standing {
        Some(standing) => standing.clone(),
        None => Snapshot::new(import.plan.clone().into()),
    };
    let zone = after.outline.zone.clone();
    after.amend(import.plan.clone().into(), now.to_zoned_datetime(zone).date());
    let (entries, refused) = entries(ledger, &after, &import, &book, now, before.is_none()).await?;
    say(session, store, &looked, &import, before, &entries, &refused)?;
    let nothing = !import.amends && entries.is_empty() && before.is_some();
    if !nothing && !yes && !agreed(session)? {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-import-declined")));
    }
    if !nothing {
        take(session, ledger, import, entries, before.is_none(), now).await?;
    }
    Ok(Exit::Done)
}

fn read(session: &Session, file: &Path) -> anyhow::Result<Looked> {
    let said =
        |Unusable(why): Unusable| Stop::with(Exit::Failed, format!("{}: {}", file.display(), session.words.say(&why)));
    let limits = Limits::default();
    let size = fs::metadata(file).map_err(|error| unopened(session, file, &error))?.len();
    if usize::try_from(size).is_ok_and(|size| size > limits.file) {
        return Err(said(Unusable(Sentence::new("workbook-too-large").with("most", limits.file >> 20))));
    }
    let bytes = fs::read(file).map_err(|error| unopened(session, file, &error))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    look(&bytes, name, &Mapping::default(), &limits).map_err(said)
}

fn unopened(session: &Session, file: &Path, error: &std::io::Error) -> anyhow::Error {
    let why = Sentence::new("file-unopened").with("reason", error.to_string());
    Stop::with(Exit::Failed, format!("{}: {}", file.display(), session.words.say(&why)))
}

/// A plan the ledger does not have yet.
fn new(looked: &Looked) -> Import {
    let told = looked.reading.told.iter().map(|(id, told)| (id.clone(), Told::default(), told.clone())).collect();
    Import { plan: looked.reading.plan.clone(), amends: true, left: Vec::new(), told }
}

/// A workbook this program wrote: what differs from what it wrote was edited.
async fn ours(
    session: &Session,
    ledger: &dyn Shared,
    standing: &Snapshot,
    stamp: &Stamp,
    looked: &Looked,
    now: Timestamp,
) -> anyhow::Result<Import> {
    let then = ledger.at(&standing.outline.plan.id, stamp.at).await?;
    let words = Words::new(language(&stamp.language).unwrap_or(&LANGUAGES[0]));
    let written = rewritten(session, &then, stamp.at, &words)?;
    // What is so already is not told once more: it may come from another ledger, whose days are not this one's.
    let current = rewritten(session, standing, now, &words)?;
    let edits = Edits {
        standing,
        written: &written.reading.plan,
        read: &looked.reading.plan,
        language: words.language.tag,
        partial: stamp.partial,
    };
    let (plan, mut left) = edited(&edits);
    let nothing = Told::default();
    let mut told = Vec::new();
    for id in &looked.rows {
        let [was, is, so] = [&written, looked, &current].map(|one| one.reading.told.get(id).unwrap_or(&nothing));
        if was != is && is != so {
            told.push((id.clone(), was.clone(), is.clone()));
        }
        if id.as_str().starts_with("report:") && standing.item(id).is_none() {
            left.push(Sentence::new("cli-import-report").with("id", id.as_str()));
        }
    }
    let missing = written.rows.iter().filter(|id| id.as_str().starts_with("report:") && !looked.rows.contains(*id));
    if !stamp.partial {
        left.extend(missing.map(|id| Sentence::new("cli-import-report-kept").with("id", id.as_str())));
    }
    let amends = plan != *standing.outline.plan;
    Ok(Import { plan, amends, left, told })
}

/// The workbook as it was written then, read as it would be untouched.
fn rewritten(session: &Session, then: &Snapshot, at: Timestamp, words: &Words) -> anyhow::Result<Looked> {
    let outline = &then.outline;
    let at = at.to_zoned_datetime(outline.zone.clone());
    let today = Today::new(at.date(), session.config.due_soon_working_days, &outline.calendar);
    let letterhead = export::document::Letterhead::default();
    let over = HandOver::whole(then, today, at, (words, &letterhead));
    let bytes = export::workbook::workbook(&over).map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))?;
    let read = look(&bytes, "x.xlsx", &Mapping::default(), &Limits::default());
    read.map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))
}

/// Another wording of a plan, from an office's own workbook: an empty cell takes nothing back.
fn theirs(session: &Session, standing: &Snapshot, looked: &Looked, now: Timestamp) -> anyhow::Result<Import> {
    let current = rewritten(session, standing, now, &session.words)?;
    let read = &looked.reading;
    let nothing = Told::default();
    let told = read.told.iter().map(|(id, told)| {
        let was = current.reading.told.get(id).unwrap_or(&nothing).clone();
        let is = over(&was, told);
        (id.clone(), was, is)
    });
    let told = told.filter(|(_, was, is)| was != is).collect();
    let mut after = standing.clone();
    let zone = after.outline.zone.clone();
    after.amend(read.plan.clone().into(), now.to_zoned_datetime(zone).date());
    let gone = standing.items.iter().filter(|item| item.state != State::default() && after.place(&item.id).is_none());
    let left = gone.map(|item| Sentence::new("cli-import-vanishes").with("id", item.id.as_str())).collect();
    Ok(Import { plan: read.plan.clone(), amends: read.plan != *standing.outline.plan, left, told })
}

async fn entries(
    ledger: &dyn Shared,
    after: &Snapshot,
    import: &Import,
    book: &Text,
    now: Timestamp,
    first: bool,
) -> anyhow::Result<(Vec<Entry>, Vec<Sentence>)> {
    let telling = Telling { book, snapshot: after, now, first };
    let (mut entries, mut refused) = (Vec::new(), Vec::new());
    for (id, was, is) in &import.told {
        let Some(item) = after.item(id) else { continue };
        let acted = telling.of(item, standing_entries(ledger, after, item).await?, was, is);
        entries.extend(acted.entries);
        let why = acted
            .refused
            .map(|why| Sentence::new("cli-import-refused").with("id", id.as_str()).with("why", why.sentence()));
        refused.extend(why);
    }
    Ok((entries, refused))
}

/// The entries on an item that stand, in order.
async fn standing_entries(ledger: &dyn Shared, snapshot: &Snapshot, item: &Item) -> anyhow::Result<Vec<Entry>> {
    if item.state == State::default() {
        return Ok(Vec::new());
    }
    let filter = Filter { item: Some(item.id.clone()), ..Filter::default() };
    let page = ledger.entries(&snapshot.outline.plan.id, &filter).await?;
    let journal: Vec<&Entry> = page.entries.iter().rev().filter(|entry| entry.item == item.id).collect();
    Ok(live(&journal).into_iter().cloned().collect())
}

async fn take(
    session: &Session,
    ledger: &dyn Shared,
    import: Import,
    mut entries: Vec<Entry>,
    first: bool,
    now: Timestamp,
) -> anyhow::Result<()> {
    let me = &session.config.me;
    let id = import.plan.id.clone();
    let words = &session.words;
    let mut done = "cli-imported-unchanged";
    if import.amends {
        done = match ledger.lay_down(import.plan, me, now, EntryId(Uuid::now_v7())).await? {
            LaidDown::New { .. } => "cli-imported-new",
            LaidDown::Amended { .. } => "cli-imported-amended",
            LaidDown::Unchanged { .. } => "cli-imported-unchanged",
        };
    }
    let batch = Uuid::now_v7();
    for entry in &mut entries {
        (entry.batch, entry.by) = (Some(batch), Some(me.clone()));
    }
    let (mut added, mut refused) = (0_usize, Vec::new());
    if first {
        entries.sort_by_key(|entry| entry.at);
        added = usize::try_from(ledger.import(&id, entries).await?.added).unwrap_or_default();
    } else if !entries.is_empty() {
        for (admission, entry) in ledger.append(&id, &entries, me, now).await?.into_iter().zip(&entries) {
            match admission {
                Admission::Applied { .. } | Admission::Replayed { .. } => added += 1,
                Admission::Conflict { .. } => {
                    refused.push(format!("{}: {}", entry.item, words.get("cli-import-conflict")))
                }
                Admission::Refused(why) => refused.push(format!("{}: {}", entry.item, words.say(&why.sentence()))),
            }
        }
    }
    let mut out = output::out();
    let count = words.with("cli-imported-acts", &[("count", added.into())]);
    writeln!(out, "{} {count}", words.with(done, &[("plan", id.as_str().into())]))?;
    for line in refused {
        writeln!(out, "{}", session.signs(format!("  ! {line}")))?;
    }
    Ok(output::finish(out)?)
}
