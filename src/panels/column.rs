//! [`Column`]: one column of a table panel, and which columns fit a width ([`fit`]).

use super::{
    Row,
    cell::{Cell, Word},
    order::item,
    scene::Scene,
};

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name in sorts, saved views and exports: `days-late`.
    pub id: &'static str,
    /// Its heading.
    pub heading: Word,
    /// How wide.
    pub width: Width,
    /// On which side its text stands.
    pub align: Align,
    /// Which columns go first where there is no room: the highest. 0 always stays.
    pub spare: u8,
    /// Its content in a row.
    pub cell: for<'a> fn(&Scene<'a>, Row) -> Cell<'a>,
    /// A number per row to sort by, the least first (see `order.rs`); `None` where one cannot sort by it.
    pub order: Option<fn(&Scene<'_>, Row) -> u64>,
}

/// A column's width in terminal cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Always this.
    Fixed(u16),
    /// A day's: without its year where it is this year's in every row that is seen.
    Day,
    /// At least `least`, at most `most`, and of what is left by `weight`.
    Share {
        /// The least it is of use at.
        least: u16,
        /// More is not needed.
        most: u16,
        /// Its part of what is left.
        weight: u16,
    },
}

/// On which side text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column's place in a row: which one, and from where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The column, of the panel's `columns`.
    pub column: usize,
    /// Its first terminal cell, from the row's beginning.
    pub x: u16,
    /// How many cells it has.
    pub width: u16,
}

/// Cells of `20/11`, and of `20/11/2023`.
const DAY: u16 = 5;
pub(super) const DAY_WITH_YEAR: u16 = 10;

/// Cells between two columns.
const GAP: u16 = 2;

/// Cells that must be left over for those that share, for each step by which a column is spare: a luxury stays only where the
/// others have room to breathe.
const BREATH: u16 = 3;

/// The columns that fit into `width`, with their places, where the rows `seen` are on the screen. The most spare go first; what
/// is left over is shared out by weight.
pub fn fit(columns: &[Column], width: u16, scene: &Scene<'_>, seen: &[Row]) -> Vec<Fitted> {
    let day = if seen.iter().all(|row| is_of_this_year(scene, *row)) { DAY } else { DAY_WITH_YEAR };
    fit_days(columns, width, day)
}

/// The same where a day has so many cells.
pub(super) fn fit_days(columns: &[Column], width: u16, day: u16) -> Vec<Fitted> {
    let mut chosen: Vec<usize> = (0..columns.len()).collect();
    while let Some(place) = most_spare(columns, &chosen) {
        let breath = BREATH.saturating_mul(u16::from(columns[chosen[place]].spare));
        if least_width(columns, &chosen, day).saturating_add(breath) <= width {
            break;
        }
        chosen.remove(place);
    }
    let mut widths: Vec<u16> = chosen.iter().map(|column| columns[*column].width.least(day)).collect();
    share_out(columns, &chosen, &mut widths, width.saturating_sub(least_width(columns, &chosen, day)));
    place(&chosen, &widths, width)
}

fn is_of_this_year(scene: &Scene<'_>, row: Row) -> bool {
    let due = item(scene, row).and_then(|item| item.due);
    due.is_none_or(|due| due.year() == scene.today.date.year())
}

impl Width {
    fn least(self, day: u16) -> u16 {
        match self {
            Width::Fixed(width) => width,
            Width::Day => day,
            Width::Share { least, .. } => least,
        }
    }
}

fn least_width(columns: &[Column], chosen: &[usize], day: u16) -> u16 {
    let gaps = GAP.saturating_mul(u16::try_from(chosen.len().saturating_sub(1)).unwrap_or(u16::MAX));
    chosen.iter().map(|column| columns[*column].width.least(day)).sum::<u16>().saturating_add(gaps)
}

fn most_spare(columns: &[Column], chosen: &[usize]) -> Option<usize> {
    (0..chosen.len())
        .filter(|place| columns[chosen[*place]].spare > 0)
        .max_by_key(|place| columns[chosen[*place]].spare)
}

/// Gives `rest` cells to the columns that share, by weight, no one more than its most.
fn share_out(columns: &[Column], chosen: &[usize], widths: &mut [u16], mut rest: u16) {
    while rest > 0 {
        let wanting: Vec<(usize, u16)> = chosen
            .iter()
            .enumerate()
            .filter_map(|(place, column)| match columns[*column].width {
                Width::Share { most, weight, .. } if widths[place] < most => Some((place, weight)),
                Width::Share { .. } | Width::Fixed(_) | Width::Day => None,
            })
            .collect();
        let total: u16 = wanting.iter().map(|(_, weight)| weight).sum();
        if total == 0 {
            return;
        }
        let before = rest;
        for (place, weight) in wanting {
            let Width::Share { most, .. } = columns[chosen[place]].width else { continue };
            let part = (u32::from(before) * u32::from(weight) / u32::from(total)).max(1) as u16;
            let given = part.min(most - widths[place]).min(rest);
            widths[place] += given;
            rest -= given;
        }
    }
}

fn place(chosen: &[usize], widths: &[u16], width: u16) -> Vec<Fitted> {
    let mut x = 0;
    let mut fitted = Vec::with_capacity(chosen.len());
    for (column, wanted) in chosen.iter().zip(widths) {
        if x >= width {
            break;
        }
        let wide = (*wanted).min(width - x);
        fitted.push(Fitted { column: *column, x, width: wide });
        x = x.saturating_add(wide + GAP);
    }
    fitted
}
