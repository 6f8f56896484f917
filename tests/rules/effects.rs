//! What each verb does to its item: all of its state, so that nothing else changes unseen.

use jiff::civil::{Date, date};
use rstest::rstest;
use tiendo::domain::{
    entry::{Entry, Outcome, Verb},
    fold::fold,
    item::{ByDay, Item, Kind, Rare, Request, Rung, State},
    status::Base,
};

use super::acts::{calendar, entry_id, full, item};

const ON: Date = date(2023, 6, 1);
const UNTIL: Date = date(2024, 12, 31);

/// The item of `kind` after one full entry on `before`.
fn after(kind: Kind, before: State, verb: Verb) -> State {
    let mut item = Item { state: before, ..item(kind) };
    let entry = full(7, item.id.as_str(), verb, ON);
    fold(&mut item, &entry, &calendar());
    item.state
}

fn in_state(base: Base) -> State {
    State { base, ..State::default() }
}

/// A state with what few have.
fn with(rare: Rare, state: State) -> State {
    State { rare: rare.into(), ..state }
}

/// Handed in with everything a full entry says of it.
fn handed_in(base: Base) -> State {
    let (document, link) = (Some("1/BC".into()), Some("https://example.invalid/1".into()));
    let state = State { base, handed_in: Some(ON), document, last: Some(entry_id(7)), ..State::default() };
    with(Rare { link, ..Rare::default() }, state)
}

#[rstest]
#[case(Kind::Report, Verb::Receive, Base::Done)]
#[case(Kind::Report, Verb::Submit, Base::AwaitingConfirmation)]
#[case(Kind::Task, Verb::Submit, Base::AwaitingConfirmation)]
#[case(Kind::Milestone, Verb::Tick, Base::Done)]
fn what_is_handed_in_bears_its_day_and_document(#[case] kind: Kind, #[case] verb: Verb, #[case] base: Base) {
    assert_eq!(after(kind, State::default(), verb.clone()), handed_in(base));
    let requested = Some(Request { until: UNTIL, reason: None });
    let before = with(Rare { requested, ..Rare::default() }, in_state(Base::Returned));
    assert_eq!(after(kind, before, verb).requested, None, "the wish for more time is over");
}

#[test]
fn confirmed_it_is_done_as_it_was_handed_in() {
    let before = State { last: None, ..handed_in(Base::AwaitingConfirmation) };
    assert_eq!(after(Kind::Task, before, Verb::Confirm), handed_in(Base::Done));
}

#[test]
fn sent_back_its_clock_runs_again() {
    let returned = after(Kind::Report, handed_in(Base::Done), Verb::Return);
    let mut expected = State { handed_in: None, ..handed_in(Base::Returned) };
    expected.returns = 1;
    expected.reason = Some("why".into());
    assert_eq!(returned, expected);
}

#[test]
fn progress_is_not_yet_done_at_a_hundred() {
    let progress = |percent| {
        let mut item = item(Kind::Task);
        fold(&mut item, &Entry { percent: Some(percent), ..full(7, "task:N1", Verb::Progress, ON) }, &calendar());
        (item.state.base, item.state.progress)
    };
    assert_eq!(progress(40), (Base::InProgress, 40));
    assert_eq!(progress(100), (Base::InProgress, 100));
}

#[test]
fn an_extension_counts_and_answers_the_request() {
    let requested = after(Kind::Task, State::default(), Verb::RequestExtension);
    let request = Request { until: UNTIL, reason: Some("why".into()) };
    let declined = State { last: Some(entry_id(7)), ..State::default() };
    assert_eq!(requested, with(Rare { requested: Some(request), ..Rare::default() }, declined.clone()));
    assert_eq!(after(Kind::Task, requested.clone(), Verb::Decline), declined);
    let extension = Rare {
        extended_to: Some(UNTIL),
        extensions: 1,
        extension_reason: Some("why".into()),
        extension_document: Some("1/BC".into()),
        ..Rare::default()
    };
    let extended = with(extension, declined);
    assert_eq!(after(Kind::Task, requested, Verb::Extend), extended);
    assert_eq!(after(Kind::Task, extended, Verb::Extend).extensions, 2);
}

#[rstest]
#[case(Kind::Task, "2023-11-12", "2023-11-13")]
#[case(Kind::Task, "2024-05-01", "2024-05-01")]
#[case(Kind::Report, "2023-12-24", "2023-12-25")]
#[case(Kind::Milestone, "2023-11-19", "2023-11-19")]
fn an_extension_rolls_as_the_item_does(#[case] kind: Kind, #[case] until: Date, #[case] due: Date) {
    let mut item = item(kind);
    let original = item.original_due;
    let entry = Entry { until: Some(until), ..full(7, item.id.as_str(), Verb::Extend, ON) };
    fold(&mut item, &entry, &calendar());
    assert_eq!((item.original_due, item.due), (original, Some(due)));
}

