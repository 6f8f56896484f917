//! [`next_step`]: which rung of the ladder of reminders an item stands before, and from which day. How a rung is recorded is
//! in `fold.rs`; a plan without a ladder of its own goes by [`DEFAULT`], which is written down here and nowhere else.
//!
//! Only rungs that are recorded count here: a `notice` (rung 0) is shown before the due date and nobody does anything.

use std::cmp::max;

use jiff::civil::Date;

use super::{
    calendar::Calendar,
    item::{Item, Kind, Rung},
    plan::{Plan, Step, StepVerb},
    status::Base,
    title::Title,
};

/// Rung, verb and working days after the due date, where a plan has no ladder: two reminders, then the proposals to the
/// leadership, as provinces practise it (*đôn đốc* twice, *nhắc nhở, rút kinh nghiệm*, *phê bình*).
pub const DEFAULT: [(u8, StepVerb, i32); 7] = [
    (0, StepVerb::Notice, -5),
    (0, StepVerb::Notice, -3),
    (0, StepVerb::Notice, -1),
    (1, StepVerb::Remind, 1),
    (2, StepVerb::Remind, 5),
    (3, StepVerb::Escalate, 10),
    (4, StepVerb::Escalate, 20),
];

/// The rung an item stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The level the reminder or escalation will name.
    pub step: u8,
    /// What it is: a reminder, or a proposal to the leadership.
    pub verb: StepVerb,
    /// The first day it is due.
    pub from: Date,
}

impl NextStep {
    /// Has its day come?
    pub fn is_due(&self, today: Date) -> bool {
        self.from <= today
    }
}

/// The ladder a plan goes by: its own, or the default one, whose rungs have no title of their own.
pub fn ladder(plan: &Plan) -> Vec<Step> {
    if !plan.ladder.is_empty() {
        return plan.ladder.clone();
    }
    let step = |(step, verb, after_working_days)| Step {
        step,
        verb,
        after_working_days,
        title: Title::default(),
        unknown: super::plan::Unknown::new(),
    };
    DEFAULT.into_iter().map(step).collect()
}

/// The next rung for `item`, by its due date in force and what was done since; `None` where nobody is to be reminded: it is
/// handed in, put off or out of the figures, has no due date, is a milestone, or stands on the last rung.
///
/// Rungs are not skipped: what is a month late and was never reminded stands before the first. A rung made late moves the
/// next one by the distance the ladder has between them. What was done up to the due date in force was about an earlier
/// deadline, and after an extension the ladder begins anew. An e-mail that was claimed counts as made, whatever became of it
/// short of a failure: it is never sent again by itself.
pub fn next_step(item: &Item, calendar: &Calendar, ladder: &[Step]) -> Option<NextStep> {
    let chased = matches!(item.state.base, Base::NotStarted | Base::InProgress | Base::Returned);
    let due = item.due.filter(|_| chased && item.kind() != Kind::Milestone)?;
    let unsettled = item.state.unsettled.iter().map(|mail| Rung { step: mail.level, on: mail.on });
    let made = item.state.rungs.iter().copied().chain(unsettled).filter(|made| made.on > due);
    let (stands, last) = made.fold((0, None), |(step, last), made| (max(step, made.step), max(last, Some(made.on))));
    let next = recorded(ladder).filter(|step| step.step > stands).min_by_key(|step| step.step)?;
    let by_due = calendar.add_working_days(due, next.after_working_days);
    let after_last = last.map(|last| {
        let stood = recorded(ladder).filter(|step| step.step <= stands).max_by_key(|step| step.step);
        let apart = next.after_working_days - stood.map_or(0, |stood| stood.after_working_days);
        calendar.add_working_days(last, apart.max(1))
    });
    Some(NextStep { step: next.step, verb: next.verb, from: max(by_due, after_last.unwrap_or(by_due)) })
}

/// What stands before a reminder whose day has come, with that rung: what is sent without anybody choosing. Proposals to the
/// leadership are not among it.
pub fn reminders_due<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    calendar: &Calendar,
    ladder: &[Step],
    today: Date,
) -> Vec<(&'a Item, u8)> {
    let due = |item: &'a Item| {
        let next = next_step(item, calendar, ladder)?;
        (next.verb == StepVerb::Remind && next.is_due(today)).then_some((item, next.step))
    };
    items.into_iter().filter_map(due).collect()
}

