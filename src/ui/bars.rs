//! The bar of the official classes: eighths of cells with colours, whole cells of letters without.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

use super::{Look, depth::Depth, theme::Role};
use crate::domain::{status::Cell, summary::Figures};

/// The classes of a bar, from left to right, with their colours: done on time, done late, overdue, awaiting confirmation,
/// due soon, the rest.
const ROLES: [Role; 6] =
    [Role::BarOnTime, Role::BarDoneLate, Role::BarLate, Role::Awaiting, Role::DueSoon, Role::Track];

/// Eighths in a cell.
const WHOLE: u32 = 8;

/// The cells of `room` that a bar of `figures` takes where the longest one stands for `most` items: so that a bar says how
/// much there is as well as how it stands, and an agency with one late task is no wall of red.
pub fn length(figures: &Figures, most: u32, room: u16) -> u16 {
    let present = counts(figures).iter().filter(|count| **count > 0).count() as u64;
    let share = u64::from(figures.assigned()) * u64::from(room);
    let cells = share.div_ceil(u64::from(most.max(1))).max(present).min(u64::from(room));
    u16::try_from(cells).unwrap_or(room)
}

/// The class of the only item there is; none where there are more, or none.
pub fn only(figures: &Figures) -> Option<Cell> {
    Cell::ALL.into_iter().find(|cell| figures.assigned() == 1 && figures.in_cell(*cell) == 1)
}

/// Draws the bar of `figures` into `room` cells from `x`, `y`; nothing where nothing is assigned.
pub fn draw(buffer: &mut Buffer, (x, y): (u16, u16), room: u16, figures: &Figures, look: &Look<'_>) {
    let counts = counts(figures);
    match look.glyphs.eighths.filter(|_| look.palette.depth != Depth::None) {
        Some(eighths) => {
            let ends = ends(counts, u32::from(room) * WHOLE, WHOLE);
            for (place, at) in (0..room).zip(x..) {
                let (left, right, part) = in_cell(ends, u32::from(place));
                let colour = |class: usize| look.palette.colour(ROLES[class]);
                let Some(left) = left else { continue };
                draw_cell(buffer, (at, y), eighths, part, colour(left), right.map(colour));
            }
        }
        None => {
            let ends = ends(counts, u32::from(room), 1);
            for (place, at) in (0..room).zip(x..) {
                let class = ends.iter().position(|end| u32::from(place) < *end);
                let Some(class) = class else { continue };
                if let Some(cell) = buffer.cell_mut((at, y)) {
                    cell.set_symbol(look.glyphs.classes[class]).set_style(look.palette.style(ROLES[class]));
                }
            }
        }
    }
}

