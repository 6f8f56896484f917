//! What a form asks for, how it is answered, and what stands there to begin with: what is most likely meant.

use tui_input::Input;

use super::{choices, model::Model};
use crate::{
    domain::{
        deed::{Deed, Field},
        entry::Channel,
        filled::Filled,
        item::Item,
        plan::StepVerb,
    },
    panels::cell::Word,
};

/// What is filled in for [`Choice::NextLevel`].
const NEXT: &str = "next";

/// Something a form asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What; none for the question whether one is sure.
    pub field: Option<Field>,
    /// How it is answered.
    pub control: Control,
    /// What stands there cannot be used.
    pub wrong: bool,
    /// What stands there is only proposed: what is typed first takes its place.
    pub proposed: bool,
}

/// How something is answered.
#[derive(Clone, Debug)]
pub enum Control {
    /// By typing.
    Line(Input),
    /// By choosing.
    Choice {
        /// What there is to choose from; at least one.
        options: Vec<Choice>,
        /// The one chosen.
        selected: usize,
    },
}

/// Something to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The rung of the ladder that is next for each item by itself.
    NextLevel,
    /// A rung of the ladder.
    Level(u8),
    /// How a reminder goes out.
    Channel(Channel),
    /// Leave it.
    No,
    /// Do it.
    Yes,
}

impl Choice {
    /// As it is filled in.
    pub(super) fn typed(self) -> String {
        match self {
            Choice::Level(level) => level.to_string(),
            Choice::Channel(channel) => channel.as_str().to_owned(),
            Choice::NextLevel => NEXT.to_owned(),
            Choice::No | Choice::Yes => String::new(),
        }
    }
}

impl Asked {
    /// `field` of `deed`, asked about `items`; none where there is nothing to ask.
    pub(super) fn new(model: &Model, deed: Deed, field: Field, items: &[&Item]) -> Option<Self> {
        let first = items.first().copied();
        let choice = |options: Vec<Choice>, selected: usize| Control::Choice { options, selected };
        let control = match field {
            Field::Level => {
                let levels = levels(model, deed);
                let next: Vec<usize> = items.iter().map(|item| next_level(model, deed, item, &levels)).collect();
                let differ = next.windows(2).any(|pair| pair[0] != pair[1]);
                let own = differ.then_some(Choice::NextLevel);
                let selected = if differ { 0 } else { next.first().copied().unwrap_or(0) };
                choice(own.into_iter().chain(levels.into_iter().map(Choice::Level)).collect(), selected)
            }
            Field::Channel => choice(channels(model), 0),
            Field::On => {
                // When it is only confirmed, it was handed in when it was.
                let confirmed = items.iter().all(|item| item.state.handed_in.is_some() && item.state.base.is_open());
                if confirmed {
                    return None;
                }
                Control::Line(Input::from("+0"))
            }
            Field::Percent => {
                Control::Line(first.map_or_else(Input::default, |item| item.progress().to_string().into()))
            }
            Field::Until if deed == Deed::Snooze => Control::Line(working_days(model, 1)),
            Field::Until if deed == Deed::Extend => {
                // What the agency asked for, where that is the same for all, else a week of work.
                let requested = |item: &Item| item.state.requested.as_ref().map(|request| request.until);
                let asked = first.and_then(requested);
                let asked = asked.filter(|until| items.iter().all(|item| requested(item) == Some(*until)));
                let asked = asked.map(|until| until.to_string());
                Control::Line(asked.map_or_else(|| working_days(model, 5), Input::from))
            }
            Field::To if deed == Deed::Assign => {
                Control::Line(model.settings.me.as_ref().map(|me| me.to_string()).unwrap_or_default().into())
            }
            Field::Until | Field::To | Field::Document | Field::Link | Field::Reason | Field::Note | Field::Promise => {
                Control::Line(Input::default())
            }
        };
        let proposed = matches!(&control, Control::Line(input) if !input.value().is_empty());
        Some(Asked { field: Some(field), control, wrong: false, proposed })
    }

    /// What is chosen, where something is.
    pub fn chosen(&self) -> Option<Choice> {
        match &self.control {
            Control::Choice { options, selected } => options.get(*selected).copied(),
            Control::Line(_) => None,
        }
    }
}

/// So many working days from today, as one writes it in the language of the screen; every language is understood.
fn working_days(model: &Model, count: u8) -> Input {
    let unit = choices::folded(model, Word("typed-working-days"));
    format!("+{count}{}", if unit.is_empty() { "lv" } else { unit }).into()
}

/// The rungs of the plan's ladder that `deed` names.
fn levels(model: &Model, deed: Deed) -> Vec<u8> {
    let verb = if deed == Deed::Escalate { StepVerb::Escalate } else { StepVerb::Remind };
    let ladder = model.snapshot.iter().flat_map(|snapshot| &snapshot.outline.plan.ladder);
    let levels: Vec<u8> = ladder.filter(|step| step.verb == verb).map(|step| step.step).collect();
    match (levels.is_empty(), verb) {
        (false, _) => levels,
        (true, StepVerb::Escalate) => vec![3, 4],
        (true, StepVerb::Remind | StepVerb::Notice) => vec![1, 2],
    }
}

/// The place of the rung that is next for `item`.
fn next_level(model: &Model, deed: Deed, item: &Item, levels: &[u8]) -> usize {
    let last = levels.len().saturating_sub(1);
    let by_ladder = model.scene().and_then(|scene| scene.next_step(item));
    if let Some(place) = by_ladder.and_then(|next| levels.iter().position(|level| *level == next.step)) {
        return place;
    }
    if deed == Deed::Escalate {
        levels.iter().position(|level| *level > item.state.escalation).unwrap_or(last)
    } else {
        usize::from(item.state.reminders).min(last)
    }
}

/// What is filled in, for one item: where each stands before its own rung, with that one.
pub fn for_item(model: &Model, deed: Deed, filled: &Filled, item: &Item) -> Filled {
    let mut own = filled.clone();
    if filled.get(Field::Level).is_some_and(|level| level.as_str() == NEXT) {
        let levels = levels(model, deed);
        let level = levels.get(next_level(model, deed, item, &levels)).copied().unwrap_or(1);
        own.fill(Field::Level, &level.to_string());
    }
    own
}

/// How a reminder can go out, the most likely first: by e-mail where one can be sent from here.
fn channels(model: &Model) -> Vec<Choice> {
    let mut channels = [Channel::Letter, Channel::Telephone, Channel::Email];
    if model.settings.mails {
        channels.rotate_right(1);
    }
    channels.into_iter().map(Choice::Channel).collect()
}

/// The words of a field.
pub fn field_word(field: Field) -> Word {
    Word(match field {
        Field::On => "field-on",
        Field::Until => "field-until",
        Field::Percent => "field-percent",
        Field::Level => "field-level",
        Field::Channel => "field-channel",
        Field::To => "field-to",
        Field::Document => "field-document",
        Field::Link => "field-link",
        Field::Reason => "field-reason",
        Field::Note => "field-note",
        Field::Promise => "field-promise",
    })
}
