//! The figures the curve is drawn from, week by week, folded away.

use maud::{Markup, html};

use crate::{
    domain::trend::{Trend, whole},
    export::{HandOver, standing::capital},
};

pub(super) fn table(over: &HandOver<'_>, trend: &Trend) -> Markup {
    let words = over.words;
    let percent = |share: f64| words.percent(whole(share) as f64 / 100.0, 0);
    let heading = |id: &str| capital(&words.get(id));
    html! {
        details {
            summary { (words.get("page-weeks")) }
            div.scroll tabindex="0" role="region" aria-label=(words.get("page-weeks")) {
                table {
                    caption { (words.get("page-weeks")) }
                    thead {
                        tr {
                            th scope="col" { (heading("cli-column-to")) }
                            th.n scope="col" { (heading("cli-column-planned")) }
                            th.n scope="col" { (heading("cli-column-actual")) }
                            th.n scope="col" { (heading("cli-column-ahead")) }
                            th.n scope="col" { (words.get("page-tasks-overdue-short")) }
                            th.n scope="col" { (words.get("page-reports-overdue-short")) }
                        }
                    }
                    tbody {
                        @for point in &trend.points {
                            tr {
                                th scope="row" { (words.date(point.day)) }
                                td.n { (percent(point.planned)) }
                                td.n { (percent(point.actual)) }
                                td.n { @if point.ahead() == 0 { "0" } @else { (format!("{:+}", point.ahead()).replace('-', "−")) } }
                                td.n .none[point.tasks.overdue == 0] { (point.tasks.overdue) }
                                td.n .none[point.reports.overdue == 0] { (point.reports.overdue) }
                            }
                        }
                        @for (day, planned) in &trend.coming {
                            tr { th scope="row" { (words.date(*day)) } td.n { (percent(*planned)) } td {} td {} td {} td {} }
                        }
                    }
                }
            }
        }
    }
}
