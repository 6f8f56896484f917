//! Where the parts of the matrix stand in its panel: names and totals at the sides stay, the columns between them scroll;
//! headings and feet stay, the rows between them scroll.

use super::{
    matrix::Measure,
    view::{Area, GUTTER},
};

/// The least and the most cells a column takes.
const COLUMN: (u16, u16) = (6, 9);
/// The least and the most cells a name takes.
const NAME: (u16, u16) = (11, 20);
/// Cells between two totals.
const GAP: u16 = 1;

/// The parts of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The lines of the headings, over the whole width.
    pub headings: Area,
    /// The rows, over the whole width, gutter included.
    pub rows: Area,
    /// The names of the rows, without the gutter.
    pub names: (u16, u16),
    /// The first cell of the columns.
    pub left: u16,
    /// How wide a column is.
    pub column: u16,
    /// How many columns are seen at once.
    pub seen: usize,
    /// The first cell of the totals.
    pub right: u16,
    /// The totals there is room for.
    pub totals: &'static [Measure],
    /// The lines at the foot, over the whole width.
    pub foot: Area,
    /// What they count.
    pub feet: &'static [Measure],
    /// The line that says what the signs mean.
    pub legend: Area,
}

/// A place in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A row's name.
    Name(usize),
    /// A cell: its row and column.
    Cell(usize, usize),
    /// A row's total.
    Total(usize),
    /// The heading of the names.
    NameHeading,
    /// The heading of a column.
    ColumnHeading(usize),
    /// The heading of a total.
    TotalHeading(Measure),
}

/// The parts of a matrix of so many columns in the panel at `area`.
pub fn parts(area: Area, columns: usize) -> Parts {
    let inside = area.inside();
    let headings = inside.height.saturating_sub(1).min(2);
    let rest = inside.height - headings;
    let legend = u16::from(rest >= 6);
    let feet: &[Measure] = match rest {
        ..8 => &[],
        8..12 => &[Measure::Overdue],
        12..20 => &[Measure::Overdue, Measure::Late, Measure::Owed],
        20.. => &[Measure::Overdue, Measure::Late, Measure::Rate, Measure::Owed],
    };
    let foot = u16::try_from(feet.len()).unwrap_or(0);
    let rows = rest - legend - foot;
    let line = |y: u16, height: u16| Area { y: inside.y + y, height, ..inside };
    let totals: &[Measure] = match inside.width {
        ..60 => &[Measure::Overdue],
        60..100 => &[Measure::Late, Measure::Overdue, Measure::Rate],
        100.. => &Measure::ALL,
    };
    let name = (inside.width * 15 / 100).clamp(NAME.0, NAME.1).min(inside.width.saturating_sub(GUTTER));
    let totalled: u16 = totals.iter().map(|measure| GAP + measure.width()).sum();
    let least = GUTTER + name;
    // A cell for the arrow that says there is more, and one before the border.
    let room = inside.width.saturating_sub(least + totalled + 2);
    let count = u16::try_from(columns.max(1)).unwrap_or(u16::MAX);
    let column = (room / count).clamp(COLUMN.0, COLUMN.1).min(room.max(1));
    let seen = usize::from(room / column).min(columns);
    // What no column needs, names do.
    let used = u16::try_from(seen).unwrap_or(0) * column;
    let name = name + (room - used).min(NAME.1.saturating_sub(name));
    let left = GUTTER + name;
    // Totals stand beside the last column, not at the far end of a wide screen.
    let right = left + used + 1;
    Parts {
        headings: line(0, headings),
        rows: line(headings, rows),
        names: (inside.x + GUTTER.min(inside.width), name.saturating_sub(1)),
        left: inside.x + left,
        column,
        seen,
        right: inside.x + right,
        totals,
        foot: line(headings + rows, foot),
        feet,
        legend: line(headings + rows + foot, legend),
    }
}

impl Parts {
    /// Where the column that is `place` columns behind the first one seen begins.
    pub fn column_at(&self, place: usize) -> u16 {
        self.left.saturating_add(u16::try_from(place).unwrap_or(u16::MAX).saturating_mul(self.column))
    }

    /// Where a total begins, and how many cells it has.
    pub fn total_at(&self, place: usize) -> (u16, u16) {
        let before: u16 = self.totals.iter().take(place).map(|measure| GAP + measure.width()).sum();
        let width = self.totals.get(place).map_or(0, |measure| measure.width());
        (self.right + before + GAP, width)
    }

    /// What stands at `x`, `y` where `offset` says which row and column come first; none where nothing does.
    pub fn spot(&self, (x, y): (u16, u16), (row, column): (usize, usize)) -> Option<Spot> {
        let place = usize::from(x.checked_sub(self.left).map_or(u16::MAX, |beside| beside / self.column.max(1)));
        let behind = |place: usize| (place < self.seen).then_some(column + place);
        let ends = |place: usize| self.total_at(place).0 + self.total_at(place).1;
        let total = (0..self.totals.len()).find(|place| (self.right..ends(*place)).contains(&x));
        let total = total.and_then(|place| self.totals.get(place).copied());
        if self.headings.contains(x, y) {
            return match (x < self.left, behind(place), total) {
                (true, ..) => Some(Spot::NameHeading),
                (false, Some(column), _) => Some(Spot::ColumnHeading(column)),
                (false, None, total) => total.map(Spot::TotalHeading),
            };
        }
        let line = self.rows.contains(x, y).then(|| row + usize::from(y - self.rows.y))?;
        Some(match (x < self.left, behind(place)) {
            (true, _) => Spot::Name(line),
            (false, Some(column)) => Spot::Cell(line, column),
            (false, None) => Spot::Total(line),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_outside_of_the_panel_at_any_size() {
        for width in 0..=200 {
            for height in 0..=60 {
                let parts = parts(Area { x: 0, y: 2, width, height }, 11);
                let inside = Area { x: 0, y: 2, width, height }.inside();
                let used = parts.headings.height + parts.rows.height + parts.foot.height + parts.legend.height;
                assert_eq!(used, inside.height, "{width}×{height}");
                if width >= 40 {
                    assert!(parts.seen >= 1, "{width}×{height}");
                    let end = parts.total_at(parts.totals.len() - 1);
                    assert!(end.0 + end.1 <= inside.x + inside.width, "{width}×{height}: {parts:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_clicked_is_what_stands_there() {
        let parts = parts(Area { x: 0, y: 2, width: 120, height: 22 }, 11);
        let (x, y) = (parts.column_at(3), parts.rows.y + 2);
        assert_eq!(parts.spot((x, y), (5, 1)), Some(Spot::Cell(7, 4)));
        assert_eq!(parts.spot((x, parts.headings.y), (5, 1)), Some(Spot::ColumnHeading(4)));
        assert_eq!(parts.spot((3, y), (0, 0)), Some(Spot::Name(2)));
        let (total, _) = parts.total_at(3);
        assert_eq!(parts.spot((total, parts.headings.y), (0, 0)), Some(Spot::TotalHeading(Measure::Overdue)));
        assert_eq!(parts.spot((total, parts.foot.y), (0, 0)), None);
    }
}
