//! Other plans: what there is to be switched to, and how each of them stands. One that does not answer holds up no other.

use super::{
    choices::{Choice, Does, Label},
    dialog::{self, Kind},
    effect::Effect,
    messages::Level,
    model::Model,
    msg::Ticket,
};
use crate::domain::{
    failure::Failure,
    glance::{Glance, PlanAt},
    id::PlanId,
    sentence::Sentence,
    text::{Text, fold_marks},
};

/// The sources one can switch to.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    /// In the order of the config.
    offers: Vec<Offer>,
    last_ticket: Ticket,
}

/// A source, and what it answered.
#[derive(Clone, Debug)]
struct Offer {
    source: Option<Text>,
    answer: Answer,
}

/// What a source answered.
#[derive(Clone, Debug)]
enum Answer {
    /// Nothing yet.
    Awaited,
    /// These are its plans.
    Plans(Vec<Glance>),
    /// Why it told nothing.
    Failed(Sentence),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// The source's name; none for the ledger of this machine.
    pub source: Option<Text>,
    /// How it stands.
    pub told: Told,
}

/// What is known of a plan.
#[derive(Clone, Debug)]
pub enum Told {
    /// The source was asked.
    Awaited,
    /// How the plan stands.
    Stands(Glance),
    /// Why that is not known.
    Failed(Sentence),
}

/// Lists the plans, and asks every source anew how its plans stand.
pub(super) fn list(model: &mut Model) -> Vec<Effect> {
    let sources = model.settings.sources.clone();
    if sources.is_empty() {
        model.say(Level::Info, Sentence::new("said-only-plan"));
        return Vec::new();
    }
    dialog::open(model, Kind::Plans);
    let plans = &mut model.plans;
    // What was told before stays until it is told anew.
    let before = std::mem::take(&mut plans.offers);
    let known = |source: &Option<Text>| before.iter().find(|offer| offer.source == *source);
    plans.offers = sources
        .into_iter()
        .map(|source| Offer { answer: known(&source).map_or(Answer::Awaited, |offer| offer.answer.clone()), source })
        .collect();
    plans.last_ticket = Ticket(plans.last_ticket.0 + 1);
    vec![Effect::LookAround { ticket: plans.last_ticket }]
}

/// A source told how its plans stand, or could not.
pub(super) fn seen(model: &mut Model, ticket: Ticket, source: &Option<Text>, result: Result<Vec<Glance>, Failure>) {
    if ticket != model.plans.last_ticket {
        return;
    }
    if let Some(offer) = model.plans.offers.iter_mut().find(|offer| offer.source == *source) {
        offer.answer = match result {
            Ok(plans) => Answer::Plans(plans),
            Err(failure) => Answer::Failed(failure.why().clone()),
        };
    }
}

/// A line for each plan, and for each source of which none is known.
pub(super) fn choices(model: &Model) -> Vec<Choice> {
    let shown = shown(model);
    let lines = |offer: &Offer| -> Vec<Choice> {
        let line = |told: Told| PlanLine { source: offer.source.clone(), told };
        let name = fold_marks(offer.source.as_ref().map_or("", Text::as_str));
        let known = |told| {
            vec![Choice { label: Label::Plan(line(told)), search: name.clone(), does: Does::Nothing, on: false }]
        };
        match &offer.answer {
            Answer::Awaited => known(Told::Awaited),
            Answer::Failed(why) => known(Told::Failed(why.clone())),
            Answer::Plans(plans) => plans
                .iter()
                .map(|glance| {
                    let at = PlanAt { source: offer.source.clone(), plan: glance.plan.clone() };
                    let title = glance.title.get(model.language());
                    let number = glance.number.as_ref().map_or("", Text::as_str);
                    Choice {
                        search: format!("{name} {} {}", fold_marks(number), fold_marks(title)),
                        on: shown == Some((&offer.source, &glance.plan)),
                        label: Label::Plan(line(Told::Stands(glance.clone()))),
                        does: Does::SwitchTo(at),
                    }
                })
                .collect(),
        }
    };
    model.plans.offers.iter().flat_map(lines).collect()
}

fn shown(model: &Model) -> Option<(&Option<Text>, &PlanId)> {
    Some((&model.settings.source, &model.snapshot.as_ref()?.outline.plan.id))
}

/// Another plan was chosen; the one shown is not begun anew.
pub(super) fn switch(model: &Model, to: PlanAt) -> Vec<Effect> {
    if shown(model) == Some((&to.source, &to.plan)) { Vec::new() } else { vec![Effect::SwitchTo(to)] }
}
