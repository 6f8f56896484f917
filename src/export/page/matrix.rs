//! The matrix: agencies against report periods. A cell is a sign and a word; what the signs and the columns stand for is said
//! below.

use std::{cmp::Reverse, collections::HashSet};

use maud::{Markup, html};

use super::{Print, items::report};
use crate::{
    domain::{
        deadline::in_force,
        id::ItemId,
        item::Index,
        item::Kind,
        matrix::{Across, Column, Matrix, Rank},
        status::Cell,
    },
    export::{HandOver, standing, standing::capital},
    ui::{
        glyphs::UNICODE,
        status::{self, of_rank},
    },
};

/// So many columns go on a page that stands upright.
const UPRIGHT: usize = 16;

pub(super) fn section(over: &HandOver<'_>) -> (Markup, Print) {
    let words = over.words;
    let known: HashSet<&ItemId> = over.items.iter().map(|item| &item.id).collect();
    let matrix =
        Matrix::of(over.snapshot, over.today, Across::Periods, |item| over.is_whole || known.contains(&item.id));
    if matrix.columns.is_empty() {
        return (html! { p { (words.get("matrix-empty")) } }, Print::On);
    }
    let print = if matrix.columns.len() > UPRIGHT { Print::Across } else { Print::NewPage };
    let names: Vec<Name> = matrix.columns.iter().map(|column| Name::of(over, *column)).collect();
    let rows = (0..).zip(&matrix.rows).filter(|(index, _)| matrix.row(*index).is_some());
    let mut rows: Vec<_> = rows.map(|(index, row)| (index, row.figures, row.days)).collect();
    rows.sort_by_key(|(_, figures, days)| {
        (Reverse(figures.overdue()), Reverse(figures.in_cell(Cell::Late)), Reverse(*days))
    });
    let late = |count: u32| html! { td.n .late[count > 0] .none[count == 0] { (count) } };
    let count = |count: u32| html! { td.n .none[count == 0] { (count) } };
    let body = html! {
        div.matrixed {
        div.scroll tabindex="0" role="region" aria-label=(words.get("page-matrix")) {
            table.matrix {
                caption { (words.get("page-matrix-caption")) }
                thead {
                    tr {
                        th scope="col" { (words.get("export-column-agency")) }
                        @for name in &names { th.m scope="col" { abbr title=(name.whole) { (name.duty) br; (name.period) } } }
                        th.n scope="col" { (capital(&words.get("matrix-owed"))) }
                        th.n scope="col" { (capital(&words.get("matrix-late"))) }
                        th.n scope="col" { (capital(&words.get("matrix-overdue"))) }
                    }
                }
                tbody {
                    @for (agency, figures, _) in &rows {
                        tr {
                            th scope="row" { (standing::agency(over, *agency)) }
                            @for column in 0..matrix.columns.len() { (cell(over, &matrix, *agency, column)) }
                            (count(figures.assigned())) (late_done(figures.in_cell(Cell::Late))) (late(figures.overdue()))
                        }
                    }
                }
                tfoot {
                    tr {
                        th scope="row" { (capital(&words.get("matrix-overdue"))) }
                        @for foot in &matrix.feet { td.m .late[foot.overdue() > 0] .none[foot.overdue() == 0] { (foot.overdue()) } }
                        (count(matrix.total.assigned())) (late_done(matrix.total.in_cell(Cell::Late))) (late(matrix.total.overdue()))
                    }
                }
            }
        }
        div.keys {
            div {
                h3 { (words.get("page-signs")) }
                ul.signs {
                    @for rank in Rank::ALL.into_iter().filter(|rank| matrix.has(*rank)) {
                        @let (sign, word) = told(rank);
                        li { span.(class(rank)) aria-hidden="true" { (sign) } " " (words.get(word)) }
                    }
                    li { span aria-hidden="true" { "·" } " " (words.get("page-not-owed")) }
                }
            }
            div {
                h3 { (words.get("page-columns")) }
                dl.columns {
                    @for name in &names { div { dt { (name.duty) " " (name.period) } dd { (name.whole) } } }
                }
            }
        }
    }
    };
    (body, print)
}

