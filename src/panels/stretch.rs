//! [`Stretch`]: a stretch of time laid on terminal cells: which day stands in which cell, at each scale.
//!
//! A cell holds one, two, four or eight days, so that every day is a whole number of a cell's eighths.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::domain::{campaign::days_between, sentence::Word};

/// Eighths in a cell.
pub const WHOLE: i32 = 8;

/// How large time is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// A day to a cell, weeks marked.
    Week,
    /// Two days to a cell, months marked.
    #[default]
    Month,
    /// Four days to a cell, months marked.
    Quarter,
    /// Eight days to a cell, quarters marked.
    Year,
}

impl Scale {
    /// All of them, the closest first.
    pub const ALL: [Scale; 4] = [Scale::Week, Scale::Month, Scale::Quarter, Scale::Year];

    /// Days in a cell.
    pub fn days(self) -> i32 {
        1 << (self as i32)
    }

    /// The next closer one; the closest stays.
    pub fn closer(self) -> Scale {
        Scale::ALL[(self as usize).saturating_sub(1)]
    }

    /// The next wider one; the widest stays.
    pub fn wider(self) -> Scale {
        Scale::ALL[(self as usize + 1).min(Scale::ALL.len() - 1)]
    }

    /// Its name.
    pub fn word(self) -> Word {
        Word(match self {
            Scale::Week => "scale-week",
            Scale::Month => "scale-month",
            Scale::Quarter => "scale-quarter",
            Scale::Year => "scale-year",
        })
    }

    /// Does a division begin on `day`?
    fn divides(self, day: Date) -> bool {
        match self {
            Scale::Week => day.weekday() == Weekday::Monday,
            Scale::Month | Scale::Quarter => day.day() == 1,
            Scale::Year => day.day() == 1 && day.month() % 3 == 1,
        }
    }

    /// The first day of the division `day` is in.
    pub fn division(self, day: Date) -> Date {
        let back = std::iter::successors(Some(day), |day| day.yesterday().ok());
        back.take(100).find(|day| self.divides(*day)).unwrap_or(day)
    }
}

/// Where a day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the first cell.
    Before,
    /// In this cell.
    Cell(u16),
    /// After the last cell.
    After,
}

/// A stretch of time on so many cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub begin: Date,
    /// How large.
    pub scale: Scale,
    /// How many cells.
    pub cells: u16,
}

impl Stretch {
    /// The one that has `today` at a third: what is to come matters more than what has been.
    pub fn around(today: Date, scale: Scale, cells: u16) -> Self {
        let ahead = i32::from(cells) / 3 * scale.days();
        Stretch { begin: later(today, -ahead), scale, cells }
    }

    /// How many days it has.
    pub fn days(&self) -> i32 {
        i32::from(self.cells) * self.scale.days()
    }

    /// The first day after it.
    pub fn end(&self) -> Date {
        later(self.begin, self.days())
    }

    /// The first day in a cell.
    pub fn day(&self, cell: u16) -> Date {
        later(self.begin, i32::from(cell) * self.scale.days())
    }

    /// Where `day` stands.
    pub fn place(&self, day: Date) -> Place {
        let cell = days_between(self.begin, day).div_euclid(self.scale.days());
        match u16::try_from(cell) {
            Err(_) if cell < 0 => Place::Before,
            Ok(cell) if cell < self.cells => Place::Cell(cell),
            Ok(_) | Err(_) => Place::After,
        }
    }

    /// The eighths from the beginning of `from` to the end of `to`, as far as they are on it; none where nothing is.
    pub fn span(&self, from: Date, to: Date) -> Option<(i32, i32)> {
        let day = WHOLE / self.scale.days();
        let end = i32::from(self.cells) * WHOLE;
        let at = |date: Date, more: i32| (days_between(self.begin, date) + more).saturating_mul(day).clamp(0, end);
        let (from, to) = (at(from, 0), at(to, 1));
        (from < to).then_some((from, to))
    }

    /// The cells in which a week, month or quarter begins, with its first day.
    pub fn divisions(&self) -> impl Iterator<Item = (u16, Date)> {
        let days = std::iter::successors(Some(self.begin), |day| day.tomorrow().ok());
        let days = (0..self.days()).zip(days).filter(|(_, day)| self.scale.divides(*day));
        days.filter_map(|(ahead, day)| Some((u16::try_from(ahead / self.scale.days()).ok()?, day)))
    }

    /// Moved by so many cells.
    pub fn moved(&self, cells: i32) -> Self {
        Stretch { begin: later(self.begin, cells.saturating_mul(self.scale.days())), ..*self }
    }

    /// At another scale, what is in the middle staying there.
    pub fn scaled(&self, scale: Scale) -> Self {
        let middle = later(self.begin, self.days() / 2);
        let wider = Stretch { scale, ..*self };
        Stretch { begin: later(middle, -(wider.days() / 2)), ..wider }
    }

    /// Moved no further than is needed to have `from` to `to` on it with an eighth of it to spare; where it is too long, its
    /// beginning.
    pub fn showing(&self, from: Date, to: Date) -> Self {
        let spare = self.days() / 8;
        let (first, last) = (later(from, -spare), later(to, spare + 1));
        let begin = if from < self.begin {
            first
        } else if to >= self.end() {
            later(last, -self.days()).min(first)
        } else {
            return *self;
        };
        Stretch { begin, ..*self }
    }
}

