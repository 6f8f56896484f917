//! Which verb is possible on what, in which state, and what it must bring: one table.

use super::{
    entry::Verb,
    item::Kind::{self, Milestone, Report, Task},
    status::Base::{self, AwaitingConfirmation, Done, InProgress, NotStarted, Paused, Returned},
};

/// What an entry of a verb must bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// `until`, a new date.
    Until,
    /// `reason`.
    Reason,
    /// `percent`, 0 to 100.
    Percent,
    /// `note`.
    Note,
    /// `to`.
    To,
    /// `level`, a rung of the ladder.
    Level,
}

/// When a verb is possible on an item.
#[derive(Debug)]
pub struct Rule {
    /// The verb.
    pub verb: Verb,
    /// The kinds of items it is for.
    pub kinds: &'static [Kind],
    /// The states it is possible in.
    pub from: &'static [Base],
    /// What it must bring.
    pub needs: &'static [Need],
}

const REPORT: &[Kind] = &[Report];
const TASK: &[Kind] = &[Task];
const REPORT_TASK: &[Kind] = &[Report, Task];
const ANY: &[Kind] = &[Task, Report, Milestone];

const NOT_HANDED_IN: &[Base] = &[NotStarted, InProgress, Returned];
const NOT_PAUSED: &[Base] = &[NotStarted, InProgress, AwaitingConfirmation, Returned];
const NOT_AWAITING: &[Base] = &[NotStarted, InProgress, Returned, Paused];
const OPEN: &[Base] = &[NotStarted, InProgress, AwaitingConfirmation, Returned, Paused];

/// The verbs that are said of one item. `open`, `reverse` and `plan` are said of a duty, an entry and the plan.
pub static RULES: [Rule; 19] = [
    Rule { verb: Verb::Receive, kinds: REPORT, from: NOT_HANDED_IN, needs: &[] },
    Rule { verb: Verb::Submit, kinds: REPORT_TASK, from: NOT_HANDED_IN, needs: &[] },
    Rule { verb: Verb::Confirm, kinds: REPORT_TASK, from: &[AwaitingConfirmation], needs: &[] },
    Rule { verb: Verb::Return, kinds: REPORT_TASK, from: &[AwaitingConfirmation, Done], needs: &[Need::Reason] },
    Rule { verb: Verb::Tick, kinds: &[Milestone], from: OPEN, needs: &[] },
    Rule { verb: Verb::Progress, kinds: TASK, from: NOT_HANDED_IN, needs: &[Need::Percent] },
    Rule { verb: Verb::Extend, kinds: ANY, from: OPEN, needs: &[Need::Until, Need::Reason] },
    Rule { verb: Verb::RequestExtension, kinds: REPORT_TASK, from: OPEN, needs: &[Need::Until, Need::Reason] },
    Rule { verb: Verb::Decline, kinds: REPORT_TASK, from: OPEN, needs: &[Need::Reason] },
    Rule { verb: Verb::Acknowledge, kinds: ANY, from: &Base::ALL, needs: &[] },
    Rule { verb: Verb::Note, kinds: ANY, from: &Base::ALL, needs: &[Need::Note] },
    Rule { verb: Verb::Assign, kinds: ANY, from: &Base::ALL, needs: &[Need::To] },
    Rule { verb: Verb::Snooze, kinds: ANY, from: &Base::ALL, needs: &[Need::Until] },
    Rule { verb: Verb::Remind, kinds: REPORT_TASK, from: NOT_AWAITING, needs: &[Need::Level] },
    Rule { verb: Verb::Escalate, kinds: REPORT_TASK, from: OPEN, needs: &[Need::Level] },
    Rule { verb: Verb::Exempt, kinds: REPORT, from: OPEN, needs: &[Need::Reason] },
    Rule { verb: Verb::Pause, kinds: TASK, from: NOT_PAUSED, needs: &[Need::Reason] },
    Rule { verb: Verb::Resume, kinds: TASK, from: &[Paused], needs: &[] },
    Rule { verb: Verb::Cancel, kinds: TASK, from: OPEN, needs: &[Need::Reason] },
];

/// The rule of `verb`; `None` for a verb that is not said of one item, or is not known.
pub fn rule(verb: &Verb) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.verb == *verb)
}
