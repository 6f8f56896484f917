//! Campaigns, one a row, with their milestones in a cell or in rows of their own below.

use jiff::civil::Date;

use crate::domain::{
    campaign::{Campaign, Milestone},
    id::{CampaignId, ItemId, MilestoneId},
    plan::Unknown,
    text::Text,
    title::Title,
};

use super::{
    bodies::NOBODY,
    draft::{Draft, slug},
    grid::Value,
    mapping::Field,
    names::key,
    reading::Told,
    rows::{self, Row},
    table::Table,
};

/// A campaign with more is none.
const MOST_MILESTONES: usize = 500;

/// Reads the campaigns of a table.
pub(super) fn read(draft: &mut Draft, table: &Table<'_>) {
    draft.unknown_columns(table);
    let rows = table.rows();
    let last = rows::last_item(table, &rows);
    // The row's title and id, as they were said last, and whether its campaign could be read.
    let mut current: Option<(Text, Option<Text>, bool)> = None;
    for row in rows {
        match rows::row(table, row, last) {
            Row::Item(title) => {
                let own = table.text(row, Field::Id);
                let same = current.as_ref().is_some_and(|(current, id, _)| match (&own, id) {
                    // The rows of one campaign: its name may have been changed in one of them only.
                    (Some(own), Some(id)) => own == id,
                    (Some(_) | None, _) => *current == title,
                });
                if !same {
                    let read = campaign(draft, table, row, &title);
                    current = Some((title, own, read));
                }
            }
            Row::Section(_) | Row::Passed => continue,
            Row::Untitled if table.cell(row, Field::Milestone).is_some() && current.is_some() => {}
            Row::Untitled => {
                draft.unread_field(table, row, Field::Title, "workbook-row-untitled");
                continue;
            }
        }
        if current.as_ref().is_some_and(|(_, _, read)| *read) {
            milestones(draft, table, row);
        }
    }
}

/// False where it has no day.
fn campaign(draft: &mut Draft, table: &Table<'_>, row: u32, title: &Text) -> bool {
    let due = draft.deadline(table, row);
    let (Some(from), Some(to)) = (due.from.or(due.due), due.due.or(due.from)) else {
        draft.unread_field(
            table,
            row,
            if table.has(Field::Span) { Field::Span } else { Field::From },
            "workbook-campaign-undated",
        );
        return false;
    };
    let agency = table.cell(row, Field::Agency).map(Value::shown);
    let (lead, mut coordinating) = draft.bodies.lead(agency.as_deref().unwrap_or(NOBODY));
    if let Some(cell) = table.cell(row, Field::Coordinating) {
        coordinating.extend(draft.bodies.several(&cell.shown()));
    }
    let Some(id) = draft.id(table, row, "campaign", "C", &[title.as_str()]) else { return false };
    let programme = table.text(row, Field::Programme).map(|name| draft.programme(&name));
    let id = CampaignId::from(id.as_str());
    if let Some(note) = table.text(row, Field::Note) {
        draft.keep(ItemId::campaign(&id), Told { note: Some(note), ..Told::default() });
    }
    draft.line(table, row, &format!("campaign:{id}"));
    draft.campaigns.push(Campaign {
        id,
        title: Title::Plain(title.clone()),
        from,
        to,
        lead,
        coordinating,
        programme,
        source: None,
        milestones: Vec::new(),
        unknown: Unknown::new(),
    });
    true
}

/// The milestones a row adds to the last campaign: one a line.
fn milestones(draft: &mut Draft, table: &Table<'_>, row: u32) {
    let Some(Value::Text(cell)) = table.cell(row, Field::Milestone) else { return };
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let own = table.cell(row, Field::MilestoneDue);
    let own_due = own.and_then(|value| draft.days.due(value)).and_then(|due| due.due);
    if own.is_some() && own_due.is_none() {
        draft.unread_field(table, row, Field::MilestoneDue, "workbook-not-a-day");
    }
    let mut told = Told::default();
    let state = [Field::MilestoneDone, Field::Status].into_iter().find(|field| table.cell(row, *field).is_some());
    if let Some(field) = state
        && let Some(value) = table.cell(row, field)
        && !draft.stands(value, &mut told)
    {
        draft.unread_field(table, row, field, "workbook-unknown-status");
        told.unclear = true;
    }
    let single = lines.len() == 1;
    for line in lines {
        if draft.campaigns.last().is_none_or(|campaign| campaign.milestones.len() >= MOST_MILESTONES) {
            return draft.unread_field(table, row, Field::Milestone, "workbook-too-many-milestones");
        }
        let (title, due) = dated(draft, line);
        let Some(campaign) = draft.campaigns.last_mut() else { return };
        let base = slug(&title);
        let same =
            campaign.milestones.iter().filter(|one| one.title.all().any(|known| key(known) == key(&title))).count();
        let made = if same == 0 { base } else { format!("{base}-{}", same + 1) };
        let said = table.text(row, Field::MilestoneId).filter(|id| !id.contains('/') && single);
        let id = said.map_or(made, |id| id.to_string());
        let id = MilestoneId::from(id.as_str());
        let item = ItemId::milestone(&campaign.id, &id);
        campaign.milestones.push(Milestone {
            id,
            title: Title::from(title.as_str()),
            due: due.or(own_due),
            item: None,
            unknown: Unknown::new(),
        });
        draft.line(table, row, item.as_str());
        draft.keep(item, told.clone());
    }
}

/// A milestone's title and its day, where the line has one: `Lễ phát động: 15/11`, `15/11: Lễ phát động`, `Lễ phát động (15/11)`.
fn dated(draft: &Draft, line: &str) -> (String, Option<Date>) {
    let line = line.trim_start_matches(['-', '–', '•', '*', '+']).trim();
    let day = |text: &str| draft.days.due(&Value::Text(text.trim().into())).and_then(|due| due.due);
    if let Some((title, rest)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('('))
        && let Some(day) = day(rest)
    {
        return (title.trim().to_owned(), Some(day));
    }
    for between in [": ", " - ", " – ", ":"] {
        if let Some((first, rest)) = line.split_once(between)
            && let Some(day) = day(first)
        {
            return (rest.trim().to_owned(), Some(day));
        }
        if let Some((title, last)) = line.rsplit_once(between)
            && let Some(day) = day(last)
        {
            return (title.trim().to_owned(), Some(day));
        }
    }
    (line.to_owned(), None)
}