/// The rungs that somebody records.
fn recorded(ladder: &[Step]) -> impl Iterator<Item = &Step> {
    ladder.iter().filter(|step| step.verb.verb().is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        entry::{Channel, Entry, Outcome, Verb},
        id::EntryId,
        snapshot::Snapshot,
    };

    /// Due on Wednesday 10/5/2023.
    fn plan() -> Arc<Plan> {
        let plan = serde_json::json!({
            "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
            "agencies": [{"id": "a", "kind": "department"}],
            "tasks": [{"id": "N1", "lead": "a", "due": "2023-05-10"}, {"id": "N2", "lead": "a"}],
            "campaigns": [{"id": "C1", "from": "2023-05-01", "to": "2023-05-09", "lead": "a",
                           "milestones": [{"id": "M1", "due": "2023-05-02"}]}],
        });
        Arc::new(serde_json::from_value(plan).unwrap())
    }

    fn entry(number: u128, verb: Verb, on: Date) -> Entry {
        Entry::new(EntryId(Uuid::from_u128(number)), "task:N1".into(), verb, on, Timestamp::UNIX_EPOCH)
    }

    fn rung(number: u128, verb: Verb, level: u8, on: Date) -> Entry {
        Entry { level: Some(level), ..entry(number, verb, on) }
    }

    fn next(journal: &[Entry], item: &str) -> Option<(u8, StepVerb, Date)> {
        let snapshot = Snapshot::replay(plan(), journal);
        let item = snapshot.item(&item.into()).unwrap();
        let next = next_step(item, &snapshot.outline.calendar, &ladder(&plan()))?;
        Some((next.step, next.verb, next.from))
    }

    #[test]
    fn each_rung_comes_so_many_working_days_after_the_due_date() {
        let mut journal = Vec::new();
        assert_eq!(next(&journal, "task:N1"), Some((1, StepVerb::Remind, date(2023, 5, 11))));
        journal.push(rung(1, Verb::Remind, 1, date(2023, 5, 11)));
        assert_eq!(next(&journal, "task:N1"), Some((2, StepVerb::Remind, date(2023, 5, 17))), "over a weekend");
        journal.push(rung(2, Verb::Remind, 2, date(2023, 5, 17)));
        assert_eq!(next(&journal, "task:N1"), Some((3, StepVerb::Escalate, date(2023, 5, 24))));
        journal.push(rung(3, Verb::Escalate, 3, date(2023, 5, 24)));
        assert_eq!(next(&journal, "task:N1"), Some((4, StepVerb::Escalate, date(2023, 6, 7))));
        journal.push(rung(4, Verb::Escalate, 4, date(2023, 6, 7)));
        assert_eq!(next(&journal, "task:N1"), None);
    }

    #[test]
    fn a_rung_made_late_moves_the_next_one_and_none_is_skipped() {
        let late = [rung(1, Verb::Remind, 1, date(2023, 7, 3))];
        assert_eq!(next(&late, "task:N1"), Some((2, StepVerb::Remind, date(2023, 7, 7))), "four working days later");
    }

    #[test]
    fn after_an_extension_the_ladder_begins_anew() {
        let until = Some(date(2023, 6, 9));
        let journal = [
            rung(1, Verb::Remind, 1, date(2023, 5, 11)),
            rung(2, Verb::Remind, 2, date(2023, 5, 17)),
            Entry { until, ..entry(3, Verb::Extend, date(2023, 5, 18)) },
            rung(4, Verb::Remind, 1, date(2023, 6, 12)),
        ];
        assert_eq!(next(&journal[..3], "task:N1"), Some((1, StepVerb::Remind, date(2023, 6, 12))));
        assert_eq!(next(&journal, "task:N1"), Some((2, StepVerb::Remind, date(2023, 6, 16))));
    }

    #[test]
    fn nobody_is_reminded_of_what_is_in_put_off_undated_or_a_milestone() {
        for verb in [Verb::Submit, Verb::Pause, Verb::Cancel] {
            assert_eq!(next(&[entry(1, verb, date(2023, 5, 30))], "task:N1"), None);
        }
        assert_eq!(next(&[], "task:N2"), None);
        assert_eq!(next(&[], "milestone:C1/M1"), None);
        let returned = [entry(1, Verb::Submit, date(2023, 5, 9)), entry(2, Verb::Return, date(2023, 5, 12))];
        assert_eq!(next(&returned, "task:N1"), Some((1, StepVerb::Remind, date(2023, 5, 11))));
    }

    #[test]
    fn an_email_that_was_claimed_counts_as_made_until_it_is_known_to_have_failed() {
        let mail = |number, outcome| Entry {
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            batch: Some(Uuid::from_u128(7)),
            ..rung(number, Verb::Remind, 1, date(2023, 5, 11))
        };
        let step = |journal: &[Entry]| next(journal, "task:N1").map(|(step, ..)| step);
        assert_eq!(step(&[mail(1, Outcome::Claimed)]), Some(2), "a crash may have come after it was sent");
        for outcome in [Outcome::Sent, Outcome::Uncertain] {
            assert_eq!(step(&[mail(1, Outcome::Claimed), mail(2, outcome)]), Some(2));
        }
        assert_eq!(step(&[mail(1, Outcome::Claimed), mail(2, Outcome::Failed)]), Some(1));
    }
}
