//! The campaigns with their milestones, one a row.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, column},
    style::Style,
};
use crate::{
    domain::{id::ItemId, status::Base},
    export::{HandOver, standing},
};

pub(super) const COLUMNS: &[Column] = &[
    column("export-column-id", 8),
    column("export-column-campaign", 42),
    column("export-column-from", 11),
    column("export-column-until", 11),
    column("export-column-lead", 18),
    column("export-column-coordinating", 28),
    column("export-column-milestone-id", 10),
    column("export-column-milestone", 30),
    column("export-column-milestone-due", 11),
    column("export-column-milestone-done", 11),
];

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-campaigns", COLUMNS, over, style)?;
    let plan = &over.snapshot.outline.plan;
    let tag = over.words.language.tag;
    for campaign in over.campaigns.iter().filter_map(|index| plan.campaigns.get(*index as usize)) {
        let title = campaign.title.get(tag);
        let head = || {
            vec![
                Cell::Id(campaign.id.to_string()),
                Cell::Text(if title.is_empty() { campaign.id.to_string() } else { title.to_owned() }),
                Cell::Day(campaign.from),
                Cell::Day(campaign.to),
                Cell::Text(standing::named(over, &campaign.lead)),
                Cell::Text(standing::several(over, &campaign.coordinating)),
            ]
        };
        if campaign.milestones.is_empty() {
            paper.row(
                head().into_iter().chain([Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Nothing]).collect(),
            )?;
        }
        for milestone in &campaign.milestones {
            let item = over.snapshot.item(&ItemId::milestone(&campaign.id, &milestone.id));
            let done = item.filter(|item| item.state.base == Base::Done).and_then(|item| item.state.handed_in);
            let title = milestone.title.get(tag);
            let point = [
                Cell::Id(milestone.id.to_string()),
                Cell::Text(if title.is_empty() { milestone.id.to_string() } else { title.to_owned() }),
                milestone.due.into(),
                done.into(),
            ];
            paper.row(head().into_iter().chain(point).collect())?;
        }
    }
    paper.end()
}
