//! The detail and its history. It follows the selected row; the journals of the rows beside it are asked for ahead, so that
//! moving on shows one picture and not two.

use std::collections::VecDeque;

use super::{effect::Effect, model::Model};
use crate::{
    domain::{answer::Page, failure::Failure, id::ItemId},
    panels::{PanelId, Row, RowKey},
};

/// A page of so many entries may not be all of it.
pub(super) const FULL: usize = 200;
/// How many journals are kept.
const MOST: usize = 8;

/// The row the detail shows, with its history.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// Which row.
    pub row: Option<RowKey>,
    /// Lines scrolled past.
    pub offset: usize,
    /// Its journal.
    pub history: History,
    /// Has the journal to be asked for, or asked for again?
    pub outdated: bool,
}

/// An item's journal, as far as it has come.
#[derive(Clone, Debug, Default)]
pub enum History {
    /// Not asked for, or not an item.
    #[default]
    None,
    /// Asked for.
    Loading,
    /// The newest first.
    Loaded(Page),
    /// It could not be had.
    Failed(Failure),
}

/// The journals that were asked for last.
#[derive(Clone, Debug, Default)]
pub struct Journals {
    /// The oldest question first; none where there is no answer yet.
    kept: VecDeque<(ItemId, Option<Page>)>,
}

impl Journals {
    /// The data changed: nothing of it is certain, and answers under way may be older than that.
    pub fn forget(&mut self) {
        self.kept.clear();
    }

    fn asked(&mut self, item: &ItemId) {
        self.kept.retain(|(kept, _)| kept != item);
        self.kept.push_back((item.clone(), None));
        if self.kept.len() > MOST {
            self.kept.pop_front();
        }
    }

    fn came(&mut self, item: &ItemId, result: &Result<Page, Failure>) {
        match result {
            Ok(page) => {
                let slot = self.kept.iter_mut().find(|(kept, _)| kept == item);
                slot.into_iter().for_each(|(_, kept)| *kept = Some(page.clone()));
            }
            Err(_) => self.kept.retain(|(kept, _)| kept != item),
        }
    }

    fn is_asked(&self, item: &ItemId) -> bool {
        self.kept.iter().any(|(kept, _)| kept == item)
    }

    /// What is known of an item's journal.
    fn history(&self, item: &ItemId) -> History {
        match self.kept.iter().find(|(kept, _)| kept == item) {
            Some((_, Some(page))) => History::Loaded(page.clone()),
            Some((_, None)) => History::Loading,
            None => History::None,
        }
    }
}

impl Model {
    /// All of an item's journal, where it is at hand and as its source has it.
    pub(super) fn whole_history(&self, item: &ItemId) -> Option<Page> {
        let in_detail = self.detail.row.as_ref().and_then(|row| item_of(self, row)).as_ref() == Some(item);
        let page = match &self.detail.history {
            History::Loaded(page) if in_detail && !self.detail.outdated => Some(page.clone()),
            History::None | History::Loading | History::Loaded(_) | History::Failed(_) => {
                match self.journals.history(item) {
                    History::Loaded(page) => Some(page),
                    History::None | History::Loading | History::Failed(_) => None,
                }
            }
        };
        // A page that is full may go on.
        page.filter(|page| page.entries.len() < FULL)
    }
}

/// The detail follows the selected row; its history is asked for when it is not there, then those beside it.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let selected = model.selected();
    if model.detail.row != selected {
        let history = match &selected {
            Some(row) => item_of(model, row).map_or(History::None, |item| model.journals.history(&item)),
            None => History::None,
        };
        let outdated = matches!(history, History::None);
        model.detail = Detail { row: selected, history, outdated, ..Detail::default() };
    }
    let Some(item) = model.detail.row.as_ref().and_then(|row| item_of(model, row)) else { return Vec::new() };
    if model.arranged().area(PanelId::Detail).is_none() {
        return Vec::new();
    }
    let wanted = if model.detail.outdated && !matches!(model.detail.history, History::Loading) {
        model.detail.outdated = false;
        // What was there stays on the screen until its successor comes.
        if !matches!(model.detail.history, History::Loaded(_)) {
            model.detail.history = History::Loading;
        }
        vec![item]
    } else if matches!(model.detail.history, History::Loaded(_)) {
        beside(model).into_iter().filter(|item| !model.journals.is_asked(item)).collect()
    } else {
        Vec::new()
    };
    wanted.iter().for_each(|item| model.journals.asked(item));
    let until = model.other_day.until();
    wanted.into_iter().map(|item| Effect::FetchHistory { item, until }).collect()
}

/// A journal came, or could not be had.
pub(super) fn fetched(model: &mut Model, item: &ItemId, result: Result<Page, Failure>) {
    model.journals.came(item, &result);
    if model.detail.row.as_ref().and_then(|row| item_of(model, row)).as_ref() == Some(item) {
        model.detail.history = match result {
            Ok(page) => History::Loaded(page),
            Err(failure) => History::Failed(failure),
        };
    }
}

/// The items below and above the selected row.
fn beside(model: &Model) -> Vec<ItemId> {
    let list = model.list(model.leading());
    let Some(scene) = model.scene() else { return Vec::new() };
    let (above, below) = list.rows.split_at(list.position.min(list.rows.len()));
    let is_row = |row: &&Row| !matches!(row, Row::Heading(..));
    let beside = [below.iter().skip(1).find(is_row), above.iter().rev().find(is_row)];
    let keys = beside.into_iter().flatten().filter_map(|row| row.key(&scene));
    keys.filter_map(|key| item_of(model, &key)).collect()
}

/// The item whose journal belongs to a row: the row's own; of an entry what it is about.
fn item_of(model: &Model, row: &RowKey) -> Option<ItemId> {
    match row {
        RowKey::Item(item) => Some(item.clone()),
        RowKey::Entry(id) => {
            let (told, scene) = (model.journal.told(*id)?, model.scene()?);
            let item = scene.subject(&told.entry).and_then(|place| scene.item(place));
            Some(item.map_or_else(|| told.entry.item.clone(), |item| item.id.clone()))
        }
        RowKey::Agency(_) | RowKey::Campaign(_) => None,
    }
}
