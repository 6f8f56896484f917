//! The table of verbs: every verb, on every kind, in every state.

use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;
use tiendo::domain::{
    check::{Refusal, check, check_open},
    entry::{Entry, Verb},
    fold::fold,
    item::{Item, Kind, Rare, Request, State},
    status::Base,
    text::Text,
};

use super::acts::{bare, calendar, entry_id, full, item, snapshot};

/// What is written in the design, in its words: verb, kinds (task, report, milestone), states.
const TABLE: &str = "
receive           |R | not-started in-progress returned
submit            |TR| not-started in-progress returned
confirm           |TR| awaiting-confirmation
return            |TR| awaiting-confirmation done
tick              |M | not-started in-progress returned awaiting-confirmation paused
progress          |T | not-started in-progress returned
extend            |TRM| not-started in-progress returned awaiting-confirmation paused
request-extension |TR| not-started in-progress returned awaiting-confirmation paused
decline           |TR| not-started in-progress returned awaiting-confirmation paused
acknowledge       |TRM| not-started in-progress returned awaiting-confirmation paused done cancelled exempt
note              |TRM| not-started in-progress returned awaiting-confirmation paused done cancelled exempt
assign            |TRM| not-started in-progress returned awaiting-confirmation paused done cancelled exempt
snooze            |TRM| not-started in-progress returned awaiting-confirmation paused done cancelled exempt
remind            |TR| not-started in-progress returned paused
escalate          |TR| not-started in-progress returned awaiting-confirmation paused
exempt            |R | not-started in-progress returned awaiting-confirmation paused
pause             |T | not-started in-progress returned awaiting-confirmation
resume            |T | paused
cancel            |T | not-started in-progress returned awaiting-confirmation paused
open              | |
reverse           | |
plan              | |
";

const COMMUTING: [Verb; 5] = [Verb::Acknowledge, Verb::Note, Verb::Assign, Verb::Snooze, Verb::Remind];

fn item_in(kind: Kind, base: Base) -> Item {
    let requested = Some(Request { until: date(2024, 1, 2), reason: None });
    let rare = Rare { requested, ..Rare::default() }.into();
    Item { state: State { base, rare, ..State::default() }, ..item(kind) }
}

#[test]
fn every_verb_is_possible_exactly_where_the_design_says() {
    let rows: Vec<Vec<&str>> = TABLE.trim().lines().map(|row| row.split('|').map(str::trim).collect()).collect();
    let named: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    assert!(Verb::KNOWN.iter().all(|verb| named.contains(&verb.as_str())) && named.len() == Verb::KNOWN.len());
    for row in rows {
        let verb = Verb::from(Text::from(row[0]));
        for (kind, letter) in [(Kind::Task, 'T'), (Kind::Report, 'R'), (Kind::Milestone, 'M')] {
            for base in Base::ALL {
                let item = item_in(kind, base);
                let entry = full(1, item.id.as_str(), verb.clone(), date(2023, 6, 1));
                let expected = if !row[1].contains(letter) {
                    Err(Refusal::NotOfKind { verb: row[0].into(), kind })
                } else if !row[2].split(' ').any(|word| word == base.as_str()) {
                    Err(Refusal::NotInState { verb: row[0].into(), base, kind: Some(kind) })
                } else {
                    Ok(())
                };
                assert_eq!(check(&item, &entry), expected, "{} on a {} that is {base:?}", row[0], kind.as_str());
            }
        }
    }
}

#[rstest]
#[case(Verb::Return, Base::AwaitingConfirmation, "reason")]
#[case(Verb::Progress, Base::NotStarted, "percent")]
#[case(Verb::Extend, Base::NotStarted, "until")]
#[case(Verb::Extend, Base::NotStarted, "reason")]
#[case(Verb::RequestExtension, Base::NotStarted, "until")]
#[case(Verb::RequestExtension, Base::NotStarted, "reason")]
#[case(Verb::Decline, Base::NotStarted, "reason")]
#[case(Verb::Note, Base::Done, "note")]
#[case(Verb::Assign, Base::Done, "to")]
#[case(Verb::Snooze, Base::Done, "until")]
#[case(Verb::Remind, Base::NotStarted, "level")]
#[case(Verb::Escalate, Base::NotStarted, "level")]
#[case(Verb::Pause, Base::NotStarted, "reason")]
#[case(Verb::Cancel, Base::NotStarted, "reason")]
fn what_a_verb_must_bring_is_named(#[case] verb: Verb, #[case] base: Base, #[case] field: &str) {
    let item = item_in(Kind::Task, base);
    let whole = full(1, "task:N1", verb, date(2023, 6, 1));
    assert_eq!(check(&item, &whole), Ok(()));
    let mut lacking = whole.clone();
    match field {
        "reason" => lacking.reason = Some(" ".into()),
        "percent" => lacking.percent = Some(101),
        "until" => lacking.until = None,
        "note" => lacking.note = None,
        "to" => lacking.to = None,
        "level" => lacking.level = None,
        other => panic!("{other}"),
    }
    assert_eq!(check(&item, &lacking), Err(Refusal::Needs { field: field.into() }));
}

