//! The journal's view: pages, filter, new entries, the way to the item and back. The source answers from a list.

use crate::screen::{App, now, page};
use tiendo::{
    app::{effect::Effect, msg::Msg},
    domain::{
        answer::{Fetched, Filter},
        entry::{Entry, Verb},
        failure::Failure,
        id::EntryId,
        sentence::Sentence,
        snapshot::Delta,
    },
    panels::{PanelId, RowKey, view::ViewId},
    planfile,
};
use uuid::Uuid;

const BDO: &str = "report:R6/2023-H1/bdo";

/// The sample with a long journal, newest last.
struct Desk {
    app: App,
    journal: Vec<Entry>,
    /// What the source was asked for.
    asked: Vec<Filter>,
}

fn entry(number: usize, item: &str, verb: Verb, by: &str) -> Entry {
    let id = EntryId(Uuid::from_u128(number as u128));
    let entry = Entry::new(id, item.into(), verb, "2023-11-20".parse().unwrap(), now());
    Entry { seq: number as u64, by: Some(by.into()), ..entry }
}

impl Desk {
    /// So many notes by one person, the sample's own entries before them; the journal is shown.
    fn new(notes: usize) -> Self {
        let mut journal = planfile::sample().unwrap().journal;
        let first = journal.len() + 1;
        journal.extend((first..first + notes).map(|number| entry(number, "task:N01", Verb::Note, "nguoi-ghi")));
        let mut app = App::on_sample((120, 36));
        app.model.snapshot.as_mut().unwrap().cursor = journal.len() as u64;
        let mut desk = Desk { app, journal, asked: Vec::new() };
        desk.keys("7");
        desk
    }

    fn answer(&mut self) -> &mut Self {
        while let Some(place) = self.app.effects.iter().position(|effect| matches!(effect, Effect::FetchJournal { .. }))
        {
            let Effect::FetchJournal { ticket, filter } = self.app.effects.remove(place) else { unreachable!() };
            let result = Ok(page(&self.journal, &filter));
            self.asked.push(filter);
            self.app.fact(Msg::JournalFetched { ticket, result });
        }
        self
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.app.keys(key);
            self.answer();
        }
        self
    }

    fn filter(&mut self, text: &str) -> &mut Self {
        self.keys("/");
        for letter in text.chars() {
            self.app.types(&letter.to_string());
            self.answer();
        }
        self.keys("enter")
    }

    /// Somebody did something, and it came.
    fn happens(&mut self, entry: Entry) -> &mut Self {
        self.app.effects.clear();
        self.app.fact(Msg::SourceChanged);
        let ticket = |effect: &Effect| if let Effect::Fetch { ticket, .. } = effect { Some(*ticket) } else { None };
        let ticket = self.app.effects.iter().find_map(ticket).unwrap();
        let cursor = entry.seq;
        self.journal.push(entry.clone());
        self.app.fetched(ticket, Fetched::Entries(Delta { entries: vec![entry], refolded: Vec::new(), cursor }));
        self.answer()
    }

    fn next(&self) -> usize {
        self.journal.len() + 1
    }

    fn shown(&self) -> usize {
        self.app.model.journal.shown().len()
    }

    fn rows(&self) -> Vec<&Entry> {
        let model = &self.app.model;
        let ids = self.app.rows();
        let told = model.journal.shown().iter().filter(|told| ids.contains(&told.entry.id.to_string()));
        told.map(|told| &told.entry).collect()
    }
}

#[test]
fn the_newest_page_comes_first_and_more_as_one_goes_on_until_the_journal_ends() {
    let mut desk = Desk::new(300);
    assert_eq!((desk.shown(), desk.asked.len()), (200, 1));
    assert!(desk.app.rows().first() == Some(&desk.journal.last().unwrap().id.to_string()));
    desk.keys("page-down page-down j j j");
    assert_eq!(desk.asked.len(), 1, "the end is far");
    desk.keys("G");
    assert_eq!((desk.shown(), desk.asked.len()), (400, 2));
    assert_eq!(desk.asked[1].before, Some(desk.journal.len() as u64 - 199));
    assert_eq!(desk.app.model.list(PanelId::Journal).position, 199, "one is where one was");
    desk.keys("G G G G");
    assert_eq!(desk.shown(), desk.journal.len());
    assert!(desk.app.model.journal.is_complete());
    let asked = desk.asked.len();
    desk.keys("G k G");
    assert_eq!(desk.asked.len(), asked);
}

