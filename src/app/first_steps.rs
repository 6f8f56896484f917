//! The first steps: three hints in the footer for whoever is here for the first time, one after another. Each goes away when it was
//! done, by key or pointer, or when enough else was done; after the last one none comes again on this machine.

use super::{action::Action, effect::Effect, model::Model};

/// So many other actions, and a step is passed over.
const PATIENCE: u8 = 12;

/// What is learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To go through rows and panels.
    Move,
    /// To open a row and come back.
    Open,
    /// What can be done, and how everything else is found.
    Act,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Step; 3] = [Step::Move, Step::Open, Step::Act];

    /// The actions it names, the one that matters first.
    pub fn actions(self) -> [Action; 2] {
        match self {
            Step::Move => [Action::Down, Action::NextPanel],
            Step::Open => [Action::Open, Action::Back],
            Step::Act => [Action::Menu, Action::Palette],
        }
    }

    /// Does doing this show that the step is known?
    fn is_shown_by(self, action: Action) -> bool {
        let others: &[Action] = match self {
            Step::Move => &[Action::Up, Action::PageDown, Action::PageUp, Action::PreviousPanel],
            Step::Open => &[Action::Zoom],
            Step::Act => &[Action::Help, Action::Acknowledge, Action::Remind, Action::Done, Action::Extend],
        };
        self.actions().contains(&action) || others.contains(&action)
    }
}

/// How far one is.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirstSteps {
    known: [bool; Step::ALL.len()],
    /// Actions since the step shown came up.
    waited: u8,
    /// Nothing is shown: one was here before, or is through.
    over: bool,
}

impl FirstSteps {
    /// From the beginning, where one is here for the first time.
    pub(super) fn new(first_time: bool) -> Self {
        FirstSteps { over: !first_time, ..FirstSteps::default() }
    }

    /// The step to be shown.
    pub fn step(&self) -> Option<Step> {
        if self.over {
            return None;
        }
        Step::ALL.into_iter().zip(self.known).find(|(_, known)| !known).map(|(step, _)| step)
    }
}

/// Something was done on the screen; that the last step is known is to be kept.
pub(super) fn acted(model: &mut Model, action: Action) -> Vec<Effect> {
    let steps = &mut model.first_steps;
    let Some(shown) = steps.step() else { return Vec::new() };
    for (step, known) in Step::ALL.into_iter().zip(&mut steps.known) {
        *known |= step.is_shown_by(action);
    }
    steps.waited += 1;
    if steps.waited >= PATIENCE {
        steps.known[shown as usize] = true;
    }
    if steps.step() != Some(shown) {
        steps.waited = 0;
    }
    steps.over = steps.step().is_none();
    if steps.over { vec![Effect::KeepFirstSteps] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Action::*, *};
    use crate::app::settings::Settings;

    fn after(actions: &[Action]) -> (Option<Step>, usize) {
        let settings = Settings { first_time: true, ..Settings::default() };
        let mut model = Model::new(settings, Timestamp::UNIX_EPOCH, (80, 24));
        let kept = actions.iter().map(|action| acted(&mut model, *action).len()).sum();
        (model.first_steps.step(), kept)
    }

    #[test]
    fn a_step_goes_away_when_it_was_done_in_whatever_order() {
        assert_eq!(after(&[]), (Some(Step::Move), 0));
        assert_eq!(after(&[Down]), (Some(Step::Open), 0));
        assert_eq!(after(&[Open]), (Some(Step::Move), 0));
        assert_eq!(after(&[Open, Up]), (Some(Step::Act), 0));
        assert_eq!(after(&[Down, Open, Menu]), (None, 1));
        assert_eq!(after(&[Down, Open, Menu, Down, Menu]), (None, 1), "it is kept once");
    }

    #[test]
    fn a_step_nobody_takes_goes_away_by_itself() {
        let others = [Sort; PATIENCE as usize * 3];
        assert_eq!(after(&others[..11]), (Some(Step::Move), 0));
        assert_eq!(after(&others[..12]), (Some(Step::Open), 0));
        assert_eq!(after(&others), (None, 1));
    }

    #[test]
    fn nothing_is_shown_to_who_was_here_before() {
        let model = Model::new(Settings::default(), Timestamp::UNIX_EPOCH, (80, 24));
        assert_eq!(model.first_steps.step(), None);
    }
}
