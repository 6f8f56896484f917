//! `tiendo import` of a workbook (`.xlsx`, `.csv`, rows in JSON): a plan an office has, laid down; or one this program wrote, of
//! which only what was edited is taken in. What it says of items becomes entries of the journal.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    acts::{Acts, acts},
    agreed,
    edits::{Edits, edited},
    preview::{Preview, say},
    theirs::theirs,
};
use crate::{
    cli::{
        exit::{Exit, Stop},
        output,
        session::Session,
        store::Store,
    },
    domain::{
        answer::{Admission, LaidDown},
        entry::Entry,
        id::{EntryId, ItemId},
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        status::{Base, Today},
        text::Text,
    },
    export::{self, HandOver},
    ledger::Shared,
    sources::sheet::{
        limits::{Limits, Unusable},
        looked::Looked,
        mapping::Mapping,
        patience::{LONG, within},
        read::look,
        reading::{Told, Unread},
        stamp::Stamp,
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
    /// What was edited and is not taken in, and why.
    pub(super) left: Vec<Unread>,
    /// What stays of the plan because the workbook says nothing of it; what goes although it has a history.
    pub(super) kept: Vec<Sentence>,
    /// What the workbook says of items.
    pub(super) told: Vec<Anew>,
}

/// What a workbook says anew of an item.
pub(super) struct Anew {
    pub(super) item: ItemId,
    /// The record of its row.
    pub(super) record: Text,
    pub(super) was: Told,
    pub(super) is: Told,
}

pub(super) async fn run(
    session: &Session,
    store: &Store,
    ledger: &dyn Shared,
    file: &Path,
    mapping: Mapping,
    yes: bool,
) -> anyhow::Result<Exit> {
    let looked = read(session, file, mapping).await?;
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
    let Acts { entries, over, refused } = acts(ledger, &after, &looked, &import, &book, now, before.is_none()).await?;
    say(session, &Preview { store, looked: &looked, import: &import, before, entries: &entries, over, refused })?;
    let nothing = !import.amends && entries.is_empty() && before.is_some();
    if !nothing && !yes && !agreed(session)? {
        return Err(Stop::with(Exit::Refused, session.words.get("cli-import-declined")));
    }
    if !nothing {
        take(session, ledger, import, entries, before.is_none(), now).await?;
    }
    Ok(Exit::Done)
}

async fn read(session: &Session, file: &Path, mapping: Mapping) -> anyhow::Result<Looked> {
    let said =
        |Unusable(why): Unusable| Stop::with(Exit::Failed, format!("{}: {}", file.display(), session.words.say(&why)));
    let limits = Limits::default();
    let size = fs::metadata(file).map_err(|error| unopened(session, file, &error))?.len();
    if usize::try_from(size).is_ok_and(|size| size > limits.file) {
        return Err(said(Unusable(Sentence::new("workbook-too-large").with("most", limits.file >> 20))));
    }
    let bytes = fs::read(file).map_err(|error| unopened(session, file, &error))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    within(LONG, move |limits| look(&bytes, &name, &mapping, limits)).await.map_err(said)
}

fn unopened(session: &Session, file: &Path, error: &std::io::Error) -> anyhow::Error {
    let why = Sentence::new("file-unopened").with("reason", error.to_string());
    Stop::with(Exit::Failed, format!("{}: {}", file.display(), session.words.say(&why)))
}

/// A plan the ledger does not have yet.
fn new(looked: &Looked) -> Import {
    let told = looked.reading.told.iter().map(|(id, told)| Anew {
        item: id.clone(),
        record: record(looked, id),
        was: Told::default(),
        is: told.clone().clear(&Told::default()),
    });
    Import { plan: looked.reading.plan.clone(), amends: true, left: Vec::new(), kept: Vec::new(), told: told.collect() }
}

/// The record of an item's row: a report's may say another id than it has in the plan that was read.
pub(super) fn record(looked: &Looked, id: &ItemId) -> Text {
    let own = looked.reports.iter().find(|(_, report)| report.laid == *id).map(|(own, _)| own);
    Text::new(own.unwrap_or(id).as_str())
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
    let faithful = written.stamp.as_ref().is_some_and(|written| written.state == stamp.state);
    let edits = Edits { standing, written: &written, read: looked, words: &words, faithful, partial: stamp.partial };
    let (plan, mut left) = edited(&edits);
    let nothing = Told::default();
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    for (record, id, is) in said(looked, standing) {
        let item = id.clone();
        seen.insert(id.clone());
        let [was, so] = [&written, &current].map(|one| told_of(one, &id).unwrap_or(&nothing));
        let is = is.clone().clear(was);
        if *was != is && is != *so {
            told.push(Anew { item, record, was: was.clone(), is });
        } else if *was == is {
            left.extend(edits.only_worded(record.as_str()));
        }
        if id.as_str().starts_with("report:") && standing.item(&id).is_none() {
            left.push(edits.at(id.as_str(), None, Sentence::new("cli-import-report").with("id", id.as_str())));
        }
    }
    if !stamp.partial {
        // A ledger that was told of it by such a workbook calls off what has no row there.
        let is_off = |id: &ItemId| {
            let base = standing.item(id).map(|item| item.state.base);
            !faithful && matches!(base, None | Some(Base::Exempt | Base::Cancelled))
        };
        let missing = written.reports.keys().filter(|id| !seen.contains(*id) && !is_off(id));
        let why = |id: &ItemId| Sentence::new("cli-import-report-kept").with("id", id.as_str());
        left.extend(missing.map(|id| edits.at(id.as_str(), None, why(id))));
    }
    let amends = plan != *standing.outline.plan;
    Ok(Import { plan, amends, left, kept: Vec::new(), told })
}

/// What rows say of items: their record, the item in the plan, what is said.
fn said(looked: &Looked, standing: &Snapshot) -> Vec<(Text, ItemId, Told)> {
    let reports = looked.reports.iter().map(|(own, report)| {
        // The plan may have it under the id that was read instead: it was laid down from such a workbook.
        let item = if standing.item(own).is_some() { own } else { &report.laid };
        let item = if standing.item(item).is_some() { item } else { own };
        (Text::new(own.as_str()), item.clone(), report.told.clone())
    });
    let others = looked.lines.keys().filter(|record| record.starts_with("task:") || record.starts_with("milestone:"));
    let others = others.map(|record| {
        let id = ItemId::from(record.as_str());
        let told = looked.reading.told.get(&id).cloned().unwrap_or_default();
        (record.clone(), id, told)
    });
    reports.chain(others).collect()
}

fn told_of<'a>(looked: &'a Looked, id: &ItemId) -> Option<&'a Told> {
    let report = looked.reports.get(id).map(|report| &report.told);
    report.or_else(|| looked.reading.told.get(id))
}

/// The workbook as it was written then, read as it would be untouched.
pub(super) fn rewritten(session: &Session, then: &Snapshot, at: Timestamp, words: &Words) -> anyhow::Result<Looked> {
    let outline = &then.outline;
    let at = at.to_zoned_datetime(outline.zone.clone());
    let today = Today::new(at.date(), session.config.due_soon_working_days, &outline.calendar);
    let letterhead = export::document::Letterhead::default();
    let over = HandOver::whole(then, today, at, (words, &letterhead));
    let bytes = export::workbook::workbook(&over).map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))?;
    let read = look(&bytes, "x.xlsx", &Mapping::default(), &Limits::default());
    read.map_err(|why| Stop::with(Exit::Failed, session.words.say(&why.0)))
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
