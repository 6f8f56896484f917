//! The figures in all: four that are read from afar, then every class of the official partition.

use maud::{Markup, html};

use super::chart;
use crate::{
    domain::{
        status::Cell,
        summary::Figures,
        trend::{Trend, whole},
    },
    export::{HandOver, standing::capital, tally::Tally},
};

/// The columns, as `tiendo status` has them: both classes without a deadline in one.
const CELLS: [Cell; 8] = [
    Cell::OnTime,
    Cell::Late,
    Cell::InTime,
    Cell::DueSoon,
    Cell::Overdue,
    Cell::AwaitingConfirmation,
    Cell::Paused,
    Cell::NoDeadline,
];

pub(super) fn section(over: &HandOver<'_>, tally: &Tally, trend: &Trend) -> Markup {
    let words = over.words;
    let kinds =
        [("task", "export-column-tasks", &tally.all.tasks), ("report", "export-column-reports", &tally.all.reports)];
    html! {
        div.cards {
            (done("page-tasks-done", &tally.all.tasks, over))
            (overdue("page-tasks-overdue", &tally.all.tasks, over))
            (done("page-reports-in", &tally.all.reports, over))
            (overdue("page-reports-overdue", &tally.all.reports, over))
        }
        @if let Some(today) = trend.today().filter(|today| today.tasks.assigned > 0) {
            p.answer {
                @let ahead = today.ahead();
                @let id = match ahead { ..0 => "trend-behind", 0 => "trend-even", 1.. => "trend-ahead" };
                strong .late[ahead < 0] { (words.with(id, &[("points", ahead.abs().into())])) }
                ": "
                (words.with("trend-shares", &[
                    ("actual", words.percent(whole(today.actual) as f64 / 100.0, 0).into()),
                    ("planned", words.percent(whole(today.planned) as f64 / 100.0, 0).into()),
                ]))
                "."
            }
        }
        div.scroll tabindex="0" role="region" aria-label=(words.get("page-figures-caption")) {
            table {
                caption { (words.get("page-figures-caption")) }
                thead {
                    tr {
                        th scope="col" { (words.get("page-kind")) }
                        th.n scope="col" { (words.get("page-total")) }
                        @for cell in CELLS { th.n scope="col" { (capital(&words.get(&format!("cell-{}", cell.as_str())))) } }
                        th.n scope="col" { (words.get("page-left-out")) }
                        th.n scope="col" { (words.get("export-column-done-rate")) }
                    }
                }
                tbody {
                    @for (kind, word, figures) in kinds {
                        tr {
                            th.whole scope="row" { (words.get(word)) }
                            (number(kind, "total", figures.assigned(), ""))
                            @for cell in CELLS { (number(kind, cell.as_str(), in_cell(figures, cell), chart::class(cell))) }
                            (number(kind, "cancelled", figures.left_out, ""))
                            td.n { @if let Some(rate) = figures.done_rate() { (words.percent(rate, 1)) } }
                        }
                    }
                }
            }
        }
    }
}

fn in_cell(figures: &Figures, cell: Cell) -> u32 {
    let done = if cell == Cell::NoDeadline { figures.in_cell(Cell::DoneNoDeadline) } else { 0 };
    figures.in_cell(cell) + done
}

/// A figure, with a name by which programs find it.
fn number(kind: &str, name: &str, count: u32, class: &str) -> Markup {
    let late = class == "overdue" && count > 0;
    html! { td.n .late[late] .none[count == 0] data-figure={ (kind) "-" (name) } { (count) } }
}

fn done(word: &str, figures: &Figures, over: &HandOver<'_>) -> Markup {
    html! {
        div.card {
            p.large { (figures.done()) span { "/" (figures.assigned()) } }
            p { (over.words.get(word)) }
            (chart::bar(over, &over.words.get(word), figures, figures.assigned()))
        }
    }
}

fn overdue(word: &str, figures: &Figures, over: &HandOver<'_>) -> Markup {
    html! {
        div.card {
            p.large .late[figures.overdue() > 0] { (figures.overdue()) }
            p { (over.words.with(word, &[("count", figures.overdue().into())])) }
            @if let Some(rate) = figures.overdue_rate() {
                p.quiet { (over.words.get("export-column-overdue-rate")) " " (over.words.percent(rate, 1)) }
            }
        }
    }
}
