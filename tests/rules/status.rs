//! How an item stands: base state, due date, hand-in and day make one time state and one cell.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use rstest::rstest;
use tiendo::domain::{
    item::{Item, Kind, State},
    status::{Base, Cell, Time, Today, cell, time},
};

use super::acts::{calendar, item};

/// Wednesday 15/11/2023, the day everything here is due.
const DUE: Date = date(2023, 11, 15);

fn standing(base: Base, due: Option<Date>, handed_in: Option<Date>) -> Item {
    Item { due, state: State { base, handed_in, ..State::default() }, ..item(Kind::Task) }
}

#[rstest]
// Open: by the day.
#[case(Base::NotStarted, None, date(2023, 11, 1), Time::InTime, Some(Cell::InTime))]
#[case(Base::NotStarted, None, date(2023, 11, 9), Time::InTime, Some(Cell::InTime))]
#[case(Base::NotStarted, None, date(2023, 11, 10), Time::DueSoon, Some(Cell::DueSoon))]
#[case(Base::InProgress, None, date(2023, 11, 15), Time::DueSoon, Some(Cell::DueSoon))]
#[case(Base::InProgress, None, date(2023, 11, 16), Time::Overdue, Some(Cell::Overdue))]
#[case(Base::Returned, None, date(2023, 11, 10), Time::DueSoon, Some(Cell::DueSoon))]
#[case(Base::Returned, None, date(2023, 11, 16), Time::Overdue, Some(Cell::Overdue))]
// Handed in: by the hand-in, whatever the day.
#[case(Base::AwaitingConfirmation, Some(DUE), date(2023, 12, 31), Time::OnTime, Some(Cell::AwaitingConfirmation))]
#[case(
    Base::AwaitingConfirmation,
    Some(date(2023, 11, 16)),
    date(2023, 11, 16),
    Time::Late,
    Some(Cell::AwaitingConfirmation)
)]
#[case(Base::Done, Some(DUE), date(2023, 12, 31), Time::OnTime, Some(Cell::OnTime))]
#[case(Base::Done, Some(date(2023, 11, 16)), date(2023, 11, 1), Time::Late, Some(Cell::Late))]
// Paused keeps its deadline and leaves the overdue list.
#[case(Base::Paused, None, date(2023, 12, 31), Time::Overdue, Some(Cell::Paused))]
#[case(Base::Paused, None, date(2023, 11, 1), Time::InTime, Some(Cell::Paused))]
// Out of all figures.
#[case(Base::Cancelled, None, date(2023, 12, 31), Time::NoDeadline, None)]
#[case(Base::Exempt, None, date(2023, 12, 31), Time::NoDeadline, None)]
fn the_cell_follows_from_state_due_hand_in_and_day(
    #[case] base: Base,
    #[case] handed_in: Option<Date>,
    #[case] today: Date,
    #[case] expected: Time,
    #[case] stands: Option<Cell>,
) {
    let item = standing(base, Some(DUE), handed_in);
    let today = Today::new(today, 3, &calendar());
    assert_eq!((time(&item, today), cell(&item, today)), (expected, stands));
}

#[rstest]
#[case(Base::NotStarted, Some(Cell::NoDeadline))]
#[case(Base::InProgress, Some(Cell::NoDeadline))]
#[case(Base::Returned, Some(Cell::NoDeadline))]
#[case(Base::AwaitingConfirmation, Some(Cell::AwaitingConfirmation))]
#[case(Base::Paused, Some(Cell::Paused))]
#[case(Base::Done, Some(Cell::DoneNoDeadline))]
#[case(Base::Cancelled, None)]
fn without_a_due_date_nothing_is_early_or_late(#[case] base: Base, #[case] stands: Option<Cell>) {
    let today = Today::new(DUE, 3, &calendar());
    let item = standing(base, None, Some(DUE));
    assert_eq!((time(&item, today), cell(&item, today)), (Time::NoDeadline, stands));
}

#[rstest]
// From a Thursday: Friday, Monday, Tuesday.
#[case(date(2023, 11, 16), date(2023, 11, 21), Time::DueSoon)]
#[case(date(2023, 11, 16), date(2023, 11, 22), Time::InTime)]
// From a Tuesday: the weekend behind Friday has no more working days.
#[case(date(2023, 11, 14), date(2023, 11, 17), Time::DueSoon)]
#[case(date(2023, 11, 14), date(2023, 11, 19), Time::DueSoon)]
#[case(date(2023, 11, 14), date(2023, 11, 20), Time::InTime)]
// Over the holidays of 1/5 to 3/5.
#[case(date(2023, 4, 27), date(2023, 5, 5), Time::DueSoon)]
#[case(date(2023, 4, 27), date(2023, 5, 7), Time::DueSoon)]
#[case(date(2023, 4, 27), date(2023, 5, 8), Time::InTime)]
// From a rest day.
#[case(date(2023, 11, 18), date(2023, 11, 22), Time::DueSoon)]
#[case(date(2023, 11, 18), date(2023, 11, 23), Time::InTime)]
fn soon_is_three_working_days_or_fewer(#[case] today: Date, #[case] due: Date, #[case] expected: Time) {
    let item = standing(Base::NotStarted, Some(due), None);
    assert_eq!(time(&item, Today::new(today, 3, &calendar())), expected);
}

proptest! {
    #[test]
    fn soon_overdue_and_in_time_are_what_counting_says(today in 0..400_i32, due in -30..60_i32, soon in 0..8_u16) {
        let today = date(2023, 1, 1).checked_add(today.days()).unwrap();
        let due = today.checked_add(due.days()).unwrap();
        let left = calendar().working_days_between(today, due);
        let expected = if due < today {
            Time::Overdue
        } else if left <= i32::from(soon) {
            Time::DueSoon
        } else {
            Time::InTime
        };
        let item = standing(Base::InProgress, Some(due), None);
        prop_assert_eq!(time(&item, Today::new(today, soon, &calendar())), expected);
    }
}
