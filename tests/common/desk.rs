//! A desk with the sample plan on a ledger: keys in, the ledger and the model out.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use tempfile::TempDir;
use tiendo::{
    app::{effect::Effect, msg::Msg},
    domain::{
        amendment::Amendment,
        answer::{Filter, LaidDown},
        entry::Entry,
        failure::Failure,
        id::EntryId,
        item::Item,
        plan::Plan,
        stamp::stamp,
        waiting::Acted,
    },
    ledger::{Ledger, memory::MemoryLedger, sqlite::SqliteLedger},
    sources::{Source, embedded::Embedded},
};
use uuid::Uuid;

use crate::screen::{App, SAMPLE, now};

pub const ME: &str = "dieu-phoi-1";

pub struct Desk {
    pub app: App,
    pub source: Embedded,
    pub ledger: Arc<dyn Ledger>,
    runtime: tokio::runtime::Runtime,
    made: u128,
    _folder: Option<TempDir>,
}

/// A desk on each kind of ledger.
pub fn desks() -> [Desk; 2] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let runtime = runtime();
    let sqlite = runtime.block_on(SqliteLedger::open(&path)).unwrap();
    [Desk::on(Arc::new(MemoryLedger::new()), self::runtime(), None), Desk::on(Arc::new(sqlite), runtime, Some(folder))]
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

impl Desk {
    pub fn new() -> Self {
        Desk::on(Arc::new(MemoryLedger::new()), runtime(), None)
    }

    /// A desk at which `app` is used.
    pub fn with(app: App) -> Self {
        Desk::at(app, Arc::new(MemoryLedger::new()), runtime(), None)
    }

    fn on(ledger: Arc<dyn Ledger>, runtime: tokio::runtime::Runtime, folder: Option<TempDir>) -> Self {
        Desk::at(App::started((120, 36)), ledger, runtime, folder)
    }

    fn at(app: App, ledger: Arc<dyn Ledger>, runtime: tokio::runtime::Runtime, folder: Option<TempDir>) -> Self {
        let sample = SAMPLE.clone();
        let plan = sample.plan.id.clone();
        runtime.block_on(async {
            ledger.lay_down(sample.plan, &ME.into(), now(), EntryId(Uuid::from_u128(1))).await.unwrap();
            ledger.import(&plan, sample.journal).await.unwrap();
        });
        let source = Embedded::new(Arc::clone(&ledger), plan, ME.into(), Duration::from_secs(2));
        let mut desk = Desk { app, source, ledger, runtime, made: 1 << 64, _folder: folder };
        desk.perform();
        desk
    }

