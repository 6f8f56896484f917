//! [`Held`]: what the screen shows, held as it stands, to be handed over while the screen goes on.

use std::collections::HashSet;

use jiff::{Timestamp, ZonedDateTime};

use super::handing::Hands;
use crate::{
    app::{hand_over, model::Model},
    domain::{
        entry::Entry,
        id::ItemId,
        item::{Index, Item},
        past::Past,
        snapshot::Snapshot,
        status::Today,
    },
    export::{
        self, Format, HandOver, Lists, Needs, Table, Unwritten,
        document::{Letterhead, overdue},
    },
    panels::{PanelId, view::ViewId},
    words::{self, Language, Words},
};

/// What is handed over.
pub(super) struct Held {
    snapshot: Snapshot,
    pub(super) today: Today,
    at: ZonedDateTime,
    items: Vec<Index>,
    listed: Option<Vec<Index>>,
    campaigns: Vec<Index>,
    /// None until it is fetched.
    pub(super) journal: Option<Vec<Entry>>,
    pub(super) past: Option<Past>,
    pub(super) picture: String,
    pub(super) table: Table,
    pub(super) is_whole: bool,
    /// Is nothing missing of what the screen would show?
    pub(super) is_complete: bool,
    filter: String,
    source: String,
    who: String,
    language: &'static Language,
    lists: Lists,
    letterhead: Letterhead,
}

impl Held {
    /// What `model` shows, as far as `format` wants it; none where there is nothing yet.
    pub(super) fn of(model: &Model, format: Format, (source, who): (String, String), hands: &Hands) -> Option<Self> {
        let snapshot = model.snapshot.as_ref()?.clone();
        let listed = hand_over::listed(model);
        let mut items = hand_over::admitted(model);
        if let Some(listed) = &listed {
            // A table by itself is the one that is read; anything else has the rest behind it.
            let known: HashSet<Index> = listed.iter().copied().collect();
            let rest = items.into_iter().filter(|place| !format.is_of_a_view() && !known.contains(place));
            items = listed.iter().copied().chain(rest).collect();
        }
        let filter = hand_over::filter(model);
        let entries = hand_over::entries(model);
        let is_complete = entries.as_ref().is_none_or(|(_, all)| *all);
        let at = model.other_day.until().unwrap_or(model.now).to_zoned_datetime(model.zone.clone());
        let shown = matches!(model.view, ViewId::Reports | ViewId::Tasks);
        let language = words::language(model.language()).unwrap_or(&words::LANGUAGES[0]);
        let letterhead = (hands.office)(&snapshot.outline, language.tag);
        Some(Held {
            snapshot,
            today: model.today,
            at,
            items,
            listed: listed.filter(|_| shown),
            campaigns: hand_over::campaigns(model),
            journal: entries.map(|(entries, _)| entries),
            past: None,
            picture: String::new(),
            table: table(model),
            is_whole: filter.is_empty(),
            is_complete,
            filter,
            source,
            who,
            language,
            lists: hands.lists,
            letterhead,
        })
    }

    /// The instant it is of.
    pub(super) fn until(&self) -> Timestamp {
        self.at.timestamp()
    }

    /// The items its journal is of; none where that is of all there are.
    pub(super) fn told_of(&self, needs: Needs) -> Option<HashSet<ItemId>> {
        let words = Words::new(self.language);
        let over = self.over(&words);
        if needs.of_the_late {
            return Some(overdue(&over).into_iter().map(|item| item.id.clone()).collect());
        }
        (!self.is_whole).then(|| over.items.iter().map(|item| item.id.clone()).collect())
    }

    /// The file's bytes.
    pub(super) fn bytes(&self, format: Format) -> Result<Vec<u8>, Unwritten> {
        format.bytes(&self.over(&Words::new(self.language)))
    }

    fn over<'a>(&'a self, words: &'a Words) -> HandOver<'a> {
        let items = |places: &[Index]| -> Vec<&Item> {
            places.iter().filter_map(|place| self.snapshot.items.get(*place as usize)).collect()
        };
        HandOver {
            snapshot: &self.snapshot,
            today: self.today,
            at: self.at.clone(),
            items: items(&self.items),
            listed: self.listed.as_deref().map(items),
            is_sorted: true,
            is_whole: self.is_whole,
            table: self.table,
            campaigns: self.campaigns.clone(),
            journal: self.journal.as_deref().unwrap_or_default(),
            past: self.past.as_ref(),
            picture: &self.picture,
            lists: self.lists,
            source: &self.source,
            filter: &self.filter,
            who: &self.who,
            letterhead: &self.letterhead,
            words,
            labels: export::labels(&self.snapshot.outline, self.language.tag),
        }
    }
}

/// The table the screen is about.
fn table(model: &Model) -> Table {
    match model.leading() {
        PanelId::TasksByAgency | PanelId::Matrix | PanelId::LateAgencies => Table::Agencies,
        PanelId::OverdueReports | PanelId::Reports => Table::Reports,
        PanelId::UpcomingCampaigns | PanelId::Timeline => Table::Campaigns,
        PanelId::Tasks => Table::Tasks,
        PanelId::Trend | PanelId::OverdueByWeek | PanelId::Ageing | PanelId::OnTime => Table::Trend,
        PanelId::Journal => Table::Journal,
        PanelId::Detail => Table::Reports,
    }
}