fn draw_cell(
    buffer: &mut Buffer,
    at: (u16, u16),
    eighths: [&'static str; 8],
    part: usize,
    left: Color,
    right: Option<Color>,
) {
    let Some(cell) = buffer.cell_mut(at) else { return };
    let plain = Style::new().remove_modifier(Modifier::all());
    match right {
        Some(right) => cell.set_symbol(eighths[part]).set_style(plain.fg(left).bg(right)),
        None => cell.set_symbol(" ").set_style(plain.bg(left)),
    };
}

/// How many items stand in each class.
fn counts(figures: &Figures) -> [u32; ROLES.len()] {
    let of = |cells: &[Cell]| cells.iter().map(|cell| figures.in_cell(*cell)).sum();
    [
        of(&[Cell::OnTime, Cell::DoneNoDeadline]),
        of(&[Cell::Late]),
        of(&[Cell::Overdue]),
        of(&[Cell::AwaitingConfirmation]),
        of(&[Cell::DueSoon]),
        of(&[Cell::InTime, Cell::Paused, Cell::NoDeadline]),
    ]
}

/// Where each class ends when `counts` are laid out over `room`: by their shares, the rest going to the largest remainders,
/// but no class that has an item is narrower than `least` where there is room for all of them.
fn ends(counts: [u32; ROLES.len()], room: u32, least: u32) -> [u32; ROLES.len()] {
    let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    if total == 0 {
        return [0; ROLES.len()];
    }
    let share = |count: u32| u64::from(count) * u64::from(room);
    let mut widths = counts.map(|count| u32::try_from(share(count) / total).unwrap_or(room));
    let mut by_remainder: [usize; ROLES.len()] = std::array::from_fn(|class| class);
    by_remainder.sort_by_key(|class| std::cmp::Reverse(share(counts[*class]) % total));
    let rest = room - widths.iter().sum::<u32>();
    for class in by_remainder.into_iter().take(rest as usize) {
        widths[class] += 1;
    }
    let present = counts.iter().filter(|count| **count > 0).count() as u32;
    if present * least <= room {
        widen(&mut widths, counts, least);
    }
    let mut end = 0;
    widths.map(|width| {
        end += width;
        end
    })
}

/// Gives every class that has an item its least width, taken from the widest.
fn widen(widths: &mut [u32; ROLES.len()], counts: [u32; ROLES.len()], least: u32) {
    for class in 0..widths.len() {
        while counts[class] > 0 && widths[class] < least {
            let widest = (0..widths.len()).max_by_key(|other| widths[*other]).unwrap_or(class);
            if widths[widest] <= least {
                return;
            }
            let taken = (least - widths[class]).min(widths[widest] - least);
            widths[widest] -= taken;
            widths[class] += taken;
        }
    }
}

/// The class at the left of the cell at `place`, the one at its right where another begins in it, and how many eighths the
/// left one has. A third one in the same cell gives way.
fn in_cell(ends: [u32; ROLES.len()], place: u32) -> (Option<usize>, Option<usize>, usize) {
    let (from, to) = (place * WHOLE, (place + 1) * WHOLE);
    let at = |eighth: u32| ends.iter().position(|end| eighth < *end);
    let left = at(from);
    let end = left.map_or(to, |class| ends[class]);
    if end >= to {
        return (left, None, 0);
    }
    (left, at(to - 1), (end - from) as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn widths(counts: [u32; 6], room: u32, least: u32) -> [u32; 6] {
        let ends = ends(counts, room, least);
        std::array::from_fn(|class| ends[class] - if class == 0 { 0 } else { ends[class - 1] })
    }

    #[test]
    fn fractions_are_exact_to_an_eighth_of_a_cell() {
        assert_eq!(widths([11, 0, 0, 0, 0, 8], 17 * 8, 8), [79, 0, 0, 0, 0, 57]);
        assert_eq!(widths([1, 0, 0, 0, 0, 1], 16, 8), [8, 0, 0, 0, 0, 8]);
        assert_eq!(widths([0; 6], 80, 8), [0; 6]);
    }

    #[test]
    fn one_of_a_hundred_thousand_is_still_seen() {
        assert_eq!(widths([100_000, 1, 1, 0, 0, 1], 10, 1), [7, 1, 1, 0, 0, 1]);
        // With room for three of four, shares alone decide.
        assert_eq!(widths([100_000, 1, 1, 0, 0, 1], 3, 1), [3, 0, 0, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn widths_fill_the_bar_and_no_class_vanishes(counts in prop::array::uniform6(0u32..100_000), cells in 0u32..120) {
            for (room, least) in [(cells, 1), (cells * 8, 8)] {
                let widths = widths(counts, room, least);
                let total: u32 = widths.iter().sum();
                prop_assert_eq!(total, if counts == [0; 6] { 0 } else { room });
                let present = counts.iter().filter(|count| **count > 0).count() as u32;
                for (count, width) in counts.iter().zip(widths) {
                    prop_assert!(*count > 0 || width == 0);
                    prop_assert!(present > cells || *count == 0 || width >= least);
                }
            }
        }

        #[test]
        fn every_class_is_seen_in_some_cell(counts in prop::array::uniform6(0u32..50), cells in 6u32..60) {
            let ends = ends(counts, cells * 8, 8);
            let mut seen = [false; 6];
            for place in 0..cells {
                let (left, right, part) = in_cell(ends, place);
                prop_assert!(part < 8);
                for class in [left, right].into_iter().flatten() {
                    seen[class] = true;
                }
            }
            for (class, count) in counts.iter().enumerate() {
                prop_assert_eq!(seen[class], *count > 0);
            }
        }
    }
}
