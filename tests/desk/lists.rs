//! Lists that are brought up to date by what changed are the lists that would be made anew.

use crate::screen::{App, now, snapshot};
use jiff::civil::date;
use tiendo::{
    app::msg::{Msg, Ticket},
    domain::{
        answer::Fetched,
        entry::{Entry, Verb},
        id::EntryId,
        snapshot::{Delta, Snapshot},
    },
    panels::PANELS,
};
use uuid::Uuid;

const LARGE: (u16, u16) = (120, 36);

/// Entries of many verbs on items here and there, `round` by round others.
fn entries(snapshot: &Snapshot, round: u64) -> Vec<Entry> {
    let verbs = [Verb::Receive, Verb::Extend, Verb::Submit, Verb::Remind, Verb::Exempt, Verb::Return, Verb::Note];
    let places = (0..40).map(|number| (number * 13 + round as usize * 7) % snapshot.items.len());
    let entry = |(number, place): (usize, usize)| {
        let verb = verbs[(number + round as usize) % verbs.len()].clone();
        let id = EntryId(Uuid::from_u128(u128::from(round) << 32 | number as u128));
        let until = (verb == Verb::Extend).then(|| date(2023, 12, 1 + (number % 28) as i8));
        let seq = snapshot.cursor + 1 + number as u64;
        Entry { seq, until, ..Entry::new(id, snapshot.items[place].id.clone(), verb, date(2023, 11, 18), now()) }
    };
    places.enumerate().map(entry).collect()
}

/// The rows of every list, headings among them.
fn rows(app: &App) -> Vec<String> {
    let scene = app.model.scene().unwrap();
    let lists = PANELS.iter().map(|panel| app.model.list(panel.id));
    lists.flat_map(|list| &list.rows).map(|row| format!("{row:?} {:?}", row.key(&scene))).collect()
}

/// An app that got the data at once and was then brought to show the same.
fn anew(snapshot: Snapshot, keys: &[&str]) -> App {
    let mut app = App::started(LARGE);
    app.fetched(Ticket(1), Fetched::Whole(Box::new(snapshot)));
    for keys in keys {
        app.keys(keys);
    }
    app
}

#[test]
fn new_entries_place_the_rows_they_touched_where_making_the_lists_anew_would() {
    let sorted = ["1 2 3", "l", "1 2"];
    let grouped = ["2", "l l S F", "3", "h F F", "1 tab"];
    let filtered = ["2", "/ b u space d enter", "3", "/ t r e > 3 enter"];
    let drilled = ["1 enter", "3"];
    for keys in [&["1 2 3 1"][..], &sorted, &grouped, &filtered, &drilled] {
        let mut app = anew(snapshot(), keys);
        for round in 1..6 {
            let standing = app.model.snapshot.clone().unwrap();
            let entries = entries(&standing, round);
            let cursor = standing.cursor + entries.len() as u64;
            app.fact(Msg::SourceChanged);
            let delta = Delta { entries, refolded: Vec::new(), cursor };
            app.fetched(Ticket(round + 1), Fetched::Entries(delta));
            app.keys("1 2 3 1 2");
            let mut fresh = anew(app.model.snapshot.clone().unwrap(), keys);
            fresh.keys("1 2 3 1 2");
            assert_eq!(rows(&app), rows(&fresh), "{keys:?}, round {round}");
            assert_eq!(app.model.summary, fresh.model.summary);
        }
    }
}

#[test]
fn a_filter_typed_letter_by_letter_leaves_what_it_leaves_at_once() {
    for typed in ["bu dop", "tre>3", "-duty:R2 bu", "agency:bdo,hq", "status:overdue acked", "\"bu d\" -tre"] {
        for group in ["", "F"] {
            let mut letters = anew(snapshot(), &["2", group]);
            letters.keys("/").types(typed);
            let mut at_once = anew(snapshot(), &["2", group]);
            at_once.keys("/").fact(Msg::Pasted(typed.to_owned()));
            assert_eq!(rows(&letters), rows(&at_once), "{typed}");
            // And letter by letter back again.
            for _ in typed.chars() {
                letters.keys("backspace");
            }
            assert_eq!(rows(&letters), rows(&anew(snapshot(), &["2", group])), "{typed}");
        }
    }
}