#[test]
fn what_commutes_leaves_no_trace_for_the_next_to_have_seen() {
    for verb in [Verb::Acknowledge, Verb::Note, Verb::Assign, Verb::Snooze, Verb::Remind] {
        assert_eq!(after(Kind::Task, State::default(), verb).last, None);
    }
}

#[test]
fn one_acknowledgement_and_one_snooze_per_person() {
    let by = |by: &str, on| ByDay { by: by.into(), on };
    let acknowledged = vec![by("me", date(2023, 1, 1)), by("you", date(2023, 1, 2))];
    let mut before = State { acknowledged, ..State::default() };
    before.snoozed = vec![by("me", date(2023, 1, 1))];
    let acknowledged = after(Kind::Task, before.clone(), Verb::Acknowledge).acknowledged;
    assert_eq!(acknowledged, [by("you", date(2023, 1, 2)), by("me", ON)]);
    let snoozed = after(Kind::Task, before, Verb::Snooze);
    assert_eq!(snoozed.snoozed, [by("me", UNTIL)]);
    assert!(snoozed.is_snoozed_for(&"me".into(), date(2024, 12, 30)) && !snoozed.is_snoozed_for(&"me".into(), UNTIL));
    assert!(!snoozed.is_snoozed_for(&"you".into(), ON));
}

#[test]
fn a_note_counts_and_a_promise_stays_until_the_next() {
    let note = |before: State, promise| {
        let mut item = Item { state: before, ..item(Kind::Task) };
        fold(&mut item, &Entry { promise, ..full(7, "task:N1", Verb::Note, ON) }, &calendar());
        item.state
    };
    let promised = note(State::default(), Some(UNTIL));
    let noted = |notes| with(Rare { promise: Some(UNTIL), ..Rare::default() }, State { notes, ..State::default() });
    assert_eq!(promised, noted(1));
    assert_eq!(note(promised, None), noted(2));
    assert_eq!(after(Kind::Task, State::default(), Verb::Assign).assigned.as_deref(), Some("ubnd"));
}

#[rstest]
#[case(None, 1)]
#[case(Some(Outcome::Sent), 1)]
#[case(Some(Outcome::Uncertain), 1)]
#[case(Some(Outcome::Claimed), 0)]
#[case(Some(Outcome::Failed), 0)]
fn a_reminder_counts_unless_it_did_not_go_out(#[case] outcome: Option<Outcome>, #[case] count: u16) {
    let mut item = item(Kind::Task);
    fold(&mut item, &Entry { outcome, ..full(7, "task:N1", Verb::Remind, ON) }, &calendar());
    let rungs = if count > 0 { vec![Rung { step: 1, on: ON }] } else { Vec::new() };
    let expected = State { reminders: count, last_reminded: (count > 0).then_some(ON), rungs, ..State::default() };
    assert_eq!(item.state, expected);
}

#[test]
fn escalation_keeps_the_highest_rung() {
    let raised = |escalations| Rare { escalation: 4, escalations, ..Rare::default() };
    let before = with(raised(1), State::default());
    let escalated = after(Kind::Task, before, Verb::Escalate);
    let rungs = vec![Rung { step: 1, on: ON }];
    assert_eq!(escalated, with(raised(2), State { rungs, last: Some(entry_id(7)), ..State::default() }));
}

#[rstest]
#[case(Kind::Report, Verb::Exempt, Base::Exempt)]
#[case(Kind::Task, Verb::Cancel, Base::Cancelled)]
fn what_ends_it_says_why(#[case] kind: Kind, #[case] verb: Verb, #[case] base: Base) {
    let reason = Rare { reason: Some("why".into()), ..Rare::default() };
    let expected = with(reason, State { last: Some(entry_id(7)), ..in_state(base) });
    assert_eq!(after(kind, State::default(), verb), expected);
}

#[rstest]
#[case(Base::NotStarted)]
#[case(Base::InProgress)]
#[case(Base::Returned)]
#[case(Base::AwaitingConfirmation)]
fn resumed_it_is_what_it_was(#[case] base: Base) {
    let paused = after(Kind::Task, in_state(base), Verb::Pause);
    assert_eq!((paused.base, paused.before_pause, paused.paused_on), (Base::Paused, Some(base), Some(ON)));
    let resumed = after(Kind::Task, paused, Verb::Resume);
    assert_eq!((resumed.base, resumed.before_pause, resumed.paused_on), (base, None, None));
}