#[test]
fn an_exemption_needs_a_reason_and_a_refusal_a_request() {
    let exempt = Entry { reason: None, ..full(1, "report:R1/2023/a", Verb::Exempt, date(2023, 6, 1)) };
    assert_eq!(check(&item(Kind::Report), &exempt), Err(Refusal::Needs { field: "reason".into() }));
    let decline = full(1, "task:N1", Verb::Decline, date(2023, 6, 1));
    assert_eq!(check(&item(Kind::Task), &decline), Err(Refusal::NothingRequested));
}

#[rstest]
#[case(Verb::Extend)]
#[case(Verb::RequestExtension)]
fn more_time_is_later_than_what_is_in_force(#[case] verb: Verb) {
    let item = item(Kind::Task);
    let until = |day| Entry { until: Some(day), ..full(1, "task:N1", verb.clone(), date(2023, 6, 1)) };
    assert_eq!(check(&item, &until(date(2023, 10, 31))), Err(Refusal::NotLater));
    assert_eq!(check(&item, &until(date(2023, 11, 1))), Ok(()));
    let endless = snapshot().item(&"task:N2".into()).unwrap().clone();
    assert_eq!(check(&endless, &until(date(2023, 1, 1))), Ok(()), "any date is more than none");
}

#[test]
fn cases_are_opened_on_an_ad_hoc_duty_for_an_agency_that_owes_it() {
    let outline = snapshot().outline;
    let open = |duty: &str, agency: Option<&str>| Entry {
        agency: agency.map(Into::into),
        ..bare(1, duty, Verb::Open, date(2023, 6, 1))
    };
    assert_eq!(check_open(&outline, &open("duty:R7", Some("a"))), Ok(()));
    assert_eq!(check_open(&outline, &open("duty:R7", Some("own"))), Err(Refusal::NotOwed));
    assert_eq!(check_open(&outline, &open("duty:R7", Some("zz"))), Err(Refusal::NotOwed));
    assert_eq!(check_open(&outline, &open("duty:R1", Some("a"))), Err(Refusal::NotOwed), "not an ad hoc duty");
    assert_eq!(check_open(&outline, &open("duty:R7", None)), Err(Refusal::Needs { field: "agency".into() }));
    for other in ["duty:R9", "task:N1"] {
        assert_eq!(check_open(&outline, &open(other, Some("a"))), Err(Refusal::NoSuchItem { item: other.into() }));
    }
}

/// Two people act on one item, neither having seen the other: the second is told, unless one of the verbs commutes.
#[test]
fn every_pair_of_verbs_by_two_people_gives_a_conflict_or_commutes() {
    for kind in Kind::ALL {
        for base in Base::ALL {
            for (first, second) in
                Verb::KNOWN.iter().flat_map(|first| Verb::KNOWN.iter().map(move |second| (first, second)))
            {
                let standing =
                    Item { state: State { last: Some(entry_id(9)), ..item_in(kind, base).state }, ..item(kind) };
                let seen = |number: u64, verb: &Verb| Entry {
                    expects: Some(entry_id(9)),
                    ..full(number, standing.id.as_str(), verb.clone(), date(2023, 6, 1))
                };
                let (first_entry, second_entry) = (seen(1, first), seen(2, second));
                if check(&standing, &first_entry).is_err() || check(&standing, &second_entry).is_err() {
                    continue;
                }
                let mut after = standing.clone();
                fold(&mut after, &first_entry, &calendar());
                let conflicts =
                    matches!(check(&after, &second_entry), Err(Refusal::Conflict { stands }) if stands == entry_id(1));
                let commute = COMMUTING.contains(first) || COMMUTING.contains(second);
                assert_eq!(conflicts, !commute, "{first:?} then {second:?} on a {kind:?} that is {base:?}");
            }
        }
    }
}

#[test]
fn who_saw_nothing_conflicts_with_what_stands() {
    let standing = Item { state: State { last: Some(entry_id(9)), ..State::default() }, ..item(Kind::Task) };
    let blind = full(1, "task:N1", Verb::Submit, date(2023, 6, 1));
    assert_eq!(check(&standing, &blind), Err(Refusal::Conflict { stands: entry_id(9) }));
    // What was seen was taken back, and nothing stands any more.
    let emptied = Item { state: State::default(), ..standing.clone() };
    let seen = Entry { expects: Some(entry_id(9)), ..blind };
    assert_eq!(check(&emptied, &seen), Err(Refusal::TakenBack { entry: entry_id(9) }));
    assert_eq!(check(&standing, &seen), Ok(()));
}

proptest! {
    #[test]
    fn a_verb_nobody_knows_is_admitted_and_is_history_only(word in "[a-z-]{1,12}") {
        prop_assume!(Verb::KNOWN.iter().all(|verb| verb.as_str() != word));
        let before = item(Kind::Task);
        let entry = full(1, "task:N1", Verb::from(Text::new(&word)), date(2023, 6, 1));
        prop_assert_eq!(check(&before, &entry), Ok(()));
        let mut after = before.clone();
        fold(&mut after, &entry, &calendar());
        prop_assert_eq!(after, before);
    }
}
