//! A table that is handed over by itself: the rows its command lists, in the same words. JSON says besides what they are of; CSV has
//! no place for that but its name.

use serde::Serialize;

use super::{
    campaigns,
    columns::Columns,
    facts::{
        Seen, campaign::CampaignFact, entry::EntryFact, figures::StatusFact, report::ReportFact, task::TaskFact,
        week::WeekFact,
    },
    print::Fact,
    reports, spreadsheet,
};
use crate::{
    domain::sentence::Sentence,
    export::{Format, HandOver, Table, Unwritten},
};

/// What spreadsheets know UTF-8 by.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What the rows are of.
#[derive(Serialize)]
struct Whole<'a, T> {
    plan: &'a str,
    number: Option<&'a str>,
    title: &'a str,
    /// The instant, in the plan's zone.
    at: String,
    source: &'a str,
    /// Empty for everything.
    filter: &'a str,
    who: &'a str,
    sample: bool,
    table: &'static str,
    rows: &'a [T],
}

/// The table `over` asks for, in `format`.
pub(super) fn lists(format: Format, over: &HandOver<'_>) -> Result<Vec<u8>, Unwritten> {
    let tag = over.words.language.tag;
    let seen = Seen { snapshot: over.snapshot, today: over.today };
    match over.table {
        Table::Reports => {
            let mut items = over.items.clone();
            reports::keep(&mut items);
            if !over.is_sorted {
                reports::in_order(&mut items);
            }
            let rows: Vec<ReportFact> = items.into_iter().filter_map(|item| ReportFact::of(seen, item, tag)).collect();
            written(format, over, &rows)
        }
        Table::Tasks => {
            let rows: Vec<TaskFact> = over.items.iter().filter_map(|item| TaskFact::of(seen, item, tag)).collect();
            written(format, over, &rows)
        }
        Table::Campaigns => {
            let campaigns = &over.snapshot.outline.plan.campaigns;
            let campaigns = over.campaigns.iter().filter_map(|index| campaigns.get(*index as usize));
            let mut rows: Vec<CampaignFact> = campaigns.map(|campaign| CampaignFact::of(seen, campaign, tag)).collect();
            if !over.is_sorted {
                campaigns::in_order(&mut rows);
            }
            written(format, over, &rows)
        }
        Table::Agencies => written(format, over, &StatusFact::of(seen, &over.items, &over.at, tag).agencies),
        Table::Journal => {
            let zone = &over.snapshot.outline.zone;
            let rows: Vec<EntryFact> =
                over.journal.iter().map(|entry| EntryFact::new(entry.clone(), false, zone.clone())).collect();
            written(format, over, &rows)
        }
        Table::Trend => written(format, over, &WeekFact::all(&over.trend())),
    }
}

fn written<T: Fact>(format: Format, over: &HandOver<'_>, rows: &[T]) -> Result<Vec<u8>, Unwritten> {
    let unwritten =
        |error: anyhow::Error| Unwritten(Sentence::new("export-list-unwritten").with("reason", format!("{error:#}")));
    if format == Format::Csv {
        let mut bytes = MARK.to_vec();
        let columns = Columns::<T>::own();
        let records = rows.iter().map(|row| columns.record(row, over.words));
        spreadsheet::write(&mut bytes, &columns.head(), records).map_err(unwritten)?;
        return Ok(bytes);
    }
    let plan = &over.snapshot.outline.plan;
    let whole = Whole {
        plan: plan.id.as_str(),
        number: plan.number.as_ref().map(|number| number.as_str()),
        title: plan.title.get(over.words.language.tag),
        at: over.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        source: over.source,
        filter: over.filter,
        who: over.who,
        sample: plan.sample,
        table: over.table.as_str(),
        rows,
    };
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|error| unwritten(error.into()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
