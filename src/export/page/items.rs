//! Tasks and reports as rows: what they are called, what was done about them; the list that was on the screen.

use maud::{Markup, html};

use crate::{
    domain::{
        expect::ReportPeriod,
        item::{Item, Kind, Subject},
        status::{Base, Cell, cell},
        title::Title,
    },
    export::{HandOver, standing},
    ui::{cell::Saying, glyphs::UNICODE, wording},
};

/// So many rows of a list are read; who wants more takes a workbook.
pub(super) const MOST: usize = 1_000;

/// What an item is called.
pub(super) fn name(over: &HandOver<'_>, item: &Item) -> String {
    let (outline, tag) = (&over.snapshot.outline, over.words.language.tag);
    let named = match item.subject {
        Subject::Task(index) => outline.plan.tasks.get(index as usize).map(|task| task.title.get(tag).to_owned()),
        Subject::Report { duty, period } => {
            let period = outline.periods.get(period as usize);
            let duty = outline.plan.duties.get(duty as usize).filter(|duty| !duty.title.get(tag).is_empty());
            duty.zip(period).map(|(duty, period)| report(over, &duty.title, period))
        }
        Subject::Milestone { campaign, milestone } => {
            let campaign = outline.plan.campaigns.get(campaign as usize);
            campaign
                .and_then(|campaign| campaign.milestones.get(milestone as usize))
                .map(|one| one.title.get(tag).to_owned())
        }
    };
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| item.id.to_string())
}

/// A report's name, as the screen has it: the period only where the name does not say it.
pub(super) fn report(over: &HandOver<'_>, title: &Title, period: &ReportPeriod) -> String {
    let year = over.snapshot.outline.plan.year;
    let saying = Saying { words: over.words, glyphs: &UNICODE, year, today: Some(over.today.date) };
    let mut said = Vec::new();
    wording::report(title, period, saying, &mut said);
    said.iter().map(|piece| piece.text.as_ref()).collect()
}

/// What was done about an item.
pub(super) fn acts(over: &HandOver<'_>, item: &Item) -> String {
    let (words, state) = (over.words, &item.state);
    let count = |id: &str, count: u32| (count > 0).then(|| words.with(id, &[("count", count.into())]));
    let parts = [
        (state.base == Base::Returned).then(|| words.get("base-returned").into_owned()),
        count("page-reminded", state.reminders.into()),
        count("page-escalated", state.escalation.into()),
        count("page-extended", state.extensions.into()),
        (!state.acknowledged.is_empty()).then(|| words.get("acts-acknowledged").into_owned()),
        state.promise.map(|promise| words.with("acts-promised", &[("date", words.date(promise).into())])),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { words.get("acts-none").into_owned() } else { said.join(", ") }
}

/// That there are more than are listed.
pub(super) fn more(over: &HandOver<'_>, count: usize) -> Markup {
    html! {
        @if count > MOST { p.quiet { (over.words.with("page-more", &[("count", (count - MOST).into())])) } }
    }
}

/// The list that was on the screen, in its order.
pub(super) fn listed(over: &HandOver<'_>, kind: Kind, items: &[&Item]) -> Markup {
    let words = over.words;
    let column = if kind == Kind::Task { "export-column-task" } else { "export-column-report" };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.get(column)) {
            table {
                caption { (words.with("page-listed-caption", &[("count", items.len().into())])) }
                thead {
                    tr {
                        th scope="col" { (words.get("export-column-agency")) }
                        th scope="col" { (words.get(column)) }
                        th.n scope="col" { (words.get("export-column-due")) }
                        th scope="col" { (words.get("export-column-status")) }
                        @if kind == Kind::Task { th.n scope="col" { (words.get("export-column-progress")) } }
                        th.n scope="col" { (words.get("export-column-late")) }
                    }
                }
                tbody {
                    @for item in items.iter().take(MOST) {
                        @let late = cell(item, over.today) == Some(Cell::Overdue);
                        tr {
                            td { (standing::agency(over, item.agency)) }
                            th scope="row" { (name(over, item)) }
                            td.n { @if let Some(due) = item.due { (words.date(due)) } }
                            td .late[late] { (standing::status(over, item)) }
                            @if kind == Kind::Task { td.n { (words.percent(f64::from(item.progress()) / 100.0, 0)) } }
                            td.n .late[late] { @if let Some(days) = standing::late(over, item) { (days) } }
                        }
                    }
                }
            }
        }
        (more(over, items.len()))
    }
}
