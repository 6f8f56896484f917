//! What may go now: the acts on one item go one after the other, and so do acts on items of which one follows from the
//! other (a case from its opening, a report from its task's hand-in). Pure.

use std::collections::HashMap;

use super::rows::{Row, State};
use crate::domain::{
    entry::{Entry, Verb},
    id::{EntryId, ItemName},
};

/// Where an act stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing has to go before it.
    First,
    /// Something has to go before it, and can.
    After,
    /// It is a card itself.
    Card,
    /// This card, or something behind it, has to be decided on before.
    Behind(EntryId),
}

/// The places of an address's acts, given in their order.
pub(super) fn places(rows: &[Row]) -> Vec<Place> {
    let mut held: HashMap<String, Hold> = HashMap::new();
    rows.iter().map(|row| place(row, &mut held)).collect()
}

/// Who holds a name already.
#[derive(Debug, Default)]
struct Hold {
    alone: Held,
    together: Held,
}

#[derive(Clone, Copy, Debug, Default)]
struct Held {
    any: bool,
    /// The card that keeps one of them.
    stuck: Option<EntryId>,
}

fn place(row: &Row, held: &mut HashMap<String, Hold>) -> Place {
    let claims = claims(&row.entry);
    let mut before = Held::default();
    for (name, alone) in &claims {
        let Some(hold) = held.get(name) else { continue };
        let others = [Some(hold.alone), alone.then_some(hold.together)];
        for other in others.into_iter().flatten() {
            before = Held { any: before.any || other.any, stuck: before.stuck.or(other.stuck) };
        }
    }
    let place = match (row.state == State::Card, before.stuck, before.any) {
        (true, _, _) => Place::Card,
        (false, Some(card), _) => Place::Behind(card),
        (false, None, true) => Place::After,
        (false, None, false) => Place::First,
    };
    let stuck = if place == Place::Card { Some(row.entry.id) } else { before.stuck };
    for (name, alone) in claims {
        let hold = held.entry(name).or_default();
        let mine = if alone { &mut hold.alone } else { &mut hold.together };
        *mine = Held { any: true, stuck: mine.stuck.or(stuck) };
    }
    place
}

/// What an act is about, by name; and whether it needs it for itself alone.
fn claims(entry: &Entry) -> Vec<(String, bool)> {
    let mut claims = vec![(entry.item.as_str().to_owned(), true)];
    match entry.item.name() {
        Some(ItemName::Report { period, .. }) => {
            // Its period may be a task it follows, or the opening of a case.
            claims.push((format!("task:{period}"), false));
            claims.push((format!("case:{period}"), false));
        }
        Some(ItemName::Duty(_)) => {
            let opening = if entry.verb == Verb::Open { Some(entry.id) } else { entry.reverses };
            claims.extend(opening.map(|id| (format!("case:{id}"), true)));
        }
        Some(ItemName::Task(_) | ItemName::Milestone { .. } | ItemName::Campaign(_) | ItemName::Plan(_)) | None => {}
    }
    claims
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> EntryId {
        EntryId(Uuid::from_u128(number))
    }

    fn row(number: u128, item: &str, verb: Verb) -> Row {
        let entry = Entry::new(id(number), item.into(), verb, date(2023, 5, 8), Timestamp::UNIX_EPOCH);
        Row { entry, state: State::Waiting, tries: 0, trouble: None }
    }

    fn card(number: u128, item: &str) -> Row {
        Row { state: State::Card, ..row(number, item, Verb::Submit) }
    }

    #[test]
    fn each_item_has_its_own_order() {
        let rows = [1, 2, 3].map(|number| row(number, if number == 2 { "task:N2" } else { "task:N1" }, Verb::Note));
        assert_eq!(places(&rows), [Place::First, Place::First, Place::After]);
    }

    #[test]
    fn a_card_keeps_what_is_behind_it_and_nothing_else() {
        let rows = [
            row(1, "task:N1", Verb::Note),
            card(2, "task:N1"),
            row(3, "task:N1", Verb::Note),
            row(4, "report:R8/N1/a", Verb::Receive),
            row(5, "report:R8/N1/a", Verb::Note),
            row(6, "task:N2", Verb::Note),
        ];
        let behind = Place::Behind(id(2));
        assert_eq!(places(&rows), [Place::First, Place::Card, behind, behind, behind, Place::First]);
    }

    #[test]
    fn a_report_goes_after_the_hand_in_it_follows_and_reports_do_not_wait_for_each_other() {
        let rows = [
            row(1, "task:N1", Verb::Progress),
            row(2, "task:N1", Verb::Submit),
            row(3, "report:R8/N1/a", Verb::Receive),
            row(4, "report:R1/2023-H1/a", Verb::Receive),
            row(5, "report:R1/2023-H1/b", Verb::Receive),
        ];
        assert_eq!(places(&rows), [Place::First, Place::After, Place::After, Place::First, Place::First]);
        let taken_back = [row(1, "report:R8/N1/a", Verb::Reverse), row(2, "task:N1", Verb::Reverse)];
        assert_eq!(places(&taken_back), [Place::First, Place::After]);
    }

    #[test]
    fn a_case_goes_after_its_opening() {
        let case = format!("report:R7/{}/a", id(1));
        let rows =
            [row(1, "duty:R7", Verb::Open), row(2, &case, Verb::Receive), row(3, "report:R7/other/a", Verb::Receive)];
        assert_eq!(places(&rows), [Place::First, Place::After, Place::First]);
    }
}
