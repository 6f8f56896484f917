//! The items of a letter: what, due when, how late, reminded how often; as text lines and as an HTML table.

use std::fmt::Write;

use super::compose::{Occasion, escaped};
use crate::{
    domain::{
        expect::ReportPeriod,
        id::ItemId,
        item::{Item, Subject},
        period::Span,
        status::Today,
        summary::{days_late, late_span},
        text::{Text, fold_marks},
    },
    words::Words,
};

/// An item as a letter lists it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    what: String,
    due: String,
    late: String,
    earlier: String,
}

impl Row {
    /// The row of an item; none where the plan does not have it.
    pub(super) fn of(occasion: &Occasion<'_>, id: &ItemId) -> Option<Self> {
        let item = occasion.snapshot.item(id)?;
        Some(Row {
            what: what(occasion, item)?,
            due: due(occasion, item),
            late: late(occasion, item),
            earlier: earlier(occasion.words, item),
        })
    }
}

fn what(occasion: &Occasion<'_>, item: &Item) -> Option<String> {
    let (outline, words) = (&occasion.snapshot.outline, occasion.words);
    let tag = words.language.tag;
    let or_id = |title: &str, id: &str| if title.is_empty() { id.to_owned() } else { title.to_owned() };
    match item.subject {
        Subject::Task(task) => {
            let task = outline.plan.tasks.get(task as usize)?;
            Some(or_id(task.title.get(tag), task.id.as_str()))
        }
        Subject::Report { duty, period } => {
            let duty = outline.plan.duties.get(duty as usize)?;
            let name = or_id(duty.title.get(tag), duty.id.as_str());
            let period = outline.periods.get(period as usize).and_then(|period| self::period(&name, period, words));
            Some(match period {
                Some(period) => format!("{name} – {period}"),
                None => name,
            })
        }
        Subject::Milestone { campaign, milestone } => {
            let campaign = outline.plan.campaigns.get(campaign as usize)?;
            let milestone = campaign.milestones.get(milestone as usize)?;
            Some(or_id(milestone.title.get(tag), milestone.id.as_str()))
        }
    }
}

/// The period of a report in words, where its duty's name does not say it already.
fn period(name: &str, period: &ReportPeriod, words: &Words) -> Option<String> {
    if let Some(calendar) = period.period {
        let bare = match calendar.span {
            Span::Year => words.period(calendar, &calendar.year.to_string()),
            Span::Month(_) | Span::Quarter(_) | Span::Half(_) | Span::NineMonths => words.period(calendar, ""),
        };
        let said = fold_marks(name).contains(&fold_marks(bare.trim_matches([' ', '/'])));
        return (!said).then(|| words.period(calendar, &calendar.year.to_string()));
    }
    let event = period.event.as_ref()?;
    let day = words.with("period-case", &[("date", words.date(event.on).into())]);
    Some(event.title.as_ref().map_or_else(|| day.clone(), |title| format!("{day}: {title}")))
}

fn due(occasion: &Occasion<'_>, item: &Item) -> String {
    let words = occasion.words;
    let Some(due) = item.due else { return words.get("time-no-deadline").into_owned() };
    let date = words.date(due);
    if let Some(original) = item.original_due.filter(|original| *original != due && item.state.extensions > 0) {
        return words.with("letter-extended", &[("date", date.into()), ("original", words.date(original).into())]);
    }
    match due_text(occasion, item) {
        Some(text) => words.with("letter-due-as-written", &[("date", date.into()), ("text", text.as_str().into())]),
        None => date,
    }
}

/// The due date as the plan words it.
fn due_text(occasion: &Occasion<'_>, item: &Item) -> Option<Text> {
    let outline = &occasion.snapshot.outline;
    let text = match item.subject {
        Subject::Task(task) => outline.plan.tasks.get(task as usize)?.due_text.clone(),
        Subject::Report { period, .. } => outline.periods.get(period as usize)?.due_text.clone(),
        Subject::Milestone { .. } => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

fn late(occasion: &Occasion<'_>, item: &Item) -> String {
    let (words, calendar) = (occasion.words, &occasion.snapshot.outline.calendar);
    let today = Today::new(occasion.today, 0, calendar);
    let Some((due, until)) = late_span(item, today) else { return words.get("letter-not-late").into_owned() };
    let days = days_late(item, today).unwrap_or_default();
    let working = calendar.working_days_between(due, until);
    words.with("letter-late", &[("days", days.into()), ("working", working.into())])
}

fn earlier(words: &Words, item: &Item) -> String {
    let state = &item.state;
    match (state.reminders, state.last_reminded) {
        (0, _) => words.get("letter-never-reminded").into_owned(),
        (times, last) => {
            let last = last.map(|day| words.date(day)).unwrap_or_default();
            words.with("letter-reminded", &[("times", i32::from(times).into()), ("date", last.into())])
        }
    }
}

/// The rows as a numbered list.
pub(super) fn text_rows(rows: &[Row], words: &Words) -> String {
    let row = |(number, row): (usize, &Row)| {
        let Row { what, due, late, earlier } = row;
        let named = [("letter-column-due", due), ("letter-column-late", late), ("letter-column-earlier", earlier)];
        let facts: String = named.iter().map(|(id, said)| format!("\n   - {}: {said}", words.get(id))).collect();
        format!("{number}. {what}{facts}")
    };
    (1..).zip(rows).map(row).collect::<Vec<_>>().join("\n")
}

/// The rows as a table.
pub(super) fn html_table(rows: &[Row], words: &Words) -> String {
    const CELL: &str = "style=\"border: 1px solid #000; padding: 4px 8px; text-align: left; vertical-align: top\"";
    let ids = ["number", "what", "due", "late", "earlier"];
    let headings: String = ids
        .iter()
        .map(|id| format!("<th {CELL}>{}</th>", escaped(&words.get(&format!("letter-column-{id}")))))
        .collect();
    let mut table = format!("<table style=\"border-collapse: collapse\">\n<tr>{headings}</tr>\n");
    for (number, Row { what, due, late, earlier }) in (1_usize..).zip(rows) {
        let cells = [number.to_string(), escaped(what), escaped(due), escaped(late), escaped(earlier)];
        let cells: String = cells.iter().map(|cell| format!("<td {CELL}>{cell}</td>")).collect();
        // Writing to a string does not fail.
        let _ = writeln!(table, "<tr>{cells}</tr>");
    }
    table.push_str("</table>");
    table
}