/// So many days later; a day that cannot be counted stays.
fn later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn stretch(scale: Scale) -> Stretch {
        Stretch { begin: date(2023, 11, 1), scale, cells: 10 }
    }

    #[test]
    fn a_day_stands_in_its_cell_at_each_scale() {
        let table = [
            // The day, and its cell by week, month, quarter, year.
            (date(2023, 10, 31), [None; 4]),
            (date(2023, 11, 1), [Some(0), Some(0), Some(0), Some(0)]),
            (date(2023, 11, 2), [Some(1), Some(0), Some(0), Some(0)]),
            (date(2023, 11, 3), [Some(2), Some(1), Some(0), Some(0)]),
            (date(2023, 11, 5), [Some(4), Some(2), Some(1), Some(0)]),
            (date(2023, 11, 9), [Some(8), Some(4), Some(2), Some(1)]),
            (date(2023, 11, 10), [Some(9), Some(4), Some(2), Some(1)]),
            (date(2023, 11, 11), [None, Some(5), Some(2), Some(1)]),
            (date(2023, 11, 20), [None, Some(9), Some(4), Some(2)]),
            (date(2023, 11, 21), [None, None, Some(5), Some(2)]),
            (date(2024, 1, 19), [None, None, None, Some(9)]),
            (date(2024, 1, 20), [None; 4]),
        ];
        for (day, cells) in table {
            for (scale, cell) in Scale::ALL.into_iter().zip(cells) {
                let outside = if day < date(2023, 11, 1) { Place::Before } else { Place::After };
                assert_eq!(stretch(scale).place(day), cell.map_or(outside, Place::Cell), "{day} {scale:?}");
            }
        }
    }

    #[test]
    fn a_span_is_cut_at_the_edges_and_exact_to_the_day() {
        let table = [
            ((date(2023, 11, 1), date(2023, 11, 1)), [Some((0, 8)), Some((0, 4)), Some((0, 2)), Some((0, 1))]),
            ((date(2023, 11, 4), date(2023, 11, 9)), [Some((24, 72)), Some((12, 36)), Some((6, 18)), Some((3, 9))]),
            ((date(2023, 10, 1), date(2023, 11, 2)), [Some((0, 16)), Some((0, 8)), Some((0, 4)), Some((0, 2))]),
            ((date(2023, 11, 10), date(2024, 5, 1)), [Some((72, 80)), Some((36, 80)), Some((18, 80)), Some((9, 80))]),
            ((date(2022, 1, 1), date(2025, 1, 1)), [Some((0, 80)); 4]),
            ((date(2023, 10, 1), date(2023, 10, 31)), [None; 4]),
            ((date(2023, 11, 11), date(2023, 11, 11)), [None, Some((40, 44)), Some((20, 22)), Some((10, 11))]),
        ];
        for ((from, to), spans) in table {
            for (scale, span) in Scale::ALL.into_iter().zip(spans) {
                assert_eq!(stretch(scale).span(from, to), span, "{from} {to} {scale:?}");
            }
        }
    }

    #[test]
    fn divisions_are_weeks_months_or_quarters() {
        let of = |scale| -> Vec<(u16, Date)> { Stretch { cells: 40, ..stretch(scale) }.divisions().collect() };
        assert_eq!(of(Scale::Week)[..2], [(5, date(2023, 11, 6)), (12, date(2023, 11, 13))]);
        assert_eq!(of(Scale::Month), [(0, date(2023, 11, 1)), (15, date(2023, 12, 1)), (30, date(2024, 1, 1))]);
        assert_eq!(of(Scale::Quarter).len(), 6);
        assert_eq!(of(Scale::Year)[..2], [(7, date(2024, 1, 1)), (19, date(2024, 4, 1))]);
        assert_eq!(Scale::Year.division(date(2023, 11, 20)), date(2023, 10, 1));
        assert_eq!(Scale::Week.division(date(2023, 11, 19)), date(2023, 11, 13));
    }

    #[test]
    fn it_moves_no_further_than_it_has_to() {
        let shown = stretch(Scale::Month);
        assert_eq!(shown.showing(date(2023, 11, 1), date(2023, 11, 20)), shown);
        // To the left with room to spare; to the right likewise; what is too long from its beginning.
        assert_eq!(shown.showing(date(2023, 10, 20), date(2023, 10, 20)).begin, date(2023, 10, 18));
        assert_eq!(shown.showing(date(2023, 12, 1), date(2023, 12, 2)).end(), date(2023, 12, 5));
        assert_eq!(shown.showing(date(2023, 11, 15), date(2024, 2, 1)).begin, date(2023, 11, 13));
    }

    proptest! {
        #[test]
        fn cells_and_days_agree(cells in 0u16..300, ahead in -500i32..900, scale in 0usize..4, length in 0i32..400) {
            let stretch = Stretch { begin: date(2023, 3, 17), scale: Scale::ALL[scale], cells };
            let day = later(stretch.begin, ahead);
            match stretch.place(day) {
                Place::Before => prop_assert!(day < stretch.begin),
                Place::After => prop_assert!(day >= stretch.end()),
                Place::Cell(cell) => {
                    prop_assert!(stretch.day(cell) <= day && day < stretch.day(cell + 1));
                    let (from, to) = stretch.span(day, day).unwrap();
                    prop_assert!(i32::from(cell) * WHOLE <= from && to <= (i32::from(cell) + 1) * WHOLE);
                }
            }
            let to = later(day, length);
            let shown = stretch.showing(day, to);
            if cells >= 8 && length + 1 < stretch.days() * 3 / 4 {
                prop_assert!(shown.begin <= day && to < shown.end());
            }
            prop_assert!(stretch.scaled(stretch.scale) == stretch);
        }
    }
}
