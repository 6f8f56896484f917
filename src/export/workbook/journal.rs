//! What was done, newest first. Not read again: what happened is added to, never edited.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    paper::{Cell, Column, Paper, ours},
    style::Style,
};
use crate::{
    domain::{
        entry::{Entry, Verb},
        item::Subject,
    },
    export::HandOver,
};

const COLUMNS: &[Column] = &[
    ours("export-column-on", 11),
    ours("export-column-recorded", 16),
    ours("export-column-by", 16),
    ours("export-column-verb", 20),
    ours("export-column-item", 22),
    ours("export-column-agency", 20),
    ours("export-column-what", 40),
    ours("export-column-document", 18),
];

pub(super) fn write(sheet: &mut Worksheet, over: &HandOver<'_>, style: &Style) -> Result<(), XlsxError> {
    let mut paper = Paper::begin(sheet, "export-sheet-journal", COLUMNS, over, style)?;
    let words = over.words;
    let zone = &over.snapshot.outline.zone;
    for entry in over.journal {
        let at = entry.recorded_at().to_zoned_datetime(zone.clone());
        let verb = if let Verb::Unknown(word) = &entry.verb {
            word.to_string()
        } else {
            crate::export::standing::capital(&words.get(&format!("verb-{}", entry.verb.as_str())))
        };
        let item = over.snapshot.item(&entry.item);
        let agency = item.map(|item| crate::export::standing::agency(over, item.agency)).unwrap_or_default();
        let plan = &over.snapshot.outline.plan;
        let title = item.and_then(|item| match item.subject {
            Subject::Task(index) => plan.tasks.get(index as usize).map(|task| task.title.get(words.language.tag)),
            Subject::Report { duty, .. } => {
                plan.duties.get(duty as usize).map(|duty| duty.title.get(words.language.tag))
            }
            Subject::Milestone { campaign, .. } => {
                plan.campaigns.get(campaign as usize).map(|campaign| campaign.title.get(words.language.tag))
            }
        });
        paper.row(vec![
            Cell::Day(entry.on),
            Cell::Text(format!("{} {:02}:{:02}", words.date(at.date()), at.hour(), at.minute())),
            Cell::Text(entry.by.as_ref().map(ToString::to_string).unwrap_or_default()),
            Cell::Text(verb),
            Cell::Id(entry.item.to_string()),
            Cell::Text(agency),
            Cell::Text(what(over, entry, title)),
            Cell::Text(entry.document.as_ref().map(ToString::to_string).unwrap_or_default()),
        ])?;
    }
    paper.end()
}

/// What it was done to, and what was said with it.
fn what(over: &HandOver<'_>, entry: &Entry, title: Option<&str>) -> String {
    let until = entry.until.map(|until| format!("→ {}", over.words.date(until)));
    let percent = entry.percent.map(|percent| format!("{percent}%"));
    let texts = [&entry.title, &entry.to, &entry.reason, &entry.note].into_iter().flatten().map(ToString::to_string);
    let said = title.map(ToOwned::to_owned).into_iter().chain(percent).chain(until).chain(texts);
    said.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