#[test]
fn who_what_and_which_item_are_looked_for_by_the_source() {
    let mut desk = Desk::new(2_000);
    desk.keys("g");
    for _ in 0..12 {
        desk.keys("G");
    }
    assert!(desk.app.model.journal.persons().len() > 10);
    desk.asked.clear();
    desk.filter("by:dieu-phoi-1 verb:gia-hạn");
    let last = desk.asked.last().unwrap();
    assert_eq!((last.by.clone(), last.verbs.clone()), (Some("dieu-phoi-1".into()), vec![Verb::Extend]));
    let wanted = desk.journal.iter().rev().filter(|entry| entry.verb == Verb::Extend);
    let wanted: Vec<EntryId> =
        wanted.filter(|entry| entry.by == Some("dieu-phoi-1".into())).map(|entry| entry.id).collect();
    assert_eq!(desk.rows().iter().map(|entry| entry.id).collect::<Vec<_>>(), wanted);
    let of_narrowed = desk.asked.iter().filter(|filter| filter.by.is_some()).all(|filter| filter.limit < Some(500));
    assert!(of_narrowed, "{:?}", desk.asked);
    desk.keys("esc");
    assert!(desk.shown() > 2_000, "what had come is still there");
    desk.asked.clear();
    desk.filter(&format!("item:{BDO}"));
    assert_eq!(desk.asked.last().unwrap().item, Some(BDO.into()));
    assert!(!desk.rows().is_empty() && desk.rows().iter().all(|entry| entry.item.as_str() == BDO));
}

#[test]
fn words_and_documents_are_looked_for_in_what_came_and_more_is_asked_for_until_the_screen_is_full() {
    let mut desk = Desk::new(1_500);
    desk.filter("doc:165/bc-ubnd");
    assert_eq!(desk.rows().len(), 1);
    assert!(desk.app.model.journal.is_complete(), "there is only one: all was looked through");
    let document = desk.rows()[0].document.clone().unwrap();
    assert!(document.contains("165/BC"), "{document}");
    desk.keys("esc").filter("bù đốp đôn đốc");
    let reminded =
        |item: &str| desk.rows().iter().any(|entry| entry.verb == Verb::Remind && entry.item.as_str() == item);
    assert!(reminded(BDO) && !reminded("report:R2/2023-H1/hccb"));
    desk.keys("esc").filter("-verb:note agency:bdo");
    assert!(desk.rows().iter().all(|entry| entry.verb != Verb::Note));
}

#[test]
fn a_search_that_finds_nothing_stops_and_goes_on_with_the_next_key() {
    let mut desk = Desk::new(45_000);
    desk.keys("/");
    desk.app.types("z");
    desk.answer();
    let after_one = desk.shown();
    assert!((20_000..22_000).contains(&after_one), "{after_one}");
    desk.app.types("x");
    desk.answer();
    assert!((40_000..43_000).contains(&desk.shown()), "{}", desk.shown());
}

#[test]
fn new_entries_come_on_top_and_the_selected_one_stays() {
    let mut desk = Desk::new(300);
    desk.keys("j j j");
    let selected = desk.app.selected();
    let next = desk.next();
    desk.happens(entry(next, BDO, Verb::Note, "dieu-phoi-1"));
    assert_eq!(desk.asked.last().unwrap().before, None);
    assert_eq!((desk.shown(), desk.app.selected()), (201, selected.clone()));
    assert_eq!((desk.app.model.list(PanelId::Journal).position, desk.app.model.list(PanelId::Journal).offset), (4, 0));
    let undo =
        Entry { reverses: Some(EntryId(Uuid::from_u128(next as u128))), ..entry(next + 1, BDO, Verb::Reverse, "x") };
    desk.happens(undo);
    let told = desk.app.model.journal.shown();
    assert!(told[1].reversed && told[0].line().took_back.is_some_and(|back| !back.again));
    // Far down, what is read stays where it stands on the screen.
    desk.keys("page-down page-down page-down");
    let list = desk.app.model.list(PanelId::Journal);
    let (selected, row) = (desk.app.selected(), list.position - list.offset);
    let next = desk.next();
    desk.happens(entry(next, BDO, Verb::Note, "dieu-phoi-1"));
    let list = desk.app.model.list(PanelId::Journal);
    assert_eq!((desk.app.selected(), list.position - list.offset), (selected, row));
}

