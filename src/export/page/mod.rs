//! The plan as one page to read on a screen and to print on A4: figures, what is overdue, agencies, the matrix, the curve, the
//! campaigns. It holds everything it shows, runs nothing and asks nobody for anything, and says so to the browser.

mod agencies;
mod campaigns;
mod chart;
mod curve;
mod figures;
mod items;
mod late;
mod matrix;
mod weeks;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::{HandOver, Table, standing, tally::Tally};
use crate::domain::item::Kind;

/// How it looks, on the screen in both lights and on paper.
const STYLE: &str = include_str!("style.css");

/// The page.
pub(super) fn page(over: &HandOver<'_>) -> String {
    let words = over.words;
    let (tally, trend) = (Tally::of(over), over.trend());
    let titled = standing::titled(over);
    let mut sections: Vec<Section> = Vec::new();
    if let Some(listed) = &over.listed {
        let (id, kind) = match over.table {
            Table::Tasks => ("page-listed-tasks", Kind::Task),
            Table::Reports | Table::Campaigns | Table::Agencies | Table::Journal | Table::Trend => {
                ("page-listed-reports", Kind::Report)
            }
        };
        sections.push(Section::new("listed", id, items::listed(over, kind, listed)));
    }
    sections.push(Section::new("figures", "page-figures", figures::section(over, &tally, &trend)));
    sections.push(Section::new("late-reports", "page-late-reports", late::section(over, Kind::Report)));
    sections.push(Section::new("late-tasks", "page-late-tasks", late::section(over, Kind::Task)));
    sections.push(Section::new("agencies", "page-agencies", agencies::section(over, &tally)));
    let (matrix, print) = matrix::section(over);
    sections.push(Section { print, ..Section::new("matrix", "page-matrix", matrix) });
    let curve = curve::section(over, &trend);
    sections.push(Section { print: Print::NewPage, ..Section::new("curve", "page-curve", curve) });
    sections.push(Section::new("campaigns", "page-campaigns", campaigns::section(over)));
    let page = html! {
        (DOCTYPE)
        html lang=(words.language.tag) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="author" content=(over.who);
                title { (titled) " · " (standing::moment(over)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    (heading(over))
                    p.of { (standing::said_at(over)) }
                    @if over.snapshot.outline.plan.sample {
                        p.sample { (words.get("export-sample")) }
                    }
                }
                nav aria-label=(words.get("page-contents")) {
                    ol { @for section in &sections { li { a href={ "#" (section.id) } { (words.get(section.title)) } } } }
                }
                main {
                    @for section in &sections {
                        section #(section.id) .page[section.print == Print::NewPage] .wide[section.print == Print::Across] aria-labelledby={ "h-" (section.id) } {
                            h2 #{ "h-" (section.id) } { (words.get(section.title)) }
                            (section.body)
                        }
                    }
                }
                footer {
                    p { (titled) " · " (standing::said_at(over)) }
                    @if over.snapshot.outline.plan.sample { p { strong { (words.get("export-sample")) } } }
                }
            }
        }
    };
    page.into_string()
}

/// A part of the page under a heading of its own.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Markup,
    print: Print,
}

/// How a section is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Print {
    /// Where the last one ended.
    On,
    /// On a page of its own.
    NewPage,
    /// On pages of its own, across.
    Across,
}

impl Section {
    fn new(id: &'static str, title: &'static str, body: Markup) -> Self {
        Section { id, title, body, print: Print::On }
    }
}

/// What the plan is called; its number above.
fn heading(over: &HandOver<'_>) -> Markup {
    let plan = &over.snapshot.outline.plan;
    let title = plan.title.get(over.words.language.tag);
    html! {
        @if let Some(number) = &plan.number { p.number { (number) } }
        h1 { @if title.is_empty() { (plan.id) } @else { (title) } }
    }
}

/// Nothing may be fetched or run; of styles only the one within.
fn policy() -> String {
    let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
}
