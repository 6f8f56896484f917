//! The app on the sample plan, without a terminal: facts in, effects and the model out.

use std::sync::Arc;

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
        answer::{Fetched, Page},
        id::ItemId,
        snapshot::Snapshot,
    },
    panels::RowKey,
    planfile,
};

/// The sample's clock: Monday 20/11/2023 08:00 in its zone.
pub fn now() -> Timestamp {
    "2023-11-20T08:00:00+07:00".parse().unwrap()
}

/// The sample plan with its journal applied.
pub fn snapshot() -> Snapshot {
    let sample = planfile::sample().unwrap();
    Snapshot::replay(Arc::new(sample.plan), &sample.journal)
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
        let language = |tag| Vocabulary::new(tag, []);
        let settings = Settings {
            vocabularies: vec![language("vi"), language("en")],
            themes: vec!["dark".into(), "light".into()],
            due_soon_working_days: 3,
            agency: None,
            me: Some("dieu-phoi-1".into()),
            sample: true,
            read_only: None,
            seed: 7,
        };
        let mut model = Model::new(settings, now(), size);
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

fn id(key: &RowKey) -> String {
    match key {
        RowKey::Item(id) => id.to_string(),
        RowKey::Agency(id) => id.to_string(),
        RowKey::Campaign(id) => ItemId::campaign(id).to_string(),
        RowKey::Entry(id) => id.to_string(),
    }
}
