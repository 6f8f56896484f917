//! The views kept from the palette: read at the start, written by one worker in the order they were kept in.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    sync::mpsc::{Sender, UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};
use toml::Table;

use crate::{
    app::{msg::Msg, saved::SavedView},
    domain::{sentence::Sentence, text::Text},
    store::views::{self, Shelf},
};

/// How long leaving waits for a view to be written.
const PATIENCE: Duration = Duration::from_secs(2);

type Wish = (Text, Option<SavedView>);
type Named = Vec<(Text, SavedView)>;

/// Writes views.
pub(super) struct Keeper {
    wishes: UnboundedSender<Wish>,
    worker: JoinHandle<()>,
}

impl Keeper {
    /// One that writes the file at `path`, where there is a place for it. Needs a tokio runtime.
    pub(super) fn new(path: Option<PathBuf>, facts: Sender<Msg>) -> Self {
        let (wishes, asked) = unbounded_channel();
        Keeper { wishes, worker: tokio::spawn(work(path, asked, facts)) }
    }

    /// Keeps a view, or forgets the one of that name.
    pub(super) fn keep(&self, name: Text, view: Option<SavedView>) {
        // The worker ends only with its sender.
        let _ = self.wishes.send((name, view));
    }

    /// Waits until what was kept is written.
    pub(super) async fn finish(self) {
        drop(self.wishes);
        let _ = timeout(PATIENCE, self.worker).await;
    }
}

async fn work(path: Option<PathBuf>, mut asked: UnboundedReceiver<Wish>, facts: Sender<Msg>) {
    while let Some((name, view)) = asked.recv().await {
        let forgotten = view.is_none();
        let result = match path.clone() {
            Some(path) => {
                let name = name.clone();
                let kept = spawn_blocking(move || kept(&path, &name, view)).await;
                kept.unwrap_or_else(|error| Err(unkept(error)))
            }
            None => Err(Sentence::new("cli-no-data-dir")),
        };
        // Nobody listens any more while the program is left; what was written stands all the same.
        let _ = facts.send(Msg::ViewKept { name, forgotten, result }).await;
    }
}

fn kept(path: &Path, name: &Text, view: Option<SavedView>) -> Result<Named, Sentence> {
    let table = view.map(|view| Table::try_from(&view)).transpose().map_err(unkept)?;
    let shelf = views::keep(path, name, table, Timestamp::now()).map_err(unkept)?;
    Ok(understood(&shelf).0)
}

fn unkept(error: impl ToString) -> Sentence {
    Sentence::new("said-reason").with("reason", error.to_string())
}

/// The views kept in the file at `path`, and what is to be told of it: that it could not be read, or some of its views.
pub fn read(path: &Path) -> (Named, Vec<Sentence>) {
    let file = || path.display().to_string();
    match views::read(path, Timestamp::now()) {
        Ok(shelf) => {
            let (named, strange) = understood(&shelf);
            let damage = shelf.damage.map(|(aside, what)| {
                let said = Sentence::new("said-views-damaged").with("file", aside.display().to_string());
                said.with("what", what)
            });
            let strange = (!strange.is_empty())
                .then(|| Sentence::new("said-views-strange").with("file", file()).with("names", strange.join(", ")));
            (named, damage.into_iter().chain(strange).collect())
        }
        Err(error) => (Vec::new(), vec![unread(file(), &error)]),
    }
}

fn unread(file: String, error: &io::Error) -> Sentence {
    Sentence::new("said-views-unread").with("file", file).with("why", error.to_string())
}

/// The views this version can show, and the names of the others.
fn understood(shelf: &Shelf) -> (Named, Vec<String>) {
    let (mut named, mut strange) = (Vec::new(), Vec::new());
    for (name, table) in &shelf.views {
        match table.clone().try_into() {
            Ok(view) => named.push((Text::new(name), view)),
            Err(_) => strange.push(name.clone()),
        }
    }
    (named, strange)
}
