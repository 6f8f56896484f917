//! Does a filter name what the plan has? On the screen a value nobody has simply hides everything; where nobody sees the
//! rows go, as on the command line, it is worth a word.

use super::{
    Query,
    field::{Field, Part},
    matcher::is_called,
    term::{Test, no_value},
};
use crate::domain::{
    id::ItemId,
    lookup::{Entries, Lookup},
    nearest::nearest,
    sentence::Sentence,
    snapshot::Snapshot,
};

impl Query {
    /// The first id, agency, duty, period, programme or campaign asked for that is nowhere in the plan, and the nearest
    /// that is.
    pub fn stranger(&self, snapshot: &Snapshot, lookup: &Lookup) -> Option<Sentence> {
        self.terms.iter().find_map(|term| match &term.test {
            Test::Part(part, values) => values.iter().find_map(|value| of_part(*part, value, snapshot, lookup)),
            Test::Id(ids) => ids.iter().find_map(|id| of_id(id, snapshot)),
            Test::Words(_)
            | Test::Kind(_)
            | Test::Status(_)
            | Test::Role(_)
            | Test::Number(..)
            | Test::Flag(_)
            | Test::Entry(_) => None,
        })
    }
}

fn of_part(part: Part, value: &str, snapshot: &Snapshot, lookup: &Lookup) -> Option<Sentence> {
    let outline = &snapshot.outline;
    let plan = &outline.plan;
    let (entries, ids): (&Entries, Vec<&str>) = match part {
        Part::Agency => (&lookup.agencies, outline.agencies.iter().map(|one| one.id.as_str()).collect()),
        Part::Duty => (&lookup.duties, plan.duties.iter().map(|one| one.id.as_str()).collect()),
        Part::Period => (&lookup.periods, outline.periods.iter().map(|one| one.id.as_str()).collect()),
        Part::Programme => (&lookup.programmes, plan.programmes.iter().map(|one| one.id.as_str()).collect()),
        Part::Campaign => (&lookup.campaigns, plan.campaigns.iter().map(|one| one.id.as_str()).collect()),
    };
    let is_known = entries.texts.iter().any(|text| text.contains(value));
    (!is_known).then(|| no_value(Field::Part(part).name(), value).near(nearest(value, ids)))
}

fn of_id(id: &str, snapshot: &Snapshot) -> Option<Sentence> {
    let is_known = snapshot.items.iter().any(|item| is_called(item.id.as_str(), id));
    let near = || nearest_item(id, snapshot.items.iter().map(|item| &item.id));
    (!is_known).then(|| no_value(Field::Id.name(), id).near(near()))
}

/// The id most likely meant: one that only lacks its kind (`N14`), else the nearest.
pub fn nearest_item<'a>(typed: &str, ids: impl Iterator<Item = &'a ItemId> + Clone) -> Option<&'a str> {
    let bare = |id: &'a ItemId| id.as_str().split_once(':').map_or(id.as_str(), |(_, bare)| bare);
    let whole = |wanted: &str| ids.clone().find(|id| bare(id).eq_ignore_ascii_case(wanted)).map(ItemId::as_str);
    whole(typed)
        .or_else(|| nearest(typed, ids.clone().map(ItemId::as_str)))
        .or_else(|| whole(nearest(typed, ids.clone().map(bare))?))
}
