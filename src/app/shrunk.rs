//! Much of the plan gone at once: more likely a fault of the source than the truth. What there was stays until the user says
//! that it is well so.

use super::{effect::Effect, messages::Level, model::Model, sync};
use crate::domain::{
    loss::loss,
    sentence::Sentence,
    snapshot::{Delta, Snapshot},
};

/// What was not taken.
#[derive(Clone, Debug)]
pub(super) struct Held {
    snapshot: Box<Snapshot>,
    /// So many percent of the rows are gone in it.
    pub(super) percent: u8,
}

impl Held {
    pub(super) fn cursor(&self) -> u64 {
        self.snapshot.cursor
    }

    /// It goes on while it is held.
    pub(super) fn follow(&mut self, delta: Delta) {
        let _ = self.snapshot.apply_delta(delta);
    }
}

/// A whole snapshot came: given back where it may take the place of what there is, else held.
pub(super) fn pass(model: &mut Model, snapshot: Box<Snapshot>) -> Option<Box<Snapshot>> {
    let gone = model.other_day.present(&model.snapshot).and_then(|present| loss(present, &snapshot));
    let was_held = model.feed.held.take().is_some();
    let Some(percent) = gone else { return Some(snapshot) };
    model.feed.held = Some(Held { snapshot, percent });
    if !was_held {
        model.say(Level::Error, Sentence::new("said-shrunk").with("percent", usize::from(percent)));
    }
    None
}

/// The user says that it is well so.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(held) = model.feed.held.take() else {
        model.say(Level::Info, Sentence::new("said-nothing-held"));
        return Vec::new();
    };
    sync::take_whole(model, held.snapshot);
    vec![Effect::Keep]
}