fn late_done(count: u32) -> Markup {
    html! { td.n .none[count == 0] { (count) } }
}

fn cell(over: &HandOver<'_>, matrix: &Matrix, agency: Index, column: usize) -> Markup {
    let Some(cell) = matrix.cell(agency, column) else {
        return html! { td.m.none { span aria-hidden="true" { "·" } span.heard { (over.words.get("page-not-owed")) } } };
    };
    let (sign, word) = told(cell.worst);
    html! {
        td.m .(class(cell.worst)) {
            span aria-hidden="true" { (sign) @if cell.items.len() > 1 { small { (cell.items.len()) } } }
            span.heard {
                (over.words.get(word))
                @if cell.items.len() > 1 { " (" (cell.items.len()) ")" }
            }
        }
    }
}

/// The sign and the word of a rank.
fn told(rank: Rank) -> (&'static str, &'static str) {
    let (base, cell) = of_rank(Kind::Report, rank);
    (status::sign(&UNICODE, base, cell), status::word(Kind::Report, base, cell))
}

fn class(rank: Rank) -> &'static str {
    match rank {
        Rank::Overdue => "overdue",
        Rank::Late => "done-late",
        Rank::Returned | Rank::Awaiting => "awaiting",
        Rank::DueSoon => "due-soon",
        Rank::NotStarted | Rank::InProgress => "in-time",
        Rank::OnTime | Rank::Done => "on-time",
        Rank::Paused | Rank::LeftOut => "paused",
    }
}

/// What a column is called: in two short lines, and whole.
struct Name {
    duty: String,
    period: String,
    whole: String,
}

impl Name {
    fn of(over: &HandOver<'_>, column: Column) -> Self {
        let (outline, words) = (&over.snapshot.outline, over.words);
        let duty = |index: Index| {
            let duty = outline.plan.duties.get(index as usize);
            duty.map(|duty| (duty.id.to_string(), duty.title.get(words.language.tag).to_owned())).unwrap_or_default()
        };
        match column {
            Column::Period(index) => {
                let Some(period) = outline.periods.get(index as usize) else { return Name::plain(String::new()) };
                let Some(of) = outline.plan.duties.get(period.duty as usize) else { return Name::plain(String::new()) };
                let short = period.period.map(|calendar| words.short_period(calendar, outline.plan.year));
                let roll = of.roll.unwrap_or(outline.plan.roll);
                let due = period.due.map(|due| in_force(due, roll, &outline.calendar));
                let due = due.map(|due| words.with("matrix-due", &[("date", words.date(due).into())]));
                let whole = [Some(report(over, &of.title, period)), due];
                let whole = whole.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                Name { duty: of.id.to_string(), period: short.unwrap_or_else(|| period.id.to_string()), whole }
            }
            Column::Duty(index) => {
                let (id, title) = duty(index);
                let follows = outline.plan.duties.get(index as usize).is_some_and(|duty| !duty.after_task.is_empty());
                let ids = if follows {
                    ("matrix-after-task-short", "matrix-after-task")
                } else {
                    ("matrix-ad-hoc-short", "matrix-ad-hoc")
                };
                Name {
                    duty: id,
                    period: words.get(ids.0).into_owned(),
                    whole: format!("{title} · {}", words.get(ids.1)),
                }
            }
            Column::Programme(index) => {
                let programme = index.and_then(|index| outline.plan.programmes.get(index as usize));
                Name::plain(programme.map(|programme| programme.id.to_string()).unwrap_or_default())
            }
        }
    }

    fn plain(name: String) -> Self {
        Name { duty: name.clone(), period: String::new(), whole: name }
    }
}
