//! The app on the sample plan, without a terminal: facts in, effects and the model out.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use tiendo::{
    app::{
        self,
        effect::Effect,
        keys::{Bindings, Written},
        model::Model,
        msg::{Msg, Ticket},
        settings::Settings,
        vocabulary::Vocabulary,
    },
    domain::{
        answer::{Fetched, Filter, Page},
        entry::{Entry, Verb},
        fold::reversed,
        id::{EntryId, ItemId},
        past::Past,
        replay::Revision,
        snapshot::{Delta, Snapshot},
    },
    panels::RowKey,
    planfile::{self, Loaded},
};
use uuid::Uuid;

/// The sample's clock: Monday 20/11/2023 08:00 in its zone.
pub fn now() -> Timestamp {
    "2023-11-20T08:00:00+07:00".parse().unwrap()
}

/// The sample, read once.
pub static SAMPLE: LazyLock<Loaded> = LazyLock::new(|| planfile::sample().unwrap());

/// The sample plan with its journal applied.
pub fn snapshot() -> Snapshot {
    static SNAPSHOT: LazyLock<Snapshot> =
        LazyLock::new(|| Snapshot::replay(Arc::new(SAMPLE.plan.clone()), &SAMPLE.journal));
    SNAPSHOT.clone()
}

/// A running app.
pub struct App {
    /// Its state.
    pub model: Model,
    /// What its keys do.
    pub bindings: Bindings,
    /// What it wished for and was not given yet.
    pub effects: Vec<Effect>,
}

impl App {
    /// Started, and nothing answered yet.
    pub fn started(size: (u16, u16)) -> Self {
        App::started_as(size, |settings| settings)
    }

    /// The same with other settings.
    pub fn started_as(size: (u16, u16), set: impl FnOnce(Settings) -> Settings) -> Self {
        let language = |tag| Vocabulary::new(tag, []);
        let settings = Settings {
            vocabularies: vec![language("vi"), language("en")],
            themes: vec!["dark".into(), "light".into()],
            due_soon_working_days: 3,
            agency: None,
            me: Some("dieu-phoi-1".into()),
            sample: true,
            mails: false,
            read_only: None,
            amends: true,
            takes: Default::default(),
            no_journal: false,
            tells_days: true,
            recalls: false,
            wall: None,
            first_time: false,
            notifications: Default::default(),
            views: Default::default(),
            last_look: Default::default(),
            sources: Vec::new(),
            source: None,
            begins: (0, 0),
            forms: Vec::new(),
            seed: 7,
        };
        let mut model = Model::new(set(settings), now(), size);
        let effects = app::start(&mut model);
        App { model, bindings: Bindings::new(&Written::new()).unwrap(), effects }
    }

    /// Started on the sample, its data there.
    pub fn on_sample(size: (u16, u16)) -> Self {
        let mut app = App::started(size);
        app.effects.clear();
        app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot())));
        app
    }

    /// A fact.
    pub fn fact(&mut self, msg: Msg) -> &mut Self {
        let effects = app::update(&mut self.model, &self.bindings, msg);
        self.effects.extend(effects);
        self
    }

    /// A good answer to the fetch of `ticket`.
    pub fn fetched(&mut self, ticket: Ticket, fetched: Fetched) -> &mut Self {
        self.fact(Msg::Fetched { ticket, result: Ok(fetched) })
    }

    /// Somebody receives a report elsewhere, and the source tells it.
    pub fn received(&mut self, report: &str, by: &str) -> &mut Self {
        let cursor = self.model.snapshot.as_ref().unwrap().cursor;
        let id = EntryId(Uuid::from_u128(u128::from(cursor) + 1));
        let entry = Entry::new(id, report.into(), Verb::Receive, "2023-11-20".parse().unwrap(), now());
        let entry = Entry { seq: cursor + 1, by: Some(by.into()), ..entry };
        self.fact(Msg::SourceChanged);
        let ticket = self.effects.drain(..).find_map(|effect| {
            let Effect::Fetch { ticket, .. } = effect else { return None };
            Some(ticket)
        });
        let delta = Delta { entries: vec![entry], refolded: Vec::new(), cursor: cursor + 1 };
        self.fetched(ticket.unwrap(), Fetched::Entries(delta))
    }

    /// Keys, parted by spaces: `"j j enter"`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.fact(Msg::Pressed(key.parse().unwrap()));
        }
        self
    }

    /// Letters, each a key.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let key = if letter == ' ' { "space".to_owned() } else { letter.to_string() };
            self.fact(Msg::Pressed(key.parse().unwrap()));
        }
        self
    }

    /// The history of the item in the detail comes.
    pub fn history(&mut self, page: Page) -> &mut Self {
        let Some(RowKey::Item(item)) = self.model.detail.row.clone() else { panic!("no item in the detail") };
        self.fact(Msg::HistoryFetched { item, result: Ok(page) })
    }

    /// Pages of the sample's journal come, as many as are asked for.
    pub fn journal(&mut self) -> &mut Self {
        while let Some(place) = self.effects.iter().position(|effect| matches!(effect, Effect::FetchJournal { .. })) {
            let Effect::FetchJournal { ticket, filter } = self.effects.remove(place) else { unreachable!() };
            let page = page(&SAMPLE.journal, &filter);
            self.fact(Msg::JournalFetched { ticket, result: Ok(page) });
        }
        self
    }

    /// The weeks gone by come, where they are asked for.
    pub fn past(&mut self) -> &mut Self {
        while let Some(place) = self.effects.iter().position(|effect| matches!(effect, Effect::FetchPast { .. })) {
            let Effect::FetchPast { ticket, day } = self.effects.remove(place) else { unreachable!() };
            let on = SAMPLE.plan.issued.unwrap();
            let revisions = [Revision { seq: 0, on, plan: Arc::new(SAMPLE.plan.clone()) }];
            let past = Past::of(&revisions, &SAMPLE.journal, day, &|| false).unwrap();
            self.fact(Msg::PastFetched { ticket, result: Ok(Box::new(past)) });
        }
        self
    }

    /// The ids of the rows of the focused panel.
    pub fn rows(&self) -> Vec<String> {
        let scene = self.model.scene().unwrap();
        let rows = &self.model.list(self.model.leading()).rows;
        rows.iter().map(|row| row.key(&scene).map_or("—".into(), |key| id(&key))).collect()
    }

    /// The id of the selected row of the leading panel.
    pub fn selected(&self) -> String {
        self.model.list(self.model.leading()).selected.as_ref().map_or(String::new(), id)
    }
}

/// What a source answers.
pub fn page(journal: &[tiendo::domain::entry::Entry], filter: &Filter) -> Page {
    let gone = reversed(journal);
    let entries = journal.iter().rev().filter(|entry| filter.passes(entry)).take(filter.most()).cloned();
    let mut page = Page { entries: entries.collect(), ..Page::default() };
    page.reversed = page.entries.iter().map(|entry| entry.id).filter(|id| gone.contains(id)).collect();
    loop {
        let missing = page.missing();
        let found: Vec<_> = journal.iter().filter(|entry| missing.contains(&entry.id)).cloned().collect();
        if found.is_empty() {
            return page;
        }
        page.taken_back.extend(found);
    }
}

fn id(key: &RowKey) -> String {
    match key {
        RowKey::Item(id) => id.to_string(),
        RowKey::Agency(id) => id.to_string(),
        RowKey::Campaign(id) => ItemId::campaign(id).to_string(),
        RowKey::Entry(id) => id.to_string(),
    }
}
