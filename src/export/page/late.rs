//! What is overdue, the latest on top, with what was done about it.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::items::{MOST, acts, more, name};
use crate::{
    domain::{
        item::{Item, Kind},
        status::{Cell, cell},
        summary::{days_late, late_span},
    },
    export::{HandOver, standing, standing::capital},
};

pub(super) fn section(over: &HandOver<'_>, kind: Kind) -> Markup {
    let words = over.words;
    let is_late = |item: &&Item| item.kind() == kind && cell(item, over.today) == Some(Cell::Overdue);
    let mut late: Vec<&Item> = over.items.iter().copied().filter(is_late).collect();
    late.sort_by_key(|item| Reverse(days_late(item, over.today)));
    let (caption, none, column) = if kind == Kind::Report {
        ("page-late-reports-caption", "page-no-late-reports", "export-column-report")
    } else {
        ("page-late-tasks-caption", "page-no-late-tasks", "export-column-task")
    };
    if late.is_empty() {
        return html! { p.good { (words.get(none)) } };
    }
    let working = |item: &Item| {
        let span = late_span(item, over.today);
        span.map(|(due, until)| over.snapshot.outline.calendar.working_days_between(due, until)).unwrap_or_default()
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.get(column)) {
            table {
                caption { (words.with(caption, &[("count", late.len().into())])) }
                thead {
                    tr {
                        th.n scope="col" { (words.get("export-column-late")) }
                        th.n scope="col" { (words.get("page-working-days")) }
                        th scope="col" { (words.get("export-column-agency")) }
                        th scope="col" { (words.get(column)) }
                        th.n scope="col" { (words.get("export-column-due")) }
                        th scope="col" { (capital(&words.get("column-acts"))) }
                    }
                }
                tbody {
                    @for item in late.iter().take(MOST) {
                        tr {
                            td.n.late { (days_late(item, over.today).unwrap_or_default()) }
                            td.n { (working(item)) }
                            td { (standing::agency(over, item.agency)) }
                            th scope="row" { (name(over, item)) }
                            td.n { @if let Some(due) = item.due { (words.date(due)) } }
                            td { (acts(over, item)) }
                        }
                    }
                }
            }
        }
        (more(over, late.len()))
    }
}
