//! Tasks by agency: a bar each in the official classes, beside the figures it is made of.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::chart;
use crate::{
    domain::{status::Cell, summary::Figures},
    export::{HandOver, standing, tally::Tally},
};

pub(super) fn section(over: &HandOver<'_>, tally: &Tally) -> Markup {
    let words = over.words;
    let mut rows = tally.agencies.clone();
    // As on the screen: the most overdue first, then the most open.
    rows.sort_by_key(|(_, both)| {
        (Reverse(both.tasks.overdue()), Reverse(both.tasks.open()), Reverse(both.reports.overdue()))
    });
    let count = |count: u32| html! { td.n .none[count == 0] { (count) } };
    let late = |count: u32| html! { td.n .late[count > 0] .none[count == 0] { (count) } };
    let on_time = |figures: &Figures| figures.in_cell(Cell::OnTime) + figures.in_cell(Cell::DoneNoDeadline);
    html! {
        (chart::legend(over, &tally.all.tasks))
        div.scroll tabindex="0" role="region" aria-label=(words.get("page-agencies")) {
            table.agencies {
                caption { (words.with("page-agencies-caption", &[("count", rows.len().into())])) }
                thead {
                    tr {
                        th scope="col" rowspan="2" { (words.get("export-column-agency")) }
                        th scope="colgroup" colspan="6" { (words.get("export-column-tasks")) }
                        th scope="colgroup" colspan="3" { (words.get("export-column-reports")) }
                    }
                    tr {
                        th.chart scope="col" { (words.get("page-bar")) }
                        th.n scope="col" { (words.get("page-total")) }
                        th.n scope="col" { (words.get("export-column-on-time")) }
                        th.n scope="col" { (words.get("export-column-done-late")) }
                        th.n scope="col" { (words.get("export-column-not-done")) }
                        th.n scope="col" { (words.get("export-column-overdue")) }
                        th.n scope="col" { (words.get("page-total")) }
                        th.n scope="col" { (words.get("export-column-not-sent")) }
                        th.n scope="col" { (words.get("export-column-overdue")) }
                    }
                }
                tbody {
                    @for (agency, both) in &rows {
                        @let name = standing::agency(over, *agency);
                        tr {
                            th scope="row" { (name) }
                            td.chart { @if both.tasks.assigned() > 0 { (chart::bar(over, &name, &both.tasks, both.tasks.assigned())) } }
                            (count(both.tasks.assigned())) (count(on_time(&both.tasks))) (count(both.tasks.in_cell(Cell::Late)))
                            (count(both.tasks.open())) (late(both.tasks.overdue()))
                            (count(both.reports.assigned())) (count(both.reports.open())) (late(both.reports.overdue()))
                        }
                    }
                }
                tfoot {
                    @let all = &tally.all;
                    tr {
                        th scope="row" { (words.get("export-total")) }
                        td {}
                        (count(all.tasks.assigned())) (count(on_time(&all.tasks))) (count(all.tasks.in_cell(Cell::Late)))
                        (count(all.tasks.open())) (late(all.tasks.overdue()))
                        (count(all.reports.assigned())) (count(all.reports.open())) (late(all.reports.overdue()))
                    }
                }
            }
        }
    }
}
