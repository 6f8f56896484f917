//! What comes next: the deed most likely meant for an item, and the row that has to be dealt with after this one.

use super::{model::Model, navigate};
use crate::{
    domain::{deed::Deed, id::ItemId, item::Item, plan::StepVerb, queue::needs_dealing_with, status::Base},
    panels::{Row, order, scene::Scene},
};

/// What is most likely done to an item next.
pub fn likely(model: &Model, scene: &Scene<'_>, item: &Item) -> Deed {
    let state = &item.state;
    let handed_in = state.base == Base::AwaitingConfirmation;
    match (handed_in, &state.requested, model.settings.takes.deed(Deed::Remind, item)) {
        (true, ..) => Deed::Done,
        (false, Some(_), _) => Deed::Extend,
        (false, None, Ok(())) => match scene.next_step(item).map(|next| next.verb) {
            Some(StepVerb::Escalate) => Deed::Escalate,
            Some(StepVerb::Remind | StepVerb::Notice) | None => Deed::Remind,
        },
        (false, None, Err(_)) => Deed::Acknowledge,
    }
}

/// The cursor goes to the next row that has to be dealt with; to the next one where none has.
pub fn go_on(model: &mut Model, done: &[ItemId]) {
    let leading = model.leading();
    let next = model.scene().and_then(|scene| {
        let list = model.list(leading);
        let below = list.rows.iter().enumerate().skip(list.position + 1);
        let mut items = below.filter_map(|(place, row)| Some((place, order::item(&scene, *row)?)));
        let calls = |item: &Item| {
            !done.contains(&item.id) && needs_dealing_with(item, &scene.snapshot.outline, scene.today, scene.desk)
        };
        let first = list.rows.iter().skip(list.position + 1).position(|row| matches!(row, Row::Item(_)));
        items.find(|(_, item)| calls(item)).map(|(place, _)| place).or(first.map(|place| list.position + 1 + place))
    });
    if let Some(place) = next {
        navigate::select(model, leading, place, false);
    }
}
