//! What to look at: panels as descriptions (which rows, which columns, which body). Pure; words by id only.
//!
//! A panel has no life of its own: what is selected, sorted and filtered is the model's, how it looks is `ui`'s. To add one:
//! its file here, its line in [`PANELS`] and [`PanelId`], its words in `config/lang`.

use serde::{Deserialize, Serialize};

use crate::domain::{
    campaign::Phase,
    id::{AgencyId, CampaignId, EntryId, ItemId},
    item::Index,
};

mod campaign_detail;
pub mod cell;
pub mod column;
mod columns;
pub mod detail;
pub mod grid;
pub mod journal;
pub mod matrix;
pub mod order;
pub mod overdue_reports;
pub mod reports;
pub mod rows;
pub mod scene;
pub mod stretch;
pub mod tasks;
pub mod tasks_by_agency;
pub mod timeline;
pub mod trend;
pub mod upcoming_campaigns;
pub mod view;

use cell::Word;
use column::Column;
use rows::Rows;
use scene::Scene;
use trend::Chart;

/// A panel's name, in the config and in every layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelId {
    /// Tasks by agency.
    TasksByAgency,
    /// Overdue reports, and what else needs dealing with.
    OverdueReports,
    /// Running and coming campaigns.
    UpcomingCampaigns,
    /// Everything about the selected row.
    Detail,
    /// Every report owed.
    Reports,
    /// Every task.
    Tasks,
    /// Campaigns over months.
    Timeline,
    /// Agencies by report periods, or by programmes.
    Matrix,
    /// Planned against actual completion.
    Trend,
    /// Overdue tasks and reports by week.
    OverdueByWeek,
    /// What is overdue by how late it is.
    Ageing,
    /// Reports on time by period.
    OnTime,
    /// The agencies late most often.
    LateAgencies,
    /// What happened.
    Journal,
}

/// A panel's description.
#[derive(Debug)]
pub struct Panel {
    /// Which.
    pub id: PanelId,
    /// Its name on the border.
    pub title: Word,
    /// What it shows.
    pub body: Body,
}

/// What a panel shows.
#[derive(Debug)]
pub enum Body {
    /// Rows and columns.
    Table(Table),
    /// Rows of campaigns, with their bars over time beside them; see `timeline.rs`.
    Timeline(Table),
    /// Rows of agencies, with a cell for each of what they are set against; see `matrix.rs`.
    Matrix(Table),
    /// Curves and bars; see `trend.rs`.
    Chart(Chart),
    /// Facts about the row selected elsewhere; see `detail.rs`.
    Detail,
}

/// A table's description.
#[derive(Debug)]
pub struct Table {
    /// Its rows before filter and sort, in their natural order.
    pub rows: Rows,
    /// Its columns.
    pub columns: &'static [Column],
    /// What is said where it has no rows because there is nothing to show.
    pub empty: Word,
    /// The columns it can be grouped by.
    pub groups: &'static [Group],
}

/// What a table can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The agency that answers for it.
    Agency,
    /// The programme.
    Programme,
}

/// A row, by its place in the snapshot: valid for that snapshot only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// A task, report or milestone.
    Item(Index),
    /// An agency of `Outline::agencies`.
    Agency(Index),
    /// A campaign of `Plan::campaigns`.
    Campaign(Index),
    /// An entry of the journal, by its place among those that have come.
    Entry(Index),
    /// The head of a group.
    Heading(Group, Option<Index>),
}

/// A row by its id: what selection and marks hold on to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKey {
    /// An item.
    Item(ItemId),
    /// An agency.
    Agency(AgencyId),
    /// A campaign.
    Campaign(CampaignId),
    /// An entry of the journal.
    Entry(EntryId),
}

/// Every panel.
pub static PANELS: [&Panel; 14] = [
    &tasks_by_agency::PANEL,
    &overdue_reports::PANEL,
    &upcoming_campaigns::PANEL,
    &detail::PANEL,
    &reports::PANEL,
    &tasks::PANEL,
    &timeline::PANEL,
    &matrix::PANEL,
    &trend::PANEL,
    &trend::OVERDUE,
    &trend::AGEING,
    &trend::ON_TIME,
    &trend::LATE_AGENCIES,
    &journal::PANEL,
];

impl PanelId {
    /// Its description.
    pub fn panel(self) -> &'static Panel {
        PANELS.iter().find(|panel| panel.id == self).unwrap_or(&PANELS[0])
    }

    /// Its table, if it has rows.
    pub fn table(self) -> Option<&'static Table> {
        match &self.panel().body {
            Body::Table(table) | Body::Timeline(table) | Body::Matrix(table) => Some(table),
            Body::Chart(_) | Body::Detail => None,
        }
    }
}

impl Row {
    /// The id of what the row shows; a heading has none.
    pub fn key(self, scene: &Scene<'_>) -> Option<RowKey> {
        match self {
            Row::Item(place) => scene.item(place).map(|item| RowKey::Item(item.id.clone())),
            Row::Agency(index) => scene.agency(index).map(|agency| RowKey::Agency(agency.id.clone())),
            Row::Campaign(index) => {
                let campaign = scene.snapshot.outline.plan.campaigns.get(index as usize);
                campaign.map(|campaign| RowKey::Campaign(campaign.id.clone()))
            }
            Row::Entry(_) => journal::told(scene, self).map(|told| RowKey::Entry(told.entry.id)),
            Row::Heading(..) => None,
        }
    }
}

impl RowKey {
    /// The item it is, if it is one.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            RowKey::Item(id) => Some(id),
            RowKey::Agency(_) | RowKey::Campaign(_) | RowKey::Entry(_) => None,
        }
    }

    /// Its row in `scene`; none where it is gone.
    pub fn row(&self, scene: &Scene<'_>) -> Option<Row> {
        let outline = &scene.snapshot.outline;
        match self {
            RowKey::Item(id) => scene.snapshot.place(id).map(Row::Item),
            RowKey::Agency(id) => outline.agency(id.as_str()).map(Row::Agency),
            RowKey::Campaign(id) => outline.campaign(id.as_str()).map(Row::Campaign),
            RowKey::Entry(id) => {
                let mut places = (0..).zip(scene.journal);
                places.find(|(_, told)| told.entry.id == *id).map(|(place, _)| Row::Entry(place))
            }
        }
    }
}

/// The order campaigns are shown in: running, coming, past.
pub(crate) fn phase_rank(phase: Phase) -> u8 {
    match phase {
        Phase::Running => 0,
        Phase::Coming => 1,
        Phase::Past => 2,
    }
}
