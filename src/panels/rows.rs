//! [`Rows`]: which rows a table has, and in which order: made whole, or renewed where only a few items changed.

use super::{Row, scene::Scene};
use crate::domain::item::{Index, Item};

/// A table's rows before filter and sort, in their natural order.
#[derive(Clone, Copy, Debug)]
pub enum Rows {
    /// Items. A number for each that is in the table, the least first; its last 32 bits are the item's place.
    Items(fn(&Scene<'_>, Index, &Item) -> Option<u128>),
    /// Anything else.
    Listed(fn(&Scene<'_>) -> Vec<Row>),
}

impl Rows {
    /// All of them; of items those that `admitted` lets in.
    pub fn all(self, scene: &Scene<'_>, admitted: impl Fn(&Item) -> bool) -> Vec<Row> {
        let of = match self {
            Rows::Items(of) => of,
            Rows::Listed(rows) => return rows(scene),
        };
        let items = (0..).zip(&scene.snapshot.items).filter(|(_, item)| admitted(item));
        let mut keys: Vec<u128> = items.filter_map(|(place, item)| of(scene, place, item)).collect();
        keys.sort_unstable();
        keys.into_iter().map(row).collect()
    }

    /// Has the table a row for the item at `place`?
    pub fn has(self, scene: &Scene<'_>, place: Index, item: &Item) -> bool {
        match self {
            Rows::Items(of) => of(scene, place, item).is_some(),
            Rows::Listed(_) => false,
        }
    }

    /// What [`all`](Self::all) gives where `rows` were all before the items at `touched` changed.
    pub fn renewed(
        self,
        scene: &Scene<'_>,
        rows: &[Row],
        touched: &[Index],
        admitted: impl Fn(&Item) -> bool,
    ) -> Vec<Row> {
        let of = match self {
            Rows::Items(of) => of,
            Rows::Listed(rows) => return rows(scene),
        };
        let item = |place: Index| scene.item(place).filter(|item| admitted(item));
        let mut keys: Vec<u128> =
            touched.iter().filter_map(|place| item(*place).and_then(|item| of(scene, *place, item))).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut is_touched = vec![false; scene.snapshot.items.len()];
        for place in touched {
            is_touched.get_mut(*place as usize).into_iter().for_each(|is_touched| *is_touched = true);
        }
        let stays = |row: &&Row| !matches!(row, Row::Item(place) if is_touched.get(*place as usize) == Some(&true));
        let staying: Vec<Row> = rows.iter().filter(stays).copied().collect();
        let key = |row: &Row| match row {
            Row::Item(place) => scene.item(*place).and_then(|item| of(scene, *place, item)),
            Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => None,
        };
        let mut renewed = Vec::with_capacity(staying.len() + keys.len());
        let mut rest = staying.as_slice();
        for new in keys {
            let (before, after) = rest.split_at(rest.partition_point(|row| key(row) < Some(new)));
            renewed.extend_from_slice(before);
            renewed.push(row(new));
            rest = after;
        }
        renewed.extend_from_slice(rest);
        renewed
    }
}

/// The row of a key: its last part is the place.
fn row(key: u128) -> Row {
    Row::Item(key as Index)
}
