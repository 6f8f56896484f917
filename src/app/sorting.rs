//! Sorting a list: by a column, by groups. Rows alike stay in the order they had. What the keys are is the panels'.

use crate::panels::{Group, Row, order, scene::Scene};

/// A column's key, and whether it is turned round.
pub(super) type Key = (fn(&Scene<'_>, Row) -> u64, bool);

/// `rows` by group, then by the column.
pub(super) fn sorted(rows: &[Row], key: Option<Key>, group: Option<Group>, scene: &Scene<'_>) -> Vec<Row> {
    let whole = |(at, row): (u32, Row)| {
        let group = group.map_or(0, |group| rank(scene, group, row));
        let key = key.map_or(0, |(key, reversed)| turned(key(scene, row), reversed));
        u128::from(group) << 96 | u128::from(key) << 32 | u128::from(at)
    };
    let mut keys: Vec<u128> = in_memory_order(rows, scene.snapshot.items.len()).map(whole).collect();
    keys.sort_unstable();
    // The place in `rows` is the last part of the key.
    keys.into_iter().filter_map(|key| rows.get(key as u32 as usize).copied()).collect()
}

/// What `row` is grouped under.
pub(super) fn group_of(scene: &Scene<'_>, group: Group, row: Row) -> Option<u32> {
    let item = order::item(scene, row)?;
    match group {
        Group::Agency => Some(item.agency),
        Group::Programme => item.programme,
    }
}

fn rank(scene: &Scene<'_>, group: Group, row: Row) -> u32 {
    let ranks = match group {
        Group::Agency => &scene.lookup.agencies,
        Group::Programme => &scene.lookup.programmes,
    };
    group_of(scene, group, row).map_or(u32::MAX, |index| ranks.rank(index))
}

/// A sort key the other way round where that is asked for; what has none stays last.
fn turned(key: u64, reversed: bool) -> u64 {
    if reversed && key != order::LAST { order::LAST - 1 - key } else { key }
}

/// The rows with their places in `rows`, in the order their items lie in memory: items are large, and reading many of them
/// here and there is most of what sorting costs.
fn in_memory_order(rows: &[Row], items: usize) -> impl Iterator<Item = (u32, Row)> {
    let mut places: Vec<Option<u32>> = vec![None; items];
    let mut others = Vec::new();
    for (at, row) in (0..).zip(rows) {
        match row {
            Row::Item(place) => places.get_mut(*place as usize).into_iter().for_each(|slot| *slot = Some(at)),
            Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) | Row::Heading(..) => others.push((at, *row)),
        }
    }
    let items = (0..).zip(places).filter_map(|(place, at)| Some((at?, Row::Item(place))));
    others.into_iter().chain(items)
}