#[test]
fn what_came_while_another_view_was_shown_is_there_on_coming_back() {
    let mut desk = Desk::new(300);
    desk.keys("2");
    for _ in 0..3 {
        let next = desk.next();
        desk.happens(entry(next, BDO, Verb::Note, "dieu-phoi-1"));
    }
    assert_eq!(desk.shown(), 200);
    desk.keys("7");
    assert_eq!(desk.shown(), 203);
}

#[test]
fn enter_goes_to_the_item_and_escape_comes_back_to_the_line() {
    let mut desk = Desk::new(0);
    desk.filter(&format!("item:{BDO}")).keys("j");
    let line = desk.app.selected();
    desk.keys("enter");
    assert_eq!((desk.app.model.view, desk.app.selected()), (ViewId::Reports, BDO.into()));
    desk.keys("esc");
    assert_eq!((desk.app.model.view, desk.app.selected()), (ViewId::Journal, line));
    let next = desk.next();
    desk.keys("esc").happens(entry(next, "task:N01", Verb::Note, "dieu-phoi-1")).keys("g enter");
    assert_eq!((desk.app.model.view, desk.app.selected()), (ViewId::Tasks, "task:N01".into()));
    desk.keys("esc");
    let next = desk.next();
    desk.happens(entry(next, "plan:kh95-2023", Verb::Plan, "admin")).keys("g enter");
    assert_eq!(desk.app.model.view, ViewId::Journal);
    assert_eq!(desk.app.model.messages.notice().unwrap().sentence.id, "said-no-item");
}

#[test]
fn the_detail_shows_the_items_history_and_copying_gives_the_entrys_id() {
    let mut desk = Desk::new(1);
    let item = "task:N01".into();
    assert!(desk.app.effects.contains(&Effect::FetchHistory { item, until: None }), "{:?}", desk.app.effects);
    let id = desk.journal.last().unwrap().id;
    desk.app.effects.clear();
    desk.keys("y");
    assert_eq!(desk.app.effects, [Effect::Copy(id.to_string())]);
    assert_eq!(desk.app.model.list(PanelId::Journal).selected, Some(RowKey::Entry(id)));
    // Nothing can be done to what has happened; Enter leads to where it can.
    desk.app.effects.clear();
    desk.keys("a space");
    assert!(desk.app.effects.is_empty() && desk.app.model.marks.is_empty());
}

#[test]
fn fields_of_entries_are_for_the_journal_and_facets_offer_verbs_and_persons() {
    let mut desk = Desk::new(0);
    desk.keys("f");
    desk.app.types("hoan tac");
    desk.keys("esc f");
    desk.app.types("nguoi thuc hien dieu-phoi-1");
    let choices = tiendo::app::dialog::choices(&desk.app.model);
    assert!(choices.is_empty() || choices.len() == 1, "the tests' vocabulary has no words");
    desk.keys("esc f");
    desk.app.types("verb:extend");
    desk.keys("enter");
    assert_eq!(desk.app.model.filter().text(), "verb:extend");
    assert!(!desk.rows().is_empty() && desk.rows().iter().all(|entry| entry.verb == Verb::Extend));
    desk.keys("2 /");
    desk.app.types("by:me");
    assert_eq!(desk.app.model.filter().query.problems, [Sentence::new("filter-not-here").with("field", "by")]);
}

#[test]
fn a_page_that_could_not_be_had_is_asked_for_again_with_the_next_key() {
    let mut app = App::on_sample((120, 36));
    app.keys("7");
    let fetch = |app: &mut App| {
        let place = app.effects.iter().position(|effect| matches!(effect, Effect::FetchJournal { .. }));
        place.map(|place| app.effects.remove(place))
    };
    let Some(Effect::FetchJournal { ticket, .. }) = fetch(&mut app) else { panic!("asked") };
    let failure = Failure::Offline(Sentence::new("ledger-busy").with("file", "ledger.db"));
    app.fact(Msg::JournalFetched { ticket, result: Err(failure) });
    assert!(app.model.journal.has_failed() && fetch(&mut app).is_none());
    app.keys("j");
    assert!(fetch(&mut app).is_some());
}