    fn id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// Carries out what the app wishes for until it wishes for nothing more.
    pub fn perform(&mut self) {
        let mut effects: VecDeque<Effect> = self.app.effects.drain(..).collect();
        while let Some(effect) = effects.pop_front() {
            let filter = |filter: Filter| self.runtime.block_on(self.source.entries(&filter));
            let msg = match effect {
                Effect::Fetch { ticket, cursor } => {
                    Msg::Fetched { ticket, result: self.runtime.block_on(self.source.fetch(cursor)) }
                }
                Effect::FetchDay { ticket, instant } => {
                    let result = self.runtime.block_on(self.source.at(instant)).map(Box::new);
                    Msg::DayFetched { ticket, result }
                }
                Effect::FetchPast { ticket, day } => {
                    let result = self.runtime.block_on(self.source.past(day)).map(Box::new);
                    Msg::PastFetched { ticket, result }
                }
                Effect::FetchHistory { item, until } => {
                    let result = filter(Filter { item: Some(item.clone()), until, ..Filter::default() });
                    Msg::HistoryFetched { item, result }
                }
                Effect::FetchJournal { ticket, filter: asked } => Msg::JournalFetched { ticket, result: filter(asked) },
                Effect::FetchChanges { ticket, filter: asked } => Msg::ChangesFetched { ticket, result: filter(asked) },
                Effect::FetchSteps { direction } => {
                    let result = filter(Filter { by: Some(ME.into()), ..Filter::default() });
                    Msg::StepsFetched { direction, result }
                }
                Effect::Act { ticket, drafts: mut entries } => {
                    stamp(&mut entries, now(), || self.id());
                    let result = self.runtime.block_on(self.source.send(&entries, now()));
                    let result = result.map(|answers| answers.into_iter().map(Acted::Answered).collect());
                    Msg::Acted { ticket, entries, result }
                }
                Effect::Amend { ticket, amendment } => {
                    let id = EntryId(self.id());
                    let result = self.runtime.block_on(self.source.amend(&amendment, id, now()));
                    Msg::Amended { ticket, amendment, result }
                }
                Effect::Withdraw { .. } | Effect::Decide { .. } | Effect::Reply { .. } | Effect::SendNow => {
                    panic!("nothing waits where the source takes everything at once")
                }
                Effect::Recall
                | Effect::LookAround { .. }
                | Effect::SwitchTo(_)
                | Effect::StopFetch
                | Effect::Keep
                | Effect::ComposeMail { .. }
                | Effect::SendMail
                | Effect::StopMail
                | Effect::KeepView { .. }
                | Effect::Copy(_)
                | Effect::Notify(_)
                | Effect::KeepLook(_)
                | Effect::HandOver { .. }
                | Effect::OpenLink(_)
                | Effect::Suspend
                | Effect::KeepFirstSteps
                | Effect::Quit => continue,
            };
            self.app.fact(msg);
            effects.extend(self.app.effects.drain(..));
        }
    }

    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.app.keys(key);
            self.perform();
        }
        self
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        self.app.types(text);
        self.perform();
        self
    }

    /// Puts another text into the line being filled in.
    pub fn retype(&mut self, text: &str) -> &mut Self {
        self.keys("ctrl-u");
        self.types(text)
    }

    pub fn find(&self, id: &str) -> Option<Item> {
        self.app.model.snapshot.as_ref().unwrap().item(&id.into()).cloned()
    }

    pub fn item(&self, id: &str) -> Item {
        self.find(id).unwrap_or_else(|| panic!("no item {id}"))
    }

    pub fn plan(&self) -> Plan {
        self.app.model.snapshot.as_ref().unwrap().outline.plan.as_ref().clone()
    }

    /// What the ledger has, newest first.
    pub fn journal(&self) -> Vec<Entry> {
        self.runtime.block_on(self.source.entries(&Filter::default())).unwrap().entries
    }

    /// What the ledger has on an item, newest first.
    pub fn journal_of(&self, id: &str) -> Vec<Entry> {
        let filter = Filter { item: Some(id.into()), ..Filter::default() };
        self.runtime.block_on(self.source.entries(&filter)).unwrap().entries
    }

    /// The newest of them.
    pub fn last(&self, id: &str) -> Entry {
        self.journal_of(id).remove(0)
    }

    /// What somebody else amends meanwhile, and this screen has not fetched.
    pub fn amended_elsewhere(&mut self, amendment: &Amendment) -> Result<LaidDown, Failure> {
        let id = EntryId(self.id());
        self.runtime.block_on(self.ledger.amend(amendment, &"dieu-phoi-2".into(), now(), id))
    }

    /// What somebody else does meanwhile in view of how things stand, and this screen has not fetched.
    pub fn acted_elsewhere(&mut self, entry: Entry) {
        let entry = Entry { id: EntryId(self.id()), ..entry };
        let standing = self.runtime.block_on(self.ledger.snapshot(self.source.plan())).unwrap();
        let last = standing.item(&entry.item).and_then(|item| item.state.last);
        let entry = Entry { expects: last.filter(|_| !entry.verb.commutes()), ..entry };
        let plan = self.source.plan().clone();
        let answer = self.runtime.block_on(self.ledger.append(&plan, &[entry], &"dieu-phoi-2".into(), now())).unwrap();
        assert!(matches!(answer[0], tiendo::domain::answer::Admission::Applied { .. }), "{answer:?}");
    }

    pub fn said(&self) -> &'static str {
        self.app.model.messages.all().next().map_or("", |said| said.sentence.id)
    }

    /// What is wrong on the open sheet: the line and why.
    pub fn fault(&self) -> Option<(tiendo::app::sheet::Slot, &'static str)> {
        let sheet = self.app.model.sheet.as_ref()?;
        sheet.lines.iter().find_map(|line| Some((line.slot, line.wrong.as_ref()?.id)))
    }

    /// What stands in a line of the open sheet.
    pub fn value(&self, slot: tiendo::app::sheet::Slot) -> String {
        self.app.model.sheet.as_ref().unwrap().value(slot).to_string()
    }
}
