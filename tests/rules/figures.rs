//! The official partition: every set of items falls into its cells, and the rates are made of them.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use tiendo::domain::{
    item::{Item, Kind, State},
    status::{Base, Cell, Time, Today, cell, time},
    summary::{Figures, Summary, days_late},
};

use super::acts::{calendar, item, snapshot};

const TODAY: Date = date(2023, 11, 20);

fn today() -> Today {
    Today::new(TODAY, 3, &calendar())
}

fn day(offset: i32) -> Date {
    TODAY.checked_add(offset.days()).unwrap()
}

fn standing(base: Base, due: Option<i32>, handed_in: Option<i32>) -> Item {
    Item {
        due: due.map(day),
        state: State { base, handed_in: handed_in.map(day), ..State::default() },
        ..item(Kind::Task)
    }
}

#[test]
fn rates_count_what_is_overdue_and_not_what_has_time() {
    let items = [
        standing(Base::Done, Some(-9), Some(-9)),
        standing(Base::Done, Some(-9), Some(-10)),
        standing(Base::Done, Some(-9), Some(-8)),
        standing(Base::NotStarted, Some(-9), None),
        standing(Base::InProgress, Some(30), None),
        standing(Base::InProgress, Some(1), None),
        standing(Base::AwaitingConfirmation, Some(-1), Some(-1)),
        standing(Base::AwaitingConfirmation, Some(5), Some(-1)),
        standing(Base::Paused, Some(-9), None),
        standing(Base::NotStarted, None, None),
        standing(Base::Cancelled, Some(-9), None),
    ];
    let figures = Figures::of(&items, today());
    assert_eq!((figures.assigned(), figures.done(), figures.open(), figures.left_out), (10, 3, 7, 1));
    assert_eq!(figures.reached(), 5, "done, overdue, and the one that waits past its due date");
    assert_eq!(figures.done_rate(), Some(0.3));
    assert_eq!(figures.on_time_rate(), Some(0.5));
    assert_eq!(figures.overdue_rate(), Some(0.25));
    assert_eq!(Figures::default().done_rate(), None);
}

/// An item in a state that acting can bring about: only what is handed in has a day of it, and all of that has.
fn any_item() -> impl Strategy<Value = Item> {
    let base = proptest::sample::select(Base::ALL.to_vec());
    (base, proptest::option::weighted(0.9, -200..60_i32), -200..60_i32).prop_map(|(base, due, handed_in)| {
        let is_handed_in = matches!(base, Base::Done | Base::AwaitingConfirmation);
        standing(base, due, is_handed_in.then_some(handed_in))
    })
}

proptest! {
    #[test]
    fn the_cells_sum_to_what_is_assigned(items in proptest::collection::vec(any_item(), 0..60)) {
        let figures = Figures::of(&items, today());
        let counted = items.iter().filter(|item| item.state.base.is_counted()).count() as u32;
        let cells: u32 = Cell::ALL.into_iter().map(|cell| figures.in_cell(cell)).sum();
        prop_assert_eq!((cells, figures.assigned()), (counted, counted));
        prop_assert_eq!(figures.left_out, items.len() as u32 - counted);
        prop_assert_eq!(figures.done() + figures.open(), figures.assigned());
        prop_assert!(figures.reached() <= figures.assigned());
        for rate in [figures.done_rate(), figures.on_time_rate(), figures.overdue_rate()].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&rate));
        }
    }

    #[test]
    fn only_what_is_late_has_days_of_lateness(item in any_item()) {
        let late = matches!(time(&item, today()), Time::Late | Time::Overdue);
        prop_assert_eq!(days_late(&item, today()).is_some(), late);
        prop_assert!(days_late(&item, today()).is_none_or(|days| days > 0));
    }

    #[test]
    fn a_summary_counts_each_item_once(states in proptest::collection::vec(any_item(), 6)) {
        let mut snapshot = snapshot();
        for (item, random) in snapshot.items.iter_mut().zip(states) {
            (item.due, item.state) = (random.due, random.state);
        }
        let summary = Summary::of(&snapshot, today());
        let of = |figures: &Figures| [figures.assigned(), figures.overdue(), figures.left_out];
        let sum = |all: &[Figures]| {
            all.iter().map(of).fold([0; 3], |sum, it| [sum[0] + it[0], sum[1] + it[1], sum[2] + it[2]])
        };
        let tasks: Vec<Figures> = summary.agencies.iter().map(|agency| agency.tasks).collect();
        let reports: Vec<Figures> = summary.agencies.iter().map(|agency| agency.reports).collect();
        prop_assert_eq!((sum(&tasks), sum(&reports)), (of(&summary.tasks), of(&summary.reports)));
        prop_assert_eq!(sum(&summary.duties), of(&summary.reports));
        let is_aged = |item: &&Item| item.kind() != Kind::Milestone && cell(item, today()) == Some(Cell::Overdue);
        let overdue = snapshot.items.iter().filter(is_aged);
        prop_assert_eq!(summary.ageing.iter().sum::<u32>(), overdue.count() as u32);
    }
}
