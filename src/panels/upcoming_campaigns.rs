//! Campaigns that run or are to come: dates, day n of m, days left, milestones. Past ones follow, quietly.

use std::cmp::Reverse;

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::{Cell, Word},
    column::{Align, Column, Width},
    order::{LAST, date},
    phase_rank,
    rows::Rows,
    scene::Scene,
};
use crate::domain::{
    campaign::{Campaign, Phase},
    id::ItemId,
    item::Index,
    status::Base,
};

/// The panel.
pub static PANEL: Panel =
    Panel { id: PanelId::UpcomingCampaigns, title: Word("panel-upcoming-campaigns"), body: Body::Table(TABLE) };

const TABLE: Table = Table { rows: Rows::Listed(rows), columns: &COLUMNS, empty: Word("empty-campaigns"), groups: &[] };

pub(super) static COLUMNS: [Column; 4] = [
    Column {
        id: "title",
        heading: Word("column-campaign"),
        width: Width::Share { least: 14, most: 100, weight: 4 },
        align: Align::Left,
        spare: 0,
        cell: |scene, row| campaign(scene, row).map_or(Cell::Empty, |campaign| Cell::Title(&campaign.title)),
        order: Some(|scene, row| index(row).map_or(LAST, |index| scene.lookup.campaigns.rank(index).into())),
    },
    Column {
        id: "dates",
        heading: Word("column-dates"),
        width: Width::Fixed(11),
        align: Align::Left,
        spare: 1,
        cell: |scene, row| campaign(scene, row).map_or(Cell::Empty, |campaign| Cell::Range(campaign.from, campaign.to)),
        order: Some(|scene, row| campaign(scene, row).map_or(LAST, |campaign| date(campaign.from))),
    },
    Column {
        id: "countdown",
        heading: Word("column-countdown"),
        width: Width::Fixed(13),
        align: Align::Left,
        spare: 0,
        cell: |scene, row| {
            let calendar = &scene.snapshot.outline.calendar;
            let countdown = campaign(scene, row).map(|campaign| campaign.countdown(scene.today.date, calendar));
            countdown.map_or(Cell::Empty, Cell::Countdown)
        },
        order: None,
    },
    Column {
        id: "milestones",
        heading: Word("column-milestones"),
        width: Width::Fixed(5),
        align: Align::Right,
        spare: 3,
        cell: |scene, row| {
            let reached = campaign(scene, row).map(|campaign| milestones(scene, campaign));
            reached.map_or(Cell::Empty, |(reached, all)| Cell::Milestones(reached, all))
        },
        order: None,
    },
];

/// Running ones first, then those to come by their beginning, then past ones, the last first.
pub fn rows(scene: &Scene<'_>) -> Vec<Row> {
    let calendar = &scene.snapshot.outline.calendar;
    let mut campaigns: Vec<(Index, &Campaign, Phase)> = (0..)
        .zip(&scene.snapshot.outline.plan.campaigns)
        .map(|(index, campaign)| (index, campaign, campaign.countdown(scene.today.date, calendar).phase))
        .collect();
    campaigns.sort_by_key(|(index, campaign, phase)| {
        let past = (*phase == Phase::Past).then_some(Reverse(campaign.to));
        (phase_rank(*phase), past, campaign.from, campaign.to, *index)
    });
    campaigns.into_iter().map(|(index, ..)| Row::Campaign(index)).collect()
}

/// Milestones reached, and all.
pub(super) fn milestones(scene: &Scene<'_>, campaign: &Campaign) -> (u32, u32) {
    let item = |milestone: &crate::domain::campaign::Milestone| {
        scene.snapshot.item(&ItemId::milestone(&campaign.id, &milestone.id))
    };
    let reached = campaign.milestones.iter().filter_map(item).filter(|item| item.state.base == Base::Done).count();
    (u32::try_from(reached).unwrap_or(u32::MAX), u32::try_from(campaign.milestones.len()).unwrap_or(u32::MAX))
}

pub(super) fn index(row: Row) -> Option<Index> {
    match row {
        Row::Campaign(index) => Some(index),
        Row::Item(_) | Row::Agency(_) | Row::Entry(_) | Row::Heading(..) => None,
    }
}

pub(super) fn campaign<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Campaign> {
    scene.snapshot.outline.plan.campaigns.get(index(row)? as usize)
}
