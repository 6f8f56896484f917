//! What charts have in common: days laid on a width, months over them, bars of the official classes.

use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};

use crate::{
    domain::{campaign::days_between, status::Cell, summary::Figures},
    export::HandOver,
};

/// Days on a width, from the first to the end of the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) to: Date,
    /// Where the first begins and where the last ends.
    pub(super) left: f64,
    pub(super) right: f64,
}

impl Days {
    /// Where a day ends.
    pub(super) fn end_of(self, day: Date) -> f64 {
        self.at(days_between(self.from, day) + 1)
    }

    /// Where a day begins.
    pub(super) fn start_of(self, day: Date) -> f64 {
        self.at(days_between(self.from, day))
    }

    fn at(self, days: i32) -> f64 {
        let all = f64::from((days_between(self.from, self.to) + 1).max(1));
        self.left + (self.right - self.left) * f64::from(days).clamp(0.0, all) / all
    }

    /// The first days of the months on it, so many apart that their names have room.
    pub(super) fn months(self) -> impl Iterator<Item = Date> {
        let count = (days_between(self.from, self.to) / 30).max(1);
        let room = ((self.right - self.left) / 34.0).max(1.0);
        let apart: i32 = (1..).find(|apart| f64::from(count) / f64::from(*apart) <= room).unwrap_or(1);
        // What divides a year begins with it.
        let apart = [1, 2, 3, 6, 12].into_iter().find(|even| *even >= apart).unwrap_or((apart + 11) / 12 * 12);
        let first = self.from.first_of_month();
        let begins = std::iter::successors(Some(first), |day| day.checked_add(1.month()).ok());
        let is_named = move |day: &Date| (i32::from(day.year()) * 12 + i32::from(day.month()) - 1) % apart == 0;
        begins.take_while(move |day| *day <= self.to).filter(move |day| *day >= self.from && is_named(day))
    }
}

/// A month's name; with the year in January, and at the beginning.
pub(super) fn month(over: &HandOver<'_>, day: Date, first: bool) -> String {
    let month = ("month", i32::from(day.month()).into());
    if day.month() == 1 || first {
        return over
            .words
            .with("timeline-month-short-year", &[month, ("year", i32::from(day.year()).to_string().into())]);
    }
    over.words.with("timeline-month-short", &[month])
}

/// A number as a coordinate: a tenth is as fine as anything is drawn.
pub(super) fn at(place: f64) -> String {
    let text = format!("{place:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The classes of a bar, in their order.
const CLASSES: [Cell; 9] = [
    Cell::OnTime,
    Cell::DoneNoDeadline,
    Cell::Late,
    Cell::AwaitingConfirmation,
    Cell::InTime,
    Cell::NoDeadline,
    Cell::Paused,
    Cell::DueSoon,
    Cell::Overdue,
];

/// The class of the style that colours a cell of the partition.
pub(super) fn class(cell: Cell) -> &'static str {
    match cell {
        Cell::OnTime | Cell::DoneNoDeadline => "on-time",
        Cell::Late => "done-late",
        Cell::InTime | Cell::NoDeadline => "in-time",
        Cell::DueSoon => "due-soon",
        Cell::Overdue => "overdue",
        Cell::AwaitingConfirmation => "awaiting",
        Cell::Paused => "paused",
    }
}

/// A cell of the partition in words. The two without a deadline are told apart here.
pub(super) fn cell_word(over: &HandOver<'_>, cell: Cell) -> String {
    let id = if cell == Cell::DoneNoDeadline {
        "page-done-no-deadline".to_owned()
    } else {
        format!("cell-{}", cell.as_str())
    };
    over.words.get(&id).into_owned()
}

/// Figures as a bar, `most` of them as wide as there is room; said in words as well.
pub(super) fn bar(over: &HandOver<'_>, name: &str, figures: &Figures, most: u32) -> Markup {
    const WIDTH: f64 = 240.0;
    let unit = WIDTH / f64::from(most.max(1));
    let parts = CLASSES.into_iter().filter(|cell| figures.in_cell(*cell) > 0);
    let said: Vec<String> =
        parts.clone().map(|cell| format!("{} {}", figures.in_cell(cell), cell_word(over, cell))).collect();
    let mut x = 0.0;
    let segments = parts.map(|cell| {
        let wide = unit * f64::from(figures.in_cell(cell));
        let from = x;
        x += wide;
        (cell, from, wide)
    });
    html! {
        svg.bar viewBox="0 0 240 14" preserveAspectRatio="none" role="img" {
            title { (name) ": " (said.join(", ")) }
            @for (cell, from, wide) in segments {
                rect .(class(cell)) x=(at(from)) y="0" width=(at((wide - 0.8).max(0.8))) height="14" {}
            }
        }
    }
}

/// What the colours of bars mean, as far as they occur.
pub(super) fn legend(over: &HandOver<'_>, figures: &Figures) -> Markup {
    html! {
        ul.legend {
            @for cell in CLASSES.into_iter().filter(|cell| figures.in_cell(*cell) > 0) {
                li { svg viewBox="0 0 10 10" aria-hidden="true" { rect .(class(cell)) width="10" height="10" {} } (cell_word(over, cell)) }
            }
        }
    }
}
