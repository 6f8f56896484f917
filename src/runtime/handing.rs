//! [`Clerk`]: hands over what is on the screen. What that is is held as it stands when one asks; the rest (the journal, the weeks
//! gone by) is fetched, and the file is made and written, beside the loop.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Rect};
use tokio::{
    sync::mpsc::Sender,
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

use super::held::Held;
use crate::{
    app::{
        hand_over::{self, Order, Unwritten, Written},
        keys::Bindings,
        model::Model,
        msg::{Msg, Ticket},
    },
    domain::{
        answer::Filter, entry::Entry, failure::Failure, id::ItemId, outline::Outline, past::Past, sentence::Sentence,
        text::Text,
    },
    export::{Format, Lists, Needs, document::Letterhead},
    own_files::Beside,
    sources::Source,
    ui::{
        self, Look, Looks,
        svg::{SvgOptions, SvgPalette, svg},
    },
};

/// A journal that is handed over has so many lines, the newest.
const MOST_ENTRIES: usize = 20_000;

/// How long leaving waits for a file that is being written.
const PATIENCE: Duration = Duration::from_secs(20);

/// The office a plan's documents come from, in the language of a tag.
pub type Office = Arc<dyn Fn(&Outline, &'static str) -> Letterhead + Send + Sync>;

/// What handing over takes besides what is shown.
#[derive(Clone)]
pub struct Hands {
    /// What writes tables.
    pub lists: Lists,
    /// Whom documents come from.
    pub office: Office,
}

/// Writes files.
pub(super) struct Clerk {
    hands: Option<Hands>,
    source: Arc<dyn Source>,
    facts: Sender<Msg>,
    work: Option<JoinHandle<()>>,
}

impl Clerk {
    /// One that writes with these, where it writes anything. Needs a tokio runtime.
    pub(super) fn new(hands: Option<Hands>, source: Arc<dyn Source>, facts: Sender<Msg>) -> Self {
        Clerk { hands, source, facts, work: None }
    }

    /// Writes what the model shows into the file that is asked for.
    pub(super) fn hand_over(&mut self, ticket: Ticket, order: Order, model: &Model, looks: (&Looks, &Bindings)) {
        let (Some(hands), Some(format)) = (&self.hands, Format::of(order.ending)) else { return };
        let who = self.source.signs().or_else(|| model.settings.me.clone());
        let who = who.map(|who| who.to_string()).unwrap_or_default();
        let Some(mut held) = Held::of(model, format, (self.source.label(), who), hands) else { return };
        let needs = format.needs(held.table);
        if needs.picture {
            held.picture = picture(model, looks);
        }
        let (source, facts) = (Arc::clone(&self.source), self.facts.clone());
        self.work = Some(tokio::spawn(async move {
            let result = made(held, (format, needs), source.as_ref(), order).await;
            // Nobody listens any more while the program is left; what was written stands all the same.
            let _ = facts.send(Msg::HandedOver { ticket, result }).await;
        }));
    }

    /// Waits until what is being written is there, though not for ever.
    pub(super) async fn finish(self) {
        if let Some(work) = self.work {
            let _ = timeout(PATIENCE, work).await;
        }
    }
}

/// The screen without what is asked over it.
fn picture(model: &Model, (looks, bindings): (&Looks, &Bindings)) -> String {
    looks.of(model, bindings).map(|look| drawn(model, &look, model.size)).unwrap_or_default()
}

/// The picture of a screen of that size.
pub fn drawn(model: &Model, look: &Look<'_>, (width, height): (u16, u16)) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    ui::draw(model, look, &mut buffer);
    let palette = SvgPalette::fitting(&buffer);
    svg(&buffer, &SvgOptions { title: title(model, look), palette, ..SvgOptions::default() })
}

/// What a picture shows, for those who cannot see it: the plan, the view, when, what is filtered, whether it is sample data.
fn title(model: &Model, look: &Look<'_>) -> String {
    let words = look.words;
    let Some(snapshot) = &model.snapshot else { return String::new() };
    let plan = &snapshot.outline.plan;
    let at = model.other_day.until().unwrap_or(model.now).to_zoned_datetime(model.zone.clone());
    let parts = [
        plan.number.as_ref().map(ToString::to_string),
        Some(plan.title.get(words.language.tag).to_owned()),
        Some(words.get(model.view.view().title.0).into_owned()),
        Some(format!("{} {:02}:{:02}", words.day(at.date()), at.hour(), at.minute())),
        Some(hand_over::filter(model)).filter(|filter| !filter.is_empty()),
        plan.sample.then(|| words.get("export-sample").into_owned()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

async fn made(
    mut held: Held,
    (format, needs): (Format, Needs),
    source: &dyn Source,
    order: Order,
) -> Result<Written, Unwritten> {
    let failed = |failure: Failure| Unwritten::Failed(failure.why().clone());
    if needs.journal && held.journal.is_none() {
        let only = held.told_of(needs);
        held.journal = Some(journal(source, held.until(), only.as_ref()).await.map_err(failed)?);
    }
    if needs.past {
        held.past = past(source, held.today.date).await;
    }
    let written = spawn_blocking(move || {
        let whole = held.is_complete;
        let bytes = held.bytes(format).map_err(|why| Unwritten::Failed(why.0))?;
        let path = whole_path(&order.file).map_err(|error| unwritten(Path::new(order.file.as_str()), &error))?;
        put(&path, &bytes, order.over)?;
        Ok(Written { path: Text::new(&path.display().to_string()), whole })
    });
    let stopped = |error: tokio::task::JoinError| {
        Err(Unwritten::Failed(Sentence::new("said-reason").with("reason", error.to_string())))
    };
    written.await.unwrap_or_else(stopped)
}

/// The weeks gone by, where the source can tell them: without them a curve begins today, which it says.
pub async fn past(source: &dyn Source, day: jiff::civil::Date) -> Option<Past> {
    source.past(day).await.ok()
}

/// The journal up to `until`, newest first, of some items only where that is asked for; nothing of a source that has none.
pub async fn journal(
    source: &dyn Source,
    until: Timestamp,
    only: Option<&HashSet<ItemId>>,
) -> Result<Vec<Entry>, Failure> {
    let mut journal = Vec::new();
    if !source.capabilities().journal {
        return Ok(journal);
    }
    let mut filter = Filter { until: Some(until), ..Filter::default() };
    loop {
        let page = source.entries(&filter).await?;
        filter.before = page.entries.last().map(|entry| entry.seq);
        let is_last = page.entries.len() < filter.most();
        journal.extend(page.entries.into_iter().filter(|entry| only.is_none_or(|only| only.contains(&entry.item))));
        if is_last || journal.len() >= MOST_ENTRIES {
            journal.truncate(MOST_ENTRIES);
            return Ok(journal);
        }
    }
}

/// A path as it was typed, from the directory the program was started in; `~` is one's home.
fn whole_path(typed: &str) -> io::Result<PathBuf> {
    let home = typed.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    std::path::absolute(home.unwrap_or_else(|| PathBuf::from(typed)))
}

fn put(path: &Path, bytes: &[u8], over: bool) -> Result<(), Unwritten> {
    if !over && path.symlink_metadata().is_ok() {
        return Err(Unwritten::Exists);
    }
    let beside = Beside::of(path).map_err(|error| unwritten(path, &error))?;
    std::fs::write(&beside.0, bytes).map_err(|error| unwritten(path, &error))?;
    beside.put(path, over).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists { Unwritten::Exists } else { unwritten(path, &error) }
    })
}

/// What the system says, and what to do about it.
const REMEDIES: [(io::ErrorKind, &str); 6] = [
    (io::ErrorKind::NotFound, "file-no-folder"),
    (io::ErrorKind::PermissionDenied, "file-not-allowed"),
    (io::ErrorKind::ReadOnlyFilesystem, "file-not-allowed"),
    (io::ErrorKind::StorageFull, "file-no-room"),
    (io::ErrorKind::QuotaExceeded, "file-no-room"),
    (io::ErrorKind::IsADirectory, "file-is-a-folder"),
];

/// What is wrong with writing there.
fn unwritten(path: &Path, error: &io::Error) -> Unwritten {
    let (file, folder) = (path.display().to_string(), path.parent().map(|folder| folder.display().to_string()));
    let Some((_, word)) = REMEDIES.iter().find(|(kind, _)| *kind == error.kind()) else {
        let said = Sentence::new("file-unwritten").with("file", file);
        return Unwritten::Failed(said.with("detail", error.to_string()));
    };
    Unwritten::Failed(Sentence::new(word).with("folder", folder.unwrap_or_default()).with("file", file))
}
